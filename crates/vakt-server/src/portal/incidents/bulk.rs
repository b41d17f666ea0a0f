//! Several incidents changed together, each for itself: what is refused of one stops no other.

use askama::Template;
use vakt_ids::IncidentId;
use vakt_incidents::{
    CHANGED_AT_ONCE_MAX, ChangeError, Classification, Determination, IncidentChange,
    NAME_LENGTH_MAX_CHARS, Stamp, Status,
};

use super::super::desk::Desk;
use super::super::frame::Frame;
use super::super::problems::{Problems, sentence};
use super::pick::{self, Pick};
use super::work::FormReader;
use super::{below_queue, queue, stamp};
use crate::pages::{Fields, Page, Stop, Visit};
use crate::problem::Problem;

/// What the names of the list's boxes begin with.
pub(super) const TICK: &str = "i-";

/// Values of the field that says whom to assign to.
const ME: &str = "me";
const NOBODY: &str = "nobody";
const OTHER: &str = "other";

/// The fields of the form.
pub(super) struct Bulk {
    pub status: Pick,
    pub classification: Pick,
    pub determination: Pick,
    pub assign: Pick,
    pub owner: String,
}

#[derive(Template)]
#[template(path = "portal/incidents/bulk.html")]
struct DonePage {
    frame: Frame,
    changed: usize,
    refused: usize,
    lines: Vec<Line>,
    back: String,
}

/// What became of one of them.
struct Line {
    id: String,
    name: String,
    outcome: Outcome,
}

enum Outcome {
    Changed,
    Same,
    Refused(String),
}

impl Bulk {
    /// The fields as they were sent, or at rest.
    pub(super) fn of(form: &Fields) -> Self {
        let keep = &[("", "Leave as it is")];
        let owners =
            &[("", "Leave as it is"), (ME, "Me"), (NOBODY, "Nobody"), (OTHER, "Somebody else")];
        Self {
            status: Pick::of(keep, pick::statuses(), form.text("to_status")),
            classification: Pick::of(keep, pick::classifications(), form.text("to_classification")),
            determination: Pick::of(keep, pick::determinations(), form.text("to_determination")),
            assign: Pick::of(owners, std::iter::empty(), form.text("assign")),
            owner: form.text("owner").to_owned(),
        }
    }
}

/// `POST /portal/incidents`
pub(super) async fn change(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let (ids, change) = match read(&desk) {
        Ok(read) => read,
        Err(problems) => return queue::page(&visit, &desk, problems).await,
    };
    let stamp = stamp(&visit, &desk);
    let mut lines = Vec::new();
    for id in ids {
        lines.push(change_one(&visit, &desk, (id, &change), &stamp).await?);
    }
    let of = |wanted: fn(&Outcome) -> bool| lines.iter().filter(|one| wanted(&one.outcome)).count();
    desk.page(&DonePage {
        frame: below_queue(&desk, "Incidents changed"),
        changed: of(|outcome| matches!(outcome, Outcome::Changed)),
        refused: of(|outcome| matches!(outcome, Outcome::Refused(_))),
        lines,
        back: visit.uri.path_and_query().map_or(super::INCIDENTS, |one| one.as_str()).to_owned(),
    })
}

async fn change_one(
    visit: &Visit,
    desk: &Desk,
    (id, change): (IncidentId, &IncidentChange),
    stamp: &Stamp,
) -> Result<Line, Stop> {
    let (incidents, tenant) = (&visit.app.incidents, desk.tenant.id);
    let before = incidents.find(tenant, id).await.map_err(Problem::from)?;
    let name = before.as_ref().map(|one| one.name.clone()).unwrap_or_default();
    let outcome = match incidents.change(tenant, id, change, stamp).await {
        Ok(None) => Outcome::Refused("There is no such incident here.".into()),
        Ok(Some(after)) if before.is_some_and(|before| before.change == after.change) => {
            Outcome::Same
        }
        Ok(Some(_)) => Outcome::Changed,
        Err(ChangeError::Unlawful(fault)) => Outcome::Refused(sentence(&fault.to_string())),
        Err(ChangeError::Store(error)) => return Err(Problem::from(error).into()),
    };
    Ok(Line { id: id.to_string(), name, outcome })
}

/// Which incidents, and what is to be changed of them.
fn read(desk: &Desk) -> Result<(Vec<IncidentId>, IncidentChange), Problems> {
    let mut form = FormReader::of(&desk.form);
    let mut change = IncidentChange {
        status: form.word("to_status", Status::from_text),
        classification: form.word("to_classification", Classification::from_text),
        determination: form.word("to_determination", Determination::from_text),
        ..IncidentChange::default()
    };
    let mut problems = form.problems;
    match owner(desk) {
        Ok(owner) => change.assigned_to = owner,
        Err((field, text)) => problems.add(field, text),
    }
    let ids: Result<Vec<IncidentId>, _> = desk.form.chosen(TICK).map(str::parse).collect();
    let mut ids = ids.unwrap_or_default();
    ids.sort_unstable_by_key(|id| id.number());
    if ids.is_empty() {
        problems.add("", "Tick at least one incident in the list.");
    } else if ids.len() > CHANGED_AT_ONCE_MAX {
        problems.add("", format!("At most {CHANGED_AT_ONCE_MAX} incidents are changed at once."));
    }
    if problems.is_empty() && change == IncidentChange::default() {
        problems.add("to_status", "Choose what to change.");
    }
    if problems.is_empty() { Ok((ids, change)) } else { Err(problems) }
}

/// The owner that was chosen; what is wrong with it otherwise, and with which field.
fn owner(desk: &Desk) -> Result<Option<Option<String>>, (&'static str, String)> {
    let name = desk.form.text("owner").trim();
    match desk.form.text("assign") {
        "" if name.is_empty() => Ok(None),
        "" => Err(("assign", "Choose “Somebody else” to assign to this user name.".into())),
        ME => Ok(Some(Some(desk.person().user_name.clone()))),
        NOBODY => Ok(Some(None)),
        OTHER if name.is_empty() => Err(("owner", "Write who it is.".into())),
        OTHER if name.chars().count() > NAME_LENGTH_MAX_CHARS => {
            Err(("owner", format!("This is longer than {NAME_LENGTH_MAX_CHARS} characters.")))
        }
        OTHER => Ok(Some(Some(name.to_owned()))),
        _ => Err(("assign", "Choose one of the list.".into())),
    }
}
