//! What a resource server checks, in the order of RFC 8725: size, header, key, signature, then
//! issuer, audience, times and kind.

use jiff::{SignedDuration, Timestamp};

use crate::error::TokenError;
use crate::header::Header;
use crate::inspect::{Parts, decode, decode_json, split};
use crate::jwks::KeySet;

/// Clocks of honest machines may differ by this much.
pub const SKEW_MAX_SECONDS: i64 = 300;

/// What the validator wants to see.
pub struct Expected<'a> {
    /// Is this issuer one that may speak for this tenant? Given issuer, tenant and `ver`.
    pub issuer: &'a dyn Fn(&str, &str, &str) -> bool,
    /// Is this audience the API that was called?
    pub audience: &'a dyn Fn(&str) -> bool,
    /// The present.
    pub now: Timestamp,
}

/// The claims of a token that passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidToken {
    /// Tenant.
    pub tid: String,
    /// Client application.
    pub app_id: String,
    /// Client service principal.
    pub oid: String,
    /// Audience.
    pub aud: String,
    /// Granted app roles; empty when the claim is absent.
    pub roles: Vec<String>,
    pub(crate) kid: String,
    pub(crate) iss: String,
    pub(crate) ver: String,
    pub(crate) not_before: Timestamp,
    pub(crate) expires: Timestamp,
}

/// Validates an app-only access token of ours.
pub fn validate(
    token: &str,
    keys: &KeySet,
    expected: &Expected<'_>,
) -> Result<ValidToken, TokenError> {
    let parts = split(token)?;
    let kid = check_signature(&parts, keys)?;
    let claims: Claims = decode_json("payload", parts.payload)?;
    let text = |claim: &'static str| text_claim(&claims, claim);
    let (tid, iss, ver) = (text("tid")?, text("iss")?, text("ver")?);
    expected.check_issuer(iss, tid, ver)?;
    let aud = text("aud")?;
    expected.check_audience(aud)?;
    let (not_before, expires) = (time_claim(&claims, "nbf")?, time_claim(&claims, "exp")?);
    check_times((not_before, expires), expected.now)?;
    let (oid, sub) = (text("oid")?, text("sub")?);
    if claims.contains_key("scp") || oid != sub {
        return Err(TokenError::NotAppOnly);
    }
    let app_id = if ver == "2.0" { text("azp")? } else { text("appid")? };
    Ok(ValidToken {
        tid: tid.to_owned(),
        app_id: app_id.to_owned(),
        oid: oid.to_owned(),
        aud: aud.to_owned(),
        roles: roles_claim(&claims)?,
        kid,
        iss: iss.to_owned(),
        ver: ver.to_owned(),
        not_before,
        expires,
    })
}

/// Looks again at what may differ since, or for another API: is the key still one of the issuer's,
/// is the token for this API and of this time? Its signature and the form of its claims stay.
pub(crate) fn check_again(
    token: &ValidToken,
    keys: &KeySet,
    expected: &Expected<'_>,
) -> Result<(), TokenError> {
    keys.get(&token.kid)?;
    expected.check_issuer(&token.iss, &token.tid, &token.ver)?;
    expected.check_audience(&token.aud)?;
    token.check_times(expected.now)
}

impl Expected<'_> {
    fn check_issuer(&self, iss: &str, tid: &str, ver: &str) -> Result<(), TokenError> {
        if (self.issuer)(iss, tid, ver) { Ok(()) } else { Err(TokenError::Issuer(iss.to_owned())) }
    }

    fn check_audience(&self, aud: &str) -> Result<(), TokenError> {
        if (self.audience)(aud) { Ok(()) } else { Err(TokenError::Audience(aud.to_owned())) }
    }
}

impl ValidToken {
    /// Does its time last at this moment? [`TokenError::NotYetValid`] or [`TokenError::Expired`] if
    /// it does not, give or take [`SKEW_MAX_SECONDS`].
    pub fn check_times(&self, now: Timestamp) -> Result<(), TokenError> {
        check_times((self.not_before, self.expires), now)
    }
}

fn check_times(
    (not_before, expires): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<(), TokenError> {
    let skew = SignedDuration::from_secs(SKEW_MAX_SECONDS);
    if now.saturating_add(skew).is_ok_and(|latest| latest < not_before) {
        return Err(TokenError::NotYetValid(not_before));
    }
    if now.saturating_sub(skew).is_ok_and(|earliest| earliest >= expires) {
        return Err(TokenError::Expired(expires));
    }
    Ok(())
}

/// Checks header and signature only, for people who ask what a token is.
pub fn verify_signature(token: &str, keys: &KeySet) -> Result<(), TokenError> {
    check_signature(&split(token)?, keys).map(|_| ())
}

/// Gives the `kid` of the key that signed.
fn check_signature(parts: &Parts<'_>, keys: &KeySet) -> Result<String, TokenError> {
    let header: Header = decode_json("header", parts.header)?;
    let kid = header.accepted_kid()?;
    let key = keys.get(kid)?;
    key.verify(parts.signed.as_bytes(), &decode("signature", parts.signature)?)?;
    Ok(kid.to_owned())
}

type Claims = serde_json::Map<String, serde_json::Value>;

fn text_claim<'a>(claims: &'a Claims, claim: &'static str) -> Result<&'a str, TokenError> {
    let value = claims.get(claim).ok_or(TokenError::Claim { claim, problem: "is missing" })?;
    value.as_str().ok_or(TokenError::Claim { claim, problem: "is not a text" })
}

fn time_claim(claims: &Claims, claim: &'static str) -> Result<Timestamp, TokenError> {
    let value = claims.get(claim).ok_or(TokenError::Claim { claim, problem: "is missing" })?;
    let seconds = value.as_i64().and_then(|seconds| Timestamp::from_second(seconds).ok());
    seconds.ok_or(TokenError::Claim { claim, problem: "is not a time in seconds" })
}

fn roles_claim(claims: &Claims) -> Result<Vec<String>, TokenError> {
    let wrong = TokenError::Claim { claim: "roles", problem: "is not an array of texts" };
    let Some(value) = claims.get("roles") else { return Ok(Vec::new()) };
    let items = value.as_array().ok_or_else(|| wrong.clone())?;
    items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(|| wrong.clone())).collect()
}
