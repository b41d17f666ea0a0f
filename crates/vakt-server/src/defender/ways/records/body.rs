//! A body of records, in every form in which the streaming API's records lie around: an object with
//! `records` (a hub's message), an array of such objects or of records, one record, or lines of any
//! of these, with LF or CRLF (a storage container's blob).

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;
use vakt_wire::incidents::RECORDS_AT_ONCE_MAX;

use crate::defender::changes::bad;
use crate::problem::Problem;

/// What is around a record.
#[derive(Deserialize)]
pub(super) struct Envelope<'a> {
    /// `AdvancedHunting-` and the table.
    #[serde(borrow, default)]
    pub category: Option<Cow<'a, str>>,
    /// The table's row.
    #[serde(borrow, default)]
    pub properties: Option<&'a RawValue>,
    #[serde(borrow, default)]
    records: Option<Records<'a>>,
}

/// A record, or why it cannot be read.
pub(super) type Record<'a> = Result<Envelope<'a>, String>;

/// Reads a body. What cannot be read is among the records, with the reason; a body of which nothing
/// can be read is refused.
pub(super) fn read_body(body: &[u8]) -> Result<Vec<Record<'_>>, Problem> {
    let text = std::str::from_utf8(body)
        .map_err(|error| bad(format!("the body is not UTF-8 ({error}); send it as UTF-8")))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(bad("the body is empty; send records"));
    }
    let mut records = Vec::new();
    match serde_json::from_str::<&RawValue>(text) {
        Ok(document) => add(document.get(), &mut records)?,
        Err(whole) => add_lines(text, &whole, &mut records)?,
    }
    Ok(records)
}

/// One document a line.
fn add_lines<'a>(
    text: &'a str,
    whole: &serde_json::Error,
    records: &mut Vec<Record<'a>>,
) -> Result<(), Problem> {
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match serde_json::from_str::<&RawValue>(line) {
            Ok(document) => add(document.get(), records)?,
            Err(error) => push(Err(format!("it is not JSON: {error}")), records)?,
        }
    }
    if records.iter().all(Result::is_err) {
        let message = format!("the body is neither JSON ({whole}) nor JSON lines; send records");
        return Err(bad(message));
    }
    Ok(())
}

/// The records of a document.
fn add<'a>(document: &'a str, records: &mut Vec<Record<'a>>) -> Result<(), Problem> {
    if document.starts_with('[') {
        let inner: Records<'a> =
            serde_json::from_str(document).map_err(|error| bad(error.to_string()))?;
        return inner.0.into_iter().try_for_each(|one| add_object(one.get(), records));
    }
    add_object(document, records)
}

fn add_object<'a>(document: &'a str, records: &mut Vec<Record<'a>>) -> Result<(), Problem> {
    let envelope = match serde_json::from_str::<Envelope<'a>>(document) {
        Ok(envelope) => envelope,
        Err(error) => return push(Err(format!("it is not a record: {error}")), records),
    };
    let Some(inner) = envelope.records else { return push(Ok(envelope), records) };
    for one in inner.0 {
        let record = serde_json::from_str(one.get());
        push(record.map_err(|error| format!("it is not a record: {error}")), records)?;
    }
    Ok(())
}

fn push<'a>(record: Record<'a>, records: &mut Vec<Record<'a>>) -> Result<(), Problem> {
    if records.len() == RECORDS_AT_ONCE_MAX {
        return Err(bad(format!(
            "there are more than {RECORDS_AT_ONCE_MAX} records; send them in parts"
        )));
    }
    records.push(record);
    Ok(())
}

/// A list of which no more is kept than one item beyond [`RECORDS_AT_ONCE_MAX`], which is refused: a
/// body may be small and hold millions of items.
struct Records<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Records<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items;

        impl<'de> Visitor<'de> for Items {
            type Value = Vec<&'de RawValue>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of records")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                    if items.len() > RECORDS_AT_ONCE_MAX {
                        while seq.next_element::<IgnoredAny>()?.is_some() {}
                    }
                }
                Ok(items)
            }
        }

        deserializer.deserialize_seq(Items).map(Records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_body_is_read() {
        let a = r#"{"category":"AdvancedHunting-A","properties":{"x":1},"time":"t"}"#;
        let b = r#"{"category":"AdvancedHunting-B","properties":null}"#;
        for (body, expected) in [
            (a.to_owned(), &["A"][..]),
            (format!("\u{feff}{a}\r\n{b}\r\n"), &["A", "B"]),
            (format!("{a}\n\n{b}"), &["A", "B"]),
            (format!("{{\"records\":[{a},{b}]}}"), &["A", "B"]),
            (format!("[{a},{{\"records\":[{b}]}}]"), &["A", "B"]),
            (format!("{{\"records\":[{a}]}}\n{b}\nnope\n3"), &["A", "B", "!", "!"]),
            (r#"{"records":[]}"#.to_owned(), &[]),
            (r#"{"records":[3]}"#.to_owned(), &["!"]),
        ] {
            let records = read_body(body.as_bytes()).unwrap();
            let name = |record: &Record<'_>| match record {
                Ok(record) => {
                    record.category.as_deref().unwrap_or("?").replace("AdvancedHunting-", "")
                }
                Err(_) => "!".to_owned(),
            };
            assert_eq!(records.iter().map(name).collect::<Vec<_>>(), expected, "for {body}");
        }
    }

    #[test]
    fn a_body_of_nothing_is_refused() {
        let many = format!("[{}]", vec!["1"; RECORDS_AT_ONCE_MAX + 1].join(","));
        for (body, told) in [
            (&b""[..], "the body is empty"),
            (b" \r\n", "the body is empty"),
            (b"nope", "neither JSON"),
            (b"\xff", "not UTF-8"),
            (many.as_bytes(), "there are more than"),
        ] {
            let problem = read_body(body).err().unwrap();
            assert!(problem.message.contains(told), "{}", problem.message);
        }
    }
}
