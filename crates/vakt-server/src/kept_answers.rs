//! Answers that are kept: dashboards and playbooks ask the same again and again, and the way to an
//! answer costs more than sending it. One is given again to the same token at the same address while
//! nothing in the store has changed. What a clock or a counter decides is decided each time.

use std::sync::Arc;

use axum::body::HttpBody;
use axum::response::Response;
use bytes::Bytes;
use http::{Method, Request, StatusCode};
use moka::sync::Cache;
use serde::Serialize;
use vakt_token::{TOKEN_LENGTH_MAX_BYTES, TokenName};

use crate::access::{Caller, token_of};
use crate::app::App;
use crate::edge;
use crate::problem::{json, written_json};

/// Memory for answers.
const KEPT_MAX_BYTES: u64 = 16 * 1024 * 1024;
/// Larger answers are made anew each time.
const KEPT_ANSWER_MAX_BYTES: usize = 256 * 1024;
/// Only what is asked for here is kept; others do not pay for being looked up.
const KEPT_UNDER: &str = "/api/";

/// What an answer takes beside its text, the claims of its token included.
const OVERHEAD_BYTES: usize = size_of::<Key>() + size_of::<Kept>() + 1024;

/// The name of a token together with origin and address: what an answer is found by.
type Key = TokenName;

/// The answers.
pub(crate) struct KeptAnswers(Cache<Key, Arc<Kept>>);

/// An answer, and what must still be so that it may be given again.
struct Kept {
    state: State,
    caller: Caller,
    body: Bytes,
}

/// The store, as an answer knows it: each number grows with every change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    identity: u64,
    incidents: u64,
}

/// Where the answer to a request may be kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    key: Key,
    state: State,
    /// The name of the request's token.
    pub token: TokenName,
}

impl Place {
    /// `None` if the answer cannot be kept, or its store cannot say at once what state it is in.
    pub(crate) fn of<B: HttpBody>(app: &App, request: &Request<B>) -> Option<Self> {
        let (uri, headers) = (request.uri(), request.headers());
        let may_be_kept = request.method() == Method::GET
            && uri.path().starts_with(KEPT_UNDER)
            && request.body().is_end_stream()
            && !app.faults.are_on();
        if !may_be_kept || edge::check_head(request).is_err() {
            return None;
        }
        let identity = app.identity.generation_at_hand()?;
        let state = State { identity, incidents: app.incidents.generation_at_hand()? };
        let token = token_of(headers).filter(|token| token.len() <= TOKEN_LENGTH_MAX_BYTES)?;
        let token = TokenName::of(token);
        let (scheme, authority) = app.names.called(uri, headers);
        let target = uri.path_and_query().map_or("", |target| target.as_str());
        Some(Self { key: token.with(&[scheme, authority, target]), state, token })
    }
}

impl KeptAnswers {
    pub(crate) fn new() -> Self {
        let bytes = |_: &Key, kept: &Arc<Kept>| {
            u32::try_from(kept.body.len() + OVERHEAD_BYTES).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(KEPT_MAX_BYTES).weigher(bytes).build())
    }

    /// The kept answer, if it may be given now; the call counts. Whatever stands against it is for
    /// the route itself to say.
    pub(crate) fn answer(&self, app: &App, place: &Place) -> Option<Response> {
        let kept = self.0.get(&place.key)?;
        let now = app.clock.now();
        if kept.state != place.state || !kept.caller.may_call_at(now) {
            return None;
        }
        let standing = kept.caller.turnstile.count(app, &kept.caller, now).ok()?;
        let mut answer = written_json(StatusCode::OK, kept.body.clone());
        if let Some(standing) = standing {
            standing.mark(&mut answer);
        }
        tracing::debug!(method = "GET", route = "(kept)", status = 200, "request");
        Some(answer)
    }

    /// Answers a caller, and keeps the answer where there is a place for it.
    pub(crate) fn json(
        &self,
        place: Option<Place>,
        caller: &Caller,
        answer: &impl Serialize,
    ) -> Response {
        let (Some(place), Ok(body)) = (place, serde_json::to_vec(answer)) else {
            return json(StatusCode::OK, answer);
        };
        let body = Bytes::from(body);
        if body.len() <= KEPT_ANSWER_MAX_BYTES {
            let (caller, body) = (caller.clone(), body.clone());
            self.0.insert(place.key, Arc::new(Kept { state: place.state, caller, body }));
        }
        written_json(StatusCode::OK, body)
    }
}
