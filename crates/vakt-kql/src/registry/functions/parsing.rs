//! Parsing of texts.

use super::super::function::Family::Parsing as F;
use super::super::function::Function;
use super::super::function::NullRule::Answers;
use super::super::function::ResultName::FirstArgument;
use super::super::kit::{ARRAY, BAG, STRINGS, deep, field, o, p, pure, t, to};
use super::super::signature::ParameterType::{Array, Scalar, StringOrArray, StringOrDynamic};
use super::super::signature::{Declared, Field, Place, Returns};
use crate::types::ScalarType::{Decimal, Dynamic, Long, String, Type};

#[rustfmt::skip]
const URL: &[Field] = &[
    field("Scheme", String),
    field("Host", String),
    field("Port", String),
    field("Path", String),
    field("Username", String),
    field("Password", String),
    field("Query Parameters", Dynamic),
    field("Fragment", String),
];

#[rustfmt::skip]
const URL_QUERY: &[Field] = &[field("Query Parameters", Dynamic)];

#[rustfmt::skip]
const PATH: &[Field] = &[
    field("Scheme", String),
    field("RootPath", String),
    field("DirectoryPath", String),
    field("DirectoryName", String),
    field("Filename", String),
    field("Extension", String),
    field("AlternateDataStreamName", String),
];

#[rustfmt::skip]
const USER_AGENT_BROWSER: &[Field] = &[
    field("Family", String),
    field("MajorVersion", String),
    field("MinorVersion", String),
    field("Patch", String),
];

#[rustfmt::skip]
const USER_AGENT_OPERATINGSYSTEM: &[Field] = &[
    field("Family", String),
    field("MajorVersion", String),
    field("MinorVersion", String),
    field("Patch", String),
    field("PatchMinor", String),
];

#[rustfmt::skip]
const USER_AGENT_DEVICE: &[Field] = &[
    field("Family", String),
    field("Brand", String),
    field("Model", String),
];

#[rustfmt::skip]
const USER_AGENT: &[Field] = &[
    deep("Browser", Declared::Bag(USER_AGENT_BROWSER)),
    deep("OperatingSystem", Declared::Bag(USER_AGENT_OPERATINGSYSTEM)),
    deep("Device", Declared::Bag(USER_AGENT_DEVICE)),
];

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "parse_command_line", &[o(&[p("command", Scalar), t("parser", String)], STRINGS)],
        "The arguments of a command line, as an array."),
    pure(F, "extract", &[
        to(&[t("regex", String).constant(), t("captureGroup", Long), t("source", String)], String),
        o(&[
            t("regex", String).constant(), t("captureGroup", Long), t("source", String),
            t("typeLiteral", Type).literal(),
        ], Returns::TypeNamedBy(Place::Last)),
    ],
        "The text of one group of a regular expression, or its value as another type."),
    pure(F, "extractall", &[
        o(&[t("regex", String).constant(), t("source", String)], ARRAY),
        o(&[t("regex", String).constant(), p("captureGroups", Array), t("source", String)], ARRAY),
    ],
        "The old name of `extract_all`.").instead("extract_all"),
    pure(F, "extract_all", &[
        o(&[t("regex", String).constant(), t("source", String)], ARRAY),
        o(&[t("regex", String).constant(), p("captureGroups", Array), t("source", String)], ARRAY),
    ],
        "All matches of the groups of a regular expression, as an array."),
    pure(F, "extractjson", &[
        to(&[t("jsonPath", String).constant(), t("jsonText", String)], String),
        o(&[
            t("jsonPath", String).constant(), t("jsonText", String), t("type", Type).literal(),
        ], Returns::TypeNamedBy(Place::Last)),
    ],
        "The value at a path of a JSON text, as text or as another type."),
    pure(F, "extract_json", &[
        to(&[t("jsonPath", String).constant(), t("jsonText", String)], String),
        o(&[
            t("jsonPath", String).constant(), t("jsonText", String), t("type", Type).literal(),
        ], Returns::TypeNamedBy(Place::Last)),
    ],
        "The value at a path of a JSON text; the other name of `extractjson`."),
    pure(F, "parse_csv", &[o(&[p("csv_text", StringOrDynamic)], ARRAY)],
        "The fields of one line of comma-separated values, as an array.").named(FirstArgument),
    pure(F, "parsejson", &[to(&[p("json_text", StringOrDynamic)], Dynamic)],
        "The old name of `parse_json`.").named(FirstArgument).instead("parse_json"),
    pure(F, "parse_json", &[to(&[p("json_text", StringOrDynamic)], Dynamic)],
        "The dynamic value that a JSON text stands for.").named(FirstArgument),
    pure(F, "parse_xml", &[o(&[p("xml_text", StringOrDynamic)], BAG)],
        "The dynamic value that an XML text stands for.").named(FirstArgument),
    pure(F, "parseurl", &[o(&[t("url", String)], Returns::Declared(Declared::Bag(URL)))],
        "The old name of `parse_url`.").instead("parse_url"),
    pure(F, "parse_url", &[o(&[t("url", String)], Returns::Declared(Declared::Bag(URL)))],
        "The parts of an absolute URL, as a bag."),
    pure(F, "parseurlquery", &[o(&[
        t("query", String),
    ], Returns::Declared(Declared::Bag(URL_QUERY)))],
        "The old name of `parse_urlquery`.").instead("parse_urlquery"),
    pure(F, "parse_urlquery", &[o(&[
        t("query", String),
    ], Returns::Declared(Declared::Bag(URL_QUERY)))],
        "The parameters of the query of a URL, as a bag."),
    pure(F, "parse_path", &[o(&[t("path", String)], Returns::Declared(Declared::Bag(PATH)))],
        "The parts of a path of a file, as a bag."),
    pure(F, "parse_user_agent", &[o(&[
        t("user_agent", String), p("look_for", StringOrArray).optional(),
    ], Returns::Declared(Declared::Bag(USER_AGENT)))],
        "The browser, system and device that a user agent text tells of, as a bag."),
    pure(F, "parse_version", &[to(&[t("version", String)], Decimal)],
        "A number by which versions can be compared."),
    pure(F, "dynamic_to_json", &[to(&[p("dynamic", Scalar)], String)],
        "The JSON text of a dynamic value, with sorted keys.").nulls(Answers),
];
