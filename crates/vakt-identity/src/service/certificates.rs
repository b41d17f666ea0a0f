//! Certificates added and removed by those who hold the key of one that is there already. (The
//! first one, and whole lists, go through [`Identity::change_application`].)

use jiff::Timestamp;
use vakt_ids::{KeyId, TenantId};
use vakt_token::KeyProof;

use super::Identity;
use crate::audit::Act;
use crate::credential::{CertificateCredential, signer};
use crate::directory::Holder;
use crate::error::IdentityError;

impl Identity {
    /// Adds a certificate, if `proof` is signed with the key of one that is valid now.
    pub async fn add_certificate(
        &self,
        tenant: TenantId,
        holder: Holder,
        new: CertificateCredential,
        (proof, act): (&KeyProof, &Act),
    ) -> Result<(), IdentityError> {
        self.change_certificates(tenant, holder, act, move |held, object| {
            check_proof(held, object, proof, act.at)?;
            held.push(new);
            Ok(())
        })
        .await
    }

    /// Removes a certificate, if `proof` is signed with the key of one that is valid now, be it
    /// the one that goes.
    pub async fn remove_certificate(
        &self,
        tenant: TenantId,
        holder: Holder,
        key: KeyId,
        (proof, act): (&KeyProof, &Act),
    ) -> Result<(), IdentityError> {
        self.change_certificates(tenant, holder, act, move |held, object| {
            check_proof(held, object, proof, act.at)?;
            let before = held.len();
            held.retain(|one| one.key_id != key);
            if held.len() == before {
                return Err(IdentityError::Invalid(format!(
                    "No key credential found with keyId '{key}'. Read keyCredentials for those \
                     that are there."
                )));
            }
            Ok(())
        })
        .await
    }

    async fn change_certificates(
        &self,
        tenant: TenantId,
        holder: Holder,
        act: &Act,
        change: impl FnOnce(&mut Vec<CertificateCredential>, &str) -> Result<(), IdentityError> + Send,
    ) -> Result<(), IdentityError> {
        match holder {
            Holder::Application(key) => {
                self.change_application(tenant, key, act, |application| {
                    change(&mut application.certificates, &application.object_id.to_string())
                })
                .await?;
            }
            Holder::ServicePrincipal(key) => {
                self.change_service_principal(tenant, key, act, |principal| {
                    change(&mut principal.certificates, &principal.object_id.to_string())
                })
                .await?;
            }
        }
        Ok(())
    }
}

fn check_proof(
    held: &[CertificateCredential],
    object: &str,
    proof: &KeyProof,
    now: Timestamp,
) -> Result<(), IdentityError> {
    if !held.iter().any(|one| one.is_live(now)) {
        return Err(IdentityError::Invalid(
            "there is no valid certificate that could have signed a proof; set keyCredentials \
             with PATCH instead"
                .into(),
        ));
    }
    proof.check(object, now).map_err(|fault| refused(&fault.to_string()))?;
    let held: Vec<&CertificateCredential> = held.iter().collect();
    signer(&held, &proof.hint(), &|key| proof.is_signed_by(key), now)
        .map(drop)
        .map_err(|_| refused("no certificate of this object that is valid now signed it"))
}

fn refused(why: &str) -> IdentityError {
    IdentityError::Invalid(format!(
        "proof: {why}; sign a JWT with the key of a valid certificate, with the object id as \
         `iss`, `00000002-0000-0000-c000-000000000000` as `aud`, and at most ten minutes between \
         `nbf` and `exp`"
    ))
}
