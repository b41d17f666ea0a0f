//! A whole session, as a client has it: each case is what is sent and what comes back.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use std::sync::mpsc;

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use vakt_kql::catalog::Catalog;
use vakt_lsp::{Ended, serve};

/// A client and the server it speaks to.
struct Client {
    connection: Connection,
    server: std::thread::JoinHandle<Ended>,
    next: i32,
    /// What came that nobody had asked for yet.
    told: Vec<Notification>,
}

impl Client {
    fn new() -> Self {
        let (client, start) = Self::early();
        start.send(()).unwrap();
        client
    }

    /// One that speaks before the server listens, which it does once it is told.
    fn early() -> (Self, mpsc::Sender<()>) {
        let (connection, other) = Connection::memory();
        let (start, started) = mpsc::channel();
        let server = std::thread::spawn(move || {
            started.recv().unwrap();
            serve(&other, Catalog::hunting())
        });
        (Self { connection, server, next: 0, told: Vec::new() }, start)
    }

    /// One that has introduced itself, with these encodings of positions.
    fn greeted(encodings: &[&str]) -> Self {
        let mut client = Self::new();
        let capabilities = json!({ "general": { "positionEncodings": encodings } });
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities });
        let answer = client.ask("initialize", params);
        assert_eq!(answer["serverInfo"]["name"], "vakt kql lsp", "{answer}");
        client.tell("initialized", json!({}));
        client
    }

    fn send(&mut self, method: &str, params: Value) -> RequestId {
        self.next += 1;
        let id = RequestId::from(self.next);
        let request = Request { id: id.clone(), method: method.into(), params };
        self.connection.sender.send(Message::Request(request)).unwrap();
        id
    }

    fn tell(&self, method: &str, params: Value) {
        let message = Notification { method: method.into(), params };
        self.connection.sender.send(Message::Notification(message)).unwrap();
    }

    /// The answer to a request; what comes before it is kept.
    fn answer(&mut self, id: &RequestId) -> Response {
        loop {
            match self.connection.receiver.recv().unwrap() {
                Message::Response(response) if response.id == *id => return response,
                Message::Notification(one) => self.told.push(one),
                other => panic!("unexpected {other:?}"),
            }
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.send(method, params);
        self.answer(&id).response_result.unwrap_or_else(|error| panic!("{method}: {error:?}"))
    }

    fn refused(&mut self, method: &str, params: Value) -> (i32, String) {
        let id = self.send(method, params);
        let error = self.answer(&id).response_result.unwrap_err();
        (error.code, error.message)
    }

    fn open(&mut self, uri: &str, language: &str, text: &str) -> Value {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        self.problems()
    }

    /// The next problems that are told.
    fn problems(&mut self) -> Value {
        loop {
            let known =
                self.told.iter().position(|one| one.method.ends_with("/publishDiagnostics"));
            if let Some(at) = known {
                return self.told.remove(at).params;
            }
            match self.connection.receiver.recv().unwrap() {
                Message::Notification(one) => self.told.push(one),
                other => panic!("unexpected {other:?}"),
            }
        }
    }

    fn end(mut self) -> Ended {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.server.join().unwrap()
    }
}

fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

/// `line:from-to` of a range on one line.
fn short(range: &Value) -> String {
    let part = |place: &str| range.pointer(place).unwrap().to_string();
    assert_eq!(part("/start/line"), part("/end/line"), "{range}");
    format!("{}:{}-{}", part("/start/line"), part("/start/character"), part("/end/character"))
}

fn all_short(all: &Value, member: &str) -> Vec<String> {
    all.as_array().unwrap().iter().map(|one| short(&one[member])).collect()
}

const URI: &str = "file:///rules/hunt.kql";

#[test]
fn problems_are_told_where_they_are() {
    for (uri, language, text, expected) in [
        (URI, "kql", "DeviceEvents | take 1", vec![]),
        (URI, "kql", "DeviceEvents\n| wher A == 'x'", vec!["1:2-6"]),
        // Units of UTF-16: the face takes two.
        (URI, "kql", "DeviceEvents | where ActionType == '😀' | wher A", vec!["0:42-46"]),
        (
            "file:///a.md",
            "markdown",
            "# T\n\n```kql\nDeviceEvents\n  | wher A\n```\n",
            vec!["4:4-8"],
        ),
        ("file:///a.yaml", "yaml", "query: |\n  DeviceEvents\n  | wher A\n", vec!["2:4-8"]),
        // The name of the file says it where the language does not.
        ("file:///a.yml", "plaintext", "query: |\n  DeviceEvents\n  | wher A\n", vec!["2:4-8"]),
        ("file:///b.kql", "kql", "", vec![]),
    ] {
        let mut client = Client::greeted(&["utf-16"]);
        let told = client.open(uri, language, text);
        assert_eq!((&told["uri"], &told["version"]), (&json!(uri), &json!(1)));
        assert_eq!(all_short(&told["diagnostics"], "range"), expected, "{text:?}: {told}");
        for one in told["diagnostics"].as_array().unwrap() {
            assert_eq!((&one["severity"], &one["source"]), (&json!(1), &json!("vakt")));
            assert!(one["code"].as_str().is_some_and(|code| code.len() > 3), "{one}");
            assert!(one["message"].as_str().unwrap().contains("Did you mean `where`?"), "{one}");
        }
        assert_eq!(client.end(), Ended::Properly);
    }
}

