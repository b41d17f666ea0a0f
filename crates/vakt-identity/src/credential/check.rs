//! Did the client prove who it is? One function a kind of credential, all of them pure.

use jiff::Timestamp;
use secrecy::SecretString;
use vakt_ids::{AppId, KeyId};
use vakt_token::{AssertionFault, ClientAssertion, FederatedToken, Trusted, claimed_issuer};

use super::certificate::{CertificateCredential, Unproven, signer};
use super::federated::FederatedCredential;
use super::own_endpoint::{is_own_endpoint, is_own_issuer};
use super::secret::SecretCredential;
use crate::application::Application;
use crate::audit::CredentialKind;
use crate::refusal::{AssertionRefusal, FoundKey, Refusal};
use crate::service_principal::ServicePrincipal;
use crate::surroundings::{IssuerFault, Outside};
use crate::target::{Credential, TokenRequest};
use crate::tenant::Tenant;

/// What a client proved itself with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proven {
    /// Kind.
    pub kind: CredentialKind,
    /// Which one of them.
    pub key_id: KeyId,
}

/// Who asks, where: found, enabled, and not believed yet.
#[derive(Clone, Copy)]
pub(crate) struct Client<'a> {
    /// The tenant asked.
    pub tenant: &'a Tenant,
    /// Its registration.
    pub application: &'a Application,
    /// Its presence in the tenant.
    pub principal: &'a ServicePrincipal,
}

/// An issuer whose keys are needed before a decision can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeededIssuer {
    /// The issuer, as it is trusted.
    pub issuer: String,
    /// The key that is wanted.
    pub kid: String,
}

/// Checks the credential that came. A secret is looked at first, as Microsoft's platform does.
pub(crate) fn check_credential(
    client: Client<'_>,
    request: &TokenRequest,
    outside: &Outside<'_>,
    now: Timestamp,
) -> Result<Proven, Refusal> {
    let credential = &request.credential;
    if let Some(secret) = &credential.secret {
        return check_secret(client, secret, &credential.other_readings, now);
    }
    let token = assertion_of(credential);
    let checked = if is_foreign(token, client.application.app_id) {
        check_federated(client.application, token, outside, now)
    } else {
        check_certificate(client, request, token, outside, now)
    };
    checked.map_err(Refusal::Assertion)
}

/// The issuer that has to be asked about a request's assertion, if there is one: a foreign one
/// that the application trusts for this very subject and audience.
pub(crate) fn needed_issuer(
    application: &Application,
    credential: &Credential,
    is_own_origin: &dyn Fn(&str) -> bool,
) -> Option<NeededIssuer> {
    let token = assertion_of(credential);
    if credential.secret.is_some() || !is_foreign(token, application.app_id) {
        return None;
    }
    let token = FederatedToken::read(token).ok()?;
    let trusted = trusted(application, &token.claims().ok()?, is_own_origin).ok()?;
    Some(NeededIssuer { issuer: trusted.issuer.clone(), kid: token.kid().to_owned() })
}

fn assertion_of(credential: &Credential) -> &str {
    let assertion = credential.assertion.as_ref();
    assertion.and_then(|assertion| assertion.token.as_deref()).unwrap_or_default()
}

/// Issuers are addresses; clients speak for themselves under their id.
fn is_foreign(token: &str, app_id: AppId) -> bool {
    claimed_issuer(token).is_some_and(|issuer| issuer.contains(':') && !is_client(&issuer, app_id))
}

fn is_client(text: &str, app_id: AppId) -> bool {
    text.parse() == Ok(app_id)
}

fn check_secret(
    client: Client<'_>,
    secret: &SecretString,
    other_readings: &[SecretString],
    now: Timestamp,
) -> Result<Proven, Refusal> {
    let fits = |kept: &&SecretCredential| {
        kept.matches(secret) || other_readings.iter().any(|reading| kept.matches(reading))
    };
    let app_id = client.application.app_id;
    let mut expired = None;
    let secrets = client.application.secrets.iter().chain(&client.principal.secrets);
    for kept in secrets.filter(fits) {
        if kept.is_live(now) {
            return Ok(Proven { kind: CredentialKind::Secret, key_id: kept.key_id });
        }
        expired = expired.or((kept.expires_at <= now).then_some(kept));
    }
    Err(match expired {
        Some(kept) => Refusal::SecretExpired { app_id, key_id: kept.key_id },
        None => Refusal::WrongSecret { app_id },
    })
}

