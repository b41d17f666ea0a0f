//! Consent: what an application asks of a tenant, who may give it, and what was given.

mod assignment;
mod offer;
mod refusal;

pub use assignment::{GrantQuery, RoleAssignment};
pub use offer::{ConsentOffer, OfferedResource, OfferedRole, OfferedScope, Publisher};
pub use refusal::ConsentRefusal;
