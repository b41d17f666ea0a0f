//! The claim sets of app-only access tokens, v1.0 and v2.0, as Microsoft's platform writes them
//! (documentation page "Access token claims reference" and recorded tokens).

use serde::{Deserialize, Serialize};

/// Which of the two claim sets a resource asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenVersion {
    /// `appid`, `appidacr`, `idp`; `aud` as requested; issuer `…/{tenant}/`.
    V1,
    /// `azp`, `azpacr`; `aud` is the application id; issuer `…/{tenant}/v2.0`.
    V2,
}

/// The claims of one token about to be signed; absent members are left out of the JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// Audience: one text.
    pub aud: String,
    /// Issuer.
    pub iss: String,
    /// Issued at, seconds.
    pub iat: i64,
    /// Not before, seconds.
    pub nbf: i64,
    /// Expiry, seconds.
    pub exp: i64,
    /// Display name of the client application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_displayname: Option<String>,
    /// Client application, v1.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appid: Option<String>,
    /// How the client proved itself, v1.0: `1` secret, `2` certificate or assertion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appidacr: Option<String>,
    /// Client application, v2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azp: Option<String>,
    /// How the client proved itself, v2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azpacr: Option<String>,
    /// Identity provider, v1.0: the issuer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idp: Option<String>,
    /// `app`: this token is for an application, not a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idtyp: Option<String>,
    /// Service principal of the client.
    pub oid: String,
    /// Granted app roles; left out when there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// The same as `oid`.
    pub sub: String,
    /// Tenant.
    pub tid: String,
    /// Unique token id: 16 bytes, base64url.
    pub uti: String,
    /// `1.0` or `2.0`.
    pub ver: String,
}

/// The claims of somebody's token, read for people: every member optional, nothing believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeenClaims {
    /// Audience (the first, if it is an array).
    pub aud: Option<String>,
    /// Issuer.
    pub iss: Option<String>,
    /// Not before.
    pub nbf: Option<jiff::Timestamp>,
    /// Expiry.
    pub exp: Option<jiff::Timestamp>,
    /// Issued at.
    pub iat: Option<jiff::Timestamp>,
    /// `appid` or `azp`.
    pub app_id: Option<String>,
    /// `app_displayname`.
    pub app_display_name: Option<String>,
    /// `oid`.
    pub oid: Option<String>,
    /// Tenant.
    pub tid: Option<String>,
    /// `ver`.
    pub ver: Option<String>,
    /// `roles`, if it is an array of texts.
    pub roles: Option<Vec<String>>,
    /// `scp`: present in delegated tokens only.
    pub scp: Option<String>,
}

impl SeenClaims {
    /// Picks the members out of a decoded payload.
    pub fn from_json(payload: &serde_json::Value) -> Self {
        let text = |name: &str| payload.get(name).and_then(|v| v.as_str()).map(str::to_owned);
        let time = |name: &str| {
            let seconds = payload.get(name).and_then(serde_json::Value::as_i64)?;
            jiff::Timestamp::from_second(seconds).ok()
        };
        Self {
            aud: text("aud").or_else(|| {
                let first = payload.get("aud")?.as_array()?.first()?.as_str()?;
                Some(first.to_owned())
            }),
            iss: text("iss"),
            nbf: time("nbf"),
            exp: time("exp"),
            iat: time("iat"),
            app_id: text("appid").or_else(|| text("azp")),
            app_display_name: text("app_displayname"),
            oid: text("oid"),
            tid: text("tid"),
            ver: text("ver"),
            roles: payload.get("roles").and_then(text_array),
            scp: text("scp"),
        }
    }
}

fn text_array(value: &serde_json::Value) -> Option<Vec<String>> {
    let items = value.as_array()?;
    items.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}
