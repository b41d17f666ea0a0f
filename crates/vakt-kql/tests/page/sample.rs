//! A query for each way to call a function, so that every row is seen to bind.

use vakt_kql::registry::{
    ArgumentKind, Function, FunctionKind, Overload, Parameter, ParameterType,
};
use vakt_kql::types::ScalarType;

const ROWS: &str = "let T = datatable(b: bool, i: int, l: long, r: real, m: decimal, s: string, \
     d: datetime, t: timespan, g: guid, y: dynamic)[];\n\
     let U = datatable(k: string, p: dynamic, s: string)[];\n";

/// One query for each overload that is offered.
pub fn samples(row: &Function) -> Vec<String> {
    let offered = row.overloads.iter().filter(|overload| !overload.hidden);
    offered.map(|overload| sample(row, overload)).collect()
}

fn sample(row: &Function, overload: &Overload) -> String {
    let mut arguments: Vec<String> = arguments(overload);
    if let (FunctionKind::Plugin, Some(first)) = (row.kind, arguments.first_mut())
        && first.starts_with("typeof")
    {
        *first = "typeof(*, x: long)".to_owned();
    }
    let call = format!("{}({})", row.name, arguments.join(", "));
    match (row.kind, row.name) {
        (FunctionKind::Plugin, _) => format!("{ROWS}T | evaluate {call}"),
        (FunctionKind::Aggregate, _) => format!("{ROWS}T | summarize {call}"),
        (_, "cluster" | "database" | "entity_group") => {
            format!("{call}.database('x').DeviceEvents")
        }
        (_, "table") => "table('DeviceEvents', 'all')".to_owned(),
        (_, "external_table" | "materialized_view" | "stored_query_result" | "graph") => call,
        (_, "all" | "any" | "map" | "inner_nodes" | "node_id" | "node_degree_in" | "labels")
        | (_, "node_degree_out") => graph(row.name),
        (_, "column_names_of") => format!("{ROWS}print {call}"),
        _ => format!("{ROWS}T | serialize | project {call}"),
    }
}

/// Functions that are only known inside a pattern of a graph.
fn graph(name: &str) -> String {
    let condition = match name {
        "all" | "any" => format!("where {name}(e, l == 1) project x = a.s"),
        "map" => "project x = map(e, l)".to_owned(),
        "inner_nodes" => "project x = map(inner_nodes(e), s)".to_owned(),
        "labels" => "project x = labels(a)".to_owned(),
        _ => format!("project x = {name}(a)"),
    };
    format!("{ROWS}T | make-graph s --> s with T on s | graph-match (a)-[e*1..3]->(c) {condition}")
}

fn arguments(overload: &Overload) -> Vec<String> {
    let mut arguments = Vec::new();
    let block = overload.layout == vakt_kql::registry::Layout::Block;
    for parameter in overload.parameters {
        let times = if block { 1 } else { parameter.count_min.max(1) };
        for _ in 0..times {
            arguments.push(argument(parameter));
        }
    }
    arguments
}

fn argument(parameter: &Parameter) -> String {
    match parameter.kind {
        ArgumentKind::StarOnly => "*".to_owned(),
        ArgumentKind::Aggregate => "count()".to_owned(),
        ArgumentKind::Column => column(parameter).to_owned(),
        ArgumentKind::ColumnOfFirst if parameter.ty == ParameterType::Bag => "p".to_owned(),
        ArgumentKind::ColumnOfFirst => "k".to_owned(),
        ArgumentKind::ColumnOfBoth => "s".to_owned(),
        kind => match parameter.values {
            [first, ..] => format!("'{first}'"),
            [] if kind == ArgumentKind::Expression => value(parameter.ty).to_owned(),
            [] => constant(parameter.ty).to_owned(),
        },
    }
}

fn column(parameter: &Parameter) -> &'static str {
    match parameter.ty {
        ParameterType::Summable => "d",
        ParameterType::Scalar if parameter.name == "column" => "y",
        ParameterType::Scalar if parameter.name.ends_with("tude") => "r",
        _ => "s",
    }
}

fn value(ty: ParameterType) -> &'static str {
    match ty {
        ParameterType::Tabular => "U",
        ParameterType::StringOrDynamic => "s",
        ParameterType::Summable | ParameterType::Orderable => "l",
        ParameterType::Scalar | ParameterType::NotDynamic | ParameterType::NotRealOrBool => "s",
        _ => constant(ty),
    }
}

fn constant(ty: ParameterType) -> &'static str {
    match ty {
        ParameterType::OneOf(types) => types.first().map_or("1", |ty| literal(*ty)),
        ParameterType::Array | ParameterType::ArrayOrBag | ParameterType::IntegerOrArray => {
            "dynamic([1, 2])"
        }
        ParameterType::Bag => "dynamic({'a': 1})",
        ParameterType::Scalar | ParameterType::StringOrArray => "'a'",
        _ => "1",
    }
}

