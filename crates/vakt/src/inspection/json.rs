//! The finding as JSON.

use serde_json::{Value, json};
use vakt_client::Verification;
use vakt_token::explain::{Api, Call};

use super::Inspection;

impl Inspection {
    /// Stable: members are added, never renamed.
    pub fn to_json(&self) -> Value {
        let found = &self.0;
        let (state, key_id, reason) = match &found.verification {
            Verification::Verified { key_id } => ("verified", Some(key_id), None),
            Verification::Wrong { reason } => ("wrong", None, Some(reason)),
            Verification::Unknown { reason } => ("unknown", None, Some(reason)),
        };
        let claims = &found.token.claims;
        json!({
            "header": found.token.header_json,
            "claims": found.token.payload,
            "verified": { "state": state, "keyId": key_id, "reason": reason },
            "audience": { "id": claims.aud, "name": found.api.map(Api::name) },
            "application": { "id": claims.app_id, "name": claims.app_display_name },
            "tenant": claims.tid,
            "expires": claims.exp.map(|expiry| expiry.to_string()),
            "expired": found.is_expired(),
            "roles": found.roles(),
            "can": found.can.iter().map(|call| call.name).collect::<Vec<_>>(),
            "cannot": found.cannot.iter().map(|call| needs(call)).collect::<Vec<_>>(),
        })
    }
}

fn needs(call: &Call) -> Value {
    json!({ "call": call.name, "needsAnyOf": call.any_of })
}
