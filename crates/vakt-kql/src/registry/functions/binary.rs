//! Bits.

use super::super::function::Family::Binary as F;
use super::super::function::Function;
use super::super::function::ResultName::FirstArgument;
use super::super::kit::{p, pure, to};
use super::super::signature::ParameterType::Integer;
use crate::types::ScalarType::Long;

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "binary_and", &[to(&[p("value1", Integer), p("value2", Integer)], Long)],
        "The bits that both numbers have.").named(FirstArgument),
    pure(F, "binary_or", &[to(&[p("value1", Integer), p("value2", Integer)], Long)],
        "The bits that at least one number has.").named(FirstArgument),
    pure(F, "binary_xor", &[to(&[p("value1", Integer), p("value2", Integer)], Long)],
        "The bits that one of the two numbers has.").named(FirstArgument),
    pure(F, "binary_not", &[to(&[p("value", Integer)], Long)],
        "The number with all bits turned.").named(FirstArgument),
    pure(F, "binary_shift_right", &[to(&[p("value", Integer), p("shift", Integer)], Long)],
        "The bits moved right.").named(FirstArgument),
    pure(F, "binary_shift_left", &[to(&[p("value", Integer), p("shift", Integer)], Long)],
        "The bits moved left.").named(FirstArgument),
    pure(F, "bitset_count_ones", &[to(&[p("value", Integer)], Long)],
        "Counts the bits that are set.").named(FirstArgument),
];