#[test]
fn bytes_are_counted_for_those_who_can() {
    let mut client = Client::greeted(&["utf-8", "utf-16"]);
    let told = client.open(URI, "kql", "DeviceEvents | where ActionType == '😀' | wher A");
    assert_eq!(short(&told["diagnostics"][0]["range"]), "0:44-48");
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn changes_are_taken_in_their_order() {
    let mut client = Client::greeted(&[]);
    client.open(URI, "kql", "DeviceEvents\n| take 1");
    let change = |line: u32, from: u32, to: u32, text: &str| {
        let place = |character: u32| json!({ "line": line, "character": character });
        json!({ "range": { "start": place(from), "end": place(to) }, "text": text })
    };
    for (version, changes, expected) in [
        (2, json!([change(1, 2, 6, "tkae")]), vec!["1:2-6"]),
        // Two at once, the second counts in what the first made.
        (3, json!([change(0, 0, 0, "// ü\n"), change(2, 2, 6, "take")]), vec![]),
        // Beyond the end of a line is its end.
        (4, json!([change(1, 12, 99, " // x"), change(2, 2, 4, "x")]), vec!["2:2-5"]),
        (5, json!([{ "text": "DeviceEvents | tak 1" }]), vec!["0:15-18"]),
    ] {
        let document = json!({ "uri": URI, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        client.tell("textDocument/didChange", params);
        let told = client.problems();
        assert_eq!(told["version"], version);
        assert_eq!(all_short(&told["diagnostics"], "range"), expected, "{version}: {told}");
    }
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(client.problems()["diagnostics"], json!([]));
    assert_eq!(client.end(), Ended::Properly);
}

/// Two names of its own, a face, and an operator that is yet to be written.
const HUNT: &str = "let since = 1d;
let f = (t: timespan) { DeviceEvents | where Timestamp > ago(t) };
f(since)
| where ActionType == '😀' and Timestamp > ago(since)
| ";

#[test]
fn words_are_offered_and_explained() {
    let mut client = Client::greeted(&[]);
    client.open(URI, "kql", HUNT);
    let offered = client.ask("textDocument/completion", at(URI, 4, 2));
    let items = offered["items"].as_array().unwrap();
    let labels: Vec<_> = items.iter().map(|item| item["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"where") && labels.contains(&"summarize"), "{labels:?}");
    assert_eq!(short(&items[0]["textEdit"]["range"]), "4:2-2");
    let hover = client.ask("textDocument/hover", at(URI, 3, 3));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("where"), "{hover}");
    assert_eq!(short(&hover["range"]), "3:2-7");
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn names_are_found_where_they_are_given_and_used() {
    let mut client = Client::greeted(&[]);
    client.open(URI, "kql", HUNT);
    for (line, character, expected) in [
        (2, 3, json!("0:4-9")),
        (2, 0, json!("1:4-5")),
        (1, 61, json!("1:9-10")),
        (3, 49, json!("0:4-9")),
        (3, 10, Value::Null),
        (0, 5, json!("0:4-9")),
    ] {
        let found = client.ask("textDocument/definition", at(URI, line, character));
        let place = if found.is_null() { Value::Null } else { json!(short(&found["range"])) };
        assert_eq!(place, expected, "at {line}:{character}: {found}");
    }
    for (with, expected) in
        [(true, vec!["0:4-9", "2:2-7", "3:47-52"]), (false, vec!["2:2-7", "3:47-52"])]
    {
        let mut params = at(URI, 2, 3);
        params["context"] = json!({ "includeDeclaration": with });
        let found = client.ask("textDocument/references", params);
        assert_eq!(all_short(&found, "range"), expected);
    }
    let marked = client.ask("textDocument/documentHighlight", at(URI, 2, 3));
    assert_eq!(all_short(&marked, "range"), ["0:4-9", "2:2-7", "3:47-52"]);
    let document = json!({ "textDocument": { "uri": URI } });
    let symbols = client.ask("textDocument/documentSymbol", document);
    assert_eq!((&symbols[0]["name"], &symbols[1]["name"]), (&json!("since"), &json!("f")));
    assert_eq!((&symbols[0]["kind"], &symbols[1]["kind"]), (&json!(13), &json!(12)));
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn words_are_offered_where_queries_are_embedded() {
    let page = "file:///a.md";
    let mut client = Client::greeted(&[]);
    client.open(page, "markdown", "# T\n> ```kql\n> DeviceEvents\n> | whe\n> ```\n");
    let offered = client.ask("textDocument/completion", at(page, 3, 7));
    assert_eq!(offered["items"][0]["label"], "where", "{offered}");
    assert_eq!(short(&offered["items"][0]["textEdit"]["range"]), "3:4-7");
    assert_eq!(client.ask("textDocument/completion", at(page, 0, 1)), Value::Null);
    assert_eq!(client.ask("textDocument/hover", at(page, 0, 1)), Value::Null);
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn documents_are_formatted() {
    let mut client = Client::greeted(&[]);
    client.open(URI, "kql", "// first\nDeviceEvents|take 1");
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    let params = json!({ "textDocument": { "uri": URI }, "options": options });
    let edits = client.ask("textDocument/formatting", params);
    assert_eq!(edits[0]["newText"], "// first\nDeviceEvents\n| take 1\n", "{edits}");
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn what_makes_no_sense_is_refused_and_ends_nothing() {
    let mut client = Client::new();
    let (code, _) = client.refused("textDocument/hover", at(URI, 0, 0));
    assert_eq!(code, -32002, "before initialize");
    let (code, _) = client.refused("initialize", json!({ "capabilities": 5 }));
    assert_eq!(code, -32602);
    client.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    for (method, params, expected, words) in [
        ("initialize", json!({}), -32600, "only once"),
        ("textDocument/rename", json!({}), -32601, "`textDocument/rename` is not answered"),
        ("textDocument/hover", json!({}), -32602, "the parameters do not fit"),
        ("textDocument/hover", at("file:///nowhere", 0, 0), -32602, "is not open"),
        ("textDocument/formatting", json!([]), -32602, "`textDocument.uri` is missing"),
    ] {
        let (code, message) = client.refused(method, params);
        assert_eq!(code, expected, "{method}: {message}");
        assert!(message.contains(words), "{method}: {message}");
    }
    client.tell("textDocument/didChange", json!({ "textDocument": 5 }));
    client.tell("$/setTrace", json!({ "value": "off" }));
    // Far beyond the text is its end.
    client.open(URI, "kql", "T");
    client.ask("textDocument/completion", at(URI, 900, 900));
    assert!(client.told.iter().any(|one| one.method == "window/logMessage"));
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
    let (code, _) = client.refused("textDocument/hover", at(URI, 0, 0));
    assert_eq!(code, -32600, "after shutdown");
    client.tell("exit", Value::Null);
    assert_eq!(client.server.join().unwrap(), Ended::Properly);
}

#[test]
fn cancelled_requests_are_not_worked_on() {
    let (mut client, start) = Client::early();
    let params = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    client.send("initialize", params);
    let document = json!({ "uri": URI, "languageId": "kql", "version": 1, "text": "T" });
    client.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let ids: Vec<_> = (0..3).map(|_| client.send("textDocument/hover", at(URI, 0, 0))).collect();
    client.tell("$/cancelRequest", json!({ "id": 3 }));
    client.tell("$/cancelRequest", json!({ "id": "3" }));
    start.send(()).unwrap();
    client.answer(&RequestId::from(1));
    for id in ids {
        let answer = client.answer(&id).response_result;
        match answer {
            Ok(_) => assert_ne!(id, RequestId::from(3)),
            Err(error) => assert_eq!((id, error.code), (RequestId::from(3), -32800)),
        }
    }
    // A cancellation that comes too late means nothing.
    client.tell("$/cancelRequest", json!({ "id": 1 }));
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn a_client_that_leaves_without_a_word_is_noticed() {
    let client = Client::greeted(&[]);
    client.tell("exit", Value::Null);
    assert_eq!(client.server.join().unwrap(), Ended::Abruptly);
    let client = Client::new();
    drop(client.connection);
    assert_eq!(client.server.join().unwrap(), Ended::Abruptly);
}

#[test]
fn a_document_that_is_too_large_is_told_and_left_alone() {
    let mut client = Client::greeted(&[]);
    let told = client.open(URI, "kql", &"x".repeat(vakt_lsp::DOCUMENT_BYTES_MAX + 1));
    let all = told["diagnostics"].as_array().unwrap();
    assert_eq!(all.len(), 1);
    assert!(all[0]["message"].as_str().unwrap().contains("larger than 8 MiB"), "{}", all[0]);
    assert_eq!(client.ask("textDocument/hover", at(URI, 0, 3)), Value::Null);
    assert_eq!(client.end(), Ended::Properly);
}
