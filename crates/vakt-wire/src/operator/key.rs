//! Keys that sign tokens.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A signing key, without its private half.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Key {
    /// Key id, as in key documents and in the header of tokens.
    pub kid: String,
    /// `waiting`: published, and will sign. `signing`. `resting`: published for the tokens it
    /// signed. `retired`: published no longer.
    pub state: String,
    /// Published from then on.
    pub created_date_time: Timestamp,
    /// Signs from then on.
    pub signs_from_date_time: Timestamp,
    /// A younger key takes over then.
    pub signs_until_date_time: Option<Timestamp>,
    /// It may be retired then without harm to any token.
    pub needed_until_date_time: Option<Timestamp>,
    /// When it was retired.
    pub retired_date_time: Option<Timestamp>,
}

/// All keys, the youngest first.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeyList {
    /// The keys.
    pub value: Vec<Key>,
}

/// A key to make.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewKey {
    /// Sign with it at once, instead of a day after it was published.
    #[serde(default)]
    pub sign_at_once: bool,
}

/// Body of `retire`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetireKey {
    /// Retire it though tokens need it, and end those tokens.
    #[serde(default)]
    pub force: bool,
}
