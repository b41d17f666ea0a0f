//! What the grammar itself knows: statements, sources, tabular operators and forms, with the options
//! that may be named in them (`kind=inner`).

/// What a construct is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConstructKind {
    /// Stands before the query and ends with `;`.
    Statement,
    /// Begins a pipe.
    Source,
    /// Stands behind `|`. Some may also begin a pipe.
    Operator,
    /// Looks like a function and takes a pipe.
    Form,
}

impl ConstructKind {
    /// In messages.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Source => "source",
            Self::Operator => "operator",
            Self::Form => "form",
        }
    }
}

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// One of these words; any word where there is none.
    Word(&'static [&'static str]),
    /// One of these words, or a number.
    WordOrNumber(&'static [&'static str]),
    /// `true`, `false`.
    Bool,
    /// An integer literal.
    Integer,
    /// A number literal.
    Number,
    /// A literal of any type.
    Literal,
    /// A string literal.
    Text,
    /// The name of a column of the input.
    Column,
    /// Names of columns of the input.
    Columns,
    /// A new name.
    Name,
}

/// An option of a construct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedOption {
    /// Its name, before the `=`.
    pub name: &'static str,
    /// What it takes.
    pub value: OptionValue,
    /// Not offered to people.
    pub hidden: bool,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Construct {
    /// The word it begins with.
    pub name: &'static str,
    /// What it is.
    pub kind: ConstructKind,
    /// Other words for it.
    pub spellings: &'static [&'static str],
    /// Whether an operator may also begin a pipe.
    pub begins: bool,
    /// What may be named in it.
    pub options: &'static [NamedOption],
    /// Not offered to people.
    pub hidden: bool,
    /// One sentence.
    pub summary: &'static str,
    /// The release since which the engine runs it.
    pub executed_since: Option<&'static str>,
}

impl Construct {
    const fn new(kind: ConstructKind, name: &'static str, summary: &'static str) -> Self {
        Self {
            name,
            kind,
            spellings: &[],
            begins: false,
            options: &[],
            hidden: false,
            summary,
            executed_since: None,
        }
    }

    const fn also(mut self, spellings: &'static [&'static str]) -> Self {
        self.spellings = spellings;
        self
    }

    const fn begins(mut self) -> Self {
        self.begins = true;
        self
    }

    const fn with(mut self, options: &'static [NamedOption]) -> Self {
        self.options = options;
        self
    }

    const fn not_offered(mut self) -> Self {
        self.hidden = true;
        self
    }
}

const fn statement(name: &'static str, summary: &'static str) -> Construct {
    Construct::new(ConstructKind::Statement, name, summary)
}

const fn source(name: &'static str, summary: &'static str) -> Construct {
    Construct::new(ConstructKind::Source, name, summary)
}

const fn op(name: &'static str, summary: &'static str) -> Construct {
    Construct::new(ConstructKind::Operator, name, summary)
}

const fn form(name: &'static str, summary: &'static str) -> Construct {
    Construct::new(ConstructKind::Form, name, summary)
}

const fn n(name: &'static str, value: OptionValue) -> NamedOption {
    NamedOption { name, value, hidden: false }
}

impl NamedOption {
    const fn not_offered(mut self) -> Self {
        self.hidden = true;
        self
    }
}

use OptionValue::{
    Bool, Column, Columns, Integer, Literal, Name, Number, Text, Word, WordOrNumber,
};

/// The kinds of `join`.
pub const JOIN_KINDS: &[&str] = &[
    "inner",
    "innerunique",
    "leftouter",
    "rightouter",
    "fullouter",
    "leftsemi",
    "leftanti",
    "leftantisemi",
    "anti",
    "rightsemi",
    "rightanti",
    "rightantisemi",
];

/// The charts of `render` that are offered.
pub const CHARTS: &[&str] = &[
    "anomalychart",
    "areachart",
    "barchart",
    "card",
    "columnchart",
    "ladderchart",
    "linechart",
    "list",
    "piechart",
    "pivotchart",
    "plotly",
    "scatterchart",
    "stackedareachart",
    "table",
    "timechart",
    "timeline",
    "timepivot",
    "treemap",
];

/// The charts of `render` that are understood too.
pub const HIDDEN_CHARTS: &[&str] = &["3Dchart", "graph", "sankey"];

const STRATEGIES: OptionValue = Word(&["auto", "broadcast", "centralized", "shuffle"]);
const SIDES: &[&str] = &["auto", "left", "local", "right", "unresolved"];
const SPREAD: NamedOption = n("hint.spread", WordOrNumber(&["auto", "local"]));
const CONCURRENCY: NamedOption = n("hint.concurrency", WordOrNumber(SIDES));
const SHUFFLE_KEY: NamedOption = n("hint.shufflekey", Column);
const PARTITIONS: NamedOption = n("hint.num_partitions", Integer);
const PARSE_OPTIONS: &[NamedOption] =
    &[n("kind", Word(&["simple", "regex", "relaxed"])), n("flags", Word(&[]))];
