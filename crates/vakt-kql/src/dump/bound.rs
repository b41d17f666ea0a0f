//! Bound queries as text: each operator on a line with what it makes, its inputs indented below.

use crate::bound::{Argument, Bound, Expr, ExprKind, Rel, RelOp, SortKey, Value};
use crate::catalog::Column;

/// Deeper parts of a query are left out.
const DEPTH_SHOWN_MAX: usize = 200;

/// The answers of a query: columns with their types, and below how they are made. `#3` is the column
/// at that place of the input, from 0.
pub fn bound(bound: &Bound) -> String {
    let mut out = String::new();
    for (name, value) in &bound.options {
        let value = value.as_ref().map(|value| format!(" = {}", text(value, 0)));
        out.push_str(&format!("set {name}{}\n", value.unwrap_or_default()));
    }
    for rows in &bound.results {
        out.push_str(&format!("answers {}\n", columns(&rows.columns)));
        rel(rows, 1, &mut out);
    }
    out
}

fn columns(columns: &[Column]) -> String {
    let each = columns.iter().map(|column| format!("{}: {}", column.name, column.ty));
    format!("({})", each.collect::<Vec<_>>().join(", "))
}

fn rel(rows: &Rel, depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
    if depth > DEPTH_SHOWN_MAX {
        out.push_str("…\n");
        return;
    }
    let (name, details, inputs) = parts(rows);
    out.push_str(&name);
    if !details.is_empty() {
        out.push(' ');
        out.push_str(&details.join(", "));
    }
    if rows.serialized {
        out.push_str(" [ordered]");
    }
    if rows.open {
        out.push_str(" [open]");
    }
    out.push('\n');
    for input in inputs {
        rel(input, depth + 1, out);
    }
}

/// What an operator is called, what it does, and what it does it to.
fn parts(rows: &Rel) -> Parts<'_> {
    parts_of_one(&rows.op).unwrap_or_else(|| parts_of_many(rows))
}

type Parts<'r> = (String, Vec<String>, Vec<&'r Rel>);

/// Operators on one input.
fn parts_of_one(op: &RelOp) -> Option<Parts<'_>> {
    let (name, values, input): (&str, Vec<String>, &Rel) = match op {
        RelOp::Where { input, predicate } => ("where", vec![text(predicate, 0)], input),
        RelOp::Project { input, columns } => ("project", texts(columns), input),
        RelOp::Extend { input, assigned } => ("extend", assigned_texts(assigned), input),
        RelOp::Select { input, places } => ("select", places.iter().map(place).collect(), input),
        RelOp::Distinct { input, columns } => ("distinct", texts(columns), input),
        RelOp::Summarize { input, keys, aggregates } => {
            let mut values: Vec<String> =
                keys.iter().map(|key| format!("by {}", text(key, 0))).collect();
            values.extend(aggregates.iter().map(|aggregate| text(&aggregate.value, 0)));
            ("summarize", values, input)
        }
        RelOp::Sort { input, keys } => ("sort", keys.iter().map(key).collect(), input),
        RelOp::Top { input, count, keys } => {
            let mut values = vec![text(count, 0)];
            values.extend(keys.iter().map(key));
            ("top", values, input)
        }
        RelOp::Take { input, count } => ("take", vec![text(count, 0)], input),
        RelOp::Sample { input, count } => ("sample", vec![text(count, 0)], input),
        RelOp::SampleDistinct { input, count, of } => {
            ("sample-distinct", vec![text(count, 0), text(of, 0)], input)
        }
        RelOp::TopHitters { input, count, of, .. } => {
            ("top-hitters", vec![text(count, 0), text(of, 0)], input)
        }
        RelOp::TopNested { input, levels } => {
            ("top-nested", levels.iter().map(|level| text(&level.of, 0)).collect(), input)
        }
        RelOp::Count { input } => ("count", Vec::new(), input),
        RelOp::Serialize { input } => ("serialize", Vec::new(), input),
        RelOp::GetSchema { input } => ("getschema", Vec::new(), input),
        RelOp::Consume { input } => ("consume", Vec::new(), input),
        RelOp::AssertSchema { input, columns: wanted } => {
            ("assert-schema", vec![columns(wanted)], input)
        }
        RelOp::Render { input, chart, .. } => ("render", vec![chart.to_string()], input),
        RelOp::Reduce { input, by, .. } => ("reduce", vec![text(by, 0)], input),
        RelOp::ParseKv { input, text: own, keys, .. } => {
            ("parse-kv", vec![text(own, 0), columns(keys)], input)
        }
        RelOp::Parse(parse) => ("parse", vec![text(&parse.text, 0)], &parse.input),
        RelOp::MvExpand(expand) => {
            let each = expand
                .columns
                .iter()
                .map(|(at, value, ty)| format!("#{at} = {} to {ty}", text(value, 0)));
            ("mv-expand", each.collect(), &expand.input)
        }
        RelOp::MakeSeries(series) => {
            ("make-series", vec![format!("on {}", text(&series.axis.0, 0))], &series.input)
        }
        RelOp::Scan(scan) => {
            ("scan", scan.steps.iter().map(|step| step.name.to_string()).collect(), &scan.input)
        }
        _ => return None,
    };
    Some((name.to_owned(), values, vec![input]))
}

