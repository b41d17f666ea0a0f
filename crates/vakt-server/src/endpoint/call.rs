//! One call of the endpoint API: who asks, for what, with what. [`answered`] makes routes of
//! handlers.

use std::future::Future;
use std::sync::{Mutex, PoisonError};

use axum::Extension;
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::form_urlencoded;
use vakt_endpoint::{Author, Endpoint, Reach, SourceKind};
use vakt_identity::ObjectKey;
use vakt_ids::TenantId;
use vakt_wire::endpoint::Entity;

use super::errors::invalid_body;
use crate::access::Caller;
use crate::app::AppState;
use crate::edge::read_body;
use crate::problem::{Problem, json};

/// Largest body of a request about one thing.
const BODY_MAX_BYTES: usize = 128 * 1024;

/// A call that was let in.
pub(crate) struct Call {
    pub app: AppState,
    /// The caller's tenant.
    pub tenant: TenantId,
    pub caller: Caller,
    uri: Uri,
    headers: HeaderMap,
    names: Vec<String>,
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
                      names: RawPathParams,
                      request: Request| async move {
        let (head, body) = request.into_parts();
        let (path, headers) = (head.uri.path().to_owned(), head.headers.clone());
        let call = Call {
            app: app.clone(),
            tenant: caller.tenant,
            caller,
            uri: head.uri,
            headers: head.headers,
            names: names.iter().map(|(_, value)| value.to_owned()).collect(),
            body: Mutex::new(body),
        };
        match handler(call).await {
            Ok(response) => response,
            Err(problem) => problem.answer(&app, &path, &headers),
        }
    };
    axum::routing::on(on, route)
}

impl Call {
    /// The endpoint room.
    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.app.endpoint
    }

    /// The present.
    pub(super) fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    /// What stands at the variable place of the path.
    pub(super) fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// The address that was called.
    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// `https://host`, as it was called.
    pub(super) fn base(&self) -> String {
        self.app.names.origin(&self.uri, &self.headers).base
    }

    /// The value of a query parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let query = self.uri.query().unwrap_or_default();
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        let found = pairs.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.into_owned())
    }

    /// The bytes of the body. The second reading finds none.
    pub(super) async fn bytes(&mut self, max_bytes: usize) -> Result<Bytes, Problem> {
        let body = std::mem::take(self.body.get_mut().unwrap_or_else(PoisonError::into_inner));
        Ok(read_body(body, &self.headers, max_bytes).await?)
    }

    /// The JSON body of a request about one thing; an empty one is an empty object.
    pub(super) async fn body<T: DeserializeOwned>(&mut self) -> Result<T, Problem> {
        let bytes = self.bytes(BODY_MAX_BYTES).await?;
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        // A list would be read as an object's members in their order.
        if !text.trim_ascii_start().starts_with(b"{") {
            return Err(invalid_body(&"it begins otherwise"));
        }
        serde_json::from_slice(text).map_err(|error| invalid_body(&error))
    }

    /// Who makes and changes things by this call.
    pub(super) async fn author(&self) -> Result<Author, Problem> {
        let key = ObjectKey::Object(self.caller.principal);
        let found = self.app.identity.store().find_service_principal(self.tenant, key).await?;
        let id = self.caller.app.to_string();
        let name = found.map_or_else(|| id.clone(), |principal| principal.display_name);
        Ok(Author { kind: SourceKind::Application, id, name })
    }

    /// Which indicators the caller may see; those it may change are the same, but for
    /// `Ti.Read.All`, which opens no route that changes anything.
    pub(super) fn reach(&self) -> Reach {
        let all = ["Ti.ReadWrite.All", "Ti.Read.All"];
        match all.iter().any(|role| self.caller.holds(role)) {
            true => Reach::All,
            false => Reach::MadeBy(self.caller.app),
        }
    }

    /// Which indicators the caller may change.
    pub(super) fn reach_to_change(&self) -> Reach {
        match self.caller.holds("Ti.ReadWrite.All") {
            true => Reach::All,
            false => Reach::MadeBy(self.caller.app),
        }
    }

    /// One thing of a set as an answer.
    pub(super) fn entity(&self, status: StatusCode, set: &str, value: impl Serialize) -> Response {
        let context = Some(format!("{}/api/$metadata#{set}/$entity", self.base()));
        json(status, &Entity { context, value })
    }
}
