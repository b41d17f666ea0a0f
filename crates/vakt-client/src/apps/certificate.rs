//! Certificates that an application proves itself with.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use vakt_token::Certificate;
use vakt_wire::graph::{Application, KeyCredential};

use crate::error::{ClientError, ErrorKind};
use crate::graph::Graph;

/// Registers a certificate (PEM or DER; a private key beside it in the file stays here) and gives
/// it as the server keeps it. One that is registered already is given as it is.
pub async fn add_certificate(
    graph: Graph<'_>,
    application: &Application,
    certificate: &[u8],
    description: Option<&str>,
) -> Result<KeyCredential, ClientError> {
    let certificate = Certificate::read(certificate).map_err(|fault| {
        ClientError::new(ErrorKind::Configuration, format!("the certificate: {fault}"))
            .with_hint("give a PEM file; `--generate FILE` makes a key and a certificate")
    })?;
    let identifier = STANDARD.encode(certificate.thumbprint_sha1);
    let is_it = |known: &&KeyCredential| known.custom_key_identifier.as_ref() == Some(&identifier);
    if let Some(known) = application.key_credentials.iter().find(is_it) {
        return Ok(known.clone());
    }
    let mut all = application.key_credentials.clone();
    all.push(KeyCredential {
        kind: Some("AsymmetricX509Cert".into()),
        usage: Some("Verify".into()),
        display_name: Some(description.unwrap_or(&certificate.subject).to_owned()),
        custom_key_identifier: Some(identifier.clone()),
        key: Some(STANDARD.encode(&certificate.der)),
        ..KeyCredential::default()
    });
    graph.replace_certificates(&application.id, &all).await?;
    let now_there = graph.application(&application.id).await?.unwrap_or_default();
    now_there.key_credentials.into_iter().find(|known| is_it(&known)).ok_or_else(|| {
        let text = "the server took the certificate and does not list it";
        ClientError::new(ErrorKind::UnexpectedAnswer, text)
            .with_hint("look again with `vakt app certificate list`")
    })
}

/// Removes a certificate, named by key id or by its SHA-1 thumbprint in hexadecimal digits, and
/// gives what was removed.
pub async fn remove_certificate(
    graph: Graph<'_>,
    application: &Application,
    reference: &str,
) -> Result<KeyCredential, ClientError> {
    let is_it = |known: &KeyCredential| {
        let is_key = known.key_id.as_deref().is_some_and(|key| key.eq_ignore_ascii_case(reference));
        is_key || thumbprint(known).is_some_and(|text| text.eq_ignore_ascii_case(reference))
    };
    let (removed, kept): (Vec<_>, Vec<_>) =
        application.key_credentials.iter().cloned().partition(is_it);
    let Some(removed) = removed.into_iter().next() else {
        let text = format!("`{}` has no certificate {reference}", application.display_name);
        return Err(ClientError::new(ErrorKind::NotFound, text)
            .with_hint("`vakt app certificate list` shows key ids and thumbprints"));
    };
    graph.replace_certificates(&application.id, &kept).await?;
    Ok(removed)
}

/// A certificate's SHA-1 thumbprint in hexadecimal digits, as other tools show it; `None` if its
/// owner marked it with something else.
pub fn thumbprint(certificate: &KeyCredential) -> Option<String> {
    let bytes = STANDARD.decode(certificate.custom_key_identifier.as_ref()?).ok()?;
    let is_sha1 = bytes.len() == 20;
    is_sha1.then(|| bytes.iter().map(|byte| format!("{byte:02X}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::pair;
    use crate::script::{answer, client};

    fn application(keys: &str) -> Application {
        let text =
            format!(r#"{{"id":"o","appId":"a","displayName":"siem","keyCredentials":{keys}}}"#);
        serde_json::from_str(&text).unwrap()
    }

    const OLD: &str = r#"{"keyId":"k1","customKeyIdentifier":"AAAAAAAAAAAAAAAAAAAAAAAAAAA=","type":"AsymmetricX509Cert","usage":"Verify","key":null}"#;
    const OLD_SENT: &str = r#"{"customKeyIdentifier":"AAAAAAAAAAAAAAAAAAAAAAAAAAA=","keyId":"k1","type":"AsymmetricX509Cert","usage":"Verify"}"#;

    #[tokio::test]
    async fn a_certificate_is_added_to_those_that_are_there() {
        let (key, pem) = pair();
        let known = Certificate::read(pem.as_bytes()).unwrap();
        let identifier = STANDARD.encode(known.thumbprint_sha1);
        let new = format!(r#"{{"keyId":"k2","customKeyIdentifier":"{identifier}"}}"#);
        let after = format!(r#"{{"id":"o","appId":"a","keyCredentials":[{OLD},{new}]}}"#);
        let (client, script) = client(vec![answer(204, ""), answer(200, &after)]);
        let application = application(&format!("[{OLD}]"));
        let both = format!("{key}{pem}");
        let added = add_certificate(client.graph(), &application, both.as_bytes(), Some("d")).await;
        assert_eq!(added.unwrap().key_id.as_deref(), Some("k2"));
        let sent = script.lines();
        assert!(
            sent[0].starts_with(&format!(
                "PATCH /v1.0/applications/o {{\"keyCredentials\":[{OLD_SENT},"
            )),
            "{}",
            sent[0]
        );
        assert!(sent[0].contains(&STANDARD.encode(&known.der)));
        assert!(!sent[0].contains("PRIVATE"));
    }

    #[tokio::test]
    async fn one_that_is_there_is_not_added_again() {
        let (_, pem) = pair();
        let known = Certificate::read(pem.as_bytes()).unwrap();
        let identifier = STANDARD.encode(known.thumbprint_sha1);
        let application =
            application(&format!(r#"[{{"keyId":"k2","customKeyIdentifier":"{identifier}"}}]"#));
        let (client, script) = client(vec![]);
        let added = add_certificate(client.graph(), &application, pem.as_bytes(), None).await;
        assert_eq!(added.unwrap().key_id.as_deref(), Some("k2"));
        assert!(script.sent().is_empty());
    }

    #[tokio::test]
    async fn certificates_are_removed_by_key_id_or_thumbprint() {
        let zeros = "00".repeat(20);
        for (reference, expected) in [
            ("K1", Ok("k1")),
            (zeros.as_str(), Ok("k1")),
            ("k2", Err("`siem` has no certificate k2")),
        ] {
            let (client, script) = client(vec![answer(204, "")]);
            let application = application(&format!("[{OLD}]"));
            let removed = remove_certificate(client.graph(), &application, reference).await;
            match expected {
                Ok(key) => {
                    assert_eq!(removed.unwrap().key_id.as_deref(), Some(key));
                    let sent = [r#"PATCH /v1.0/applications/o {"keyCredentials":[]}"#];
                    assert_eq!(script.lines(), sent);
                }
                Err(text) => assert_eq!(removed.unwrap_err().to_string(), text),
            }
        }
    }
}
