//! `vakt incidents get`.

use vakt_client::Incidents;
use vakt_ids::IncidentId;
use vakt_wire::defender::{Alert, Incident};

use crate::exit::Exit;
use crate::print::Printer;
use crate::relative_time::to_second_or_nothing;

/// Shows one incident.
pub async fn run(
    incidents: Incidents<'_>,
    id: IncidentId,
    printer: Printer,
) -> anyhow::Result<Exit> {
    show(incidents.get(id).await?, printer)
}

/// An incident with its alerts.
pub fn show(incident: Incident, printer: Printer) -> anyhow::Result<Exit> {
    if printer.is_json() {
        printer.json(&incident)?;
        return Ok(Exit::Done);
    }
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
        ("Tags", incident.tags.join(", ")),
        ("Comments", incident.comments.len().to_string()),
    ])?;
    if !incident.alerts.is_empty() {
        printer.line("")?;
    }
    let heading = ["ALERT", "SEVERITY", "STATUS", "DEVICES", "TITLE"];
    printer.table(heading, incident.alerts.into_iter().map(row))?;
    Ok(Exit::Done)
}

fn row(alert: Alert) -> [String; 5] {
    let devices = alert.devices.into_iter().filter_map(|device| device.device_dns_name);
    [
        alert.alert_id,
        alert.severity.unwrap_or_default(),
        alert.status.unwrap_or_default(),
        devices.collect::<Vec<_>>().join(", "),
        alert.title.unwrap_or_default(),
    ]
}
