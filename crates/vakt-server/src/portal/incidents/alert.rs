//! One alert: what is known of it, why it is in its incident, and the work on it.

use askama::Template;
use vakt_ids::AlertId;
use vakt_incidents::PlacedAlert;

use super::super::desk::{Desk, Right};
use super::super::frame::Frame;
use super::super::moment::moment;
use super::super::problems::Problems;
use super::evidence::{self, Piece};
use super::pick::{label, severity_class, status_class};
use super::shown::{Note, notes};
use super::story::{self, Tie};
use super::work::Work;
use super::{INCIDENTS, below_queue, changing, in_address, missing};
use crate::pages::{Page, Stop, Visit};
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "portal/incidents/alert.html")]
struct AlertPage {
    frame: Frame,
    title: String,
    severity: String,
    severity_class: &'static str,
    status: String,
    status_class: &'static str,
    /// Label and value.
    facts: Vec<(&'static str, String)>,
    description: Option<String>,
    advice: Option<String>,
    reason: String,
    ties: Vec<Tie>,
    pieces: Vec<Piece>,
    notes: Vec<Note>,
    work: Option<Work>,
    may_work: bool,
    comment: String,
    problems: Problems,
}

/// Where an alert is.
pub(super) fn place(id: &AlertId) -> String {
    format!("{INCIDENTS}/alerts/{}", in_address(id.as_str()))
}

/// The alert that the address names, if it is in the person's tenant.
pub(super) async fn named(visit: &Visit, desk: &Desk) -> Result<PlacedAlert, Stop> {
    let id: AlertId = visit.segment(0).parse().map_err(|_| missing("alert"))?;
    let found = visit.app.incidents.find_alert(desk.tenant.id, &id).await;
    found.map_err(Problem::from)?.ok_or_else(|| missing("alert"))
}

/// `GET /portal/incidents/alerts/{id}`
pub(super) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let placed = named(&visit, &desk).await?;
    page(&visit, &desk, &placed, Problems::none())
}

/// The page, with what was wrong in the form that was sent.
pub(super) fn page(
    visit: &Visit,
    desk: &Desk,
    placed: &PlacedAlert,
    problems: Problems,
) -> Result<Page, Stop> {
    let alert = &placed.alert;
    let may_work = desk.may(Right::WorkOnIncidents);
    let sent = (desk.form.text("form") == "work").then_some(&desk.form);
    let word = alert.status.as_str();
    let frame = below_queue(desk, "Alert")
        .below(&format!("Incident {}", placed.incident), super::place(placed.incident))
        .told(changing::told(visit));
    let status = problems.status();
    let page = desk.page(&AlertPage {
        frame,
        title: alert.title.clone(),
        severity: label(alert.severity.as_str()),
        severity_class: severity_class(alert.severity),
        status: label(word),
        status_class: status_class(word),
        facts: facts(placed),
        description: alert.description.clone(),
        advice: alert.recommended_actions.clone(),
        reason: story::reason(&placed.reason),
        ties: story::ties(std::slice::from_ref(placed)),
        pieces: evidence::pieces(std::iter::once(placed)),
        notes: notes(&alert.comments),
        work: may_work.then(|| Work::of_alert(alert, sent)),
        may_work,
        comment: desk.form.text("comment").to_owned(),
        problems,
    })?;
    Ok(page.status(status))
}

/// What is known, without what is not.
fn facts(placed: &PlacedAlert) -> Vec<(&'static str, String)> {
    let alert = &placed.alert;
    let word = |word: Option<&'static str>| word.map(label);
    let list = |words: &[String]| Some(words.join(", ")).filter(|text| !text.is_empty());
    let all = [
        ("Alert ID", Some(alert.id.to_string())),
        ("First activity", Some(moment(alert.first_activity_at))),
        ("Last activity", Some(moment(alert.last_activity_at))),
        ("Created", Some(moment(alert.created_at))),
        ("Last change", Some(moment(alert.updated_at))),
        ("Resolved", alert.resolved_at.map(moment)),
        ("Assigned to", alert.assigned_to.clone()),
        ("Classification", word(alert.classification.map(|one| one.as_str()))),
        ("Determination", word(alert.determination.map(|one| one.as_str()))),
        ("Category", alert.category.clone()),
        ("Techniques", list(&alert.techniques)),
        ("Product", alert.product.clone().or_else(|| alert.service.clone())),
        ("Detector", alert.detector.clone()),
        ("Activity group", alert.actor_name.clone()),
        ("Threat", alert.threat_name.clone()),
        ("Malware family", alert.threat_family.clone()),
        ("Investigation", alert.investigation_state.clone()),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
