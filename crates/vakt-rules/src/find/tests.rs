//! What is found in files, and where: each case shows the queries with the line and column, in the
//! file, of every word in them that begins with a capital `Q`.

use super::{Found, looks_like_query, queries};
use crate::kind::FileKind;
use crate::lines::{Lines, Units};

/// Queries of a file as `"text" Q1@line:column …`, or the reason it is broken.
fn shown(kind: FileKind, text: &str) -> Vec<String> {
    let Found { queries, broken } = queries(kind, text);
    let lines = Lines::new(text);
    let place = |at| {
        let place = lines.place(text, at, Units::Utf16);
        format!("{}:{}", place.line + 1, place.column + 1)
    };
    let mut shown = Vec::new();
    for query in queries {
        let mut line = format!("{:?}", query.text);
        for (at, _) in query.text.match_indices('Q') {
            let word = query.text[at..].split(|c: char| !c.is_alphanumeric()).next().unwrap();
            let range = query.in_file(at..at + word.len());
            assert_eq!(&text[range.clone()], word, "{word} of {text:?}");
            assert_eq!(query.in_query(range.start), Some(at), "{word} of {text:?}");
            line.push_str(&format!(" {word}@{}", place(range.start)));
        }
        shown.push(line);
    }
    shown.extend(broken.map(|broken| format!("{}: {}", place(broken.place.start), broken.reason)));
    shown
}

fn check(kind: FileKind, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(shown(kind, text), *expected, "in {text:?}");
    }
}

