//! What a handler left unread of a body. An answer that comes before the body was read makes
//! HTTP/2 reset the stream, and some clients then never see the answer; so the rest is read and
//! thrown away, within limits.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};

/// Most that is read only to be thrown away.
const LEFTOVER_MAX_BYTES: usize = 1024 * 1024;
/// How long that may take.
const LEFTOVER_MAX_MILLISECONDS: u64 = 500;

/// Keeps hold of a body that is handed to a handler.
pub(crate) struct Leftover(Arc<Mutex<Body>>);

impl Leftover {
    /// Splits a body: one half for the handler, one to look after it. Bodies that are empty or at
    /// their end need no looking after.
    pub(crate) fn watch(body: Body) -> (Body, Option<Self>) {
        if body.is_end_stream() {
            return (body, None);
        }
        let shared = Arc::new(Mutex::new(body));
        (Body::new(Handed(shared.clone())), Some(Self(shared)))
    }

    /// Reads what is left, within limits.
    pub(crate) async fn discard(self) {
        let mut left_bytes = LEFTOVER_MAX_BYTES;
        let all = async {
            while let Some(Ok(frame)) = poll_fn(|context| poll(&self.0, context)).await {
                let length = frame.data_ref().map_or(0, Bytes::len);
                match left_bytes.checked_sub(length) {
                    Some(left) => left_bytes = left,
                    None => return,
                }
            }
        };
        let limit = Duration::from_millis(LEFTOVER_MAX_MILLISECONDS);
        let _ = tokio::time::timeout(limit, all).await;
    }
}

/// The handler's half.
struct Handed(Arc<Mutex<Body>>);

type Polled = Poll<Option<Result<Frame<Bytes>, axum::Error>>>;

fn poll(body: &Mutex<Body>, context: &mut Context<'_>) -> Polled {
    let mut body = body.lock().unwrap_or_else(PoisonError::into_inner);
    if body.is_end_stream() {
        return Poll::Ready(None);
    }
    Pin::new(&mut *body).poll_frame(context)
}

impl HttpBody for Handed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Polled {
        poll(&self.0, context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}
