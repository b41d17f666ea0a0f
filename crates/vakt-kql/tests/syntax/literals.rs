//! What literals and names say.

use vakt_kql::ast::{self, Answer, BinaryOp, Case, LiteralValue, TextOp};
use vakt_kql::syntax::kinds::NodeKind;
use vakt_kql::syntax::tree::{Node, Tree};
use vakt_kql::types::ScalarType;

fn find<'t>(tree: &'t Tree, kinds: &[NodeKind]) -> Option<Node<'t>> {
    let mut open = vec![tree.root()];
    while let Some(node) = open.pop() {
        if kinds.contains(&node.kind()) {
            return Some(node);
        }
        open.extend(node.nodes());
    }
    None
}

fn check(literal: &str, expected: LiteralValue<'_>) {
    let text = format!("datatable(a:string)[{literal}]");
    let parse = vakt_kql::parse(&text);
    let node = find(&parse.tree, &[NodeKind::Literal, NodeKind::CompoundString]);
    let found = node.and_then(ast::literal_value);
    assert_eq!(found, Some(expected), "{literal}");
}

#[test]
fn numbers_have_values() {
    use LiteralValue::{Bool, Decimal, Int, Long, Malformed, Null, Real};
    for (literal, expected) in [
        ("17", Long(17)),
        ("-17", Long(-17)),
        ("+3", Long(3)),
        ("0xFF", Long(255)),
        ("9223372036854775807", Long(i64::MAX)),
        ("-9223372036854775808", Long(i64::MIN)),
        ("9223372036854775808", Malformed(ScalarType::Long)),
        ("long(0xFFFFFFFFFFFFFFFF)", Long(-1)),
        ("long( 5 )", Long(5)),
        ("long(five)", Malformed(ScalarType::Long)),
        ("int(-5)", Int(-5)),
        ("int(5000000000)", Malformed(ScalarType::Int)),
        ("int(null)", Null(ScalarType::Int)),
        ("1.5", Real(1.5)),
        ("1.", Real(1.0)),
        ("2e-3", Real(0.002)),
        ("-1.5", Real(-1.5)),
        ("real(+inf)", Real(f64::INFINITY)),
        ("double(-inf)", Real(f64::NEG_INFINITY)),
        ("real(infinity)", Malformed(ScalarType::Real)),
        ("decimal(0.1)", Decimal("0.1")),
        ("decimal(x)", Malformed(ScalarType::Decimal)),
        ("true", Bool(true)),
        ("FALSE", Bool(false)),
        ("bool(1)", Bool(true)),
        ("bool(null)", Null(ScalarType::Bool)),
    ] {
        check(literal, expected);
    }
}

#[test]
fn moments_have_ticks() {
    use LiteralValue::{Datetime, Malformed, Null, Timespan};
    const DAY: i64 = 864_000_000_000;
    const Y2024: i64 = 638_396_640_000_000_000;
    for (literal, expected) in [
        ("datetime(2024-01-01)", Datetime(Y2024)),
        ("datetime(2024)", Datetime(Y2024)),
        ("date(2024-01)", Datetime(Y2024)),
        ("datetime(2024-01-01T00:00:00Z)", Datetime(Y2024)),
        ("datetime(2024-01-01 00:00:01.5)", Datetime(Y2024 + 15_000_000)),
        ("datetime(2024-01-01T01:00:00.0000001+01:00)", Datetime(Y2024 + 1)),
        ("datetime('2024-01-02')", Datetime(Y2024 + DAY)),
        ("datetime(1 Jan 2024 00:00:01 GMT)", Datetime(Y2024 + 10_000_000)),
        ("datetime(Tue, 2 Jan 24)", Datetime(Y2024 + DAY)),
        ("datetime(0001-01-01)", Datetime(0)),
        ("datetime(9999-12-31 23:59:59.9999999)", Datetime(3_155_378_975_999_999_999)),
        ("datetime(null)", Null(ScalarType::Datetime)),
        ("datetime(2023-02-29)", Malformed(ScalarType::Datetime)),
        ("datetime(2024-01-01 24:00)", Malformed(ScalarType::Datetime)),
        ("datetime(soon)", Malformed(ScalarType::Datetime)),
        ("1d", Timespan(DAY)),
        ("-1d", Timespan(-DAY)),
        ("1.5h", Timespan(54_000_000_000)),
        ("90sec", Timespan(900_000_000)),
        ("5tick", Timespan(5)),
        ("300nanos", Timespan(3)),
        ("timespan(2)", Timespan(2 * DAY)),
        ("time(3d)", Timespan(3 * DAY)),
        ("timespan(1.02:03:04.5)", Timespan(DAY + 73_845_000_000)),
        ("time(-00:30)", Timespan(-18_000_000_000)),
        ("timespan(25:00)", Malformed(ScalarType::Timespan)),
    ] {
        check(literal, expected);
    }
}

