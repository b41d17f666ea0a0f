//! `vakt incidents show`.

use serde_json::json;
use vakt_client::Incidents;
use vakt_wire::incidents::{HistoryEntry, IncidentView};

use crate::args::ShowArgs;
use crate::exit::Exit;
use crate::print::Printer;
use crate::relative_time::to_second_or_nothing;

/// Shows one incident, why its alerts are there, and if asked what happened to it.
pub async fn run(
    incidents: Incidents<'_>,
    args: &ShowArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let view = incidents.view(args.id).await?;
    let history = match args.history {
        true => Some(incidents.history(args.id).await?),
        false => None,
    };
    if printer.is_json() {
        match history {
            Some(history) => printer.json(&json!({ "incident": view, "history": history }))?,
            None => printer.json(&view)?,
        }
        return Ok(Exit::Done);
    }
    show(view, printer)?;
    if let Some(history) = history {
        printer.line("")?;
        printer.table(["AT", "BY", "CHANGE"], history.iter().map(line))?;
    }
    Ok(Exit::Done)
}

/// An incident and its alerts, for people.
pub fn show(view: IncidentView, printer: Printer) -> anyhow::Result<()> {
    let incident = view.incident;
    let redirect = incident.redirect_incident_id.map(|id| id.to_string());
    printer.fields([
        ("Incident", incident.incident_id.to_string()),
        ("Name", incident.incident_name.unwrap_or_default()),
        ("Severity", incident.severity.unwrap_or_default()),
        ("Status", incident.status.unwrap_or_default()),
        ("Merged into", redirect.unwrap_or_default()),
        ("Owner", incident.assigned_to.unwrap_or_default()),
        ("Classification", incident.classification.unwrap_or_default()),
        ("Determination", incident.determination.unwrap_or_default()),
        ("Created", to_second_or_nothing(incident.created_time)),
        ("Updated", to_second_or_nothing(incident.last_update_time)),
        ("Updated by", view.last_modified_by.unwrap_or_default()),
        ("Tags", incident.tags.join(", ")),
    ])?;
    if !incident.alerts.is_empty() {
        printer.line("")?;
    }
    let rows = incident.alerts.into_iter().map(|alert| {
        let placed = view.placements.iter().find(|one| one.alert_id == alert.alert_id);
        [
            alert.alert_id,
            alert.severity.unwrap_or_default(),
            alert.status.unwrap_or_default(),
            alert.title.unwrap_or_default(),
            placed.map(|one| one.reason.text.clone()).unwrap_or_default(),
        ]
    });
    printer.table(["ALERT", "SEVERITY", "STATUS", "TITLE", "IS HERE BECAUSE"], rows)?;
    Ok(())
}

fn line(entry: &HistoryEntry) -> [String; 3] {
    let step = |step: &vakt_wire::incidents::HistoryStep| {
        let alert = step.alert_id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
        let way = match (&step.from, &step.to) {
            (Some(from), Some(to)) => format!(": {from} to {to}"),
            (Some(from), None) => format!(": no longer {from}"),
            (None, Some(to)) => format!(": {to}"),
            (None, None) => String::new(),
        };
        format!("{}{alert}{way}", step.what)
    };
    let steps: Vec<String> = entry.steps.iter().map(step).collect();
    [to_second_or_nothing(Some(entry.at)), entry.by.clone(), steps.join("; ")]
}
