//! `vakt incidents update`.

use vakt_client::Incidents;
use vakt_wire::defender::IncidentPatch;

use super::get;
use crate::args::UpdateArgs;
use crate::exit::Exit;
use crate::print::Printer;

/// Changes one incident, and shows it as it is now.
pub async fn run(
    incidents: Incidents<'_>,
    args: UpdateArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let change = IncidentPatch {
        status: args.change.status,
        assigned_to: args.change.assign.map(Some),
        classification: args.change.classification,
        determination: args.change.determination,
        tags: (!args.tags.is_empty()).then_some(args.tags),
        comment: args.change.comment,
        incident_name: None,
        severity: None,
    };
    get::show(incidents.update(args.id, &change).await?, printer)
}
