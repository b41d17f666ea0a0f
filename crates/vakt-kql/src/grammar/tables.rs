//! Words that are data to the grammar.

/// What `render` draws.
pub(super) const CHARTS: &[&str] = &[
    "table",
    "list",
    "barchart",
    "piechart",
    "ladderchart",
    "timechart",
    "linechart",
    "anomalychart",
    "pivotchart",
    "areachart",
    "stackedareachart",
    "scatterchart",
    "timepivot",
    "columnchart",
    "timeline",
    "3Dchart",
    "card",
    "treemap",
    "plotly",
    "graph",
    "sankey",
];

/// Operators, for "did you mean".
pub(super) const OPERATORS: &[&str] = &[
    "as",
    "assert-schema",
    "consume",
    "count",
    "distinct",
    "evaluate",
    "extend",
    "facet",
    "find",
    "fork",
    "getschema",
    "graph-mark-components",
    "graph-match",
    "graph-shortest-paths",
    "graph-to-table",
    "graph-where-edges",
    "graph-where-nodes",
    "invoke",
    "join",
    "limit",
    "lookup",
    "macro-expand",
    "make-graph",
    "make-series",
    "mv-apply",
    "mv-expand",
    "order",
    "parse",
    "parse-kv",
    "parse-where",
    "partition",
    "print",
    "project",
    "project-away",
    "project-by-names",
    "project-keep",
    "project-rename",
    "project-reorder",
    "range",
    "reduce",
    "render",
    "sample",
    "sample-distinct",
    "scan",
    "search",
    "serialize",
    "sort",
    "summarize",
    "take",
    "top",
    "top-hitters",
    "top-nested",
    "union",
    "where",
];

/// Words of other query languages, and what does their work here.
const FOREIGN: &[(&str, &str)] = &[
    ("select", "project"),
    ("from", "where"),
    ("having", "where"),
    ("group", "summarize"),
    ("groupby", "summarize"),
    ("stats", "summarize"),
    ("eval", "extend"),
    ("head", "take"),
    ("table", "project"),
    ("fields", "project"),
    ("rename", "project-rename"),
    ("dedup", "distinct"),
    ("regex", "where"),
    ("summarise", "summarize"),
    ("filter_by", "where"),
];

/// The operator that was probably meant.
pub(super) fn similar_operator(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    if let Some((_, operator)) = FOREIGN.iter().find(|(foreign, _)| *foreign == lower) {
        return Some(operator);
    }
    let distances = OPERATORS.iter().map(|name| (distance(&lower, name), *name));
    let best = distances.min_by_key(|(distance, _)| *distance);
    best.filter(|(distance, name)| *distance <= 1 + name.len() / 5).map(|(_, name)| name)
}

/// Edits between two words; two neighbours that changed places are one.
fn distance(left: &str, right: &str) -> usize {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len().abs_diff(right.len()) > 4 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (y, a) in left.iter().enumerate() {
        let mut next = vec![y + 1];
        for (x, b) in right.iter().enumerate() {
            let at =
                |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&row, x + 1) + 1).min(at(&next, x) + 1);
            best = best.min(at(&row, x) + usize::from(a != b));
            let swapped =
                y > 0 && x > 0 && left.get(y - 1) == Some(b) && right.get(x - 1) == Some(a);
            if swapped {
                best = best.min(at(&before, x - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(usize::MAX)
}
