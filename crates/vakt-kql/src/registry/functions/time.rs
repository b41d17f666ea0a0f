//! Date and time.

use super::super::function::Family::Time as F;
use super::super::function::Function;
use super::super::function::NullRule::Answers;
use super::super::function::ResultName::{FirstArgument, OnlyArgument};
use super::super::function::Volatility::Stable;
use super::super::kit::{ARRAY, computed, o, p, pure, t, to};
use super::super::signature::ArgumentKind::LiteralNotEmpty;
use super::super::signature::Computed::PartDifference;
use super::super::signature::Overload;
use super::super::signature::ParameterType::{Integer, Number, Scalar};
use crate::types::ScalarType::{Datetime, Int, Long, String, Timespan};

#[rustfmt::skip]
const STEPS: &[&str] = &[
    "year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond",
    "microsecond", "nanosecond",
];

#[rustfmt::skip]
const PARTS: &[&str] = &[
    "year", "quarter", "month", "week_of_year", "day", "dayofyear", "hour", "minute", "second",
    "millisecond", "microsecond", "nanosecond",
];

#[rustfmt::skip]
const DATE_TO_INT: &[Overload] = &[
    to(&[t("date", Datetime)], Int),
];

#[rustfmt::skip]
const DATE_AND_OFFSET: &[Overload] = &[
    to(&[t("date", Datetime), t("offset", Long).optional()], Datetime),
];

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "datetime_local_to_utc", &[to(&[t("from", Datetime), t("timezone", String)], Datetime)],
        "The moment in UTC of a local time of a time zone."),
    pure(F, "datetime_utc_to_local", &[to(&[t("from", Datetime), t("timezone", String)], Datetime)],
        "The local time of a time zone at a moment in UTC."),
    pure(F, "datetime_list_timezones", &[o(&[], ARRAY)],
        "The names of all time zones, as an array.").nulls(Answers),
    pure(F, "format_datetime", &[to(&[
        t("date", Datetime), t("format", String).as_kind(LiteralNotEmpty),
    ], String)],
        "The moment as text after a pattern.").named(FirstArgument),
    pure(F, "format_timespan", &[to(&[
        t("timespan", Timespan), t("format", String).as_kind(LiteralNotEmpty),
    ], String)],
        "The duration as text after a pattern.").named(FirstArgument),
    pure(F, "make_datetime", &[
        to(&[
            p("year", Number), p("month", Number), p("day", Number), p("hour", Number).optional(),
            p("minute", Number).optional(), p("second", Number).optional(),
        ], Datetime),
        to(&[p("value", Scalar)], Datetime),
    ],
        "The moment of a year, month, day and time, or of a text.").named(OnlyArgument),
    pure(F, "make_timespan", &[
        to(&[
            p("days", Integer), p("hours", Integer), p("minutes", Integer), p("seconds", Number),
        ], Timespan),
        to(&[
            p("hours", Integer), p("minutes", Integer), p("seconds", Number).optional(),
        ], Timespan),
        to(&[p("value", Scalar)], Timespan),
    ],
        "The duration of days, hours, minutes and seconds, or of a text.").named(OnlyArgument),
    pure(F, "datetime_add", &[to(&[
        t("part", String).literal().values(STEPS), p("value", Integer), t("datetime", Datetime),
    ], Datetime)],
        "The moment so many years, months or other parts later."),
    pure(F, "datetime_diff", &[computed(&[
        t("part", String).literal().values(STEPS), t("datetime1", Datetime),
        t("datetime2", Datetime),
    ], PartDifference)],
        "Counts the borders of years, months or other parts between two moments."),
    pure(F, "dayofweek", &[to(&[t("date", Datetime)], Timespan)],
        "The days since the Sunday before, as a timespan."),
    pure(F, "dayofmonth", DATE_TO_INT, "The day of the month, from 1."),
    pure(F, "dayofyear", DATE_TO_INT, "The day of the year, from 1."),
    pure(F, "hourofday", DATE_TO_INT, "The hour of the day, from 0."),
    pure(F, "weekofyear", DATE_TO_INT, "The old name of `week_of_year`.").instead("week_of_year"),
    pure(F, "week_of_year", DATE_TO_INT, "The ISO week of the year, from 1."),
    pure(F, "monthofyear", DATE_TO_INT,
        "The month of the year, from 1; the other name of `getmonth`."),
    pure(F, "startofday", DATE_AND_OFFSET,
        "The first moment of the day, or of one so many days later.").named(FirstArgument),
    pure(F, "startofweek", DATE_AND_OFFSET,
        "The first moment of the week, a Sunday, or of one so many weeks later."),
    pure(F, "startofmonth", DATE_AND_OFFSET,
        "The first moment of the month, or of one so many months later."),
    pure(F, "startofyear", DATE_AND_OFFSET,
        "The first moment of the year, or of one so many years later."),
    pure(F, "endofday", DATE_AND_OFFSET,
        "The last moment of the day, or of one so many days later."),
    pure(F, "endofweek", DATE_AND_OFFSET,
        "The last moment of the week, a Saturday, or of one so many weeks later."),
    pure(F, "endofmonth", DATE_AND_OFFSET,
        "The last moment of the month, or of one so many months later."),
    pure(F, "endofyear", DATE_AND_OFFSET,
        "The last moment of the year, or of one so many years later."),
    pure(F, "getyear", DATE_TO_INT, "The year."),
    pure(F, "getmonth", DATE_TO_INT, "The month of the year, from 1."),
    pure(F, "datepart", &[to(&[
        t("part", String).literal().values(PARTS), t("date", Datetime),
    ], Int)],
        "The old name of `datetime_part`.").instead("datetime_part"),
    pure(F, "datetime_part", &[to(&[
        t("part", String).literal().values(PARTS), t("date", Datetime),
    ], Int)],
        "One part of a moment, as a number."),
    pure(F, "now", &[to(&[t("offset", Timespan).optional()], Datetime)],
        "The moment of the query, or one so much later.").lasting(Stable),
    pure(F, "ago", &[to(&[t("timespan", Timespan)], Datetime)],
        "The moment so much before the query.").lasting(Stable),
    pure(F, "unixtime_seconds_todatetime", &[to(&[p("number", Number)], Datetime)],
        "The moment so many seconds after 1970."),
    pure(F, "unixtime_milliseconds_todatetime", &[to(&[p("number", Number)], Datetime)],
        "The moment so many milliseconds after 1970."),
    pure(F, "unixtime_microseconds_todatetime", &[to(&[p("number", Number)], Datetime)],
        "The moment so many microseconds after 1970."),
    pure(F, "unixtime_nanoseconds_todatetime", &[to(&[p("number", Number)], Datetime)],
        "The moment so many nanoseconds after 1970."),
];
