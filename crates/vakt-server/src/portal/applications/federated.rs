//! Federated credentials of an application: added and removed.

use askama::Template;
use vakt_identity::{
    Application, ApplicationFault, FederatedCredential, FederatedFault, IdentityError, ObjectKey,
};
use vakt_ids::KeyId;

use super::super::confirmation::Confirmation;
use super::super::desk::Desk;
use super::super::frame::Frame;
use super::super::problems::{Problems, sentence};
use super::{APPLICATIONS, below_frame, named, nothing_named};
use crate::chance;
use crate::pages::{Page, Stop, Visit};

/// The audience that Microsoft's documents name.
const USUAL_AUDIENCE: &str = "api://AzureADTokenExchange";

#[derive(Template)]
#[template(path = "portal/applications/federated.html")]
struct FormPage<'a> {
    frame: Frame,
    name: &'a str,
    issuer: &'a str,
    subject: &'a str,
    audience: &'a str,
    description: &'a str,
    back: String,
    problems: Problems,
}

/// `GET /portal/applications/{id}/federated/add`
pub(in crate::portal) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    form(&desk, &application, Problems::none())
}

/// `POST /portal/applications/{id}/federated/add`
pub(in crate::portal) async fn add(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let text = |name: &str| desk.form.text(name).trim().to_owned();
    let new = FederatedCredential {
        id: KeyId::from_random_bytes(chance::bytes()),
        name: text("name"),
        issuer: text("issuer"),
        subject: text("subject"),
        audience: text("audience"),
        description: Some(text("description")).filter(|text| !text.is_empty()),
    };
    let change = move |application: &mut Application| {
        application.federated.push(new);
        Ok(())
    };
    let (key, act) = (ObjectKey::App(application.app_id), desk.act(&visit));
    match visit.app.identity.change_application(desk.tenant.id, key, &act, change).await {
        Ok(_) => Ok(Page::go_to(format!("{}?done=federated", back(&application)))),
        Err(IdentityError::Application(fault)) => {
            let problems = Problems::one(field_of(&fault), sentence(&fault.to_string()));
            form(&desk, &application, problems)
        }
        Err(error) => form(&desk, &application, Problems::refused("", error)?),
    }
}

/// The field that a fault is about.
fn field_of(fault: &ApplicationFault) -> &'static str {
    match fault {
        ApplicationFault::Federated(FederatedFault::Name(_))
        | ApplicationFault::RepeatedFederatedName(_) => "name",
        ApplicationFault::Federated(FederatedFault::Issuer(_)) => "issuer",
        ApplicationFault::Federated(FederatedFault::Text { member }) => match *member {
            "issuer" => "issuer",
            "subject" => "subject",
            "audiences" => "audience",
            _ => "description",
        },
        ApplicationFault::RepeatedSubject(_) => "subject",
        _ => "",
    }
}

fn form(desk: &Desk, application: &Application, problems: Problems) -> Result<Page, Stop> {
    let (form, status) = (&desk.form, problems.status());
    let audience = form.text("audience");
    let page = desk.page(&FormPage {
        frame: below_frame(desk, application, "/credentials", "Add federated credential"),
        name: form.text("name"),
        issuer: form.text("issuer"),
        subject: form.text("subject"),
        audience: if problems.is_empty() { USUAL_AUDIENCE } else { audience },
        description: form.text("description"),
        back: back(application),
        problems,
    })?;
    Ok(page.status(status))
}

fn back(application: &Application) -> String {
    format!("{APPLICATIONS}/{}/credentials", application.app_id)
}

/// `GET /portal/applications/{id}/federated/{key}/remove`
pub(in crate::portal) async fn ask_remove(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let key: Option<KeyId> = visit.segment(1).parse().ok();
    let found = application.federated.iter().find(|one| Some(one.id) == key);
    let credential = found.ok_or_else(|| nothing_named("federated credential"))?;
    Confirmation {
        frame: below_frame(&desk, &application, "/credentials", "Remove a federated credential"),
        question: format!("Remove the federated credential “{}”?", credential.name),
        effects: vec![format!(
            "Tokens of {} for {} no longer stand for the application.",
            credential.issuer, credential.subject
        )],
        button: "Remove",
        class: "danger",
        back: back(&application),
        problems: Problems::none(),
    }
    .page(&desk)
}

/// `POST /portal/applications/{id}/federated/{key}/remove`
pub(in crate::portal) async fn remove(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let missing = || nothing_named("federated credential");
    let wanted: KeyId = visit.segment(1).parse().map_err(|_| missing())?;
    let change = move |application: &mut Application| {
        let before = application.federated.len();
        application.federated.retain(|one| one.id != wanted);
        if application.federated.len() < before {
            return Ok(());
        }
        Err(IdentityError::NotFound { what: "federated credential", name: wanted.to_string() })
    };
    let (key, act) = (ObjectKey::App(application.app_id), desk.act(&visit));
    match visit.app.identity.change_application(desk.tenant.id, key, &act, change).await {
        Ok(_) => Ok(Page::go_to(format!("{}?done=removed", back(&application)))),
        Err(IdentityError::NotFound { .. }) => Err(missing()),
        Err(error) => Err(error.into()),
    }
}
