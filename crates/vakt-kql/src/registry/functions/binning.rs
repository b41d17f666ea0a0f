//! Rounding into bins.

use super::super::function::Family::Binning as F;
use super::super::function::Function;
use super::super::function::ResultName::FirstArgument;
use super::super::function::Volatility::Stable;
use super::super::kit::{computed, o, p, pure, t, to};
use super::super::signature::Computed::BinAuto;
use super::super::signature::ParameterType::{Number, Summable};
use super::super::signature::Returns;
use crate::types::ScalarType::{Datetime, Timespan};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "bin", &[
        o(&[p("value", Number), p("roundTo", Number)], Returns::Widest),
        to(&[t("value", Timespan), t("roundTo", Timespan)], Timespan),
        to(&[t("value", Datetime), t("roundTo", Datetime)], Datetime),
        to(&[t("value", Datetime), t("roundTo", Timespan)], Datetime),
    ],
        "The value rounded down to a multiple.").named(FirstArgument),
    pure(F, "floor", &[
        o(&[p("value", Number), p("roundTo", Number)], Returns::Widest),
        to(&[t("value", Timespan), t("roundTo", Timespan)], Timespan),
        to(&[t("value", Datetime), t("roundTo", Datetime)], Datetime),
        to(&[t("value", Datetime), t("roundTo", Timespan)], Datetime),
    ],
        "The value rounded down to a multiple; the other name of `bin`.").named(FirstArgument),
    pure(F, "bin_at", &[
        o(&[p("value", Number), p("bin_size", Number), p("fixed_point", Number)], Returns::Widest),
        to(&[t("value", Timespan), p("bin_size", Number), t("fixed_point", Timespan)], Timespan),
        to(&[t("value", Timespan), t("bin_size", Timespan), t("fixed_point", Timespan)], Timespan),
        to(&[t("value", Datetime), p("bin_size", Summable), t("fixed_point", Datetime)], Datetime),
    ],
        "The value rounded down to a multiple, counted from a fixed point.").named(FirstArgument),
    pure(F, "bin_auto", &[computed(&[p("value", Summable)], BinAuto)],
        "The value rounded down to the size that the options of the query set.")
        .named(FirstArgument).not_offered().lasting(Stable),
];
