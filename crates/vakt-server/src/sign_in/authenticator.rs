//! `/vakt/account/authenticator`: enrolling a second factor. The key is on the page and comes back
//! with the code; the server keeps nothing until the code shows that an authenticator has it.

use askama::Template;
use http::StatusCode;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use vakt_identity::people::TotpSecret;

use super::picture::Picture;
use crate::chance;
use crate::pages::{Kind, Onward, Page, SignedIn, Stop, Visit};

/// Where it is.
const HERE: &str = "/vakt/account/authenticator";

#[derive(Template)]
#[template(path = "authenticator.html")]
struct AuthenticatorPage<'a> {
    csrf: String,
    key: &'a str,
    key_in_groups: String,
    uri: &'a str,
    picture: Picture,
    problem: Option<&'a str>,
}

/// `GET /vakt/account/authenticator`
pub(crate) async fn show_authenticator(visit: Visit) -> Result<Page, Stop> {
    let signed_in = visit.require_fresh(&Onward::read(HERE)).await?;
    page(&signed_in, &TotpSecret::new(chance::bytes()), None)
}

/// `POST /vakt/account/authenticator`
pub(crate) async fn add_authenticator(visit: Visit) -> Result<Page, Stop> {
    let signed_in = visit.require_fresh(&Onward::read(HERE)).await?;
    let form = visit.form(Kind::Session)?;
    let Some(secret) = TotpSecret::from_base32(form.text("key")) else {
        let problem = "The key was damaged on its way. Give your authenticator this new one.";
        return page(&signed_in, &TotpSecret::new(chance::bytes()), Some(problem));
    };
    let (code, act) = (form.text("code"), signed_in.act(&visit));
    let who = (&signed_in.session, &signed_in.person);
    if visit.app.identity.enrol_own_totp(who, secret.clone(), code, &act).await? {
        return Ok(Page::go_to("/vakt/account?done=authenticator"));
    }
    let problem = "This is not the code that belongs to the key at this moment. Enter the one your authenticator shows now; if it is refused again, set your device's clock.";
    Ok(page(&signed_in, &secret, Some(problem))?.status(StatusCode::BAD_REQUEST))
}

fn page(signed_in: &SignedIn, secret: &TotpSecret, problem: Option<&str>) -> Result<Page, Stop> {
    let escape = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let uri = secret.enrolment_uri("Vakt", &signed_in.person.user_name, &escape);
    let key = secret.to_base32();
    Page::of(&AuthenticatorPage {
        csrf: signed_in.token(),
        key: &key,
        key_in_groups: in_groups(&key),
        uri: &uri,
        picture: Picture::of(&uri)?,
        problem,
    })
}

/// Four at a time, for those who type.
fn in_groups(key: &str) -> String {
    let mut text = String::with_capacity(key.len() * 5 / 4);
    for (at, letter) in key.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push(' ');
        }
        text.push(letter);
    }
    text
}
