//! Issuing tokens: one cached load, one pure decision, one signature.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use vakt_ids::{AppId, TenantId};
use vakt_token::{AccessClaims, TokenError, TokenVersion};

use super::Identity;
use crate::audit::CredentialKind;
use crate::catalogue::{self, CatalogueRole};
use crate::error::{IdentityError, StoreError};
use crate::issue::{Grant, decide, foreign_issuer};
use crate::permission::AppRole;
use crate::registration::{Registration, Resource};
use crate::resource_name::fold_resource_name;
use crate::service_principal::ServicePrincipal;
use crate::signing_key::SigningKeys;
use crate::surroundings::{IssuerFault, Outside};
use crate::target::{TokenRequest, requested_resource};
use crate::tenant::{Tenant, TenantName};

/// Seconds a token is good for, as its answer says; the claims span 3,900, as Microsoft's do.
pub const TOKEN_LIFETIME_SECONDS: i64 = 3599;
/// Tokens start this long ago, so that slow clocks accept them.
const TOKEN_BACKDATE_SECONDS: i64 = 300;

/// Under which names tokens are issued; they follow the host the client called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuers {
    /// Origin of v1.0 issuers: `https://sts.windows.net` or our own.
    pub v1_origin: String,
    /// Origin of v2.0 issuers.
    pub v2_origin: String,
    /// The server's own base URL was asked for as the resource.
    pub resource_is_own_base: bool,
}

impl Issuers {
    /// `iss` of v1.0 tokens.
    pub fn v1(&self, tenant: TenantId) -> String {
        format!("{}/{tenant}/", self.v1_origin)
    }

    /// `iss` of v2.0 tokens.
    pub fn v2(&self, tenant: TenantId) -> String {
        format!("{}/{tenant}/v2.0", self.v2_origin)
    }
}

/// An issued token and what its answer repeats.
pub struct TokenIssued {
    /// The token.
    pub access_token: String,
    /// What it was granted for.
    pub grant: Grant,
    /// `uti`.
    pub token_id: String,
    /// `nbf`, seconds since 1970.
    pub not_before: i64,
    /// `exp`, seconds since 1970.
    pub expires_on: i64,
    /// Seconds left.
    pub expires_in: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct RegistrationKey {
    tenant: String,
    app: AppId,
    resource: String,
    own_base: bool,
}

#[derive(Clone)]
pub(super) struct CachedRegistration {
    generation: u64,
    registration: Arc<Registration>,
}

/// A request for a token and what came of it.
pub struct Attempt {
    /// What was known of it; empty if the store failed.
    pub registration: Arc<Registration>,
    /// The token, or why there is none.
    pub outcome: Result<TokenIssued, IdentityError>,
}

impl Identity {
    /// Issues a token or refuses. `chance` makes the token's id.
    pub async fn issue(
        &self,
        request: &TokenRequest,
        issuers: &Issuers,
        now: Timestamp,
        chance: [u8; 16],
    ) -> Attempt {
        match self.known(request, issuers.resource_is_own_base).await {
            Ok((registration, keys)) => {
                let grant = self.decide(&registration, request, now).await;
                let outcome = grant.and_then(|grant| sign(grant, &keys, issuers, now, chance));
                Attempt { registration, outcome }
            }
            Err(error) => Attempt { registration: Arc::default(), outcome: Err(error) },
        }
    }

    /// All that a decision needs, as of one generation of the store.
    async fn known(
        &self,
        request: &TokenRequest,
        own_base: bool,
    ) -> Result<(Arc<Registration>, Arc<SigningKeys>), IdentityError> {
        let generation = self.store.generation().await?;
        let registration = self.registration(request, own_base, generation).await?;
        Ok((registration, self.keys_of(generation).await?))
    }

    /// Decides, after a foreign issuer was asked for its keys where the decision needs them.
    async fn decide(
        &self,
        registration: &Registration,
        request: &TokenRequest,
        now: Timestamp,
    ) -> Result<Grant, IdentityError> {
        let is_own_origin = &|origin: &str| self.surroundings.is_own_origin(origin);
        let issuer_keys = match foreign_issuer(registration, request, is_own_origin) {
            Some(needed) => self.surroundings.issuer_keys(&needed.issuer, &needed.kid).await,
            None => Err(IssuerFault::NotAllowed),
        };
        let outside = Outside { is_own_origin, issuer_keys };
        decide(registration, request, &outside, now).map_err(IdentityError::Refused)
    }

