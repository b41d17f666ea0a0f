//! Arrays, bags and sets.

use super::super::function::Family::Dynamic as F;
use super::super::function::Function;
use super::super::function::NullRule::{Answers, Chooses};
use super::super::function::ResultName::PrefixAndFirstArgument;
use super::super::kit::{ARRAYS, BAG, STRINGS, computed, o, p, pure, scalar, t, to};
use super::super::signature::Computed::{
    ArrayOfArguments, ArrayOfChoice, ArrayOfRow, BagOfBags, BagOfColumns, BagOfPairs, BagOfRow,
    BagWithKey, BagWithoutKeys, CommonArray, SortedArrays,
};
use super::super::signature::ParameterType::{Array, ArrayOrBag, Bag, Integer, Scalar, Summable};
use super::super::signature::{Layout, REPEATS_COUNT_MAX as MANY, Returns};
use crate::types::ScalarType::{Bool, Long, Real, String};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "treepath", &[o(&[p("object", Bag)], STRINGS)],
        "The paths to all leaves of a dynamic value, as an array.")
        .prefixed(PrefixAndFirstArgument, "tree"),
    pure(F, "repeat", &[o(&[p("value", Scalar), t("count", Long)], Returns::ArrayOfFirst)],
        "An array of the same value so many times.").prefixed(PrefixAndFirstArgument, "repeat"),
    pure(F, "arraylength", &[to(&[p("array", Array)], Long)],
        "The old name of `array_length`.").instead("array_length"),
    pure(F, "array_length", &[to(&[p("array", ArrayOrBag)], Long)],
        "Counts the elements of an array; null of a bag."),
    pure(F, "range", &[o(&[
        p("start", Summable), p("stop", Summable), p("step", Summable).optional(),
    ], Returns::ArrayOfFirst)],
        "An array of values at equal steps, both ends counted."),
    pure(F, "array_concat", &[computed(&[p("array", Array).times(1, 64)], CommonArray).repeating()],
        "One array of the elements of all."),
    pure(F, "array_iif", &[computed(&[
        p("condition_array", Array), p("when_true", Scalar), p("when_false", Scalar),
    ], ArrayOfChoice)],
        "Chooses for each element of a condition array from two others; the other name of `array_iff`.")
        .not_offered().nulls(Chooses),
    pure(F, "array_iff", &[computed(&[
        p("condition_array", Array), p("when_true", Scalar), p("when_false", Scalar),
    ], ArrayOfChoice)],
        "Chooses for each element of a condition array from two others.").nulls(Chooses),
    pure(F, "array_index_of", &[to(&[
        p("array", Array), p("value", Scalar), p("start", Integer).optional(),
        p("length", Integer).optional(), p("occurrence", Integer).constant().optional(),
    ], Long)],
        "The index of a value in an array, from 0; -1 where it is not."),
    pure(F, "array_slice", &[o(&[
        p("array", Array), p("start", Integer), p("end", Integer),
    ], Returns::Argument(0))],
        "The elements from one index to another, both counted."),
    pure(F, "array_split", &[
        o(&[p("array", Array), p("index", Integer)], Returns::Argument(0)),
        o(&[p("array", Array), p("indices", Array)], Returns::Argument(0)),
    ],
        "The array cut before the given indexes, as an array of arrays."),
    pure(F, "array_shift_left", &[o(&[
        p("array", Array), p("shift_count", Integer), p("default_value", Scalar).optional(),
    ], Returns::Argument(0))],
        "The elements moved to lower indexes, with a value in the places left free."),
    pure(F, "array_shift_right", &[o(&[
        p("array", Array), p("shift_count", Integer), p("default_value", Scalar).optional(),
    ], Returns::Argument(0))],
        "The elements moved to higher indexes, with a value in the places left free."),
    pure(F, "array_reverse", &[o(&[p("value", Array)], Returns::Argument(0))],
        "The elements in reverse order."),
    pure(F, "array_rotate_left", &[o(&[
        p("array", Array), p("rotate_count", Integer),
    ], Returns::Argument(0))],
        "The elements moved to lower indexes, those that fall out put at the end."),
    pure(F, "array_rotate_right", &[o(&[
        p("array", Array), p("rotate_count", Integer),
    ], Returns::Argument(0))],
        "The elements moved to higher indexes, those that fall out put at the start."),
    scalar(F, "array_sort_asc", &[computed(&[
        p("arrays", Array).times(1, 64), t("nulls_last", Bool).constant().optional(),
    ], SortedArrays).layout(Layout::FlagLast)],
        "The array sorted upwards, and others in the same order."),
    scalar(F, "array_sort_desc", &[computed(&[
        p("arrays", Array).times(1, 64), t("nulls_last", Bool).constant().optional(),
    ], SortedArrays).layout(Layout::FlagLast)],
        "The array sorted downwards, and others in the same order."),
    pure(F, "bag_keys", &[o(&[p("object", Bag)], STRINGS)], "The keys of a bag, as an array."),
    pure(F, "zip", &[o(&[p("array", Array).times(2, 64)], ARRAYS).repeating()],
        "An array of arrays: the first elements of all, then the second ones."),
    pure(F, "pack", &[computed(&[
        t("key", String).times(1, MANY), p("value", Scalar).times(1, MANY),
    ], BagOfPairs).block()],
        "The old name of `bag_pack`.").instead("bag_pack").nulls(Answers),
    pure(F, "pack_dictionary", &[computed(&[
        t("key", String).times(1, MANY), p("value", Scalar).times(1, MANY),
    ], BagOfPairs).block()],
        "The old name of `bag_pack`.").instead("bag_pack").nulls(Answers),
    pure(F, "bag_pack", &[computed(&[
        t("key", String).times(1, MANY), p("value", Scalar).times(1, MANY),
    ], BagOfPairs).block()],
        "A bag of keys and values.").nulls(Answers),
    pure(F, "bag_pack_columns", &[computed(&[
        p("value", Scalar).column().times(1, MANY),
    ], BagOfColumns).repeating()],
        "A bag of columns, their names as keys.").nulls(Answers),
    pure(F, "pack_all", &[computed(&[
        p("ignore_null_empty", Scalar).literal().optional(),
    ], BagOfRow)],
        "A bag of all columns of the row.").nulls(Answers),
    pure(F, "pack_array", &[
        computed(&[p("value", Scalar).times(1, MANY)], ArrayOfArguments).repeating(),
        computed(&[p("value", Scalar).star_only()], ArrayOfRow),
    ],
        "An array of its arguments.").nulls(Answers),
    pure(F, "set_has_element", &[to(&[p("set", Array), p("value", Scalar)], Bool)],
        "True if the array has the value."),
    pure(F, "set_union", &[computed(&[p("set", Array).times(2, 64)], CommonArray).repeating()],
        "The distinct elements of all arrays."),
    pure(F, "set_intersect", &[computed(&[p("set", Array).times(2, 64)], CommonArray).repeating()],
        "The distinct elements that every array has."),
    pure(F, "set_difference", &[computed(&[p("set", Array).times(2, 64)], CommonArray).repeating()],
        "The distinct elements of the first array that no other has."),
    pure(F, "set_equals", &[to(&[p("set1", Array), p("set2", Array)], Bool)],
        "True if both arrays have the same distinct elements."),
    pure(F, "bag_merge", &[computed(&[p("bag", Bag).times(2, 64)], BagOfBags).repeating()],
        "A bag of the properties of all; of equal keys the first counts."),
    pure(F, "bag_remove_keys", &[computed(&[p("bag", Bag), p("keys", Array)], BagWithoutKeys)],
        "The bag without some keys."),
    pure(F, "bag_has_key", &[to(&[p("bag", Bag), t("key", String)], Bool)],
        "True if the bag has the key."),
    pure(F, "jaccard_index", &[to(&[p("set", Array).times(2, 2)], Real).repeating()],
        "The size of the common part of two sets over that of their union."),
    pure(F, "bag_set_key", &[computed(&[
        p("bag", Bag), t("key", String).constant(), p("value", Scalar),
    ], BagWithKey)],
        "The bag with a key set to a value."),
    pure(F, "bag_zip", &[o(&[p("keys", Array), p("values", Array)], BAG)],
        "A bag of an array of keys and an array of values."),
    scalar(F, "array_sum", &[to(&[p("array", Array)], Real)],
        "The old name of `series_sum`.").instead("series_sum"),
];
