//! The first page under every documented filter.

use std::time::Instant;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use vakt_testkit::cast::SIEM;
use vakt_testkit::{Request, World};

use crate::say;

const AUDIENCE: &str = "https://api.security.microsoft.com";
/// Requests for each filter.
const ASKED: usize = 200;

/// Asks for the first page of each, often.
pub async fn ask(world: &World) {
    let token = world.token_of(&SIEM, AUDIENCE).await;
    let mut connection = world.https().keep().await;
    for filter in [
        "",
        "severity eq 'High'",
        "status eq 'Active'",
        "status ne 'Resolved'",
        "assignedTo eq 'analyst77@contoso.com'",
        "classification eq 'TruePositive'",
        "determination eq 'Clean'",
        "createdTime gt 2026-01-20T00:00:00Z",
        "lastUpdateTime gt 2026-01-20T00:00:00Z",
        "severity eq 'High' and status eq 'Active' and assignedTo eq 'analyst4@contoso.com'",
        "severity eq 'Low' and classification eq 'FalsePositive'",
    ] {
        let encoded = utf8_percent_encode(filter, NON_ALPHANUMERIC);
        let target = match filter {
            "" => "/api/incidents?$top=100".to_owned(),
            _ => format!("/api/incidents?$top=100&$filter={encoded}"),
        };
        let request = Request::get(target).bearer(&token);
        let mut took = Vec::with_capacity(ASKED);
        for _ in 0..ASKED {
            let started = Instant::now();
            let answer = connection.send(request.clone()).await;
            took.push(started.elapsed().as_secs_f64() * 1e3);
            assert_eq!(answer.status, 200, "{}", answer.text());
        }
        took.sort_by(f64::total_cmp);
        let (p50, p99) = (took[ASKED / 2], took[ASKED * 99 / 100]);
        say(&format!("first page: p50 {p50:.1} ms, p99 {p99:.1} ms: {filter}"));
    }
}
