//! Changes of the directory, as they are recorded.

use vakt_ids::TenantId;

use super::act::Act;
use crate::application::Application;
use crate::people::Person;
use crate::service_principal::ServicePrincipal;
use crate::tenant::Tenant;

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryEvent {
    /// Whose directory; `None`: the server's own affairs, such as its signing keys.
    pub tenant: Option<TenantId>,
    /// Who, when, from where.
    pub act: Act,
    /// What.
    pub activity: Activity,
    /// Was it done? Refused attempts are recorded where they matter, such as wrong passwords.
    pub succeeded: bool,
    /// Why not, or what else is worth knowing.
    pub reason: Option<String>,
    /// What was changed, the main thing first.
    pub targets: Vec<Target>,
    /// Which properties, in which way. Never a secret's value.
    pub changes: Vec<ChangedProperty>,
}

/// Something that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its kind.
    pub kind: TargetKind,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A property before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedProperty {
    /// Its name, as Graph has it.
    pub name: String,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

impl DirectoryEvent {
    /// Something that was done to `target`.
    pub fn done(tenant: Option<TenantId>, act: &Act, activity: Activity, target: Target) -> Self {
        let act = act.clone();
        let targets = vec![target];
        Self { tenant, act, activity, succeeded: true, reason: None, targets, changes: Vec::new() }
    }

    /// The same, with what else it was done to.
    pub fn and(mut self, target: Target) -> Self {
        self.targets.push(target);
        self
    }

    /// The same, with what it changed.
    pub fn changing(mut self, changes: Vec<ChangedProperty>) -> Self {
        self.changes.extend(changes);
        self
    }
}

impl Target {
    /// A registration.
    pub fn application(application: &Application) -> Self {
        Self {
            kind: TargetKind::Application,
            id: application.object_id.to_string(),
            name: application.display_name.clone(),
        }
    }

    /// A service principal.
    pub fn principal(principal: &ServicePrincipal) -> Self {
        Self {
            kind: TargetKind::ServicePrincipal,
            id: principal.object_id.to_string(),
            name: principal.display_name.clone(),
        }
    }

    /// A person.
    pub fn person(person: &Person) -> Self {
        Self {
            kind: TargetKind::Person,
            id: person.object_id.to_string(),
            name: person.user_name.clone(),
        }
    }

    /// A tenant.
    pub fn tenant(tenant: &Tenant) -> Self {
        Self { kind: TargetKind::Tenant, id: tenant.id.to_string(), name: tenant.name.clone() }
    }
}

impl ChangedProperty {
    /// Something that was not there before.
    pub fn added(name: &str, value: impl ToString) -> Self {
        Self { name: name.to_owned(), old: None, new: Some(value.to_string()) }
    }

    /// Something that is there no longer.
    pub fn removed(name: &str, value: impl ToString) -> Self {
        Self { name: name.to_owned(), old: Some(value.to_string()), new: None }
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word it is stored and shown as.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// Reads the word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words!(
    /// Kinds of things that change. The words are those of Entra's audit log, where it has them.
    TargetKind {
        /// A registration.
        Application = "Application",
        /// An application's presence in a tenant.
        ServicePrincipal = "ServicePrincipal",
        /// A person.
        Person = "User",
        /// A tenant.
        Tenant = "Directory",
        /// A permission.
        Role = "Role",
        /// A key that signs tokens.
        SigningKey = "SigningKey",
    }
);

words!(
    /// What was done. The words are those of Entra's audit log, where it has them.
    Activity {
        /// A registration was made.
        AddApplication = "Add application",
        /// A registration was changed.
        UpdateApplication = "Update application",
        /// Secrets, certificates or federated credentials were changed.
        ChangeCredentials = "Update application - Certificates and secrets management",
        /// A registration was deleted; it can be restored.
        DeleteApplication = "Delete application",
        /// A deleted registration came back.
        RestoreApplication = "Restore application",
        /// A deleted registration is gone for good.
        PurgeApplication = "Hard Delete application",
        /// A presence was made.
        AddServicePrincipal = "Add service principal",
        /// A presence was changed.
        UpdateServicePrincipal = "Update service principal",
        /// Secrets or certificates of a presence were changed.
        ChangePrincipalCredentials = "Add or remove service principal credentials",
        /// A presence was deleted.
        DeleteServicePrincipal = "Remove service principal",
        /// A deleted presence came back.
        RestoreServicePrincipal = "Restore service principal",
        /// A deleted presence is gone for good.
        PurgeServicePrincipal = "Hard delete service principal",
        /// A role was granted.
        GrantRole = "Add app role assignment to service principal",
        /// A grant was taken back.
        RevokeRole = "Remove app role assignment from service principal",
        /// An administrator consented to all that an application asks for.
        Consent = "Consent to application",
        /// Delegated permissions were granted.
        GrantDelegated = "Add delegated permission grant",
        /// Delegated permissions were taken back.
        RevokeDelegated = "Remove delegated permission grant",
        /// A person was added.
        AddPerson = "Add user",
        /// A person was changed.
        UpdatePerson = "Update user",
        /// A person was removed.
        DeletePerson = "Delete user",
        /// A password was set.
        SetPassword = "Reset user password",
        /// The second factor was enrolled or removed.
        ChangeSecondFactor = "User registered security info",
        /// A person signed in, or tried to.
        PersonSignIn = "User sign-in",
        /// A person signed out.
        PersonSignOut = "User sign-out",
        /// A tenant was made.
        AddTenant = "Add tenant",
        /// A tenant was changed.
        UpdateTenant = "Update tenant",
        /// A tenant and all that was in it is gone.
        DeleteTenant = "Delete tenant",
        /// A tenant's data were written out.
        ExportTenant = "Export tenant",
        /// A signing key was made.
        AddSigningKey = "Add signing key",
        /// A signing key was retired and its private half destroyed.
        RetireSigningKey = "Retire signing key",
    }
);
