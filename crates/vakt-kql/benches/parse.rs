//! How fast real queries are read, in bytes a second on one core. The queries are not part of this
//! repository: without them there is one line that says so, and our own are read instead.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

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

fn parse_all(criterion: &mut Criterion, name: &str, queries: &[String]) {
    let bytes = queries.iter().map(String::len).sum::<usize>();
    let mut group = criterion.benchmark_group("parse");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.sample_size(20);
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            for query in queries {
                black_box(vakt_kql::parse(black_box(query)));
            }
        });
    });
    group.finish();
}

fn parse(criterion: &mut Criterion) {
    parse_all(criterion, "own queries", &own_queries());
    match corpus() {
        Some(queries) => parse_all(criterion, "corpus", &queries),
        None => eprintln!("skipped: no corpus at {CORPUS}"),
    }
}

criterion_group!(benches, parse);
criterion_main!(benches);
