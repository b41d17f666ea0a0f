//! The token inspector: a token is pasted, and told in words. It comes in the body of a form, is
//! read, and is gone with the answer: nothing of it is stored, logged, recorded or shown again.

mod signature;
mod told;

use askama::Template;
use vakt_token::explain::read_pasted;

use super::desk::{Desk, Right};
use super::frame::{Frame, Section};
use super::page;
use super::problems::Problems;
use crate::pages::{Page, Stop, Visit};
use crate::route::Route;

use signature::Keys;
use told::Told;

const INSPECTOR: &str = "/portal/inspector";

#[derive(Template)]
#[template(path = "portal/inspector.html")]
struct InspectorPage<'a> {
    frame: Frame,
    discovery: &'a str,
    discovery_max: usize,
    told: Option<Told>,
    problems: Problems,
}

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![page("GET", INSPECTOR, Right::Look, show), page("POST", INSPECTOR, Right::Look, inspect)]
}

/// `GET /portal/inspector`
async fn show(_visit: Visit, desk: Desk) -> Result<Page, Stop> {
    written(&desk, None, Problems::none())
}

/// `POST /portal/inspector`
async fn inspect(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let (token, seen) = match read_pasted(desk.form.text("token")) {
        Ok(read) => read,
        Err(unreadable) => {
            return written(&desk, None, Problems::one("token", unreadable.words()));
        }
    };
    let keys = Keys::find(&visit, &token, &seen, desk.form.text("discovery").trim()).await?;
    let told = Told::of(&visit, &desk, (&token, seen), &keys);
    written(&desk, Some(told), Problems::none())
}

fn written(desk: &Desk, told: Option<Told>, problems: Problems) -> Result<Page, Stop> {
    let status = problems.status();
    let page = desk.page(&InspectorPage {
        frame: desk.frame(Section::Inspector, "Token inspector"),
        discovery: desk.form.text("discovery").trim(),
        discovery_max: signature::DISCOVERY_LENGTH_MAX_CHARS,
        told,
        problems,
    })?;
    Ok(page.status(status))
}
