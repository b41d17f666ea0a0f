//! The log of sign-ins: each answer of a token endpoint leaves a line. A transaction for each line
//! would cost as much as the token, so lines are written many at a time by a task of their own. An
//! answer waits for a place in the queue, and if the operator wants it so, for the commit as well;
//! a line is never dropped to make room.

mod flood;
mod queue;
mod writer;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::JoinHandle;
use vakt_identity::audit::SignIn;
use vakt_storage::Store;

use crate::clock::Clock;
use crate::throttle::{Source, Throttle};
use flood::Flood;
use queue::Queue;

/// How long an answer waits for the log before it gives way to an error that clients retry: shorter
/// than the time a request may take.
const LOG_WAIT_MAX_SECONDS: u64 = 10;
/// How long the last lines may take at a stop.
const LAST_LINES_MAX_SECONDS: u64 = 5;

/// When a line is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignInLogMode {
    /// A moment after the answer: a crash may lose the lines of the last tenth of a second.
    #[default]
    Batched,
    /// Before the answer: whoever holds a token is in the log.
    BeforeAnswer,
}

/// The log could not be written in time, so nothing may be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LogStuck;

/// The log.
pub(crate) struct SignInLog {
    queue: Arc<Queue>,
    flood: Mutex<Flood>,
    mode: SignInLogMode,
    clock: Clock,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl SignInLog {
    /// Starts the task that writes.
    pub(crate) fn start(store: Arc<dyn Store>, mode: SignInLogMode, clock: Clock) -> Arc<Self> {
        let queue = Arc::new(Queue::new(mode));
        let log = Arc::new(Self {
            queue: queue.clone(),
            flood: Mutex::new(Flood::default()),
            mode,
            clock,
            writer: Mutex::new(None),
        });
        let writer = tokio::spawn(writer::run(store, queue, Arc::downgrade(&log)));
        *log.writer.lock().unwrap_or_else(PoisonError::into_inner) = Some(writer);
        log
    }

    /// Records a sign-in. Refusals beyond the throttle's limit are counted, and the count is
    /// recorded once a minute: a flood of them must not fill the disk.
    pub(crate) async fn record(
        &self,
        throttle: &Throttle,
        sign_in: SignIn,
    ) -> Result<(), LogStuck> {
        let source = Source::from(sign_in.address);
        let refused = sign_in.error_code != 0;
        if refused && !throttle.may_record_refusal(source, sign_in.at) {
            self.flood().count(source, sign_in);
            return Ok(());
        }
        let committed = self.within_time(self.queue.push(sign_in)).await?;
        match self.mode {
            SignInLogMode::Batched => Ok(()),
            SignInLogMode::BeforeAnswer => self.within_time(self.queue.wait(committed)).await,
        }
    }

    /// Waits until everything that was answered before is in the store, for those who read it.
    pub(crate) async fn settle(&self) -> Result<(), LogStuck> {
        self.within_time(self.queue.settle()).await
    }

    /// Writes the last lines, counts included.
    pub(crate) async fn close(&self) {
        let counts = self.flood().take_all();
        self.queue.close(counts);
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut writer) = writer else { return };
        let limit = Duration::from_secs(LAST_LINES_MAX_SECONDS);
        if tokio::time::timeout(limit, &mut writer).await.is_err() {
            writer.abort();
            let lines = self.queue.unwritten();
            tracing::error!(lines, "the last sign-ins could not be recorded");
        }
    }

    /// Moves counts whose minute is over to the queue.
    fn take_counts(&self, now: Timestamp) {
        let counts = self.flood().take_over(now);
        self.queue.push_counts(counts);
    }

    fn flood(&self) -> std::sync::MutexGuard<'_, Flood> {
        self.flood.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn within_time<T>(&self, work: impl Future<Output = T>) -> Result<T, LogStuck> {
        let limit = Duration::from_secs(LOG_WAIT_MAX_SECONDS);
        tokio::time::timeout(limit, work).await.map_err(|_| LogStuck)
    }
}
