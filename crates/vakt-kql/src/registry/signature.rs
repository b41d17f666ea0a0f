//! What a function takes and what it gives, as data.
//!
//! The facts are those of Microsoft's analyzer (`@kusto/language-service-next` 12.4.1), the words
//! are ours. The binder does the arithmetic of types; here is only what it reads.

use crate::types::ScalarType;

/// How often at most a parameter without a real bound may be repeated.
pub const REPEATS_COUNT_MAX: u16 = 32_767;

/// A type as a signature tells it: a scalar type, and for `dynamic` also what is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// A scalar type; of a `dynamic` nothing more is known.
    Scalar(ScalarType),
    /// A dynamic array of elements.
    Array(&'static Declared),
    /// A dynamic bag with the properties that are known of it; others may be there too.
    Bag(&'static [Field]),
}

impl Declared {
    /// The scalar type: `dynamic` for arrays and bags.
    pub const fn scalar(self) -> ScalarType {
        match self {
            Self::Scalar(ty) => ty,
            Self::Array(_) | Self::Bag(_) => ScalarType::Dynamic,
        }
    }
}

/// A name with its type: a property of a bag, a column of a plugin's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: &'static str,
    /// The type.
    pub ty: Declared,
}

/// Which types an argument may have. "Summable" and the like are the analyzer's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// Anything at all.
    Any,
    /// One of these. Where none fits exactly, what widens to one (int to long to real to decimal),
    /// then what converts.
    OneOf(&'static [ScalarType]),
    /// Any scalar.
    Scalar,
    /// A table.
    Tabular,
    /// int, long.
    Integer,
    /// int, long, real, decimal.
    Number,
    /// A number or bool.
    NumberOrBool,
    /// A number, timespan or datetime.
    Summable,
    /// Summable, bool or string.
    Orderable,
    /// string, dynamic.
    StringOrDynamic,
    /// string, or a dynamic that may be an array.
    StringOrArray,
    /// int, long, or a dynamic that may be an array.
    IntegerOrArray,
    /// A dynamic that may be an array: anything dynamic that is not known to be something else.
    Array,
    /// A dynamic that may be a bag.
    Bag,
    /// A dynamic that may be an array or a bag.
    ArrayOrBag,
    /// Anything but bool.
    NotBool,
    /// Anything but real and bool.
    NotRealOrBool,
    /// Anything but dynamic.
    NotDynamic,
    /// What the parameter of this place takes, from 0.
    SameAs(u8),
    /// A type that all the arguments of such parameters share.
    CommonScalar,
    /// The same, and orderable.
    CommonOrderable,
    /// A type that all of them share, or dynamic.
    CommonScalarOrDynamic,
}

/// What the argument must look like, beside its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgumentKind {
    /// Any expression.
    Expression,
    /// An expression about the elements of the first argument, which are its scope.
    OfElements,
    /// Only `*`.
    StarOnly,
    /// `*`, or any expression.
    StarAllowed,
    /// The call of an aggregate.
    Aggregate,
    /// The name of a column.
    Column,
    /// The name of a column of the table that is the first argument.
    ColumnOfFirst,
    /// The name of a column that both the input and the table of the first argument have.
    ColumnOfBoth,
    /// A literal.
    Literal,
    /// A string literal that is not empty.
    LiteralNotEmpty,
    /// A literal or what folds into one.
    Constant,
}

/// One parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, as the reference calls it.
    pub name: &'static str,
    /// Its type.
    pub ty: ParameterType,
    /// What the argument must look like.
    pub kind: ArgumentKind,
    /// 0 for one that may be left out.
    pub count_min: u16,
    /// 1 for one that is not repeated.
    pub count_max: u16,
    /// The only values, where they are fixed; to complete from, compared without case.
    pub values: &'static [&'static str],
    /// Whether `~` stands for its default.
    pub tilde: bool,
}

impl Parameter {
    /// May be left out.
    pub const fn is_optional(&self) -> bool {
        self.count_min == 0
    }

    /// May be there more than once.
    pub const fn is_repeated(&self) -> bool {
        self.count_max > 1
    }
}

