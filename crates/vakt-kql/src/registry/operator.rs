//! The scalar operators: `==`, `has_any`, `+`.

use super::function::{NullRule, NullRule::*};
use super::kit::{computed, o, p, t, to};
use super::signature::ParameterType::{self, *};
use super::signature::{Computed, Overload, Parameter, Returns};
use crate::types::ScalarType::{self, Bool, Datetime, Dynamic, Int, Long, Real, Timespan};

/// A scalar operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OperatorKind {
    /// `-x`
    Negate,
    /// `+x`
    Plus,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `!=`, `<>`
    NotEqual,
    /// `and`
    And,
    /// `or`
    Or,
    /// `=~`
    EqualTilde,
    /// `!~`
    NotEqualTilde,
    /// `has`
    Has,
    /// `has_cs`
    HasCs,
    /// `!has`
    NotHas,
    /// `!has_cs`
    NotHasCs,
    /// `hasprefix`
    HasPrefix,
    /// `hasprefix_cs`
    HasPrefixCs,
    /// `!hasprefix`
    NotHasPrefix,
    /// `!hasprefix_cs`
    NotHasPrefixCs,
    /// `hassuffix`
    HasSuffix,
    /// `hassuffix_cs`
    HasSuffixCs,
    /// `!hassuffix`
    NotHasSuffix,
    /// `!hassuffix_cs`
    NotHasSuffixCs,
    /// `like`
    Like,
    /// `likecs`
    LikeCs,
    /// `notlike`
    NotLike,
    /// `notlikecs`
    NotLikeCs,
    /// `contains`
    Contains,
    /// `contains_cs`, `containscs`
    ContainsCs,
    /// `!contains`, `notcontains`
    NotContains,
    /// `!contains_cs`, `notcontainscs`
    NotContainsCs,
    /// `startswith`
    StartsWith,
    /// `startswith_cs`
    StartsWithCs,
    /// `!startswith`
    NotStartsWith,
    /// `!startswith_cs`
    NotStartsWithCs,
    /// `endswith`
    EndsWith,
    /// `endswith_cs`
    EndsWithCs,
    /// `!endswith`
    NotEndsWith,
    /// `!endswith_cs`
    NotEndsWithCs,
    /// `matches regex`
    MatchesRegex,
    /// `:` of `search` and `find`, and a bare term there.
    Search,
    /// `in`
    In,
    /// `in~`
    InTilde,
    /// `!in`
    NotIn,
    /// `!in~`
    NotInTilde,
    /// `between`
    Between,
    /// `!between`
    NotBetween,
    /// `has_any`
    HasAny,
    /// `has_all`
    HasAll,
}

/// How many kinds there are.
pub(crate) const OPERATOR_KINDS_COUNT: usize = OperatorKind::HasAll as usize + 1;

/// One scalar operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Which.
    pub kind: OperatorKind,
    /// How it is written.
    pub text: &'static str,
    /// Other spellings, of which the old ones are best replaced.
    pub spellings: &'static [&'static str],
    /// What it takes and gives.
    pub overloads: &'static [Overload],
    /// What nulls do.
    pub nulls: NullRule,
    /// One sentence.
    pub summary: &'static str,
    /// The release since which the engine runs it.
    pub executed_since: Option<&'static str>,
}

const fn op(
    kind: OperatorKind,
    text: &'static str,
    overloads: &'static [Overload],
    nulls: NullRule,
    summary: &'static str,
) -> Operator {
    Operator { kind, text, spellings: &[], overloads, nulls, summary, executed_since: None }
}

impl OperatorKind {
    /// Its row.
    pub fn row(self) -> &'static Operator {
        OPERATORS.get(self as usize).unwrap_or(&UNKNOWN)
    }
}

/// Never met: the table has a row for each kind, in order.
static UNKNOWN: Operator = op(OperatorKind::Search, "", &[], NullRule::Propagates, "");

impl Operator {
    const fn also(mut self, spellings: &'static [&'static str]) -> Self {
        self.spellings = spellings;
        self
    }
}

const fn l(ty: ParameterType) -> Parameter {
    p("left", ty)
}

const fn r(ty: ParameterType) -> Parameter {
    p("right", ty)
}

const fn tl(ty: ScalarType) -> Parameter {
    t("left", ty)
}

const fn tr(ty: ScalarType) -> Parameter {
    t("right", ty)
}

/// What meets a dynamic in arithmetic and decides the type.
const CONCRETE: ParameterType = OneOf(&[Int, Long, Real, ScalarType::Decimal, Timespan, Datetime]);
const MOMENT: ParameterType = OneOf(&[Datetime, Timespan]);

const SIGN: &[Overload] =
    &[computed(&[p("operand", Summable)], Computed::Sign), to(&[t("operand", Dynamic)], Dynamic)];

