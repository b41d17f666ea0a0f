//! What kind of file it is, by its name.

use std::path::Path;

/// A kind of file that holds queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `.kql`, `.csl`, `.kusto`, `.txt`, and all that is not known: queries and nothing else.
    Plain,
    /// `.md`, `.markdown`: queries in fences.
    Markdown,
    /// `.yaml`, `.yml`, `.json`: queries under the keys of detection rules.
    Yaml,
}

impl FileKind {
    /// By the end of the name; a name that says nothing is taken for a query.
    pub fn of_name(name: &str) -> Self {
        Self::known(name).unwrap_or(Self::Plain)
    }

    /// By the end of the name, if it is one that rules have.
    pub fn known(name: &str) -> Option<Self> {
        let end = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
        Some(match end.as_str() {
            "kql" | "csl" | "kusto" | "txt" => Self::Plain,
            "md" | "markdown" => Self::Markdown,
            "yaml" | "yml" | "json" => Self::Yaml,
            _ => return None,
        })
    }
}
