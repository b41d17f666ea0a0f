//! What went wrong, as a page: the number, what it means, what to do, and what to tell whoever
//! helps.

use askama::Template;
use http::StatusCode;
use vakt_identity::{ConsentRefusal, IdentityError};

use super::page::Page;
use crate::problem::Problem;

/// Why a page is not shown.
#[derive(Debug)]
pub(crate) struct Fault {
    status: StatusCode,
    title: &'static str,
    number: Option<u32>,
    text: String,
    hint: String,
    link: Option<(&'static str, &'static str)>,
}

/// Why a handler ended early: something is wrong, or another page comes first.
#[derive(Debug)]
pub(crate) enum Stop {
    Fault(Box<Fault>),
    Page(Box<Page>),
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'a> {
    fault: FaultWords<'a>,
}

/// What pages say of a fault.
pub(crate) struct FaultWords<'a> {
    pub title: &'a str,
    pub text: &'a str,
    pub hint: &'a str,
    pub link: Option<(&'a str, &'a str)>,
    pub number: Option<u32>,
    pub correlation: &'a str,
    pub timestamp: &'a str,
}

impl Fault {
    /// The form was not shown by us to this browser.
    pub(super) fn foreign_form() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            title: "This form cannot be accepted",
            number: Some(9_002_313),
            text: "It was not sent from the page that this server showed you last, or that page is too old.".into(),
            hint: "If you followed a link or pressed a button on another site, close the window. Otherwise open the page again and repeat what you did.".into(),
            link: Some(("/portal", "Go to the start page")),
        }
    }

    /// The form came without the cookie that was set with it.
    pub(super) fn no_cookie() -> Self {
        Self {
            text: "Your browser did not send back the cookie that this server set.".into(),
            hint: "Allow cookies for this site, open the page again and repeat what you did."
                .into(),
            ..Self::foreign_form()
        }
    }

    /// Something is wrong with what was sent.
    pub(crate) fn malformed(text: &str, hint: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            title: "This does not work",
            number: Some(9_002_313),
            text: text.to_owned(),
            hint: hint.to_owned(),
            link: None,
        }
    }

    /// What was asked for is not there, or is another tenant's.
    pub(crate) fn missing(text: impl Into<String>, hint: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            title: "This is not here",
            number: None,
            ..Self::malformed(&text.into(), hint)
        }
    }

    /// The person's role does not suffice.
    pub(crate) fn forbidden(text: impl Into<String>, hint: &str) -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            title: "Your role does not allow this",
            number: None,
            ..Self::malformed(&text.into(), hint)
        }
    }

    /// What pages say of it.
    pub(crate) fn words<'a>(&'a self, correlation: &'a str, timestamp: &'a str) -> FaultWords<'a> {
        FaultWords {
            title: self.title,
            text: &self.text,
            hint: &self.hint,
            link: self.link,
            number: self.number,
            correlation,
            timestamp,
        }
    }

    /// The same page, with the status and the log's line that belong to the fault.
    pub(crate) fn mark(&self, page: Page) -> Page {
        page.status(self.status).because(format!("{}: {}", self.number(), self.text))
    }

    fn number(&self) -> String {
        self.number.map_or("none".into(), |number| format!("AADSTS{number}"))
    }

    /// The page.
    pub(super) fn into_page(self, correlation: &str, timestamp: &str) -> Result<Page, Stop> {
        let page = Page::of(&FaultPage { fault: self.words(correlation, timestamp) })?;
        Ok(self.mark(page))
    }
}

impl From<ConsentRefusal> for Stop {
    fn from(refusal: ConsentRefusal) -> Self {
        Fault {
            status: StatusCode::BAD_REQUEST,
            title: "Consent cannot be given here",
            number: Some(refusal.code()),
            text: refusal.text(),
            hint: refusal.hint(),
            link: matches!(refusal, ConsentRefusal::OtherTenant { .. })
                .then_some(("/vakt/account", "Go to your account to sign out")),
        }
        .into()
    }
}

impl From<IdentityError> for Stop {
    fn from(error: IdentityError) -> Self {
        tracing::error!(%error, "a page could not be answered");
        Fault {
            status: StatusCode::SERVICE_UNAVAILABLE,
            title: "Something failed here",
            number: Some(90_033),
            text: "A transient error has occurred.".into(),
            hint: "Try again in a moment. If it persists, give the operator the correlation ID."
                .into(),
            link: None,
        }
        .into()
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Fault {
            status: problem.status,
            title: "This does not work",
            number: None,
            text: problem.message,
            hint: "Open the page again. If it persists, give the operator the correlation ID."
                .into(),
            link: None,
        }
        .into()
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}

impl From<Page> for Stop {
    fn from(page: Page) -> Self {
        Self::Page(Box::new(page))
    }
}
