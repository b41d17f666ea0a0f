//! Small constructors, so that a row of the tables is read at a glance.

use super::function::{Family, Function, FunctionKind, NullRule, ResultName, Volatility};
use super::signature::{
    ArgumentKind, Computed, Declared, Field, Layout, Overload, Parameter, ParameterType, Returns,
    Schema, SchemaPart,
};
use crate::types::ScalarType;

const fn only(ty: ScalarType) -> &'static [ScalarType] {
    match ty {
        ScalarType::Bool => &[ScalarType::Bool],
        ScalarType::Int => &[ScalarType::Int],
        ScalarType::Long => &[ScalarType::Long],
        ScalarType::Real => &[ScalarType::Real],
        ScalarType::Decimal => &[ScalarType::Decimal],
        ScalarType::String => &[ScalarType::String],
        ScalarType::Datetime => &[ScalarType::Datetime],
        ScalarType::Timespan => &[ScalarType::Timespan],
        ScalarType::Guid => &[ScalarType::Guid],
        ScalarType::Dynamic => &[ScalarType::Dynamic],
        ScalarType::Type => &[ScalarType::Type],
        ScalarType::Unknown => &[ScalarType::Unknown],
    }
}

/// A parameter of a kind of types.
pub(super) const fn p(name: &'static str, ty: ParameterType) -> Parameter {
    Parameter {
        name,
        ty,
        kind: ArgumentKind::Expression,
        count_min: 1,
        count_max: 1,
        values: &[],
        tilde: false,
    }
}

/// A parameter of one type.
pub(super) const fn t(name: &'static str, ty: ScalarType) -> Parameter {
    p(name, ParameterType::OneOf(only(ty)))
}

impl Parameter {
    pub(super) const fn optional(mut self) -> Self {
        self.count_min = 0;
        self
    }

    pub(super) const fn times(mut self, count_min: u16, count_max: u16) -> Self {
        self.count_min = count_min;
        self.count_max = count_max;
        self
    }

    pub(super) const fn as_kind(mut self, kind: ArgumentKind) -> Self {
        self.kind = kind;
        self
    }

    pub(super) const fn column(self) -> Self {
        self.as_kind(ArgumentKind::Column)
    }

    pub(super) const fn literal(self) -> Self {
        self.as_kind(ArgumentKind::Literal)
    }

    pub(super) const fn constant(self) -> Self {
        self.as_kind(ArgumentKind::Constant)
    }

    pub(super) const fn star_only(self) -> Self {
        self.as_kind(ArgumentKind::StarOnly)
    }

    pub(super) const fn star_allowed(self) -> Self {
        self.as_kind(ArgumentKind::StarAllowed)
    }

    pub(super) const fn values(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }

    pub(super) const fn tilde(mut self) -> Self {
        self.tilde = true;
        self
    }
}

/// An overload.
pub(super) const fn o(parameters: &'static [Parameter], returns: Returns) -> Overload {
    Overload { parameters, layout: Layout::Fixed, returns, hidden: false }
}

/// An overload that gives one scalar type.
pub(super) const fn to(parameters: &'static [Parameter], ty: ScalarType) -> Overload {
    o(parameters, Returns::Declared(Declared::Scalar(ty)))
}

/// An overload with an answer of its own rule.
pub(super) const fn computed(parameters: &'static [Parameter], rule: Computed) -> Overload {
    o(parameters, Returns::Computed(rule))
}

/// An overload of a plugin whose columns are all known.
pub(super) const fn table(
    parameters: &'static [Parameter],
    parts: &'static [SchemaPart],
) -> Overload {
    o(parameters, Returns::Table(Schema::Parts { parts, open: false }))
}

/// An overload of a plugin that adds columns from the data.
pub(super) const fn open_table(
    parameters: &'static [Parameter],
    parts: &'static [SchemaPart],
) -> Overload {
    o(parameters, Returns::Table(Schema::Parts { parts, open: true }))
}

impl Overload {
    pub(super) const fn layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    pub(super) const fn repeating(self) -> Self {
        self.layout(Layout::Repeating)
    }

    pub(super) const fn block(self) -> Self {
        self.layout(Layout::Block)
    }

    pub(super) const fn not_offered(mut self) -> Self {
        self.hidden = true;
        self
    }
}

const fn row(
    name: &'static str,
    kind: FunctionKind,
    family: Family,
    overloads: &'static [Overload],
    summary: &'static str,
) -> Function {
    Function {
        name,
        kind,
        family,
        overloads,
        result_name: ResultName::None,
        prefix: None,
        deprecated: false,
        alternative: None,
        faster: None,
        hidden: false,
        foldable: false,
        nulls: NullRule::Propagates,
        volatility: Volatility::Immutable,
        summary,
        executed_since: None,
    }
}

