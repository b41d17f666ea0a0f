//! The aggregates.

use super::function::NullRule::CountsRows;
use super::function::ResultName::FirstArgument;
use super::function::{Function, ResultName};
use super::kit::{ARRAY, BAG, aggregate, computed, o, p, t, to, unnamed};
use super::signature::Computed::{AnyOf, ArgExtreme, OldArgExtreme, Percentiles, PercentilesArray};
use super::signature::ParameterType::{
    Array, Bag, Integer, NotDynamic, NotRealOrBool, Number, Orderable, Scalar, Summable,
};
use super::signature::{REPEATS_COUNT_MAX as MANY, Returns};
use crate::types::ScalarType::{Bool, Datetime, Decimal, Long, Real, Timespan};

/// All tables.
pub(super) static TABLES: &[&[Function]] = &[ROWS];

#[rustfmt::skip]
static ROWS: &[Function] = &[
    aggregate("sum", "sum", &[o(&[p("expr", Summable)], Returns::FirstPromoted)], "The sum."),
    aggregate("sumif", "sumif", &[o(&[
        p("expr", Summable), t("predicate", Bool),
    ], Returns::FirstPromoted)],
        "The sum of the rows for which a condition holds."),
    aggregate("cnt", "cnt", &[to(&[], Long)],
        "The old name of `count`.").instead("count").nulls(CountsRows),
    // the engine takes any argument and counts the rows all the same, where the analyzer asks for bool
    aggregate("count", "count", &[to(&[], Long), to(&[p("expr", Scalar)], Long).not_offered()],
        "Counts rows.").nulls(CountsRows),
    aggregate("countif", "countif", &[to(&[t("predicate", Bool)], Long)],
        "Counts the rows for which a condition holds."),
    aggregate("dcount", "dcount", &[to(&[
        p("expr", Scalar), p("accuracy", NotDynamic).optional(),
    ], Long)],
        "Counts distinct values, as an estimate."),
    aggregate("dcountif", "dcountif", &[to(&[
        p("expr", Scalar), t("predicate", Bool), p("accuracy", NotDynamic).optional(),
    ], Long)],
        "Counts the distinct values of the rows for which a condition holds, as an estimate."),
    aggregate("tdigest", "tdigest", &[o(&[
        p("expr", Summable), p("weight", Integer).optional(),
    ], ARRAY)],
        "A t-digest of the values, for percentiles later."),
    aggregate("tdigest_merge", "merge_tdigests", &[o(&[p("tdigest", Array)], ARRAY)],
        "One t-digest of those in the rows."),
    aggregate("merge_tdigest", "merge_tdigests", &[o(&[p("tdigest", Array)], ARRAY)],
        "One t-digest of those in the rows; the other name of `tdigest_merge`."),
    aggregate("hll", "hll", &[o(&[
        p("expr", NotRealOrBool), p("accuracy", Integer).optional(),
    ], ARRAY)],
        "A HyperLogLog sketch of the values, for distinct counts later."),
    aggregate("hll_if", "hll_if", &[o(&[
        p("expr", NotRealOrBool), t("predicate", Bool), p("accuracy", Integer).optional(),
    ], ARRAY)],
        "A HyperLogLog sketch of the rows for which a condition holds."),
    aggregate("hll_merge", "hll_merge", &[o(&[p("hll", Array)], ARRAY)],
        "One HyperLogLog sketch of those in the rows."),
    aggregate("min", "min", &[o(&[p("expr", Orderable)], Returns::Argument(0))],
        "The smallest value."),
    aggregate("minif", "minif", &[o(&[
        p("expr", Orderable), t("predicate", Bool),
    ], Returns::Argument(0))],
        "The smallest value of the rows for which a condition holds."),
    aggregate("max", "max", &[o(&[p("expr", Orderable)], Returns::Argument(0))],
        "The greatest value."),
    aggregate("maxif", "maxif", &[o(&[
        p("expr", Orderable), t("predicate", Bool),
    ], Returns::Argument(0))],
        "The greatest value of the rows for which a condition holds."),
    aggregate("avg", "avg", &[
        to(&[p("expr", Integer)], Real),
        to(&[t("expr", Real)], Real),
        to(&[t("expr", Decimal)], Decimal),
        to(&[t("expr", Timespan)], Timespan),
        to(&[t("expr", Datetime)], Datetime),
    ],
        "The average."),
    aggregate("avgif", "avgif", &[
        to(&[p("expr", Integer), t("predicate", Bool)], Real),
        to(&[t("expr", Real), t("predicate", Bool)], Real),
        to(&[t("expr", Decimal), t("predicate", Bool)], Decimal),
        to(&[t("expr", Timespan), t("predicate", Bool)], Timespan),
        to(&[t("expr", Datetime), t("predicate", Bool)], Datetime),
    ],
        "The average of the rows for which a condition holds."),
    aggregate("makelist", "list", &[o(&[
        p("expr", Scalar), p("maxSize", Integer).optional(),
    ], Returns::ArrayOfFirst)],
        "The old name of `make_list`.").instead("make_list"),
    aggregate("make_list", "list", &[o(&[
        p("expr", Scalar), p("maxSize", Integer).optional(),
    ], Returns::ArrayOfFirst)],
        "All values, as an array."),
    aggregate("make_list_if", "list", &[o(&[
        p("expr", Scalar), t("predicate", Bool), p("maxSize", Integer).optional(),
    ], Returns::ArrayOfFirst)],
        "The values of the rows for which a condition holds, as an array."),
    aggregate("make_list_with_nulls", "list", &[o(&[p("expr", Scalar)], Returns::ArrayOfFirst)],
        "All values with the nulls, as an array.").nulls(CountsRows),
    aggregate("makeset", "set", &[o(&[
        p("expr", Scalar), p("maxSize", Integer).optional(),
    ], Returns::ArrayOfFirst)],
        "The old name of `make_set`.").instead("make_set"),
    aggregate("make_set", "set", &[o(&[
        p("expr", Scalar), p("maxSize", Integer).optional(),
    ], Returns::ArrayOfFirst)],
        "The distinct values, as an array."),
    aggregate("make_set_if", "set", &[o(&[
        p("expr", Scalar), t("predicate", Bool), p("maxSize", Integer).optional(),
    ], Returns::ArrayOfFirst)],
        "The distinct values of the rows for which a condition holds, as an array."),
    aggregate("make_dictionary", "dictionary", &[o(&[
        p("expr", Bag), p("maxSize", Integer).optional(),
    ], BAG)],
        "A bag of the properties of all bags; the old name of `make_bag`.").not_offered(),
    aggregate("make_bag", "bag", &[o(&[p("expr", Bag), p("maxSize", Integer).optional()], BAG)],
        "A bag of the properties of all bags."),
    aggregate("make_bag_if", "bag", &[o(&[
        p("expr", Bag), t("predicate", Bool), p("maxSize", Integer).optional(),
    ], BAG)],
        "A bag of the properties of the bags for which a condition holds."),
    aggregate("buildschema", "schema", &[o(&[p("expr", Bag)], BAG)],
        "The least schema that all the dynamic values fit."),
    unnamed("passthrough", &[o(&[p("expr", Scalar)], Returns::Argument(0))],
        "The only value.").named(FirstArgument).not_offered(),
    unnamed("percentile", &[computed(&[p("expr", Scalar), p("percentile", Number)], Percentiles)],
        "The value below which so many percent lie."),
    unnamed("percentiles", &[computed(&[
        p("expr", Scalar), p("percentile", Number).times(1, MANY),
    ], Percentiles).repeating()],
        "Several percentiles, each a column."),
    unnamed("percentiles_array", &[
        computed(&[
            p("expr", Scalar), p("percentile", Number).times(1, MANY),
        ], PercentilesArray).repeating(),
        computed(&[p("expr", Scalar), p("percentiles", Array)], PercentilesArray),
    ],
        "Several percentiles, as an array."),
    unnamed("percentilew", &[computed(&[
        p("expr", Scalar), p("weight", Integer), p("percentile", Number),
    ], Percentiles)],
        "A percentile of values with weights."),
    unnamed("percentilesw", &[computed(&[
        p("expr", Scalar), p("weight", Integer), p("percentile", Number).times(1, MANY),
    ], Percentiles).repeating()],
        "Several percentiles of values with weights, each a column."),
    unnamed("percentilesw_array", &[
        computed(&[
            p("expr", Scalar), p("weight", Integer), p("percentile", Number).times(1, MANY),
        ], PercentilesArray).repeating(),
        computed(&[
            p("expr", Scalar), p("weight", Integer), p("percentiles", Array),
        ], PercentilesArray),
    ],
        "Several percentiles of values with weights, as an array."),
    aggregate("stdev", "stdev", &[to(&[p("expr", Summable)], Real)],
        "The standard deviation of a sample."),
    aggregate("stdevif", "stdevif", &[to(&[p("expr", Summable), t("predicate", Bool)], Real)],
        "The standard deviation of a sample, of the rows for which a condition holds."),
    aggregate("stdevp", "stdevp", &[to(&[p("expr", Summable)], Real)],
        "The standard deviation of a whole population."),
    aggregate("variance", "variance", &[to(&[p("expr", Summable)], Real)],
        "The variance of a sample."),
    aggregate("varianceif", "varianceif", &[to(&[p("expr", Summable), t("predicate", Bool)], Real)],
        "The variance of a sample, of the rows for which a condition holds."),
    aggregate("variancep", "variancep", &[to(&[p("expr", Summable)], Real)],
        "The variance of a whole population."),
    aggregate("variancepif", "variancepif", &[to(&[
        p("expr", Summable), t("predicate", Bool),
    ], Real)],
        "The variance of a whole population, of the rows for which a condition holds."),
    aggregate("covariance", "covariance", &[to(&[p("expr", Summable), p("expr", Summable)], Real)],
        "The covariance of a sample."),
    aggregate("covarianceif", "covarianceif", &[to(&[
        p("expr", Summable), p("expr", Summable), t("predicate", Bool),
    ], Real)],
        "The covariance of a sample, of the rows for which a condition holds."),
    aggregate("covariancep", "covariancep", &[to(&[
        p("expr", Summable), p("expr", Summable),
    ], Real)],
        "The covariance of a whole population."),
    aggregate("covariancepif", "covariancepif", &[to(&[
        p("expr", Summable), p("expr", Summable), t("predicate", Bool),
    ], Real)],
        "The covariance of a whole population, of the rows for which a condition holds."),
    aggregate("any", "any", &[
        o(&[p("expr", Scalar)], Returns::Argument(0)),
        computed(&[p("expr", Scalar).times(2, MANY)], AnyOf { prefix: "" }).repeating(),
        computed(&[p("expr", Scalar).star_only()], AnyOf { prefix: "" }),
    ],
        "The old name of `take_any`.").instead("take_any"),
    unnamed("take_any", &[computed(&[
        p("expr", Scalar).star_allowed().times(1, MANY),
    ], AnyOf { prefix: "any_" }).repeating()],
        "The values of some row, the first that is not empty if possible."),
    aggregate("anyif", "anyif", &[o(&[
        p("expr", Scalar), t("predicate", Bool),
    ], Returns::Argument(0))],
        "The old name of `take_anyif`.").instead("take_anyif"),
    unnamed("take_anyif", &[o(&[p("expr", Scalar), t("predicate", Bool)], Returns::Argument(0))],
        "The value of some row for which a condition holds.").named(FirstArgument),
    unnamed("arg_min", &[computed(&[
        p("minimized", Orderable), p("returned", Scalar).star_allowed().times(0, MANY),
    ], ArgExtreme { prefix: "min" }).repeating()],
        "The row in which the first argument is smallest: it and the other columns."),
    unnamed("arg_max", &[computed(&[
        p("maximized", Orderable), p("returned", Scalar).star_allowed().times(0, MANY),
    ], ArgExtreme { prefix: "max" }).repeating()],
        "The row in which the first argument is greatest: it and the other columns."),
    unnamed("argmin", &[computed(&[
        p("minimized", Orderable), p("returned", Scalar).star_allowed().times(0, MANY),
    ], OldArgExtreme { prefix: "min" }).repeating()],
        "The old name of `arg_min`.").prefixed(ResultName::None, "min").instead("arg_min"),
    unnamed("argmax", &[computed(&[
        p("maximized", Orderable), p("returned", Scalar).star_allowed().times(0, MANY),
    ], OldArgExtreme { prefix: "max" }).repeating()],
        "The old name of `arg_max`.").prefixed(ResultName::None, "max").instead("arg_max"),
    unnamed("binary_all_or", &[o(&[p("expr", Summable)], Returns::Argument(0))],
        "The bits that any value has.").named(FirstArgument),
    unnamed("binary_all_and", &[o(&[p("expr", Summable)], Returns::Argument(0))],
        "The bits that all values have.").named(FirstArgument),
    unnamed("binary_all_xor", &[o(&[p("expr", Summable)], Returns::Argument(0))],
        "The bits that an odd number of values have.").named(FirstArgument),
    aggregate("count_distinct", "count_distinct", &[to(&[p("expr", NotDynamic)], Long)],
        "Counts distinct values exactly.").faster("dcount"),
    aggregate("count_distinctif", "count_distinctif", &[to(&[
        p("expr", NotDynamic), t("predicate", Bool),
    ], Long)],
        "Counts the distinct values of the rows for which a condition holds, exactly.")
        .faster("dcountif"),
];
