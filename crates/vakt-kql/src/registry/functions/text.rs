//! Texts.

use super::super::function::{Family::Text, Function, NullRule::*, ResultName::*};
use super::super::kit::{p, pure, t, to};
use super::super::signature::ParameterType::*;
use crate::types::ScalarType::{Long, String};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(Text, "strlen", &[to(&[p("string", StringOrDynamic)], Long)],
        "Counts the characters of a text.").named(NameAndFirstArgument),
    pure(Text, "strcat", &[to(&[p("arg", Scalar).times(1, 64)], String).repeating()],
        "Joins its arguments into one text.").nulls(Answers),
];
