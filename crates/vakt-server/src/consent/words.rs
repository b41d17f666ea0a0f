//! The consent page in words.

use askama::Template;
use vakt_identity::people::{Person, PersonRole};
use vakt_identity::{ConsentOffer, OfferedResource, OfferedRole, Publisher};

/// Most names of people who can consent that are shown.
const ABLE_MAX: usize = 8;

#[derive(Template)]
#[template(path = "consent.html")]
pub(super) struct ConsentPage<'a> {
    pub csrf: &'a str,
    pub person: &'a str,
    pub onward: &'a str,
    pub offer: OfferWords<'a>,
    pub shown: &'a str,
    pub destination: &'a str,
    pub problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "cannot_consent.html")]
pub(super) struct CannotConsentPage<'a> {
    pub csrf: &'a str,
    pub person: &'a str,
    pub onward: &'a str,
    pub role: &'a str,
    pub offer: OfferWords<'a>,
    pub able: Vec<Able>,
    pub more: usize,
    pub correlation: &'a str,
    pub timestamp: &'a str,
}

#[derive(Template)]
#[template(path = "form_post.html")]
pub(super) struct FormPostPage<'a> {
    pub destination: &'a str,
    pub address: &'a str,
    pub fields: &'a [(&'static str, String)],
}

/// What is asked, as the pages show it.
pub(super) struct OfferWords<'a> {
    pub application: String,
    pub app_id: String,
    pub tenant: &'a str,
    pub publisher: String,
    pub publisher_domain: Option<&'a str>,
    pub is_own: bool,
    pub resources: Vec<ResourceWords>,
    pub scopes: Vec<String>,
}

/// The permissions of one API.
pub(super) struct ResourceWords {
    pub name: String,
    pub roles: Vec<RoleWords>,
}

/// One permission.
pub(super) struct RoleWords {
    pub name: String,
    pub description: String,
    pub value: String,
    pub is_granted: bool,
}

/// Somebody who can consent. The name and nothing more: the page is for colleagues, but is read
/// over shoulders.
pub(super) struct Able {
    pub name: String,
    pub role: &'static str,
}

impl<'a> OfferWords<'a> {
    pub(super) fn of(offer: &'a ConsentOffer) -> Self {
        let (publisher, publisher_domain, is_own) = match &offer.publisher {
            Publisher::Own => (offer.tenant.name.as_str(), offer.tenant.default_domain(), true),
            Publisher::Other { name, domain } => (name.as_str(), domain.as_deref(), false),
        };
        Self {
            application: visible(&offer.application.display_name),
            app_id: offer.application.app_id.to_string(),
            tenant: &offer.tenant.name,
            publisher: visible(publisher),
            publisher_domain,
            is_own,
            resources: offer.resources.iter().map(resource).collect(),
            scopes: offer
                .scopes
                .iter()
                .map(|scope| match (&scope.resource, &scope.value) {
                    (Some(resource), Some(value)) => format!("{resource}: {value}"),
                    (Some(resource), None) => format!("{resource}: {}", scope.id),
                    _ => scope.id.to_string(),
                })
                .collect(),
        }
    }
}

fn resource(offered: &OfferedResource) -> ResourceWords {
    let role = |one: &OfferedRole| RoleWords {
        name: visible(match one.role.display_name.as_str() {
            "" => &one.role.value,
            name => name,
        }),
        description: visible(&one.role.description),
        value: visible(&one.role.value),
        is_granted: one.is_granted,
    };
    ResourceWords { name: visible(&offered.name), roles: offered.roles.iter().map(role).collect() }
}

/// A stranger's text without what is not seen and changes what is: characters that turn the
/// direction of reading, or have no width.
fn visible(text: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
            || ('\u{200b}'..='\u{200f}').contains(&c)
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2060}'..='\u{206f}').contains(&c)
    };
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

/// Who could consent in place of somebody who cannot, the highest first; and how many more.
pub(super) fn able(people: Vec<Person>, offer: &ConsentOffer) -> (Vec<Able>, usize) {
    let mut able: Vec<Person> = people
        .into_iter()
        .filter(|person| person.is_enabled && offer.may_be_accepted_by(person.role))
        .collect();
    able.sort_by_key(|person| person.role != PersonRole::GlobalAdministrator);
    let more = able.len().saturating_sub(ABLE_MAX);
    let shown = able.into_iter().take(ABLE_MAX);
    let name = |person: Person| Able { name: person.display_name, role: person.role.name() };
    (shown.map(name).collect(), more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_they_look_like() {
        for (text, expected) in [
            ("Incident Connector", "Incident Connector"),
            ("\u{202e}tfosorciM yb", "tfosorciM yb"),
            ("Micro\u{200b}soft\u{feff}", "Microsoft"),
            ("\u{2067}x\u{2069}\r\n", "x"),
            ("Überwachung 監視 מעקב", "Überwachung 監視 מעקב"),
        ] {
            assert_eq!(visible(text), expected, "for {text:?}");
        }
    }
}
