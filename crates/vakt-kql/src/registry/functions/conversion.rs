//! Conversion between types.

use super::super::function::Family::Conversion as F;
use super::super::function::Function;
use super::super::function::NullRule::Answers;
use super::super::function::ResultName::{FirstArgument, PrefixAndFirstArgument};
use super::super::kit::{o, p, pure, scalar, t, to};
use super::super::signature::ParameterType::{Any, Integer, Number, Scalar, StringOrDynamic};
use super::super::signature::{Place, REPEATS_COUNT_MAX as MANY, Returns};
use crate::types::ScalarType::{
    Bool, Datetime, Decimal, Dynamic, Guid, Int, Long, Real, String, Timespan, Type,
};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "tostring", &[to(&[p("value", Scalar)], String)],
        "The value as text; null is the empty text.").named(FirstArgument).nulls(Answers),
    pure(F, "tohex", &[to(&[p("value", Integer), p("minLength", Integer).optional()], String)],
        "The hexadecimal digits of an integer, filled with zeros to a length.")
        .named(FirstArgument),
    pure(F, "todynamic", &[to(&[t("value", String)], Dynamic)],
        "The dynamic value that a JSON text stands for.").named(FirstArgument),
    pure(F, "toobject", &[to(&[t("value", String)], Dynamic)],
        "The old name of `todynamic`.").named(FirstArgument).instead("todynamic"),
    pure(F, "tolong", &[to(&[p("value", Scalar)], Long)],
        "The value as long, null where it is no number.").named(FirstArgument),
    pure(F, "toint", &[to(&[p("value", Scalar)], Int)],
        "The value as int, null where it is no number.").named(FirstArgument),
    pure(F, "toreal", &[to(&[p("value", Scalar)], Real)],
        "The value as real, null where it is no number; the other name of `todouble`.")
        .named(FirstArgument),
    pure(F, "todouble", &[to(&[p("value", Scalar)], Real)],
        "The value as real, null where it is no number.").named(FirstArgument),
    pure(F, "todatetime", &[to(&[p("value", Scalar)], Datetime)],
        "The value as datetime, null where it is none.").named(FirstArgument),
    pure(F, "totimespan", &[to(&[p("value", Scalar)], Timespan)],
        "The value as timespan, null where it is none.").named(FirstArgument),
    pure(F, "totime", &[to(&[p("value", Scalar)], Timespan)],
        "The old name of `totimespan`.").named(FirstArgument).instead("totimespan"),
    pure(F, "tobool", &[to(&[p("value", Scalar)], Bool)],
        "The value as bool, null where it is none.").named(FirstArgument),
    pure(F, "toboolean", &[to(&[p("value", Scalar)], Bool)],
        "The value as bool, null where it is none; the other name of `tobool`.")
        .named(FirstArgument),
    pure(F, "todecimal", &[to(&[p("value", Scalar)], Decimal)],
        "The value as decimal, null where it is no number.").named(FirstArgument),
    pure(F, "toguid", &[to(&[p("value", StringOrDynamic)], Guid)],
        "The text as guid, null where it is none.").named(FirstArgument),
    pure(F, "gettype", &[to(&[p("value", Scalar)], String)],
        "The name of the type that the value has at run time.")
        .prefixed(PrefixAndFirstArgument, "type").nulls(Answers),
    scalar(F, "format_bytes", &[to(&[
        p("size", Number), p("precision", Number).constant().optional(),
        t("format", String).constant().optional(),
    ], String)],
        "A count of bytes as text with a unit, as `1.5 MB`.").named(FirstArgument),
    pure(F, "__invoke", &[o(&[
        t("name", String).literal(), t("type", Type).literal(), p("arg", Any).times(0, MANY),
    ], Returns::TypeNamedBy(Place::Second)).repeating()],
        "Calls a function by its name.").not_offered(),
    pure(F, "__cast", &[o(&[
        t("type", Type).literal(), p("value", Scalar),
    ], Returns::TypeNamedBy(Place::First))],
        "The value as the type that is named.").not_offered(),
];