const ADD: &[Overload] = &[
    o(&[l(Number), r(Number)], Returns::Widest),
    to(&[tl(Timespan), tr(Timespan)], Timespan),
    to(&[l(MOMENT), r(MOMENT)], Datetime),
    to(&[tl(Dynamic), tr(Dynamic)], Dynamic),
    to(&[tl(Dynamic), tr(Int)], Long),
    to(&[tl(Int), tr(Dynamic)], Long),
    o(&[tl(Dynamic), r(CONCRETE)], Returns::Argument(1)),
    o(&[l(CONCRETE), tr(Dynamic)], Returns::Argument(0)),
];

const SUBTRACT: &[Overload] = &[
    o(&[l(Number), r(Number)], Returns::Widest),
    to(&[tl(Timespan), tr(Timespan)], Timespan),
    to(&[tl(Datetime), tr(Datetime)], Timespan),
    to(&[tl(Datetime), tr(Dynamic)], Timespan),
    to(&[tl(Dynamic), tr(Datetime)], Timespan),
    to(&[tl(Datetime), tr(Timespan)], Datetime),
    to(&[tl(Timespan), tr(Datetime)], Datetime),
    to(&[tl(Dynamic), tr(Dynamic)], Dynamic),
    to(&[tl(Dynamic), tr(Int)], Long),
    to(&[tl(Int), tr(Dynamic)], Long),
    o(&[tl(Dynamic), r(CONCRETE)], Returns::Argument(1)),
    o(&[l(CONCRETE), tr(Dynamic)], Returns::Argument(0)),
];

const MULTIPLY: &[Overload] = &[
    o(&[l(Number), r(Number)], Returns::Widest),
    to(&[tl(Timespan), tr(Timespan)], Timespan),
    to(&[tl(Timespan), r(Number)], Timespan),
    to(&[l(Number), tr(Timespan)], Timespan),
    to(&[tl(Datetime), r(Number)], Datetime),
    to(&[l(Number), tr(Datetime)], Datetime),
    to(&[tl(Dynamic), tr(Dynamic)], Dynamic),
    to(&[tl(Dynamic), tr(Int)], Long),
    to(&[tl(Int), tr(Dynamic)], Long),
    o(&[tl(Dynamic), r(Number)], Returns::Argument(1)),
    o(&[l(Number), tr(Dynamic)], Returns::Argument(0)),
];

const DIVIDE: &[Overload] = &[
    o(&[l(Number), r(Number)], Returns::Widest),
    to(&[tl(Timespan), tr(Timespan)], Real),
    to(&[tl(Timespan), r(Number)], Timespan),
    to(&[tl(Datetime), tr(Datetime)], Real),
    to(&[tl(Datetime), tr(Timespan)], Real),
    to(&[tl(Datetime), r(Number)], Datetime),
    to(&[tl(Dynamic), tr(Dynamic)], Dynamic),
    to(&[tl(Dynamic), tr(Int)], Long),
    to(&[tl(Int), tr(Dynamic)], Long),
    o(&[tl(Dynamic), r(Number)], Returns::Argument(1)),
    o(&[l(Number), tr(Dynamic)], Returns::Argument(0)),
];

const MODULO: &[Overload] = &[
    o(&[l(Number), r(Number)], Returns::Widest),
    to(&[tl(Timespan), tr(Timespan)], Timespan),
    to(&[tl(Timespan), r(Number)], Timespan),
    to(&[tl(Datetime), tr(Datetime)], Timespan),
    to(&[tl(Datetime), tr(Timespan)], Timespan),
    to(&[tl(Datetime), r(Number)], Datetime),
    to(&[tl(Dynamic), tr(Dynamic)], Dynamic),
    to(&[tl(Dynamic), tr(Int)], Long),
    to(&[tl(Int), tr(Dynamic)], Long),
    o(&[tl(Dynamic), r(Number)], Returns::Argument(1)),
    o(&[l(Number), tr(Dynamic)], Returns::Argument(0)),
];

const COMPARE: &[Overload] = &[
    to(&[tl(Bool), r(NumberOrBool)], Bool).not_offered(),
    to(&[l(Number), r(NumberOrBool)], Bool),
    to(&[tl(Timespan), tr(Timespan)], Bool),
    to(&[tl(Datetime), tr(Datetime)], Bool),
    to(&[tl(Dynamic), tr(Dynamic)], Bool),
    to(&[tl(Dynamic), r(Number)], Bool),
    to(&[l(Number), tr(Dynamic)], Bool),
];

