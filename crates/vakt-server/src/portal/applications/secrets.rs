//! Client secrets: made, shown once, removed. The value is in the answer to the form, and nowhere
//! afterwards. The form brings the id of the secret it makes, so that sending it again (by loading
//! the page anew) makes no second one.

use askama::Template;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use vakt_identity::{Application, NewSecret, ObjectKey};
use vakt_ids::KeyId;

use super::super::confirmation::Confirmation;
use super::super::desk::Desk;
use super::super::frame::Frame;
use super::super::moment::{day, moment};
use super::super::problems::Problems;
use super::{APPLICATIONS, below_frame, named, nothing_named};
use crate::chance;
use crate::clock::whole_ticks;
use crate::pages::{Page, Stop, Visit};

/// Longest description, in characters (Entra's own limit).
const DESCRIPTION_LENGTH_MAX_CHARS: usize = 128;
/// Lifetimes to choose from: days and label, the recommended one first.
const LIFETIMES: &[(&str, &str)] = &[
    ("180", "180 days (recommended)"),
    ("90", "90 days"),
    ("365", "365 days (12 months)"),
    ("545", "545 days (18 months)"),
    ("730", "730 days (24 months)"),
];

#[derive(Template)]
#[template(path = "portal/applications/secret.html")]
struct FormPage<'a> {
    frame: Frame,
    key_id: String,
    description: &'a str,
    lifetime: &'a str,
    lifetimes: &'a [(&'a str, &'a str)],
    back: String,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "portal/applications/secret_made.html")]
struct MadePage<'a> {
    frame: Frame,
    description: &'a str,
    expires: String,
    key_id: String,
    /// Absent when the form was sent again: a value is shown once.
    value: Option<&'a str>,
    back: String,
}

/// `GET /portal/applications/{id}/secrets/add`
pub(in crate::portal) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    form(&desk, &application, Problems::none())
}

/// `POST /portal/applications/{id}/secrets/add`
pub(in crate::portal) async fn add(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let new = match read(&desk, visit.now) {
        Ok(new) => new,
        Err(problems) => return form(&desk, &application, problems),
    };
    let present = application.secrets.iter().find(|one| one.key_id == new.key_id);
    if let Some(present) = present {
        return made(&desk, &application, (new.key_id, present.expires_at), None);
    }
    let (key, act) = (ObjectKey::App(application.app_id), desk.act(&visit));
    match visit.app.identity.add_secret(desk.tenant.id, key, &new, &act).await {
        Ok(kept) => made(&desk, &application, (kept.key_id, kept.expires_at), Some(&new.value)),
        Err(error) => form(&desk, &application, Problems::refused("", error)?),
    }
}

fn read(desk: &Desk, now: Timestamp) -> Result<NewSecret, Problems> {
    let (form, mut problems) = (&desk.form, Problems::none());
    let description = form.text("description").trim();
    if description.chars().count() > DESCRIPTION_LENGTH_MAX_CHARS {
        let text =
            format!("The description is longer than {DESCRIPTION_LENGTH_MAX_CHARS} characters.");
        problems.add("description", text);
    }
    let days = form.text("lifetime");
    let lawful = LIFETIMES.iter().any(|(value, _)| *value == days);
    let days: i64 = if lawful { days.parse().unwrap_or_default() } else { 0 };
    if days == 0 {
        problems.add("lifetime", "Choose one of the lifetimes.");
    }
    let lifetime = SignedDuration::from_hours(24 * days);
    let expires_at = now.saturating_add(lifetime).unwrap_or(Timestamp::MAX);
    if !problems.is_empty() {
        return Err(problems);
    }
    let key_id = form.text("key").parse().ok();
    Ok(NewSecret {
        key_id: key_id.unwrap_or_else(|| KeyId::from_random_bytes(chance::bytes())),
        salt: chance::bytes(),
        value: NewSecret::value_from(chance::bytes()),
        description: (!description.is_empty()).then(|| description.to_owned()),
        starts_at: None,
        expires_at: Some(whole_ticks(expires_at)),
    })
}

fn form(desk: &Desk, application: &Application, problems: Problems) -> Result<Page, Stop> {
    let lifetime = desk.form.text("lifetime");
    let status = problems.status();
    let page = desk.page(&FormPage {
        frame: below_frame(desk, application, "/credentials", "New client secret"),
        key_id: KeyId::from_random_bytes(chance::bytes()).to_string(),
        description: desk.form.text("description"),
        lifetime: if lifetime.is_empty() { "180" } else { lifetime },
        lifetimes: LIFETIMES,
        back: back(application),
        problems,
    })?;
    Ok(page.status(status))
}

fn made(
    desk: &Desk,
    application: &Application,
    (key, expires_at): (KeyId, Timestamp),
    value: Option<&SecretString>,
) -> Result<Page, Stop> {
    desk.page(&MadePage {
        frame: below_frame(desk, application, "/credentials", "New client secret"),
        description: desk.form.text("description").trim(),
        expires: moment(expires_at),
        key_id: key.to_string(),
        value: value.map(|value| value.expose_secret()),
        back: back(application),
    })
}

fn back(application: &Application) -> String {
    format!("{APPLICATIONS}/{}/credentials", application.app_id)
}

/// `GET /portal/applications/{id}/secrets/{key}/remove`
pub(in crate::portal) async fn ask_remove(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let key: Option<KeyId> = visit.segment(1).parse().ok();
    let found = application.secrets.iter().find(|one| Some(one.key_id) == key);
    let secret = found.ok_or_else(|| nothing_named("secret"))?;
    let label = secret.description.as_deref().unwrap_or("without a description");
    Confirmation {
        frame: below_frame(&desk, &application, "/credentials", "Remove a secret"),
        question: format!("Remove the secret “{label}”?"),
        effects: vec![
            format!(
                "Its value begins with {}, and it expires on {}.",
                secret.hint,
                day(secret.expires_at)
            ),
            "Whatever still uses it gets no more tokens. This cannot be undone.".into(),
        ],
        button: "Remove",
        class: "danger",
        back: back(&application),
        problems: Problems::none(),
    }
    .page(&desk)
}

/// `POST /portal/applications/{id}/secrets/{key}/remove`
pub(in crate::portal) async fn remove(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let key: KeyId = visit.segment(1).parse().map_err(|_| nothing_named("secret"))?;
    if !application.secrets.iter().any(|one| one.key_id == key) {
        return Err(nothing_named("secret"));
    }
    let (holder, act) = (ObjectKey::App(application.app_id), desk.act(&visit));
    visit.app.identity.remove_secret(desk.tenant.id, holder, key, &act).await?;
    Ok(Page::go_to(format!("{}?done=removed", back(&application))))
}
