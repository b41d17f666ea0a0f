//! One client from `initialize` to `exit`.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    InitializeParams,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use vakt_kql::catalog::Catalog;
use vakt_rules::Units;

use crate::answers;
use crate::document::Document;
use crate::queue::{Next, Queue};

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client said `shutdown`, then `exit`.
    Properly,
    /// It said `exit` alone, or went away.
    Abruptly,
}

/// Serves one client until it goes.
pub fn serve(connection: &Connection, catalog: &Catalog) -> Ended {
    let mut queue = Queue::new(&connection.receiver);
    let mut session = Session {
        connection,
        catalog,
        stage: Stage::Fresh,
        units: Units::Utf16,
        documents: BTreeMap::new(),
        stale: BTreeSet::new(),
    };
    loop {
        match queue.next() {
            Next::Gone => return Ended::Abruptly,
            Next::Cancelled(id) => {
                session.refuse(id, ErrorCode::RequestCanceled, "cancelled by the client".into());
            }
            Next::Message(Message::Request(request)) => session.request(request),
            Next::Message(Message::Notification(one)) if one.method == "exit" => {
                let properly = session.stage == Stage::Done;
                return if properly { Ended::Properly } else { Ended::Abruptly };
            }
            Next::Message(Message::Notification(one)) => session.notification(one),
            // Nothing is ever asked of the client.
            Next::Message(Message::Response(_)) => {}
        }
        if queue.is_empty() {
            session.publish();
        }
    }
}

/// A line for the client's log.
pub fn log(message: String) -> Message {
    let params = json!({ "type": 2, "message": message });
    Message::Notification(Notification { method: "window/logMessage".into(), params })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Fresh,
    Running,
    Done,
}

/// What is known of the client.
pub struct Session<'s> {
    connection: &'s Connection,
    /// What queries may read.
    pub catalog: &'s Catalog,
    stage: Stage,
    /// How it counts columns.
    pub units: Units,
    documents: BTreeMap<String, Document>,
    /// Documents whose problems are not yet told.
    stale: BTreeSet<String>,
}

/// An answer, or why there is none.
pub type Answer = Result<Value, (ErrorCode, String)>;

impl Session<'_> {
    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answer = match (self.stage, method.as_str()) {
            (Stage::Fresh, "initialize") => self.initialize(params),
            (Stage::Fresh, _) => {
                Err((ErrorCode::ServerNotInitialized, "`initialize` comes first".into()))
            }
            (Stage::Done, _) => {
                Err((ErrorCode::InvalidRequest, "nothing is answered after `shutdown`".into()))
            }
            (Stage::Running, "initialize") => {
                Err((ErrorCode::InvalidRequest, "`initialize` comes only once".into()))
            }
            (Stage::Running, "shutdown") => {
                self.stage = Stage::Done;
                Ok(Value::Null)
            }
            (Stage::Running, method) => self.guarded(method, params),
        };
        match answer {
            Ok(value) => self.send(Response::new_ok(id, value).into()),
            Err((code, message)) => self.refuse(id, code, message),
        }
    }

    /// A fault in one answer must not take the editor's other documents with it.
    fn guarded(&self, method: &str, params: Value) -> Answer {
        let answer = catch_unwind(AssertUnwindSafe(|| answers::answer(self, method, params)));
        answer.unwrap_or_else(|_| {
            let message = format!("a fault of the server itself while it answered `{method}`");
            Err((ErrorCode::InternalError, message))
        })
    }

    fn initialize(&mut self, params: Value) -> Answer {
        let params: InitializeParams = read(params)?;
        self.units = answers::units(&params);
        self.stage = Stage::Running;
        to_value(answers::capabilities(self.units))
    }

    fn notification(&mut self, notification: Notification) {
        if self.stage != Stage::Running {
            return;
        }
        let Notification { method, params } = notification;
        let taken = AssertUnwindSafe(|| match method.as_str() {
            "textDocument/didOpen" => self.open(params),
            "textDocument/didChange" => self.change(params),
            "textDocument/didClose" => self.close(params),
            // `initialized`, `$/…`, and what was not asked for.
            _ => Ok(()),
        });
        let done = catch_unwind(taken).unwrap_or_else(|_| {
            Err((ErrorCode::InternalError, "a fault of the server itself".into()))
        });
        if let Err((_, message)) = done {
            self.send(log(format!("`{method}` was left out: {message}")));
        }
    }

    fn open(&mut self, params: Value) -> Result<(), (ErrorCode, String)> {
        let params: DidOpenTextDocumentParams = read(params)?;
        let item = params.text_document;
        let language = item.language_id.to_string();
        let document = Document::new(&item.uri.0, &language, item.version, item.text);
        self.stale.insert(item.uri.0.clone());
        self.documents.insert(item.uri.0, document);
        Ok(())
    }

    fn change(&mut self, params: Value) -> Result<(), (ErrorCode, String)> {
        let params: DidChangeTextDocumentParams = read(params)?;
        let uri = params.text_document.text_document_identifier.uri.0;
        let units = self.units;
        let document = self.documents.get_mut(&uri).ok_or_else(|| not_open(&uri))?;
        document.change(params.text_document.version, params.content_changes, units);
        self.stale.insert(uri);
        Ok(())
    }

    fn close(&mut self, params: Value) -> Result<(), (ErrorCode, String)> {
        let params: DidCloseTextDocumentParams = read(params)?;
        let uri = params.text_document.uri.0;
        self.documents.remove(&uri).ok_or_else(|| not_open(&uri))?;
        self.stale.remove(&uri);
        // Or the client would keep what it was told last.
        self.tell_problems(json!({ "uri": uri, "diagnostics": [] }));
        Ok(())
    }

    /// The open document of this URI.
    pub fn document(&self, uri: &str) -> Result<&Document, (ErrorCode, String)> {
        self.documents.get(uri).ok_or_else(|| not_open(uri))
    }

    /// Tells the problems of what has changed.
    fn publish(&mut self) {
        for uri in std::mem::take(&mut self.stale) {
            let Some(document) = self.documents.get(&uri) else { continue };
            let found = catch_unwind(AssertUnwindSafe(|| answers::diagnostics(self, document)));
            match found.map(serde_json::to_value) {
                Ok(Ok(diagnostics)) => self.tell_problems(json!({
                    "uri": uri,
                    "version": document.version,
                    "diagnostics": diagnostics,
                })),
                _ => self.send(log(format!("a fault of the server itself while it checked {uri}"))),
            }
        }
    }

    fn tell_problems(&self, params: Value) {
        let method = "textDocument/publishDiagnostics".into();
        self.send(Message::Notification(Notification { method, params }));
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, message: String) {
        self.send(Response::new_err(id, code as i32, message).into());
    }

    /// A client that has gone is noticed when the next message is waited for.
    fn send(&self, message: Message) {
        let _ = self.connection.sender.send(message);
    }
}

fn not_open(uri: &str) -> (ErrorCode, String) {
    (ErrorCode::InvalidParams, format!("{uri} is not open"))
}

/// Parameters of a type.
pub fn read<T: DeserializeOwned>(params: Value) -> Result<T, (ErrorCode, String)> {
    serde_json::from_value(params)
        .map_err(|error| (ErrorCode::InvalidParams, format!("the parameters do not fit: {error}")))
}

/// An answer as JSON.
pub fn to_value(answer: impl serde::Serialize) -> Answer {
    serde_json::to_value(answer).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}