const FUZZY: &[NamedOption] =
    &[n("force_remote", Bool), n("isfuzzy", Bool), n("best_effort", Bool)];

const JOIN_OPTIONS: &[NamedOption] = &[
    n("kind", Word(JOIN_KINDS)),
    n("hint.remote", Word(SIDES)),
    SHUFFLE_KEY,
    n("hint.strategy", STRATEGIES),
    PARTITIONS,
];

const PARTITION_OPTIONS: &[NamedOption] = &[
    CONCURRENCY,
    SPREAD,
    n("hint.materialized", Bool),
    SHUFFLE_KEY,
    n("hint.strategy", Word(&["shuffle", "native", "legacy"])),
];

const RENDER_OPTIONS: &[NamedOption] = &[
    n("kind", Word(&["default", "unstacked", "stacked", "stacked100", "map"])),
    n("title", Text),
    n("accumulate", Bool),
    n("xcolumn", Column),
    n("ycolumns", Columns),
    n("anomalycolumns", Columns),
    n("series", Columns),
    n("xtitle", Text),
    n("ytitle", Text),
    n("xaxis", Word(&["linear", "log"])),
    n("yaxis", Word(&["linear", "log"])),
    n("legend", Word(&["visible", "hidden"])),
    n("ysplit", Word(&["none", "axes", "panels"])),
    n("ymin", Number),
    n("ymax", Number),
    n("xmin", Literal),
    n("xmax", Literal),
];

const UNION_OPTIONS: &[NamedOption] = &[
    n("kind", Word(&["inner", "outer"])),
    n("withsource", Name),
    n("isfuzzy", Bool),
    n("best_effort", Bool),
    CONCURRENCY,
    SPREAD,
];

const PARSE_KV_OPTIONS: &[NamedOption] = &[
    n("pair_delimiter", Text),
    n("kv_delimiter", Text),
    n("regex", Text),
    n("quote", Text),
    n("escape", Text),
    n("greedy", Bool),
];

const EXTERNAL_OPTIONS: &[NamedOption] = &[
    n("format", Text),
    n("ignoreFirstRecord", Bool),
    n("ingestionMapping", Text),
    n("ingestionMappingReference", Text),
    n("namePattern", Text),
];

const GRAPH_TABLE_OPTIONS: &[NamedOption] =
    &[n("with_source_id", Name), n("with_target_id", Name), n("with_node_id", Name)];

