//! `vakt incidents merge` and `vakt incidents split`.

use vakt_client::Incidents;
use vakt_wire::incidents::IncidentView;

use super::show::show;
use crate::args::{MergeArgs, SplitArgs};
use crate::exit::Exit;
use crate::print::Printer;

/// Merges incidents into another.
pub async fn merge(
    incidents: Incidents<'_>,
    args: &MergeArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    tell(incidents.merge(args.into, &args.sources).await?, printer)
}

/// Puts alerts into another incident, or into a new one.
pub async fn split(
    incidents: Incidents<'_>,
    args: &SplitArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    tell(incidents.split(&args.alerts, args.into).await?, printer)
}

fn tell(view: IncidentView, printer: Printer) -> anyhow::Result<Exit> {
    match printer.is_json() {
        true => printer.json(&view)?,
        false => show(view, printer)?,
    }
    Ok(Exit::Done)
}
