//! The page of the reference.

mod sample;

use vakt_kql::bound::RelOp;
use vakt_kql::catalog::Catalog;
use vakt_kql::diagnostic::Severity;
use vakt_kql::registry::{
    CONSTRUCTS, Construct, ConstructKind, Family, Function, FunctionKind, OPERATORS, Returns,
    functions,
};

const OPENING: &str = "# KQL

What Vakt knows of the Kusto Query Language: every function, aggregate, plugin and operator of
Microsoft's reference, from one table in the code (`crates/vakt-kql/src/registry`). This page is made
from it; a test fails when it is old.

- **Column** is the name of a column that nobody named: `ColumnN` is a number, *argument* the name of
  the first argument; *several* are named as the call says.
- **Nulls**: *propagates* gives null for a null, *answers* treats it as a value, *equality* follows
  `==`, *chooses* takes a null condition for false, *skips* takes the next that is not null, *keeps*
  leaves it in the rows.
- **Holds**: *immutable* gives the same for the same arguments, *per query* once for a query,
  *by order* reads the rows around, *volatile* differs for each row.
- **Bound**: a sample of every call is bound without an error, in the tests; a dash means that it
  names what only a server with such things has. All of them are parsed.
- **Runs since** is the release whose engine computes it; a dash means that it is parsed and bound
  only, for `vakt kql` and editors.

";

/// The pages of the KQL reference, as its table of contents and its overviews list them: a heading
/// with the kind, then the names.
const PAGES: &str = include_str!("../pages.txt");

/// Each page with its kind.
pub fn pages() -> Vec<(&'static str, &'static str)> {
    let mut kind = "";
    let mut pages = Vec::new();
    let lines = PAGES.lines().filter(|line| !line.starts_with("//"));
    for word in lines.flat_map(str::split_whitespace) {
        match word.strip_prefix('#') {
            Some(heading) => kind = heading,
            None => pages.push((kind, word)),
        }
    }
    pages
}

/// Rows that no sample can show: they name what only a server with such entities has.
const NOT_SHOWN: &[&str] = &[
    "cluster",
    "database",
    "entity_group",
    "external_table",
    "graph",
    "macro-expand",
    "materialized_view",
    "stored_query_result",
];

/// Whether the row's samples are bound without an error; `None` where no sample can show it.
pub fn binds(row: &Function) -> Option<bool> {
    let shown = !NOT_SHOWN.contains(&row.name);
    shown.then(|| sample::samples(row).iter().all(|query| is_bound(query)))
}

/// The same of a construct.
pub fn construct_binds(row: &Construct) -> Option<bool> {
    let (_, query) = sample::CONSTRUCT_SAMPLES.iter().find(|(name, _)| *name == row.name)?;
    (!NOT_SHOWN.contains(&row.name)).then(|| is_bound(query))
}

fn is_bound(query: &str) -> bool {
    let bound = vakt_kql::bind(&vakt_kql::parse(query), Catalog::hunting());
    let error = bound.problems.iter().any(|problem| problem.severity == Severity::Error);
    let answers = bound.results.iter().any(|rows| !matches!(rows.op, RelOp::Broken(_)));
    answers && !error
}

/// All of it.
pub fn page() -> String {
    let mut page = OPENING.to_owned();
    counts(&mut page);
    constructs(&mut page);
    operators(&mut page);
    let mut families: Vec<Family> = Vec::new();
    for kind in [FunctionKind::Scalar, FunctionKind::Aggregate, FunctionKind::Plugin] {
        for row in offered(kind) {
            if !families.contains(&row.family) {
                families.push(row.family);
            }
        }
        for family in families.drain(..) {
            section(&mut page, family, offered(kind).filter(|row| row.family == family));
        }
    }
    former(&mut page);
    hunting(&mut page);
    page
}

fn offered(kind: FunctionKind) -> impl Iterator<Item = &'static Function> {
    functions(kind).filter(|row| !row.hidden)
}

fn counts(page: &mut String) {
    let of = |kind| functions(kind).filter(|row| !row.name.starts_with("__")).count();
    let constructs = CONSTRUCTS.iter().filter(|row| !row.hidden).count();
    let runs = [FunctionKind::Scalar, FunctionKind::Aggregate, FunctionKind::Plugin]
        .into_iter()
        .flat_map(functions)
        .filter(|row| row.executed_since.is_some())
        .count();
    line(page, "| Kind | Known |\n|---|---|");
    for (kind, count) in [
        ("Scalar functions", of(FunctionKind::Scalar)),
        ("Aggregates", of(FunctionKind::Aggregate)),
        ("Plugins", of(FunctionKind::Plugin)),
        ("Scalar operators", OPERATORS.len()),
        ("Statements, sources, tabular operators and forms", constructs),
        ("Pages of Microsoft's reference, each with a row here", pages().len()),
        ("Functions, aggregates and plugins that run", runs),
    ] {
        line(page, &format!("| {kind} | {count} |"));
    }
}

