//! Files of incidents or alerts as Microsoft's APIs return them, or of the streaming API's records:
//! one object, an array, pages with `value` or `records` (several of them one after another), or
//! JSON lines.

use std::collections::VecDeque;
use std::io::{self, Chain, Cursor, Read};

use serde_json::de::IoRead;
use serde_json::{Deserializer, StreamDeserializer, Value};

/// The incidents of a file, one by one. Only the JSON document at hand is in memory.
pub struct IncidentFile<R: Read> {
    documents: StreamDeserializer<'static, IoRead<Source<R>>, Value>,
    waiting: VecDeque<Value>,
    documents_read: u64,
}

type Source<R> = Chain<Cursor<Vec<u8>>, R>;

/// Why a file cannot be read on.
#[derive(Debug, thiserror::Error)]
pub enum FileProblem {
    /// The bytes could not be read.
    #[error("the file cannot be read")]
    Read(#[source] io::Error),
    /// The text is UTF-16.
    #[error("the text is UTF-16, not UTF-8")]
    Utf16,
    /// The text is not JSON.
    #[error("not JSON at line {line}, column {column}: {message}")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// JSON, but no incident and no page of incidents.
    #[error("JSON value {document} is {found}: expected incidents as the API returns them")]
    Shape {
        /// Counted from 1.
        document: u64,
        /// What it is.
        found: String,
    },
}

impl FileProblem {
    /// The next step, for people.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Read(_) => "check that the file is there and may be read",
            Self::Utf16 => "write it again as UTF-8, in PowerShell with `Out-File -Encoding utf8`",
            Self::Syntax { .. } => "correct the file, or export it again",
            Self::Shape { .. } => {
                "give what GET /api/incidents answers: pages, an array, or one incident a line"
            }
        }
    }
}

impl<R: Read> IncidentFile<R> {
    /// Looks at the first bytes only: a byte order mark of UTF-8 is passed over, UTF-16 refused.
    pub fn open(mut reader: R) -> Result<Self, FileProblem> {
        let mut head = Vec::new();
        reader.by_ref().take(3).read_to_end(&mut head).map_err(FileProblem::Read)?;
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
            return Err(FileProblem::Utf16);
        }
        if head == [0xef, 0xbb, 0xbf] {
            head.clear();
        }
        let source = Cursor::new(head).chain(reader);
        let documents = Deserializer::from_reader(source).into_iter();
        Ok(Self { documents, waiting: VecDeque::new(), documents_read: 0 })
    }

    fn unpack(&mut self, document: Value) -> Result<(), FileProblem> {
        match document {
            Value::Array(items) => items.into_iter().try_for_each(|item| self.unpack_object(item)),
            other => self.unpack_object(other),
        }
    }

    fn unpack_object(&mut self, value: Value) -> Result<(), FileProblem> {
        let Value::Object(mut object) = value else { return Err(self.shape(kind_of(&value))) };
        let is_record = object.contains_key("category") && object.contains_key("properties");
        if is_record || ["incidentId", "id", "alertId"].iter().any(|id| object.contains_key(*id)) {
            self.waiting.push_back(Value::Object(object));
            return Ok(());
        }
        match object.remove("value").or_else(|| object.remove("records")) {
            Some(Value::Array(items)) => {
                self.waiting.extend(items);
                Ok(())
            }
            _ if object.contains_key("error") => Err(self.shape("an error answer")),
            _ => Err(self.shape("an object without `incidentId`, `id` or `value`")),
        }
    }

    fn shape(&self, found: &str) -> FileProblem {
        FileProblem::Shape { document: self.documents_read, found: found.to_owned() }
    }
}

impl<R: Read> Iterator for IncidentFile<R> {
    type Item = Result<Value, FileProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.waiting.is_empty() {
            let document = match self.documents.next()? {
                Ok(document) => document,
                Err(error) => return Some(Err(problem(error))),
            };
            self.documents_read += 1;
            if let Err(problem) = self.unpack(document) {
                return Some(Err(problem));
            }
        }
        self.waiting.pop_front().map(Ok)
    }
}

fn problem(error: serde_json::Error) -> FileProblem {
    if error.is_io() {
        return FileProblem::Read(error.into());
    }
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let place = format!(" at line {line} column {column}");
    let message = text.strip_suffix(&place).unwrap_or(&text).to_owned();
    FileProblem::Syntax { line, column, message }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array within an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let shown = match IncidentFile::open(bytes) {
            Err(problem) => problem.to_string(),
            Ok(file) => {
                let lines: Vec<String> = file
                    .map(|item| match item {
                        Ok(incident) => incident["incidentId"].to_string(),
                        Err(problem) => problem.to_string(),
                    })
                    .collect();
                lines.join(" ")
            }
        };
        assert_eq!(shown, expected, "for {}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn every_shape_of_an_export_is_read() {
        for (text, expected) in [
            ("", ""),
            (r#"{"incidentId":1}"#, "1"),
            (r#"[{"incidentId":1},{"incidentId":2}]"#, "1 2"),
            (r#"{"@odata.context":"x","value":[{"incidentId":1}]}"#, "1"),
            (
                "{\"value\":[{\"incidentId\":1}]}\n{\"value\":[]}{\"value\":[{\"incidentId\":2}]}",
                "1 2",
            ),
            ("[{\"value\":[{\"incidentId\":1}]},{\"value\":[{\"incidentId\":2}]}]", "1 2"),
            ("{\"incidentId\":1}\r\n{\"incidentId\":2}\r\n", "1 2"),
            ("\u{feff}{\"incidentId\":1}", "1"),
        ] {
            check(text.as_bytes(), expected);
        }
    }

    #[test]
    fn problems_name_the_place() {
        check(
            b"{\"incidentId\":1}\n{\"incidentId\":}",
            "1 not JSON at line 2, column 15: expected value",
        );
        check(
            br#"{"error":{"code":"Forbidden"}}"#,
            "JSON value 1 is an error answer: expected incidents as the API returns them",
        );
        check(
            br#"{"incidentId":1} "text""#,
            "1 JSON value 2 is a text: expected incidents as the API returns them",
        );
        check(&[0xff, 0xfe, b'{', 0], "the text is UTF-16, not UTF-8");
    }
}