/// A scalar function.
pub(super) const fn scalar(
    family: Family,
    name: &'static str,
    overloads: &'static [Overload],
    summary: &'static str,
) -> Function {
    row(name, FunctionKind::Scalar, family, overloads, summary)
}

/// A scalar function that folds: a constant of constants.
pub(super) const fn pure(
    family: Family,
    name: &'static str,
    overloads: &'static [Overload],
    summary: &'static str,
) -> Function {
    let mut function = scalar(family, name, overloads, summary);
    function.foldable = true;
    function
}

/// An aggregate, named by its prefix and its first argument.
pub(super) const fn aggregate(
    name: &'static str,
    prefix: &'static str,
    overloads: &'static [Overload],
    summary: &'static str,
) -> Function {
    row(name, FunctionKind::Aggregate, Family::Aggregate, overloads, summary)
        .nulls(NullRule::SkipsRows)
        .prefixed(ResultName::PrefixAndFirstArgument, prefix)
}

/// An aggregate that names its columns by a rule of its own.
pub(super) const fn unnamed(
    name: &'static str,
    overloads: &'static [Overload],
    summary: &'static str,
) -> Function {
    row(name, FunctionKind::Aggregate, Family::Aggregate, overloads, summary)
        .nulls(NullRule::SkipsRows)
}

/// A plugin.
pub(super) const fn plugin(
    name: &'static str,
    overloads: &'static [Overload],
    summary: &'static str,
) -> Function {
    row(name, FunctionKind::Plugin, Family::Plugin, overloads, summary).nulls(NullRule::Keeps)
}

impl Function {
    pub(super) const fn named(mut self, rule: ResultName) -> Self {
        self.result_name = rule;
        self
    }

    pub(super) const fn prefixed(mut self, rule: ResultName, prefix: &'static str) -> Self {
        self.result_name = rule;
        self.prefix = Some(prefix);
        self
    }

    /// Old and not offered: write `alternative`.
    pub(super) const fn instead(mut self, alternative: &'static str) -> Self {
        self.deprecated = true;
        self.hidden = true;
        self.alternative = Some(alternative);
        self
    }

    pub(super) const fn faster(mut self, other: &'static str) -> Self {
        self.faster = Some(other);
        self
    }

    pub(super) const fn not_offered(mut self) -> Self {
        self.hidden = true;
        self
    }

    pub(super) const fn nulls(mut self, rule: NullRule) -> Self {
        self.nulls = rule;
        self
    }

    pub(super) const fn lasting(mut self, volatility: Volatility) -> Self {
        self.volatility = volatility;
        self
    }
}

/// A property or column of a scalar type.
pub(super) const fn field(name: &'static str, ty: ScalarType) -> Field {
    Field { name, ty: Declared::Scalar(ty) }
}

/// A property or column of an array or bag type.
pub(super) const fn deep(name: &'static str, ty: Declared) -> Field {
    Field { name, ty }
}

/// A column of a plugin's answer.
pub(super) const fn col(name: &'static str, ty: ScalarType) -> SchemaPart {
    SchemaPart::Field(field(name, ty))
}

const fn array_of(element: &'static Declared) -> Declared {
    Declared::Array(element)
}

/// An array of anything.
pub(super) const ANYTHING: Declared = array_of(&Declared::Scalar(ScalarType::Dynamic));
/// An array of reals.
pub(super) const NUMBERS: Declared = array_of(&Declared::Scalar(ScalarType::Real));

/// Gives an array of anything.
pub(super) const ARRAY: Returns = Returns::Declared(ANYTHING);
/// Gives an array of bools.
pub(super) const BOOLS: Returns = Returns::Declared(array_of(&Declared::Scalar(ScalarType::Bool)));
/// Gives an array of longs.
pub(super) const LONGS: Returns = Returns::Declared(array_of(&Declared::Scalar(ScalarType::Long)));
/// Gives an array of reals.
pub(super) const REALS: Returns = Returns::Declared(NUMBERS);
/// Gives an array of strings.
pub(super) const STRINGS: Returns =
    Returns::Declared(array_of(&Declared::Scalar(ScalarType::String)));
/// Gives an array of arrays.
pub(super) const ARRAYS: Returns = Returns::Declared(array_of(&ANYTHING));
/// Gives an array of arrays of strings.
pub(super) const STRING_ARRAYS: Returns =
    Returns::Declared(array_of(&array_of(&Declared::Scalar(ScalarType::String))));
/// Gives a bag of which nothing is known.
pub(super) const BAG: Returns = Returns::Declared(Declared::Bag(&[]));
/// Gives a GeoJSON shape.
pub(super) const SHAPE: Returns = Returns::Declared(Declared::Bag(&[
    field("type", ScalarType::String),
    deep("coordinates", ANYTHING),
]));
