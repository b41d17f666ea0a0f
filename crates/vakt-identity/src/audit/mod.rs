//! Who did what, from where, when, and what came of it. Changes of the directory are recorded in
//! the transaction that makes them; sign-ins in a log of their own.

mod act;
pub(crate) mod differences;
mod event;
mod query;
mod sign_in;
mod store;

pub use act::{Act, Actor};
pub use event::{Activity, ChangedProperty, DirectoryEvent, Target, TargetKind};
pub use query::{AuditOrder, AuditPage, AuditQuery, AuditScope, Recorded};
pub use sign_in::{Circumstances, CredentialKind, SignIn};
pub use store::AuditStore;
