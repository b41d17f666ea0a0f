//! One call of Graph: who asks, where, for which object, with what. Handlers take a [`Call`] and
//! give an answer or a problem; [`answered`] makes routes of them.

use std::future::Future;
use std::sync::{Mutex, PoisonError};

use axum::Extension;
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter};
use http::{HeaderMap, Uri};
use serde::de::DeserializeOwned;
use vakt_identity::audit::Act;
use vakt_identity::{Holder, IdentityStore, ObjectKey};
use vakt_ids::{ObjectId, TenantId};
use vakt_wire::odata::QueryOptions;

use super::answers::Place;
use super::errors::{bad_request, unsupported};
use super::keys::object_key;
use super::query::{Question, options};
use crate::access::Caller;
use crate::app::AppState;
use crate::edge::read_body;
use crate::problem::Problem;

/// Largest body of a directory request.
pub(crate) const GRAPH_BODY_MAX_BYTES: usize = 1024 * 1024;

/// A call that was let in.
pub(crate) struct Call {
    pub app: AppState,
    /// The caller's tenant: the only one there is.
    pub tenant: TenantId,
    caller: Caller,
    pub place: Place,
    pub uri: Uri,
    headers: HeaderMap,
    keys: Vec<String>,
    /// In a mutex only so that calls can be shared between awaits.
    body: Mutex<Body>,
}

/// The route of a handler, for the methods that `on` takes.
pub(crate) fn answered<F, Answer>(on: MethodFilter, handler: F) -> MethodRouter<AppState>
where
    F: Fn(Call) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<Response, Problem>> + Send + 'static,
{
    let route = move |State(app): State<AppState>,
                      Extension(caller): Extension<Caller>,
                      keys: RawPathParams,
                      request: Request| async move {
        let (call, place) = open(&app, &caller, &keys, request);
        place.finish(&app, handler(call).await)
    };
    axum::routing::on(on, route)
}

fn open(app: &AppState, caller: &Caller, keys: &RawPathParams, request: Request) -> (Call, Place) {
    let (head, body) = request.into_parts();
    let place = Place::of(app, &head.uri, &head.headers);
    let call = Call {
        app: app.clone(),
        tenant: caller.tenant,
        caller: caller.clone(),
        place: place.clone(),
        uri: head.uri,
        headers: head.headers,
        keys: keys.iter().map(|(_, value)| value.to_owned()).collect(),
        body: Mutex::new(body),
    };
    (call, place)
}

impl Call {
    /// The store, for reading.
    pub fn store(&self) -> &dyn IdentityStore {
        self.app.identity.store()
    }

    /// The object that the path names first.
    pub fn key(&self) -> Result<ObjectKey, Problem> {
        object_key(self.key_text(0))
    }

    /// The object that the path names first, where applications and service principals have the
    /// same actions.
    pub fn holder(&self) -> Result<Holder, Problem> {
        let collection = self.place.path_below_root().split('/').next().unwrap_or_default();
        self.key().map(match collection {
            "servicePrincipals" => Holder::ServicePrincipal,
            _ => Holder::Application,
        })
    }

    /// What stands at the nth variable place of the path, counted from 0.
    pub fn key_text(&self, place: usize) -> &str {
        self.keys.get(place).map_or("", String::as_str)
    }

    /// The circumstances of what the call changes.
    pub fn act(&self) -> Act {
        self.caller.act(self.app.clock.now())
    }

    /// The caller's own service principal.
    pub fn principal(&self) -> ObjectId {
        self.caller.principal
    }

    /// Who calls.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// A header's text, if it is one.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The query's options.
    pub fn options(&self) -> Result<QueryOptions, Problem> {
        let options = options(&self.uri)?;
        if options.search.is_some() {
            self.require_eventual("Request with $search query parameter")?;
        }
        Ok(options)
    }

    /// Some questions ask for the header that says "not necessarily of this moment", as with
    /// Graph: a client that forgets it here would fail there.
    pub fn require_eventual(&self, what: &str) -> Result<(), Problem> {
        let level = self.headers.get("consistencylevel").and_then(|level| level.to_str().ok());
        match level.is_some_and(|level| level.eq_ignore_ascii_case("eventual")) {
            true => Ok(()),
            false => Err(unsupported(format!(
                "{what} only works through MSGraph with a special request header: \
                 'ConsistencyLevel: eventual'"
            ))),
        }
    }

    /// What the list is asked.
    pub fn question(&self) -> Question {
        Question::of(&self.uri)
    }

    /// The address of the next page, if there is one.
    pub fn next_link(&self, next: Option<String>) -> Option<String> {
        next.map(|cursor| self.question().next_link(self.place.base(), &cursor))
    }

    /// The JSON body; an empty one is an empty object. The second reading finds it empty.
    pub async fn body<T: DeserializeOwned>(&mut self) -> Result<T, Problem> {
        let body = self.body.get_mut().unwrap_or_else(PoisonError::into_inner);
        let body = std::mem::take(body);
        let bytes = read_body(body, &self.headers, GRAPH_BODY_MAX_BYTES).await?;
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        serde_json::from_slice(text).map_err(|error| {
            bad_request(format!("the body is not the expected JSON object: {error}"))
        })
    }
}
