//! Applications: the registration in its home tenant.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use vakt_ids::{AppId, KeyId, ObjectId, RoleId, TenantId};

use crate::credential::{
    CERTIFICATES_MAX, CertificateCredential, FEDERATED_CREDENTIALS_MAX, FederatedCredential,
    FederatedFault, SecretCredential,
};
use crate::permission::AppRole;

/// Longest display name, in characters (Graph's own limit).
pub const NAME_LENGTH_MAX_CHARS: usize = 256;
/// Most secrets of one application that live in parallel.
pub const SECRETS_MAX: usize = 100;

/// Most entries of any list in a registration: a whole one must fit in memory many times over.
const LIST_LENGTH_MAX: usize = 1_200;

/// Who may use an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The home tenant only.
    HomeTenant,
    /// Every tenant that consents.
    AnyTenant,
}

/// An application registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Home tenant.
    pub tenant: TenantId,
    /// Object id, unlike the client id.
    pub object_id: ObjectId,
    /// Client id.
    pub app_id: AppId,
    /// Name.
    pub display_name: String,
    /// Who may use it.
    pub audience: Audience,
    /// Names under which tokens for it are asked, such as `api://…`.
    pub identifier_uris: Vec<String>,
    /// It wants v2.0 tokens when it is the resource.
    pub wants_v2_tokens: bool,
    /// Roles it offers as a resource.
    pub app_roles: Vec<AppRole>,
    /// Permissions it asks for; granted only by consent.
    pub required_access: Vec<RequiredAccess>,
    /// Redirect URIs, as a web application.
    pub redirect_uris: Vec<String>,
    /// Redirect URIs, as a single-page application.
    pub spa_redirect_uris: Vec<String>,
    /// Redirect URIs, as an application on a device.
    pub public_client_redirect_uris: Vec<String>,
    /// Where to go after signing out.
    pub logout_url: Option<String>,
    /// Home page.
    pub home_page_url: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Notes.
    pub notes: Option<String>,
    /// Properties of Graph that are kept for their owners and mean nothing here: name to JSON text.
    pub extras: BTreeMap<String, String>,
    /// Service principals and people of the home tenant that look after it.
    pub owners: Vec<ObjectId>,
    /// Secrets, oldest first.
    pub secrets: Vec<SecretCredential>,
    /// Certificates, oldest first.
    pub certificates: Vec<CertificateCredential>,
    /// Trusted subjects of foreign issuers, oldest first.
    pub federated: Vec<FederatedCredential>,
    /// Creation.
    pub created_at: Timestamp,
}

/// The permissions an application asks of one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredAccess {
    /// The resource.
    pub resource: AppId,
    /// The permissions.
    pub roles: Vec<RequiredRole>,
}

/// One permission asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequiredRole {
    /// Its id.
    pub id: RoleId,
    /// True: an app role. False: a delegated scope, kept for the record and never granted here.
    pub is_app_role: bool,
}

/// Why a registration is not acceptable. Texts are for the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplicationFault {
    /// No name.
    #[error("displayName is missing or empty")]
    NoName,
    /// Name too long.
    #[error("displayName is longer than {NAME_LENGTH_MAX_CHARS} characters")]
    LongName,
    /// Identifier URI without a scheme, or too long.
    #[error("identifierUris: `{0}` is not an absolute URI of at most 255 characters")]
    IdentifierUri(String),
    /// A role was removed while enabled.
    #[error("appRoles: role `{0}` is enabled; disable it before it is removed")]
    EnabledRoleRemoved(String),
    /// One role twice: a grant names it by id, a token by value.
    #[error("appRoles: `{0}` is there twice; ids and values must be unique")]
    RepeatedRole(String),
    /// Too many secrets.
    #[error("the application has {SECRETS_MAX} secrets already; remove one first")]
    TooManySecrets,
    /// Too many certificates.
    #[error("keyCredentials: more than {CERTIFICATES_MAX}; remove those that are not used")]
    TooManyCertificates,
    /// One key id twice.
    #[error("keyCredentials: keyId `{0}` is there twice; leave it out to have one made")]
    RepeatedKey(KeyId),
    /// Too many federated credentials.
    #[error(
        "the application has {FEDERATED_CREDENTIALS_MAX} federated identity credentials already; \
         remove one first"
    )]
    TooManyFederated,
    /// A federated credential is not acceptable.
    #[error(transparent)]
    Federated(#[from] FederatedFault),
    /// Two federated credentials of one name; the sentence is one that scripts match.
    #[error("FederatedIdentityCredential with name {0} already exists.")]
    RepeatedFederatedName(String),
    /// Two federated credentials for one subject.
    #[error(
        "the federated identity credential `{0}` has this issuer and subject already; change or \
         remove that one"
    )]
    RepeatedSubject(String),
    /// Longer lists than any application has.
    #[error("{member}: more than {LIST_LENGTH_MAX} entries")]
    LongList {
        /// Which member.
        member: &'static str,
    },
}

