//! How far a mirror is: a small versioned JSON document.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::client::Client;
use crate::error::{ClientError, ErrorKind};
use crate::incidents::ImportSummary;

/// The version that is written, and the only one there is.
const VERSION: u32 = 1;
/// How far before the checkpoint a round begins: services let changes be seen some time after the
/// time they give them. Importing again changes nothing.
const OVERLAP_MINUTES: i64 = 5;

/// How far a mirror is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Checkpoint {
    version: u32,
    /// Where incidents are read.
    pub source: End,
    /// Where they are imported.
    pub target: End,
    /// By which API they were read last: `graph` or `classic`.
    pub api: Option<String>,
    /// From which time on they are mirrored; `None` for all there are.
    pub since: Option<Timestamp>,
    /// Everything that changed before this time is imported.
    pub high_water: Option<Timestamp>,
    /// All rounds together.
    pub counts: Counts,
}

/// One end of a mirror.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct End {
    /// Address of the server.
    pub url: String,
    /// Tenant, as it was given.
    pub tenant: String,
}

/// What became of the incidents that were read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Counts {
    /// Incidents that came, some of them again.
    pub read: u64,
    /// New in the target.
    pub created: u64,
    /// In place of an older state.
    pub updated: u64,
    /// As new or newer in the target already.
    pub unchanged: u64,
    /// Refused by the target.
    pub refused: u64,
}

impl Checkpoint {
    /// The beginning of a mirror between two clients' tenants.
    pub fn new(source: &Client, target: &Client, since: Option<Timestamp>) -> Self {
        let (source, target) = (End::of(source), End::of(target));
        let (api, high_water, counts) = (None, None, Counts::default());
        Self { version: VERSION, source, target, api, since, high_water, counts }
    }

    /// Reads one that was kept.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ClientError> {
        let unreadable = |text: String| {
            ClientError::new(ErrorKind::Configuration, format!("the checkpoint {text}"))
                .with_hint("give another file, or remove this one: the mirror then begins anew")
        };
        let json: serde_json::Value = serde_json::from_slice(bytes)
            .map_err(|error| unreadable(format!("is not JSON: {error}")))?;
        match json.get("version").and_then(serde_json::Value::as_u64) {
            Some(version) if version == u64::from(VERSION) => {}
            Some(version) => {
                return Err(unreadable(format!("is of the unknown version {version}")));
            }
            None => return Err(unreadable("names no version".into())),
        }
        serde_json::from_value(json).map_err(|error| unreadable(format!("is unreadable: {error}")))
    }

    /// As it is kept.
    pub fn to_json(&self) -> Result<Vec<u8>, ClientError> {
        serde_json::to_vec_pretty(self).map_err(|error| {
            let text = "the checkpoint cannot be written as JSON";
            ClientError::new(ErrorKind::Configuration, text).with_source(error)
        })
    }

    /// The same place on the same way as `begun`, which has just begun; refused if it is the
    /// checkpoint of another mirror. A mirror that is now to reach further back begins anew.
    pub fn resume(self, begun: Self) -> Result<Self, ClientError> {
        for (name, kept, given) in
            [("source", &self.source, &begun.source), ("target", &self.target, &begun.target)]
        {
            if kept != given {
                let text = format!(
                    "the checkpoint is that of another mirror: its {name} is {kept}, not {given}"
                );
                return Err(ClientError::new(ErrorKind::Configuration, text)
                    .with_hint("give each mirror a file of its own with --checkpoint"));
            }
        }
        let reaches_back = match (self.since, begun.since) {
            (Some(kept), Some(given)) => kept <= given,
            _ => true,
        };
        Ok(if reaches_back { self } else { Self { counts: self.counts, ..begun } })
    }

    /// From which time on the next round reads.
    pub fn next_from(&self) -> Option<Timestamp> {
        let overlap = SignedDuration::from_mins(OVERLAP_MINUTES);
        let from = self.high_water.map(|time| time.checked_sub(overlap).unwrap_or(Timestamp::MIN));
        from.map(|from| self.since.map_or(from, |since| from.max(since))).or(self.since)
    }

    /// Everything that changed before `time` is imported.
    pub(super) fn reach(&mut self, time: Option<Timestamp>) {
        self.high_water = self.high_water.max(time);
    }
}

