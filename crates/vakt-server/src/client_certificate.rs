//! Keys and certificates for applications that prove themselves without a secret.

use jiff::Timestamp;
use rcgen::{CertificateParams, KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256};
use rustls_pki_types::PrivatePkcs8KeyDer;
use secrecy::SecretString;
use vakt_token::{TokenError, generate_pkcs8};
use zeroize::Zeroizing;

use crate::certificates::{named, set_validity};

/// A key with its certificate.
#[derive(Debug)]
pub struct NewClientCertificate {
    /// Private key and certificate, PEM.
    pub key_and_certificate: SecretString,
    /// The certificate alone, PEM.
    pub certificate: String,
}

/// Makes an RSA key and a self-signed certificate over it that names `name` and is good for so
/// many days from `now`.
pub fn new_client_certificate(
    name: &str,
    now: Timestamp,
    days: i64,
) -> Result<NewClientCertificate, TokenError> {
    let pkcs8 = Zeroizing::new(generate_pkcs8()?);
    let failed = |_| TokenError::Key("its certificate could not be made");
    let der = PrivatePkcs8KeyDer::from(pkcs8.as_slice());
    let pair = KeyPair::from_pkcs8_der_and_sign_algo(&der, &PKCS_RSA_SHA256).map_err(failed)?;
    let mut params = CertificateParams::default();
    params.distinguished_name = named(name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    set_validity(&mut params, now, days);
    let certificate = params.self_signed(&pair).map_err(failed)?.pem();
    let key = Zeroizing::new(pair.serialize_pem());
    let both = format!("{}{certificate}", key.as_str());
    Ok(NewClientCertificate { key_and_certificate: both.into(), certificate })
}
