//! What the body of a PATCH changes. Words are read in any case and every synonym; what cannot be
//! changed, or is not known, is refused by its name: a client that believes it changed something
//! should not have to look.

use serde_json::Value;
use vakt_incidents::{
    AlertChange, AlertTest, Classification, Determination, IncidentChange, IncidentTest,
};
use vakt_wire::graph::Object;

use super::errors::bad_request;
use super::kind::Kind;
use super::select::Shape;
use crate::defender::words::WireWord;
use crate::problem::Problem;

/// What can be changed of an incident.
const OF_INCIDENTS: &str = "assignedTo, classification, customTags, description, determination, \
                            displayName, resolvingComment, severity, status, summary";
/// What can be changed of an alert.
const OF_ALERTS: &str = "assignedTo, classification, customDetails, determination, status";

/// The change of an incident.
pub(super) fn incident_change(body: &Object) -> Result<IncidentChange, Problem> {
    let mut change = IncidentChange::default();
    for (name, value) in members(body) {
        match name.to_ascii_lowercase().as_str() {
            "displayname" => change.name = Some(text(name, value)?.unwrap_or_default()),
            "description" => change.description = Some(text(name, value)?),
            "summary" => change.summary = Some(text(name, value)?),
            "resolvingcomment" => change.resolving_comment = Some(text(name, value)?),
            "assignedto" => change.assigned_to = Some(owner(name, value)?),
            "status" => change.status = Some(word(name, value, None)?),
            "severity" => change.severity = Some(word(name, value, None)?),
            "classification" => change.classification = Some(classification(name, value)?),
            "determination" => change.determination = Some(determination(name, value)?),
            "customtags" => change.tags = Some(texts(name, value)?),
            _ => return Err(unchangeable(name, &IncidentTest::shape(), OF_INCIDENTS)),
        }
    }
    Ok(change)
}

/// The change of an alert.
pub(super) fn alert_change(body: &Object) -> Result<AlertChange, Problem> {
    let mut change = AlertChange::default();
    for (name, value) in members(body) {
        match name.to_ascii_lowercase().as_str() {
            "assignedto" => change.assigned_to = Some(owner(name, value)?),
            "status" => change.status = Some(word(name, value, None)?),
            "classification" => change.classification = Some(classification(name, value)?),
            "determination" => change.determination = Some(determination(name, value)?),
            "customdetails" => change.custom_details = Some(object(name, value)?),
            _ => return Err(unchangeable(name, &AlertTest::shape(), OF_ALERTS)),
        }
    }
    Ok(change)
}

/// All members but annotations, such as `@odata.type`.
fn members(body: &Object) -> impl Iterator<Item = (&String, &Value)> {
    body.iter().filter(|(name, _)| !name.contains('@'))
}

fn text(name: &str, value: &Value) -> Result<Option<String>, Problem> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        _ => Err(bad_request(format!("`{name}` is a text or null"))),
    }
}

/// An empty text takes the owner away, as null does.
fn owner(name: &str, value: &Value) -> Result<Option<String>, Problem> {
    Ok(text(name, value)?.filter(|owner| !owner.is_empty()))
}

fn texts(name: &str, value: &Value) -> Result<Vec<String>, Problem> {
    let wrong = || bad_request(format!("`{name}` is a list of texts"));
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(items) => {
            let text = |item: &Value| item.as_str().map(str::to_owned).ok_or_else(wrong);
            items.iter().map(text).collect()
        }
        _ => Err(wrong()),
    }
}

/// The text of an object; null and an empty one are none.
fn object(name: &str, value: &Value) -> Result<Option<String>, Problem> {
    match value {
        Value::Null => Ok(None),
        Value::Object(members) => Ok((!members.is_empty()).then(|| value.to_string())),
        _ => Err(bad_request(format!("`{name}` is an object or null"))),
    }
}

fn classification(name: &str, value: &Value) -> Result<Classification, Problem> {
    word(name, value, Some(Classification::Unknown))
}

fn determination(name: &str, value: &Value) -> Result<Determination, Problem> {
    word(name, value, Some(Determination::NotAvailable))
}

/// A word of a closed vocabulary; `null` stands for it where one is named.
fn word<T: WireWord>(name: &str, value: &Value, null: Option<T>) -> Result<T, Problem> {
    let found = match value {
        Value::Null => null,
        Value::String(text) => T::read(text),
        _ => None,
    };
    found.ok_or_else(|| {
        let given: String = value.to_string().chars().take(64).collect();
        let what = T::WHAT;
        bad_request(format!("`{name}`: {given} is no {what}; use one of {}", T::list()))
    })
}

fn unchangeable(name: &str, shape: &Shape, changeable: &str) -> Problem {
    if name.eq_ignore_ascii_case("comments") {
        return bad_request("`comments` cannot be changed; add one with POST …/comments");
    }
    let name: String = name.chars().take(64).collect();
    if shape.has(&name) {
        return bad_request(format!("`{name}` cannot be changed. Change one of {changeable}."));
    }
    bad_request(format!(
        "Could not find a property named '{name}' on type '{}'. Change one of {changeable}.",
        shape.name
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use vakt_incidents::Status;

    fn read(body: &Value) -> Result<IncidentChange, String> {
        incident_change(body.as_object().unwrap()).map_err(|problem| problem.message)
    }

    #[test]
    fn words_are_read_in_any_case_and_nulls_take_away() {
        let body = json!({
            "@odata.type": "#microsoft.graph.security.incident",
            "Status": "INPROGRESS", "determination": "notMalicious", "classification": null,
            "assignedTo": "", "customTags": ["a"],
        });
        let expected = IncidentChange {
            status: Some(Status::InProgress),
            determination: Some(Determination::Clean),
            classification: Some(Classification::Unknown),
            assigned_to: Some(None),
            tags: Some(vec!["a".into()]),
            ..IncidentChange::default()
        };
        assert_eq!(read(&body), Ok(expected));
        assert_eq!(read(&json!({})), Ok(IncidentChange::default()));
    }

    #[test]
    fn what_cannot_be_changed_is_named() {
        for (body, expected) in [
            (json!({ "status": "open" }), "`status`: \"open\" is no status; use one of Active"),
            (json!({ "status": null }), "`status`: null is no status"),
            (json!({ "assignedTo": 3 }), "`assignedTo` is a text or null"),
            (json!({ "customTags": "a" }), "`customTags` is a list of texts"),
            (json!({ "createdDateTime": "x" }), "`createdDateTime` cannot be changed. Change one"),
            (json!({ "comments": [] }), "add one with POST"),
            (json!({ "tags": [] }), "Could not find a property named 'tags' on type"),
        ] {
            let told = read(&body).unwrap_err();
            assert!(told.contains(expected), "{body}: {told}");
        }
    }
}