fn constructs(page: &mut String) {
    for (kind, heading) in [
        (ConstructKind::Statement, "Statements"),
        (ConstructKind::Source, "Sources"),
        (ConstructKind::Operator, "Tabular operators"),
        (ConstructKind::Form, "Forms"),
    ] {
        line(
            page,
            &format!("\n## {heading}\n\n| Name | What it does | Options | Bound | Runs since |"),
        );
        line(page, "|---|---|---|---|---|");
        for row in CONSTRUCTS.iter().filter(|row| row.kind == kind && !row.hidden) {
            let also: String = row.spellings.iter().map(|other| format!(", `{other}`")).collect();
            let options = row.options.iter().filter(|option| !option.hidden);
            let options: Vec<String> = options
                .map(|option| format!("`{}`", option.describe().replace('|', "\\|")))
                .collect();
            let (name, summary) = (row.name, row.summary);
            let (options, bound) = (options.join("<br>"), yes(construct_binds(row)));
            let since = since(row.executed_since);
            line(page, &format!("| `{name}`{also} | {summary} | {options} | {bound} | {since} |"));
        }
    }
}

fn operators(page: &mut String) {
    line(
        page,
        "\n## Scalar operators\n\n| Operator | What it gives | Types | Nulls | Runs since |",
    );
    line(page, "|---|---|---|---|---|");
    for row in OPERATORS {
        let also: String = row.spellings.iter().map(|other| format!(", `{other}`")).collect();
        let types = code(&row.signatures());
        let (text, summary, nulls) = (row.text, row.summary, row.nulls.word());
        let since = since(row.executed_since);
        line(page, &format!("| `{text}`{also} | {summary} | {types} | {nulls} | {since} |"));
    }
}

fn section(page: &mut String, family: Family, rows: impl Iterator<Item = &'static Function>) {
    let heading = family.heading();
    line(
        page,
        &format!(
            "\n## {heading}\n\n| Name | What it gives | Call | Column | Nulls | Holds | Bound | Runs since |"
        ),
    );
    line(page, "|---|---|---|---|---|---|---|---|");
    for row in rows {
        let column = column(row);
        let (nulls, holds, since) =
            (row.nulls.word(), row.volatility.word(), since(row.executed_since));
        let (name, summary, calls) = (row.name, row.summary, code(&row.signatures()));
        let cells = [summary, &calls, &column, nulls, holds, yes(binds(row)), since];
        line(page, &format!("| `{name}` | {} |", cells.join(" | ")));
    }
}

/// How an unnamed column is called; some answers have several, each named by the rule in the call.
fn column(row: &Function) -> String {
    let several = row.overloads.iter().any(|overload| match overload.returns {
        Returns::Table(_) => true,
        Returns::Computed(computed) => computed.has_several_values(),
        _ => false,
    });
    if several { "several".to_owned() } else { row.result_name.describe(row.prefix) }
}

fn former(page: &mut String) {
    line(page, "\n## Former names\n\nThey work, and a hint names what to write.\n");
    line(page, "| Name | Kind | Write |\n|---|---|---|");
    for kind in [FunctionKind::Scalar, FunctionKind::Aggregate, FunctionKind::Plugin] {
        for row in functions(kind).filter(|row| row.deprecated) {
            let write = row.alternative.unwrap_or_default();
            line(page, &format!("| `{}` | {} | `{write}` |", row.name, kind.noun()));
        }
    }
}

fn hunting(page: &mut String) {
    let catalog = Catalog::hunting();
    line(page, "\n## Advanced hunting\n");
    line(
        page,
        &format!(
            "{} tables, every one with `Timestamp` also by the name `TimeGenerated`, and these functions:\n",
            catalog.tables().count()
        ),
    );
    line(page, "| Name | What it gives | Columns |\n|---|---|---|");
    for function in catalog.functions() {
        let names: Vec<&str> = function.returns.iter().map(|column| &*column.name).collect();
        line(
            page,
            &format!("| `{}` | {} | {} |", function.name, function.summary, names.join(", ")),
        );
    }
    let mut aliases: Vec<_> = catalog.aliases().collect();
    aliases.sort_unstable();
    line(page, "\n| Former table | Today |\n|---|---|");
    for (old, new) in aliases {
        line(page, &format!("| `{old}` | `{new}` |"));
    }
}

fn line(page: &mut String, text: &str) {
    page.push_str(text);
    page.push('\n');
}

fn code(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
    texts.join("<br>")
}

fn yes(bound: Option<bool>) -> &'static str {
    match bound {
        Some(true) => "yes",
        Some(false) => "no",
        None => "–",
    }
}

fn since(release: Option<&str>) -> &str {
    release.unwrap_or("–")
}
