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

criterion_group!(benches, language);
criterion_main!(benches);
