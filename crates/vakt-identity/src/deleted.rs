//! Deleted objects: kept for a while, and restored if somebody asks.

use jiff::Timestamp;
use vakt_ids::ObjectId;

use crate::application::Application;
use crate::service_principal::ServicePrincipal;

/// How long a deleted object can be restored, in hours: 30 days.
pub const RESTORABLE_MAX_HOURS: i64 = 30 * 24;

/// Which kind of deleted objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeletedKind {
    /// Registrations.
    Application,
    /// Presences.
    ServicePrincipal,
}

/// A deleted object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedObject {
    /// When.
    pub deleted_at: Timestamp,
    /// The application whose deletion took it along.
    pub deleted_with: Option<ObjectId>,
    /// What it was.
    pub object: FormerObject,
}

/// What a deleted object was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormerObject {
    /// A registration.
    Application(Box<Application>),
    /// A presence.
    ServicePrincipal(Box<ServicePrincipal>),
}
