//! Whole rounds against scripted servers: what is sent, what is waited for, what is kept.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    Checkpoint, ClassicSource, Event, GraphSource, Mirror, MirrorError, Side, Source, Surroundings,
    VaktTarget,
};
use crate::client::Client;
use crate::error::{ClientError, ErrorKind};
use crate::script::{Script, Step, answer, client, response};

/// Keeps what a mirror kept and said.
#[derive(Default)]
struct Ear {
    kept: Vec<Checkpoint>,
    heard: Vec<Event>,
    is_full: bool,
}

impl Surroundings for Ear {
    fn now(&self) -> Timestamp {
        "2026-06-01T00:00:00Z".parse().unwrap()
    }

    fn chance(&mut self) -> u64 {
        0
    }

    fn keep(&mut self, checkpoint: &Checkpoint) -> Result<(), ClientError> {
        if self.is_full {
            return Err(ClientError::new(ErrorKind::Configuration, "no room"));
        }
        self.kept.push(checkpoint.clone());
        Ok(())
    }

    fn hear(&mut self, event: &Event) {
        self.heard.push(event.clone());
    }
}

impl Ear {
    fn waits(&self) -> Vec<(Side, u64)> {
        let wait = |event: &Event| match event {
            Event::Waiting { side, pause, .. } => Some((*side, pause.as_secs())),
            _ => None,
        };
        self.heard.iter().filter_map(wait).collect()
    }
}

fn token() -> Step {
    answer(
        200,
        r#"{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"t"}"#,
    )
}

