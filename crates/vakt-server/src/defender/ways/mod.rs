//! Ways in for alerts besides the import: whole alerts, and the streaming API's records. Every
//! alert finds its incident, and the answer says which and why.

mod alerts;
mod placed;
mod records;

pub(super) use alerts::add_alerts;
pub(super) use placed::placement;
pub(super) use records::add_records;
