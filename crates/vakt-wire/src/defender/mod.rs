//! The threat-protection API: the classic dialect and that of Defender for Endpoint.

mod alert;
mod error;
mod incident;
mod mde_alert;
mod patch;

pub use alert::{Alert, Device, Entity};
pub use error::{ApiError, ApiErrorBody};
pub use incident::{Comment, Incident, IncidentList};
pub use mde_alert::{
    MdeAccount, MdeAlert, MdeDomain, MdeEvidence, MdeFile, MdeIp, MdeList, MdeUser, NewMdeAlert,
};
pub use patch::{AlertBatch, AlertPatch, IncidentPatch};
