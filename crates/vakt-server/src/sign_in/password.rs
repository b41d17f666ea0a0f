//! `/vakt/sign-in`: user name and password.

use std::time::Instant;

use askama::Template;
use http::StatusCode;
use vakt_identity::people::SignInRefusal;

use super::{go_on, rest_since};
use crate::chance;
use crate::pages::{Kind, Onward, Page, Stop, Visit, token_of};
use crate::throttle::Source;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    csrf: String,
    onward: &'a str,
    user: &'a str,
    is_again: bool,
    problem: Option<&'a str>,
}

/// `GET /vakt/sign-in`
pub(crate) async fn show_sign_in(visit: Visit) -> Result<Page, Stop> {
    let cookie = visit.cookie(Kind::Visit).unwrap_or_else(chance::bytes);
    let onward = visit.onward();
    let present = visit.signed_in().await?.map(|signed_in| signed_in.person.user_name);
    let page = Page::of(&SignInPage {
        csrf: token_of(&cookie),
        onward: onward.as_str(),
        is_again: present.is_some(),
        user: &present.or_else(|| onward.login_hint()).unwrap_or_default(),
        problem: None,
    })?;
    Ok(page.set(Kind::Visit, &cookie))
}

/// `POST /vakt/sign-in`
pub(crate) async fn sign_in(visit: Visit) -> Result<Page, Stop> {
    let started = Instant::now();
    let mut form = visit.form(Kind::Visit)?;
    let (user, onward) = (form.text("user").to_owned(), Onward::read(form.text("return")));
    let source = Source::from(visit.address);
    if let Err(wait) = visit.app.throttle.try_password(source, visit.now) {
        let text = format!(
            "Too many attempts came from your network. Try again in {} seconds.",
            wait.retry_after_seconds
        );
        let page = refused(&visit, &user, &onward, &text)?;
        return Ok(page
            .status(StatusCode::TOO_MANY_REQUESTS)
            .retry_after(wait.retry_after_seconds));
    }
    let identity = &visit.app.identity;
    let candidate = identity.candidate(&user).await?;
    let compared = visit.app.hashing.compare(candidate, form.secret("password")).await?;
    let cookie = chance::bytes();
    match identity.sign_in_with_password(compared, &cookie, &visit.act()).await? {
        Ok(next) => {
            visit.app.throttle.password_was_right(source, visit.now);
            Ok(go_on(&visit, next, &cookie, &onward).await?)
        }
        Err(refusal) => {
            rest_since(started).await;
            Ok(refused(&visit, &user, &onward, refusal.text())?.because(told(refusal)))
        }
    }
}

fn refused(visit: &Visit, user: &str, onward: &Onward, problem: &str) -> Result<Page, Stop> {
    let cookie = visit.cookie(Kind::Visit).unwrap_or_else(chance::bytes);
    let page = Page::of(&SignInPage {
        csrf: token_of(&cookie),
        onward: onward.as_str(),
        user,
        is_again: false,
        problem: Some(problem),
    })?;
    Ok(page.status(StatusCode::FORBIDDEN))
}

/// What the server's log says of a refusal.
pub(super) fn told(refusal: SignInRefusal) -> String {
    format!("AADSTS{}: {}", refusal.code(), refusal.reason())
}
