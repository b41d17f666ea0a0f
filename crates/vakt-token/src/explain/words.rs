//! The finding in sentences. What to do next differs between a terminal and a page, and is theirs.

use super::{Api, Explanation, Verification, from_now, to_second};

impl Explanation {
    /// Whose token it is.
    pub fn bearer(&self) -> String {
        let claims = &self.token.claims;
        let application = match (claims.app_id.as_deref(), claims.app_display_name.as_deref()) {
            (Some(id), Some(name)) => format!("the application `{name}` ({id})"),
            (Some(id), None) => format!("the application {id}"),
            (None, _) => "an application it does not name".to_owned(),
        };
        let tenant = claims.tid.as_deref().map(|tenant| format!(" in the tenant {tenant}"));
        let tenant = tenant.unwrap_or_default();
        match claims.scp.as_deref() {
            Some(scopes) => format!(
                "This token is for a person who uses {application}{tenant}, with: {scopes}."
            ),
            None => {
                format!("This token is for {application}{tenant}.")
            }
        }
    }

    /// The API that it is for.
    pub fn audience(&self) -> String {
        match (self.token.claims.aud.as_deref(), self.api) {
            (Some(audience), Some(api)) => {
                format!("It is good for {} ({audience}).", api.name())
            }
            (Some(audience), None) => format!("It is good for the API {audience}."),
            (None, _) => "It names no API: nobody will accept it.".into(),
        }
    }

    /// From when until when; `next_step` is for a token that has ended.
    pub fn lifetime(&self, next_step: &str) -> String {
        let Some(expiry) = self.token.claims.exp else {
            return "It names no end: nobody should accept it.".into();
        };
        let (distance, instant) = (from_now(expiry, self.now), to_second(expiry));
        if self.is_expired() {
            return format!("It EXPIRED {distance}, at {instant}: {next_step}.");
        }
        match self.token.claims.nbf.filter(|start| *start > self.now) {
            Some(start) => format!(
                "It is not valid yet: it starts {}, and expires {distance}, at {instant}.",
                from_now(start, self.now)
            ),
            None => format!("It expires {distance}, at {instant}."),
        }
    }

    /// What became of its signature.
    pub fn signature(&self) -> String {
        match &self.verification {
            Verification::Verified { key_id } => {
                format!("Its signature is right, made with the issuer's key {key_id}.")
            }
            Verification::Wrong { reason } => {
                format!("Its signature is WRONG, do not believe a word of it: {reason}.")
            }
            Verification::Unknown { reason } => format!("Its signature was not checked: {reason}."),
        }
    }

    /// Samples on the web mix the audiences of the two products up.
    pub fn other_api(&self) -> Option<String> {
        let other = matches!(self.api, Some(Api::Endpoint | Api::Graph));
        other.then(|| {
            "It cannot call https://api.security.microsoft.com/api/incidents: that needs a token for https://api.security.microsoft.com.".into()
        })
    }
}
