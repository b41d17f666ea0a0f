//! Queries with something cut out, doubled or put in: never a panic, and the tree holds all of it.

use proptest::prelude::*;

use crate::check_tree;

/// The queries of `trees.txt`.
fn seeds() -> Vec<&'static str> {
    let blocks = include_str!("trees.txt").split("\n\n");
    blocks.filter_map(|block| block.rsplit_once("\n= ").map(|(query, _)| query.trim())).collect()
}

/// Pieces that most grammars trip over.
const PIECES: &[&str] = &[
    "|",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ".",
    "..",
    "=",
    "==",
    "*",
    "-",
    "--",
    "->",
    "<-[",
    ":",
    "@",
    "#",
    "!",
    "\"",
    "'",
    "```",
    "\\",
    "`",
    "~~~",
    "//",
    "\n",
    " ",
    "\u{feff}",
    "\u{201c}",
    "é",
    "\u{1f600}",
    "by",
    "on",
    "with",
    "let",
    "in",
    "to",
    "where",
    "project",
    "union",
    "as",
    "typeof(",
    "dynamic(",
    "datetime(",
    "1d",
    "0x",
    "1e",
    "h\"",
    "$left",
    "of",
    "step",
    "null",
];

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[derive(Clone, Debug)]
enum Change {
    Cut(usize, usize),
    Double(usize, usize),
    Insert(usize, usize),
    Splice(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = || 0..10_000_usize;
    prop_oneof![
        (at(), 1..20_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (at(), 1..40_usize).prop_map(|(at, length)| Change::Double(at, length)),
        (at(), 0..PIECES.len()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (at(), at()).prop_map(|(at, other)| Change::Splice(at, other)),
    ]
}

fn apply(text: &str, change: &Change, seeds: &[&str]) -> String {
    let (at, length) = match *change {
        Change::Cut(at, length) | Change::Double(at, length) => (at, length),
        Change::Insert(at, _) | Change::Splice(at, _) => (at, 0),
    };
    let start = boundary(text, at);
    let end = boundary(text, (start + length).min(text.len()));
    let (before, part, after) =
        (&text[..start], &text[start..end.max(start)], &text[end.max(start)..]);
    match *change {
        Change::Cut(..) => format!("{before}{after}"),
        Change::Double(..) => format!("{before}{part}{part}{after}"),
        Change::Insert(_, piece) => {
            format!("{before} {} {after}", PIECES.get(piece).unwrap_or(&"|"))
        }
        Change::Splice(_, other) => {
            let other = seeds.get(other % seeds.len().max(1)).copied().unwrap_or_default();
            let (_, end) = other.split_at(boundary(other, at));
            format!("{before}{end}")
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn changed_queries_give_whole_trees(seed in 0..10_000_usize, changes in prop::collection::vec(change(), 1..4)) {
        let seeds = seeds();
        let mut text = seeds[seed % seeds.len()].to_owned();
        for change in &changes {
            text = apply(&text, change, &seeds);
        }
        check_tree(&vakt_kql::parse(&text).tree, &text);
    }

    #[test]
    fn any_text_gives_a_whole_tree(text in "\\PC{0,80}") {
        check_tree(&vakt_kql::parse(&text).tree, &text);
    }

    #[test]
    fn any_row_of_pieces_gives_a_whole_tree(pieces in prop::collection::vec(0..PIECES.len(), 0..30)) {
        let text = pieces.iter().map(|piece| PIECES[*piece]).collect::<Vec<_>>().join(" ");
        check_tree(&vakt_kql::parse(&text).tree, &text);
    }
}
