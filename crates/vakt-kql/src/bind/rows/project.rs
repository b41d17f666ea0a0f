//! Other columns: `extend`, `project` and its relatives.

use std::sync::Arc;

use super::super::literals::name_of;
use super::super::scope::place_of;
use super::super::{Binder, Projection, RowScope, Style};
use super::parts::{expressions, same, with};
use crate::bound::{Expr, Rel, RelOp};
use crate::catalog::{Column, Schema, fits};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::{Node, Span};
use crate::types::Type;

impl<'a> Binder<'a> {
    pub(super) fn project_rows(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let mut to = Projection::default();
        self.project_all(expressions(node), &RowScope::of(&input), &mut to, Style::Plain);
        let (schema, columns) = to.finish();
        with(input, schema, |input| RelOp::Project { input, columns })
    }

    pub(super) fn extend(&mut self, node: Node<'a>, input: Rel, style: Style) -> Rel {
        let mut to = Projection::over(&input.columns);
        self.project_all(expressions(node), &RowScope::of(&input), &mut to, style);
        let (schema, assigned) = to.finish_all();
        with(input, schema, |input| RelOp::Extend { input, assigned })
    }

    pub(super) fn serialize(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let rows = same(input, |input| RelOp::Serialize { input });
        let rows = super::parts::ordered(rows);
        if expressions(node).next().is_none() {
            rows
        } else {
            self.extend(node, rows, Style::Plain)
        }
    }

    /// `project-away`, and `project-keep` where the named columns stay.
    pub(super) fn project_away(&mut self, node: Node<'a>, input: Rel, keep: bool) -> Rel {
        let mut named = Vec::new();
        for part in expressions(node) {
            named.extend(self.columns_named(part, &input));
        }
        let places = (0..input.columns.len()).filter(|place| named.contains(place) == keep);
        select(input, places.collect())
    }

    /// The places of the columns that a name or a name with stars means.
    fn columns_named(&mut self, node: Node<'a>, input: &Rel) -> Vec<usize> {
        let name = name_of(node);
        if name.contains('*') && node.kind() != NodeKind::NameRef {
            let columns = input.columns.iter().enumerate();
            let found: Vec<_> = columns
                .filter(|(_, column)| fits(&name, &column.name))
                .map(|(place, _)| place)
                .collect();
            if found.is_empty() && !input.open {
                let message = format!("no column fits `{name}`");
                let help = "Change the pattern; names of columns are case-sensitive.";
                self.error("KS142", node.span(), message, help);
            }
            return found;
        }
        match place_of(&input.columns, &name) {
            Some(place) => vec![place],
            None => {
                self.no_such_column(&name, node, input);
                Vec::new()
            }
        }
    }

    /// A name that must be of a column, and is not.
    fn no_such_column(&mut self, name: &Arc<str>, node: Node<'a>, input: &Rel) {
        if !matches!(node.kind(), NodeKind::NameRef | NodeKind::WildcardName | NodeKind::Star)
            || self.scopes.find(name).is_some()
        {
            self.no_column(node.span());
        } else if !input.open {
            self.unknown_column(name, node.span(), &input.columns);
        }
    }

    pub(super) fn project_rename(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let mut columns: Vec<Column> = input.columns.to_vec();
        let mut taken: Vec<Arc<str>> = columns.iter().map(|column| column.name.clone()).collect();
        for part in expressions(node) {
            let (NodeKind::Named, Some(new), Some(old)) = (part.kind(), part.nth(0), part.nth(1))
            else {
                let help = "Write `new = old`.";
                self.error("KS110", part.span(), "a new name must be given to a column", help);
                continue;
            };
            let (old_name, new_name) = (name_of(old), name_of(new));
            if old.kind() != NodeKind::NameRef {
                self.no_column(old.span());
            } else if input.columns.iter().all(|column| column.name != old_name) {
                self.no_such_column(&old_name, old, &input);
                if input.open {
                    columns.push(Column::new(new_name, Type::UNKNOWN));
                }
            } else if place_of(&columns, &old_name).is_some() && taken.contains(&new_name) {
                self.duplicate_column(&new_name, new.span());
            } else if let Some(place) = place_of(&columns, &old_name)
                && let Some(column) = columns.get_mut(place)
            {
                *column = Column::new(new_name.clone(), column.ty.clone());
                taken.push(new_name);
            }
        }
        let places = (0..input.columns.len()).collect();
        with(input, columns.into(), |input| RelOp::Select { input, places })
    }

    pub(super) fn project_reorder(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let mut places: Vec<usize> = Vec::new();
        let mut declared: Vec<usize> = Vec::new();
        for part in expressions(node) {
            let inner = if part.kind() == NodeKind::Ordered { part.nth(0) } else { Some(part) };
            let Some(inner) = inner else { continue };
            let mut found = self.columns_named(inner, &input);
            if let [only] = found.as_slice() {
                if declared.contains(only)
                    && let Some(column) = input.columns.get(*only)
                {
                    let name = column.name.clone();
                    self.duplicate_column(&name, inner.span());
                }
                declared.push(*only);
            } else if part.kind() == NodeKind::Ordered {
                order_by_name(part, &mut found, &input.columns);
            }
            found.retain(|place| !places.contains(place));
            places.extend(found);
        }
        let rest = (0..input.columns.len()).filter(|place| !places.contains(place));
        let rest: Vec<_> = rest.collect();
        places.extend(rest);
        select(input, places)
    }

    pub(super) fn project_by_names(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut places: Vec<usize> = Vec::new();
        for part in expressions(node) {
            let value = self.expr(part, &scope);
            for name in super::names::constant_names(&value) {
                let columns = input.columns.iter().enumerate();
                for (place, _) in columns.filter(|(_, column)| fits(&name, &column.name)) {
                    if !places.contains(&place) {
                        places.push(place);
                    }
                }
            }
        }
        select(input, places)
    }
}

/// The input's columns at these places.
fn select(input: Rel, places: Vec<usize>) -> Rel {
    let columns = places.iter().filter_map(|place| input.columns.get(*place).cloned()).collect();
    if places.len() == input.columns.len() && places.is_sorted() {
        return same(input, |input| RelOp::Select { input, places });
    }
    with(input, columns, |input| RelOp::Select { input, places })
}

/// `D* asc`: by name without case; with `granny-` numbers in names count as numbers.
fn order_by_name(node: Node<'_>, places: &mut [usize], columns: &Schema) {
    let granny = node.has_word("granny-asc") || node.has_word("granny-desc");
    let key = |place: &usize| {
        let name = columns.get(*place).map(|column| column.name.to_uppercase()).unwrap_or_default();
        if granny { runs(&name) } else { vec![(0, name)] }
    };
    places.sort_by_key(key);
    if node.has_word("desc") || node.has_word("granny-desc") {
        places.reverse();
    }
}

/// A name as runs of digits (by their number) and other characters.
fn runs(name: &str) -> Vec<(u64, String)> {
    let mut runs: Vec<(u64, String)> = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let text = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (run, after) = rest.split_at(digits.max(text));
        runs.push(match run.parse() {
            Ok(number) => (number, String::new()),
            Err(_) => (u64::MAX, run.to_owned()),
        });
        rest = after;
    }
    runs
}
