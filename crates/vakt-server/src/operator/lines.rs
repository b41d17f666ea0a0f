//! An answer of JSON lines that is written while it is sent: memory holds a few pieces of it,
//! however long it is.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::{Bytes, BytesMut};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use http_body::Frame;
use serde::Serialize;
use tokio::sync::mpsc;

/// A piece is sent once it has this size.
const PIECE_BYTES: usize = 64 * 1024;
/// Pieces that wait for a slow reader.
const WAITING_MAX_PIECES: usize = 4;
/// A reader that takes nothing for so long has gone.
const READER_MAX_SECONDS: u64 = 60;

/// Why lines end before their end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    /// The reader went away, or stands still.
    #[error("the reader is gone")]
    ReaderGone,
    /// The next line could not be made; the text is for the log.
    #[error("the next line cannot be made: {0}")]
    Failed(String),
}

/// Where lines are written to.
pub(super) struct Lines {
    pieces: mpsc::Sender<Result<Bytes, Broken>>,
    piece: BytesMut,
}

impl Lines {
    /// An answer, and where to write its lines.
    pub(super) fn answer() -> (Response, Self) {
        let (pieces, receiver) = mpsc::channel(WAITING_MAX_PIECES);
        let mut response = Response::new(Body::new(Pieces(receiver)));
        *response.status_mut() = StatusCode::OK;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
        headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        (response, Self { pieces, piece: BytesMut::new() })
    }

    /// Adds a line; waits while the reader has enough to read.
    pub(super) async fn write(&mut self, line: &impl Serialize) -> Result<(), Broken> {
        let text = serde_json::to_vec(line).map_err(|error| Broken::Failed(error.to_string()))?;
        self.piece.extend_from_slice(&text);
        self.piece.extend_from_slice(b"\n");
        if self.piece.len() < PIECE_BYTES {
            return Ok(());
        }
        self.flush().await
    }

    /// Sends what is left.
    pub(super) async fn flush(&mut self) -> Result<(), Broken> {
        let piece = self.piece.split().freeze();
        self.send(Ok(piece)).await
    }

    /// Lets the reader see that the end is missing: the connection breaks off.
    pub(super) async fn break_off(self, why: Broken) {
        // A reader that is gone has seen it.
        let _ = self.send(Err(why)).await;
    }

    async fn send(&self, piece: Result<Bytes, Broken>) -> Result<(), Broken> {
        let limit = Duration::from_secs(READER_MAX_SECONDS);
        match tokio::time::timeout(limit, self.pieces.send(piece)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Broken::ReaderGone),
        }
    }
}

/// The body that is made of the pieces.
struct Pieces(mpsc::Receiver<Result<Bytes, Broken>>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
