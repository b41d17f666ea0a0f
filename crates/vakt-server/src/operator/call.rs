//! One call of Vakt's own API: who asks, for what, with what. [`answered`] makes routes of
//! handlers.

use std::future::Future;
use std::sync::{Mutex, PoisonError};

use axum::Extension;
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter};
use http::{HeaderMap, Uri};
use serde::de::DeserializeOwned;
use url::form_urlencoded;
use vakt_identity::Identity;
use vakt_identity::audit::Act;
use vakt_ids::TenantId;

use super::errors::Refused;
use crate::access::{Access, Caller};
use crate::app::AppState;
use crate::edge::read_body;
use crate::route::{Route, filter_of, route};

/// Largest body: a tenant with a hundred domains has 30 KB.
pub(crate) const BODY_MAX_BYTES: usize = 128 * 1024;

/// A call that was let in.
pub(crate) struct Call {
    pub app: AppState,
    /// The caller's tenant.
    pub tenant: TenantId,
    caller: Caller,
    uri: Uri,
    headers: HeaderMap,
    names: Vec<String>,
    /// In a mutex only so that calls can be shared between awaits.
    body: Mutex<Body>,
}

/// The route of a handler, for the methods that `on` takes.
fn answered<F, Answer>(on: MethodFilter, handler: F) -> MethodRouter<AppState>
where
    F: Fn(Call) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<Response, Refused>> + Send + 'static,
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
            Err(Refused(problem)) => problem.answer(&app, &path, &headers),
        }
    };
    axum::routing::on(on, route)
}

/// A line of the table of routes whose handler takes a call.
pub(crate) fn operator_route<F, Answer>(
    method: &'static str,
    path: &'static str,
    access: Access,
    handler: F,
) -> Route
where
    F: Fn(Call) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<Response, Refused>> + Send + 'static,
{
    route(method, path, access, answered(filter_of(method), handler))
}

impl Call {
    /// The identity room.
    pub fn identity(&self) -> &Identity {
        &self.app.identity
    }

    /// Who calls.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// What stands at the variable place of the path, or at the first of them.
    pub fn name(&self) -> &str {
        self.name_at(0)
    }

    /// What stands at a variable place of the path, counted from 0.
    pub fn name_at(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }

    /// The address that was called.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// `https://host`, as it was called.
    pub fn base(&self) -> String {
        self.app.names.origin(&self.uri, &self.headers).base
    }

    /// The circumstances of what the call changes.
    pub fn act(&self) -> Act {
        self.caller.act(self.app.clock.now())
    }

    /// The value of a query parameter.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let query = self.uri.query().unwrap_or_default();
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }

    /// The body as it came. The second reading finds it empty.
    pub async fn bytes(&mut self, max_bytes: usize) -> Result<bytes::Bytes, Refused> {
        let body = std::mem::take(self.body.get_mut().unwrap_or_else(PoisonError::into_inner));
        Ok(read_body(body, &self.headers, max_bytes).await?)
    }

    /// The JSON body; an empty one is an empty object.
    pub async fn body<T: DeserializeOwned>(&mut self) -> Result<T, Refused> {
        let bytes = self.bytes(BODY_MAX_BYTES).await?;
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        serde_json::from_slice(text).map_err(|error| {
            Refused::bad_request(format!("the body is not the expected JSON object: {error}"))
        })
    }
}
