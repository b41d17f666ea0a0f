//! `$select` and `$expand`: which members of a thing an answer shows.

use serde::Serialize;
use serde_json::Value;
use vakt_wire::graph::Object;
use vakt_wire::odata::Expand;

use super::errors::bad_request;
use crate::problem::Problem;

/// A type of Graph, as far as selections go.
pub(super) struct Shape {
    /// Its name.
    pub name: &'static str,
    /// Its members.
    pub members: Vec<String>,
    /// What of it can be expanded.
    pub navigations: &'static [&'static str],
}

impl Shape {
    /// The shape of what a type's empty value is written as.
    pub(super) fn of<T: Serialize + Default>(
        name: &'static str,
        navigations: &'static [&'static str],
    ) -> Self {
        let empty = serde_json::to_value(T::default()).unwrap_or_default();
        let members = empty.as_object().map(|object| object.keys().cloned().collect());
        Self { name, members: members.unwrap_or_default(), navigations }
    }

    /// Does a member have this name?
    pub(super) fn has(&self, name: &str) -> bool {
        self.spelt(name).is_some()
    }

    /// A member's own spelling.
    fn spelt(&self, name: &str) -> Option<&str> {
        let own = self.members.iter().map(String::as_str).chain(self.navigations.iter().copied());
        own.into_iter().find(|known| known.eq_ignore_ascii_case(name))
    }
}

/// Which members are shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// Empty: all.
    names: Vec<String>,
}

impl Shown {
    /// Those that were selected.
    pub(super) fn of(shape: &Shape, select: &[String]) -> Result<Self, Problem> {
        if select.iter().any(|name| name == "*") {
            return Ok(Self::default());
        }
        let spelt = |name: &String| match shape.spelt(name) {
            Some(name) => Ok(name.to_owned()),
            None => Err(unknown("$select", name, shape, &shape.members)),
        };
        Ok(Self { names: select.iter().map(spelt).collect::<Result<_, _>>()? })
    }

    /// The names as a context has them: `(id,status)`, or nothing.
    pub(super) fn in_context(&self) -> String {
        if self.names.is_empty() { String::new() } else { format!("({})", self.names.join(",")) }
    }

    /// The members of a thing that are shown.
    pub(super) fn apply(&self, thing: &impl Serialize) -> Result<Object, Problem> {
        let Ok(Value::Object(mut members)) = serde_json::to_value(thing) else {
            return Err(Problem::internal());
        };
        let is_shown = |name: &str| self.names.iter().any(|shown| shown == name);
        members.retain(|name, _| self.names.is_empty() || name.starts_with('@') || is_shown(name));
        Ok(members)
    }
}

/// The navigation that is expanded, if one is: each type here has one at most.
pub(super) fn expanded<'a>(
    shape: &Shape,
    expand: &'a [Expand],
) -> Result<Option<&'a Expand>, Problem> {
    for one in expand {
        if !shape.navigations.iter().any(|known| known.eq_ignore_ascii_case(&one.name)) {
            let known: Vec<String> = shape.navigations.iter().map(|&name| name.into()).collect();
            return Err(unknown("$expand", &one.name, shape, &known));
        }
    }
    Ok(expand.first())
}

fn unknown(option: &str, name: &str, shape: &Shape, known: &[String]) -> Problem {
    let name: String = name.chars().take(64).collect();
    let next_step = match known {
        [] => format!("leave {option} out"),
        known => format!("use one of {}", known.join(", ")),
    };
    bad_request(format!(
        "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type \
         '{}' for {option}; {next_step}",
        shape.name
    ))
}