/// How arguments find their parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// In order.
    Fixed,
    /// In order; a repeated parameter takes as many as leave enough for those behind it.
    Repeating,
    /// The repeated parameters stand side by side and are repeated as a block: `case`, `bag_pack`.
    Block,
    /// All to the first, but a last one that is bool to the second: `array_sort_asc`.
    FlagLast,
    /// In order, where what follows the required ones may also be named, in any order and case:
    /// `geo_polygon_lookup(…, radius=1.0)`.
    NamedTail,
    /// In order to the third; then the repeated one takes all but a last one that is named after the
    /// last parameter or is a bool literal: `ipv4_lookup`.
    KeysThenFlag,
    /// Five in order; the sixth is the cohort if it is constant or no column; then dimensions until
    /// a table: `new_activity_metrics`.
    CohortThenDimensions,
    /// Three in order, then all that are bool to the fourth, the rest to the fifth:
    /// `sequence_detect`.
    ConditionsThenDimensions,
}

/// The type of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returns {
    /// Always this.
    Declared(Declared),
    /// The type of the argument of this place, from 0.
    Argument(u8),
    /// The type of the first argument, int made long.
    FirstPromoted,
    /// An array of the type of the first argument.
    ArrayOfFirst,
    /// The type that the `typeof(…)` in this place names.
    TypeNamedBy(Place),
    /// The type that the common parameters share.
    Common,
    /// The same, but of a dynamic and another type it is the other.
    CommonNotDynamic,
    /// The widest type of the arguments, int made long.
    Widest,
    /// Something of the cluster, by the name in the first argument.
    Entity(Entity),
    /// Computed from what the arguments are.
    Computed(Computed),
    /// A table with these columns.
    Table(Schema),
}

/// The place of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The first.
    First,
    /// The second.
    Second,
    /// The last.
    Last,
}

/// What a function names instead of computing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    /// `cluster("…")`
    Cluster,
    /// `database("…")`
    Database,
    /// `table("…")`
    Table,
    /// `external_table("…")`
    ExternalTable,
    /// `materialized_view("…")`
    MaterializedView,
    /// `entity_group("…")`
    EntityGroup,
    /// `stored_query_result("…")`
    StoredQueryResult,
    /// `graph("…")`
    Graph,
}

/// An answer whose type, or whose columns, follow from the arguments by a rule of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Computed {
    /// `-x`, `+x`: the type of x; int made long, unless x is constant.
    Sign,
    /// `bin_auto`: the type of the argument, int made long; a number meets the two `set` options
    /// `query_bin_auto_size` and `query_bin_auto_at` in the common type.
    BinAuto,
    /// The type that all the arrays share exactly, else an array of anything.
    CommonArray,
    /// `array_iff`: an array of the type of `when_true`, or that type itself where it is dynamic.
    ArrayOfChoice,
    /// `array_sort_asc`: for each array argument a column of its type, named `<name>_sorted`, or
    /// `array<i>_sorted` where it has no name (i from 0).
    SortedArrays,
    /// `datetime_diff`: long, but real where the part is a week.
    PartDifference,
    /// `bag_pack`: a bag whose properties are the constant keys.
    BagOfPairs,
    /// `bag_pack_columns`: a bag whose properties are the columns named.
    BagOfColumns,
    /// `pack_all`: a bag whose properties are the columns of the row.
    BagOfRow,
    /// `pack_array(a, b)`: an array of the type that all share.
    ArrayOfArguments,
    /// `pack_array(*)`: an array of the type that all columns share.
    ArrayOfRow,
    /// `bag_merge`: a bag with the properties of all that are known.
    BagOfBags,
    /// `bag_remove_keys`: the bag without the keys of an array literal.
    BagWithoutKeys,
    /// `bag_set_key`: the bag with one property more.
    BagWithKey,
    /// Several columns, each named `<prefix>_<name of the argument>_<name>`, the prefix being the
    /// row's or the name of the function. A single name given to them names the first.
    Columns {
        /// The place of the argument whose name is used, from 0.
        named_by: u8,
        /// The columns.
        fields: &'static [Field],
    },
    /// `map`: an array of the type of the second argument.
    ArrayOfSecond,
    /// `inner_nodes`: the columns of the nodes of the graph around it.
    NodesOfGraph,
    /// `percentiles`: for each percentile a column `percentile_<name of value>_<percentile>`, a dot
    /// made `_`; of the type of the value, int made long and decimal made real.
    Percentiles,
    /// `percentiles_array`: one array column `percentiles_<name of value>`.
    PercentilesArray,
    /// `take_any`: the columns named, for `*` all that are not keys and not yet there; what has no
    /// name is `<prefix>arg<i>` (i from 0).
    AnyOf {
        /// Before `arg<i>`.
        prefix: &'static str,
    },
    /// `arg_max`: the first argument under its own name (or `<prefix>_`), then the others under
    /// theirs (or `<prefix>__arg<i>`); for `*` all columns that are not keys and not yet there.
    ArgExtreme {
        /// `min` or `max`.
        prefix: &'static str,
    },
    /// `argmax`, the old spelling: the others are named `<name of the first>_<name>`; the prefix of
    /// the row stands before each.
    OldArgExtreme {
        /// `min` or `max`.
        prefix: &'static str,
    },
}

