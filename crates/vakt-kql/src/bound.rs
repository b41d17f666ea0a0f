//! What a query means: names resolved, types known, functions chosen. An engine needs nothing else.
//!
//! Columns are meant by their place in the input's schema, so that nothing is looked up by name again.
//! A table-valued `let` and the body of a called function stand where they are used; what several
//! places share is one `Arc`.

use std::sync::Arc;

use crate::catalog::{Column, Schema};
use crate::diagnostic::Problem;
use crate::link::{Hollow, Link};
use crate::syntax::tree::Span;
use crate::types::{ScalarType, Type};

/// A bound text: what it answers, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Bound {
    /// One for each expression statement, in order. Execution is lawful only without errors in
    /// `problems`.
    pub results: Vec<Rel>,
    /// Of parsing and binding, in the order of the text.
    pub problems: Vec<Problem>,
    /// `set` statements in order: name, value when one was said.
    pub options: Vec<(Arc<str>, Option<Expr>)>,
}

/// Rows: an operator over its inputs, and the columns that come out.
#[derive(Clone, Debug)]
pub struct Rel {
    /// What makes the rows.
    pub op: RelOp,
    /// What comes out.
    pub columns: Schema,
    /// Where it is written.
    pub span: Span,
    /// Whether the rows have an order that `prev`, `next` and `row_number` may rely on.
    pub serialized: bool,
    /// Whether columns are known only when the data is seen (`bag_unpack`, `pivot`); then `columns`
    /// are those known before.
    pub open: bool,
}

