//! `certificate PFX SCOPE`: prints a token that `ClientCertificateCredential` got out of the
//! environment's authority, tenant and client.

use azure_core::credentials::{SecretBytes, TokenCredential};
use azure_identity::ClientCertificateCredential;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (pfx, scope) = (arguments.next().ok_or("no file")?, arguments.next().ok_or("no scope")?);
    let (tenant, client) = (std::env::var("TENANT_ID")?, std::env::var("CLIENT_ID")?);
    let certificate = SecretBytes::new(std::fs::read(pfx)?);
    let credential = ClientCertificateCredential::new(tenant, client, certificate, None)?;
    println!("{}", credential.get_token(&[&scope], None).await?.token.secret());
    Ok(())
}
