//! What an application proves itself with: secrets, certificates, subjects of foreign issuers.

use askama::Template;
use jiff::Timestamp;
use vakt_identity::{CertificateCredential, FederatedCredential, SecretCredential};

use super::super::desk::{Desk, Right};
use super::super::frame::Frame;
use super::super::moment::{Rest, day};
use super::{Tabs, named, tab_frame};
use crate::pages::{Page, Stop, Visit};

#[derive(Template)]
#[template(path = "portal/applications/credentials.html")]
struct CredentialsPage {
    frame: Frame,
    tabs: Tabs,
    secrets: Vec<Line>,
    certificates: Vec<Line>,
    federated: Vec<Federated>,
    may_manage: bool,
}

/// A secret or a certificate.
struct Line {
    id: String,
    label: String,
    /// What it is told by: a secret's first letters, a certificate's thumbprint.
    sign: String,
    expires: String,
    rest: Rest,
}

struct Federated {
    id: String,
    name: String,
    issuer: String,
    subject: String,
}

/// `GET /portal/applications/{id}/credentials`
pub(in crate::portal) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let now = visit.now;
    let frame = tab_frame(&desk, &application);
    desk.page(&CredentialsPage {
        frame: frame.told(match visit.query("done").as_deref() {
            Some("certificate") => Some("The certificate is added."),
            Some("federated") => Some("The federated credential is added."),
            Some("removed") => Some("It is removed, and good for no new token."),
            _ => None,
        }),
        tabs: Tabs::of(&application, "/credentials"),
        secrets: application.secrets.iter().map(|one| secret(one, now)).collect(),
        certificates: application.certificates.iter().map(|one| certificate(one, now)).collect(),
        federated: application.federated.iter().map(federated).collect(),
        may_manage: desk.may(Right::ManageApplications),
    })
}

fn secret(one: &SecretCredential, now: Timestamp) -> Line {
    Line {
        id: one.key_id.to_string(),
        label: one.description.clone().unwrap_or_default(),
        sign: format!("{}…", one.hint),
        expires: day(one.expires_at),
        rest: Rest::of(one.starts_at, one.expires_at, now),
    }
}

fn certificate(one: &CertificateCredential, now: Timestamp) -> Line {
    Line {
        id: one.key_id.to_string(),
        label: one.display_name.clone().unwrap_or_default(),
        sign: one.thumbprint_sha1.iter().map(|byte| format!("{byte:02X}")).collect(),
        expires: day(one.expires_at),
        rest: Rest::of(one.starts_at, one.expires_at, now),
    }
}

fn federated(one: &FederatedCredential) -> Federated {
    Federated {
        id: one.id.to_string(),
        name: one.name.clone(),
        issuer: one.issuer.clone(),
        subject: one.subject.clone(),
    }
}