const EQUAL: &[Overload] = &[
    to(&[tl(Bool), r(Scalar)], Bool).not_offered(),
    to(&[l(NotBool), r(Scalar)], Bool),
    to(&[l(NotBool).star_only(), r(Scalar)], Bool),
];

const NOT_EQUAL: &[Overload] =
    &[to(&[tl(Bool), r(Scalar)], Bool).not_offered(), to(&[l(NotBool), r(Scalar)], Bool)];

const LOGIC: &[Overload] = &[
    to(&[tl(Bool), tr(Bool)], Bool),
    to(&[tl(Dynamic), tr(Bool)], Bool).not_offered(),
    to(&[tl(Bool), tr(Dynamic)], Bool).not_offered(),
    to(&[tl(Dynamic), tr(Dynamic)], Bool).not_offered(),
];

/// Right side a string or dynamic; the left may be `*` in `search`.
const TEXTS: &[Overload] = &[
    to(&[l(StringOrDynamic), r(StringOrDynamic)], Bool),
    to(&[l(StringOrDynamic).star_only(), r(StringOrDynamic)], Bool),
];

/// Right side a string only: the operators of terms.
const TERMS: &[Overload] = &[
    to(&[l(StringOrDynamic), tr(ScalarType::String)], Bool),
    to(&[l(StringOrDynamic).star_only(), tr(ScalarType::String)], Bool),
];

const MEMBER: &[Overload] = &[
    to(&[t("value", Bool), p("table", Tabular)], Bool).not_offered(),
    to(&[p("value", NotBool), p("table", Tabular)], Bool),
    to(&[t("value", Bool), p("values", Scalar).times(1, 32_767)], Bool).repeating().not_offered(),
    to(&[p("value", NotBool), p("values", Scalar).times(1, 32_767)], Bool).repeating(),
];

const TEXT_LIKE: ParameterType = OneOf(&[ScalarType::String, Dynamic]);

/// Only texts: `in~`, `has_any`, `has_all`.
const TEXT_MEMBER: &[Overload] = &[
    to(&[p("value", TEXT_LIKE), p("table", Tabular)], Bool),
    to(&[p("value", TEXT_LIKE), p("values", Scalar).times(1, 32_767)], Bool).repeating(),
];

const BETWEEN: &[Overload] = &[
    to(&[p("value", Number), p("start", Number), p("end", Number)], Bool),
    to(&[p("value", Summable), p("start", SameAs(0)), p("end", SameAs(0))], Bool),
    to(&[t("value", Datetime), t("start", Datetime), t("end", Timespan)], Bool),
    to(&[p("value", Number), t("start", Dynamic), p("end", SameAs(1))], Bool),
    to(&[t("value", Dynamic), p("start", Number), p("end", SameAs(1))], Bool),
];

use OperatorKind as K;

