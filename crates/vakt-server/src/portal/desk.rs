//! Somebody at the portal: who it is, in which tenant, and what the person may do.

use std::future::Future;

use askama::Template;
use vakt_identity::audit::Act;
use vakt_identity::people::{Person, PersonRole};
use vakt_identity::{IdentityError, Tenant, TenantName};

use super::frame::{Frame, Section};
use crate::pages::{Fault, FaultWords, Fields, Kind, Onward, Page, SignedIn, Stop, Theme, Visit};

/// What a page asks of a person's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// To have signed in: all roles may look at the directory.
    Look,
    /// To change applications.
    ManageApplications,
    /// To look at incidents.
    SeeIncidents,
    /// To change incidents and alerts.
    WorkOnIncidents,
}

/// A person who has signed in and may see the page, and the form that was sent, if one was.
pub(crate) struct Desk {
    pub tenant: Tenant,
    /// What was sent; empty when the page was only opened.
    pub form: Fields,
    signed_in: SignedIn,
    theme: Theme,
}

#[derive(Template)]
#[template(path = "portal/fault.html")]
struct FaultPage<'a> {
    frame: Frame,
    fault: FaultWords<'a>,
}

impl Right {
    /// Does a role have it?
    pub(crate) const fn is_held_by(self, role: PersonRole) -> bool {
        match self {
            Self::Look => true,
            Self::ManageApplications => role.may_add_applications(),
            Self::SeeIncidents => role.may_see_incidents(),
            Self::WorkOnIncidents => role.may_work_on_incidents(),
        }
    }

    /// Why not everybody has it, as the end of a sentence; empty where the roles' names say it.
    const fn why(self) -> &'static str {
        match self {
            Self::SeeIncidents => ", because incidents tell of people and machines",
            Self::Look | Self::ManageApplications | Self::WorkOnIncidents => "",
        }
    }

    /// Who has it, in words.
    pub(crate) const fn who(self) -> &'static str {
        match self {
            Self::Look => "whoever has signed in",
            Self::ManageApplications => "Global and Cloud Application Administrators",
            Self::SeeIncidents => "Global Administrators and Global Readers",
            Self::WorkOnIncidents => "Global Administrators",
        }
    }
}

/// Lets a person through to a page's handler, and shows what goes wrong there inside the portal.
pub(super) async fn seated<F, Answer>(visit: Visit, right: Right, handler: F) -> Result<Page, Stop>
where
    F: Fn(Visit, Desk) -> Answer,
    Answer: Future<Output = Result<Page, Stop>>,
{
    let desk = Desk::open(&visit).await?;
    let (correlation, timestamp) = (visit.correlation.clone(), visit.timestamp());
    let frame = desk.frame(Section::of(visit.uri.path()), "Error");
    let checked = desk.with_form(&visit).and_then(|desk| desk.check(right));
    let result = match checked {
        Ok(desk) => handler(visit, desk).await,
        Err(fault) => Err(fault.into()),
    };
    match result {
        Err(Stop::Fault(fault)) => {
            let words = fault.words(&correlation, &timestamp);
            let page = Page::of(&FaultPage { frame, fault: words })?.with_script();
            Ok(fault.mark(page))
        }
        other => other,
    }
}

impl Desk {
    async fn open(visit: &Visit) -> Result<Self, Stop> {
        // A form whose session has ended cannot be sent again: its page is shown instead.
        let onward = if visit.is_form() { visit.came_from() } else { Onward::of(&visit.uri) };
        let signed_in = visit.require_signed_in(&onward).await?;
        let name = TenantName::Id(signed_in.person.tenant);
        let found = visit.app.identity.store().find_tenant(&name).await;
        let tenant = found.map_err(IdentityError::from)?;
        let tenant =
            tenant.ok_or_else(|| IdentityError::Invalid("a person without a tenant".into()))?;
        Ok(Self { tenant, form: Fields::default(), signed_in, theme: visit.theme })
    }

    fn with_form(mut self, visit: &Visit) -> Result<Self, Fault> {
        if visit.is_form() {
            self.form = visit.form(Kind::Session)?;
        }
        Ok(self)
    }

    fn check(self, right: Right) -> Result<Self, Fault> {
        if self.may(right) {
            return Ok(self);
        }
        let role = self.person().role.name();
        let (who, why) = (right.who(), right.why());
        Err(Fault::forbidden(
            format!("You have signed in as {role}; this is for {who}{why}."),
            "Ask somebody with that role to do it, or to give it to you.",
        ))
    }

    /// Who has signed in.
    pub(crate) fn person(&self) -> &Person {
        &self.signed_in.person
    }

    /// May this person do that? Pages offer only what they would also let through.
    pub(crate) fn may(&self, right: Right) -> bool {
        right.is_held_by(self.person().role)
    }

    /// The circumstances of what this person changes.
    pub(crate) fn act(&self, visit: &Visit) -> Act {
        self.signed_in.act(visit)
    }

    /// What is around a page's content.
    pub(crate) fn frame(&self, section: Section, title: &str) -> Frame {
        Frame::of(self.person(), &self.tenant, (section, title), self.theme)
            .with_token(self.signed_in.token())
    }

    /// A page of the portal.
    pub(crate) fn page(&self, template: &impl Template) -> Result<Page, Stop> {
        Ok(Page::of(template)?.with_script())
    }
}