/// Sources, and operators on several inputs.
fn parts_of_many(rows: &Rel) -> Parts<'_> {
    match &rows.op {
        RelOp::Table(name) => (format!("table {name}"), Vec::new(), Vec::new()),
        RelOp::Input => (format!("input {}", columns(&rows.columns)), Vec::new(), Vec::new()),
        RelOp::Values(values) => (format!("{} rows", values.len()), Vec::new(), Vec::new()),
        RelOp::External(external) => {
            ("external".to_owned(), texts(&external.addresses), Vec::new())
        }
        RelOp::Range { from, to, step } => {
            ("range".to_owned(), [from, to, step].map(|value| text(value, 0)).into(), Vec::new())
        }
        RelOp::Print(values) => ("print".to_owned(), texts(values), Vec::new()),
        RelOp::Shared { name, rows, materialized } => {
            let kept = if *materialized { "materialized " } else { "" };
            (format!("{kept}let {name}"), Vec::new(), vec![&**rows])
        }
        RelOp::Join(join) => {
            let on = join
                .on
                .iter()
                .map(|(left, right)| format!("{} == {}", text(left, 0), text(right, 0)));
            (format!("join {:?}", join.kind), on.collect(), vec![&join.left, &join.right])
        }
        RelOp::Union { branches, .. } => {
            let inputs = branches.iter().map(|branch| &branch.rows).collect();
            ("union".to_owned(), Vec::new(), inputs)
        }
        RelOp::Search(search) => {
            let inputs = search.branches.iter().map(|branch| &branch.rows).collect();
            ("search".to_owned(), vec![text(&search.predicate, 0)], inputs)
        }
        RelOp::MvApply(apply) => {
            ("mv-apply".to_owned(), Vec::new(), vec![&apply.expand.input, &apply.subquery])
        }
        RelOp::Partition { input, by, subquery, .. } => {
            ("partition".to_owned(), vec![text(by, 0)], vec![&**input, &**subquery])
        }
        RelOp::Fork { input, branches } => {
            let each = branches.iter().map(|(_, rows)| rows);
            ("fork".to_owned(), Vec::new(), std::iter::once(&**input).chain(each).collect())
        }
        RelOp::Facet { input, by, with } => {
            let each = with.iter().map(|rows| &**rows);
            let by = by.iter().map(place).collect();
            ("facet".to_owned(), by, std::iter::once(&**input).chain(each).collect())
        }
        RelOp::Evaluate { input, plugin, arguments: given } => (
            format!("evaluate {plugin}"),
            arguments(given, 0),
            input.iter().map(|rows| &**rows).collect(),
        ),
        RelOp::CatalogFunction { input, name, arguments: given } => (
            format!("function {name}"),
            arguments(given, 0),
            input.iter().map(|rows| &**rows).collect(),
        ),
        RelOp::Graph { operator, inputs, expressions, .. } => {
            ((*operator).to_owned(), texts(expressions), inputs.iter().collect())
        }
        RelOp::Broken(input) => {
            ("broken".to_owned(), Vec::new(), input.iter().map(|rows| &**rows).collect())
        }
        _ => ("rows".to_owned(), Vec::new(), Vec::new()),
    }
}

fn place(place: &usize) -> String {
    format!("#{place}")
}

fn key(key: &SortKey) -> String {
    let direction = if key.descending { "desc" } else { "asc" };
    let nulls = if key.nulls_first { "first" } else { "last" };
    format!("{} {direction} nulls {nulls}", text(&key.value, 0))
}

fn assigned_texts(assigned: &[(usize, Expr)]) -> Vec<String> {
    assigned.iter().map(|(at, value)| format!("#{at} = {}", text(value, 0))).collect()
}

fn texts(values: &[Expr]) -> Vec<String> {
    values.iter().map(|value| text(value, 0)).collect()
}

fn arguments(given: &[Argument], depth: usize) -> Vec<String> {
    let each = given.iter().map(|argument| match argument {
        Argument::Value(value) => text(value, depth),
        Argument::Rows(rows) => format!("rows {}", columns(&rows.columns)),
    });
    each.collect()
}

/// A value with its type.
fn text(value: &Expr, depth: usize) -> String {
    if depth > DEPTH_SHOWN_MAX {
        return "…".to_owned();
    }
    let inner = |value: &Expr| text(value, depth + 1);
    let own = match &value.kind {
        ExprKind::Literal(literal) => constant(literal),
        ExprKind::Column(at) => format!("#{at}"),
        ExprKind::Columns(places) => {
            format!("({})", places.iter().map(place).collect::<Vec<_>>().join(", "))
        }
        ExprKind::AnyColumn => "*".to_owned(),
        ExprKind::ScanState(step, at) => format!("step {step} #{at}"),
        ExprKind::Call { name, arguments: given, .. } => {
            return format!("{name}({}): {}", arguments(given, depth + 1).join(", "), value.ty);
        }
        ExprKind::Part(whole, at) => format!("{} part {at}", inner(whole)),
        ExprKind::Convert(from) => format!("convert({})", inner(from)),
        ExprKind::Member { base, name } => format!("{}.{name}", inner(base)),
        ExprKind::Element { base, index } => format!("{}[{}]", inner(base), inner(index)),
        ExprKind::InRows { operator, left, rows } => {
            format!("{} {operator} rows {}", inner(left), columns(&rows.columns))
        }
        ExprKind::ToScalar(rows) => format!("toscalar {}", columns(&rows.columns)),
        ExprKind::Shared { name, value } => format!("let {name} = {}", inner(value)),
        ExprKind::Type(named) => format!("typeof{}", columns(named)),
        ExprKind::Broken => "broken".to_owned(),
        other => format!("{other:?}"),
    };
    format!("{own}: {}", value.ty)
}

fn constant(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Long(value) => value.to_string(),
        Value::Real(value) => format!("{value:?}"),
        Value::Decimal(text) | Value::Dynamic(text) => text.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::Datetime(ticks) | Value::Timespan(ticks) => format!("{ticks} ticks"),
        Value::Guid(number) => format!("{number:032x}"),
    }
}
