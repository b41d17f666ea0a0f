//! The finding as JSON.

use serde_json::{Value, json};
use vakt_client::Verification;

use super::Inspection;
use super::call::Call;

impl Inspection {
    /// Stable: members are added, never renamed.
    pub fn to_json(&self) -> Value {
        let (state, key_id, reason) = match &self.verification {
            Verification::Verified { key_id } => ("verified", Some(key_id), None),
            Verification::Wrong { reason } => ("wrong", None, Some(reason)),
            Verification::Unknown { reason } => ("unknown", None, Some(reason)),
        };
        let claims = &self.token.claims;
        json!({
            "header": self.token.header_json,
            "claims": self.token.payload,
            "verified": { "state": state, "keyId": key_id, "reason": reason },
            "audience": { "id": claims.aud, "name": self.api.map(super::api::Api::name) },
            "application": { "id": claims.app_id, "name": claims.app_display_name },
            "tenant": claims.tid,
            "expires": claims.exp.map(|expiry| expiry.to_string()),
            "expired": self.is_expired(),
            "roles": self.roles(),
            "can": self.can.iter().map(|call| call.name).collect::<Vec<_>>(),
            "cannot": self.cannot.iter().map(|call| needs(call)).collect::<Vec<_>>(),
        })
    }
}

fn needs(call: &Call) -> Value {
    json!({ "call": call.name, "needsAnyOf": call.any_of })
}