impl End {
    fn of(client: &Client) -> Self {
        let url = client.cloud().api.origin().ascii_serialization();
        Self { url, tenant: client.tenant().to_ascii_lowercase() }
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.tenant, self.url)
    }
}

impl Counts {
    /// Adds what became of a page of `read` incidents.
    pub(super) fn add(&mut self, read: u64, summary: &ImportSummary) {
        self.read += read;
        self.created += summary.created;
        self.updated += summary.updated;
        self.unchanged += summary.unchanged;
        self.refused += summary.refused.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoint(tenant: &str, since: Option<&str>, high_water: Option<&str>) -> Checkpoint {
        let end = |tenant: &str| End { url: "https://vakt.example".into(), tenant: tenant.into() };
        let time = |text: &str| text.parse().unwrap();
        Checkpoint {
            version: VERSION,
            source: end(tenant),
            target: end("copy"),
            api: Some("graph".into()),
            since: since.map(time),
            high_water: high_water.map(time),
            counts: Counts { read: 7, ..Counts::default() },
        }
    }

    #[test]
    fn rounds_begin_before_the_checkpoint_and_not_before_the_beginning() {
        for (since, high_water, expected) in [
            (None, None, None),
            (Some("2026-01-01T00:00:00Z"), None, Some("2026-01-01T00:00:00Z")),
            (None, Some("2026-01-02T00:00:00Z"), Some("2026-01-01T23:55:00Z")),
            (
                Some("2026-01-01T23:59:00Z"),
                Some("2026-01-02T00:00:00Z"),
                Some("2026-01-01T23:59:00Z"),
            ),
        ] {
            let from = checkpoint("a", since, high_water).next_from().map(|from| from.to_string());
            assert_eq!(from.as_deref(), expected);
        }
    }

    #[test]
    fn a_checkpoint_is_good_for_its_own_mirror_only() {
        let (first, second) = (Some("2026-01-01T00:00:00Z"), Some("2026-02-01T00:00:00Z"));
        let kept = checkpoint("a", second, Some("2026-03-01T00:00:00Z"));
        for (begun, goes_on) in [
            (checkpoint("a", second, None), true),
            (checkpoint("a", None, None), true),
            (checkpoint("a", Some("2026-02-02T00:00:00Z"), None), true),
            (checkpoint("a", first, None), false),
        ] {
            let resumed = kept.clone().resume(begun.clone()).unwrap();
            assert_eq!(resumed.high_water.is_some(), goes_on, "{begun:?}");
            assert_eq!(resumed.counts.read, 7);
        }
        let error = kept.resume(checkpoint("b", second, None)).unwrap_err();
        let expected = "the checkpoint is that of another mirror: its source is a of https://vakt.example, not b of https://vakt.example";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn checkpoints_are_read_as_written_and_other_files_are_not() {
        let kept = checkpoint("a", None, Some("2026-03-01T00:00:00.1234567Z"));
        assert_eq!(Checkpoint::from_json(&kept.to_json().unwrap()).unwrap(), kept);
        for (text, expected) in [
            ("", "the checkpoint is not JSON: "),
            ("[]", "the checkpoint names no version"),
            (r#"{"version":2}"#, "the checkpoint is of the unknown version 2"),
            (r#"{"version":1}"#, "the checkpoint is unreadable: missing field"),
        ] {
            let error = Checkpoint::from_json(text.as_bytes()).unwrap_err();
            assert!(error.to_string().starts_with(expected), "{error}");
            assert!(error.hint().is_some());
        }
    }
}
