//! How fast kqlparser reads a corpus, and how much of it: `kqlparser-bench CORPUS.jsonl`.

use std::time::Instant;

/// Times the corpus is read.
const PASSES: usize = 5;

fn main() {
    let path = std::env::args().nth(1).expect("usage: kqlparser-bench CORPUS.jsonl");
    let text = std::fs::read_to_string(path).expect("the corpus can be read");
    let queries: Vec<String> = text
        .lines()
        .map(|line| {
            let record: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
            record["query"].as_str().expect("a record has a query").to_owned()
        })
        .collect();
    let bytes: usize = queries.iter().map(String::len).sum();
    let whole = |query: &String| {
        kqlparser::parser::parse(query).is_ok_and(|(rest, _)| rest.trim().is_empty())
    };
    let accepted = queries.iter().filter(|query| whole(query)).count();
    let started = Instant::now();
    for _ in 0..PASSES {
        queries.iter().for_each(|query| {
            std::hint::black_box(whole(query));
        });
    }
    let seconds = started.elapsed().as_secs_f64() / PASSES as f64;
    println!(
        "kqlparser parse: {:.0} queries/s, {:.2} MB/s, {accepted} of {} read whole",
        queries.len() as f64 / seconds,
        bytes as f64 / 1e6 / seconds,
        queries.len(),
    );
}