/// An operator of rows. Those that are seldom have their expressions in boxes: rows are moved often,
/// and are as large as the largest operator.
#[derive(Clone, Debug)]
pub enum RelOp {
    /// A table of the catalog, by its own name (aliases are resolved).
    Table(Arc<str>),
    /// The rows that come into a subquery (mv-apply, partition, fork, facet).
    Input,
    /// `datatable`: a constant for each column of each row.
    Values(Vec<Vec<Expr>>),
    /// `externaldata`.
    External(External),
    /// `range x from … to … step …`.
    Range { from: Box<Expr>, to: Box<Expr>, step: Box<Expr> },
    /// `print`: one row.
    Print(Vec<Expr>),
    /// A tabular `let`, or `as`: one calculation that may be used in several places.
    Shared { name: Arc<str>, rows: Link<Rel>, materialized: bool },
    /// `where`.
    Where { input: Box<Rel>, predicate: Expr },
    /// One expression for each column that comes out: `project`.
    Project { input: Box<Rel>, columns: Vec<Expr> },
    /// Values for the columns at these places of the output; the others come from the input by name.
    Extend { input: Box<Rel>, assigned: Vec<(usize, Expr)> },
    /// The input's columns at these places, in this order: `project-away`, `-keep`, `-reorder`,
    /// `-rename`.
    Select { input: Box<Rel>, places: Vec<usize> },
    /// `distinct`.
    Distinct { input: Box<Rel>, columns: Vec<Expr> },
    /// `summarize`: keys first, then aggregates, each an expression over aggregate calls.
    Summarize { input: Box<Rel>, keys: Vec<Expr>, aggregates: Vec<Aggregate> },
    /// `join` and `lookup`.
    Join(Box<Join>),
    /// `union`, wildcards resolved.
    Union { branches: Vec<Branch>, with_source: Option<usize>, fuzzy: bool },
    /// `sort`.
    Sort { input: Box<Rel>, keys: Vec<SortKey> },
    /// `top`.
    Top { input: Box<Rel>, count: Expr, keys: Vec<SortKey> },
    /// `take`.
    Take { input: Box<Rel>, count: Expr },
    /// `count`.
    Count { input: Box<Rel> },
    /// `sample`.
    Sample { input: Box<Rel>, count: Expr },
    /// `sample-distinct`.
    SampleDistinct { input: Box<Rel>, count: Expr, of: Box<Expr> },
    /// `top-hitters`.
    TopHitters { input: Box<Rel>, count: Expr, of: Box<Expr>, by: Option<Box<Expr>> },
    /// `top-nested`.
    TopNested { input: Box<Rel>, levels: Vec<NestedLevel> },
    /// `serialize`; its assignments are an Extend around it.
    Serialize { input: Box<Rel> },
    /// `mv-expand`.
    MvExpand(Box<MvExpand>),
    /// `mv-apply`.
    MvApply(Box<MvApply>),
    /// `parse` and `parse-where`.
    Parse(Box<ParseText>),
    /// `parse-kv`.
    ParseKv { input: Box<Rel>, text: Box<Expr>, keys: Vec<Column>, options: Vec<(Arc<str>, Expr)> },
    /// `make-series`.
    MakeSeries(Box<MakeSeries>),
    /// `evaluate`: a plugin by its registered name.
    Evaluate { input: Option<Box<Rel>>, plugin: &'static str, arguments: Vec<Argument> },
    /// A function of the catalog over rows or as a source: `FileProfile`.
    CatalogFunction { input: Option<Box<Rel>>, name: Arc<str>, arguments: Vec<Argument> },
    /// `partition`: the subquery over each group.
    Partition {
        input: Box<Rel>,
        by: Box<Expr>,
        subquery: Box<Rel>,
        hints: Vec<(Arc<str>, Arc<str>)>,
    },
    /// `fork`: several answers of one input.
    Fork { input: Box<Rel>, branches: Vec<(Arc<str>, Rel)> },
    /// `facet`: one answer for each column, and the last of `with`.
    Facet { input: Box<Rel>, by: Vec<usize>, with: Option<Box<Rel>> },
    /// `find` and `search`.
    Search(Box<Search>),
    /// `scan`.
    Scan(Box<Scan>),
    /// `reduce`.
    Reduce { input: Box<Rel>, by: Expr, options: Vec<(Arc<str>, Expr)> },
    /// `getschema`.
    GetSchema { input: Box<Rel> },
    /// `render`: an annotation; the rows are the input's.
    Render { input: Box<Rel>, chart: Arc<str>, properties: Vec<(Arc<str>, Expr)> },
    /// `consume`.
    Consume { input: Box<Rel> },
    /// `assert-schema`: fails unless the input has these columns.
    AssertSchema { input: Box<Rel>, columns: Vec<Column> },
    /// Operators on graphs, from `make-graph` to `graph-to-table`; names as written, with the graph
    /// that comes out, where one does. No engine of ours runs them yet.
    Graph {
        operator: &'static str,
        inputs: Vec<Rel>,
        expressions: Vec<Expr>,
        graph: Option<GraphShape>,
    },
    /// Something before is wrong; columns may be missing.
    Broken(Option<Box<Rel>>),
}

/// `externaldata` with constants only.
#[derive(Clone, Debug)]
pub struct External {
    /// Where the data is.
    pub addresses: Vec<Expr>,
    /// `format`, `ignoreFirstRecord` and the like, as written.
    pub properties: Vec<(Arc<str>, Expr)>,
}

/// One aggregate column.
#[derive(Clone, Debug)]
pub struct Aggregate {
    /// Over the input's columns, with [`ExprKind::Call`]s of aggregates in it. What comes out of one
    /// call with several values (`arg_max`, `percentiles`) shares it through [`ExprKind::Part`].
    pub value: Expr,
    /// The column of the output that it fills.
    pub place: usize,
}

/// How two inputs meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinKind {
    /// One left row for each key: the default of `join`.
    InnerUnique,
    /// `inner`
    Inner,
    /// `leftouter`
    LeftOuter,
    /// `rightouter`
    RightOuter,
    /// `fullouter`
    FullOuter,
    /// `leftsemi`
    LeftSemi,
    /// `rightsemi`
    RightSemi,
    /// `leftanti`, `anti`
    LeftAnti,
    /// `rightanti`
    RightAnti,
}

/// `join` and `lookup`.
#[derive(Clone, Debug)]
pub struct Join {
    /// The input before the bar.
    pub left: Rel,
    /// The one named.
    pub right: Rel,
    /// How they meet.
    pub kind: JoinKind,
    /// Equal pairs: over the left's columns, over the right's.
    pub on: Vec<(Expr, Expr)>,
    /// The places of the columns that come out, in both inputs.
    pub output: Vec<Side>,
    /// `hint.strategy` and the like.
    pub hints: Vec<(Arc<str>, Arc<str>)>,
}

/// A column of a join's input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// By place in the left input.
    Left(usize),
    /// By place in the right input.
    Right(usize),
}

