//! A question before something is done that is not easily undone: a page of its own, with a form.

use askama::Template;

use super::desk::Desk;
use super::frame::Frame;
use super::problems::Problems;
use crate::pages::{Page, Stop};

/// What is asked.
#[derive(Template)]
#[template(path = "portal/confirmation.html")]
pub(crate) struct Confirmation {
    pub frame: Frame,
    /// The question.
    pub question: String,
    /// What follows from it, a sentence each.
    pub effects: Vec<String>,
    /// What the button says.
    pub button: &'static str,
    /// The button's class: `danger` for what destroys something.
    pub class: &'static str,
    /// Where one goes back to.
    pub back: String,
    pub problems: Problems,
}

impl Confirmation {
    /// The page; its form is sent to the page's own address.
    pub(crate) fn page(self, desk: &Desk) -> Result<Page, Stop> {
        desk.page(&self)
    }
}
