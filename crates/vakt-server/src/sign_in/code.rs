//! `/vakt/sign-in/code`: the second factor.

use askama::Template;
use http::StatusCode;
use vakt_identity::Cookie;
use vakt_identity::people::{SessionKind, SignInRefusal};

use super::password::told;
use super::{CODE, SIGN_IN, go_on};
use crate::chance;
use crate::pages::{Kind, Onward, Page, Stop, Visit, token_of};
use crate::throttle::Source;

#[derive(Template)]
#[template(path = "code.html")]
struct CodePage<'a> {
    csrf: String,
    onward: &'a str,
    again: String,
    problem: Option<&'a str>,
}

/// `GET /vakt/sign-in/code`
pub(crate) async fn show_code(visit: Visit) -> Result<Page, Stop> {
    let onward = visit.onward();
    let Some(step) = visit.cookie(Kind::Step) else { return Ok(start_again(&onward)) };
    let identity = &visit.app.identity;
    match identity.session(SessionKind::AwaitsCode, &step, visit.now).await? {
        Some(_) => page(&step, &onward, None),
        None => Ok(start_again(&onward)),
    }
}

/// `POST /vakt/sign-in/code`
pub(crate) async fn enter_code(visit: Visit) -> Result<Page, Stop> {
    let form = visit.form(Kind::Step)?;
    let onward = Onward::read(form.text("return"));
    let Some(step) = visit.cookie(Kind::Step) else { return Ok(start_again(&onward)) };
    let source = Source::from(visit.address);
    if let Err(wait) = visit.app.throttle.try_password(source, visit.now) {
        let text = format!(
            "Too many attempts came from your network. Try again in {} seconds.",
            wait.retry_after_seconds
        );
        let page = page(&step, &onward, Some(&text))?;
        return Ok(page
            .status(StatusCode::TOO_MANY_REQUESTS)
            .retry_after(wait.retry_after_seconds));
    }
    let cookie = chance::bytes();
    let act = visit.act();
    let identity = &visit.app.identity;
    match identity.sign_in_with_code(&step, form.text("code"), &cookie, &act).await? {
        Ok(next) => {
            visit.app.throttle.password_was_right(source, visit.now);
            Ok(go_on(&visit, next, &cookie, &onward).await?)
        }
        Err(SignInRefusal::StepExpired) => Ok(start_again(&onward)),
        Err(refusal) => {
            let page = page(&step, &onward, Some(refusal.text()))?;
            Ok(page.status(StatusCode::FORBIDDEN).because(told(refusal)))
        }
    }
}

fn page(step: &Cookie, onward: &Onward, problem: Option<&str>) -> Result<Page, Stop> {
    Page::of(&CodePage {
        csrf: token_of(step),
        onward: onward.as_str(),
        again: onward.after(SIGN_IN),
        problem,
    })
}

/// The step before is too long ago, or was never taken.
pub(super) fn start_again(onward: &Onward) -> Page {
    Page::go_to(onward.after(SIGN_IN)).unset(Kind::Step).because(format!("{CODE}: no step before"))
}
