//! From the tree to what it means: names resolved, types known, result columns named.
//!
//! Binding goes on after the first error; what is broken has an unknown type, of which nobody
//! complains again. Rows are bound in [`rows`], values in `expressions`.

mod binary;
mod calls;
mod checks;
mod conversions;
mod doubts;
mod dynamic;
mod expressions;
mod functions;
mod literals;
mod names;
mod overloads;
mod places;
mod problems;
mod resolution;
mod returns;
mod rows;
mod scope;
mod statements;
mod tables;
mod taken;

use std::sync::Arc;

use crate::bound::{Bound, Expr, ExprKind, Rel, RelOp};
use crate::catalog::{Catalog, Column, Schema};
use crate::diagnostic::Problem;
use crate::syntax::tree::{Node, Span, Tree};
use crate::types::Type;

pub use functions::EXPANSION_STEPS_MAX;
pub(crate) use names::{Given, Projected, Projection, Style};
pub(crate) use scope::{RowScope, ScopeKind, Scopes, Symbol};

/// Deepest nesting of expressions, subqueries and called functions together: deeper is a mistake or
/// an attack, and recursion must stay bounded.
pub const BIND_DEPTH_MAX: u32 = 400;

/// Columns of all operators together: each operator lists its own, so that thousands that add one
/// each would take seconds. Real queries have a few thousand.
pub const BOUND_COLUMNS_COUNT_MAX: usize = 150_000;

/// Columns of all tables together that stand behind a star, as in `union *` and `search 'x'`: those of
/// some twenty times all hunting tables.
pub const STARRED_COLUMNS_COUNT_MAX: usize = 50_000;

/// Visits of the nodes of a text, for each node: some are bound twice, as what `mv-expand` expands, and
/// nonsense that nests those would take for ever. Bodies of functions have their own limit.
pub const BIND_VISITS_PER_NODE_MAX: usize = 1;
/// Visits that every text has, however short.
const BIND_VISITS_FREE: usize = 10_000;

/// Binds a text that was parsed. `problems` are those of parsing.
pub(crate) fn bind_tree(tree: &Tree, problems: &[Problem], catalog: &Catalog) -> Bound {
    let mut binder = Binder::new(catalog);
    binder.visits_left = tree.nodes_count() * BIND_VISITS_PER_NODE_MAX + BIND_VISITS_FREE;
    binder.problems.extend_from_slice(problems);
    let (mut results, options) = binder.query(tree.root());
    for rows in &mut results {
        show_named(tree, rows);
    }
    let mut problems = binder.problems;
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    crate::cures::refine_bound(tree, catalog, &mut problems);
    Bound { results, problems, options }
}

/// A second name of a column is part of the answer where the text has that name, in quotes or not.
fn show_named(tree: &Tree, rows: &mut Rel) {
    let is_named = |name: &str| {
        let mut texts = tree.tokens().iter().map(|token| tree.slice(token.span));
        // most are too short, and need not be looked at
        let written = |text: &str| text.trim_matches(['\'', '"']) == name;
        texts.any(|text| text.len() >= name.len() && written(text))
    };
    let shown = |column: &Column| column.implicit && is_named(&column.name);
    if rows.columns.iter().any(shown) {
        let columns = rows.columns.iter().map(|column| Column {
            implicit: column.implicit && !is_named(&column.name),
            ..column.clone()
        });
        rows.columns = columns.collect();
    }
}

