//! Properties that are kept for their owners and mean nothing here, as typed members. The room
//! keeps them by name as JSON text, and never looks into them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads one; its empty value if it is not there.
pub(super) fn get<T: DeserializeOwned + Default>(
    extras: &BTreeMap<String, String>,
    name: &str,
) -> T {
    let text = extras.get(name);
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// Keeps one; an empty value is not kept.
pub(super) fn put<T: Serialize + Default + PartialEq>(
    extras: &mut BTreeMap<String, String>,
    name: &str,
    value: &T,
) {
    let text = (*value != T::default()).then(|| serde_json::to_string(value).ok()).flatten();
    match text {
        Some(text) => extras.insert(name.to_owned(), text),
        None => extras.remove(name),
    };
}
