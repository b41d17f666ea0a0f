//! Data to stdout, talk to stderr. The only file that writes to stdout.

use std::io::{self, BufWriter, Write};

use comfy_table::{Table, presets};
use serde::Serialize;

use crate::args::Output;

/// Writes what commands have to say, in the form the caller chose.
#[derive(Debug, Clone, Copy)]
pub struct Printer {
    output: Output,
}

impl Printer {
    /// A printer for one form.
    pub fn new(output: Output) -> Self {
        Self { output }
    }

    /// The form the caller chose.
    pub fn output(self) -> Output {
        self.output
    }

    /// Is JSON wanted?
    pub fn is_json(self) -> bool {
        self.output == Output::Json
    }

    /// A line of data.
    pub fn line(self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.write_all(b"\n")?;
        out.flush()
    }

    /// Bytes of data, as they are.
    pub fn bytes(self, bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }

    /// Data that comes bit by bit; it is written when it is flushed.
    pub fn stream(self) -> impl Write {
        BufWriter::new(io::stdout().lock())
    }

    /// A value as JSON.
    pub fn json(self, value: &impl Serialize) -> anyhow::Result<()> {
        Ok(self.line(&serde_json::to_string_pretty(value)?)?)
    }

    /// Rows under a heading; nothing at all when there are no rows.
    pub fn table<const N: usize>(
        self,
        heading: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) -> io::Result<()> {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_header(heading);
        table.add_rows(rows.into_iter().map(|row| row.map(|cell| visible(&cell))));
        if table.is_empty() {
            return Ok(());
        }
        self.lines(&table)
    }

    /// Names and values of one thing.
    pub fn fields<const N: usize>(self, fields: [(&str, String); N]) -> io::Result<()> {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.add_rows(fields.map(|(name, value)| [name.to_owned(), visible(&value)]));
        self.lines(&table)
    }

    fn lines(self, table: &Table) -> io::Result<()> {
        let lines: Vec<String> = table.lines().map(|line| line.trim().to_owned()).collect();
        self.line(&lines.join("\n"))
    }

    /// A remark for people.
    pub fn note(self, text: &str) {
        // Nobody is left to tell when stderr is gone.
        let _ = writeln!(io::stderr().lock(), "{}", visible(text));
    }

    /// A remark that people should not miss.
    pub fn warn(self, text: &str) {
        self.note(&format!("warning: {text}"));
    }
}

/// The text without control characters: what a server or a file says must not steer a terminal.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_are_not_steered() {
        assert_eq!(visible("a\u{1b}[2Jb\r\nc\u{9b}d"), "a [2Jb  c d");
    }
}
