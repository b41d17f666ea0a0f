//! What editors are offered and told. `^` is the cursor.

use vakt_kql::catalog::Catalog;
use vakt_kql::complete::{Completion, CompletionKind, complete, hover};

fn at(marked: &str) -> Vec<Completion> {
    let offset = marked.find('^').unwrap_or(marked.len());
    complete(&marked.replacen('^', "", 1), offset, Catalog::hunting())
}

/// Offered are the words of `wanted`, and not those behind `!`; `-` alone: nothing at all.
fn check(marked: &str, wanted: &str) {
    let offered = at(marked);
    if wanted == "-" {
        let labels: Vec<_> = offered.iter().map(|one| &one.label).collect();
        assert!(offered.is_empty(), "for {marked}: {labels:?}");
    }
    for word in wanted.split_whitespace().filter(|word| *word != "-") {
        let (word, expected) = word.strip_prefix("not:").map_or((word, true), |word| (word, false));
        let there = offered.iter().any(|one| one.label == word);
        assert_eq!(there, expected, "{word} for {marked}");
    }
}

/// Where the caret `^` is, and some of what is offered there.
const OFFERS: &[(&str, &str)] = &[
    ("^", "DeviceEvents let print union AssignedIPAddresses not:where not:tolower"),
    ("Dev^", "DeviceEvents DeviceInfo not:EmailEvents not:let"),
    ("dev^", "DeviceEvents"),
    ("let a = 1;\n^", "a DeviceEvents let"),
    ("let a = ^", "DeviceEvents tolower toscalar not:where"),
    ("let ^", "-"),
    ("DeviceEvents | ^", "where summarize project-away mv-expand not:DeviceEvents"),
    ("DeviceEvents | wh^", "where not:summarize"),
    ("DeviceEvents | where ^", "ActionType Timestamp tolower not:sum not:where"),
    ("DeviceEvents | where Act^", "ActionType not:Timestamp"),
    ("DeviceEvents | where ActionType ^", "has_any == startswith and not:ActionType"),
    ("DeviceEvents | where ActionType == ^", "ActionType tostring not:has"),
    ("DeviceEvents | where ActionType has_any (^", "ActionType DeviceInfo"),
    ("DeviceEvents | where ActionType == 'x^", "-"),
    ("DeviceEvents // ^", "-"),
    ("DeviceEvents | where tolower(^", "ActionType strcat"),
    ("DeviceEvents | where (ActionType ^", "has =~"),
    ("DeviceEvents | summarize ^", "count dcount make_set ActionType tostring hint.shufflekey"),
    ("DeviceEvents | summarize count() ^", "by"),
    ("DeviceEvents | summarize count() by ^", "ActionType bin not:dcount"),
    ("DeviceEvents | summarize make_set(^", "ActionType tolower not:dcount"),
    ("DeviceEvents | sort ^", "by not:ActionType"),
    ("DeviceEvents | sort by ^", "Timestamp"),
    ("DeviceEvents | sort by Timestamp ^", "asc desc"),
    ("DeviceEvents | take ^", "-"),
    ("DeviceEvents | render ^", "columnchart timechart piechart not:sankey"),
    ("DeviceEvents | render timechart with (^", "title xcolumn legend"),
    ("DeviceEvents | evaluate ^", "bag_unpack pivot ipv4_lookup not:tolower"),
    ("DeviceEvents | invoke ^", "FileProfile DeviceFromIP not:tolower not:AssignedIPAddresses"),
    ("DeviceEvents | project-away ^", "ActionType not:tolower"),
    ("DeviceEvents | join ^", "kind DeviceInfo not:tolower"),
    ("DeviceEvents | join kind=^", "leftanti innerunique not:DeviceInfo"),
    ("DeviceEvents | join kind=left^", "leftanti leftouter not:inner"),
    ("DeviceEvents | join kind=inner ^", "DeviceInfo"),
    ("DeviceEvents | join kind=inner (^", "DeviceInfo not:where"),
    ("DeviceEvents | join kind=inner (DeviceInfo | ^", "where"),
    ("DeviceEvents | join kind=inner (DeviceInfo | where ^", "OSPlatform not:ActionType"),
    ("DeviceEvents | join kind=inner (DeviceInfo) ^", "on"),
    ("DeviceEvents | join kind=inner DeviceInfo on ^", "DeviceId $left not:ActionType"),
    ("DeviceEvents | join DeviceInfo on $left.^", "ActionType not:OSPlatform"),
    ("DeviceEvents | project A = ActionType | where ^", "A not:ActionType"),
    (
        "DeviceEvents | summarize N = count() by DeviceName | sort by ^",
        "N DeviceName not:ActionType",
    ),
    ("let t = DeviceInfo | project A = DeviceId; t | where ^", "A not:DeviceId"),
    ("let t = DeviceInfo | project A = DeviceId | where ^", "A not:DeviceId"),
    (
        "DeviceEvents | join (DeviceInfo | project DeviceId, B = 1) on $right.^",
        "B DeviceId not:ActionType",
    ),
    ("DeviceEvents | extend x = parse_url(RemoteUrl) | where ^", "x ActionType"),
    ("DeviceEvents | where ((ActionType ^", "in has ==  not:ActionType"),
    ("DeviceEvents | where DeviceId in ((DeviceInfo | ^", "project where"),
    ("DeviceEvents | summarize ^", "by count"),
    ("DeviceEvents | mv-expand x to ^", "typeof"),
    ("let a = d^", "dynamic datetime DeviceInfo"),
    ("let a = 1 ^", "+ =="),
    ("DeviceEvents | join hint.^", "hint.strategy hint.shufflekey not:kind"),
    ("DeviceEvents | join hint.str^", "hint.strategy not:hint.shufflekey"),
    ("DeviceEvents | join hint.strategy=^", "shuffle broadcast"),
    ("DeviceEvents | where AdditionalFields.^", "-"),
    ("union ^", "DeviceEvents withsource"),
    ("union isfuzzy=^", "true false"),
    ("print x = ^", "now tolower not:DeviceEvents"),
    ("DeviceEvents | mv-expand x = Y to typeof(^", "long string"),
    ("datatable (a: ^", "long datetime"),
    ("DeviceEvents | extend a = datetime_diff(^", "day month"),
    ("let f = (a: string) { DeviceEvents | where ^", "ActionType"),
    ("let f = (a: string) { print a };\nDeviceEvents | invoke ^", "f"),
];

