//! What waits for an answer. Requests that were cancelled meanwhile are found before work is done on
//! them.

use std::collections::VecDeque;

use crossbeam_channel::Receiver;
use lsp_server::{Message, RequestId};

/// Most messages that wait here; further ones wait in the stream.
pub const WAITING_COUNT_MAX: usize = 1024;

/// Messages in the order of their arrival.
#[derive(Debug)]
pub struct Queue<'c> {
    arriving: &'c Receiver<Message>,
    waiting: VecDeque<Message>,
}

/// What is to be done next.
#[derive(Debug)]
pub enum Next {
    /// A message to look at.
    Message(Message),
    /// A request that the client cancelled while it waited.
    Cancelled(RequestId),
    /// The client has gone.
    Gone,
}

impl<'c> Queue<'c> {
    /// Over what arrives.
    pub fn new(arriving: &'c Receiver<Message>) -> Self {
        Self { arriving, waiting: VecDeque::new() }
    }

    /// The next message, waiting for one if need be.
    pub fn next(&mut self) -> Next {
        self.gather();
        let next = match self.waiting.pop_front() {
            Some(message) => message,
            None => match self.arriving.recv() {
                Ok(message) => message,
                Err(_) => return Next::Gone,
            },
        };
        match next {
            Message::Request(request) if self.forget_cancellation(&request.id) => {
                Next::Cancelled(request.id)
            }
            message => Next::Message(message),
        }
    }

    /// Is anything waiting? What is known only to be overtaken need not be told.
    pub fn is_empty(&mut self) -> bool {
        self.gather();
        self.waiting.is_empty()
    }

    fn gather(&mut self) {
        while self.waiting.len() < WAITING_COUNT_MAX {
            match self.arriving.try_recv() {
                Ok(message) => self.waiting.push_back(message),
                Err(_) => return,
            }
        }
    }

    /// Takes the cancellation of a request out of what waits.
    fn forget_cancellation(&mut self, id: &RequestId) -> bool {
        let at = self.waiting.iter().position(|message| match message {
            Message::Notification(one) if one.method == "$/cancelRequest" => {
                let cancelled = one.params.get("id").cloned();
                cancelled.and_then(|value| serde_json::from_value(value).ok()).as_ref() == Some(id)
            }
            _ => false,
        });
        at.is_some_and(|at| self.waiting.remove(at).is_some())
    }
}