impl Application {
    /// A bare registration with a name.
    pub fn new(
        tenant: TenantId,
        object_id: ObjectId,
        app_id: AppId,
        display_name: &str,
        now: Timestamp,
    ) -> Self {
        Self {
            tenant,
            object_id,
            app_id,
            display_name: display_name.to_owned(),
            audience: Audience::HomeTenant,
            identifier_uris: Vec::new(),
            wants_v2_tokens: false,
            app_roles: Vec::new(),
            required_access: Vec::new(),
            redirect_uris: Vec::new(),
            spa_redirect_uris: Vec::new(),
            public_client_redirect_uris: Vec::new(),
            logout_url: None,
            home_page_url: None,
            tags: Vec::new(),
            notes: None,
            extras: BTreeMap::new(),
            owners: Vec::new(),
            secrets: Vec::new(),
            certificates: Vec::new(),
            federated: Vec::new(),
            created_at: now,
        }
    }

    /// Checks what a caller may have got wrong; `before` is the state a change starts from.
    pub fn check(&self, before: Option<&Self>) -> Result<(), ApplicationFault> {
        if self.display_name.trim().is_empty() {
            return Err(ApplicationFault::NoName);
        }
        if self.display_name.chars().count() > NAME_LENGTH_MAX_CHARS {
            return Err(ApplicationFault::LongName);
        }
        let wrong = |uri: &&String| !uri.contains(':') || uri.len() > 255 || uri.contains(' ');
        if let Some(uri) = self.identifier_uris.iter().find(wrong) {
            return Err(ApplicationFault::IdentifierUri(uri.clone()));
        }
        if let Some(repeated) = repeated_role(&self.app_roles) {
            return Err(ApplicationFault::RepeatedRole(repeated.value.clone()));
        }
        self.check_lengths()?;
        check_certificates(&self.certificates)?;
        self.check_federated()?;
        let gone = |role: &&AppRole| !self.app_roles.iter().any(|kept| kept.id == role.id);
        let removed = before.into_iter().flat_map(|old| &old.app_roles).filter(gone);
        match removed.into_iter().find(|role| role.is_enabled) {
            Some(role) => Err(ApplicationFault::EnabledRoleRemoved(role.value.clone())),
            None => Ok(()),
        }
    }

    fn check_lengths(&self) -> Result<(), ApplicationFault> {
        let lengths = [
            ("identifierUris", self.identifier_uris.len()),
            ("web.redirectUris", self.redirect_uris.len()),
            ("spa.redirectUris", self.spa_redirect_uris.len()),
            ("publicClient.redirectUris", self.public_client_redirect_uris.len()),
            ("tags", self.tags.len()),
            ("appRoles", self.app_roles.len()),
            ("requiredResourceAccess", self.required_access.len()),
            ("owners", self.owners.len()),
        ];
        match lengths.into_iter().find(|(_, length)| *length > LIST_LENGTH_MAX) {
            Some((member, _)) => Err(ApplicationFault::LongList { member }),
            None => Ok(()),
        }
    }

    fn check_federated(&self) -> Result<(), ApplicationFault> {
        if self.federated.len() > FEDERATED_CREDENTIALS_MAX {
            return Err(ApplicationFault::TooManyFederated);
        }
        let (mut names, mut subjects) = (HashSet::new(), BTreeMap::new());
        for one in &self.federated {
            one.check()?;
            if !names.insert(&one.name) {
                return Err(ApplicationFault::RepeatedFederatedName(one.name.clone()));
            }
            if let Some(other) = subjects.insert((&one.issuer, &one.subject), &one.name) {
                return Err(ApplicationFault::RepeatedSubject(other.clone()));
            }
        }
        Ok(())
    }

    /// Redirect URIs of all kinds.
    pub fn all_redirect_uris(&self) -> Vec<String> {
        let kinds =
            [&self.redirect_uris, &self.spa_redirect_uris, &self.public_client_redirect_uris];
        kinds.into_iter().flatten().cloned().collect()
    }

    /// The names under which a token for this application can be asked.
    pub fn names(&self) -> Vec<String> {
        let mut names = vec![self.app_id.to_string()];
        names.extend(self.identifier_uris.iter().cloned());
        names
    }
}

/// Checks a list of certificates, an application's or a service principal's.
pub(crate) fn check_certificates(
    certificates: &[CertificateCredential],
) -> Result<(), ApplicationFault> {
    if certificates.len() > CERTIFICATES_MAX {
        return Err(ApplicationFault::TooManyCertificates);
    }
    let mut ids = HashSet::new();
    match certificates.iter().find(|one| !ids.insert(one.key_id)) {
        Some(repeated) => Err(ApplicationFault::RepeatedKey(repeated.key_id)),
        None => Ok(()),
    }
}

fn repeated_role(roles: &[AppRole]) -> Option<&AppRole> {
    let mut ids = HashSet::new();
    let mut values = HashSet::new();
    roles.iter().find(|role| !ids.insert(role.id) | !values.insert(role.value.as_str()))
}