fn done() -> Step {
    answer(200, r#"{"created":1,"updated":0,"unchanged":0,"refused":[],"ignoredMembers":[]}"#)
}

fn refusal(status: u16) -> Step {
    answer(status, r#"{"error":{"code":"No","message":"not so"}}"#)
}

/// A page of Graph's or of the classic API, both at once, of incidents that changed at these
/// seconds of a minute.
fn page(seconds: &[u32]) -> Step {
    let incident = |second: &u32| {
        let time = format!("2026-05-01T00:00:{second:02}Z");
        json!({
            "id": second.to_string(), "incidentId": second,
            "lastUpdateDateTime": time, "lastUpdateTime": time,
        })
    };
    let value: Vec<Value> = seconds.iter().map(incident).collect();
    answer(200, &json!({ "value": value }).to_string())
}

struct Outcome {
    result: Result<super::Counts, MirrorError>,
    ear: Ear,
    read: Arc<Script>,
    written: Arc<Script>,
}

/// One round with pages of two, from Graph first.
async fn round(source: Vec<Step>, target: Vec<Step>, ear: Ear) -> Outcome {
    let (from, read) = client(source);
    let (to, written) = client(target);
    let (from, to): (Client, Client) = (from.without_retries(), to.without_retries());
    let sources: Vec<Box<dyn Source>> =
        vec![Box::new(GraphSource::new(&from)), Box::new(ClassicSource::new(&from))];
    let target = VaktTarget::new(&to);
    let checkpoint = Checkpoint::new(&from, &to, None);
    let mut mirror = Mirror::new(sources, &target, checkpoint).with_page_max(2).with_tries_max(4);
    let mut ear = ear;
    let result = mirror.round(&mut ear).await;
    Outcome { result, ear, read, written }
}

#[tokio::test(start_paused = true)]
async fn failures_on_both_sides_are_waited_out() {
    let mut busy = response(429, r#"{"error":{"code":"TooManyRequests","message":"wait"}}"#);
    busy.headers.insert("retry-after".into(), "30".into());
    let source = vec![
        Step::Answer(busy),
        Step::Broken,
        refusal(500),
        page(&[1, 2]),
        refusal(401),
        token(),
        page(&[2]),
    ];
    let target = vec![refusal(503), done(), refusal(401), token(), Step::Broken, done()];
    let before = tokio::time::Instant::now();
    let outcome = round(source, target, Ear::default()).await;
    assert_eq!(outcome.result.unwrap().read, 3);
    let expected = [
        (Side::Source, 30),
        (Side::Source, 0),
        (Side::Source, 1),
        (Side::Target, 0),
        (Side::Target, 0),
    ];
    assert_eq!(outcome.ear.waits(), expected);
    assert_eq!(before.elapsed(), Duration::from_millis(30_000 + 500 + 1_000 + 500 + 500));
    let kept: Vec<_> = outcome.ear.kept.iter().map(|kept| kept.high_water.unwrap()).collect();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[1].to_string(), "2026-05-01T00:00:02Z");
    assert!(outcome.read.lines().last().unwrap().contains("ge 2026-05-01T00%3A00%3A02Z"));
    assert_eq!(outcome.written.lines().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_kept_that_was_not_acknowledged() {
    for (target, side, kept) in [
        (vec![refusal(500), refusal(500), refusal(500), refusal(500)], Side::Target, 0),
        (vec![refusal(403)], Side::Target, 0),
        (vec![done(), refusal(413)], Side::Target, 1),
    ] {
        let source = vec![page(&[1, 2]), page(&[2])];
        let outcome = round(source, target, Ear::default()).await;
        let error = outcome.result.unwrap_err();
        assert_eq!((error.side(), outcome.ear.kept.len()), (side, kept), "{error:?}");
        assert!(kept == 1 || error.cause().hint().is_some());
    }
    let full = Ear { is_full: true, ..Ear::default() };
    let outcome = round(vec![page(&[1])], vec![done()], full).await;
    assert_eq!(outcome.result.unwrap_err().side(), Side::Checkpoint);
}

#[tokio::test(start_paused = true)]
async fn an_api_that_refuses_gives_way_to_the_other_one() {
    for status in [403, 404] {
        let source = vec![refusal(status), token(), page(&[1])];
        let outcome = round(source, vec![done()], Ear::default()).await;
        assert_eq!(outcome.result.unwrap().created, 1);
        assert!(outcome.read.lines()[1].starts_with("GET /api/incidents?"));
        assert_eq!(outcome.ear.kept[0].api.as_deref(), Some("classic"));
    }
    let source = vec![refusal(403), token(), refusal(403)];
    let error = round(source, vec![], Ear::default()).await.result.unwrap_err();
    assert!(error.cause().hint().unwrap().contains("SecurityIncident.Read.All"));
    // Once it has answered, a refusal is one.
    let source = vec![page(&[1, 2]), refusal(403)];
    let outcome = round(source, vec![done()], Ear::default()).await;
    assert_eq!(outcome.result.unwrap_err().cause().kind(), ErrorKind::Forbidden);
}

#[tokio::test(start_paused = true)]
async fn a_source_without_order_is_read_in_windows() {
    for (first, asked_again) in [(refusal(400), false), (page(&[2, 1]), true)] {
        let source = vec![first, page(&[1])];
        let outcome = round(source, vec![done()], Ear::default()).await;
        assert_eq!(outcome.result.unwrap().read, 1);
        assert!(outcome.ear.heard.contains(&Event::Unordered), "{asked_again}");
        let lines = outcome.read.lines();
        assert!(lines[0].contains("$orderby") && !lines[1].contains("$orderby"), "{lines:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_source_that_is_slow_with_long_pages_is_asked_for_shorter_ones() {
    let source = vec![refusal(504), refusal(504), refusal(504), page(&[1]), page(&[])];
    let outcome = round(source, vec![done()], Ear::default()).await;
    assert_eq!(outcome.result.unwrap().read, 1);
    let lines = outcome.read.lines();
    assert!(lines[2].ends_with("$top=2") && lines[3].ends_with("$top=1"), "{lines:?}");
}

#[tokio::test(start_paused = true)]
async fn a_round_number_of_alerts_is_looked_at_twice() {
    let alerts = |count: usize| (0..count).map(|n| json!({"id": format!("da{n}")})).collect();
    let incident = |alerts: Vec<Value>| {
        let value =
            json!({"id": "7", "lastUpdateDateTime": "2026-05-01T00:00:00Z", "alerts": alerts});
        answer(200, &json!({ "value": [value] }).to_string())
    };
    let all: Vec<Value> = alerts(60);
    let more = || answer(200, &json!({ "value": all }).to_string());
    for (steps, sent) in [
        (vec![incident(alerts(49))], 49),
        (vec![incident(alerts(50)), more()], 60),
        (vec![incident(alerts(50)), refusal(400)], 50),
    ] {
        let outcome = round(steps, vec![done()], Ear::default()).await;
        outcome.result.unwrap();
        let line = &outcome.written.lines()[0];
        assert_eq!(line.matches("\"da").count(), sent);
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_target_refuses_is_named() {
    let refused = r#"{"created":1,"updated":0,"unchanged":0,"refused":[{"index":1,"reason":"odd"}],"ignoredMembers":["x"]}"#;
    let source = vec![page(&[1, 2]), page(&[2])];
    let outcome = round(source, vec![answer(200, refused), done()], Ear::default()).await;
    assert_eq!(outcome.result.unwrap().refused, 1);
    let told = Event::Refused { incident: "2".into(), reason: "odd".into() };
    assert!(outcome.ear.heard.contains(&told));
    assert!(outcome.ear.heard.contains(&Event::Ignored { members: vec!["x".into()] }));
}
