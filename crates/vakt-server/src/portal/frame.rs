//! What is around the content of every page: who has signed in, where one is, and where one can go.

use vakt_identity::Tenant;
use vakt_identity::people::Person;

use super::desk::Right;
use crate::pages::Theme;

/// The sections of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// The start page.
    Home,
    /// The queue of incidents.
    Incidents,
    /// App registrations.
    Applications,
    /// Service principals.
    EnterpriseApplications,
    /// The token inspector.
    Inspector,
}

/// A section as the navigation knows it.
struct Row {
    section: Section,
    label: &'static str,
    path: &'static str,
    right: Right,
}

/// The navigation, in its order. A section is here when its page is there.
const ROWS: &[Row] = &[
    Row { section: Section::Home, label: "Home", path: "/portal", right: Right::Look },
    Row {
        section: Section::Incidents,
        label: "Incidents",
        path: "/portal/incidents",
        right: Right::SeeIncidents,
    },
    Row {
        section: Section::Applications,
        label: "Applications",
        path: "/portal/applications",
        right: Right::Look,
    },
    Row {
        section: Section::EnterpriseApplications,
        label: "Enterprise applications",
        path: "/portal/enterprise",
        right: Right::Look,
    },
    Row {
        section: Section::Inspector,
        label: "Token inspector",
        path: "/portal/inspector",
        right: Right::Look,
    },
];

/// A section to go to.
pub(crate) struct Link {
    pub label: &'static str,
    pub path: &'static str,
    pub is_current: bool,
}

/// What is around a page's content.
pub(crate) struct Frame {
    pub title: String,
    pub name: String,
    pub user_name: String,
    pub role: &'static str,
    pub tenant: String,
    pub csrf: String,
    pub sections: Vec<Link>,
    pub crumbs: Vec<(String, String)>,
    pub notice: Option<&'static str>,
    /// Name, label, and whether it is the present one.
    pub themes: Vec<(&'static str, &'static str, bool)>,
}

impl Section {
    /// The section that an address is in.
    pub(super) fn of(path: &str) -> Self {
        let begins = |row: &&Row| path.strip_prefix(row.path).is_some_and(is_below);
        let found = ROWS.iter().filter(begins).max_by_key(|row| row.path.len());
        found.map_or(Self::Home, |row| row.section)
    }
}

fn is_below(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

impl Frame {
    pub(super) fn of(
        person: &Person,
        tenant: &Tenant,
        (section, title): (Section, &str),
        theme: Theme,
    ) -> Self {
        let offered = ROWS.iter().filter(|row| row.right.is_held_by(person.role));
        let link = |row: &Row| Link {
            label: row.label,
            path: row.path,
            is_current: row.section == section,
        };
        Self {
            title: title.to_owned(),
            name: person.display_name.clone(),
            user_name: person.user_name.clone(),
            role: person.role.name(),
            tenant: tenant.name.clone(),
            csrf: String::new(),
            sections: offered.map(link).collect(),
            crumbs: Vec::new(),
            notice: None,
            themes: Theme::ALL.map(|one| (one.name(), one.label(), one == theme)).into(),
        }
    }

    pub(super) fn with_token(mut self, token: String) -> Self {
        self.csrf = token;
        self
    }

    /// The same, below another page: the first to be named is the highest.
    pub(crate) fn below(mut self, label: &str, address: impl Into<String>) -> Self {
        self.crumbs.push((label.to_owned(), address.into()));
        self
    }

    /// The same, with what was done a moment ago.
    pub(crate) fn told(mut self, notice: Option<&'static str>) -> Self {
        self.notice = notice;
        self
    }
}
