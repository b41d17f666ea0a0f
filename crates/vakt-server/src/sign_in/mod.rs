//! People sign in, look after their account and sign out. The steps are decided in the identity
//! room (`identity/src/people/sign_in.rs`); here are the pages, the cookies and the throttle.

mod account;
mod authenticator;
mod code;
mod new_password;
mod password;
mod picture;
mod sign_out;

pub(crate) use account::account;
pub(crate) use authenticator::{add_authenticator, show_authenticator};
pub(crate) use code::{enter_code, show_code};
pub(crate) use new_password::{
    change_password, choose_password, show_change_password, show_choose_password,
};
pub(crate) use password::{show_sign_in, sign_in};
pub(crate) use sign_out::{log_out, sign_out};

use std::time::{Duration, Instant};

use vakt_identity::people::NextStep;
use vakt_identity::{Cookie, IdentityError};

use crate::pages::{Kind, Onward, Page, Visit};

/// Where signing in begins.
pub(crate) const SIGN_IN: &str = "/vakt/sign-in";
/// Where the code is asked for.
const CODE: &str = "/vakt/sign-in/code";
/// Where a first password of one's own is chosen.
const FIRST_PASSWORD: &str = "/vakt/sign-in/password";
/// A refusal is not answered sooner than this, so that its time does not tell a known user name,
/// whose failure is written down, from an unknown one.
const REFUSAL_MIN_MILLISECONDS: u64 = 400;

/// The way to what comes after a step, under a cookie that was not known before it.
async fn go_on(
    visit: &Visit,
    next: NextStep,
    cookie: &Cookie,
    onward: &Onward,
) -> Result<Page, IdentityError> {
    Ok(match next {
        NextStep::Code => Page::go_to(onward.after(CODE)).set(Kind::Step, cookie),
        NextStep::NewPassword => Page::go_to(onward.after(FIRST_PASSWORD)).set(Kind::Step, cookie),
        NextStep::Done => {
            if let Some(old) = visit.cookie(Kind::Session) {
                visit.app.identity.forget_session(&old).await?;
            }
            Page::go_to(onward.as_str())
                .set(Kind::Session, cookie)
                .unset(Kind::Step)
                .unset(Kind::Visit)
        }
    })
}

/// Waits until a refusal may be answered.
async fn rest_since(started: Instant) {
    let least = Duration::from_millis(REFUSAL_MIN_MILLISECONDS);
    tokio::time::sleep(least.saturating_sub(started.elapsed())).await;
}
