//! Series: arrays of numbers at equal steps.

use super::super::function::Family::Series as F;
use super::super::function::Function;
use super::super::function::ResultName::FirstArgument;
use super::super::kit::{
    ANYTHING, ARRAY, BOOLS, LONGS, NUMBERS, REALS, computed, deep, field, o, p, scalar, t, to,
};
use super::super::signature::Computed::Columns;
use super::super::signature::ParameterType::{Array, Integer, Number};
use super::super::signature::{Declared, Field, Overload, Returns};
use crate::types::ScalarType::{Bool, Int, Long, Real, String};

#[rustfmt::skip]
const STATS: &[Field] = &[
    field("min", Real),
    field("min_idx", Long),
    field("max", Real),
    field("max_idx", Long),
    field("avg", Real),
    field("stdev", Real),
    field("variance", Real),
];

#[rustfmt::skip]
const COMPLEX: &[Field] = &[deep("real", NUMBERS), deep("imag", NUMBERS)];

#[rustfmt::skip]
const LINE: &[Field] = &[
    field("rsquare", Real),
    field("slope", Real),
    field("variance", Real),
    field("rvariance", Real),
    field("interception", Real),
    deep("line_fit", NUMBERS),
];

#[rustfmt::skip]
const TWO_LINES: &[Field] = &[
    field("rsquare", Real),
    field("split_idx", Long),
    field("variance", Real),
    field("rvariance", Real),
    deep("line_fit", NUMBERS),
    field("right_rsquare", Real),
    field("right_slope", Real),
    field("right_interception", Real),
    field("right_variance", Real),
    field("right_rvariance", Real),
    field("left_rsquare", Real),
    field("left_slope", Real),
    field("left_interception", Real),
    field("left_variance", Real),
    field("left_rvariance", Real),
];

#[rustfmt::skip]
const PERIODS: &[Field] = &[deep("periods", NUMBERS), deep("scores", NUMBERS)];

#[rustfmt::skip]
const POLYNOMIAL: &[Field] = &[
    field("rsquare", Real),
    deep("coefficients", NUMBERS),
    field("variance", Real),
    field("rvariance", Real),
    deep("poly_fit", NUMBERS),
];

#[rustfmt::skip]
const DECOMPOSED: &[Field] = &[
    deep("baseline", ANYTHING),
    deep("seasonal", ANYTHING),
    deep("trend", ANYTHING),
    deep("residual", ANYTHING),
];

#[rustfmt::skip]
const ANOMALIES: &[Field] = &[
    deep("ad_flag", ANYTHING),
    deep("ad_score", ANYTHING),
    deep("baseline", ANYTHING),
];

#[rustfmt::skip]
const PAIR_TO_ARRAY: &[Overload] = &[
    o(&[p("series1", Array), p("series2", Array)], ARRAY),
    o(&[p("series1", Array), p("series2", Number)], ARRAY),
    o(&[p("series1", Number), p("series2", Array)], ARRAY),
];

#[rustfmt::skip]
const PAIR_TO_BOOLS: &[Overload] = &[
    o(&[p("series1", Array), p("series2", Array)], BOOLS),
    o(&[p("series1", Array), p("series2", Number)], BOOLS),
    o(&[p("series1", Number), p("series2", Array)], BOOLS),
];

