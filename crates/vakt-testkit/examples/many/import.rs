//! Importing.

use std::sync::Arc;
use std::time::Instant;

use vakt_testkit::cast::IMPORTER;
use vakt_testkit::{Request, World};

use super::sample::Sample;
use crate::say;

const AUDIENCE: &str = "https://api.security.microsoft.com";
/// Incidents in one request: 5 MB, so that a busy machine with PostgreSQL answers in time.
const BATCH: usize = 5_000;

/// Imports incidents over two connections, each of which makes its next body meanwhile.
pub async fn import(world: &Arc<World>, number: usize, sample: Sample) {
    let token = world.token_of(&IMPORTER, AUDIENCE).await;
    let (started, cpu) = (Instant::now(), cpu_seconds());
    let mut lanes = Vec::new();
    for lane in 0..2 {
        let (world, token) = (world.clone(), token.clone());
        lanes.push(tokio::spawn(async move {
            let mut connection = world.https().keep().await;
            for first in (1..=number).step_by(BATCH).skip(lane).step_by(2) {
                let last = (first + BATCH - 1).min(number);
                let request = Request::post("/vakt/v1/incidents/import").bearer(&token);
                let request = request.body("application/json", sample.body(first..=last));
                let answer = connection.send(request).await;
                assert_eq!(answer.status, 200, "{}", answer.text());
                assert_eq!(answer.json()["created"], last - first + 1, "{}", answer.text());
            }
        }));
    }
    for lane in lanes {
        lane.await.unwrap();
    }
    let (took, cpu) = (started.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let what = if sample.with_alerts { "with alerts" } else { "without alerts" };
    let order = if sample.scattered { "scattered" } else { "in order" };
    say(&format!(
        "import: {number} incidents {what}, {order}, in {took:.1} s: {:.0} a second, \
         {:.0} us of processor time each",
        number as f64 / took,
        cpu * 1e6 / number as f64
    ));
}

/// Processor time of this process, where the system says so: client and server together.
fn cpu_seconds() -> f64 {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS_PER_SECOND
}
