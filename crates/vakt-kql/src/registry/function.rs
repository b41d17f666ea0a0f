//! One row: a scalar function, an aggregate or a plugin.

use super::signature::Overload;

/// What a row can be used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FunctionKind {
    /// A value from values, or a table by its name (`table("…")`).
    Scalar,
    /// One value from the rows of a group: after `summarize`, `make-series` and their like.
    Aggregate,
    /// After `evaluate`: a table from a table.
    Plugin,
}

impl FunctionKind {
    /// In messages: `function`, `aggregate`, `plugin`.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Scalar => "function",
            Self::Aggregate => "aggregate",
            Self::Plugin => "plugin",
        }
    }
}

/// How the column is called that nobody gave a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultName {
    /// `Column1`, `Column2`, …
    None,
    /// `<function>_<name of the first argument>`, where that has one: `strlen_Name`.
    NameAndFirstArgument,
    /// `<prefix>_<name of the first argument>`, `<prefix>_` where it has none: `set_Name`, `count_`.
    PrefixAndFirstArgument,
    /// The prefix alone: `$IngestionTime`.
    PrefixOnly,
    /// The name of the first argument: `tostring(Name)` is `Name`.
    FirstArgument,
    /// The same, if it is the only argument.
    OnlyArgument,
    /// The text in the first argument, if there is such a column: `column_ifexists("Name", "")`.
    FirstArgumentValueIfColumn,
}

impl ResultName {
    /// The rule for readers of the reference, with the prefix of the row filled in.
    pub fn describe(self, prefix: Option<&str>) -> String {
        let prefix = prefix.unwrap_or_default();
        match self {
            Self::None => "ColumnN".to_owned(),
            Self::NameAndFirstArgument => "function_argument".to_owned(),
            Self::PrefixAndFirstArgument => format!("{prefix}_argument"),
            Self::PrefixOnly => prefix.to_owned(),
            Self::FirstArgument => "argument".to_owned(),
            Self::OnlyArgument => "only argument".to_owned(),
            Self::FirstArgumentValueIfColumn => "column named by argument".to_owned(),
        }
    }
}

/// What a null among the arguments (for aggregates: in a row) does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NullRule {
    /// A null argument makes the answer null (an empty text where the answer is a text).
    Propagates,
    /// A null is an ordinary argument: the answer is a value, as of `isnull` and `tostring`.
    Answers,
    /// As `==`: against a value false (`!=`: true), against another null null.
    Equality,
    /// Three-valued: what decides without the null decides.
    Logic,
    /// A null condition counts as false; the chosen value may be null.
    Chooses,
    /// Nulls are passed over; null only when nothing is left.
    Skips,
    /// Aggregate: null rows are passed over; of no rows the answer is zero, NaN, an
    /// empty list or null, as each has it.
    SkipsRows,
    /// Aggregate: every row counts, null or not.
    CountsRows,
    /// Takes and gives whole tables; nulls stay as they are.
    Keeps,
}

impl NullRule {
    /// One word for the reference.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Propagates => "propagates",
            Self::Answers => "answers",
            Self::Equality => "equality",
            Self::Logic => "logic",
            Self::Chooses => "chooses",
            Self::Skips => "skips",
            Self::SkipsRows => "skips rows",
            Self::CountsRows => "counts rows",
            Self::Keeps => "keeps",
        }
    }
}

/// How long an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volatility {
    /// The same arguments always give the same.
    Immutable,
    /// The same for the length of one query: `now()`, `current_principal()`.
    Stable,
    /// Depends on the rows before and after: needs a serialized input.
    Ordered,
    /// Another one for each row: `rand()`, `new_guid()`.
    Volatile,
}

impl Volatility {
    /// One word for the reference.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Immutable => "immutable",
            Self::Stable => "per query",
            Self::Ordered => "by order",
            Self::Volatile => "volatile",
        }
    }
}

/// Where a row stands in the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Conditions and emptiness.
    Condition,
    /// Conversion between types.
    Conversion,
    /// Texts.
    Text,
    /// Parsing of texts.
    Parsing,
    /// Encodings of texts.
    Encoding,
    /// Hashes.
    Hash,
    /// Dates and durations.
    Time,
    /// Numbers.
    Math,
    /// Bits.
    Binary,
    /// Rounding into bins.
    Binning,
    /// Units of measure.
    Units,
    /// Arrays, bags and sets.
    Dynamic,
    /// Addresses of networks.
    Network,
    /// The globe.
    Geo,
    /// Time series.
    Series,
    /// Sketches made by aggregates.
    Sketch,
    /// Rows before and after.
    Window,
    /// Graphs.
    Graph,
    /// Names of tables, databases, clusters.
    Entity,
    /// What the query runs on, and for whom.
    Context,
    /// Aggregates.
    Aggregate,
    /// Plugins.
    Plugin,
}

impl Family {
    /// The heading of the reference.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Condition => "Conditions",
            Self::Conversion => "Conversion",
            Self::Text => "Text",
            Self::Parsing => "Parsing",
            Self::Encoding => "Encoding",
            Self::Hash => "Hashes",
            Self::Time => "Date and time",
            Self::Math => "Mathematics",
            Self::Binary => "Bits",
            Self::Binning => "Bins",
            Self::Units => "Units",
            Self::Dynamic => "Arrays, bags and sets",
            Self::Network => "Network addresses",
            Self::Geo => "Geography",
            Self::Series => "Series",
            Self::Sketch => "Sketches",
            Self::Window => "Window",
            Self::Graph => "Graph",
            Self::Entity => "Tables and databases",
            Self::Context => "Context",
            Self::Aggregate => "Aggregates",
            Self::Plugin => "Plugins",
        }
    }
}

/// One row of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function {
    /// The name, exact: names are case-sensitive.
    pub name: &'static str,
    /// What it can be used as.
    pub kind: FunctionKind,
    /// Where it stands in the reference.
    pub family: Family,
    /// The ways to call it.
    pub overloads: &'static [Overload],
    /// How its column is called.
    pub result_name: ResultName,
    /// For the rules with a prefix; of an answer of several values it stands before each name.
    pub prefix: Option<&'static str>,
    /// Old: it works, and the alternative should be written.
    pub deprecated: bool,
    /// What to write instead.
    pub alternative: Option<&'static str>,
    /// What is faster for nearly all purposes.
    pub faster: Option<&'static str>,
    /// Not offered to people: it binds, and the reference does not tell of it.
    pub hidden: bool,
    /// A constant, if all its arguments are.
    pub foldable: bool,
    /// What nulls do.
    pub nulls: NullRule,
    /// How long an answer holds.
    pub volatility: Volatility,
    /// One sentence.
    pub summary: &'static str,
    /// The release since which the engine runs it.
    pub executed_since: Option<&'static str>,
}

impl Function {
    /// The fewest arguments of any overload.
    pub fn arguments_count_min(&self) -> usize {
        self.overloads.iter().map(Overload::arguments_count_min).min().unwrap_or(0)
    }

    /// The most arguments of any overload.
    pub fn arguments_count_max(&self) -> usize {
        self.overloads.iter().map(Overload::arguments_count_max).max().unwrap_or(0)
    }
}