impl Computed {
    /// Whether the answer is several values, each a column with a name of its own.
    pub const fn has_several_values(self) -> bool {
        matches!(
            self,
            Self::SortedArrays
                | Self::Columns { .. }
                | Self::NodesOfGraph
                | Self::Percentiles
                | Self::PercentilesArray
                | Self::AnyOf { .. }
                | Self::ArgExtreme { .. }
                | Self::OldArgExtreme { .. }
        )
    }
}

/// The columns of a table that a plugin or function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// These parts, one after the other. `open`: there are more, known only from the data.
    Parts {
        /// The parts.
        parts: &'static [SchemaPart],
        /// Whether the data adds more.
        open: bool,
    },
    /// The schema that the `typeof(…)` in the first argument names; a `*` in it is the input.
    TypeArgument,
    /// `pivot`: the columns named from the third argument on, without any all columns but the first
    /// argument and the column inside the aggregate; and more from the data.
    Pivot,
    /// The input, then the table of the first argument, without the columns that the parameter
    /// `without` names; clashing names get the next free suffix. The key of a geo look-up is left
    /// out unless `return_lookup_key` is true.
    Lookup {
        /// The parameter that names columns to leave out of the second table.
        without: &'static str,
        /// The flag that keeps them.
        kept_by: &'static str,
    },
    /// `preview`: the input as it is, and beside it a table with one column `Count`.
    InputAndCount,
}

/// One part of a plugin's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaPart {
    /// All columns of the input.
    Input,
    /// The input without the column that is the first argument.
    InputWithoutFirst,
    /// The columns that are arguments of this parameter.
    Referenced(&'static str),
    /// A column.
    Field(Field),
    /// A column of the type of an argument.
    TypedAs {
        /// Its name.
        name: &'static str,
        /// The parameter.
        parameter: &'static str,
    },
    /// A column with the name of an argument, and a type of its own.
    NamedAs {
        /// The parameter.
        parameter: &'static str,
        /// Its type.
        ty: ScalarType,
    },
    /// `<prefix>_<name of the argument>`, of its type.
    Prefixed {
        /// Before the name.
        prefix: &'static str,
        /// The parameter.
        parameter: &'static str,
    },
    /// `<name of the argument>_<suffix>`; only if the flag is given as `true`, where one is named.
    Suffixed {
        /// The parameter.
        parameter: &'static str,
        /// After the name.
        suffix: &'static str,
        /// Its type.
        ty: ScalarType,
        /// The flag.
        when: Option<&'static str>,
    },
    /// For each argument of one parameter `<its name>_<name of the other>`, typed as the other.
    Paired {
        /// The repeated parameter.
        each: &'static str,
        /// The other.
        with: &'static str,
    },
    /// For each argument a column `<prefix><i>`, i from 0.
    Numbered {
        /// Before the number.
        prefix: &'static str,
        /// Its type.
        ty: ScalarType,
    },
    /// `rolling_<BinsPerWindow>_percentile_<ValueColumn>_<Percentile>`, of the type of the value.
    RollingPercentile,
}

/// One way to call a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overload {
    /// What it takes.
    pub parameters: &'static [Parameter],
    /// How arguments find their parameters.
    pub layout: Layout,
    /// What it gives.
    pub returns: Returns,
    /// Not offered to people: it binds, and the reference does not tell of it.
    pub hidden: bool,
}

impl Overload {
    /// At least so many arguments.
    pub fn arguments_count_min(&self) -> usize {
        self.parameters.iter().map(|parameter| usize::from(parameter.count_min)).sum()
    }

    /// At most so many arguments.
    pub fn arguments_count_max(&self) -> usize {
        self.parameters.iter().map(|parameter| usize::from(parameter.count_max)).sum()
    }
}