/// All constructs: statements, sources, operators, forms; each by name.
#[rustfmt::skip]
pub static CONSTRUCTS: &[Construct] = &[
    statement("alias", "Gives a database another name for the rest of the query."),
    statement("declare", "Declares parameters of the query, or a pattern."),
    statement("let", "Gives a value, rows or a function a name."),
    statement("restrict", "Leaves only some tables visible to the rest of the query.")
        .with(&[n("AllowManagedIdentityAuthentication", Bool)]),
    statement("set", "Sets an option of the query."),

    source("__contextual_datatable", "A table that the caller supplies.").not_offered(),
    source("datatable", "A table whose rows are written out."),
    source("entity_group", "A group of databases."),
    source("externaldata", "A table from files elsewhere.").also(&["external_data"]).with(EXTERNAL_OPTIONS),
    source("inline_external_table", "An external table declared on the spot.").not_offered(),
    source("materialized-view-combine", "The kept part of a view with what came since.").not_offered(),
    source("print", "One row of values."),
    source("range", "A column of values at equal steps."),

    op("__executeAndCache", "Keeps the rows for later.").not_offered(),
    op("__partitionby", "The inner form of `partition`.").with(PARTITION_OPTIONS).not_offered(),
    op("as", "Gives the rows a name for the rest of the pipe.").with(&[n("hint.materialized", Bool)]),
    op("assert-schema", "Fails unless the columns are these."),
    op("consume", "Reads all rows and answers none.").with(&[n("decodeblocks", Bool)]),
    op("count", "Counts the rows."),
    op("distinct", "The distinct combinations of columns.")
        .with(&[SHUFFLE_KEY, n("hint.strategy", STRATEGIES), PARTITIONS]),
    op("evaluate", "Calls a plugin.").begins().with(&[
        n("hint.distribution", Word(&["single", "per_node", "per_shard", "default"])),
        n("hint.remote", Word(&["auto", "local"])),
    ]),
    op("extend", "Adds columns, or gives them new values."),
    op("facet", "For each of some columns a table of its values with their counts."),
    op("find", "Rows of several tables that meet a condition.").begins().with(&[n("withsource", Name)]),
    op("fork", "Several pipes over the same rows."),
    op("getschema", "The columns of the rows, with their types.").with(&[n("kind", Word(&["csl"]))]),
    op("graph-mark-components", "Marks the parts of a graph that hang together.")
        .with(&[n("kind", Word(&["weak", "strong"])), n("with_component_id", Name)]),
    op("graph-match", "Finds a pattern in a graph.")
        .with(&[n("cycles", Word(&["none", "all", "unique_edges"]))]),
    op("graph-merge", "Merged two graphs; the language no longer has it.").not_offered(),
    op("graph-shortest-paths", "Finds the shortest paths in a graph.")
        .with(&[n("output", Word(&["any", "all"]))]),
    op("graph-to-table", "The nodes or edges of a graph as tables.").with(GRAPH_TABLE_OPTIONS),
    op("graph-where-edges", "The graph with only the edges that meet a condition."),
    op("graph-where-nodes", "The graph with only the nodes that meet a condition."),
    op("invoke", "Calls a function with the rows as its first argument."),
    op("join", "Meets the rows of another table by equal columns.").with(JOIN_OPTIONS),
    op("lookup", "Adds the columns of another table by equal columns.")
        .with(&[n("kind", Word(&["leftouter", "inner"]))]),
    op("macro-expand", "Runs a query over each database of a group.").begins().with(FUZZY),
    op("make-graph", "Makes a graph of edges and nodes.")
        .with(&[n("hint.strategy", Word(&["shuffle", "native"])), n("with_node_id", Name)]),
    op("make-series", "Aggregates into arrays along an axis.")
        .with(&[SHUFFLE_KEY, n("kind", Word(&["nonempty"]))]),
    op("mv-apply", "Runs a pipe over the elements of an array, for each row.")
        .also(&["mvapply"]).with(&[n("with_itemindex", Name)]),
    op("mv-expand", "One row for each element of an array or property of a bag.")
        .also(&["mvexpand"]).with(&[
            n("kind", Word(&["bag", "array"])),
            n("bagexpansion", Word(&["bag", "array"])).not_offered(),
            n("with_itemindex", Name),
        ]),
    op("parse", "Takes values out of a text by a pattern, into columns.").with(PARSE_OPTIONS),
    op("parse-kv", "Takes values out of a text by their keys, into columns.").with(PARSE_KV_OPTIONS),
    op("parse-where", "As `parse`, with only the rows that fit.").with(PARSE_OPTIONS),
    op("partition", "Runs a pipe over each group of rows.").with(PARTITION_OPTIONS),
    op("project", "The columns that come out, by name or computed."),
    op("project-away", "Leaves columns out."),
    op("project-by-names", "The columns with the names of an array."),
    op("project-keep", "Leaves all other columns out."),
    op("project-rename", "Gives columns other names."),
    op("project-reorder", "Puts columns first, in an order."),
    op("reduce", "Groups similar texts by patterns.")
        .with(&[n("kind", Word(&["source"])), n("threshold", Number), n("characters", Text)]),
    op("render", "Tells the client how to draw the rows.").with(RENDER_OPTIONS),
    op("sample", "So many rows, any."),
    op("sample-distinct", "So many distinct values, any."),
    op("scan", "Follows sequences of rows through steps.").with(&[
        n("kind", Word(&["partial", "full"])).not_offered(), n("with_match_id", Name),
    ]),
    op("search", "Rows in which any text has a term.").begins()
        .with(&[n("kind", Word(&["default", "case_insensitive", "case_sensitive"]))]),
    op("serialize", "Freezes the order of the rows."),
    op("sort", "Puts the rows in order; downwards unless told.").also(&["order"])
        .with(&[n("hint.strategy", Word(&["splitBlock", "multipleBlocks"]))]),
    op("summarize", "Aggregates groups of rows.")
        .with(&[SHUFFLE_KEY, n("hint.strategy", Word(&["shuffle"])), PARTITIONS]),
    op("take", "So many rows, any.").also(&["limit"]),
    op("top", "The first rows in an order.").with(&[n("hint.progressive_top", Bool)]),
    op("top-hitters", "The most frequent values, as an estimate."),
    op("top-nested", "The first values of a column, and within each those of the next."),
    op("union", "The rows of several tables.").begins().with(UNION_OPTIONS),
    op("where", "The rows that meet a condition.").also(&["filter"]),

    form("materialize", "Rows that are computed once for the whole query."),
    form("toscalar", "The first value of the first row, as a constant.")
        .with(&[n("kind", Word(&["nooptimization"]))]),
    form("totable", "The rows of a pipe, where a value is expected.")
        .with(&[n("kind", Word(&["nooptimization"]))]),
];

/// The construct that begins with this word, in any of its spellings.
pub fn construct(name: &str) -> Option<&'static Construct> {
    CONSTRUCTS.iter().find(|row| row.name == name || row.spellings.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::{CONSTRUCTS, construct};

    #[test]
    fn constructs_are_sorted_and_found_by_every_spelling() {
        assert!(CONSTRUCTS.is_sorted_by(|one, next| (one.kind, one.name) < (next.kind, next.name)));
        for row in CONSTRUCTS {
            for spelling in row.spellings.iter().chain([&row.name]) {
                assert_eq!(construct(spelling), Some(row), "for {spelling}");
            }
        }
    }
}
