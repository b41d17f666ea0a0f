//! Lays the value of a YAML scalar over its source, so that every place of the value is a place of
//! the file: past indentation, folded lines, doubled quotes and escapes.

use saphyr_parser::ScalarStyle;

use crate::query::Query;

/// The value as a query. `source` is the scalar as written, with its quotes, or from the end
/// of the line that announces it, and `base` where it begins. A value that does not lie over its source stands for it as a whole.
pub fn align(value: &str, source: &str, base: usize, style: ScalarStyle) -> Query {
    let quote = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
    let start = usize::from(quote).min(source.len());
    let mut alignment =
        Alignment { value, source, style, base, v: 0, s: start, query: Query::new() };
    while alignment.v < value.len() {
        if alignment.step().is_none() {
            let mut whole = Query::new();
            whole.push_for(value, base..base + source.trim_end().len());
            return whole;
        }
    }
    alignment.query
}

struct Alignment<'a> {
    value: &'a str,
    source: &'a str,
    style: ScalarStyle,
    base: usize,
    /// Bytes of the value that are laid.
    v: usize,
    /// Bytes of the source that they took.
    s: usize,
    query: Query,
}

impl<'a> Alignment<'a> {
    /// One more character, or one run of blanks; `None` where value and source differ.
    fn step(&mut self) -> Option<()> {
        let value = self.value.get(self.v..)?;
        let source = self.source.get(self.s..)?;
        if source.is_empty() {
            self.lay(value.trim().is_empty().then_some(value.len())?, 0);
            return Some(());
        }
        match (self.style, source.as_bytes()) {
            (ScalarStyle::DoubleQuoted, [b'\\', ..]) => return self.escape(value, source),
            (ScalarStyle::SingleQuoted, [b'\'', b'\'', ..]) => {
                self.lay(value.starts_with('\'').then_some(1)?, 2);
                return Some(());
            }
            _ => {}
        }
        let blanks = run_of_blanks(source);
        if source.get(..blanks).is_some_and(|run| run.contains('\n')) {
            self.lay(self.blanks_of_value(value, source, blanks), blanks);
            return Some(());
        }
        let c = value.chars().next()?;
        self.lay(source.starts_with(c).then_some(c.len_utf8())?, c.len_utf8());
        Some(())
    }

    fn lay(&mut self, value: usize, source: usize) {
        let text = self.value.get(self.v..self.v + value).unwrap_or_default();
        let at = self.base + self.s;
        let same = self.source.get(self.s..self.s + source) == Some(text);
        if same {
            self.query.push(text, at);
        } else if value > 0 {
            self.query.push_for(text, at..at + source);
        }
        self.v += value;
        self.s += source;
    }

    /// Blanks of the value that a run with line ends stands for.
    fn blanks_of_value(&self, value: &'a str, source: &str, blanks: usize) -> usize {
        let run = run_of_blanks(value);
        if self.style != ScalarStyle::DoubleQuoted {
            return run;
        }
        // Blanks after it may be escapes: one line end is a blank, of several one is lost.
        let lines = source.get(..blanks).unwrap_or_default().matches('\n').count();
        run.min(lines.saturating_sub(1).max(1))
    }

    /// An escape, or a line that goes on after a backslash.
    fn escape(&mut self, value: &str, source: &str) -> Option<()> {
        let escaped = source.chars().nth(1)?;
        if matches!(escaped, '\n' | '\r') {
            let rest = source.get(1..)?;
            self.s += 1 + run_of_blanks(rest);
            return Some(());
        }
        let length = match escaped {
            'x' => 4,
            'u' => 6,
            'U' => 10,
            other => 1 + other.len_utf8(),
        };
        self.lay(value.chars().next()?.len_utf8(), length.min(source.len()));
        Some(())
    }
}

fn run_of_blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len()
}
