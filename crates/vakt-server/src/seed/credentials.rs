//! Certificates and federated credentials that a seed gives an application.

use std::path::Path;

use vakt_identity::{Application, CertificateCredential, FederatedCredential, NewCertificate};
use vakt_ids::KeyId;
use vakt_token::Certificate;

use super::file::{SeedApp, SeedFederated};
use crate::chance;

/// Read and found good; the problems are texts for the operator.
pub(super) struct SeedCredentials<'a> {
    certificates: Vec<Certificate>,
    federated: &'a [SeedFederated],
}

impl<'a> SeedCredentials<'a> {
    /// Reads the file that `certificate` names; of a file with a private key beside it, the
    /// certificate alone is taken.
    pub(super) fn read(wanted: &'a SeedApp, folder: &Path) -> Result<Self, String> {
        let read = |name: &String| {
            let file = folder.join(name);
            let bytes = std::fs::read(&file).map_err(|error| {
                format!("certificate: cannot read `{}`: {error}", file.display())
            })?;
            Certificate::read(&bytes)
                .map_err(|fault| format!("certificate: `{}`: {fault}", file.display()))
        };
        let certificates = wanted.certificate.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { certificates, federated: &wanted.federated })
    }

    /// Is one of them not there yet?
    pub(super) fn are_missing(&self, application: &Application) -> bool {
        self.missing_certificates(application).next().is_some()
            || self.missing_federated(application).next().is_some()
    }

    /// Adds what is not there yet; what is there stays.
    pub(super) fn add_to(&self, application: &mut Application) -> Result<(), String> {
        let missing = self.missing_certificates(application).cloned().map(kept);
        let missing = missing.collect::<Result<Vec<_>, _>>()?;
        application.certificates.extend(missing);
        let missing: Vec<_> = self.missing_federated(application).map(federated).collect();
        for one in &missing {
            one.check().map_err(|fault| format!("federated: {fault}"))?;
        }
        application.federated.extend(missing);
        Ok(())
    }

    fn missing_certificates(
        &self,
        application: &Application,
    ) -> impl Iterator<Item = &Certificate> {
        let held = |wanted: &&Certificate| {
            let mut held = application.certificates.iter();
            !held.any(|one| one.thumbprint_sha256 == wanted.thumbprint_sha256)
        };
        self.certificates.iter().filter(held)
    }

    fn missing_federated(&self, application: &Application) -> impl Iterator<Item = &SeedFederated> {
        let held = |wanted: &&SeedFederated| {
            !application.federated.iter().any(|one| one.name == wanted.name)
        };
        self.federated.iter().filter(held)
    }
}

fn kept(certificate: Certificate) -> Result<CertificateCredential, String> {
    let new = NewCertificate {
        key_id: KeyId::from_random_bytes(chance::bytes()),
        certificate,
        display_name: Some("seed".into()),
        custom_key_identifier: None,
        starts_at: None,
        expires_at: None,
    };
    new.into_credential().map_err(|fault| format!("certificate: {fault}"))
}

fn federated(wanted: &SeedFederated) -> FederatedCredential {
    FederatedCredential {
        id: KeyId::from_random_bytes(chance::bytes()),
        name: wanted.name.clone(),
        issuer: wanted.issuer.clone(),
        subject: wanted.subject.clone(),
        audience: wanted.audience.clone(),
        description: Some("seed".into()),
    }
}
