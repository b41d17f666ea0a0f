//! Whom we trust: the public authorities, and one more if the caller names it.

use std::path::Path;
use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use crate::error::{ClientError, ErrorKind};

/// The TLS settings of a client.
pub(super) fn tls_config(ca: Option<&Path>) -> Result<ClientConfig, ClientError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca {
        add_authority(&mut roots, path)?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| {
            ClientError::new(ErrorKind::Configuration, "TLS could not be set up").with_source(error)
        })?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn add_authority(roots: &mut RootCertStore, path: &Path) -> Result<(), ClientError> {
    let wrong = |problem: String| {
        let text = format!("the certificate authority {}: {problem}", path.display());
        ClientError::new(ErrorKind::Configuration, text)
            .with_hint("give the PEM file that the server's operator handed out, such as ca.pem")
    };
    let certificates = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong(error.to_string()))?;
    if certificates.is_empty() {
        return Err(wrong("the file holds no certificate".into()));
    }
    for certificate in certificates {
        roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
    }
    Ok(())
}
