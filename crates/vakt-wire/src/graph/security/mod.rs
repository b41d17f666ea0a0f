//! Incidents and alerts of Graph (`/security/incidents`, `/security/alerts_v2`): what is answered, and
//! what is read of exports. Enums are in camelCase, every key is always present; reading is lenient.

mod alert;
mod evidence;
mod incident;
mod page;

pub use alert::GraphAlert;
pub use evidence::{GraphEvidence, GraphFile, GraphSender, GraphUserAccount};
pub use incident::{GraphComment, GraphIncident};
pub use page::{AddComment, SecurityPage};

/// A JSON object whose members are nobody's business here.
pub type Object = serde_json::Map<String, serde_json::Value>;
