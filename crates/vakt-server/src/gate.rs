//! What stands in front of every handler: the edge, and on guarded routes the door and the
//! turnstile. One layer for all: each further one would move the whole request once more.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::request::Parts;
use tower::{Layer, Service, ServiceExt};

use crate::access::Door;
use crate::app::AppState;
use crate::{edge, faults};

/// The gate of one route.
#[derive(Clone)]
pub(crate) struct Gate(Arc<Posts>);

/// What a request passes, in this order.
struct Posts {
    app: AppState,
    /// The route as the table has it, for the log.
    route: String,
    door: Option<Door>,
}

impl Gate {
    pub(crate) fn new(app: &AppState, route: impl Into<String>, door: Option<Door>) -> Self {
        Self(Arc::new(Posts { app: app.clone(), route: route.into(), door }))
    }
}

impl Posts {
    /// Leads a request to its handler, or answers in the handler's place.
    async fn lead<S: Handles>(&self, mut head: Parts, body: Body, handler: Arc<S>) -> Response {
        if self.app.faults.are_on()
            && let Some(answer) = faults::by_header(&self.app, &head).await
        {
            return answer;
        }
        let standing = match &self.door {
            Some(door) => match door.open(&self.app, &mut head).await {
                Ok(standing) => standing,
                Err(answer) => return answer,
            },
            None => None,
        };
        let Ok(mut answer) = (*handler).clone().oneshot(Request::from_parts(head, body)).await;
        if let Some(standing) = standing {
            standing.mark(&mut answer);
        }
        answer
    }
}

/// A handler, as the router keeps it.
pub(crate) trait Handles:
    Service<Request, Response = Response, Error = Infallible, Future: Send>
    + Clone
    + Send
    + Sync
    + 'static
{
}

impl<S> Handles for S where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send>
        + Clone
        + Send
        + Sync
        + 'static
{
}

impl<S> Layer<S> for Gate {
    type Service = Gated<S>;

    fn layer(&self, handler: S) -> Gated<S> {
        Gated { posts: self.0.clone(), handler: Arc::new(handler) }
    }
}

/// A handler behind its gate. The router copies it for every request: that must cost little.
pub(crate) struct Gated<S> {
    posts: Arc<Posts>,
    handler: Arc<S>,
}

impl<S> Clone for Gated<S> {
    fn clone(&self) -> Self {
        Self { posts: self.posts.clone(), handler: self.handler.clone() }
    }
}

impl<S: Handles> Service<Request> for Gated<S> {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let Self { posts, handler } = self.clone();
        Box::pin(async move {
            let lead = |head, body| posts.lead(head, body, handler);
            Ok(edge::guard(&posts.app, &posts.route, request, lead).await)
        })
    }
}
