//! What the server would never sign, signed with the server's own key, or with none of its keys.

use std::fs;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tempfile::TempDir;
use vakt_identity::StoredSigningKey;
use vakt_storage::{Database, SealingKey};

use crate::server::TestServer;
use crate::world::World;

/// A forger's bench.
pub struct Forge {
    key: RsaKeyPair,
    kid: String,
    certificate: Vec<u8>,
}

impl Forge {
    /// With the server's own key, read out of a copy of its data folder.
    pub async fn with_key_of(world: &World) -> Self {
        let stored = stored_key(world.server()).await;
        let key = RsaKeyPair::from_pkcs8(stored.pkcs8.as_ref().unwrap()).unwrap();
        Self { key, kid: stored.kid, certificate: stored.certificate_der }
    }

    /// With a fresh key that passes itself off as this one.
    pub fn impostor_of(&self) -> Self {
        let key = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        Self { key, kid: self.kid.clone(), certificate: self.certificate.clone() }
    }

    /// The header of a v1.0 token.
    pub fn header(&self) -> Value {
        json!({ "typ": "JWT", "alg": "RS256", "kid": self.kid, "x5t": self.kid })
    }

    /// Signs with RSA, whatever the header says.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = signing_input(header, claims);
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// Signs with HMAC under what is public of the key: the classic confusion.
    pub fn sign_hs256(&self, claims: &Value, public: &[u8]) -> String {
        let signed =
            signing_input(&json!({ "typ": "JWT", "alg": "HS256", "kid": self.kid }), claims);
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, public), signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref()))
    }

    /// Leaves the signature empty.
    pub fn unsigned(&self, alg: &str, claims: &Value) -> String {
        let header = json!({ "typ": "JWT", "alg": alg, "kid": self.kid });
        format!("{}.", signing_input(&header, claims))
    }

    /// Everything about the key that its owner publishes, in the forms a library might feed to
    /// HMAC: PEM and DER of the certificate, DER of the public key.
    pub fn public_forms(&self) -> Vec<Vec<u8>> {
        let base64 = base64::engine::general_purpose::STANDARD.encode(&self.certificate);
        let pem = format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n");
        let public = self.key.public_key().as_ref().to_vec();
        vec![pem.into_bytes(), self.certificate.clone(), public]
    }
}

/// Header and claims of a token, unverified.
pub fn decode(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
    let mut json = || serde_json::from_slice(&parts.next().unwrap()).unwrap();
    (json(), json())
}

fn signing_input(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

async fn stored_key(server: &TestServer) -> StoredSigningKey {
    let folder = server.folder();
    let copy = TempDir::with_prefix("vakt-test-forge-").unwrap();
    let database = match server.database() {
        Some(database) => Database::Postgres(database.url().into()),
        None => {
            for name in ["vakt.db", "vakt.db-wal"] {
                if folder.join(name).exists() {
                    fs::copy(folder.join(name), copy.path().join(name)).unwrap();
                }
            }
            Database::Sqlite(copy.path().join("vakt.db"))
        }
    };
    let hex = fs::read_to_string(folder.join("seal.key")).unwrap();
    let key = SealingKey::from_hex(&hex).unwrap();
    let store = vakt_storage::open(&database, key).await.unwrap();
    let newest = store.signing_keys().await.unwrap().pop().unwrap();
    store.close().await;
    newest
}
