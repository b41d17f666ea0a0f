//! What differs between two states of an object, property by property.

use super::event::ChangedProperty;
use crate::application::{Application, RequiredAccess};
use crate::credential::{CertificateCredential, FederatedCredential, SecretCredential};
use crate::permission::AppRole;
use crate::service_principal::ServicePrincipal;

/// Longest text that is recorded of a property, in characters; the rest is cut.
const TEXT_LENGTH_MAX_CHARS: usize = 2_000;

/// Collects properties that differ.
#[derive(Default)]
struct Differences(Vec<ChangedProperty>);

impl Differences {
    fn note<T: PartialEq>(&mut self, name: &str, old: &T, new: &T, text: impl Fn(&T) -> String) {
        if old != new {
            let cut = |value: &T| text(value).chars().take(TEXT_LENGTH_MAX_CHARS).collect();
            let (old, new) = (Some(cut(old)), Some(cut(new)));
            self.0.push(ChangedProperty { name: name.to_owned(), old, new });
        }
    }
}

/// What a change did to a registration. Secrets are named by key id and never by value.
pub(crate) fn of_applications(old: &Application, new: &Application) -> Vec<ChangedProperty> {
    let mut found = Differences::default();
    found.note("displayName", &old.display_name, &new.display_name, String::clone);
    found.note("signInAudience", &old.audience, &new.audience, |it| format!("{it:?}"));
    found.note("identifierUris", &old.identifier_uris, &new.identifier_uris, |it| listed(it));
    found.note("api.requestedAccessTokenVersion", &old.wants_v2_tokens, &new.wants_v2_tokens, {
        |v2| if *v2 { "2".into() } else { "1".into() }
    });
    found.note("appRoles", &old.app_roles, &new.app_roles, |it| roles(it));
    found.note("requiredResourceAccess", &old.required_access, &new.required_access, |it| {
        access(it)
    });
    found.note("web.redirectUris", &old.redirect_uris, &new.redirect_uris, |it| listed(it));
    found.note("spa.redirectUris", &old.spa_redirect_uris, &new.spa_redirect_uris, |it| listed(it));
    let (before, after) = (&old.public_client_redirect_uris, &new.public_client_redirect_uris);
    found.note("publicClient.redirectUris", before, after, |it| listed(it));
    found.note("web.logoutUrl", &old.logout_url, &new.logout_url, optional);
    found.note("web.homePageUrl", &old.home_page_url, &new.home_page_url, optional);
    found.note("tags", &old.tags, &new.tags, |it| listed(it));
    found.note("notes", &old.notes, &new.notes, optional);
    found.note("other", &old.extras, &new.extras, |it| {
        listed(&it.keys().cloned().collect::<Vec<_>>())
    });
    found.note("owners", &old.owners, &new.owners, |it| joined(it, ToString::to_string));
    found.note("passwordCredentials", &old.secrets, &new.secrets, |it| secrets(it));
    found.note("keyCredentials", &old.certificates, &new.certificates, |it| certificates(it));
    found.note("federatedIdentityCredentials", &old.federated, &new.federated, |it| federated(it));
    found.0
}

/// What a change did to a service principal.
pub(crate) fn of_principals(
    old: &ServicePrincipal,
    new: &ServicePrincipal,
) -> Vec<ChangedProperty> {
    let mut found = Differences::default();
    found.note("accountEnabled", &old.is_enabled, &new.is_enabled, bool::to_string);
    let (before, after) = (&old.assignment_required, &new.assignment_required);
    found.note("appRoleAssignmentRequired", before, after, bool::to_string);
    found.note("displayName", &old.display_name, &new.display_name, String::clone);
    found.note("tags", &old.tags, &new.tags, |it| listed(it));
    found.note("notes", &old.notes, &new.notes, optional);
    found.note("other", &old.extras, &new.extras, |it| {
        listed(&it.keys().cloned().collect::<Vec<_>>())
    });
    found.note("owners", &old.owners, &new.owners, |it| joined(it, ToString::to_string));
    found.note("passwordCredentials", &old.secrets, &new.secrets, |it| secrets(it));
    found.note("keyCredentials", &old.certificates, &new.certificates, |it| certificates(it));
    found.0
}

fn listed(values: &[String]) -> String {
    values.join(", ")
}

fn optional(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn joined<T>(items: &[T], one: impl Fn(&T) -> String) -> String {
    items.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn roles(roles: &[AppRole]) -> String {
    joined(roles, |role| {
        format!("{} ({}{})", role.value, role.id, if role.is_enabled { "" } else { ", disabled" })
    })
}

fn access(access: &[RequiredAccess]) -> String {
    joined(access, |one| {
        format!("{}: {}", one.resource, joined(&one.roles, |role| role.id.to_string()))
    })
}

fn secrets(secrets: &[SecretCredential]) -> String {
    joined(secrets, |secret| format!("{} until {}", secret.key_id, secret.expires_at))
}

fn certificates(certificates: &[CertificateCredential]) -> String {
    joined(certificates, |one| format!("{} until {}", one.key_id, one.expires_at))
}

fn federated(credentials: &[FederatedCredential]) -> String {
    joined(credentials, |one| format!("{}: {} at {}", one.name, one.subject, one.issuer))
}
