//! How fast queries are read, in bytes a second, and read and bound, in queries a second, on one core.
//! Real queries are not part of this repository: without them there is one line that says so, and only
//! our own are read. `benches/peers/run.sh` runs others over the same file.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{
    BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use vakt_kql::catalog::Catalog;

/// Beside the checkout, where the query oracles are.
const CORPUS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/oracle/kql/corpus.jsonl");

fn corpus() -> Option<Vec<String>> {
    let text = fs::read_to_string(Path::new(CORPUS)).ok()?;
    let queries = text.lines().filter_map(|line| {
        let record: serde_json::Value = serde_json::from_str(line).ok()?;
        record.get("query")?.as_str().map(str::to_owned)
    });
    Some(queries.collect())
}

fn own_queries() -> Vec<String> {
    let blocks = include_str!("../tests/syntax/trees.txt").split("\n\n");
    let queries = blocks.filter_map(|block| block.rsplit_once("\n= "));
    queries.map(|(query, _)| query.to_owned()).collect()
}

type Group<'a> = BenchmarkGroup<'a, WallTime>;

fn parse_all(group: &mut Group<'_>, queries: &[String]) {
    let bytes = queries.iter().map(String::len).sum::<usize>();
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            for query in queries {
                black_box(vakt_kql::parse(black_box(query)));
            }
        });
    });
}

fn bind_all(group: &mut Group<'_>, queries: &[String]) {
    let catalog = Catalog::hunting();
    group.throughput(Throughput::Elements(queries.len() as u64));
    group.bench_function("parse and bind", |bencher| {
        bencher.iter(|| {
            for query in queries {
                let parse = vakt_kql::parse(black_box(query));
                black_box(vakt_kql::bind(&parse, catalog));
            }
        });
    });
}

fn language(criterion: &mut Criterion) {
    let mut all = vec![("own queries", own_queries())];
    match corpus() {
        Some(queries) => all.push(("corpus", queries)),
        None => eprintln!("skipped: no corpus at {CORPUS}"),
    }
    for (name, queries) in &all {
        let mut group = criterion.benchmark_group(*name);
        group.sample_size(20);
        parse_all(&mut group, queries);
        bind_all(&mut group, queries);
        group.finish();
    }
}

/// Texts of a megabyte, or of ten thousand levels, that nobody writes by hand: each must be answered
/// within 100 ms.
fn hostile_queries() -> Vec<(&'static str, String)> {
    const MEGABYTE: usize = 1_000_000;
    const DEPTH: usize = 10_000;
    let full = |part: &str| part.repeat(MEGABYTE / part.len());
    let listed = |start: &str, part: fn(usize) -> String, between: &str| {
        let mut text = start.to_owned();
        for index in 0.. {
            let next = part(index);
            if text.len() + next.len() + between.len() > MEGABYTE {
                break;
            }
            text.push_str(if index == 0 { "" } else { between });
            text.push_str(&next);
        }
        text
    };
    let nested = |start: &str, open: &str, close: &str| {
        format!("{start}{}1{}", open.repeat(DEPTH), close.repeat(DEPTH))
    };
    let where_ = "DeviceProcessEvents | where ";
    vec![
        ("or", listed(where_, |index| format!("FileName == 'a{index}.exe'"), " or ")),
        ("unknown columns", listed(where_, |index| format!("Name{index} == 1"), " or ")),
        ("in", listed(&format!("{where_}FileName in ("), |i| format!("'value{i}'"), ",") + ")"),
        ("pipes", listed("Events", |index| format!(" | where FileName != 'x{index}'"), "")),
        ("extends", listed("AlertInfo", |i| format!("\n| extend a{i} = strcat(Title, 'x')"), "")),
        ("lets", listed("", |index| format!("let a{index} = {index};"), "\n") + " print a0"),
        ("sum", format!("print {}1", full("1 + "))),
        ("signs", format!("print {}1", full("- "))),
        ("steps", full("a.b ")),
        ("words", full("word ")),
        ("brackets", full("( ")),
        ("no characters of KQL", full("\u{1} ")),
        ("one text", format!("print '{}'", full("x"))),
        ("one comment", format!("print 1 // {}", full("x"))),
        ("deep brackets", nested("print ", "(", ")")),
        ("deep arrays", nested("print dynamic(", "[", "])")),
        ("deep calls", nested("print ", "strcat(", ")")),
    ]
}

fn hostile(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hostile");
    group.sample_size(10);
    for (name, query) in hostile_queries() {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let parse = vakt_kql::parse(black_box(&query));
                black_box(vakt_kql::bind(&parse, Catalog::hunting()))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, language, hostile);
criterion_main!(benches);
