//! `vakt incidents list`.

use vakt_client::{IncidentQuery, Incidents};
use vakt_wire::defender::Incident;

use crate::args::ListArgs;
use crate::exit::Exit;
use crate::print::Printer;
use crate::relative_time::to_second_or_nothing;

/// Largest page of the documented API.
const PAGE_MAX: u32 = 100;

/// Lists incidents.
pub async fn run(
    incidents: Incidents<'_>,
    args: ListArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let limit = if args.all { usize::MAX } else { usize::try_from(args.top)? };
    let top = if args.all { PAGE_MAX } else { args.top.min(PAGE_MAX) };
    let query = IncidentQuery { filter: args.filter, top: Some(top), skip: args.skip };
    let found = incidents.list(&query, limit).await?;
    if printer.is_json() {
        printer.json(&found)?;
        return Ok(Exit::Done);
    }
    let full = found.len() == limit;
    if found.is_empty() {
        printer.note("there are no such incidents");
    }
    let heading = ["ID", "SEVERITY", "STATUS", "UPDATED", "ALERTS", "OWNER", "NAME"];
    printer.table(heading, found.into_iter().map(row))?;
    if full {
        printer.note("there may be more: give --top, --skip or --all");
    }
    Ok(Exit::Done)
}

fn row(incident: Incident) -> [String; 7] {
    [
        incident.incident_id.to_string(),
        incident.severity.unwrap_or_default(),
        incident.status.unwrap_or_default(),
        to_second_or_nothing(incident.last_update_time),
        incident.alerts.len().to_string(),
        incident.assigned_to.unwrap_or_default(),
        incident.incident_name.unwrap_or_default(),
    ]
}
