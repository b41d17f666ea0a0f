//! Files of things as Microsoft's APIs return them: an array, or a page of them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

use crate::problem::Problem;

/// Longest file, in bytes: it is read whole.
const FILE_MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The things of a file, `-` for stdin. A page has them under one of these members.
pub fn read(path: &Path, members: &[&str]) -> anyhow::Result<Vec<Value>> {
    let name = path.display().to_string();
    let reader: Box<dyn Read> = if name == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).with_context(|| format!("cannot read `{name}`"))?)
    };
    let mut text = Vec::new();
    reader.take(FILE_MAX_BYTES + 1).read_to_end(&mut text)?;
    if text.len() as u64 > FILE_MAX_BYTES {
        let problem = Problem::new(format!("`{name}` is longer than 256 MiB"));
        return Err(problem.with_hint("split it").into());
    }
    let document: Value =
        serde_json::from_slice(&text).with_context(|| format!("`{name}` is not JSON"))?;
    things_of(document, members).ok_or_else(|| {
        let problem = Problem::new(format!("`{name}` holds no list"));
        problem.with_hint("give an array, or a page with `value`, as the API returns it").into()
    })
}

fn things_of(document: Value, members: &[&str]) -> Option<Vec<Value>> {
    match document {
        Value::Array(things) => Some(things),
        Value::Object(mut object) => {
            let found = members.iter().find_map(|member| object.remove(*member));
            match found {
                Some(Value::Array(things)) => Some(things),
                _ => None,
            }
        }
        _ => None,
    }
}
