//! The forms of an incident's and an alert's page: the work on it, and a comment.

use vakt_incidents::{AlertChange, IncidentChange};

use super::super::desk::Desk;
use super::super::problems::Problems;
use super::{alert, missing, named, place, shown, stamp, work};
use crate::pages::{Page, Stop, Visit};

/// Which form of the page was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Work,
    Comment,
}

fn sent(desk: &Desk) -> Result<Sent, Problems> {
    match desk.form.text("form") {
        "work" => Ok(Sent::Work),
        "comment" => Ok(Sent::Comment),
        _ => Err(Problems::one("", "The form does not say what to do. Use one of its buttons.")),
    }
}

/// `POST /portal/incidents/{id}`
pub(super) async fn of_incident(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let incident = named(&visit, &desk).await?;
    let change = sent(&desk).and_then(|sent| match sent {
        Sent::Work => work::incident_change(&desk.form),
        Sent::Comment => Ok(IncidentChange { comment: Some(comment(&desk)), ..Default::default() }),
    });
    let problems = match change {
        Err(problems) => problems,
        Ok(change) => {
            let (incidents, stamp) = (&visit.app.incidents, stamp(&visit, &desk));
            match incidents.change(desk.tenant.id, incident.id, &change, &stamp).await {
                Ok(Some(_)) => return Ok(done(&desk, &place(incident.id))),
                Ok(None) => return Err(missing("incident")),
                Err(error) => work::refused(error)?,
            }
        }
    };
    shown::page(&visit, &desk, &incident, problems).await
}

/// `POST /portal/incidents/alerts/{id}`
pub(super) async fn of_alert(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let placed = alert::named(&visit, &desk).await?;
    let change = sent(&desk).and_then(|sent| match sent {
        Sent::Work => work::alert_change(&desk.form),
        Sent::Comment => Ok(AlertChange { comment: Some(comment(&desk)), ..Default::default() }),
    });
    let problems = match change {
        Err(problems) => problems,
        Ok(change) => {
            let (id, stamp) = (&placed.alert.id, stamp(&visit, &desk));
            let changed = visit.app.incidents.change_alert(desk.tenant.id, id, &change, &stamp);
            match changed.await {
                Ok(Some(_)) => return Ok(done(&desk, &alert::place(id))),
                Ok(None) => return Err(missing("alert")),
                Err(error) => work::refused(error)?,
            }
        }
    };
    alert::page(&visit, &desk, &placed, problems)
}

/// The comment, as it was typed.
fn comment(desk: &Desk) -> String {
    // Browsers write a line's end with two characters.
    desk.form.text("comment").trim().replace("\r\n", "\n")
}

fn done(desk: &Desk, place: &str) -> Page {
    let word = if desk.form.text("form") == "comment" { "commented" } else { "saved" };
    Page::go_to(format!("{place}?done={word}"))
}

/// What was done a moment ago, in words.
pub(super) fn told(visit: &Visit) -> Option<&'static str> {
    match visit.query("done").as_deref() {
        Some("saved") => Some("The changes are saved."),
        Some("commented") => Some("The comment is added."),
        _ => None,
    }
}
