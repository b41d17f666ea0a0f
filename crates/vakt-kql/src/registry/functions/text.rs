//! Texts.

use super::super::function::Family::Text as F;
use super::super::function::Function;
use super::super::function::NullRule::Answers;
use super::super::function::ResultName::{FirstArgument, NameAndFirstArgument};
use super::super::kit::{ARRAY, STRINGS, o, p, pure, scalar, t, to};
use super::super::signature::ParameterType::{
    Array, Integer, IntegerOrArray, Scalar, StringOrDynamic,
};
use super::super::signature::REPEATS_COUNT_MAX as MANY;
use crate::types::ScalarType::{Bool, Long, String};

#[rustfmt::skip]
const COUNT_KINDS: &[&str] = &[
    "normal", "regex",
];

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "strcat", &[to(&[p("arg", Scalar).times(1, 64)], String).repeating()],
        "Joins its arguments into one text.").nulls(Answers),
    pure(F, "strcat_array", &[to(&[p("array", Array), p("delimiter", Scalar)], String)],
        "Joins the elements of an array with a text between them."),
    pure(F, "array_strcat", &[to(&[p("array", Array), p("delimiter", Scalar)], String)],
        "Joins the elements of an array with a text between them; the other name of `strcat_array`."),
    pure(F, "strcat_delim", &[to(&[
        p("delimiter", Scalar), p("arg", Scalar).times(2, 64),
    ], String).repeating()],
        "Joins its arguments with the first one between them.").nulls(Answers),
    pure(F, "strcmp", &[to(&[p("s1", Scalar), p("s2", Scalar)], Long)],
        "Compares two texts: -1, 0 or 1.").nulls(Answers),
    pure(F, "strrep", &[to(&[
        p("value", Scalar), t("multiplier", Long), p("delimiter", Scalar).optional(),
    ], String)],
        "Repeats a value as text, with a text between if one is given.").nulls(Answers),
    pure(F, "strlen", &[to(&[p("string", StringOrDynamic)], Long)],
        "Counts the characters of a text.").named(NameAndFirstArgument),
    pure(F, "string_size", &[to(&[p("string", StringOrDynamic)], Long)],
        "Counts the bytes of a text in UTF-8.").named(NameAndFirstArgument),
    pure(F, "toupper", &[to(&[p("value", Scalar)], String)], "The text in capital letters."),
    pure(F, "tolower", &[to(&[p("value", Scalar)], String)], "The text in small letters."),
    pure(F, "to_utf8", &[o(&[p("value", Scalar)], ARRAY)],
        "The old name of `unicode_codepoints_from_string`.")
        .instead("unicode_codepoints_from_string"),
    pure(F, "unicode_codepoints_from_string", &[o(&[p("value", Scalar)], ARRAY)],
        "The code points of the characters of a text, as an array."),
    pure(F, "substring", &[to(&[
        p("string", Scalar), p("start", Integer), p("length", Integer).optional(),
    ], String)],
        "A piece of a text, from a place counted from 0; a negative place counts from the end."),
    pure(F, "regex_quote", &[to(&[p("string", Scalar)], String)],
        "The text with every character escaped that means something in a regular expression."),
    pure(F, "indexof", &[to(&[
        p("string", Scalar), p("match", Scalar), p("start", Integer).optional(),
        p("length", Integer).optional(), p("occurrence", Integer).constant().optional(),
    ], Long)],
        "The place of a text in another, from 0; -1 where it is not."),
    pure(F, "indexof_regex", &[to(&[
        p("string", Scalar), p("match", Scalar).constant(), p("start", Integer).optional(),
        p("length", Integer).optional(), p("occurrence", Integer).constant().optional(),
    ], Long)],
        "The place where a regular expression is first found, from 0; -1 where it is not."),
    pure(F, "has_any_index", &[to(&[p("source", StringOrDynamic), p("values", Array)], Long)],
        "The index of the first term of an array that the text has, from 0; -1 without any."),
    pure(F, "reverse", &[to(&[p("value", Scalar)], String)], "The characters in reverse order."),
    pure(F, "split", &[o(&[
        p("source", Scalar), t("delimiter", String), p("requestedIndex", Integer).optional(),
    ], STRINGS)],
        "The pieces of a text between separators, or only the one at an index, as an array.")
        .named(FirstArgument),
    pure(F, "replace", &[to(&[
        t("regex", String).constant(), t("rewrite", String).constant(), t("source", String),
    ], String)],
        "The old name of `replace_regex`.").instead("replace_regex"),
    pure(F, "replace_regex", &[to(&[
        t("source", String), t("lookup_regex", String).constant(),
        t("rewrite_pattern", String).constant(),
    ], String)],
        "The text with every match of a regular expression replaced; `\\1` stands for the first group."),
    pure(F, "replace_string", &[to(&[
        t("text", String), t("lookup", String), t("rewrite", String),
    ], String)],
        "The text with every occurrence of a text replaced."),
    pure(F, "replace_strings", &[to(&[
        t("text", String), p("lookups", Array), p("rewrites", Array),
    ], String)],
        "The text with several texts replaced, each by the one at the same place of another array."),
    pure(F, "trim_start", &[to(&[t("regex", String).constant(), t("source", String)], String)],
        "The text without one match of a regular expression at its start."),
    pure(F, "trim_end", &[to(&[t("regex", String).constant(), t("source", String)], String)],
        "The text without one match of a regular expression at its end."),
    pure(F, "trim", &[to(&[t("regex", String).constant(), t("source", String)], String)],
        "The text without one match of a regular expression at either end."),
    pure(F, "countof", &[to(&[
        t("source", String), t("search", String),
        t("kind", String).literal().optional().values(COUNT_KINDS),
    ], Long)],
        "Counts how often a text or a regular expression is found; a plain text may overlap itself."),
    pure(F, "translate", &[to(&[
        t("searchList", String), t("replacementList", String), t("source", String),
    ], String)],
        "The text with each character of one list replaced by the character at its place in another."),
    pure(F, "make_string", &[to(&[p("value", IntegerOrArray).times(1, MANY)], String).repeating()],
        "The old name of `unicode_codepoints_to_string`.").instead("unicode_codepoints_to_string"),
    pure(F, "unicode_codepoints_to_string", &[to(&[
        p("value", IntegerOrArray).times(1, MANY),
    ], String).repeating()],
        "The text that is made of these code points."),
    scalar(F, "isascii", &[to(&[p("value", Scalar)], Bool)],
        "True if all characters of the text are ASCII.").nulls(Answers),
    scalar(F, "isutf8", &[to(&[p("value", Scalar)], Bool)],
        "True if the text is valid UTF-8.").nulls(Answers),
];
