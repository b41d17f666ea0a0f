//! Who may call what: the ledger of routes, the bearer token at the door, and the caller that a
//! valid token makes.

mod bearer;
mod caller;
mod guard;
mod ledger;

pub(crate) use caller::Caller;
pub(crate) use guard::{Reach, guarded};
pub use ledger::{Access, Api, PAGES, ROUTES_WITHOUT_A_TOKEN, Row};
pub(crate) use ledger::{
    CANCEL_ACTIONS, COLLECT_FORENSICS, CONSENT, ISOLATE, OFFBOARD, READ_APPLICATIONS,
    READ_ASSIGNMENTS, READ_AUDIT, READ_AUDIT_LOGS, READ_GRANTS, READ_INCIDENTS, READ_INDICATORS,
    READ_KEYS, READ_LIMITS, READ_MACHINES, READ_ORGANIZATION, READ_PEOPLE, READ_SERVER_AUDIT,
    READ_TENANTS, RESTRICT_EXECUTION, SCAN, STOP_AND_QUARANTINE, WRITE_APPLICATIONS,
    WRITE_ASSIGNMENTS, WRITE_FAULTS, WRITE_GRANTS, WRITE_INCIDENTS, WRITE_INDICATORS, WRITE_KEYS,
    WRITE_MACHINES, WRITE_PEOPLE, WRITE_TENANTS,
};
