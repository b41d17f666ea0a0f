//! The way back to the application: only to an address that it has registered, and with an answer
//! in the form of the door that was used.

use url::{Host, Url};
use vakt_identity::{Application, ConsentRefusal};
use vakt_ids::TenantId;

use super::request::{ConsentRequest, Door, ResponseMode};

/// What the person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Accepted,
    Declined,
}

/// Ids that an answer carries and nobody looks up again.
pub(super) struct Ids {
    /// Opaque, and never redeemable: nobody signs in to an application here.
    pub code: String,
    pub session_state: String,
    pub trace: String,
    pub timestamp: String,
}

/// An answer, ready to be sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Redirect(String),
    Form { address: String, fields: Vec<(&'static str, String)> },
}

/// Has the application registered this address, letter by letter, and may a browser be sent there?
pub(crate) fn is_registered(application: &Application, uri: &str) -> bool {
    registered(application).any(|known| known == uri) && is_safe(uri)
}

/// Where the answer goes. Addresses that are not registered are never gone to, whatever else is
/// wrong.
pub(super) fn destination(
    request: &ConsentRequest,
    application: &Application,
) -> Result<String, ConsentRefusal> {
    let app_id = application.app_id;
    let known: Vec<&String> = registered(application).collect();
    match (&request.redirect_uri, known.as_slice()) {
        (_, []) => Err(ConsentRefusal::NoRedirect { app_id }),
        (None, [only]) if is_safe(only) => Ok((*only).clone()),
        (None, [_]) => Err(ConsentRefusal::NoRedirect { app_id }),
        (None, _) => Err(ConsentRefusal::SeveralRedirects { app_id }),
        (Some(sent), _) => {
            let extends = request.door == Door::AdminConsent
                && known.iter().any(|known| is_below(sent, known));
            if is_registered(application, sent) || (extends && is_safe(sent)) {
                return Ok(sent.clone());
            }
            Err(ConsentRefusal::RedirectMismatch { redirect_uri: sent.clone(), app_id })
        }
    }
}

fn registered(application: &Application) -> impl Iterator<Item = &String> {
    let web = application.redirect_uris.iter();
    web.chain(&application.spa_redirect_uris).chain(&application.public_client_redirect_uris)
}

/// Browsers are sent over TLS, or to the person's own machine. Registered or not, `javascript:` and
/// its kin run in the page that leads to them.
fn is_safe(uri: &str) -> bool {
    let Ok(url) = Url::parse(uri) else { return false };
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let plain = uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let no_user = url.username().is_empty() && url.password().is_none();
    plain && no_user && (url.scheme() == "https" || (url.scheme() == "http" && is_loopback))
}

/// Is it the registered address with further path segments?
fn is_below(uri: &str, known: &str) -> bool {
    let Some(rest) = uri.strip_prefix(known.trim_end_matches('/')) else { return false };
    let dots = |segment: &str| {
        let segment = segment.to_ascii_lowercase().replace("%2e", ".");
        segment == "." || segment == ".."
    };
    rest.starts_with('/')
        && !rest.contains(['?', '#', '\\', '@'])
        && !known.contains(['?', '#'])
        && !rest.split('/').any(dots)
}

/// Where a form may lead, in CSP's words. Browsers hold each hop of a redirect to it, and
/// applications send people on from the address they registered: so any place over TLS, and
/// otherwise this one only.
pub(super) fn form_source(destination: &str) -> String {
    match Url::parse(destination) {
        Ok(url) if url.scheme() == "http" => url.origin().ascii_serialization(),
        _ => "https:".to_owned(),
    }
}

/// Writes the answer.
pub(super) fn answer(
    request: &ConsentRequest,
    tenant: TenantId,
    destination: &str,
    decision: Decision,
    ids: Ids,
) -> Answer {
    let fields = fields(request, tenant, decision, ids);
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(&fields);
    let encoded = form.finish();
    match request.mode {
        ResponseMode::FormPost => Answer::Form { address: destination.to_owned(), fields },
        ResponseMode::Fragment => {
            let bare = destination.split('#').next().unwrap_or_default();
            Answer::Redirect(format!("{bare}#{encoded}"))
        }
        ResponseMode::Query => Answer::Redirect(with_query(destination, &encoded)),
    }
}

fn with_query(destination: &str, encoded: &str) -> String {
    let (bare, fragment) = match destination.split_once('#') {
        Some((bare, fragment)) => (bare, format!("#{fragment}")),
        None => (destination, String::new()),
    };
    // `https://portal.azure.com` has no path; with a query it needs one.
    let authority = bare.split_once("://").map_or(bare, |(_, rest)| rest);
    let root = if authority.contains(['/', '?']) { "" } else { "/" };
    let mark = if bare.contains('?') { '&' } else { '?' };
    format!("{bare}{root}{mark}{encoded}{fragment}")
}

/// The members of each door's answer, in the platform's order.
fn fields(
    request: &ConsentRequest,
    tenant: TenantId,
    decision: Decision,
    ids: Ids,
) -> Vec<(&'static str, String)> {
    let declined = || {
        format!(
            "AADSTS65004: User declined to consent to access the app. Trace ID: {} Correlation ID: {} Timestamp: {}",
            ids.trace, ids.session_state, ids.timestamp
        )
    };
    let mut fields = match (request.door, decision) {
        (Door::AdminConsent, Decision::Accepted) => {
            let mut fields = vec![("tenant", tenant.to_string())];
            fields.extend(request.state.clone().map(|state| ("state", state)));
            fields.push(("admin_consent", "True".into()));
            return fields;
        }
        (Door::AdminConsent, Decision::Declined) => vec![
            ("error", "permission_denied".into()),
            ("error_description", "The admin canceled the request".into()),
        ],
        (Door::AdminConsentV2, Decision::Accepted) => {
            let scope = request.scope.clone().unwrap_or_default();
            vec![("admin_consent", "True".into()), ("tenant", tenant.to_string()), ("scope", scope)]
        }
        (Door::AdminConsentV2, Decision::Declined) => vec![
            ("admin_consent", "True".into()),
            ("error", "consent_required".into()),
            ("error_description", declined()),
        ],
        (Door::Authorize | Door::AuthorizeV2, Decision::Accepted) => {
            let mut fields = vec![("code", ids.code), ("session_state", ids.session_state)];
            if request.is_admin_prompt {
                fields.push(("admin_consent", "True".into()));
            }
            fields
        }
        (Door::Authorize | Door::AuthorizeV2, Decision::Declined) => {
            vec![("error", "access_denied".into()), ("error_description", declined())]
        }
    };
    fields.extend(request.state.clone().map(|state| ("state", state)));
    fields
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use vakt_ids::{AppId, ObjectId};

    use super::*;

    fn application(uris: &[&str]) -> Application {
        let (tenant, object) = (TenantId::from_u128(1), ObjectId::from_u128(2));
        let app = AppId::from_u128(3);
        let mut made = Application::new(tenant, object, app, "p", Timestamp::UNIX_EPOCH);
        made.redirect_uris = uris.iter().map(|uri| (*uri).to_owned()).collect();
        made
    }

    fn request(door: Door, redirect_uri: Option<&str>, mode: &str) -> ConsentRequest {
        let mut query = format!(
            "client_id=a&response_type=code&prompt=consent&state=s%26t&response_mode={mode}&scope=.default"
        );
        let uri = redirect_uri.unwrap_or("https://unused.example");
        query.push_str("&redirect_uri=");
        query.extend(form_urlencoded::byte_serialize(uri.as_bytes()));
        let mut request = ConsentRequest::read(door, &query).unwrap();
        request.redirect_uri = redirect_uri.map(str::to_owned);
        request
    }

    #[test]
    fn nobody_is_sent_where_the_application_has_not_registered() {
        let one = &["https://p.example/cb"][..];
        let two = &["https://p.example/cb", "https://p.example/other"][..];
        use Door::{AdminConsent, AdminConsentV2, Authorize};
        for (door, known, sent, code) in [
            (Authorize, one, Some("https://p.example/cb"), None),
            (Authorize, one, None, None),
            (Authorize, two, None, Some(900_971)),
            (Authorize, &[], None, Some(500_113)),
            (Authorize, &[], Some("https://p.example/cb"), Some(500_113)),
            (Authorize, one, Some("https://p.example/cb/"), Some(50_011)),
            (Authorize, one, Some("https://p.example/cb/more"), Some(50_011)),
            (Authorize, one, Some("https://P.example/cb"), Some(50_011)),
            (Authorize, one, Some("https://p.example/cb?a=b"), Some(50_011)),
            (Authorize, one, Some("https://evil.example/cb"), Some(50_011)),
            (AdminConsentV2, one, Some("https://p.example/cb/more"), Some(50_011)),
            (AdminConsent, one, Some("https://p.example/cb/more/x"), None),
            (AdminConsent, one, Some("https://p.example/cbmore"), Some(50_011)),
            (AdminConsent, one, Some("https://p.example/cb/../admin"), Some(50_011)),
            (AdminConsent, one, Some("https://p.example/cb/%2E%2e/admin"), Some(50_011)),
            (AdminConsent, one, Some("https://p.example/cb/a?b=c"), Some(50_011)),
            (AdminConsent, &["https://p.example"], Some("https://p.example/x"), None),
            (
                AdminConsent,
                &["https://p.example"],
                Some("https://p.example.evil.example/x"),
                Some(50_011),
            ),
            (
                AdminConsent,
                &["https://p.example"],
                Some("https://p.example@evil.example/x"),
                Some(50_011),
            ),
            (AdminConsent, &["https://p.example"], Some("https://p.example:444/x"), Some(50_011)),
            (
                AdminConsent,
                &["https://p.example"],
                Some("https://p.example/x@evil.example"),
                Some(50_011),
            ),
            (Authorize, &["javascript:alert(1)"], Some("javascript:alert(1)"), Some(50_011)),
            (Authorize, &["javascript:alert(1)"], None, Some(500_113)),
            (Authorize, &["data:text/html,x"], Some("data:text/html,x"), Some(50_011)),
            (Authorize, &["http://p.example/cb"], Some("http://p.example/cb"), Some(50_011)),
            (Authorize, &["http://localhost:99/cb"], Some("http://localhost:99/cb"), None),
            (Authorize, &["http://127.0.0.1/cb"], Some("http://127.0.0.1/cb"), None),
            (
                Authorize,
                &["https://u:p@p.example/cb"],
                Some("https://u:p@p.example/cb"),
                Some(50_011),
            ),
        ] {
            let found = destination(&request(door, sent, "query"), &application(known));
            let found = found.err().map(|refusal| refusal.code());
            assert_eq!(found, code, "{door:?} {sent:?} of {known:?}");
        }
    }

    fn answered(door: Door, mode: &str, decision: Decision, to: &str) -> String {
        let ids = Ids {
            code: "CODE".into(),
            session_state: "STATE".into(),
            trace: "TRACE".into(),
            timestamp: "TIME".into(),
        };
        let request = request(door, Some(to), mode);
        match answer(&request, TenantId::from_u128(9), to, decision, ids) {
            Answer::Redirect(address) => address,
            Answer::Form { address, fields } => format!("{address} {fields:?}"),
        }
    }

    fn check(rows: &[(Door, &str, Decision, &str, &str)]) {
        for (door, mode, decision, to, expected) in rows {
            let found = answered(*door, mode, *decision, to);
            assert_eq!(found, format!("{to}{expected}"), "{door:?} {mode} {decision:?}");
        }
    }

    /// Where the tests' applications receive answers.
    const TO: &str = "https://p.example/cb";

    #[test]
    fn acceptance_has_the_form_of_its_door() {
        use Decision::Accepted;
        use Door::{AdminConsent, AdminConsentV2, Authorize};
        let tenant = TenantId::from_u128(9);
        let v1 = format!("?tenant={tenant}&state=s%26t&admin_consent=True");
        let v2 = format!("?admin_consent=True&tenant={tenant}&scope=.default&state=s%26t");
        let code = "code=CODE&session_state=STATE&state=s%26t";
        let fields = r#" [("code", "CODE"), ("session_state", "STATE"), ("state", "s&t")]"#;
        check(&[
            (AdminConsent, "", Accepted, TO, &v1),
            (AdminConsentV2, "", Accepted, TO, &v2),
            (Authorize, "query", Accepted, TO, &format!("?{code}")),
            (Authorize, "fragment", Accepted, TO, &format!("#{code}")),
            (Authorize, "form_post", Accepted, TO, fields),
            (Authorize, "", Accepted, "https://p.example", &format!("/?{code}")),
            (Authorize, "", Accepted, "https://p.example/?a=b", &format!("&{code}")),
        ]);
        let place = answered(Authorize, "", Accepted, "https://p.example/#c");
        assert_eq!(place, format!("https://p.example/?{code}#c"));
    }

    #[test]
    fn refusal_has_the_form_of_its_door() {
        use Decision::Declined;
        use Door::{AdminConsent, AdminConsentV2, Authorize};
        let v1 = "?error=permission_denied&error_description=The+admin+canceled+the+request";
        let text = "error_description=AADSTS65004%3A+User+declined+to+consent+to+access+the+app.\
                    +Trace+ID%3A+TRACE+Correlation+ID%3A+STATE+Timestamp%3A+TIME&state=s%26t";
        let v2 = format!("?admin_consent=True&error=consent_required&{text}");
        check(&[
            (AdminConsent, "", Declined, TO, &format!("{v1}&state=s%26t")),
            (AdminConsentV2, "", Declined, TO, &v2),
            (Authorize, "", Declined, TO, &format!("?error=access_denied&{text}")),
        ]);
    }
}