fn check_certificate(
    client: Client<'_>,
    request: &TokenRequest,
    token: &str,
    outside: &Outside<'_>,
    now: Timestamp,
) -> Result<Proven, AssertionRefusal> {
    let app_id = client.application.app_id;
    let assertion = ClientAssertion::read(token)?;
    let certificates: Vec<&CertificateCredential> =
        client.application.certificates.iter().chain(&client.principal.certificates).collect();
    let hint = assertion.hint();
    let signed = signer(&certificates, &hint, &|key| assertion.is_signed_by(key), now);
    let found = |one: &CertificateCredential| FoundKey {
        app_id,
        key_id: one.key_id,
        thumbprint: hint.shown(),
        starts_at: one.starts_at,
        expires_at: one.expires_at,
    };
    let signer = signed.map_err(|unproven| match unproven {
        Unproven::NotFound => AssertionRefusal::KeyNotFound { app_id, thumbprint: hint.shown() },
        Unproven::WrongSignature(one) => AssertionRefusal::WrongSignature { key: found(one) },
        Unproven::NotLive(one) => AssertionRefusal::KeyNotLive { key: found(one) },
    })?;
    let is_us = |audience: &str| {
        is_own_endpoint(audience, client.tenant, &request.tenant, outside.is_own_origin)
    };
    assertion.check(&|speaker| is_client(speaker, app_id), &is_us, now)?;
    Ok(Proven { kind: CredentialKind::Certificate, key_id: signer.key_id })
}

fn check_federated(
    application: &Application,
    token: &str,
    outside: &Outside<'_>,
    now: Timestamp,
) -> Result<Proven, AssertionRefusal> {
    let token = FederatedToken::read(token)?;
    let trusted = trusted(application, &token.claims()?, outside.is_own_origin)?;
    let keys = outside.issuer_keys.as_ref().map_err(|fault| match fault {
        IssuerFault::Unreachable => AssertionRefusal::IssuerUnreachable,
        IssuerFault::NotAllowed => {
            AssertionRefusal::IssuerNotAllowed { issuer: trusted.issuer.clone() }
        }
    })?;
    let wanted =
        Trusted { issuer: &trusted.issuer, subject: &trusted.subject, audience: &trusted.audience };
    token.verify(&wanted, keys, now).map_err(|fault| match fault {
        AssertionFault::UnknownKey(kid) => {
            AssertionRefusal::IssuerKeyNotFound { kid, issuer: trusted.issuer.clone() }
        }
        other => other.into(),
    })?;
    Ok(Proven { kind: CredentialKind::Federated, key_id: trusted.id })
}

/// The federated credential that trusts exactly these claims. Tokens of this server are none:
/// they are for APIs, and an application that may get one may not become another by it.
fn trusted<'a>(
    application: &'a Application,
    claims: &Trusted<'_>,
    is_own_origin: &dyn Fn(&str) -> bool,
) -> Result<&'a FederatedCredential, AssertionRefusal> {
    let of_issuer = || application.federated.iter().filter(|one| one.issuer == claims.issuer);
    if of_issuer().next().is_none() {
        return Err(AssertionRefusal::UntrustedIssuer { issuer: claims.issuer.to_owned() });
    }
    let for_us = || of_issuer().filter(|one| one.audience == claims.audience);
    if for_us().next().is_none() {
        return Err(AssertionRefusal::UntrustedAudience { audience: claims.audience.to_owned() });
    }
    let found = for_us().find(|one| one.subject == claims.subject).ok_or_else(|| {
        let folded = |one: &FederatedCredential| one.subject.eq_ignore_ascii_case(claims.subject);
        AssertionRefusal::UntrustedSubject {
            subject: claims.subject.to_owned(),
            differs_in_case: for_us().any(folded),
        }
    })?;
    if is_own_issuer(claims.issuer, is_own_origin) {
        return Err(AssertionRefusal::OwnToken);
    }
    Ok(found)
}
