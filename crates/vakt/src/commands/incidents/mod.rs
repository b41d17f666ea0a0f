//! `vakt incidents`.

mod get;
mod import;
mod list;

use crate::args::{IncidentsArgs, IncidentsCommand};
use crate::context::Context;
use crate::exit::Exit;

/// Runs `vakt incidents`.
pub async fn run(args: IncidentsArgs, context: &Context) -> anyhow::Result<Exit> {
    let client = context.connect(&args.connection)?;
    let (incidents, printer) = (client.incidents(), context.printer);
    match args.command {
        IncidentsCommand::List(args) => list::run(incidents, args, printer).await,
        IncidentsCommand::Get { id } => get::run(incidents, id, printer).await,
        IncidentsCommand::Import(args) => import::run(incidents, &args, printer).await,
    }
}
