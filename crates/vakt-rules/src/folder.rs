//! Which files are meant: those that were named, and in named folders those that hold rules.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::kind::FileKind;

/// Most files of one call: the largest public collections of rules have a tenth of it.
pub const FILES_COUNT_MAX: usize = 50_000;

/// Deepest folder below a named one.
pub const FOLDER_DEPTH_MAX: usize = 32;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selected {
    /// Where it is, as far as it was named.
    pub path: PathBuf,
    /// It stood in the folder; nobody named it.
    pub found: bool,
}

/// Why files cannot be selected.
#[derive(Debug)]
pub enum FolderProblem {
    /// A file or folder cannot be looked at.
    Io(PathBuf, io::Error),
    /// More than [`FILES_COUNT_MAX`].
    TooMany,
    /// Deeper than [`FOLDER_DEPTH_MAX`].
    TooDeep(PathBuf),
}

impl fmt::Display for FolderProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(path, error) => write!(f, "{} cannot be read: {error}", path.display()),
            Self::TooMany => write!(f, "there are more than {FILES_COUNT_MAX} files"),
            Self::TooDeep(path) => {
                write!(f, "{} is more than {FOLDER_DEPTH_MAX} folders down", path.display())
            }
        }
    }
}

impl std::error::Error for FolderProblem {}

/// The files of a path: itself, or what a folder holds, by name. Hidden entries, `node_modules` and
/// links are left out of folders, and so is `.json`, of which most is no rule.
pub fn select(path: &Path, into: &mut Vec<Selected>) -> Result<(), FolderProblem> {
    let kind = fs::metadata(path).map_err(|error| FolderProblem::Io(path.to_owned(), error))?;
    if kind.is_dir() {
        return walk(path, 0, into);
    }
    push(Selected { path: path.to_owned(), found: false }, into)
}

fn push(one: Selected, into: &mut Vec<Selected>) -> Result<(), FolderProblem> {
    if into.len() >= FILES_COUNT_MAX {
        return Err(FolderProblem::TooMany);
    }
    into.push(one);
    Ok(())
}

fn walk(folder: &Path, depth: usize, into: &mut Vec<Selected>) -> Result<(), FolderProblem> {
    if depth > FOLDER_DEPTH_MAX {
        return Err(FolderProblem::TooDeep(folder.to_owned()));
    }
    let problem = |error| FolderProblem::Io(folder.to_owned(), error);
    let entries = fs::read_dir(folder).map_err(problem)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().map_err(problem)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(problem)?;
        if name.starts_with('.') || name == "node_modules" {
            continue;
        }
        if kind.is_dir() {
            walk(&entry.path(), depth + 1, into)?;
        } else if kind.is_file() && holds_rules(&name) {
            push(Selected { path: entry.path(), found: true }, into)?;
        }
    }
    Ok(())
}

fn holds_rules(name: &str) -> bool {
    FileKind::known(name).is_some() && !name.to_ascii_lowercase().ends_with(".json")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::select;

    #[test]
    fn folders_give_their_rules_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in
            ["b/z.kql", "b/a.yml", "a.MD", "c.json", "d.exe", ".git/x.kql", "node_modules/y.md"]
        {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let mut files = Vec::new();
        select(folder.path(), &mut files).unwrap();
        select(&folder.path().join("c.json"), &mut files).unwrap();
        let names: Vec<_> = files
            .iter()
            .map(|file| {
                (file.path.strip_prefix(folder.path()).unwrap().to_str().unwrap(), file.found)
            })
            .collect();
        assert_eq!(
            names,
            [("a.MD", true), ("b/a.yml", true), ("b/z.kql", true), ("c.json", false)]
        );
        let missing = select(&folder.path().join("nothing"), &mut files).unwrap_err().to_string();
        assert!(missing.contains("nothing cannot be read: "), "{missing}");
    }
}
