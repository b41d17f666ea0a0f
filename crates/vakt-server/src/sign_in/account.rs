//! `/vakt/account`: who has signed in, and what can be done about it.

use askama::Template;
use vakt_identity::TenantName;

use crate::pages::{Onward, Page, Stop, Visit};

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage<'a> {
    csrf: String,
    name: &'a str,
    user_name: &'a str,
    tenant: &'a str,
    role: &'a str,
    has_authenticator: bool,
    done: Option<&'a str>,
}

/// `GET /vakt/account`
pub(crate) async fn account(visit: Visit) -> Result<Page, Stop> {
    let signed_in = visit.require_signed_in(&Onward::read("/vakt/account")).await?;
    let person = &signed_in.person;
    let store = visit.app.identity.store();
    let tenant = store.find_tenant(&TenantName::Id(person.tenant)).await;
    let tenant = tenant.map_err(vakt_identity::IdentityError::from)?;
    Page::of(&AccountPage {
        csrf: signed_in.token(),
        name: &person.display_name,
        user_name: &person.user_name,
        tenant: tenant.as_ref().map_or("", |tenant| tenant.name.as_str()),
        role: person.role.name(),
        has_authenticator: person.totp.is_some(),
        done: match visit.query("done").as_deref() {
            Some("password") => Some("Your password is changed. Other browsers are signed out."),
            Some("authenticator") => {
                Some("Your authenticator is added. From now on signing in takes a code.")
            }
            _ => None,
        },
    })
}
