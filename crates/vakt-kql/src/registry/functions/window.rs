//! The rows before and after.

use super::super::function::Family::Window as F;
use super::super::function::Function;
use super::super::function::NullRule::{Answers, Skips};
use super::super::function::Volatility::Ordered;
use super::super::kit::{o, p, scalar, t, to};
use super::super::signature::ParameterType::{NotDynamic, Number, Scalar};
use super::super::signature::Returns;
use crate::types::ScalarType::{Bool, Datetime, Long, Timespan};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    scalar(F, "row_number", &[to(&[
        t("startingIndex", Long).optional(), t("restart", Bool).optional(),
    ], Long)],
        "Counts the rows, from 1 or a given number.").nulls(Answers).lasting(Ordered),
    scalar(F, "row_cumsum", &[o(&[
        p("term", Number), t("restart", Bool).optional(),
    ], Returns::Argument(0))],
        "The sum of a column up to the row.").nulls(Skips).lasting(Ordered),
    scalar(F, "row_rank", &[to(&[
        p("column", NotDynamic), t("dense", Bool).constant().optional(),
    ], Long)],
        "The old name of `row_rank_dense`.")
        .instead("row_rank_dense").nulls(Answers).lasting(Ordered),
    scalar(F, "row_rank_dense", &[to(&[
        p("term", NotDynamic), t("restart", Bool).optional(),
    ], Long)],
        "Counts the distinct values up to the row.").nulls(Answers).lasting(Ordered),
    scalar(F, "row_rank_min", &[to(&[p("term", NotDynamic), t("restart", Bool).optional()], Long)],
        "The number of the first row with the same value.").nulls(Answers).lasting(Ordered),
    scalar(F, "row_window_session", &[o(&[
        t("expr", Datetime), t("maxDistanceFromFirst", Timespan),
        t("maxDistanceBetweenNeighbors", Timespan), t("restart", Bool).optional(),
    ], Returns::Argument(0))],
        "When the session began to which the row belongs.").lasting(Ordered),
    scalar(F, "prev", &[o(&[
        p("column", Scalar).column(), t("offset", Long).optional(),
        p("default_value", Scalar).constant().optional(),
    ], Returns::Argument(0))],
        "The value of an earlier row.").nulls(Answers).lasting(Ordered),
    scalar(F, "next", &[o(&[
        p("column", Scalar).column(), t("offset", Long).optional(),
        p("default_value", Scalar).constant().optional(),
    ], Returns::Argument(0))],
        "The value of a later row.").nulls(Answers).lasting(Ordered),
];
