//! Delta queries: everything once, and later only what has changed since, whatever happens between
//! and during the readings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};
use vakt_testkit::cast::{HOARDER, IMPORTER};
use vakt_testkit::incidents::{full, plain};
use vakt_testkit::{Directory, Request, World, expect_graph};

/// A reader that keeps what it was given.
struct Reader<'a> {
    world: &'a World,
    graph: Directory,
    target: String,
    /// What it knows, by id.
    known: BTreeMap<String, Value>,
    /// Every state it was given: id and last change.
    given: BTreeSet<(String, String)>,
}

impl<'a> Reader<'a> {
    async fn new(world: &'a World, target: &str) -> Self {
        let graph = world.directory(&HOARDER).await;
        let (known, given) = (BTreeMap::new(), BTreeSet::new());
        Self { world, graph, target: target.into(), known, given }
    }

    /// Follows links up to the one that is for later; returns the ids it was given.
    async fn read(&mut self) -> Vec<String> {
        let mut ids = Vec::new();
        loop {
            let page = self.graph.send_raw(Request::get(&self.target)).await.expect(200);
            for one in page["value"].as_array().unwrap() {
                let text = |name: &str| one[name].as_str().unwrap().to_owned();
                let state = (text("id"), text("lastUpdateDateTime"));
                assert!(self.given.insert(state.clone()), "{state:?} was given twice");
                self.known.insert(text("id"), one.clone());
                ids.push(text("id"));
            }
            let (next, later) = (&page["@odata.nextLink"], &page["@odata.deltaLink"]);
            assert!(next.is_string() != later.is_string(), "{page}");
            let link = next.as_str().or(later.as_str()).unwrap();
            self.target = link.strip_prefix(self.world.url()).unwrap().to_owned();
            if later.is_string() {
                return ids;
            }
        }
    }
}

async fn change(graph: &Directory, path: &str, body: &Value) {
    graph.send("PATCH", path, Some(body)).await.expect(200);
}

fn corpus(number: i64) -> Vec<Value> {
    let one = |id: i64| {
        let mut incident = plain(id, "2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z");
        incident["alerts"] = json!([{ "alertId": format!("da{id}"), "title": "x" }]);
        incident
    };
    (1..=number).map(one).collect()
}

#[tokio::test]
async fn everything_comes_once_and_then_what_changed() {
    let world = World::start().await;
    world.import(&IMPORTER, &corpus(7)).await;
    let graph = world.directory(&HOARDER).await;
    let mut reader = Reader::new(&world, "/v1.0/security/incidents/delta()?$top=3").await;
    assert_eq!(reader.read().await, ["1", "2", "3", "4", "5", "6", "7"]);
    assert!(reader.read().await.is_empty());
    for (id, name) in [(5, "a"), (2, "a"), (5, "b"), (2, "a")] {
        // What was so already is no change: the last one is none.
        change(&graph, &format!("/security/incidents/{id}"), &json!({ "displayName": name })).await;
    }
    graph.post("/security/incidents/7/comments", 200, &json!({ "comment": "seen" })).await;
    change(&graph, "/security/alerts_v2/da1", &json!({ "status": "resolved" })).await;
    world.import(&IMPORTER, &[full(9)]).await;
    assert_eq!(reader.read().await, ["2", "5", "7", "1", "9"]);
    assert!(reader.read().await.is_empty());
    // An import that changes nothing is no change.
    world.import(&IMPORTER, &[full(9)]).await;
    assert!(reader.read().await.is_empty());
}

#[tokio::test]
async fn alerts_have_changes_of_their_own() {
    let world = World::start().await;
    world.import(&IMPORTER, &corpus(5)).await;
    let graph = world.directory(&HOARDER).await;
    let target = "/beta/security/alerts_v2/microsoft.graph.security.delta()?$top=2";
    let mut reader = Reader::new(&world, target).await;
    assert_eq!(reader.read().await.len(), 5);
    change(&graph, "/security/alerts_v2/da4", &json!({ "assignedTo": "ann" })).await;
    assert_eq!(reader.read().await, ["da4"]);
    change(&graph, "/security/incidents/2", &json!({ "status": "resolved" })).await;
    assert_eq!(reader.read().await, ["da2"]);
    change(&graph, "/security/incidents/3", &json!({ "displayName": "x" })).await;
    assert!(reader.read().await.is_empty(), "the incident changed, not its alert");
}