    /// What is known of a request, from memory while nothing has changed since it was read.
    async fn registration(
        &self,
        request: &TokenRequest,
        own_base: bool,
        generation: u64,
    ) -> Result<Arc<Registration>, StoreError> {
        let app = request.client_id.as_deref().and_then(|id| id.parse().ok());
        let Some(app) = app else { return self.load_tenant_only(request).await };
        // Many spellings of the own base are one resource.
        let named = if own_base { "" } else { requested_resource(request).unwrap_or_default() };
        let resource = fold_resource_name(named);
        let tenant = request.tenant.to_ascii_lowercase();
        let key = RegistrationKey { tenant, app, resource, own_base };
        if let Some(cached) = self.registrations.get(&key)
            && cached.generation == generation
        {
            return Ok(cached.registration);
        }
        let registration = Arc::new(self.load(&key).await?);
        // Guessed names find nothing, and nothing is all they may leave behind.
        if registration.client.is_some() && registration.resource.is_some() {
            let registration = registration.clone();
            self.registrations.insert(key, CachedRegistration { generation, registration });
        }
        Ok(registration)
    }

    async fn load_tenant_only(
        &self,
        request: &TokenRequest,
    ) -> Result<Arc<Registration>, StoreError> {
        let tenant = self.store.find_tenant(&TenantName::read(&request.tenant)).await?;
        Ok(Arc::new(Registration { tenant, ..Registration::default() }))
    }

    async fn load(&self, key: &RegistrationKey) -> Result<Registration, StoreError> {
        let application = self.store.find_application_anywhere(key.app).await?;
        let tenant = match (TenantName::read(&key.tenant), &application) {
            (TenantName::Any, Some(application)) => {
                self.store.find_tenant(&TenantName::Id(application.tenant)).await?
            }
            (name, _) => self.store.find_tenant(&name).await?,
        };
        let mut registration = Registration { tenant, application, ..Registration::default() };
        let Some(tenant) = &registration.tenant else { return Ok(registration) };
        let app = crate::directory::ObjectKey::App(key.app);
        registration.client = self.store.find_service_principal(tenant.id, app).await?;
        if let Some(client) = &registration.client {
            registration.resource = if key.own_base {
                self.load_own_base(tenant, client).await?
            } else {
                self.load_resource(tenant, client, &key.resource).await?
            };
        }
        Ok(registration)
    }

    async fn load_resource(
        &self,
        tenant: &Tenant,
        client: &ServicePrincipal,
        folded_name: &str,
    ) -> Result<Option<Resource>, StoreError> {
        let found = self.store.find_resource(tenant.id, folded_name).await?;
        let Some(principal) = found else { return Ok(None) };
        let wants_v2_tokens = self.wants_v2_tokens(principal.app_id).await?;
        let assigned = self.store.assignments_of(tenant.id, client.object_id).await?;
        let held = assigned.iter().filter(|one| one.resource == principal.object_id);
        let mut granted: Vec<AppRole> =
            held.filter_map(|one| principal.role(one.role)).cloned().collect();
        granted.retain(|role| role.is_enabled);
        granted.sort_by(|a, b| a.value.cmp(&b.value));
        Ok(Some(Resource { principal, wants_v2_tokens, granted }))
    }

    async fn wants_v2_tokens(&self, app: AppId) -> Result<bool, StoreError> {
        if catalogue::find(app).is_some() {
            return Ok(false);
        }
        let application = self.store.find_application_anywhere(app).await?;
        Ok(application.is_some_and(|application| application.wants_v2_tokens))
    }

