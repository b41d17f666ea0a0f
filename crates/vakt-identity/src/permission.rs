//! App roles: what a resource offers to applications.

use vakt_ids::RoleId;

/// An app role of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppRole {
    /// Id; the same in every tenant.
    pub id: RoleId,
    /// The text in the `roles` claim.
    pub value: String,
    /// Name for people.
    pub display_name: String,
    /// What it allows.
    pub description: String,
    /// Disabled roles stay granted but are not put into tokens.
    pub is_enabled: bool,
}