#[test]
fn plain_files_are_one_query_or_several() {
    check(
        FileKind::Plain,
        &[
            ("Q1 | take 1\n", &[r#""Q1 | take 1" Q1@1:1"#]),
            ("", &[]),
            ("// nothing\n\n", &[]),
            // Blank lines may stand anywhere in one query.
            (
                "let a = Q1;\n\n// of a\n\na\n\n| take 1",
                &[r#""let a = Q1;\n\n// of a\n\na\n\n| take 1" Q1@1:9"#],
            ),
            ("Q1\n| where A\n\nand B", &[r#""Q1\n| where A\n\nand B" Q1@1:1"#]),
            // Two queries, each with its comment.
            (
                "//One\nQ1\n| take 1\n\n//Two\nlet a = 1;\n\nQ2 | take a\n",
                &[r#""Q1\n| take 1" Q1@2:1"#, r#""let a = 1;\n\nQ2 | take a" Q2@8:1"#],
            ),
            (
                "Q1 | take 1\r\n\r\nQ2 | take 2\r\n",
                &[r#""Q1 | take 1" Q1@1:1"#, r#""Q2 | take 2" Q2@3:1"#],
            ),
            // A blank line in brackets parts nothing.
            (
                "Q1 | where A in (1,\n\n2)\n\nQ2",
                &[r#""Q1 | where A in (1,\n\n2)" Q1@1:1"#, r#""Q2" Q2@5:1"#],
            ),
        ],
    );
}

#[test]
fn fences_of_pages_are_queries() {
    check(
        FileKind::Markdown,
        &[
            ("# T\n```kql\nQ1\n| take 1\n```\n", &[r#""Q1\n| take 1\n" Q1@3:1"#]),
            ("~~~ KQL title=\"x\"\nQ1\n~~~\n", &[r#""Q1\n" Q1@2:1"#]),
            ("````Kusto\nQ1\n```\n````\n", &[r#""Q1\n```\n" Q1@2:1"#]),
            ("```{.kql}\nQ1\n```\n", &[r#""Q1\n" Q1@2:1"#]),
            ("```sql\nQ1 | take 1\n```\n```powershell\nx\n```\n", &[]),
            // Without a language: what looks like a query.
            ("```\nQ1\n | where A\n```\n```\nsome output\n```", &[r#""Q1\n | where A\n" Q1@2:1"#]),
            // In lists and quotations.
            ("1. x\n   ```kql\n   Q1\n     | take 1\n   ```\n", &[r#""Q1\n  | take 1\n" Q1@3:4"#]),
            ("- ```kql\n  Q1\n  ```\n", &[r#""Q1\n" Q1@2:3"#]),
            ("> ```kql\n> Q1\n>\n> | take Q2\n> ```\n", &[r#""Q1\n\n| take Q2\n" Q1@2:3 Q2@4:10"#]),
            // Not closed.
            ("```kusto\nQ1\n", &[r#""Q1\n" Q1@2:1"#]),
            ("```kql\n```\n", &[]),
            ("a `kql` b ```kql c``` d\n", &[]),
        ],
    );
}

#[test]
fn rules_have_queries_under_their_keys() {
    check(
        FileKind::Yaml,
        &[
            // Sentinel.
            (
                "id: 1\nquery: |\n  Q1\n    | where A == 'x'\n\n  | take Q2\nversion: 1\n",
                &[r#""Q1\n  | where A == 'x'\n\n| take Q2\n" Q1@3:3 Q2@6:10"#],
            ),
            (
                "query: |-  # why\r\n    Q1\r\n    | take Q2\r\n",
                &[r#""Q1\n| take Q2" Q1@2:5 Q2@3:12"#],
            ),
            (
                "query: >\n  Q1\n  | take Q2\n\n  | count\n",
                &[r#""Q1 | take Q2\n| count\n" Q1@2:3 Q2@3:10"#],
            ),
            // Defender.
            (
                "queryCondition:\n  queryText: Q1 | take 1\n  period: 0\n",
                &[r#""Q1 | take 1" Q1@2:14"#],
            ),
            (
                "query: 'Q1 | where A == ''b'' | take Q2'",
                &[r#""Q1 | where A == 'b' | take Q2" Q1@1:9 Q2@1:38"#],
            ),
            (
                "{\"rules\": [{\"query\": \"Q1\\r\\n| where A == \\\"b\\\" | take Q2\"}]}",
                &[r#""Q1\r\n| where A == \"b\" | take Q2" Q1@1:23 Q2@1:55"#],
            ),
            ("query: \"Q1\n  | take \\\n  Q2\"", &[r#""Q1 | take Q2" Q1@1:9 Q2@3:3"#]),
            ("queries:\n- name: a\n  Hunting_Query: |2\n     Q1\n", &[r#"" Q1\n" Q1@4:6"#]),
            ("query:\n- Q1\n- Q2\nname: Q3\n", &[r#""Q1" Q1@2:3"#, r#""Q2" Q2@3:3"#]),
            ("# ü😀\nname: ü😀\nquery: |\n  // ü\n  Q1\n", &[r#""// ü\nQ1\n" Q1@5:3"#]),
            ("a: 1\n---\nquery: Q1\n---\nquery: Q2\n", &[r#""Q1" Q1@3:8"#, r#""Q2" Q2@5:8"#]),
            ("query: Q1\n  | take 1\n", &[r#""Q1 | take 1" Q1@1:8"#]),
            ("query: |\n\n\n  Q1\n", &[r#""\n\nQ1\n" Q1@4:3"#]),
            ("query: |\n\n    // a\n      Q1\nb: 2", &[r#""\n// a\n  Q1\n" Q1@4:7"#]),
            ("query:\nname: x\n", &[]),
            ("a: [1, 2\n", &[]),
        ],
    );
    let broken = shown(FileKind::Yaml, "query: Q1\nb: [1, 2\nc: '");
    assert_eq!(broken.len(), 2, "{broken:?}");
    assert!(broken[1].contains("this is not YAML: "), "{broken:?}");
}

#[test]
fn only_queries_look_like_queries() {
    for (text, expected) in [
        ("T\n  | where A", true),
        ("T\n|project-away B", true),
        ("| Name | where |\n|---|---|", false),
        ("cat x | where y", false),
        ("", false),
    ] {
        assert_eq!(looks_like_query(text), expected, "{text:?}");
    }
}
