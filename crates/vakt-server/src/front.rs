//! The first thing a request meets: an answer that is kept, or the way to its route.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::task::{Context, Poll};

use axum::body::HttpBody;
use axum::response::Response;
use futures_util::future::Either;
use http::Request;
use tower::Service;

use crate::app::AppState;
use crate::kept_answers::Place;

/// The router, and the kept answers in front of it.
#[derive(Clone)]
pub(crate) struct Front<S> {
    app: AppState,
    router: S,
}

impl<S> Front<S> {
    pub(crate) fn new(app: AppState, router: S) -> Self {
        Self { app, router }
    }
}

impl<S, B> Service<Request<B>> for Front<S>
where
    S: Service<Request<B>, Response = Response, Error = Infallible>,
    B: HttpBody,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.router.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        if let Some(place) = Place::of(&self.app, &request) {
            if let Some(answer) = self.app.kept_answers.answer(&self.app, &place) {
                return Either::Left(ready(Ok(answer)));
            }
            // The door need not find the token's name again.
            request.extensions_mut().insert(place.token);
            request.extensions_mut().insert(place);
        }
        Either::Right(self.router.call(request))
    }
}
