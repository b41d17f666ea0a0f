//! Ctrl-C and SIGTERM: the two ways to ask a server to stop.

use anyhow::Context as _;

/// Both signals, listened to from the moment this is made: one that comes while the server still
/// starts ends it as one that comes later does.
#[cfg(unix)]
pub struct StopSignal {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl StopSignal {
    /// Begins to listen.
    pub fn listen() -> anyhow::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let signal = |kind| signal(kind).context("signals cannot be received");
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self { interrupt, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for either.
    pub async fn wait(&mut self) -> anyhow::Result<()> {
        tokio::select! {
            _ = self.interrupt.recv() => Ok(()),
            _ = self.terminate.recv() => Ok(()),
        }
    }
}

/// Ctrl-C, where there is no other way to ask.
#[cfg(not(unix))]
pub struct StopSignal;

#[cfg(not(unix))]
impl StopSignal {
    /// Begins to listen.
    pub fn listen() -> anyhow::Result<Self> {
        Ok(Self)
    }

    /// Waits for it.
    pub async fn wait(&mut self) -> anyhow::Result<()> {
        tokio::signal::ctrl_c().await.context("signals cannot be received")
    }
}
