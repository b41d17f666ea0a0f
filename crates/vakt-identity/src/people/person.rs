//! A person of a tenant.

use std::fmt;

use jiff::Timestamp;
use vakt_ids::{ObjectId, TenantId};
use zeroize::Zeroizing;

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

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonRole {
    /// Everything in the tenant.
    GlobalAdministrator,
    /// Applications, and consent to anything but permissions of Microsoft Graph.
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