#[test]
fn a_place_is_offered_what_may_stand_there() {
    for (marked, wanted) in OFFERS {
        check(marked, wanted);
    }
}

#[test]
fn what_is_inserted_can_stand_there() {
    let join = at("DeviceEvents | join ki^");
    let kind = join.iter().find(|one| one.label == "kind").expect("the option");
    assert_eq!((kind.kind, kind.insert.as_str()), (CompletionKind::Option, "kind="));
    assert_eq!((kind.replace.start, kind.replace.end), (20, 22));
    let calls = at("print no^");
    let now = calls.iter().find(|one| one.label == "now").expect("the function");
    assert_eq!(
        (now.insert.as_str(), now.detail.as_str()),
        ("now(", "now(offset?: timespan) → datetime")
    );
}

#[test]
fn any_cut_of_a_query_is_answered() {
    let query = "let a = dynamic([1]); DeviceEvents | where Timestamp > ago(1h) and ActionType in~ \
        ('é', \"x\") | join kind=inner (DeviceInfo | project DeviceId, ['a b'] = 1) on $left.DeviceId \
        == $right.DeviceId | mv-apply x = a to typeof(long) on (top 1 by x) | render timechart with (title='t')";
    for offset in 0..=query.len() + 2 {
        complete(query, offset, Catalog::hunting());
        hover(query, offset, Catalog::hunting());
    }
}

#[test]
fn a_word_is_told_what_it_means() {
    for (marked, wanted) in [
        ("Device^Events | take 1", "A table of"),
        ("DeviceEvents | wh^ere 1 == 1", "The rows that meet a condition."),
        ("DeviceEvents | where Action^Type == ''", "ActionType: string"),
        ("DeviceEvents | where to^lower(ActionType) == ''", "tolower(value: scalar) → string"),
        ("DeviceEvents | where ActionType ha^s 'x'", "has string"),
        ("DeviceEvents | summarize cou^nt()", "count() → long"),
        ("DeviceEvents | invoke FileProf^ile(SHA1)", "FileProfile(x?: string, y?: long)"),
        ("DeviceEvents | evaluate bag_unp^ack(AdditionalFields)", "bag_unpack(column"),
        ("let abc = 1; print ab^c", "let abc"),
        ("DeviceEvents | extend n = strlen(DeviceName) | where n^ > 1", "n: long"),
        ("DeviceEvents | extend thi^s = 1.5", "this: real"),
        ("print pars^ejson('')", "Write `parse_json` instead."),
    ] {
        let offset = marked.find('^').expect("a cursor");
        let text = marked.replacen('^', "", 1);
        let said =
            hover(&text, offset, Catalog::hunting()).map(|said| said.text).unwrap_or_default();
        assert!(wanted == "-" || said.contains(wanted), "for {marked}: {said}");
    }
    assert_eq!(hover("print 1", 6, Catalog::hunting()), None);
}
