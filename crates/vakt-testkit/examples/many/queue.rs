//! An analyst's queue in the portal: each step that a person can take in it, timed from the request
//! to the whole page.

use std::time::Instant;

use vakt_testkit::people::ADA;
use vakt_testkit::{Visitor, World};

use crate::say;

const QUEUE: &str = "/portal/incidents";
/// Times that each step is taken.
const TAKEN: usize = 40;
/// Pages that are read one after the other.
const PAGES: usize = 100;

/// Views, filters and orders, each alone and some together.
const STEPS: &[&str] = &[
    "",
    "?assigned=nobody",
    "?assigned=me",
    "?severity=high",
    "?status=resolved",
    "?status=all",
    "?status=in_progress",
    "?status=redirected",
    "?classification=true_positive",
    "?assigned=analyst77%40contoso.com",
    "?status=all&assigned=analyst77%40contoso.com",
    "?severity=high&assigned=analyst76%40contoso.com&status=active",
    "?created=2026-01-02",
    "?created=2026-01-28",
    "?updated=2026-01-02&sort=changed",
    "?search=activity",
    "?search=activity+99",
    "?search=99999",
    "?status=all&search=nothing+like+it",
    "?search=nothing+like+it&sort=severity",
    "?sort=oldest",
    "?sort=changed",
    "?sort=severity",
    "?status=all&sort=severity",
    "?severity=low&sort=changed",
];

/// Takes every step often, and reads on page by page.
pub async fn walk(world: &World) {
    let mut ada = Visitor::signed_in(world, &ADA).await;
    let mut worst = (0.0_f64, String::new());
    for step in STEPS {
        let target = format!("{QUEUE}{step}");
        let mut took = Vec::with_capacity(TAKEN);
        for _ in 0..TAKEN {
            took.push(step_to(&mut ada, &target).await.0);
        }
        tell(step, took, &mut worst);
    }
    for order in ["newest", "oldest", "changed", "severity"] {
        let mut target = format!("{QUEUE}?sort={order}");
        let mut took = Vec::with_capacity(PAGES);
        for _ in 0..PAGES {
            let (milliseconds, page) = step_to(&mut ada, &target).await;
            took.push(milliseconds);
            let Some((before, _)) = page.split_once("\" rel=\"next\"") else { break };
            let next = before.rsplit("href=\"").next().unwrap_or_default();
            target = next.replace("&#38;", "&");
        }
        tell(&format!("the first {} pages, {order}", took.len()), took, &mut worst);
    }
    for target in ["/1", "/50000", "/alerts/da000000000000000000000064"] {
        let mut took = Vec::with_capacity(TAKEN);
        for _ in 0..TAKEN {
            took.push(step_to(&mut ada, &format!("{QUEUE}{target}")).await.0);
        }
        tell(target, took, &mut worst);
    }
    say(&format!("queue: the slowest step took {:.1} ms: {}", worst.0, worst.1));
}

/// Milliseconds until the page is whole, and the page.
async fn step_to(ada: &mut Visitor, target: &str) -> (f64, String) {
    let started = Instant::now();
    let page = ada.get(target).await;
    let took = started.elapsed().as_secs_f64() * 1e3;
    assert_eq!(page.status, 200, "{target}: {}", page.text());
    (took, page.text().to_owned())
}

fn tell(step: &str, mut took: Vec<f64>, worst: &mut (f64, String)) {
    took.sort_by(f64::total_cmp);
    let (p50, longest) = (took[took.len() / 2], took[took.len() - 1]);
    if longest > worst.0 {
        *worst = (longest, step.to_owned());
    }
    say(&format!("queue: p50 {p50:.1} ms, longest {longest:.1} ms: {step}"));
}
