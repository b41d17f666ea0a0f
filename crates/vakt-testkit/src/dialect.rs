//! The three shapes of an error, checked whole wherever one is expected.

use serde_json::Value;
use vakt_ids::ObjectId;

use crate::http::Answer;

/// An AADSTS error with this status and number; returns its body.
pub fn expect_aadsts(answer: &Answer, status: u16, code: u32) -> Value {
    assert_eq!(answer.status, status, "{}", String::from_utf8_lossy(&answer.body));
    let body = answer.json();
    let text = body["error_description"].as_str().unwrap().to_owned();
    assert_eq!(body["error_codes"], serde_json::json!([code]), "{text}");
    assert!(text.starts_with(&format!("AADSTS{code}: ")), "{text}");
    assert!(!answer.body.contains(&b'\\'), "a JSON escape: {:?}", answer.body);
    let (trace, correlation) = (guid(&body["trace_id"]), guid(&body["correlation_id"]));
    let timestamp = timestamp(&body["timestamp"]);
    let trailer =
        format!(" Trace ID: {trace} Correlation ID: {correlation} Timestamp: {timestamp}");
    assert!(text.ends_with(&trailer), "{text} does not end with{trailer}");
    assert_eq!(answer.header("x-ms-request-id"), Some(trace.as_str()));
    let asks_to_wait = answer.header("retry-after").is_some();
    assert_eq!(asks_to_wait, matches!(status, 429 | 503), "Retry-After freezes clients");
    body
}

/// An error of the classic API with this status and code; returns its message.
pub fn expect_classic(answer: &Answer, status: u16, code: &str) -> String {
    assert_eq!(answer.status, status, "{}", String::from_utf8_lossy(&answer.body));
    let body = answer.json();
    assert_eq!(names(&body), ["error"], "{body}");
    let error = &body["error"];
    assert_eq!(names(error), ["code", "message", "target"], "{body}");
    assert_eq!(error["code"], code, "{body}");
    let target = guid(&error["target"]);
    assert_eq!(answer.header("x-ms-request-id"), Some(target.as_str()));
    spoken(&error["message"])
}

/// An error of Graph with this status and code; returns its message.
pub fn expect_graph(answer: &Answer, status: u16, code: &str) -> String {
    assert_eq!(answer.status, status, "{}", String::from_utf8_lossy(&answer.body));
    let body = answer.json();
    assert_eq!(names(&body), ["error"], "{body}");
    let error = &body["error"];
    assert_eq!(names(error), ["code", "innerError", "message"], "{body}");
    assert_eq!(error["code"], code, "{body}");
    let inner = &error["innerError"];
    assert_eq!(names(inner), ["client-request-id", "date", "request-id"], "{body}");
    assert_eq!(answer.header("request-id"), Some(guid(&inner["request-id"]).as_str()));
    assert_eq!(answer.header("client-request-id"), inner["client-request-id"].as_str());
    assert_eq!(inner["date"].as_str().unwrap().len(), "2026-03-01T12:00:00".len());
    spoken(&error["message"])
}

/// The member names of an object, in the alphabet's order.
pub fn names(object: &Value) -> Vec<&str> {
    let members = object.as_object().unwrap_or_else(|| panic!("{object} is no object"));
    let mut names: Vec<&str> = members.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

fn guid(value: &Value) -> String {
    let text = value.as_str().unwrap_or_else(|| panic!("{value} is no text"));
    text.parse::<ObjectId>().unwrap_or_else(|error| panic!("{error}")).to_string()
}

/// `YYYY-MM-DD HH:MM:SSZ`.
fn timestamp(value: &Value) -> String {
    let text = value.as_str().unwrap();
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(shape, "0000-00-00 00:00:00Z", "{text}");
    text.to_owned()
}

/// A message for people: there, and not a debug form.
fn spoken(message: &Value) -> String {
    let text = message.as_str().unwrap();
    assert!(text.len() > 10, "`{text}` says nothing");
    text.to_owned()
}
