//! Sketches that aggregates make.

use super::super::function::Family::Sketch as F;
use super::super::function::Function;
use super::super::function::ResultName::{
    FirstArgument, NameAndFirstArgument, PrefixAndFirstArgument, PrefixOnly,
};
use super::super::kit::{ARRAY, o, p, scalar, t, to};
use super::super::signature::ParameterType::{Array, Scalar};
use super::super::signature::{Place, REPEATS_COUNT_MAX as MANY, Returns};
use crate::types::ScalarType::{Bool, Dynamic, Long, Real, Type};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    scalar(F, "percentile_tdigest", &[
        to(&[p("tdigest", Array), t("percentile1", Real)], Dynamic),
        o(&[
            p("tdigest", Array), t("percentile1", Real), t("type", Type).literal(),
        ], Returns::TypeNamedBy(Place::Last)),
    ],
        "A percentile of the values that a t-digest holds.").named(NameAndFirstArgument),
    scalar(F, "percentiles_array_tdigest", &[
        o(&[p("tdigest", Array), t("percentile", Real).times(1, MANY)], ARRAY).repeating(),
        o(&[p("tdigest", Array), p("percentiles", Array)], ARRAY),
    ],
        "Several percentiles of the values that a t-digest holds, as an array.")
        .prefixed(PrefixAndFirstArgument, "percentile_tdigest"),
    scalar(F, "percentrank_tdigest", &[to(&[p("digest", Array), p("value", Scalar)], Real)],
        "The share of the values of a t-digest that are not greater, in percent."),
    scalar(F, "rank_tdigest", &[to(&[p("digest", Array), p("value", Scalar)], Real)],
        "The rank of a value among those of a t-digest."),
    scalar(F, "tdigest_isvalid", &[to(&[p("digest", Array), p("value", Scalar)], Bool)],
        "True if the value is a t-digest.").not_offered(),
    scalar(F, "hll_isvalid", &[to(&[p("hll", Array), p("value", Scalar)], Bool)],
        "True if the value is a HyperLogLog sketch.").not_offered(),
    scalar(F, "tdigest_merge", &[o(&[p("tdigest", Array).times(2, 16)], ARRAY).repeating()],
        "One t-digest of several.").prefixed(PrefixOnly, "tdigests_merge_result"),
    scalar(F, "merge_tdigest", &[o(&[p("tdigest", Array).times(2, 16)], ARRAY).repeating()],
        "One t-digest of several; the other name of `tdigest_merge`.")
        .prefixed(PrefixOnly, "tdigests_merge_result"),
    scalar(F, "hll_merge", &[o(&[p("hll", Array).times(2, 16)], ARRAY).repeating()],
        "One HyperLogLog sketch of several.").prefixed(PrefixOnly, "hll_merged_result"),
    scalar(F, "dcount_hll", &[to(&[p("hll", Array)], Long)],
        "The number of distinct values that a HyperLogLog sketch holds, as an estimate.")
        .named(NameAndFirstArgument),
    scalar(F, "__hll_normalize", &[to(&[t("hll", Dynamic).times(2, 16)], Dynamic).repeating()],
        "A HyperLogLog sketch in its normal form.").named(FirstArgument).not_offered(),
];
