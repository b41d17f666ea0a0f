//! vakt-lsp: a language server for KQL, in files of its own, in Markdown and in detection rules.
//!
//! [`serve`] speaks to one client over a [`lsp_server::Connection`]; [`stdio`] makes one of this
//! process's own streams. One request is answered after the other; what arrives meanwhile waits, and
//! can be cancelled while it does.

mod answers;
mod document;
mod queue;
mod session;
mod transport;

pub use document::DOCUMENT_BYTES_MAX;
pub use queue::WAITING_COUNT_MAX;
pub use session::{Ended, serve};
pub use transport::{MESSAGE_BYTES_MAX, TransportProblem, read_messages, stdio};
