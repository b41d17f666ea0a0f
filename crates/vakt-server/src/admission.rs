//! The listener's own limit: so many connections at once, each without Nagle's delay. One more is
//! closed at once, which clients retry; a queue of them would only hide the overload.

use std::future::{Future, Ready, ready};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

/// Most connections at once. A quiet one costs about 20 KiB with TLS, a hostile one up to its head
/// buffer.
pub(crate) const CONNECTIONS_MAX: usize = 2048;

/// A connection on which nothing moved for this long, or up to twice as long, is closed: one that
/// never speaks would keep its place for ever otherwise. Longer than any request may take.
const QUIET_MAX_SECONDS: u64 = 60;

/// Admits connections.
#[derive(Clone)]
pub(crate) struct Admission(Arc<Semaphore>);

impl Admission {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(CONNECTIONS_MAX)))
    }

    fn admit(&self, stream: TcpStream) -> io::Result<Admitted> {
        stream.set_nodelay(true)?;
        match self.0.clone().try_acquire_owned() {
            Ok(permit) => Ok(Admitted::new(stream, permit)),
            Err(_) => {
                tracing::warn!(CONNECTIONS_MAX, "a connection was closed: too many are open");
                Err(io::Error::other("too many connections"))
            }
        }
    }
}

impl<S> Accept<TcpStream, S> for Admission {
    type Stream = Admitted;
    type Service = S;
    type Future = Ready<io::Result<(Admitted, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        ready(self.admit(stream).map(|admitted| (admitted, service)))
    }
}

/// A connection that gives its place back when it ends.
pub(crate) struct Admitted {
    stream: TcpStream,
    moved: bool,
    quiet: Pin<Box<Sleep>>,
    _permit: OwnedSemaphorePermit,
}

impl Admitted {
    fn new(stream: TcpStream, permit: OwnedSemaphorePermit) -> Self {
        let quiet = Box::pin(sleep(Duration::from_secs(QUIET_MAX_SECONDS)));
        Self { stream, moved: false, quiet, _permit: permit }
    }

    /// Is it time to give up? Asked when there is nothing to read.
    fn poll_quiet(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.quiet.as_mut().poll(context).is_ready() {
            if !std::mem::take(&mut self.moved) {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.quiet.as_mut().reset(Instant::now() + Duration::from_secs(QUIET_MAX_SECONDS));
        }
        Poll::Pending
    }
}

impl AsyncRead for Admitted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Pending => self.poll_quiet(context),
            ready => {
                self.moved = true;
                ready
            }
        }
    }
}

impl AsyncWrite for Admitted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.moved = true;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.moved = true;
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