    /// The server's own address stands for all three APIs it serves, since clients that are given
    /// one base URL derive their scope from it.
    async fn load_own_base(
        &self,
        tenant: &Tenant,
        client: &ServicePrincipal,
    ) -> Result<Option<Resource>, StoreError> {
        let mut apis = Vec::new();
        for app in [catalogue::THREAT_PROTECTION, catalogue::ENDPOINT, catalogue::GRAPH] {
            let offered = catalogue::find(app).map_or(&[][..], |api| api.roles);
            let resource = self.load_resource(tenant, client, &app.to_string()).await?;
            let enabled = resource.filter(|resource| resource.principal.is_enabled);
            apis.push(PartOfBase { offered, resource: enabled });
        }
        Ok(combine(apis))
    }
}

/// One of the APIs behind the server's own address.
struct PartOfBase {
    /// Roles it offers, wherever it is enabled.
    offered: &'static [CatalogueRole],
    /// The tenant's presence of it, if enabled.
    resource: Option<Resource>,
}

impl PartOfBase {
    fn offers(&self, value: &str) -> bool {
        self.offered.iter().any(|role| role.value == value)
    }

    fn granted(&self) -> &[AppRole] {
        self.resource.as_ref().map_or(&[], |resource| &resource.granted)
    }

    fn grants(&self, value: &str) -> bool {
        self.granted().iter().any(|role| role.value == value)
    }
}

/// One resource out of several. A role's value may enter only if it is granted on every one of
/// them that offers it: a grant on one API must not become a grant on another.
fn combine(apis: Vec<PartOfBase>) -> Option<Resource> {
    let mut granted: Vec<AppRole> = Vec::new();
    for role in apis.iter().flat_map(PartOfBase::granted) {
        let everywhere = apis.iter().all(|api| api.grants(&role.value) || !api.offers(&role.value));
        if everywhere && !granted.iter().any(|seen| seen.value == role.value) {
            granted.push(role.clone());
        }
    }
    granted.sort_by(|a, b| a.value.cmp(&b.value));
    let first = apis.into_iter().find_map(|api| api.resource)?;
    Some(Resource { granted, ..first })
}

/// Signs what was granted.
fn sign(
    grant: Grant,
    keys: &SigningKeys,
    issuers: &Issuers,
    now: Timestamp,
    chance: [u8; 16],
) -> Result<TokenIssued, IdentityError> {
    let claims = claims(&grant, issuers, now, chance);
    let key = keys.current(now).ok_or(TokenError::Key("there is no signing key"))?;
    let version = if grant.wants_v2_token { TokenVersion::V2 } else { TokenVersion::V1 };
    Ok(TokenIssued {
        access_token: key.sign(version, &claims)?,
        grant,
        token_id: claims.uti,
        not_before: claims.nbf,
        expires_on: claims.exp,
        expires_in: TOKEN_LIFETIME_SECONDS,
    })
}

/// Microsoft's tokens also carry `aio` and `rh`, opaque to everyone but their issuer. Ours do not:
/// one widely used client cuts a request's header at 2,048 bytes in silence, and roles need the room.
fn claims(grant: &Grant, issuers: &Issuers, now: Timestamp, chance: [u8; 16]) -> AccessClaims {
    let start = now.as_second() - TOKEN_BACKDATE_SECONDS;
    let principal = grant.principal.to_string();
    let shared = AccessClaims {
        iat: start,
        nbf: start,
        exp: now.as_second() + TOKEN_LIFETIME_SECONDS + 1,
        oid: principal.clone(),
        roles: (!grant.roles.is_empty()).then(|| grant.roles.clone()),
        sub: principal,
        tid: grant.tenant.to_string(),
        uti: URL_SAFE_NO_PAD.encode(chance),
        ..AccessClaims::default()
    };
    let client = Some(grant.app_id.to_string());
    let proof = match grant.proven.kind {
        CredentialKind::None | CredentialKind::Secret => "1",
        CredentialKind::Certificate | CredentialKind::Federated => "2",
    };
    let proof = Some(proof.to_owned());
    if grant.wants_v2_token {
        return AccessClaims {
            aud: grant.resource_app_id.to_string(),
            iss: issuers.v2(grant.tenant),
            azp: client,
            azpacr: proof,
            ver: "2.0".into(),
            ..shared
        };
    }
    let issuer = issuers.v1(grant.tenant);
    AccessClaims {
        aud: grant.resource_name.clone(),
        idp: Some(issuer.clone()),
        iss: issuer,
        app_displayname: Some(grant.app_name.clone()),
        appid: client,
        appidacr: proof,
        ver: "1.0".into(),
        ..shared
    }
}
