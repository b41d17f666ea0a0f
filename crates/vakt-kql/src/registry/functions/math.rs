//! Mathematics.

use super::super::function::Family::Math as F;
use super::super::function::Function;
use super::super::function::NullRule::Answers;
use super::super::function::ResultName::FirstArgument;
use super::super::function::Volatility::Volatile;
use super::super::kit::{o, p, pure, scalar, t, to};
use super::super::signature::ParameterType::{Integer, Number};
use super::super::signature::{Overload, Returns};
use crate::types::ScalarType::{Bool, Long, Real, Timespan};

#[rustfmt::skip]
const NUMBER_TO_REAL: &[Overload] = &[
    to(&[p("number", Number)], Real),
];

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "round", &[o(&[
        p("number", Number), t("precision", Long).constant().optional(),
    ], Returns::Argument(0))],
        "The number rounded to so many digits, half away from zero.").named(FirstArgument),
    pure(F, "ceiling", &[o(&[p("number", Number)], Returns::Argument(0))],
        "The number rounded up.").named(FirstArgument),
    pure(F, "pow", &[to(&[p("base", Number), p("exponent", Number)], Real)],
        "The first number to the power of the second.").named(FirstArgument),
    pure(F, "sqrt", NUMBER_TO_REAL, "The square root.").named(FirstArgument),
    pure(F, "log", NUMBER_TO_REAL, "The natural logarithm.").named(FirstArgument),
    pure(F, "log2", NUMBER_TO_REAL, "The logarithm to base 2.").named(FirstArgument),
    pure(F, "log10", NUMBER_TO_REAL, "The logarithm to base 10.").named(FirstArgument),
    pure(F, "exp", NUMBER_TO_REAL, "e to the power of the number.").named(FirstArgument),
    pure(F, "exp2", NUMBER_TO_REAL, "2 to the power of the number.").named(FirstArgument),
    pure(F, "exp10", NUMBER_TO_REAL, "10 to the power of the number.").named(FirstArgument),
    pure(F, "pi", &[to(&[], Real)], "The number pi.").nulls(Answers),
    pure(F, "cos", NUMBER_TO_REAL, "The cosine of an angle in radians.").named(FirstArgument),
    pure(F, "sin", NUMBER_TO_REAL, "The sine of an angle in radians.").named(FirstArgument),
    pure(F, "tan", NUMBER_TO_REAL, "The tangent of an angle in radians.").named(FirstArgument),
    pure(F, "acos", NUMBER_TO_REAL, "The angle of which this is the cosine.").named(FirstArgument),
    pure(F, "asin", NUMBER_TO_REAL, "The angle of which this is the sine.").named(FirstArgument),
    pure(F, "atan", NUMBER_TO_REAL, "The angle of which this is the tangent.").named(FirstArgument),
    pure(F, "atan2", &[to(&[p("y", Number), p("x", Number)], Real)],
        "The angle of the direction to a point.").named(FirstArgument),
    pure(F, "abs", &[
        to(&[p("number", Integer)], Long),
        o(&[p("number", Number)], Returns::Argument(0)),
        to(&[t("number", Timespan)], Timespan),
    ],
        "The value without its sign.").named(FirstArgument),
    pure(F, "cot", NUMBER_TO_REAL, "The cotangent of an angle in radians."),
    pure(F, "degrees", &[to(&[p("radians", Number)], Real)], "Radians as degrees."),
    pure(F, "radians", &[to(&[p("degrees", Number)], Real)], "Degrees as radians."),
    pure(F, "sign", NUMBER_TO_REAL, "The sign: 1, 0 or -1."),
    pure(F, "rand", &[to(&[p("number", Integer).optional()], Real)],
        "A random number from 0 to 1, or below the argument.")
        .named(FirstArgument).nulls(Answers).lasting(Volatile),
    pure(F, "beta_cdf", &[to(&[p("x", Number), p("alpha", Number), p("beta", Number)], Real)],
        "The cumulative beta distribution."),
    pure(F, "beta_inv", &[to(&[
        p("probability", Number), p("alpha", Number), p("beta", Number),
    ], Real)],
        "The inverse of the cumulative beta distribution."),
    pure(F, "beta_pdf", &[to(&[p("x", Number), p("alpha", Number), p("beta", Number)], Real)],
        "The density of the beta distribution."),
    pure(F, "gamma", NUMBER_TO_REAL, "The gamma function.").named(FirstArgument),
    pure(F, "loggamma", NUMBER_TO_REAL,
        "The logarithm of the absolute value of the gamma function.").named(FirstArgument),
    pure(F, "erf", NUMBER_TO_REAL, "The error function.").named(FirstArgument),
    pure(F, "erfc", NUMBER_TO_REAL, "One minus the error function.").named(FirstArgument),
    pure(F, "isnan", &[to(&[t("number", Real)], Bool)],
        "True if the number is NaN.").nulls(Answers),
    pure(F, "isinf", &[to(&[t("number", Real)], Bool)],
        "True if the number is infinite.").nulls(Answers),
    pure(F, "isfinite", &[to(&[t("number", Real)], Bool)],
        "True if the number is neither infinite nor NaN.").nulls(Answers),
    scalar(F, "welch_test", &[to(&[
        p("mean1", Number), p("variance1", Number), p("count1", Number), p("mean2", Number),
        p("variance2", Number), p("count2", Number),
    ], Real)],
        "The p-value of Welch's test of two samples."),
];
