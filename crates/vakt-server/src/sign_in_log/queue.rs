//! Lines on their way to the store. Only the first one in wakes the writer, which then lets others
//! gather, unless somebody waits and hurries it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};
use vakt_identity::audit::SignIn;

use super::SignInLogMode;

/// Most lines that wait, about 1 KiB each: several seconds of a busy server. When there is no room,
/// answers wait.
const LINES_MAX: usize = 10_000;

/// The number of a line, counted from the start of the server.
pub(super) type Number = u64;

/// The queue.
pub(super) struct Queue {
    mode: SignInLogMode,
    state: Mutex<State>,
    /// There is something to write.
    work: Notify,
    /// Somebody waits for it.
    hurry: Notify,
    /// Number of the last line in the store.
    committed: watch::Sender<Number>,
}

#[derive(Default)]
struct State {
    lines: Vec<SignIn>,
    /// Number of the last line that was put in.
    last: Number,
    is_closed: bool,
}

/// What the writer took.
pub(super) struct Batch {
    pub lines: Vec<SignIn>,
    /// Number of the last of them.
    pub last: Number,
    /// Nothing comes after it.
    pub is_last: bool,
}

impl Queue {
    pub(super) fn new(mode: SignInLogMode) -> Self {
        let state = Mutex::new(State { lines: Vec::with_capacity(64), ..State::default() });
        let (work, hurry) = (Notify::new(), Notify::new());
        Self { mode, state, work, hurry, committed: watch::Sender::new(0) }
    }

    /// Puts a line in, when there is room; gives its number.
    pub(super) async fn push(&self, line: SignIn) -> Number {
        let mut committed = self.committed.subscribe();
        loop {
            let waiting = self.state().lines.len();
            if waiting < LINES_MAX {
                return self.put(line);
            }
            self.hurry.notify_one();
            // The sender lives as long as the queue does.
            let _ = committed.changed().await;
        }
    }

    fn put(&self, line: SignIn) -> Number {
        let mut state = self.state();
        let is_first = state.lines.is_empty();
        state.lines.push(line);
        state.last += 1;
        let number = state.last;
        drop(state);
        if is_first {
            self.work.notify_one();
        }
        if self.mode == SignInLogMode::BeforeAnswer {
            self.hurry.notify_one();
        }
        number
    }

    /// Puts in lines that stand for many. There are few of them, and nobody waits for their place.
    pub(super) fn push_counts(&self, lines: Vec<SignIn>) {
        for line in lines {
            self.put(line);
        }
    }

    /// Waits for the commit of a line.
    pub(super) async fn wait(&self, number: Number) {
        let _ = self.committed.subscribe().wait_for(|committed| *committed >= number).await;
    }

    /// Waits for the commit of everything that is in now.
    pub(super) async fn settle(&self) {
        let last = self.state().last;
        if *self.committed.borrow() < last {
            self.hurry.notify_one();
            self.wait(last).await;
        }
    }

    /// Puts the last lines in, and lets the writer end when they are in the store.
    pub(super) fn close(&self, last_lines: Vec<SignIn>) {
        self.push_counts(last_lines);
        self.state().is_closed = true;
        self.work.notify_one();
        self.hurry.notify_one();
    }

    /// Waits until there is something to write.
    pub(super) async fn work(&self) {
        self.work.notified().await;
    }

    /// Waits until somebody waits.
    pub(super) async fn hurry(&self) {
        self.hurry.notified().await;
    }

    /// Takes everything.
    pub(super) fn take(&self) -> Batch {
        let mut state = self.state();
        let lines = std::mem::take(&mut state.lines);
        Batch { lines, last: state.last, is_last: state.is_closed }
    }

    /// Notes that everything up to a line is in the store.
    pub(super) fn commit(&self, last: Number) {
        self.committed.send_replace(last);
    }

    /// How many lines are not in the store yet.
    pub(super) fn unwritten(&self) -> Number {
        self.state().last - *self.committed.borrow()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
