//! Code to paste, filled in with this application and this server, and a token request that is made
//! right here: as one at the wire is, counted and logged like it. The secret that is typed in is in
//! nothing that is kept or shown.

use askama::Template;
use http_body_util::{BodyExt, Limited};
use vakt_identity::{Application, Credential, Endpoint, TokenRequest, catalogue};
use vakt_token::inspect;

use super::super::desk::Desk;
use super::super::frame::Frame;
use super::super::problems::Problems;
use super::snippets::{self, Snippet};
use super::{Tabs, named, tab_frame};
use crate::entra;
use crate::pages::{Page, Stop, Visit};
use crate::problem::Problem;

/// Largest answer of a token endpoint that is shown; a token has about 2 KB.
const ANSWER_MAX_BYTES: usize = 64 * 1024;
/// The APIs that a token can be asked for here: identifier and label.
const APIS: &[(&str, &str)] = &[
    ("https://api.security.microsoft.com", "Microsoft Threat Protection"),
    ("https://api.securitycenter.microsoft.com", "WindowsDefenderATP"),
    ("https://graph.microsoft.com", "Microsoft Graph"),
];

#[derive(Template)]
#[template(path = "portal/applications/trial.html")]
struct TrialPage<'a> {
    frame: Frame,
    tabs: Tabs,
    snippets: Vec<Snippet>,
    apis: &'static [(&'static str, &'static str)],
    api: &'a str,
    answer: Option<Answer>,
    problems: Problems,
}

/// What came back.
struct Answer {
    status: u16,
    is_token: bool,
    /// The answer as it came, indented.
    json: String,
    token: String,
    /// The token's roles; `None` if none was issued.
    roles: Vec<String>,
    /// What the number of a refusal means.
    meaning: Option<&'static str>,
}

/// `GET /portal/applications/{id}/code`
pub(in crate::portal) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    page(&visit, &desk, &application, None, Problems::none())
}

/// `POST /portal/applications/{id}/code`
pub(in crate::portal) async fn try_now(visit: Visit, mut desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let secret = desk.form.secret("secret");
    let api = desk.form.text("api").to_owned();
    let mut problems = Problems::none();
    if secrecy::ExposeSecret::expose_secret(&secret).is_empty() {
        problems.add("secret", "Paste the value of one of the application's secrets.");
    }
    if !APIS.iter().any(|(identifier, _)| *identifier == api) {
        problems.add("api", "Choose one of the APIs.");
    }
    if !problems.is_empty() {
        return page(&visit, &desk, &application, None, problems);
    }
    let request = TokenRequest {
        endpoint: Endpoint::V2,
        tenant: desk.tenant.id.to_string(),
        grant_type: Some("client_credentials".into()),
        client_id: Some(application.app_id.to_string()),
        credential: Credential { secret: Some(secret), ..Credential::default() },
        scope: Some(format!("{api}/.default")),
        resource: None,
    };
    let response = entra::ask_in_person(&visit, &request).await;
    let answer = read(response).await?;
    page(&visit, &desk, &application, Some(answer), problems)
}

async fn read(response: axum::response::Response) -> Result<Answer, Stop> {
    let status = response.status().as_u16();
    let body = Limited::new(response.into_body(), ANSWER_MAX_BYTES).collect().await;
    let body = body.map_err(|_| Problem::internal())?.to_bytes();
    let value: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    let token = value.get("access_token").and_then(|token| token.as_str()).unwrap_or_default();
    let claims = inspect(token).ok().map(|token| token.payload);
    let roles = claims.as_ref().and_then(|claims| claims.get("roles")?.as_array());
    let roles = roles.into_iter().flatten().filter_map(|role| role.as_str());
    let number = value.get("error_codes").and_then(|codes| codes.get(0)?.as_u64());
    Ok(Answer {
        status,
        is_token: !token.is_empty(),
        roles: roles.map(str::to_owned).collect(),
        token: token.to_owned(),
        meaning: number.and_then(|number| entra::meaning(u32::try_from(number).ok()?)),
        json: serde_json::to_string_pretty(&value).unwrap_or_default(),
    })
}

fn page(
    visit: &Visit,
    desk: &Desk,
    application: &Application,
    answer: Option<Answer>,
    problems: Problems,
) -> Result<Page, Stop> {
    let api = desk.form.text("api");
    let status = problems.status();
    let page = desk.page(&TrialPage {
        frame: tab_frame(desk, application),
        tabs: Tabs::of(application, "/code"),
        snippets: snippets::filled(&visit.origin, desk.tenant.id, application.app_id),
        apis: APIS,
        api: if api.is_empty() { usual(application) } else { api },
        answer,
        problems,
    })?;
    Ok(page.status(status))
}

/// The API that an application most likely wants a token for.
fn usual(application: &Application) -> &'static str {
    let asks = |api| application.required_access.iter().any(|access| access.resource == api);
    let known = [catalogue::THREAT_PROTECTION, catalogue::ENDPOINT, catalogue::GRAPH];
    let found = known.into_iter().zip(APIS).find(|(api, _)| asks(*api));
    found.or_else(|| known.into_iter().zip(APIS).next()).map_or("", |(_, (name, _))| name)
}
