//! The task that writes the log.

use std::sync::{Arc, Weak};
use std::time::Duration;

use vakt_identity::audit::SignIn;
use vakt_storage::Store;

use super::SignInLog;
use super::queue::Queue;

/// How long lines gather before they are written together.
const GATHER_MILLISECONDS: u64 = 100;
/// How long the writer sleeps when there is nothing to write; counted refusals have their minute.
const IDLE_MAX_SECONDS: u64 = 60;
/// How long the writer waits after a failure, at first; twice as long after each further one.
const RETRY_FIRST_MILLISECONDS: u64 = 100;
/// And at most.
const RETRY_MAX_MILLISECONDS: u64 = 5_000;

/// Writes until the queue is closed and empty, or the log is gone.
pub(super) async fn run(store: Arc<dyn Store>, queue: Arc<Queue>, log: Weak<SignInLog>) {
    let idle = Duration::from_secs(IDLE_MAX_SECONDS);
    let gather = Duration::from_millis(GATHER_MILLISECONDS);
    loop {
        let _ = tokio::time::timeout(idle, queue.work()).await;
        let _ = tokio::time::timeout(gather, queue.hurry()).await;
        let log = log.upgrade();
        if let Some(log) = &log {
            log.take_counts(log.clock.now());
        }
        let batch = queue.take();
        if !batch.lines.is_empty() {
            write(store.as_ref(), &batch.lines).await;
        }
        queue.commit(batch.last);
        if batch.is_last || log.is_none() {
            return;
        }
    }
}

/// Writes a batch, however long it takes: meanwhile the queue fills, and then answers wait.
async fn write(store: &dyn Store, lines: &[SignIn]) {
    let mut wait = RETRY_FIRST_MILLISECONDS;
    while let Err(error) = store.append_sign_ins(lines).await {
        tracing::error!(%error, lines = lines.len(), "sign-ins could not be recorded; trying again");
        tokio::time::sleep(Duration::from_millis(wait)).await;
        wait = (wait * 2).min(RETRY_MAX_MILLISECONDS);
    }
}