/// All scalar operators, in the order of [`OperatorKind`].
#[rustfmt::skip]
pub static OPERATORS: &[Operator] = &[
    op(K::Negate, "-", SIGN, Propagates, "The number or duration with its sign turned."),
    op(K::Plus, "+", SIGN, Propagates, "The number or duration as it is."),
    op(K::Add, "+", ADD, Propagates, "The sum of numbers, of durations, or of a time and a duration."),
    op(K::Subtract, "-", SUBTRACT, Propagates, "The difference; of two times it is a duration."),
    op(K::Multiply, "*", MULTIPLY, Propagates, "The product; a duration can be multiplied by a number."),
    op(K::Divide, "/", DIVIDE, Propagates, "The quotient; of two integers it is an integer, of two durations a real."),
    op(K::Modulo, "%", MODULO, Propagates, "The remainder, never negative."),
    op(K::Less, "<", COMPARE, Propagates, "True if the left side is smaller or earlier."),
    op(K::LessOrEqual, "<=", COMPARE, Propagates, "True if the left side is not greater or later."),
    op(K::Greater, ">", COMPARE, Propagates, "True if the left side is greater or later."),
    op(K::GreaterOrEqual, ">=", COMPARE, Propagates, "True if the left side is not smaller or earlier."),
    op(K::Equal, "==", EQUAL, Equality, "True if both sides are equal; texts with their case."),
    op(K::NotEqual, "!=", NOT_EQUAL, Equality, "True if the sides differ; texts with their case.").also(&["<>"]),
    op(K::And, "and", LOGIC, Logic, "True if both sides are true."),
    op(K::Or, "or", LOGIC, Logic, "True if at least one side is true."),
    op(K::EqualTilde, "=~", TEXTS, Equality, "True if two texts are equal in any case."),
    op(K::NotEqualTilde, "!~", TEXTS, Equality, "True if two texts differ in any case."),
    op(K::Has, "has", TERMS, Equality, "True if the text has the term, in any case."),
    op(K::HasCs, "has_cs", TERMS, Equality, "True if the text has the term, case as written."),
    op(K::NotHas, "!has", TERMS, Equality, "True if the text lacks the term, in any case."),
    op(K::NotHasCs, "!has_cs", TERMS, Equality, "True if the text lacks the term, case as written."),
    op(K::HasPrefix, "hasprefix", TERMS, Equality, "True if a term of the text begins so, in any case."),
    op(K::HasPrefixCs, "hasprefix_cs", TERMS, Equality, "True if a term of the text begins so, case as written."),
    op(K::NotHasPrefix, "!hasprefix", TERMS, Equality, "True if no term of the text begins so, in any case."),
    op(K::NotHasPrefixCs, "!hasprefix_cs", TERMS, Equality, "True if no term of the text begins so, case as written."),
    op(K::HasSuffix, "hassuffix", TERMS, Equality, "True if a term of the text ends so, in any case."),
    op(K::HasSuffixCs, "hassuffix_cs", TERMS, Equality, "True if a term of the text ends so, case as written."),
    op(K::NotHasSuffix, "!hassuffix", TERMS, Equality, "True if no term of the text ends so, in any case."),
    op(K::NotHasSuffixCs, "!hassuffix_cs", TERMS, Equality, "True if no term of the text ends so, case as written."),
    op(K::Like, "like", TEXTS, Equality, "True if the text fits a pattern with `%` and `_`, in any case."),
    op(K::LikeCs, "likecs", TEXTS, Equality, "True if the text fits a pattern with `%` and `_`, case as written."),
    op(K::NotLike, "notlike", TEXTS, Equality, "True if the text does not fit the pattern, in any case."),
    op(K::NotLikeCs, "notlikecs", TEXTS, Equality, "True if the text does not fit the pattern, case as written."),
    op(K::Contains, "contains", TEXTS, Equality, "True if the text holds the other anywhere, in any case."),
    op(K::ContainsCs, "contains_cs", TEXTS, Equality, "True if the text holds the other anywhere, case as written.").also(&["containscs"]),
    op(K::NotContains, "!contains", TEXTS, Equality, "True if the text nowhere holds the other, in any case.").also(&["notcontains"]),
    op(K::NotContainsCs, "!contains_cs", TEXTS, Equality, "True if the text nowhere holds the other, case as written.").also(&["notcontainscs"]),
    op(K::StartsWith, "startswith", TEXTS, Equality, "True if the text begins so, in any case."),
    op(K::StartsWithCs, "startswith_cs", TEXTS, Equality, "True if the text begins so, case as written."),
    op(K::NotStartsWith, "!startswith", TEXTS, Equality, "True if the text does not begin so, in any case."),
    op(K::NotStartsWithCs, "!startswith_cs", TEXTS, Equality, "True if the text does not begin so, case as written."),
    op(K::EndsWith, "endswith", TEXTS, Equality, "True if the text ends so, in any case."),
    op(K::EndsWithCs, "endswith_cs", TEXTS, Equality, "True if the text ends so, case as written."),
    op(K::NotEndsWith, "!endswith", TEXTS, Equality, "True if the text does not end so, in any case."),
    op(K::NotEndsWithCs, "!endswith_cs", TEXTS, Equality, "True if the text does not end so, case as written."),
    op(K::MatchesRegex, "matches regex", TEXTS, Equality, "True if the regular expression is found in the text."),
    op(K::Search, ":", TEXTS, Equality, "True if the column has the term; only in `search` and `find`."),
    op(K::In, "in", MEMBER, Equality, "True if the value is one of a list or table; texts with their case."),
    op(K::InTilde, "in~", TEXT_MEMBER, Equality, "True if the text is one of a list or table, in any case."),
    op(K::NotIn, "!in", MEMBER, Equality, "True if the value is none of a list or table; texts with their case."),
    op(K::NotInTilde, "!in~", TEXT_MEMBER, Equality, "True if the text is none of a list or table, in any case."),
    op(K::Between, "between", BETWEEN, Propagates, "True if the value is in the range, both ends counted."),
    op(K::NotBetween, "!between", BETWEEN, Propagates, "True if the value is outside the range."),
    op(K::HasAny, "has_any", TEXT_MEMBER, Equality, "True if the text has at least one of the terms, in any case."),
    op(K::HasAll, "has_all", TEXT_MEMBER, Equality, "True if the text has all of the terms, in any case."),
];

#[cfg(test)]
mod tests {
    use super::OPERATORS;

    #[test]
    fn the_rows_are_in_the_order_of_their_kinds() {
        for (place, row) in OPERATORS.iter().enumerate() {
            assert_eq!(row.kind as usize, place, "for {}", row.text);
            assert_eq!(row.kind.row().kind, row.kind);
        }
    }
}
