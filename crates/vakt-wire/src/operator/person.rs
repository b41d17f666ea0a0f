//! People who sign in to administer and to consent.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Object id.
    pub id: String,
    /// User name, such as `ada@contoso.onmicrosoft.com`.
    pub user_principal_name: String,
    /// Name.
    pub display_name: String,
    /// `Global Administrator`, `Cloud Application Administrator` or `Global Reader`.
    pub role: String,
    /// False: cannot sign in.
    pub account_enabled: bool,
    /// A new password must be set at the next sign-in.
    pub must_change_password: bool,
    /// A second factor is enrolled.
    pub has_second_factor: bool,
    /// Failed sign-ins since the last good one.
    pub failed_sign_ins: u32,
    /// Sign-ins are refused until then.
    pub locked_until_date_time: Option<Timestamp>,
    /// Creation.
    pub created_date_time: Timestamp,
    /// When the password was set.
    pub last_password_change_date_time: Timestamp,
}

/// A tenant's people, by user name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PersonList {
    /// The people.
    pub value: Vec<Person>,
}

/// A person to add.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPerson {
    /// User name; its domain is one of the tenant's.
    pub user_principal_name: String,
    /// Name; the user name if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Role; `Global Administrator` if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Password; one is made if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// False: nobody but the person knows the password, and it stays. Otherwise another is set at
    /// the first sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub must_change_password: Option<bool>,
}

impl fmt::Debug for NewPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPerson")
            .field("user_principal_name", &self.user_principal_name)
            .finish_non_exhaustive()
    }
}

/// A person who was added, or has a new password. The password is shown this once, and only if it
/// was made here.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MadePerson {
    /// The person.
    #[serde(flatten)]
    pub person: Person,
    /// The password that was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

impl fmt::Debug for MadePerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MadePerson").field("person", &self.person).finish_non_exhaustive()
    }
}

/// What a PATCH sets; absent members keep their values.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonChanges {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// False: cannot sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_enabled: Option<bool>,
}

/// Body of `resetPassword`.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PasswordReset {
    /// Password; one is made if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// False: nobody but the person knows the password, and it stays. Otherwise another is set at
    /// the next sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub must_change_password: Option<bool>,
}

impl fmt::Debug for PasswordReset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordReset(hidden)")
    }
}
