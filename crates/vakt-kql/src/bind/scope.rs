//! What names mean where: the columns of the rows at hand, and the lets before.

use std::sync::Arc;

use crate::bound::{Expr, Rel};
use crate::catalog::{Column, Schema};
use crate::link::Link;
use crate::named::Named;
use crate::syntax::tree::Node;

/// What an expression stands in: which names are calls of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    /// Values of one row.
    Normal,
    /// Aggregates over a group (`summarize`, `make-series`, `top-nested … by`); columns only inside
    /// the aggregates.
    Aggregate,
    /// The call after `evaluate`.
    Plugin,
}

/// The columns that an expression can name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RowScope<'s> {
    /// Those of the input; nothing where there is no row.
    pub(crate) columns: Option<&'s Schema>,
    /// The input has more columns than are known: unknown names are columns of it.
    pub(crate) open: bool,
    /// Those of the right side of a join.
    pub(crate) right: Option<&'s Schema>,
    /// In a join's `on`: a bare name must be on both sides.
    pub(crate) common_only: bool,
    /// What may be called.
    pub(crate) kind: ScopeKind,
    /// Steps of the `scan` around: name, columns of its state.
    pub(crate) steps: &'s [(Arc<str>, Schema)],
    /// In `search` and `find`: a bare string is a term.
    pub(crate) terms: bool,
    /// The by-columns of a summarize: `*` of its aggregates leaves them out (by place in `columns`).
    pub(crate) keys: &'s [usize],
    /// In the conditions and outputs of `graph-match`: the columns of the nodes. Functions about
    /// graphs are there then.
    pub(crate) graph: Option<&'s Schema>,
}

impl<'s> RowScope<'s> {
    /// No row: only constants, lets, tables.
    pub(crate) const NONE: RowScope<'static> = RowScope {
        columns: None,
        open: false,
        right: None,
        common_only: false,
        kind: ScopeKind::Normal,
        steps: &[],
        terms: false,
        keys: &[],
        graph: None,
    };

    /// A row of these rows.
    pub(crate) fn of(input: &'s Rel) -> Self {
        Self { columns: Some(&input.columns), open: input.open, ..RowScope::NONE }
    }

    /// A row with these columns.
    pub(crate) fn columns(columns: &'s Schema) -> Self {
        Self { columns: Some(columns), ..RowScope::NONE }
    }

    /// The same rows, with aggregates.
    pub(crate) fn aggregates(self) -> Self {
        Self { kind: ScopeKind::Aggregate, ..self }
    }

    /// The same rows, in another kind of place.
    pub(crate) fn kind(self, kind: ScopeKind) -> Self {
        Self { kind, ..self }
    }

    /// The place of a column by its name.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        place_of(self.columns?, name)
    }
}

/// The place of a column by its name.
pub(crate) fn place_of(columns: &[Column], name: &str) -> Option<usize> {
    columns.iter().position(|column| *column.name == *name)
}

/// What a `let` or parameter stands for.
#[derive(Clone, Debug)]
pub(crate) enum Symbol<'a> {
    /// A value.
    Value(Link<Expr>),
    /// Rows; `view` functions are not among them.
    Rows { rows: Link<Rel>, materialized: bool },
    /// A function with a body.
    Function(Arc<UserFunction<'a>>),
    /// A column that is in scope without a row: partition's, scan's.
    Column(Column),
    /// `declare pattern`.
    Pattern(Node<'a>),
    /// A database, cluster or group of them.
    Entity(Entity),
}

/// What is named instead of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entity {
    /// `cluster("…")`
    Cluster(Arc<str>),
    /// `database("…")`
    Database(Arc<str>),
    /// `entity_group […]`
    Group(Vec<Entity>),
}

/// A function of the text.
#[derive(Clone, Debug)]
pub(crate) struct UserFunction<'a> {
    pub(crate) name: Arc<str>,
    /// The `Function` node.
    pub(crate) node: Node<'a>,
    /// What its body can see.
    pub(crate) scope: ScopePlace,
    /// Takes part in wildcards of `union`.
    pub(crate) view: bool,
    /// What it takes.
    pub(crate) parameters: Arc<[super::functions::UserParameter<'a>]>,
}

/// A place in the scopes: what was declared up to it can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ScopePlace {
    frame: usize,
    seen: usize,
}