#[tokio::test]
async fn filters_selections_and_a_start_from_now_are_kept_in_the_links() {
    let world = World::start().await;
    world.import(&IMPORTER, &corpus(4)).await;
    let graph = world.directory(&HOARDER).await;
    let target = "/v1.0/security/incidents/delta?$filter=displayName%20ne%20'Incident%202'\
                  &$select=id,lastUpdateDateTime&$expand=alerts($select=id)&$top=1";
    let mut filtered = Reader::new(&world, target).await;
    assert_eq!(filtered.read().await, ["1", "3", "4"]);
    let shown = &filtered.known["3"];
    assert_eq!(shown["alerts"], json!([{ "id": "da3" }]));
    assert_eq!(shown.as_object().unwrap().len(), 3, "{shown}");
    let target = "/v1.0/security/incidents/delta?$deltatoken=latest";
    let mut latest = Reader::new(&world, target).await;
    assert!(latest.read().await.is_empty());
    for id in [2, 3] {
        let path = format!("/security/incidents/{id}");
        change(&graph, &path, &json!({ "assignedTo": "ann" })).await;
    }
    assert_eq!(filtered.read().await, ["3"]);
    assert_eq!(latest.read().await, ["2", "3"]);
}

#[tokio::test]
async fn tokens_that_cannot_be_gone_on_from_are_refused() {
    let world = World::start().await;
    world.import(&IMPORTER, &corpus(3)).await;
    let graph = world.directory(&HOARDER).await;
    for name in ["a", "b"] {
        change(&graph, "/security/incidents/2", &json!({ "displayName": name })).await;
    }
    let mut reader = Reader::new(&world, "/v1.0/security/incidents/delta").await;
    reader.read().await;
    let token = reader.target.rsplit_once("$deltatoken=").unwrap().1.to_owned();
    for (path, expected) in [
        ("/security/incidents/delta?$deltatoken=AAAA".to_owned(), "does not belong to this query"),
        (format!("/security/alerts_v2/delta?$deltatoken={token}"), "does not belong to this query"),
        (format!("/security/incidents?$deltatoken={token}"), "belongs to `/delta`"),
        ("/security/incidents/delta?$orderby=id".to_owned(), "an order of their own"),
        ("/security/incidents/delta?$skip=3".to_owned(), "an order of their own"),
        ("/security/incidents/delta?$count=true".to_owned(), "an order of their own"),
    ] {
        let message = expect_graph(&graph.send("GET", &path, None).await, 400, "BadRequest");
        assert!(message.contains(expected), "{path}: {message}");
    }
    // A server that was restored from a backup knows fewer changes than its readers.
    let restored = World::start().await;
    restored.import(&IMPORTER, &corpus(1)).await;
    let graph = restored.directory(&HOARDER).await;
    let answer = graph.send_raw(Request::get(&reader.target)).await;
    expect_graph(&answer, 410, "syncStateNotFound");
}

#[tokio::test]
async fn nothing_is_lost_or_doubled_while_others_write() {
    for world in World::over_both_databases().await {
        read_while_others_write(&world).await;
    }
}

async fn read_while_others_write(world: &World) {
    const INCIDENTS: i64 = 60;
    const WRITERS: i64 = 3;
    world.import(&IMPORTER, &corpus(INCIDENTS)).await;
    let waiting = Arc::new(AtomicI64::new(WRITERS));
    for writer in 0..WRITERS {
        let graph = world.directory(&HOARDER).await;
        let told = waiting.clone();
        tokio::spawn(async move {
            for n in 0..60_i64 {
                let path = format!("/security/incidents/{}", n * 7 % INCIDENTS + 1);
                let summary = format!("change {n} of {writer}");
                change(&graph, &path, &json!({ "summary": summary })).await;
            }
            told.fetch_sub(1, Ordering::SeqCst);
        });
    }
    let mut reader = Reader::new(world, "/v1.0/security/incidents/delta?$top=7").await;
    let mut rounds = 0;
    while waiting.load(Ordering::SeqCst) > 0 {
        reader.read().await;
        rounds += 1;
    }
    reader.read().await;
    assert!(rounds > 1, "the reader was too slow to be disturbed");
    let graph = world.directory(&HOARDER).await;
    let all = graph.get("/security/incidents?$top=100").await;
    let all = all["value"].as_array().unwrap();
    assert_eq!(all.len(), reader.known.len());
    for one in all {
        assert_eq!(Some(one), reader.known.get(one["id"].as_str().unwrap()));
    }
}
