//! Certificates of an application: uploaded and removed.

use askama::Template;
use vakt_identity::{Application, CertificateCredential, IdentityError, NewCertificate, ObjectKey};
use vakt_ids::KeyId;
use vakt_token::Certificate;

use super::super::confirmation::Confirmation;
use super::super::desk::Desk;
use super::super::frame::Frame;
use super::super::moment::day;
use super::super::problems::{Problems, sentence};
use super::{APPLICATIONS, below_frame, named, nothing_named};
use crate::chance;
use crate::pages::{Page, Stop, Visit};

/// Longest description, in characters.
const DESCRIPTION_LENGTH_MAX_CHARS: usize = 128;

#[derive(Template)]
#[template(path = "portal/applications/certificate.html")]
struct FormPage<'a> {
    frame: Frame,
    description: &'a str,
    certificate: &'a str,
    back: String,
    problems: Problems,
}

/// `GET /portal/applications/{id}/certificates/add`
pub(in crate::portal) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    form(&desk, &application, Problems::none())
}

/// `POST /portal/applications/{id}/certificates/add`
pub(in crate::portal) async fn add(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let new = match read(&desk, &application) {
        Ok(new) => new,
        Err(problems) => return form(&desk, &application, problems),
    };
    let (key, act) = (ObjectKey::App(application.app_id), desk.act(&visit));
    let change = move |application: &mut Application| {
        application.certificates.push(new);
        Ok(())
    };
    match visit.app.identity.change_application(desk.tenant.id, key, &act, change).await {
        Ok(_) => Ok(Page::go_to(format!("{}?done=certificate", back(&application)))),
        Err(error) => form(&desk, &application, Problems::refused("certificate", error)?),
    }
}

fn read(desk: &Desk, application: &Application) -> Result<CertificateCredential, Problems> {
    let text = desk.form.text("certificate").trim();
    let description = desk.form.text("description").trim();
    let mut problems = Problems::none();
    if description.chars().count() > DESCRIPTION_LENGTH_MAX_CHARS {
        let text =
            format!("The description is longer than {DESCRIPTION_LENGTH_MAX_CHARS} characters.");
        problems.add("description", text);
    }
    if text.contains("PRIVATE KEY") {
        let text = "This holds a private key, which must not leave its owner. Paste the part \
                    between BEGIN CERTIFICATE and END CERTIFICATE only, and consider the key lost.";
        problems.add("certificate", text);
        return Err(problems);
    }
    let terms = Certificate::read(text.as_bytes()).map_err(|fault| fault.to_string());
    let terms = terms.and_then(|certificate| {
        let new = NewCertificate {
            key_id: KeyId::from_random_bytes(chance::bytes()),
            certificate,
            display_name: (!description.is_empty()).then(|| description.to_owned()),
            custom_key_identifier: None,
            starts_at: None,
            expires_at: None,
        };
        new.into_credential().map_err(|fault| fault.to_string())
    });
    let thumbprint = |one: &CertificateCredential| one.thumbprint_sha256;
    match terms {
        Err(fault) => problems.add("certificate", sentence(&fault)),
        Ok(new)
            if application.certificates.iter().any(|one| thumbprint(one) == thumbprint(&new)) =>
        {
            problems.add("certificate", "This certificate is there already.");
        }
        Ok(new) if problems.is_empty() => return Ok(new),
        Ok(_) => {}
    }
    Err(problems)
}

fn form(desk: &Desk, application: &Application, problems: Problems) -> Result<Page, Stop> {
    let status = problems.status();
    let pasted = desk.form.text("certificate");
    let page = desk.page(&FormPage {
        frame: below_frame(desk, application, "/credentials", "Upload certificate"),
        description: desk.form.text("description"),
        certificate: if pasted.contains("PRIVATE KEY") { "" } else { pasted },
        back: back(application),
        problems,
    })?;
    Ok(page.status(status))
}

fn back(application: &Application) -> String {
    format!("{APPLICATIONS}/{}/credentials", application.app_id)
}

/// `GET /portal/applications/{id}/certificates/{key}/remove`
pub(in crate::portal) async fn ask_remove(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let key: Option<KeyId> = visit.segment(1).parse().ok();
    let found = application.certificates.iter().find(|one| Some(one.key_id) == key);
    let certificate = found.ok_or_else(|| nothing_named("certificate"))?;
    let label = certificate.display_name.as_deref().unwrap_or_default();
    Confirmation {
        frame: below_frame(&desk, &application, "/credentials", "Remove a certificate"),
        question: format!("Remove the certificate “{label}”?"),
        effects: vec![
            format!("It expires on {}.", day(certificate.expires_at)),
            "Whatever still signs with its key gets no more tokens.".into(),
        ],
        button: "Remove",
        class: "danger",
        back: back(&application),
        problems: Problems::none(),
    }
    .page(&desk)
}

/// `POST /portal/applications/{id}/certificates/{key}/remove`
pub(in crate::portal) async fn remove(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let wanted: KeyId = visit.segment(1).parse().map_err(|_| nothing_named("certificate"))?;
    let change = move |application: &mut Application| {
        let before = application.certificates.len();
        application.certificates.retain(|one| one.key_id != wanted);
        if application.certificates.len() < before {
            return Ok(());
        }
        Err(IdentityError::NotFound { what: "certificate", name: wanted.to_string() })
    };
    let (key, act) = (ObjectKey::App(application.app_id), desk.act(&visit));
    match visit.app.identity.change_application(desk.tenant.id, key, &act, change).await {
        Ok(_) => Ok(Page::go_to(format!("{}?done=removed", back(&application)))),
        Err(IdentityError::NotFound { .. }) => Err(nothing_named("certificate")),
        Err(error) => Err(error.into()),
    }
}