#[derive(Debug, Default)]
struct Frame<'a> {
    outer: Option<ScopePlace>,
    symbols: Vec<(Arc<str>, Symbol<'a>)>,
    /// Only of large frames: the places of a name, ascending.
    index: Named<Arc<str>, Vec<usize>>,
}

/// So many names are found faster one by one.
const FRAME_SCANNED_MAX: usize = 16;

impl<'a> Frame<'a> {
    fn find(&self, name: &str, seen: usize) -> Option<usize> {
        if self.symbols.len() <= FRAME_SCANNED_MAX {
            let seen = self.symbols.get(..seen).unwrap_or(&self.symbols);
            return seen.iter().rposition(|(own, _)| **own == *name);
        }
        self.index.get(name)?.iter().rev().copied().find(|place| *place < seen)
    }

    fn add(&mut self, name: Arc<str>, symbol: Symbol<'a>) {
        self.symbols.push((name, symbol));
        if self.symbols.len() == FRAME_SCANNED_MAX + 1 {
            self.index.clear();
            for (place, (name, _)) in self.symbols.iter().enumerate() {
                self.index.entry(name.clone()).or_default().push(place);
            }
        } else if self.symbols.len() > FRAME_SCANNED_MAX {
            let place = self.symbols.len() - 1;
            if let Some((name, _)) = self.symbols.last() {
                self.index.entry(name.clone()).or_default().push(place);
            }
        }
    }
}

/// All frames that ever were; a function remembers the place where it was declared.
#[derive(Debug)]
pub(crate) struct Scopes<'a> {
    frames: Vec<Frame<'a>>,
    now: ScopePlace,
}

impl Default for Scopes<'_> {
    fn default() -> Self {
        Self { frames: vec![Frame::default()], now: ScopePlace { frame: 0, seen: 0 } }
    }
}

impl<'a> Scopes<'a> {
    /// What a name stands for.
    pub(crate) fn find(&self, name: &str) -> Option<&Symbol<'a>> {
        self.find_declared(name).map(|(_, symbol)| symbol)
    }

    /// The same, with the name as it was declared.
    pub(crate) fn find_declared(&self, name: &str) -> Option<&(Arc<str>, Symbol<'a>)> {
        let mut at = Some(self.now);
        while let Some(place) = at {
            let frame = self.frames.get(place.frame)?;
            if let Some(found) = frame.find(name, place.seen) {
                return frame.symbols.get(found);
            }
            at = frame.outer;
        }
        None
    }

    /// Whether the innermost frame has the name already.
    pub(crate) fn is_declared_here(&self, name: &str) -> bool {
        self.frames
            .get(self.now.frame)
            .is_some_and(|frame| frame.find(name, self.now.seen).is_some())
    }

    /// How many names the innermost frame has.
    pub(crate) fn count_here(&self) -> usize {
        self.now.seen
    }

    /// Declares a name from here on.
    pub(crate) fn declare(&mut self, name: Arc<str>, symbol: Symbol<'a>) {
        if let Some(frame) = self.frames.get_mut(self.now.frame) {
            frame.add(name, symbol);
            self.now.seen = frame.symbols.len();
        }
    }

    /// Begins an inner frame that sees what is seen from `outer`. Gives where to come back to.
    pub(crate) fn open(&mut self, outer: ScopePlace) -> ScopePlace {
        let before = self.now;
        self.frames.push(Frame { outer: Some(outer), ..Frame::default() });
        self.now = ScopePlace { frame: self.frames.len() - 1, seen: 0 };
        before
    }

    /// Begins an inner frame here.
    pub(crate) fn open_here(&mut self) -> ScopePlace {
        self.open(self.now)
    }

    /// Comes back.
    pub(crate) fn close(&mut self, before: ScopePlace) {
        self.now = before;
    }

    /// Where we are.
    pub(crate) fn here(&self) -> ScopePlace {
        self.now
    }

    /// All that is seen from here, innermost first; a name may come again where it is hidden.
    pub(crate) fn seen(&self) -> Vec<(&Arc<str>, &Symbol<'a>)> {
        let mut all = Vec::new();
        let mut at = Some(self.now);
        while let Some(place) = at {
            let Some(frame) = self.frames.get(place.frame) else { break };
            let seen = frame.symbols.get(..place.seen).unwrap_or(&frame.symbols);
            all.extend(seen.iter().rev().map(|(name, symbol)| (name, symbol)));
            at = frame.outer;
        }
        all
    }
}
