//! What a body makes of an object: members that are absent keep their values, objects are merged,
//! lists are replaced whole, and null clears. A creation is the same over an empty object.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::entity::Entity;
use super::errors::{bad_request, unknown_property};
use crate::problem::Problem;

/// What a body may do with the members of a type.
pub(super) trait Writable: Entity + DeserializeOwned {
    /// Set by the server. Scripts send whole objects back, so these are passed over.
    const READ_ONLY: &'static [&'static str];
    /// Always the same here. Another value is refused, since it would be lost.
    const FIXED: &'static [&'static str];
}

/// The object as a body wants it to be.
pub(super) fn wanted<T: Writable>(shown: &T, body: &Map<String, Value>) -> Result<T, Problem> {
    let before = members(shown)?;
    let mut after = before.clone();
    for (name, value) in body.iter().filter(|(name, _)| !is_annotation(name)) {
        if T::READ_ONLY.contains(&name.as_str()) {
            continue;
        }
        if !before.contains_key(name) {
            return Err(refused_member::<T>(name));
        }
        merge(after.entry(name).or_insert(Value::Null), value);
    }
    let wanted: T = read(after)?;
    let kept = members(&wanted)?;
    match T::FIXED.iter().find(|name| kept.get(**name) != before.get(**name)) {
        Some(name) => Err(bad_request(format!(
            "`{name}` is not supported by this server; leave it out, or send it as it is shown"
        ))),
        None => Ok(wanted),
    }
}

fn refused_member<T: Entity>(name: &str) -> Problem {
    if T::ALSO_KNOWN.contains(&name) || T::NAVIGATIONS.contains(&name) {
        let text = format!("`{name}` is not supported by this server; leave it out");
        return bad_request(text);
    }
    unknown_property("Invalid body", name, T::TYPE)
}

fn members(object: &impl Serialize) -> Result<Map<String, Value>, Problem> {
    match serde_json::to_value(object) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(Problem::internal()),
    }
}

/// `@odata.type` and its kin say nothing about the object.
fn is_annotation(name: &str) -> bool {
    name.contains("@odata.")
}

fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        target.clone_from(patch);
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(members) = target else { return };
    for (name, value) in patch {
        merge(members.entry(name).or_insert(Value::Null), value);
    }
}

/// Reads an object whose nulls mean "not there". What its type does not know is named.
fn read<T: Writable>(members: Map<String, Value>) -> Result<T, Problem> {
    let value = without_nulls(Value::Object(members));
    let mut unknown = None;
    let mut note = |path: serde_ignored::Path<'_>| {
        unknown.get_or_insert_with(|| path.to_string());
    };
    let mut track = serde_path_to_error::Track::new();
    let reader = serde_path_to_error::Deserializer::new(value, &mut track);
    let read = serde_ignored::deserialize(reader, &mut note);
    let read: T = read.map_err(|error: serde_json::Error| {
        bad_request(format!("Invalid body: {}: {error}", track.path()))
    })?;
    match unknown {
        Some(path) => Err(unknown_property("Invalid body", &path, T::TYPE)),
        None => Ok(read),
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members
                .into_iter()
                .filter(|(name, value)| !value.is_null() && !is_annotation(name));
            Value::Object(kept.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        other => other,
    }
}
