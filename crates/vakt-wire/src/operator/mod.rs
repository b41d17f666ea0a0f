//! Vakt's own API, for operators and a tenant's administrators: what Microsoft has no route for.
//! Bodies that come in refuse members they do not know: a misspelt wish must not be passed over.

mod audit;
mod export;
mod fault;
mod key;
mod limits;
mod person;
mod tenant;

pub use audit::{DirectoryChange, SpnSignIn};
pub use export::{
    EXPORT_VERSION, ExportEnd, ExportHead, ExportKind, ExportLine, ExportedFederated,
};
pub use fault::{
    FAULT_CALLS_MAX, FAULT_DELAY_MAX_MILLISECONDS, FAULT_RETRY_AFTER_MAX_SECONDS, Fault, FaultList,
    NewFault,
};
pub use key::{Key, KeyList, NewKey, RetireKey};
pub use limits::{Limit, Limits, Quota};
pub use person::{MadePerson, NewPerson, PasswordReset, Person, PersonChanges, PersonList};
pub use tenant::{MadeAdministrator, MadeTenant, NewAdministrator, NewTenant, Tenant, TenantList};
