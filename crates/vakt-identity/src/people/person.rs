//! A person of a tenant.

use std::fmt;

use jiff::Timestamp;
use vakt_ids::{ObjectId, TenantId};
use zeroize::Zeroizing;

use crate::error::IdentityError;
use crate::tenant::Tenant;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Home tenant.
    pub tenant: TenantId,
    /// Object id.
    pub object_id: ObjectId,
    /// User name such as `ada@contoso.onmicrosoft.com`, lower case, unique on the server.
    pub user_name: String,
    /// Name.
    pub display_name: String,
    /// What the person may do.
    pub role: PersonRole,
    /// Disabled people cannot sign in.
    pub is_enabled: bool,
    /// The password.
    pub password: StoredPassword,
    /// The password was given by somebody else: a new one must be set at the next sign-in.
    pub must_change_password: bool,
    /// The second factor, once enrolled.
    pub totp: Option<TotpSecret>,
    /// The last time step whose code was accepted: no code counts twice.
    pub totp_last_step: Option<i64>,
    /// Failed sign-ins since the last good one.
    pub failures: u32,
    /// The last of them.
    pub last_failure_at: Option<Timestamp>,
    /// Creation.
    pub created_at: Timestamp,
    /// When the password was set.
    pub password_set_at: Timestamp,
}

/// What a new person is made of.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Object id.
    pub object_id: ObjectId,
    /// User name; its domain must be one of the tenant's.
    pub user_name: String,
    /// Name.
    pub display_name: String,
    /// What the person may do.
    pub role: PersonRole,
    /// The password.
    pub password: StoredPassword,
    /// Somebody else knows the password: a new one must be set at the first sign-in.
    pub must_change_password: bool,
}

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonRole {
    /// Everything in the tenant.
    GlobalAdministrator,
    /// Applications, and consent to anything but permissions of Microsoft Graph and of Vakt.
    CloudApplicationAdministrator,
    /// Look, and change nothing.
    Reader,
}

/// A password's argon2id hash in PHC text form. Has no face.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredPassword(pub String);

impl fmt::Debug for StoredPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredPassword(hidden)")
    }
}

/// The shared secret of a second factor; the store seals it. Has no face.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret(pub Zeroizing<Vec<u8>>);

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(hidden)")
    }
}

/// Longest user name, in characters (Entra's own limit).
const USER_NAME_LENGTH_MAX_CHARS: usize = 113;

/// A user name in its one spelling, if it is `name@domain` with a domain of this tenant.
pub fn check_user_name(text: &str, tenant: &Tenant) -> Result<String, IdentityError> {
    let lower = text.trim().to_ascii_lowercase();
    let lawful = |c: char| c.is_ascii_alphanumeric() || "._-+'".contains(c);
    let parts = lower.split_once('@').filter(|(local, _)| {
        !local.is_empty()
            && lower.len() <= USER_NAME_LENGTH_MAX_CHARS
            && local.chars().all(lawful)
            && !local.starts_with('.')
            && !local.ends_with('.')
    });
    let Some((_, domain)) = parts else {
        return Err(IdentityError::Invalid(format!(
            "`{text}` is not a user name, such as ada@{}",
            tenant.default_domain().unwrap_or("contoso.onmicrosoft.com")
        )));
    };
    if tenant.domains.iter().any(|own| own.name == domain) {
        return Ok(lower);
    }
    let known: Vec<&str> = tenant.domains.iter().map(|own| own.name.as_str()).collect();
    Err(IdentityError::Invalid(format!(
        "`{domain}` is not a domain of tenant `{}`; use {}",
        tenant.name,
        known.join(" or ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::Domain;

    #[test]
    fn user_names_are_of_a_domain_of_the_tenant() {
        let tenant = Tenant {
            id: TenantId::from_u128(1),
            name: "Contoso".into(),
            domains: Domain::list(&["contoso.onmicrosoft.com".into(), "contoso.com".into()]),
            created_at: Timestamp::UNIX_EPOCH,
        };
        for (text, expected) in [
            ("ada@contoso.com", Some("ada@contoso.com")),
            (" Ada.L+x@Contoso.onMicrosoft.com", Some("ada.l+x@contoso.onmicrosoft.com")),
            ("ada@fabrikam.com", None),
            ("ada@contoso.com@contoso.com", None),
            ("a da@contoso.com", None),
            (".ada@contoso.com", None),
            ("ädä@contoso.com", None),
            ("@contoso.com", None),
            ("ada", None),
            ("", None),
        ] {
            assert_eq!(check_user_name(text, &tenant).ok().as_deref(), expected, "for {text}");
        }
    }
}
