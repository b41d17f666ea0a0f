//! What the page tells of a token. Whether it opens anything here is decided by the very check that
//! stands before the API.

use jiff::Timestamp;
use serde_json::Value;
use vakt_identity::catalogue::{self, FirstPartyApi};
use vakt_token::explain::{
    Api, Call, Explanation, Kind, Verification, from_now, is_time, meaning_of, to_second,
};
use vakt_token::{Expected, TokenError, UntrustedToken, ValidToken, validate};

use super::signature::Keys;
use crate::pages::Visit;
use crate::portal::desk::Desk;
use crate::portal::principals::PRINCIPALS;
use crate::portal::problems::sentence;

/// What the page tells.
pub(super) struct Told {
    pub verdict: String,
    /// Why it opens nothing here, and what to do.
    pub because: Option<String>,
    /// Name and class of the signature's mark.
    pub mark: (&'static str, &'static str),
    pub sentences: Vec<String>,
    /// Where the application is, if it has a place in the person's directory.
    pub place: Option<String>,
    pub roles: Vec<Role>,
    pub can: Vec<&'static str>,
    pub cannot: Vec<Closed>,
    pub claims: Vec<Claim>,
    pub header: String,
}

/// A role of the token.
pub(super) struct Role {
    pub value: String,
    pub meaning: &'static str,
}

/// A call that the token does not open.
pub(super) struct Closed {
    pub call: &'static str,
    pub because: String,
}

/// A claim of the token.
pub(super) struct Claim {
    pub name: String,
    pub value: String,
    pub meaning: &'static str,
}

impl Told {
    /// What there is to tell.
    pub(super) fn of(
        visit: &Visit,
        desk: &Desk,
        (token, seen): (&str, UntrustedToken),
        keys: &Keys,
    ) -> Self {
        let valid = accepted(visit, token, keys);
        let named = seen.claims.aud.as_deref().and_then(catalogue::find_by_name);
        let api = well_known(visit, &seen);
        let found = Explanation::of_api(seen, keys.verification.clone(), visit.now, api);
        let is_here = named.is_some() || api.is_some();
        let because = match &valid {
            Err(error) => Some(refusal(error, &found)),
            Ok(_) if !is_here => Some(wrong_audience(&found)),
            Ok(_) => None,
        };
        Self {
            verdict: verdict(&found, because.is_none()),
            mark: mark(&found.verification),
            sentences: sentences(&found, named, keys),
            place: valid.ok().and_then(|token| place(desk, &token)),
            roles: roles(&found, named),
            can: found.can.iter().map(|call| call.name).collect(),
            cannot: found.cannot.iter().map(|call| closed(call, &found)).collect(),
            claims: claims(&found),
            header: serde_json::to_string_pretty(&found.token.header_json).unwrap_or_default(),
            because,
        }
    }
}

/// Is it one of ours, of this moment, for an application? Its audience is another question.
fn accepted(visit: &Visit, token: &str, keys: &Keys) -> Result<ValidToken, TokenError> {
    let names = &visit.app.names;
    let expected = Expected {
        issuer: &|issuer, tenant, version| names.accepts_issuer(issuer, tenant, version),
        audience: &|_| true,
        now: visit.now,
    };
    validate(token, keys.own.public(), &expected)
}

/// The API with calls that are listed here; our own address stands for the first one.
fn well_known(visit: &Visit, seen: &UntrustedToken) -> Option<Api> {
    let audience = seen.claims.aud.as_deref()?;
    let own = || visit.app.names.is_own_base(audience).then_some(Api::ThreatProtection);
    Api::of_audience(audience).or_else(own)
}

fn refusal(error: &TokenError, found: &Explanation) -> String {
    let step = match error {
        TokenError::Expired(_) => "Get a new token.",
        TokenError::NotYetValid(_) => "Wait, or check the clocks of client and server.",
        TokenError::NotAppOnly => {
            "Get a token for the application itself, with grant_type=client_credentials."
        }
        TokenError::Issuer(_) | TokenError::UnknownKey(_) => "Get the token from this server.",
        TokenError::Claim { .. } if Kind::of(&found.token) != Kind::Application => {
            "Send an access token."
        }
        _ => "Get a token from this server and send it unchanged.",
    };
    let when = match error {
        TokenError::Expired(at) | TokenError::NotYetValid(at) => {
            format!(" ({})", from_now(*at, found.now))
        }
        _ => String::new(),
    };
    format!("{} {step}", sentence(&format!("{error}{when}")))
}