#[test]
fn strings_say_what_is_in_them() {
    for (literal, expected) in [
        (r#""a""#, "a"),
        ("'a'", "a"),
        (r#""a\tb\\c\"d""#, "a\tb\\c\"d"),
        (r#"'\x41\u00e4\U0001F600\101'"#, "A\u{e4}\u{1f600}A"),
        (r#"'\ud83d\ude00'"#, "\u{1f600}"),
        (r#"@"C:\a""b""#, "C:\\a\"b"),
        ("@'it''s'", "it's"),
        (r#"h"a""#, "a"),
        (r#"H@'a\b'"#, "a\\b"),
        ("```a\n\"b\" `c` ```", "a\n\"b\" `c` "),
        ("~~~a\\~~~", "a\\"),
        (r#""a" 'b' @"c""#, "abc"),
        (r#""""#, ""),
    ] {
        check(literal, LiteralValue::String(expected.into()));
    }
}

#[test]
fn guids_are_numbers() {
    let expected = LiteralValue::Guid(0x7463_1101_c8fa_4a56_8aab_2d21_7b9e_5c23);
    check("guid(74631101-c8fa-4a56-8aab-2d217b9e5c23)", expected.clone());
    check("guid(74631101c8fa4a568aab2d217b9e5c23)", expected);
    check("guid(7463)", LiteralValue::Malformed(ScalarType::Guid));
}

#[test]
fn names_lose_their_dress() {
    for (name, expected) in
        [("a", "a"), ("['a b']", "a b"), ("[@\"a\"]", "a"), ("{a}", "a"), ("count", "count")]
    {
        let text = format!("T | project {name}");
        let parse = vakt_kql::parse(&text);
        let project = find(&parse.tree, &[NodeKind::Project]).expect("an operator");
        let node = project.find(NodeKind::NameRef).expect("a name");
        assert_eq!(ast::name_text(node), expected, "{name}");
    }
    let parse = vakt_kql::parse("T | project-away a*b*");
    let name = find(&parse.tree, &[NodeKind::WildcardName]).expect("a name");
    assert_eq!(ast::name_text(name), "a*b*");
}

#[test]
fn operators_are_told_apart() {
    use Answer::{Negated, Straight};
    use Case::{Counts, Ignored};
    for (text, expected) in [
        ("a <> b", BinaryOp::NotEqual),
        ("a % b", BinaryOp::Modulo),
        ("a !has_cs b", BinaryOp::Text(TextOp::Has, Negated, Counts)),
        ("a notcontains b", BinaryOp::Text(TextOp::Contains, Negated, Ignored)),
        ("a containscs b", BinaryOp::Text(TextOp::Contains, Straight, Counts)),
        ("a notlikecs b", BinaryOp::Text(TextOp::Like, Negated, Counts)),
        ("a hasprefix b", BinaryOp::Text(TextOp::HasPrefix, Straight, Ignored)),
        ("a !endswith_cs b", BinaryOp::Text(TextOp::EndsWith, Negated, Counts)),
        ("a matches regex b", BinaryOp::Text(TextOp::MatchesRegex, Straight, Counts)),
        ("a !~ b", BinaryOp::Text(TextOp::Equal, Negated, Ignored)),
        ("a !in~ (b)", BinaryOp::In(Negated, Ignored)),
        ("a has_all (b)", BinaryOp::HasAll),
        ("a !between (1 .. 2)", BinaryOp::Between(Negated)),
    ] {
        let query = format!("T | where {text}");
        let parse = vakt_kql::parse(&query);
        let kinds = [NodeKind::Binary, NodeKind::In, NodeKind::Between];
        let found = find(&parse.tree, &kinds).and_then(ast::binary_op);
        let found = found.map(|(operator, _)| operator);
        assert_eq!(found, Some(expected), "{text}");
    }
}

#[test]
fn parameters_are_found_by_name() {
    let text = "T | join kind=leftouter hint.strategy=shuffle hint.num_partitions=4 \
                hint.shufflekey=['a b'] (U) on c";
    let parse = vakt_kql::parse(text);
    let join = find(&parse.tree, &[NodeKind::Join]).expect("an operator");
    for (name, expected) in [
        ("kind", Some("leftouter")),
        ("hint.strategy", Some("shuffle")),
        ("hint.num_partitions", Some("4")),
        ("hint.shufflekey", Some("a b")),
        ("hint.remote", None),
    ] {
        let found = ast::parameter(join, &[name]).and_then(ast::parameter_text);
        assert_eq!(found.as_deref(), expected, "{name}");
    }
}
