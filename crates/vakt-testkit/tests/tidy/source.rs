//! The sources as the rules read them: texts and comments blanked, so that only code counts.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file.
pub struct Source {
    /// Below `crates/`.
    pub name: String,
    /// As written.
    pub text: String,
    /// With texts and comments blanked; lines stay where they are.
    pub code: String,
}

/// The workspace's folder.
pub fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every Rust file of every room.
pub fn sources() -> Vec<Source> {
    let crates = house().join("crates");
    let mut files = Vec::new();
    collect(&crates, &mut files);
    files.sort();
    assert!(files.len() > 100, "the sources were not found");
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(&crates).unwrap().to_str().unwrap().replace('\\', "/");
        Source { name, code: blank(&text), text }
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

impl Source {
    /// Is it code that ships, and not a test of it?
    pub fn ships(&self) -> bool {
        self.name.contains("/src/")
            && !self.name.ends_with("/tests.rs")
            && !self.name.starts_with("vakt-testkit/")
    }

    /// The lines before its inline tests.
    pub fn production_lines(&self) -> usize {
        let lines: Vec<&str> = self.text.lines().collect();
        let tests = lines.windows(2).position(|pair| {
            pair[0].trim() == "#[cfg(test)]" && pair[1].trim_start().starts_with("mod ")
        });
        tests.unwrap_or(lines.len())
    }

    /// Its functions: name, first line, length in lines.
    pub fn functions(&self) -> Vec<(String, usize, usize)> {
        let lines: Vec<&str> = self.code.lines().collect();
        let starts = lines.iter().enumerate().filter_map(|(at, line)| Some((at, function(line)?)));
        let measured = starts.filter_map(|(at, name)| {
            let length = block_length(&lines[at..])?;
            Some((name.to_owned(), at + 1, length))
        });
        measured.collect()
    }
}

/// The name of the function that a line begins.
fn function(line: &str) -> Option<&str> {
    let (head, rest) = line.split_once("fn ")?;
    let is_head = head.split_whitespace().all(|word| {
        matches!(word, "pub" | "async" | "const" | "unsafe" | "extern") || word.starts_with("pub(")
    });
    let name = rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next()?;
    (is_head && !name.is_empty()).then_some(name)
}

/// Lines until the braces are closed again; `None` for a declaration without a body.
fn block_length(lines: &[&str]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut opened = false;
    for (at, line) in lines.iter().enumerate() {
        for c in line.chars() {
            match c {
                '{' => (depth, opened) = (depth + 1, true),
                '}' => depth = depth.saturating_sub(1),
                ';' if !opened => return None,
                _ => {}
            }
            if opened && depth == 0 {
                return Some(at + 1);
            }
        }
    }
    None
}

/// Replaces comments and literals by blanks.
fn blank(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let length = literal(&chars[at..], chars[..at].last().copied());
        if length == 0 {
            code.push(chars[at]);
            at += 1;
            continue;
        }
        let blanked = chars[at..at + length].iter();
        code.extend(blanked.map(|c| if *c == '\n' { '\n' } else { ' ' }));
        at += length;
    }
    code
}

/// How long the comment or literal is that starts here; 0 if none does.
fn literal(rest: &[char], before: Option<char>) -> usize {
    let after_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    match rest {
        ['/', '/', ..] => until(rest, &['\n']).saturating_sub(1).max(2),
        ['/', '*', ..] => until(rest, &['*', '/']),
        ['"', ..] => quoted(rest, '"'),
        ['r', '"' | '#', ..] if !after_word => raw(rest),
        ['b', 'r', '"' | '#', ..] if !after_word => raw(&rest[1..]) + 1,
        ['\'', '\\', ..] => quoted(rest, '\''),
        ['\'', _, '\'', ..] => 3,
        _ => 0,
    }
}

fn until(rest: &[char], end: &[char]) -> usize {
    let found = rest[1..].windows(end.len()).position(|window| window == end);
    found.map_or(rest.len(), |at| at + 1 + end.len())
}

fn quoted(rest: &[char], quote: char) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            '\\' => at += 2,
            c if c == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw(rest: &[char]) -> usize {
    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return 0;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    1 + hashes + until(&rest[1 + hashes..], &end)
}

#[test]
fn only_code_is_left_of_a_source() {
    for (text, expected) in [
        ("a // b\nc", "a     \nc"),
        ("a /* b\n*/ c", "a     \n   c"),
        (r#"f("x\"}", 1)"#, "f(      , 1)"),
        (r##"r#"{"}"# x"##, "         x"),
        ("'{' 'a 'b", "    'a 'b"),
        (r"'\'' x", "     x"),
        ("for_r\"x\"", "for_r   "),
    ] {
        assert_eq!(blank(text), expected, "{text}");
    }
}

#[test]
fn functions_are_measured_by_their_braces() {
    let text =
        "trait T { fn a(&self); }\npub(crate) async fn b() {\n  let c = '{';\n}\nfn d() {}\n";
    let source = Source { name: String::new(), text: text.into(), code: blank(text) };
    assert_eq!(source.functions(), [("b".to_owned(), 2, 3), ("d".to_owned(), 5, 1)]);
}
