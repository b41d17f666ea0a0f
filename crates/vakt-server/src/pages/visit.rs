//! One visit of a page: which browser, from where, with which cookies and which form. Handlers take
//! a [`Visit`] and give a page; [`answered`] makes routes of them.

use std::future::Future;
use std::net::IpAddr;

use axum::extract::{RawPathParams, Request, State};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter};
use bytes::Bytes;
use http::header::{HOST, REFERER};
use http::{HeaderMap, Method, Uri};
use jiff::Timestamp;
use vakt_identity::audit::{Act, Actor};
use vakt_identity::people::{Person, Session, SessionKind};
use vakt_identity::{Cookie, IdentityError};

use super::cookies::{self, Kind};
use super::fault::{Fault, Stop};
use super::fields::{self, Fields};
use super::onward::Onward;
use super::page::Page;
use super::theme::Theme;
use crate::app::AppState;
use crate::chance;
use crate::edge::read_body;
use crate::entra::errors::{Correlation, timestamp};
use crate::problem::Problem;

/// A visit.
pub(crate) struct Visit {
    pub app: AppState,
    /// The present, the same throughout.
    pub now: Timestamp,
    pub uri: Uri,
    /// Our own origin, as the browser called it.
    pub origin: String,
    /// Where the browser is.
    pub address: Option<IpAddr>,
    /// The id of this visit, for whoever helps.
    pub correlation: String,
    /// Light or dark.
    pub theme: Theme,
    method: Method,
    segments: Vec<String>,
    headers: HeaderMap,
    body: Bytes,
}

/// Somebody who has signed in.
pub(crate) struct SignedIn {
    pub person: Person,
    pub session: Session,
    pub cookie: Cookie,
}

/// The route of a handler, for the methods that `on` takes.
pub(crate) fn answered<F, Answer>(on: MethodFilter, handler: F) -> MethodRouter<AppState>
where
    F: Fn(Visit) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<Page, Stop>> + Send + 'static,
{
    let route = move |State(app): State<AppState>, params: RawPathParams, request: Request| async move {
        let (mut visit, body) = open(app, &params, request);
        let (correlation, time) = (visit.correlation.clone(), timestamp(visit.now));
        let theme = visit.theme;
        let opened = visit.take_form(body).await;
        let result = match opened {
            Ok(()) => handler(visit).await,
            Err(stop) => Err(stop),
        };
        finish(result, theme, &correlation, &time)
    };
    axum::routing::on(on, route)
}

fn open(app: AppState, params: &RawPathParams, request: Request) -> (Visit, axum::body::Body) {
    let (head, body) = request.into_parts();
    let correlation = Correlation::of(&head.headers, head.uri.query()).client_request_id;
    let visit = Visit {
        now: app.clock.now(),
        origin: app.names.origin(&head.uri, &head.headers).base,
        address: app.proxies.caller(&head.extensions, &head.headers),
        correlation: correlation.unwrap_or_else(chance::guid),
        theme: cookies::theme(&head.headers),
        segments: params.iter().map(|(_, value)| value.to_owned()).collect(),
        method: head.method,
        uri: head.uri,
        headers: head.headers,
        body: Bytes::new(),
        app,
    };
    let body = if visit.method == Method::POST { body } else { axum::body::Body::empty() };
    (visit, body)
}

fn finish(result: Result<Page, Stop>, theme: Theme, correlation: &str, time: &str) -> Response {
    let page = match result {
        Ok(page) => Ok(page),
        Err(Stop::Page(page)) => Ok(*page),
        Err(Stop::Fault(fault)) => fault.into_page(correlation, time),
    };
    match page {
        Ok(page) => page.themed(theme).into_response(),
        Err(_) => Page::failed().into_response(),
    }
}

impl Visit {
    async fn take_form(&mut self, body: axum::body::Body) -> Result<(), Stop> {
        let read = read_body(body, &self.headers, fields::FORM_MAX_BYTES).await;
        self.body = read.map_err(Problem::from)?;
        Ok(())
    }