/// `find` and `search`: a condition over several tables as if they were one.
#[derive(Clone, Debug)]
pub struct Search {
    /// The tables.
    pub branches: Vec<SearchBranch>,
    /// The columns that the predicate reads.
    pub over: Schema,
    /// The condition over them; [`ExprKind::AnyColumn`] is any text of the row.
    pub predicate: Expr,
    /// The column of the output with the name of the table.
    pub with_source: Option<usize>,
    /// The column of the output with a bag of the columns that do not come out by themselves.
    pub pack: Option<usize>,
    /// Terms are compared with their case.
    pub case_sensitive: bool,
}

/// One table that is searched.
#[derive(Clone, Debug)]
pub struct SearchBranch {
    /// Its name.
    pub name: Arc<str>,
    /// Its rows.
    pub rows: Rel,
    /// For each column that the predicate reads: its place in `rows`, or nothing.
    pub reads: Vec<Option<usize>>,
    /// For each column that comes out: its place in `rows`, or nothing.
    pub places: Vec<Option<usize>>,
}

/// One input of a union.
#[derive(Clone, Debug)]
pub struct Branch {
    /// What `withsource` calls it.
    pub name: Arc<str>,
    /// Its rows.
    pub rows: Rel,
    /// For each column that comes out: its place in `rows`, or nothing (null, or an empty string).
    pub places: Vec<Option<usize>>,
}

/// A key of an order.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// What is compared.
    pub value: Expr,
    /// Downwards, which is the default.
    pub descending: bool,
    /// Nulls before all else.
    pub nulls_first: bool,
}

/// A level of `top-nested`.
#[derive(Clone, Debug)]
pub struct NestedLevel {
    /// How many; all where absent.
    pub count: Option<Expr>,
    /// The grouping value.
    pub of: Expr,
    /// `with others = …`.
    pub others: Option<Expr>,
    /// The aggregate it is ranked by.
    pub by: Expr,
    /// Upwards.
    pub ascending: bool,
}

/// `mv-expand`.
#[derive(Clone, Debug)]
pub struct MvExpand {
    /// Rows to expand.
    pub input: Rel,
    /// Each: place in the output, what is expanded, the type it becomes.
    pub columns: Vec<(usize, Expr, ScalarType)>,
    /// `kind=array`: bags become `[key, value]`.
    pub bag_as_array: bool,
    /// `with_itemindex`: place in the output.
    pub item_index: Option<usize>,
    /// At most so many rows of each; the old spelling has 128.
    pub limit: Option<Expr>,
}

/// `mv-apply`: a query over the elements of each row.
#[derive(Clone, Debug)]
pub struct MvApply {
    /// What the query's [`RelOp::Input`] is.
    pub expand: MvExpand,
    /// The query.
    pub subquery: Rel,
    /// `id`: what the elements of one row share.
    pub context_id: Option<Arc<str>>,
    /// What comes out: columns of the input (left) and of the query (right).
    pub output: Vec<Side>,
}

/// The columns of a graph.
#[derive(Clone, Debug)]
pub struct GraphShape {
    /// Of its edges.
    pub edges: Schema,
    /// Of its nodes, where any are told of.
    pub nodes: Option<Schema>,
}

/// `parse` and `parse-where`.
#[derive(Clone, Debug)]
pub struct ParseText {
    /// Rows with the text.
    pub input: Rel,
    /// The text.
    pub text: Expr,
    /// Rows that do not match are dropped.
    pub only_matching: bool,
    /// How the pattern is read.
    pub kind: ParseKind,
    /// `flags=`, for regex.
    pub flags: Arc<str>,
    /// The pattern.
    pub parts: Vec<ParsePart>,
}

/// How a pattern of `parse` is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseKind {
    /// Literal texts, strict types.
    Simple,
    /// Regular expressions.
    Regex,
    /// Literal texts; what does not convert is null.
    Relaxed,
}

/// A part of a pattern of `parse`.
#[derive(Clone, Debug)]
pub enum ParsePart {
    /// A text (or expression) that must be there.
    Text(Expr),
    /// `*`
    Skip,
    /// A column by its place in the output.
    Column(usize, ScalarType),
}

