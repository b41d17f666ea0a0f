//! Signing out: by the button of our own pages, and by the platform's logout addresses.

use askama::Template;
use vakt_identity::Application;
use vakt_ids::AppId;

use crate::consent::is_registered;
use crate::pages::{Kind, Onward, Page, Stop, Visit};

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOutPage;

/// `POST /vakt/sign-out`: with a place to go on to, the sign-in page comes next.
pub(crate) async fn sign_out(visit: Visit) -> Result<Page, Stop> {
    let form = visit.form(Kind::Session)?;
    end(&visit).await?;
    let page = match form.text("return") {
        "" => Page::of(&SignedOutPage)?,
        place => Page::go_to(Onward::read(place).after(super::SIGN_IN)),
    };
    Ok(page.unset(Kind::Session))
}

/// `GET /{tenant}/oauth2/logout` and `/{tenant}/oauth2/v2.0/logout`. Somebody who was signed in is
/// sent back to the application that asked, if it has registered the address.
pub(crate) async fn log_out(visit: Visit) -> Result<Page, Stop> {
    let was_signed_in = end(&visit).await?;
    let page = match visit.query("post_logout_redirect_uri").filter(|_| was_signed_in) {
        Some(uri) if is_for(&visit, &uri).await? => Page::go_to(with_state(&visit, uri)),
        _ => Page::of(&SignedOutPage)?,
    };
    Ok(page.unset(Kind::Session))
}

async fn end(visit: &Visit) -> Result<bool, Stop> {
    match visit.cookie(Kind::Session) {
        Some(cookie) => Ok(visit.app.identity.sign_out(&cookie, &visit.act()).await?),
        None => Ok(false),
    }
}

async fn is_for(visit: &Visit, uri: &str) -> Result<bool, Stop> {
    let Some(Ok(app)) = visit.query("client_id").map(|id| id.parse::<AppId>()) else {
        return Ok(false);
    };
    let found = visit.app.identity.store().find_application_anywhere(app).await;
    let found = found.map_err(vakt_identity::IdentityError::from)?;
    let lawful = |application: &Application| is_registered(application, uri);
    Ok(found.as_ref().is_some_and(lawful))
}

fn with_state(visit: &Visit, uri: String) -> String {
    let Some(state) = visit.query("state") else { return uri };
    let mark = if uri.contains('?') { '&' } else { '?' };
    let state: String = form_urlencoded::byte_serialize(state.as_bytes()).collect();
    format!("{uri}{mark}state={state}")
}