fn wrong_audience(found: &Explanation) -> String {
    let audience = found.token.claims.aud.as_deref().unwrap_or_default();
    format!(
        "It is for {audience}, which is none of this server's APIs; an API of your own may accept it. For incidents, ask for a token with the scope https://api.security.microsoft.com/.default."
    )
}

fn verdict(found: &Explanation, is_accepted: bool) -> String {
    let (can, all) = (found.can.len(), found.can.len() + found.cannot.len());
    if !is_accepted {
        "This token opens nothing here".into()
    } else if all == 0 {
        "This token is valid".into()
    } else if can == 0 {
        "This token is accepted here, and its roles open none of these calls".into()
    } else {
        format!("This token opens {can} of {all} well-known calls")
    }
}

fn mark(verification: &Verification) -> (&'static str, &'static str) {
    match verification {
        Verification::Verified { .. } => ("signature right", "mark good"),
        Verification::Wrong { .. } => ("signature wrong", "mark severe"),
        Verification::Unknown { .. } => ("signature not checked", "mark bad"),
    }
}

fn sentences(found: &Explanation, named: Option<&FirstPartyApi>, keys: &Keys) -> Vec<String> {
    let claims = &found.token.claims;
    let kind = Kind::of(&found.token);
    let mut lines = vec![kind.sentence().to_owned()];
    if matches!(kind, Kind::Application | Kind::Person) {
        lines.push(found.bearer());
    }
    lines.push(match (named, claims.aud.as_deref()) {
        (Some(api), Some(audience)) => format!("It is good for {} ({audience}).", api.display_name),
        _ => found.audience(),
    });
    lines.push(match claims.iss.as_deref() {
        Some(issuer) => format!("It says that it was issued by {issuer}."),
        None => "It names no issuer.".into(),
    });
    lines.push(found.lifetime("get a new one"));
    lines.push(found.signature());
    if let (Some(asked), Verification::Verified { .. }) = (&keys.foreign, &keys.verification) {
        let is_named = claims.iss.as_deref() == Some(asked);
        let end = if is_named { "" } else { ", which is NOT the issuer that it names" };
        lines.push(format!("The keys are those of {asked}{end}."));
    }
    lines.extend(found.other_api());
    lines
}

/// The application's page, if the token is one of the person's own directory.
fn place(desk: &Desk, token: &ValidToken) -> Option<String> {
    let is_here = token.tid == desk.tenant.id.to_string();
    let app: vakt_ids::AppId = token.app_id.parse().ok()?;
    is_here.then(|| format!("{PRINCIPALS}/{app}"))
}

fn roles(found: &Explanation, named: Option<&FirstPartyApi>) -> Vec<Role> {
    let meaning = |value: &str| match named {
        Some(api) => {
            let role = api.roles.iter().find(|role| role.value == value);
            role.map_or("No role of this API: it opens nothing there", |role| role.description)
        }
        None => "",
    };
    let role = |value: &String| Role { meaning: meaning(value), value: value.clone() };
    found.roles().iter().map(role).collect()
}

fn closed(call: &Call, found: &Explanation) -> Closed {
    let wanted = call.any_of.join(" or ");
    let because = match found.roles() {
        [] => format!("it needs {wanted}, and the token has no roles"),
        _ => format!("it needs {wanted}, which is not among the token's roles"),
    };
    Closed { call: call.name, because }
}

fn claims(found: &Explanation) -> Vec<Claim> {
    let members = found.token.payload.as_object().into_iter().flatten();
    let claim = |(name, value): (&String, &Value)| Claim {
        name: name.clone(),
        value: shown(name, value, found.now),
        meaning: meaning_of(name),
    };
    members.map(claim).collect()
}

fn shown(name: &str, value: &Value, now: Timestamp) -> String {
    let time = value.as_i64().filter(|_| is_time(name));
    if let Some(at) = time.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
        return format!("{} ({}; {value})", to_second(at), from_now(at, now));
    }
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
