//! Words of SQL, SPL and other languages, and what does their work here.

/// Operators.
const OPERATORS: &[(&str, &str)] = &[
    ("dedup", "distinct"),
    ("eval", "extend"),
    ("fields", "project"),
    ("filter_by", "where"),
    ("from", "where"),
    ("group", "summarize"),
    ("groupby", "summarize"),
    ("having", "where"),
    ("head", "take"),
    ("regex", "where"),
    ("rename", "project-rename"),
    ("select", "project"),
    ("stats", "summarize"),
    ("summarise", "summarize"),
    ("table", "project"),
];

/// Functions.
const FUNCTIONS: &[(&str, &str)] = &[
    ("array_agg", "make_list"),
    ("array_size", "array_length"),
    ("cast", "tostring(…)`, `tolong(…)`, `todatetime"),
    ("char_length", "strlen"),
    ("charindex", "indexof"),
    ("concat", "strcat"),
    ("concat_ws", "strcat_delim"),
    ("convert", "tostring(…)`, `tolong(…)`, `todatetime"),
    ("count_distinct", "dcount"),
    ("current_timestamp", "now"),
    ("date_add", "datetime_add"),
    ("date_diff", "datetime_diff"),
    ("date_format", "format_datetime"),
    ("date_part", "datetime_part"),
    ("date_trunc", "bin"),
    ("dateadd", "datetime_add"),
    ("datediff", "datetime_diff"),
    ("datepart", "datetime_part"),
    ("dc", "dcount"),
    ("distinct_count", "dcount"),
    ("first_value", "arg_min"),
    ("from_unixtime", "unixtime_seconds_todatetime"),
    ("getdate", "now"),
    ("group_concat", "make_set"),
    ("if", "iff"),
    ("ifnull", "coalesce"),
    ("instr", "indexof"),
    ("json_extract", "parse_json"),
    ("json_value", "parse_json"),
    ("last_value", "arg_max"),
    ("lcase", "tolower"),
    ("left", "substring"),
    ("len", "strlen"),
    ("length", "strlen"),
    ("listagg", "make_list"),
    ("lower", "tolower"),
    ("mean", "avg"),
    ("median", "percentile"),
    ("nvl", "coalesce"),
    ("position", "indexof"),
    ("regexp_extract", "extract"),
    ("regexp_replace", "replace_regex"),
    ("right", "substring"),
    ("spath", "parse_json"),
    ("str", "tostring"),
    ("strftime", "format_datetime"),
    ("string_agg", "make_list"),
    ("strptime", "todatetime"),
    ("substr", "substring"),
    ("to_char", "format_datetime"),
    ("to_date", "todatetime"),
    ("to_number", "tolong"),
    ("ucase", "toupper"),
    ("upper", "toupper"),
    ("values", "make_set"),
];

/// Comparisons that are negated by `not` elsewhere.
const NEGATED: &[(&str, &str)] = &[
    ("between", "!between"),
    ("contains", "!contains"),
    ("contains_cs", "!contains_cs"),
    ("endswith", "!endswith"),
    ("has", "!has"),
    ("has_cs", "!has_cs"),
    ("hasprefix", "!hasprefix"),
    ("hassuffix", "!hassuffix"),
    ("ilike", "!contains"),
    ("in", "!in"),
    ("in~", "!in~"),
    ("like", "!contains` or `!has"),
    ("startswith", "!startswith"),
];

/// Words between values that are written small here.
const SMALL: &[&str] = &[
    "and",
    "asc",
    "between",
    "by",
    "contains",
    "desc",
    "endswith",
    "has",
    "has_all",
    "has_any",
    "in",
    "kind",
    "like",
    "matches",
    "not",
    "on",
    "or",
    "regex",
    "startswith",
    "to",
    "with",
];

fn find(table: &[(&'static str, &'static str)], word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    table.iter().find(|(foreign, _)| *foreign == lower).map(|(_, own)| *own)
}

/// The operator that does the work of a foreign one.
pub(crate) fn operator(word: &str) -> Option<&'static str> {
    find(OPERATORS, word)
}

/// The function that does the work of a foreign one; it may name several, parted as in a message.
pub(super) fn function(word: &str) -> Option<&'static str> {
    find(FUNCTIONS, word)
}

/// What `not word` is here.
pub(super) fn negated(word: &str) -> Option<&'static str> {
    find(NEGATED, word)
}

/// The word in small letters, where only its capitals are wrong.
pub(super) fn small(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    if lower == word {
        return None;
    }
    SMALL.iter().find(|own| **own == lower).copied()
}
