//! Conditions, emptiness and choices.

use super::super::function::Family::Condition as F;
use super::super::function::Function;
use super::super::function::NullRule::{Answers, Chooses, Skips};
use super::super::function::ResultName::FirstArgumentValueIfColumn;
use super::super::function::Volatility::Stable;
use super::super::kit::{o, p, pure, scalar, t, to};
use super::super::signature::ParameterType::{
    CommonOrderable, CommonScalar, CommonScalarOrDynamic, Scalar,
};
use super::super::signature::{REPEATS_COUNT_MAX as MANY, Returns};
use crate::types::ScalarType::{Bool, String};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "iif", &[o(&[
        t("if", Bool), p("then", CommonScalarOrDynamic), p("else", CommonScalarOrDynamic),
    ], Returns::CommonNotDynamic)],
        "The second argument if the condition is true, else the third; the other name of `iff`.")
        .nulls(Chooses),
    pure(F, "iff", &[o(&[
        t("if", Bool), p("then", CommonScalarOrDynamic), p("else", CommonScalarOrDynamic),
    ], Returns::CommonNotDynamic)],
        "The second argument if the condition is true, else the third.").nulls(Chooses),
    pure(F, "case", &[o(&[
        t("predicate", Bool).times(1, MANY), p("then", CommonScalarOrDynamic).times(1, MANY),
        p("else", CommonScalarOrDynamic),
    ], Returns::CommonNotDynamic).block()],
        "The value behind the first condition that is true, else the last argument.")
        .nulls(Chooses),
    scalar(F, "assert", &[to(&[t("predicate", Bool), t("message", String)], Bool)],
        "True if the condition holds, else the query fails with the message.").nulls(Answers),
    scalar(F, "not", &[to(&[t("expression", Bool)], Bool)], "True for false and false for true."),
    scalar(F, "notnull", &[to(&[p("expression", Scalar)], Bool)],
        "The old name of `isnotnull`.").instead("isnotnull").nulls(Answers),
    scalar(F, "isnotnull", &[to(&[p("expression", Scalar)], Bool)],
        "True if the value is not null; always true for a text.").nulls(Answers),
    scalar(F, "isnull", &[to(&[p("expression", Scalar)], Bool)],
        "True if the value is null; never true for a text.").nulls(Answers),
    scalar(F, "notempty", &[to(&[p("value", Scalar)], Bool)],
        "The old name of `isnotempty`.").instead("isnotempty").nulls(Answers),
    scalar(F, "iscolumnexists", &[to(&[t("column_name", String).constant()], Bool)],
        "True if the input has a column of this name.")
        .not_offered().nulls(Answers).lasting(Stable),
    scalar(F, "isnotempty", &[to(&[p("value", Scalar)], Bool)],
        "True if the value is neither an empty text nor null.").nulls(Answers),
    scalar(F, "isempty", &[to(&[p("value", Scalar)], Bool)],
        "True if the value is an empty text or null.").nulls(Answers),
    scalar(F, "columnifexists", &[o(&[
        t("column_name", String).constant(), p("defaultValue", Scalar),
    ], Returns::Argument(1))],
        "The old name of `column_ifexists`.")
        .named(FirstArgumentValueIfColumn).instead("column_ifexists").nulls(Answers),
    scalar(F, "column_ifexists", &[o(&[
        t("column_name", String).constant(), p("defaultValue", Scalar),
    ], Returns::Argument(1))],
        "The column of this name, or the other value where the input has none.")
        .named(FirstArgumentValueIfColumn).nulls(Answers),
    scalar(F, "around", &[to(&[p("value", Scalar), p("center", Scalar), p("delta", Scalar)], Bool)],
        "True if the value is no further from the centre than the distance."),
    pure(F, "coalesce", &[o(&[p("arg", CommonScalar).times(2, 64)], Returns::Common).repeating()],
        "The first argument that is not null, and not an empty text.").nulls(Skips),
    pure(F, "max_of", &[o(&[p("arg", CommonOrderable).times(2, 64)], Returns::Common).repeating()],
        "The greatest of its arguments.").nulls(Skips),
    pure(F, "min_of", &[o(&[p("arg", CommonOrderable).times(2, 64)], Returns::Common).repeating()],
        "The smallest of its arguments.").nulls(Skips),
];