/// Binds one text.
pub(crate) struct Binder<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) problems: Vec<Problem>,
    /// Lets, functions, parameters.
    pub(crate) scopes: Scopes<'a>,
    /// The rows that come into the subqueries around here (mv-apply, partition, fork, facet); the
    /// innermost is what `ImplicitInput` stands for.
    pub(crate) inputs: Vec<ImplicitRows>,
    /// Inside a union with `isfuzzy=true`: a table that is not there is only warned of.
    pub(crate) fuzzy: bool,
    /// Columns of the open rows at hand that only names tell of, see [`Binder::infer`].
    pub(crate) inferred: Vec<Arc<str>>,
    /// So many queries are around this one.
    pub(crate) queries_around: u32,
    /// The next `ColumnN`.
    pub(crate) next_column: u32,
    /// Inside the body of a called function: what is wrong was told where it is declared.
    pub(crate) muted: u32,
    /// Nodes bound in bodies of called functions.
    pub(crate) expansion_steps: u32,
    /// `alias database`.
    pub(crate) databases: Vec<std::sync::Arc<str>>,
    depth: u32,
    /// Nodes of the text that may still be visited.
    visits_left: usize,
    /// Columns of the operators so far.
    columns_so_far: usize,
    /// Columns of tables behind stars so far.
    starred_columns: usize,
}

/// The rows that come into a subquery.
#[derive(Clone, Debug)]
pub(crate) struct ImplicitRows {
    pub(crate) columns: Schema,
    pub(crate) serialized: bool,
    pub(crate) open: bool,
    /// They are a graph.
    pub(crate) graph: Option<crate::bound::GraphShape>,
}

impl<'a> Binder<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        Self {
            catalog,
            problems: Vec::new(),
            scopes: Scopes::default(),
            inputs: Vec::new(),
            fuzzy: false,
            inferred: Vec::new(),
            queries_around: 0,
            next_column: 1,
            muted: 0,
            expansion_steps: 0,
            databases: Vec::new(),
            depth: 0,
            visits_left: 0,
            columns_so_far: 0,
            starred_columns: 0,
        }
    }

    /// Goes one level down, or says that it is too deep or has been visited too often. Whoever got
    /// `true` calls [`Self::leave`].
    pub(crate) fn enter(&mut self, span: Span) -> bool {
        if self.depth >= BIND_DEPTH_MAX || !self.visit() {
            self.too_much(span);
            return false;
        }
        self.depth += 1;
        true
    }

    /// Counts a visit of a node, of the text or of the body of a called function.
    fn visit(&mut self) -> bool {
        if self.muted > 0 {
            self.expansion_steps += 1;
            return self.expansion_steps <= 2 * EXPANSION_STEPS_MAX;
        }
        let left = self.visits_left.checked_sub(1);
        self.visits_left = left.unwrap_or_default();
        left.is_some()
    }

    /// Counts what an operator gives, or says that it is too much.
    pub(crate) fn afford(&mut self, columns: usize, span: Span) -> bool {
        self.columns_so_far += columns;
        let affordable = self.columns_so_far <= BOUND_COLUMNS_COUNT_MAX;
        if !affordable {
            self.too_much(span);
        }
        affordable
    }

    /// The tables that a star stands for, or rows of which nothing is known if it is too much.
    pub(crate) fn afford_tables(
        &mut self,
        tables: impl FnOnce(&mut Self) -> Vec<Rel>,
        span: Span,
    ) -> Vec<Rel> {
        if self.starred_columns > STARRED_COLUMNS_COUNT_MAX {
            return vec![broken_rows(None, span)];
        }
        let tables = tables(self);
        self.starred_columns += tables.iter().map(|rows| rows.columns.len()).sum::<usize>();
        if self.starred_columns <= STARRED_COLUMNS_COUNT_MAX {
            return tables;
        }
        self.too_much(span);
        vec![broken_rows(None, span)]
    }

    /// Comes up again.
    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// Rows of which nothing is known.
pub(crate) fn broken_rows(input: Option<Rel>, span: Span) -> Rel {
    let columns = input.as_ref().map_or_else(|| Schema::from([]), |rel| rel.columns.clone());
    Rel { op: RelOp::Broken(input.map(Box::new)), columns, span, serialized: false, open: true }
}

/// A value of which nothing is known.
pub(crate) fn broken_value(span: Span) -> Expr {
    Expr { kind: ExprKind::Broken, ty: Type::UNKNOWN, several: None, span, constant: false }
}

/// The text of nodes that give a name, see `ast::name_text`.
pub(crate) fn is_missing(node: Node<'_>) -> bool {
    node.kind() == crate::syntax::kinds::NodeKind::Missing
}
