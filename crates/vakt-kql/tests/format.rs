//! The canonical text: examples, and what holds for all of it.

use vakt_kql::bound::Rel;
use vakt_kql::catalog::{Catalog, Column};
use vakt_kql::diagnostic::Severity;
use vakt_kql::format::format;

/// A query and its canonical text. Both sides begin after the first line end.
#[track_caller]
fn check(query: &str, expected: &str) {
    let parse = vakt_kql::parse(query);
    let told: Vec<_> = parse.problems.iter().map(|problem| &problem.message).collect();
    let text = format(&parse).unwrap_or_default();
    assert_eq!(text, expected.trim_start_matches('\n'), "{told:?}");
    assert_eq!(format(&vakt_kql::parse(&text)).as_deref(), Some(text.as_str()), "not idempotent");
}

#[test]
fn an_operator_a_line() {
    check(
        "DeviceEvents|where ActionType=='x' and FileName !has\"y\"|take 5",
        r#"
DeviceEvents
| where ActionType == 'x' and FileName !has "y"
| take 5
"#,
    );
}

#[test]
fn statements_and_comments() {
    check(
        "// head\n\n\n\nlet a=1;// why\nlet T=DeviceEvents|where x>-1;\n\n\n// the answer\nT|count // all\n// end",
        "
// head

let a = 1; // why
let T =
    DeviceEvents
    | where x > -1;

// the answer
T
| count // all
// end
",
    );
}

#[test]
fn long_lists_are_broken() {
    check(
        "DeviceProcessEvents | project Timestamp, DeviceId, DeviceName, FileName, FolderPath, ProcessCommandLine, AccountName | summarize n=count(),dcount(DeviceId) by FileName,bin(Timestamp,1h)",
        "
DeviceProcessEvents
| project
    Timestamp,
    DeviceId,
    DeviceName,
    FileName,
    FolderPath,
    ProcessCommandLine,
    AccountName
| summarize n = count(), dcount(DeviceId) by FileName, bin(Timestamp, 1h)
",
    );
}

#[test]
fn long_conditions_are_broken_before_their_words() {
    check(
        "DeviceProcessEvents | where FileName in~ ('powershell.exe','cmd.exe') and (ProcessCommandLine has 'download' or ProcessCommandLine has 'invoke') and AccountName != 'system'",
        "
DeviceProcessEvents
| where FileName in~ ('powershell.exe', 'cmd.exe')
    and (ProcessCommandLine has 'download' or ProcessCommandLine has 'invoke')
    and AccountName != 'system'
",
    );
}

#[test]
fn subqueries_stay_on_a_line_while_they_fit() {
    check(
        "A | join kind=inner (B | where x == 1) on DeviceId | join (C | where SomeColumn == 'a long text that takes much room' | project DeviceId, SomeColumn) on $left.a==$right.b",
        "
A
| join kind=inner (B | where x == 1) on DeviceId
| join (
    C
    | where SomeColumn == 'a long text that takes much room'
    | project DeviceId, SomeColumn
) on $left.a == $right.b
",
    );
}

#[test]
fn rows_of_a_datatable() {
    check(
        "datatable(a:long,b:string)[1,'some text that is long enough',2,'another text that is long enough too',3,'z']",
        "
datatable(a:long, b:string) [
    1, 'some text that is long enough',
    2, 'another text that is long enough too',
    3, 'z'
]
",
    );
}

#[test]
fn functions_and_dynamics() {
    check(
        "let f=(T:(x:long),n:long=5){T|take n};print d=dynamic({\"a\":[1,-2]}),e=f(A).x[0]",
        r#"
let f = (T:(x:long), n:long = 5) { T | take n };
print d = dynamic({"a": [1, -2]}), e = f(A).x[0]
"#,
    );
}

#[test]
fn a_sign_stays_with_its_number() {
    check("T|render timechart with(ymin=-1)", "T\n| render timechart with (ymin=-1)\n");
}

#[test]
fn graphs_stay_as_they_are_drawn() {
    check(
        "T|make-graph a-->b with N on id|graph-match (x)-[e*1..3]->(y)<--(z) where x.a==1 project x.a",
        "T
| make-graph a-->b with N on id
| graph-match (x)-[e*1..3]->(y)<--(z) where x.a==1 project x.a
",
    );
}

#[test]
fn what_has_errors_is_left_alone() {
    assert_eq!(format(&vakt_kql::parse("DeviceEvents | where (")), None);
    // With blanks around the sign it is the operator `sample`.
    assert_eq!(format(&vakt_kql::parse("sample-distinctaT")), None);
}

/// Every query of the corpus keeps its tokens and comments, and is the same when formatted again.
#[test]
fn the_corpus_is_formatted_without_loss() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/oracle/kql/corpus.jsonl");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: no corpus beside this checkout");
        return;
    };
    let mut formatted = 0;
    for line in text.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let query = record["query"].as_str().unwrap();
        let parse = vakt_kql::parse(query);
        if parse.problems.iter().any(|problem| problem.severity == Severity::Error) {
            continue;
        }
        let id = &record["id"];
        let text = format(&parse).ok_or_else(|| id.to_string()).unwrap();
        let again = format(&vakt_kql::parse(&text));
        assert_eq!(again.as_deref(), Some(text.as_str()), "{id} is not idempotent");
        assert_eq!(comments(query), comments(&text), "{id} loses comments");
        assert_eq!(columns(query), columns(&text), "{id} means something else");
        formatted += 1;
    }
    assert!(formatted > 1_000, "{formatted} formatted");
}

/// What a text answers: names and types of each result.
fn columns(text: &str) -> Vec<Vec<(String, String)>> {
    let bound = vakt_kql::bind(&vakt_kql::parse(text), Catalog::hunting());
    let of_column = |column: &Column| (column.name.to_string(), column.ty.to_string());
    let of_result = |rows: &Rel| rows.columns.iter().map(of_column).collect();
    bound.results.iter().map(of_result).collect()
}

/// The comments of a text, in order.
fn comments(text: &str) -> Vec<String> {
    let parse = vakt_kql::parse(text);
    let mut comments = Vec::new();
    let mut end = 0;
    for token in parse.tree.tokens() {
        let trivia = &text[end..token.span.start as usize];
        let lines = trivia.lines().map(str::trim).filter(|line| !line.is_empty());
        comments.extend(lines.map(str::to_owned));
        end = token.span.end as usize;
    }
    comments
}
