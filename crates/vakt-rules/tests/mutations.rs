//! Files with pieces cut out, doubled and mixed up: nothing panics, and every place of a query is a
//! place of its file.

use proptest::prelude::*;
use vakt_kql::catalog::Catalog;
use vakt_rules::render::{Colour, json, sarif, terminal};
use vakt_rules::{FileKind, check, find, format};

const SEEDS: [(FileKind, &str); 5] = [
    (
        FileKind::Plain,
        "// ü\nlet a = 1d;\n\nDeviceEvents\n| where Timestamp > ago(a)\n\nDeviceInfo | take 1",
    ),
    (
        FileKind::Markdown,
        "# T\r\n> ```kql\r\n> DeviceEvents\r\n> | take '😀'\r\n> ```\r\n1. x\n   ~~~\n   T\n   | where A\n   ~~~\n",
    ),
    (
        FileKind::Yaml,
        "id: 1\nquery: |-2  # c\n   DeviceEvents\n\n     | where A == 'x'\nq: &a [x, *a]\nhuntingQuery: >+\n  T\n  | take 1\n\n\n",
    ),
    (
        FileKind::Yaml,
        "- query: 'T | where A == ''b'''\n- {queryText: \"T\\n| where B == \\\"\\u00fc\\\" \\\n    | take 1\"}\n? [a, b]\n: !!str x\n",
    ),
    (
        FileKind::Yaml,
        "{\"rules\": [{\"query\": \"T\\r\\n| where A == \\\"b\\\"\"}, null]}\n---\nquery: T\n  | take 1\n",
    ),
];

/// A text after cuts and copies at these places.
fn mutated(seed: &str, steps: &[(usize, usize, usize)]) -> String {
    let mut text: Vec<char> = seed.chars().collect();
    for (from, length, to) in steps {
        let from = from % (text.len() + 1);
        let piece: Vec<char> = text.iter().skip(from).take(*length).copied().collect();
        if to % 3 == 0 {
            text.drain(from..from + piece.len());
        } else {
            let to = to % (text.len() + 1);
            text.splice(to..to, piece);
        }
    }
    text.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_file_is_too_strange(
        seed in 0..SEEDS.len(),
        steps in prop::collection::vec((0_usize..400, 0_usize..12, 0_usize..400), 0..8),
    ) {
        let (kind, text) = SEEDS[seed];
        let text = mutated(text, &steps);
        let found = find::queries(kind, &text);
        for query in &found.queries {
            let mut last = 0;
            for at in 0..=query.text.len() {
                let place = query.in_file(at..query.text.len());
                prop_assert!(place.start <= place.end && place.end <= text.len());
                prop_assert!(last <= place.start, "places rise with the query");
                last = place.start;
                if query.text.is_char_boundary(at) {
                    prop_assert!(text.is_char_boundary(place.start), "at {at} of {query:?}");
                }
            }
        }
        let checked = check("x", kind, &text, Catalog::hunting());
        prop_assert_eq!(checked.queries, found.queries.len());
        terminal(&checked, &text, Colour::Plain);
        json(std::slice::from_ref(&checked)).unwrap();
        sarif(&[checked], "1").unwrap();
        let once = format(kind, &text).text;
        prop_assert_eq!(&format(kind, &once).text, &once, "formatting twice changes nothing");
    }
}
