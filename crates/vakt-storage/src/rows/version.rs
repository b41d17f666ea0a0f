//! The version of a document that is read in great numbers.

use serde::{Deserialize, Serialize};

/// The first, and the only one so far. It is a member of its document like any other: for serde's
/// tag of an enum, a document would be taken apart before it is read.
#[derive(Serialize, Deserialize)]
pub(super) enum FirstVersion {
    #[serde(rename = "1")]
    First,
}

#[cfg(test)]
mod tests {
    use super::super::{read_machine, write_machine};

    #[test]
    fn a_document_says_its_version_and_another_is_refused() {
        let document = |version: &str| {
            format!(
                r#"50{{{version}"id":"{:040x}","first_seen_at":40,"last_seen_at":50,
                    "health":"active","value":"normal"}}"#,
                7
            )
        };
        for (version, refusal) in [
            (r#""version":"1","#, None),
            (r#""version":"2","#, Some("unknown variant `2`, expected `1`")),
            ("", Some("missing field `version`")),
        ] {
            match (read_machine(&document(version)), refusal) {
                (Ok(machine), None) => {
                    let written = write_machine(&machine).unwrap();
                    assert!(written.starts_with(r#"{"version":"1","id":""#), "{written}");
                }
                (Err(error), Some(refusal)) => assert!(error.0.contains(refusal), "{error}"),
                (read, _) => panic!("{version}: {}", read.is_ok()),
            }
        }
    }
}