/// A query for each construct.
#[rustfmt::skip]
pub const CONSTRUCT_SAMPLES: &[(&str, &str)] = &[
    ("alias", "alias database x = cluster('a').database('b'); print 1"),
    ("declare", "declare query_parameters(a: string = 'x'); print a"),
    ("let", "let a = 1; print a"),
    ("restrict", "restrict access to (DeviceInfo); DeviceInfo"),
    ("set", "set notruncation; DeviceInfo"),
    ("datatable", "datatable(a: long)[1, 2]"),
    ("entity_group", "let g = entity_group [database('x')]; print 1"),
    ("externaldata", "externaldata(a: string)['https://example.org/a.csv'] with (format='csv')"),
    ("print", "print a = 1"),
    ("range", "range a from 1 to 3 step 1"),
    ("as", "DeviceInfo | as T | union T"),
    ("assert-schema", "print a = 1 | assert-schema (a: long)"),
    ("consume", "DeviceInfo | consume"),
    ("count", "DeviceInfo | count"),
    ("distinct", "DeviceInfo | distinct DeviceName"),
    ("evaluate", "DeviceEvents | evaluate bag_unpack(AdditionalFields)"),
    ("extend", "DeviceInfo | extend a = 1"),
    ("facet", "DeviceInfo | facet by DeviceName"),
    ("find", "find in (DeviceInfo, DeviceEvents) where DeviceName == 'x'"),
    ("fork", "DeviceInfo | fork (take 1) (count)"),
    ("getschema", "DeviceInfo | getschema"),
    ("graph-mark-components", "DeviceInfo | make-graph DeviceId --> DeviceName with_node_id=n | graph-mark-components kind=weak | graph-to-table nodes"),
    ("graph-match", "DeviceInfo | make-graph DeviceId --> DeviceName with_node_id=n | graph-match (a)-[e]->(b) project x = a.n"),
    ("graph-shortest-paths", "DeviceInfo | make-graph DeviceId --> DeviceName with_node_id=n | graph-shortest-paths (a)-[e*1..3]->(b) project x = a.n"),
    ("graph-to-table", "DeviceInfo | make-graph DeviceId --> DeviceName with_node_id=n | graph-to-table nodes"),
    ("graph-where-edges", "DeviceInfo | make-graph DeviceId --> DeviceName with_node_id=n | graph-where-edges 1 == 1 | graph-to-table edges"),
    ("graph-where-nodes", "DeviceInfo | make-graph DeviceId --> DeviceName with_node_id=n | graph-where-nodes 1 == 1 | graph-to-table nodes"),
    ("invoke", "DeviceFileEvents | invoke FileProfile(SHA1)"),
    ("join", "DeviceInfo | join kind=inner DeviceEvents on DeviceId"),
    ("lookup", "DeviceInfo | lookup DeviceEvents on DeviceId"),
    ("macro-expand", "macro-expand entity_group [database('x')] as X (print 1)"),
    ("make-graph", "DeviceInfo | make-graph DeviceId --> DeviceName with_node_id=n | graph-to-table edges"),
    ("make-series", "DeviceInfo | make-series n = count() on Timestamp from ago(1d) to now() step 1h by DeviceName"),
    ("mv-apply", "print a = dynamic([1]) | mv-apply b = a to typeof(long) on (top 1 by b)"),
    ("mv-expand", "print a = dynamic([1]) | mv-expand b = a to typeof(long)"),
    ("parse", "DeviceInfo | parse DeviceName with a '-' b: long"),
    ("parse-kv", "DeviceInfo | parse-kv DeviceName as (a: string) with (pair_delimiter=',')"),
    ("parse-where", "DeviceInfo | parse-where DeviceName with a '-' b: long"),
    ("partition", "DeviceInfo | partition by DeviceName (take 1)"),
    ("project", "DeviceInfo | project DeviceName"),
    ("project-away", "DeviceInfo | project-away Device*"),
    ("project-by-names", "DeviceInfo | project-by-names dynamic(['DeviceName'])"),
    ("project-keep", "DeviceInfo | project-keep Device*"),
    ("project-rename", "DeviceInfo | project-rename Name = DeviceName"),
    ("project-reorder", "DeviceInfo | project-reorder DeviceName, * asc"),
    ("reduce", "DeviceInfo | reduce by DeviceName"),
    ("render", "DeviceInfo | summarize count() by DeviceName | render columnchart"),
    ("sample", "DeviceInfo | sample 5"),
    ("sample-distinct", "DeviceInfo | sample-distinct 5 of DeviceName"),
    ("scan", "DeviceInfo | sort by Timestamp asc | scan declare (n: long = 0) with (step s: true => n = s.n + 1;)"),
    ("search", "search in (DeviceInfo) 'x'"),
    ("serialize", "DeviceInfo | serialize n = row_number()"),
    ("sort", "DeviceInfo | sort by Timestamp asc nulls last"),
    ("summarize", "DeviceInfo | summarize count() by DeviceName"),
    ("take", "DeviceInfo | take 5"),
    ("top", "DeviceInfo | top 5 by Timestamp"),
    ("top-hitters", "DeviceInfo | top-hitters 5 of DeviceName"),
    ("top-nested", "DeviceInfo | top-nested 5 of DeviceName by count()"),
    ("union", "union withsource=T DeviceInfo, DeviceEvents"),
    ("where", "DeviceInfo | where DeviceName == 'x'"),
    ("materialize", "let a = materialize(DeviceInfo | take 5); a | count"),
    ("toscalar", "let a = toscalar(DeviceInfo | count); print a"),
    ("totable", "print x = 1 in (totable(DeviceInfo | project OSBuild))"),
];

const fn literal(ty: ScalarType) -> &'static str {
    match ty {
        ScalarType::Bool => "true",
        ScalarType::Int => "int(1)",
        ScalarType::Real => "1.5",
        ScalarType::Decimal => "decimal(1.5)",
        ScalarType::String => "'a'",
        ScalarType::Datetime => "datetime(2024-01-01)",
        ScalarType::Timespan => "1h",
        ScalarType::Guid => "guid(74be27de-1e4e-49d9-b579-fe0b331d3642)",
        ScalarType::Dynamic => "dynamic([1, 2])",
        ScalarType::Type => "typeof(long)",
        ScalarType::Long | ScalarType::Unknown => "1",
    }
}
