//! The portal's API, as far as the Azure CLI and older scripts need it: consent on behalf of all.

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{StatusCode, Uri};
use vakt_identity::IdentityError;
use vakt_ids::AppId;

use crate::access::Caller;
use crate::app::{App, AppState};
use crate::chance;
use crate::graph::no_content;
use crate::problem::Problem;

/// `POST /api/RegisteredApplications/{appId}/Consent?onBehalfOfAll=true`: grants what the
/// application asks for now, in the caller's tenant.
pub(crate) async fn consent(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(text): Path<String>,
    uri: Uri,
) -> Response {
    match grant_all(&app, &caller, &text, &uri).await {
        Ok(()) => no_content(),
        Err(problem) => problem.answer(&app, uri.path(), &http::HeaderMap::new()),
    }
}

async fn grant_all(app: &App, caller: &Caller, text: &str, uri: &Uri) -> Result<(), Problem> {
    let missing = || {
        let message = format!(
            "There is no application {text} in this tenant. Use the client id of one that is \
             registered here or offered to every tenant."
        );
        Problem::new(StatusCode::NOT_FOUND, "ResourceNotFound", message)
    };
    let client: AppId = text.parse().map_err(|_| missing())?;
    let query = uri.query().unwrap_or_default().to_ascii_lowercase();
    if query.split('&').any(|pair| pair == "onbehalfofall=false") {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "BadRequest",
            "Consent here is for everybody. Say onBehalfOfAll=true.",
        ));
    }
    let act = caller.act(app.clock.now());
    match app.identity.consent(caller.tenant, client, &act, &chance::object_id).await {
        Ok(_) => Ok(()),
        Err(IdentityError::NotFound { what: "application", name })
            if name == client.to_string() =>
        {
            Err(missing())
        }
        Err(error @ (IdentityError::NotFound { .. } | IdentityError::Invalid(_))) => {
            Err(Problem::new(StatusCode::BAD_REQUEST, "BadRequest", error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}
