//! Making the server's signing key: an RSA key under a self-signed certificate, so that `kid`,
//! `x5t` and `x5c` are real.

use jiff::Timestamp;
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256};
use rustls_pki_types::PrivatePkcs8KeyDer;
use vakt_identity::audit::Act;
use vakt_identity::{Identity, IdentityError, StoredSigningKey};
use vakt_token::{TokenError, generate_pkcs8, thumbprint};
use zeroize::Zeroizing;

use crate::certificates::{named, set_validity};

/// Life of the certificate around a signing key; validators look at the key only.
const CERTIFICATE_LIFETIME_DAYS: i64 = 5 * 365;

/// Makes a signing key if there is none.
pub(crate) async fn ensure_key(identity: &Identity, now: Timestamp) -> Result<(), IdentityError> {
    if identity.keys().await?.current(now).is_some() {
        return Ok(());
    }
    identity.rotate_keys(&new_key(now, now)?, &Act::of_server(now)).await
}

/// Makes a key that signs from some time on.
pub(crate) fn new_key(
    now: Timestamp,
    signs_from: Timestamp,
) -> Result<StoredSigningKey, TokenError> {
    let pkcs8 = Zeroizing::new(generate_pkcs8()?);
    let failed = |_| TokenError::Key("its certificate could not be made");
    let der = PrivatePkcs8KeyDer::from(pkcs8.as_slice());
    let pair = KeyPair::from_pkcs8_der_and_sign_algo(&der, &PKCS_RSA_SHA256).map_err(failed)?;
    let mut params = CertificateParams::default();
    params.distinguished_name = named("Vakt token signing");
    set_validity(&mut params, now, CERTIFICATE_LIFETIME_DAYS);
    let certificate = params.self_signed(&pair).map_err(failed)?;
    let certificate_der = certificate.der().to_vec();
    Ok(StoredSigningKey {
        kid: thumbprint(&certificate_der),
        pkcs8: Some(pkcs8),
        certificate_der,
        created_at: now,
        signs_from,
        retired_at: None,
    })
}
