//! What a large store of incidents costs: importing, the first page under every documented filter,
//! and reading on while a writer changes what is read.
//!
//! `cargo run --release -p vakt-testkit --example many_incidents -- [INCIDENTS] [WORD…]` prints
//! figures; with `VAKT_TEST_STORE=postgres` over PostgreSQL. Client, socket and server share one
//! process. Words choose parts: `full` and `bare` import (with and without alerts), `filters` (after
//! a full import), `change`, `queue` (an analyst's steps in the portal); `scattered` gives incidents
//! times in no order, `resolved` leaves one in a thousand open.

mod many {
    pub mod change;
    pub mod filters;
    pub mod import;
    pub mod queue;
    pub mod sample;
}

use std::sync::Arc;

use many::sample::Sample;
use vakt_testkit::World;

/// Incidents that are paged through under change, or in the portal.
const PAGED: usize = 100_000;

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = words.iter().find_map(|word| word.parse().ok()).unwrap_or(1_000_000);
    let says = |word: &str| words.iter().any(|said| said == word);
    let all = !["full", "bare", "filters", "change", "queue"].into_iter().any(says);
    let sample = Sample {
        with_alerts: true,
        scattered: says("scattered"),
        mostly_resolved: says("resolved"),
    };
    if all || says("full") || says("filters") {
        let world = Arc::new(World::start().await);
        many::import::import(&world, number, sample).await;
        if all || says("filters") {
            many::filters::ask(&world).await;
        }
    }
    if all || says("bare") {
        let world = Arc::new(World::start().await);
        many::import::import(&world, number, Sample { with_alerts: false, ..sample }).await;
    }
    if all || says("queue") {
        let world = Arc::new(World::with_people().await);
        many::import::import(&world, number.min(PAGED), sample).await;
        many::queue::walk(&world).await;
    }
    if all || says("change") {
        let world = Arc::new(World::start().await);
        let number = number.min(PAGED);
        many::import::import(&world, number, sample).await;
        many::change::under_change(&world, number, sample).await;
    }
}

fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{line}");
}
