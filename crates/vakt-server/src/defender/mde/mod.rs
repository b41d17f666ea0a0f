//! The dialect of Defender for Endpoint: alerts. It is another view of the same alerts that
//! incidents have; what a caller reads here it finds there, and the other way round.

mod alerts;
mod change;
mod create;
mod related;
mod to_wire;

pub(crate) use alerts::{MDE_PAGE_PARTS_MAX, MDE_PAGE_SIZE_MAX};
pub(super) use alerts::{get_alert, list_alerts};
pub(super) use change::{patch_alert, update_alerts};
pub(super) use create::create_alert;
pub(super) use related::{domains_of_alert, files_of_alert, ips_of_alert, user_of_alert};