#[rustfmt::skip]
const ONE_TO_REALS: &[Overload] = &[
    o(&[p("series", Array)], REALS),
];

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    scalar(F, "series_fir", &[o(&[
        p("series", Array), p("filter", Array), t("normalize", Bool).optional(),
        t("center", Bool).optional(),
    ], REALS)],
        "The series after a finite impulse response filter, as a moving average.")
        .named(FirstArgument),
    scalar(F, "series_stats", &[computed(&[
        p("series", Array), t("ignore_nonfinite", Bool).constant().optional(),
    ], Columns { named_by: 0, fields: STATS })],
        "Minimum, maximum, average and deviation of a series, as columns."),
    scalar(F, "series_stats_dynamic", &[o(&[
        p("series", Array), t("ignore_nonfinite", Bool).constant().optional(),
    ], Returns::Declared(Declared::Bag(STATS)))],
        "Minimum, maximum, average and deviation of a series, as a bag."),
    scalar(F, "series_fft", &[computed(&[
        p("series", Array), p("series_imaginary", Array).optional(),
    ], Columns { named_by: 0, fields: COMPLEX })],
        "The fast Fourier transform of a series."),
    scalar(F, "series_ifft", &[computed(&[
        p("series", Array), p("series_imaginary", Array).optional(),
    ], Columns { named_by: 0, fields: COMPLEX })],
        "The inverse fast Fourier transform of a series."),
    scalar(F, "series_fit_line", &[computed(&[
        p("series", Array),
    ], Columns { named_by: 0, fields: LINE })],
        "The straight line that fits a series best, as columns."),
    scalar(F, "series_fit_line_dynamic", &[o(&[
        p("series", Array),
    ], Returns::Declared(Declared::Bag(LINE)))],
        "The straight line that fits a series best, as a bag."),
    scalar(F, "series_fit_2lines", &[computed(&[
        p("array", Array),
    ], Columns { named_by: 0, fields: TWO_LINES })],
        "The two straight lines that fit the parts of a series best, as columns."),
    scalar(F, "series_fit_2lines_dynamic", &[o(&[
        p("series", Array),
    ], Returns::Declared(Declared::Bag(TWO_LINES)))],
        "The two straight lines that fit the parts of a series best, as a bag."),
    scalar(F, "series_outliers", &[
        o(&[
            p("series", Array), t("kind", String).optional(), p("ignore_val", Number).optional(),
        ], Returns::Argument(0)),
        o(&[
            p("series", Array), t("kind", String), t("ignore_val", Real),
            t("min_percentile", Real), t("max_percentile", Real).optional(),
            p("test_points", Integer).optional(),
        ], Returns::Argument(0)),
    ],
        "A score for each element of how far out it lies.").named(FirstArgument),
    scalar(F, "series_iir", &[o(&[
        p("series", Array), p("numerators", Array), p("denominators", Array),
    ], REALS)],
        "The series after an infinite impulse response filter, as a running sum.")
        .named(FirstArgument),
    scalar(F, "series_periods_detect", &[computed(&[
        p("series", Array), p("min_period", Number), p("max_period", Number),
        t("num_periods", Long),
    ], Columns { named_by: 0, fields: PERIODS })],
        "The periods that are found in a series, with their scores."),
    scalar(F, "series_periods_validate", &[computed(&[
        p("series", Array), p("period", Number).times(1, 16),
    ], Columns { named_by: 0, fields: PERIODS }).repeating()],
        "Scores of how much a series has the given periods."),
    scalar(F, "series_fill_backward", &[o(&[
        p("series", Array), p("missing_value_placeholder", Number).optional(),
    ], Returns::Argument(0))],
        "The series with gaps filled by the next value.").named(FirstArgument),
    scalar(F, "series_fill_forward", &[o(&[
        p("series", Array), p("missing_value_placeholder", Number).optional(),
    ], Returns::Argument(0))],
        "The series with gaps filled by the last value.").named(FirstArgument),
    scalar(F, "series_fill_const", &[o(&[
        p("series", Array), p("constant_value", Number).optional(),
        p("missing_value_placeholder", Number).optional(),
    ], Returns::Argument(0))],
        "The series with gaps filled by a constant.").named(FirstArgument),
    scalar(F, "series_fill_linear", &[o(&[
        p("series", Array), p("missing_value_placeholder", Number).optional(),
        t("fill_edges", Bool).optional(), p("constant_value", Number).optional(),
    ], Returns::Argument(0))],
        "The series with gaps filled along a straight line.").named(FirstArgument),
    scalar(F, "series_fit_poly", &[computed(&[
        p("y_series", Array), p("x_series", Array).optional(), t("degree", Int).optional(),
    ], Columns { named_by: 0, fields: POLYNOMIAL })],
        "The polynomial that fits a series best."),
    scalar(F, "series_add", PAIR_TO_ARRAY, "The sum of two series, element by element."),
    scalar(F, "series_subtract", PAIR_TO_ARRAY,
        "The difference of two series, element by element."),
    scalar(F, "series_multiply", PAIR_TO_ARRAY, "The product of two series, element by element."),
    scalar(F, "series_divide", &[
        o(&[p("series1", Array), p("series2", Array)], REALS),
        o(&[p("series1", Array), p("series2", Number)], REALS),
        o(&[p("series1", Number), p("series2", Array)], REALS),
    ],
        "The quotient of two series, element by element."),
    scalar(F, "series_pow", &[
        o(&[p("series1", Array), p("series2", Array)], REALS),
        o(&[p("series1", Array), p("series2", Number)], REALS),
        o(&[p("series1", Number), p("series2", Array)], REALS),
    ],
        "The power of two series, element by element."),
    scalar(F, "series_greater", PAIR_TO_BOOLS,
        "For each pair of elements whether the first is greater."),
    scalar(F, "series_greater_equals", PAIR_TO_BOOLS,
        "For each pair of elements whether the first is not smaller."),
    scalar(F, "series_less", PAIR_TO_BOOLS,
        "For each pair of elements whether the first is smaller."),
    scalar(F, "series_less_equals", PAIR_TO_BOOLS,
        "For each pair of elements whether the first is not greater."),
    scalar(F, "series_equals", PAIR_TO_BOOLS, "For each pair of elements whether they are equal."),
    scalar(F, "series_not_equals", PAIR_TO_BOOLS, "For each pair of elements whether they differ."),
    scalar(F, "series_exp", ONE_TO_REALS, "The exponential of each element."),
    scalar(F, "series_sign", &[o(&[p("series", Array)], LONGS)], "The sign of each element."),
    scalar(F, "series_abs", &[o(&[p("series", Array)], Returns::Argument(0))],
        "The absolute value of each element."),
    scalar(F, "series_sin", ONE_TO_REALS, "The sine of each element."),
    scalar(F, "series_asin", ONE_TO_REALS, "The arcsine of each element."),
    scalar(F, "series_cos", ONE_TO_REALS, "The cosine of each element."),
    scalar(F, "series_acos", ONE_TO_REALS, "The arccosine of each element."),
    scalar(F, "series_tan", ONE_TO_REALS, "The tangent of each element."),
    scalar(F, "series_atan", ONE_TO_REALS, "The arctangent of each element."),
    scalar(F, "series_magnitude", &[to(&[p("series", Array)], Real)],
        "The length of the series as a vector."),
    scalar(F, "series_sum", &[to(&[p("series", Array)], Real)], "The sum of the elements."),
    scalar(F, "series_product", &[to(&[p("series", Array)], Real)], "The product of the elements."),
    scalar(F, "series_log", ONE_TO_REALS, "The natural logarithm of each element."),
    scalar(F, "series_floor", &[o(&[p("series", Array)], ARRAY)], "Each element rounded down."),
    scalar(F, "series_ceiling", &[o(&[p("series", Array)], Returns::Argument(0))],
        "Each element rounded up."),
    scalar(F, "series_seasonal", &[
        o(&[p("series", Array)], REALS),
        o(&[p("series", Array), p("period", Integer)], REALS),
        o(&[p("series", Array), p("period", Integer), p("test_points", Integer)], REALS),
    ],
        "The part of a series that repeats with its period."),
    scalar(F, "series_decompose", &[computed(&[
        p("series", Array), p("period", Integer).optional(), t("trend", String).optional(),
        p("test_points", Integer).optional(), p("seasonality_threshold", Number).optional(),
    ], Columns { named_by: 0, fields: DECOMPOSED })],
        "The series taken apart into season, trend and rest."),
    scalar(F, "series_decompose_forecast", &[computed(&[
        p("series", Array), p("test_points", Integer), p("period", Integer).optional(),
        t("trend", String).optional(), p("seasonality_threshold", Number).optional(),
    ], Columns { named_by: 0, fields: DECOMPOSED })],
        "The series continued by its season and trend."),
    scalar(F, "series_decompose_anomalies", &[computed(&[
        p("series", Array), p("threshold", Number).optional(), p("period", Integer).optional(),
        t("trend", String).optional(), p("test_points", Integer).optional(),
        t("method", String).optional(), p("seasonality_threshold", Number).optional(),
    ], Columns { named_by: 0, fields: ANOMALIES })],
        "Marks the elements that season and trend do not explain."),
    scalar(F, "series_pearson_correlation", &[to(&[
        p("series1", Array), p("series2", Array),
    ], Real)],
        "The Pearson correlation of two series."),
    scalar(F, "series_dot_product", &[
        to(&[p("series1", Array), p("series2", Array)], Real),
        to(&[p("series1", Array), p("series2", Number)], Real),
        to(&[p("series1", Number), p("series2", Array)], Real),
    ],
        "The dot product of two series."),
    scalar(F, "series_cosine_similarity", &[to(&[
        p("series1", Array), p("series2", Array), t("series1_magnitude", Real).optional(),
        t("series2_magnitude", Real).optional(),
    ], Real)],
        "The cosine of the angle between two series as vectors."),
];