    /// The tenant as the path names it.
    pub(crate) fn tenant_segment(&self) -> &str {
        self.segment(0)
    }

    /// What stands in the path's braces, counted from 0; empty if there are fewer.
    pub(crate) fn segment(&self, index: usize) -> &str {
        self.segments.get(index).map_or("", String::as_str)
    }

    /// Did the browser call us by a name of ours?
    pub(crate) fn is_under_own_name(&self) -> bool {
        let host = self.headers.get(HOST).and_then(|value| value.to_str().ok());
        let called = host.or(self.uri.authority().map(|authority| authority.as_str()));
        let ours = self.origin.split_once("://").map(|(_, authority)| authority);
        called.zip(ours).is_some_and(|(called, ours)| called.eq_ignore_ascii_case(ours))
    }

    /// The browser's header fields.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Is this a form that was sent?
    pub(crate) fn is_form(&self) -> bool {
        self.method == Method::POST
    }

    /// The page of ours that led here, or else the portal: where to go back to.
    pub(crate) fn came_from(&self) -> Onward {
        let referer = self.headers.get(REFERER).and_then(|value| value.to_str().ok());
        let ours = referer.and_then(|place| place.strip_prefix(&self.origin));
        Onward::read(ours.unwrap_or_default())
    }

    /// A parameter of the address.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let query = self.uri.query().unwrap_or_default();
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// Where the address says one goes on to.
    pub(crate) fn onward(&self) -> Onward {
        Onward::read(&self.query("return").unwrap_or_default())
    }

    /// The form, if it is ours and was shown to the holder of this cookie.
    pub(crate) fn form(&self, kind: Kind) -> Result<Fields, Fault> {
        fields::check_source(&self.headers, &self.origin)?;
        Fields::read(&self.body, self.cookie(kind).as_ref())
    }

    /// A cookie that came along.
    pub(crate) fn cookie(&self, kind: Kind) -> Option<Cookie> {
        cookies::find(&self.headers, kind)
    }

    /// The circumstances of what this visit changes, by nobody yet.
    pub(crate) fn act(&self) -> Act {
        Act {
            address: self.address,
            correlation: self.correlation.clone(),
            ..Act::of_server(self.now)
        }
    }

    /// The present as pages show it.
    pub(crate) fn timestamp(&self) -> String {
        timestamp(self.now)
    }

    /// Who has signed in, if somebody has.
    pub(crate) async fn signed_in(&self) -> Result<Option<SignedIn>, IdentityError> {
        let Some(cookie) = self.cookie(Kind::Session) else { return Ok(None) };
        let found = self.app.identity.session(SessionKind::SignedIn, &cookie, self.now).await?;
        Ok(found.map(|(session, person)| SignedIn { person, session, cookie }))
    }

    /// Who has signed in; otherwise the sign-in page comes first, and then `onward`.
    pub(crate) async fn require_signed_in(&self, onward: &Onward) -> Result<SignedIn, Stop> {
        match self.signed_in().await? {
            Some(signed_in) => Ok(signed_in),
            None => Err(Page::go_to(onward.after("/vakt/sign-in")).into()),
        }
    }

    /// Who has signed in a moment ago; otherwise the sign-in page comes first.
    pub(crate) async fn require_fresh(&self, onward: &Onward) -> Result<SignedIn, Stop> {
        let signed_in = self.require_signed_in(onward).await?;
        if signed_in.session.is_fresh(self.now) {
            return Ok(signed_in);
        }
        Err(Page::go_to(onward.after("/vakt/sign-in")).into())
    }
}

impl SignedIn {
    /// The token of forms shown to this person.
    pub(crate) fn token(&self) -> String {
        token_of(&self.cookie)
    }

    /// The circumstances of what this person changes.
    pub(crate) fn act(&self, visit: &Visit) -> Act {
        let (id, user_name) = (self.person.object_id, self.person.user_name.clone());
        Act { actor: Actor::Person { id, user_name }, ..visit.act() }
    }
}

/// The token of forms shown to the holder of a cookie.
pub(crate) fn token_of(cookie: &Cookie) -> String {
    fields::token(cookie)
}
