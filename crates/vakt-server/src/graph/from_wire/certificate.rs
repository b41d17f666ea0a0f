//! Certificates as clients send them: base64 of DER, of PEM, or of base64 once more.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use vakt_identity::{CertificateCredential, NewCertificate};
use vakt_ids::KeyId;
use vakt_token::Certificate;
use vakt_wire::graph as wire;

use crate::chance;
use crate::clock::whole_ticks;
use crate::graph::errors::bad_request;
use crate::graph::keys::body_id;
use crate::problem::Problem;

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const WITH_SLASHES: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
const WITH_DASHES: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

/// A whole list. A member without bytes stands for the one with its key id that is there already:
/// so clients send back what they read.
pub(super) fn list(
    wanted: &[wire::KeyCredential],
    present: &[CertificateCredential],
) -> Result<Vec<CertificateCredential>, Problem> {
    wanted.iter().map(|one| kept_or_new(one, present)).collect()
}

fn kept_or_new(
    wanted: &wire::KeyCredential,
    present: &[CertificateCredential],
) -> Result<CertificateCredential, Problem> {
    if wanted.key.as_ref().is_some_and(|key| !key.is_empty()) {
        return read(wanted);
    }
    let Some(id) = &wanted.key_id else {
        return Err(bad_request("keyCredentials: key is missing; send the certificate in it"));
    };
    let id: KeyId = body_id("keyCredentials.keyId", id)?;
    let kept = present.iter().find(|one| one.key_id == id).ok_or_else(|| {
        bad_request(format!(
            "keyCredentials: there is no certificate with keyId `{id}`; send a new one with its key"
        ))
    })?;
    let mut kept = kept.clone();
    if wanted.display_name.is_some() {
        kept.display_name.clone_from(&wanted.display_name);
    }
    Ok(kept)
}

/// A new certificate.
pub(in crate::graph) fn read(
    wanted: &wire::KeyCredential,
) -> Result<CertificateCredential, Problem> {
    check_words(wanted)?;
    let key = wanted.key.as_deref().unwrap_or_default();
    let certificate = Certificate::read(&decoded(key))
        .map_err(|fault| bad_request(format!("keyCredentials: key: {fault}")))?;
    let key_id = match &wanted.key_id {
        Some(id) => body_id("keyCredentials.keyId", id)?,
        None => KeyId::from_random_bytes(chance::bytes()),
    };
    let mark = wanted.custom_key_identifier.as_deref().map(read_mark).transpose()?;
    let new = NewCertificate {
        key_id,
        certificate,
        display_name: wanted.display_name.clone(),
        custom_key_identifier: mark.filter(|mark| !mark.is_empty()),
        starts_at: wanted.start_date_time.map(whole_ticks),
        expires_at: wanted.end_date_time.map(whole_ticks),
    };
    new.into_credential().map_err(|fault| bad_request(format!("keyCredentials: {fault}")))
}

fn check_words(wanted: &wire::KeyCredential) -> Result<(), Problem> {
    let is = |word: &Option<String>, wanted: &str| {
        word.as_ref().is_none_or(|word| word.eq_ignore_ascii_case(wanted))
    };
    if !is(&wanted.kind, "AsymmetricX509Cert") {
        return Err(bad_request(
            "keyCredentials: type must be AsymmetricX509Cert; other keys sign or encrypt nothing \
             here",
        ));
    }
    if !is(&wanted.usage, "Verify") {
        return Err(bad_request(
            "keyCredentials: usage must be Verify; private keys stay with their owner",
        ));
    }
    Ok(())
}

/// The bytes inside; the text itself where it is no base64, such as PEM.
fn decoded(text: &str) -> Vec<u8> {
    let bare: String = text.split_ascii_whitespace().collect();
    let decoded = WITH_SLASHES.decode(&bare).or_else(|_| WITH_DASHES.decode(&bare));
    decoded.unwrap_or_else(|_| text.as_bytes().to_vec())
}

fn read_mark(text: &str) -> Result<Vec<u8>, Problem> {
    let decoded = WITH_SLASHES.decode(text).or_else(|_| WITH_DASHES.decode(text));
    decoded.map_err(|_| bad_request("keyCredentials: customKeyIdentifier is not base64"))
}
