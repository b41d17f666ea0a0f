//! One incident: what is known of it, the work on it, and its story.

use askama::Template;
use vakt_incidents::{Comment, Incident, is_open};

use super::super::desk::{Desk, Right};
use super::super::frame::Frame;
use super::super::moment::moment;
use super::super::problems::Problems;
use super::evidence::{self, Piece};
use super::history::{self, Entry};
use super::pick::{label, severity_class, status_class};
use super::story::{self, Chapter, Tie};
use super::work::Work;
use super::{below_queue, changing, named, place};
use crate::pages::{Page, Stop, Visit};
use crate::problem::Problem;

/// Most comments on one page; the latest are shown.
const COMMENTS_SHOWN_MAX: usize = 100;

#[derive(Template)]
#[template(path = "portal/incidents/shown.html")]
struct ShownPage {
    frame: Frame,
    facts: Facts,
    chapters: Vec<Chapter>,
    alert_count: usize,
    ties: Vec<Tie>,
    pieces: Vec<Piece>,
    notes: Vec<Note>,
    entries: Vec<Entry>,
    /// The form; absent for whoever may only look.
    work: Option<Work>,
    may_work: bool,
    comment: String,
    problems: Problems,
}

/// What is known of the incident as a whole.
struct Facts {
    id: String,
    name: String,
    severity: String,
    severity_class: &'static str,
    status: String,
    status_class: &'static str,
    classification: String,
    determination: String,
    owner: Option<String>,
    created: String,
    updated: String,
    updated_by: Option<String>,
    priority: Option<i64>,
    description: Option<String>,
    summary: Option<String>,
    tags: Vec<String>,
    /// Number and address of the incident that it was merged into.
    merged: Option<(String, String)>,
}

/// A comment.
pub(super) struct Note {
    pub by: String,
    pub at: Option<String>,
    pub text: String,
}

/// `GET /portal/incidents/{id}`
pub(super) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let incident = named(&visit, &desk).await?;
    page(&visit, &desk, &incident, Problems::none()).await
}

/// The page, with what was wrong in the form that was sent.
pub(super) async fn page(
    visit: &Visit,
    desk: &Desk,
    incident: &Incident,
    problems: Problems,
) -> Result<Page, Stop> {
    let history = visit.app.incidents.history(desk.tenant.id, incident.id).await;
    let history = history.map_err(Problem::from)?;
    let may_work = desk.may(Right::WorkOnIncidents);
    let is_merged = incident.redirect.is_some() && !is_open(incident.status);
    let sent = (desk.form.text("form") == "work").then_some(&desk.form);
    let status = problems.status();
    let title = format!("Incident {}", incident.id);
    let page = desk.page(&ShownPage {
        frame: below_queue(desk, &title).told(changing::told(visit)),
        facts: facts(incident),
        chapters: story::chapters(incident),
        alert_count: incident.alerts.len(),
        ties: story::ties(&incident.alerts),
        pieces: evidence::pieces(incident.alerts.iter()),
        notes: notes(&incident.comments),
        entries: history::entries(&history),
        work: (may_work && !is_merged).then(|| Work::of_incident(incident, sent)),
        may_work,
        comment: desk.form.text("comment").to_owned(),
        problems,
    })?;
    Ok(page.status(status))
}

fn facts(incident: &Incident) -> Facts {
    let status = incident.status.as_str();
    Facts {
        id: incident.id.to_string(),
        name: incident.name.clone(),
        severity: label(incident.severity.as_str()),
        severity_class: severity_class(incident.severity),
        status: label(status),
        status_class: status_class(status),
        classification: label(incident.classification.as_str()),
        determination: label(incident.determination.as_str()),
        owner: incident.assigned_to.clone(),
        created: moment(incident.created_at),
        updated: moment(incident.updated_at),
        updated_by: incident.updated_by.clone(),
        priority: incident.priority,
        description: incident.description.clone(),
        summary: incident.summary.clone(),
        tags: incident.tags.iter().chain(&incident.system_tags).cloned().collect(),
        merged: incident.redirect.map(|id| (id.to_string(), place(id))),
    }
}

/// Comments, the latest first.
pub(super) fn notes(comments: &[Comment]) -> Vec<Note> {
    let note = |comment: &Comment| Note {
        by: comment.author.clone().unwrap_or_else(|| "somebody".into()),
        at: comment.created_at.map(moment),
        text: comment.text.clone(),
    };
    comments.iter().rev().take(COMMENTS_SHOWN_MAX).map(note).collect()
}
