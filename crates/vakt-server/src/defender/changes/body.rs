//! Bodies whose members are few and known. Names are read in any case, since Microsoft's pages
//! differ in it; what nobody knows is refused, since a change that is half understood is not what
//! was meant.

use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::problem::Problem;

/// Reads an object that has no members but those in `known`; OData's annotations are passed over.
pub(crate) fn read_members<T: DeserializeOwned>(
    body: &[u8],
    known: &[&[&'static str]],
) -> Result<T, Problem> {
    let given: Map<String, Value> = serde_json::from_slice(body)
        .map_err(|error| bad(format!("the body is not a JSON object: {error}")))?;
    let mut members = Map::new();
    for (name, value) in given.into_iter().filter(|(name, _)| !name.contains('@')) {
        let Some(canonical) = canonical(&name, known) else { return Err(unknown(&name, known)) };
        if members.insert(canonical.to_owned(), value).is_some() {
            return Err(bad(format!("`{canonical}` is there twice; give it once")));
        }
    }
    serde_path_to_error::deserialize(Value::Object(members)).map_err(|error| {
        let path = error.path().to_string();
        bad(format!("`{path}` cannot be read: {}", error.into_inner()))
    })
}

fn canonical(name: &str, known: &[&[&'static str]]) -> Option<&'static str> {
    known.iter().flat_map(|names| names.iter()).find(|one| one.eq_ignore_ascii_case(name)).copied()
}

fn unknown(name: &str, known: &[&[&'static str]]) -> Problem {
    let names: Vec<&str> = known.iter().flat_map(|names| names.iter().copied()).collect();
    let name: String = name.chars().take(NAME_SHOWN_MAX_CHARS).collect();
    bad(format!("`{name}` cannot be changed here; use {}", names.join(", ")))
}

/// How much of an unknown name an answer repeats.
const NAME_SHOWN_MAX_CHARS: usize = 100;

/// A body that cannot be understood.
pub(crate) fn bad(message: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "InvalidRequestBody", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use vakt_wire::defender::IncidentPatch;

    #[test]
    fn names_are_read_in_any_case_and_unknown_ones_refused() {
        let read = |body: &str| {
            read_members::<IncidentPatch>(body.as_bytes(), &[IncidentPatch::MEMBERS])
                .map_err(|problem| problem.message)
        };
        let patch = read(r#"{"Status":"Active","ASSIGNEDTO":null,"@odata.type":"x"}"#).unwrap();
        assert_eq!(patch.status.as_deref(), Some("Active"));
        assert_eq!(patch.assigned_to, Some(None));
        assert_eq!(patch.comment, None);
        assert_eq!(read("{}").unwrap(), IncidentPatch::default());
        for (body, told) in [
            (r#"{"foo":1}"#, "`foo` cannot be changed here; use status, "),
            (r#"{"status":"a","Status":"b"}"#, "`status` is there twice"),
            (r#"{"tags":"a"}"#, "`tags` cannot be read"),
            (r#"{"status":3}"#, "`status` cannot be read"),
            ("[]", "the body is not a JSON object"),
            ("", "the body is not a JSON object"),
            ("{", "the body is not a JSON object"),
        ] {
            let message = read(body).unwrap_err();
            assert!(message.contains(told), "{body}: {message}");
        }
    }
}