/// `make-series`.
#[derive(Clone, Debug)]
pub struct MakeSeries {
    /// Rows.
    pub input: Rel,
    /// Each: aggregate, what stands in a gap, place in the output.
    pub values: Vec<(Expr, Option<Expr>, usize)>,
    /// The axis, and its place in the output.
    pub axis: (Expr, usize),
    /// First point.
    pub from: Option<Expr>,
    /// Where it ends.
    pub to: Option<Expr>,
    /// Between points.
    pub step: Expr,
    /// `in range(…)`: `to` is included.
    pub to_included: bool,
    /// Groups: value, place in the output.
    pub keys: Vec<(Expr, usize)>,
}

/// `scan`.
#[derive(Clone, Debug)]
pub struct Scan {
    /// Rows.
    pub input: Rel,
    /// `order by`.
    pub order: Vec<SortKey>,
    /// `partition by`.
    pub partition: Vec<Expr>,
    /// Declared columns: place in the output, what they begin with.
    pub declared: Vec<(usize, Option<Expr>)>,
    /// Place of `with_match_id`.
    pub match_id: Option<usize>,
    /// The steps.
    pub steps: Vec<ScanStep>,
}

/// A step of `scan`.
#[derive(Clone, Debug)]
pub struct ScanStep {
    /// Its name; `name.column` reads its state through [`ExprKind::ScanState`].
    pub name: Arc<str>,
    /// May be passed over.
    pub optional: bool,
    /// `all`, `last` or `none`.
    pub output: Arc<str>,
    /// When a row is taken.
    pub condition: Expr,
    /// Values for declared columns by place in the output.
    pub assigned: Vec<(usize, Expr)>,
}

/// A scalar expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type; of an expression with several values the type of the first.
    pub ty: Type,
    /// The values of an expression that has several (`arg_max`, `percentiles`), with the names they
    /// have by themselves.
    pub several: Option<Schema>,
    /// Where it is written.
    pub span: Span,
    /// Whether it is the same for every row, known before any is read.
    pub constant: bool,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A constant that is written.
    Literal(Value),
    /// A column of the input by place. In a join's condition each side has its own input.
    Column(usize),
    /// All columns (`*` of `arg_max`, `count_distinct`, `pack_all`), as places.
    Columns(Vec<usize>),
    /// Any string column of the input holds the term (`search "x"`).
    AnyColumn,
    /// State of a step of `scan`, or of an element of a graph pattern: which, place in its columns.
    ScanState(usize, usize),
    /// All of it.
    StepRow(usize),
    /// A function, aggregate or operator by its registered name and the number of its overload.
    Call { name: &'static str, overload: usize, arguments: Vec<Argument> },
    /// One of several values, by place in [`Expr::several`].
    Part(Arc<Expr>, usize),
    /// A conversion that was not written: int to long, anything to dynamic.
    Convert(Box<Expr>),
    /// `base.name` or `base["name"]` of a dynamic value.
    Member { base: Box<Expr>, name: Arc<str> },
    /// `base[index]` of a dynamic value.
    Element { base: Box<Expr>, index: Box<Expr> },
    /// Membership in a table's first column.
    InRows { operator: &'static str, left: Box<Expr>, rows: Box<Rel> },
    /// The first value of the first row, asked once.
    ToScalar(Box<Rel>),
    /// A scalar `let`: shared, asked once where it is constant.
    Shared { name: Arc<str>, value: Link<Expr> },
    /// `typeof(…)` and schema arguments.
    Type(Vec<Column>),
    /// Something is wrong with it.
    Broken,
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub enum Argument {
    /// A value.
    Value(Expr),
    /// Rows.
    Rows(Box<Rel>),
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `long(null)` and the like.
    Null,
    /// bool
    Bool(bool),
    /// int and long
    Long(i64),
    /// real
    Real(f64),
    /// decimal, as written
    Decimal(Arc<str>),
    /// string, unescaped
    String(Arc<str>),
    /// Ticks of 100 ns since the year 1.
    Datetime(i64),
    /// Ticks of 100 ns.
    Timespan(i64),
    /// As a number.
    Guid(u128),
    /// `dynamic(…)`, as canonical JSON text.
    Dynamic(Arc<str>),
}

impl Hollow for Rel {
    fn hollow() -> Self {
        let (op, columns) = (RelOp::Broken(None), Schema::from([]));
        Self { op, columns, span: Span::default(), serialized: false, open: true }
    }
}

impl Hollow for Expr {
    fn hollow() -> Self {
        let (kind, ty) = (ExprKind::Broken, Type::UNKNOWN);
        Self { kind, ty, several: None, span: Span::default(), constant: false }
    }
}
