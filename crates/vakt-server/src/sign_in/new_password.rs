//! A password of one's own: `/vakt/sign-in/password` at the first sign-in, and
//! `/vakt/account/password` later.

use askama::Template;
use http::StatusCode;
use secrecy::ExposeSecret;
use vakt_identity::people::{
    PASSWORD_LENGTH_MIN_CHARS, Person, SessionKind, StoredPassword, check_password,
};

use super::code::start_again;
use super::{FIRST_PASSWORD, go_on};
use crate::chance;
use crate::pages::{Fields, Kind, Onward, Page, Stop, Visit, token_of};

/// Where a password is changed.
const CHANGE: &str = "/vakt/account/password";

#[derive(Template)]
#[template(path = "new_password.html")]
struct NewPasswordPage<'a> {
    csrf: &'a str,
    onward: &'a str,
    action: &'a str,
    is_first: bool,
    min: usize,
    problem: Option<&'a str>,
}

/// `GET /vakt/sign-in/password`
pub(crate) async fn show_choose_password(visit: Visit) -> Result<Page, Stop> {
    let onward = visit.onward();
    match waiting(&visit).await? {
        Some((_, csrf)) => page(FIRST_PASSWORD, &csrf, &onward, None),
        None => Ok(start_again(&onward)),
    }
}

/// `POST /vakt/sign-in/password`
pub(crate) async fn choose_password(visit: Visit) -> Result<Page, Stop> {
    let mut form = visit.form(Kind::Step)?;
    let onward = Onward::read(form.text("return"));
    let Some((person, csrf)) = waiting(&visit).await? else { return Ok(start_again(&onward)) };
    let Some(step) = visit.cookie(Kind::Step) else { return Ok(start_again(&onward)) };
    let password = match chosen(&visit, &mut form, &person).await? {
        Ok(password) => password,
        Err(problem) => return refused(FIRST_PASSWORD, &csrf, &onward, &problem),
    };
    let cookie = chance::bytes();
    let act = visit.act();
    let identity = &visit.app.identity;
    match identity.sign_in_with_new_password(&step, password, &cookie, &act).await? {
        Ok(next) => Ok(go_on(&visit, next, &cookie, &onward).await?),
        Err(_) => Ok(start_again(&onward)),
    }
}

/// `GET /vakt/account/password`
pub(crate) async fn show_change_password(visit: Visit) -> Result<Page, Stop> {
    let here = Onward::read(CHANGE);
    let signed_in = visit.require_fresh(&here).await?;
    page(CHANGE, &signed_in.token(), &here, None)
}

/// `POST /vakt/account/password`
pub(crate) async fn change_password(visit: Visit) -> Result<Page, Stop> {
    let here = Onward::read(CHANGE);
    let signed_in = visit.require_fresh(&here).await?;
    let mut form = visit.form(Kind::Session)?;
    let password = match chosen(&visit, &mut form, &signed_in.person).await? {
        Ok(password) => password,
        Err(problem) => return refused(CHANGE, &signed_in.token(), &here, &problem),
    };
    let cookie = chance::bytes();
    let act = signed_in.act(&visit);
    let identity = &visit.app.identity;
    identity.change_own_password(&signed_in.person, password, &cookie, &act).await?;
    Ok(Page::go_to("/vakt/account?done=password").set(Kind::Session, &cookie))
}

/// Who has a password that somebody else knows, and waits to choose another.
async fn waiting(visit: &Visit) -> Result<Option<(Person, String)>, Stop> {
    let Some(step) = visit.cookie(Kind::Step) else { return Ok(None) };
    let identity = &visit.app.identity;
    let found = identity.session(SessionKind::AwaitsPassword, &step, visit.now).await?;
    Ok(found.map(|(_, person)| (person, token_of(&step))))
}

/// The hash of what was chosen, or what is wrong with it.
async fn chosen(
    visit: &Visit,
    form: &mut Fields,
    person: &Person,
) -> Result<Result<StoredPassword, String>, Stop> {
    let (password, repeated) = (form.secret("password"), form.secret("repeated"));
    if let Err(fault) = check_password(&password, &person.user_name) {
        return Ok(Err(sentence(&fault.to_string())));
    }
    if password.expose_secret() != repeated.expose_secret() {
        return Ok(Err("The two are not the same. Enter the new password twice.".into()));
    }
    let hashing = &visit.app.hashing;
    let same = hashing.compare_stored(person.password.clone(), password.clone()).await?;
    if same {
        return Ok(Err("This is your present password. Choose another.".into()));
    }
    let hashed = hashing.hash(password).await?;
    Ok(hashed.map_err(|fault| sentence(&fault.to_string())))
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

fn page(action: &str, csrf: &str, onward: &Onward, problem: Option<&str>) -> Result<Page, Stop> {
    Page::of(&NewPasswordPage {
        csrf,
        onward: onward.as_str(),
        action,
        is_first: action == FIRST_PASSWORD,
        min: PASSWORD_LENGTH_MIN_CHARS,
        problem,
    })
}

fn refused(action: &str, csrf: &str, onward: &Onward, problem: &str) -> Result<Page, Stop> {
    Ok(page(action, csrf, onward, Some(problem))?.status(StatusCode::BAD_REQUEST))
}
