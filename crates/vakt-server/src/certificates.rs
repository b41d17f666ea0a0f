//! The local CA and the server's certificate. Names in the certificate are the names answered
//! for: an own certificate is read, a local one is made to fit, and made anew before it expires.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose,
};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::folder::{DataFolder, FolderError, io_error, write_whole};

/// Life of the local CA.
const CA_LIFETIME_DAYS: i64 = 3650;
/// Life of a server certificate; browsers accept no more.
const SERVER_LIFETIME_DAYS: i64 = 397;
/// A certificate is made anew when less than this is left.
const RENEWAL_DAYS: i64 = 30;

/// Why there is no usable certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// Files.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// Making one.
    #[error("cannot make a certificate")]
    Make(#[from] rcgen::Error),
    /// Reading one.
    #[error("`{path}` is not a usable PEM {what}")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Certificate or key.
        what: &'static str,
    },
}

/// What TLS needs.
pub(crate) struct ServerCertificate {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
    /// DNS names and addresses of the certificate, lower case.
    pub names: Vec<String>,
}

/// Reads a certificate and key of the operator's own.
pub(crate) fn read(certificate: &Path, key: &Path) -> Result<ServerCertificate, CertificateError> {
    let unusable = |path: &Path, what| CertificateError::Unusable { path: path.to_owned(), what };
    let pem = fs::read(certificate).map_err(|e| io_error("read", certificate, e))?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let chain = chain.ok().filter(|chain| !chain.is_empty());
    let chain = chain.ok_or_else(|| unusable(certificate, "certificate"))?;
    let pem = zeroize::Zeroizing::new(fs::read(key).map_err(|e| io_error("read", key, e))?);
    let key_der = PrivateKeyDer::from_pem_slice(&pem).map_err(|_| unusable(key, "private key"))?;
    let first = chain.first().map_or(&[][..], |first| first.as_ref());
    let facts = Facts::of(first).ok_or_else(|| unusable(certificate, "certificate"))?;
    Ok(ServerCertificate { chain, key: key_der, names: facts.names })
}

/// The data folder's certificate, made or made anew when it does not fit. Certificate and key are
/// one file, so that no crash can part them.
pub(crate) fn ensure_local(
    folder: &DataFolder,
    names: &[String],
    now: Timestamp,
) -> Result<ServerCertificate, CertificateError> {
    let path = folder.tls().join("server.pem");
    let (ca, ca_is_new) = ensure_ca(folder, now)?;
    if path.exists() && !ca_is_new {
        let stored = read(&path, &path)?;
        let first = stored.chain.first().map_or(&[][..], |first| first.as_ref());
        let lasts = Facts::of(first).is_some_and(|facts| facts.lasts_beyond(now));
        if lasts && same_names(&stored.names, names) {
            return Ok(stored);
        }
    }
    issue(&ca, names, now, &path)?;
    read(&path, &path)
}

/// Exactly these: a name that is no longer given must not stay ours.
fn same_names(stored: &[String], wanted: &[String]) -> bool {
    wanted.iter().all(|name| stored.contains(name))
        && stored.iter().all(|name| wanted.contains(name))
}

/// The CA, and whether it was made just now.
fn ensure_ca(
    folder: &DataFolder,
    now: Timestamp,
) -> Result<(Issuer<'static, KeyPair>, bool), CertificateError> {
    let (certificate, key) = (folder.ca_certificate(), folder.tls().join("ca.key"));
    let is_new = !certificate.exists() || !key.exists();
    if is_new {
        let pair = KeyPair::generate()?;
        let mut params = CertificateParams::default();
        params.distinguished_name = named("Vakt local CA");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        set_validity(&mut params, now, CA_LIFETIME_DAYS);
        let made = params.self_signed(&pair)?;
        write_whole(&key, pair.serialize_pem().as_bytes(), true)?;
        write_whole(&certificate, made.pem().as_bytes(), false)?;
    }
    let read = |path: &Path| fs::read_to_string(path).map_err(|e| io_error("read", path, e));
    let pair = KeyPair::from_pem(&zeroize::Zeroizing::new(read(&key)?))?;
    Ok((Issuer::from_ca_cert_pem(&read(&certificate)?, pair)?, is_new))
}

fn issue(
    ca: &Issuer<'static, KeyPair>,
    names: &[String],
    now: Timestamp,
    path: &Path,
) -> Result<(), CertificateError> {
    let pair = KeyPair::generate()?;
    let mut params = CertificateParams::new(names.to_vec())?;
    params.distinguished_name = named("Vakt server");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    set_validity(&mut params, now, SERVER_LIFETIME_DAYS);
    let made = params.signed_by(&pair, ca)?;
    let both = zeroize::Zeroizing::new(made.pem() + &pair.serialize_pem());
    Ok(write_whole(path, both.as_bytes(), true)?)
}

pub(crate) fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

/// From a day ago, so that slow clocks accept it, for a number of days.
pub(crate) fn set_validity(params: &mut CertificateParams, now: Timestamp, days: i64) {
    let day = |offset: i64| {
        let shifted = now.saturating_add(SignedDuration::from_hours(24 * offset)).unwrap_or(now);
        let date = TimeZone::UTC.to_datetime(shifted).date();
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        rcgen::date_time_ymd(i32::from(date.year()), month, day)
    };
    params.not_before = day(-1);
    params.not_after = day(days);
}

/// What is read out of a certificate.
struct Facts {
    names: Vec<String>,
    not_after_second: i64,
}

impl Facts {
    fn of(der: &[u8]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        let mut names = Vec::new();
        if let Ok(Some(alternative)) = certificate.subject_alternative_name() {
            names.extend(alternative.value.general_names.iter().filter_map(name_text));
        }
        Some(Self { names, not_after_second: certificate.validity().not_after.timestamp() })
    }

    fn lasts_beyond(&self, now: Timestamp) -> bool {
        self.not_after_second > now.as_second() + RENEWAL_DAYS * 24 * 3600
    }
}

fn name_text(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(name.to_ascii_lowercase()),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|b| std::net::Ipv4Addr::from(b).to_string()),
            _ => <[u8; 16]>::try_from(*bytes).ok().map(|b| std::net::Ipv6Addr::from(b).to_string()),
        },
        _ => None,
    }
}
