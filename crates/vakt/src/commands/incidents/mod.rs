//! `vakt incidents`.

mod get;
mod import;
mod list;
mod place;
mod show;
mod update;

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
        IncidentsCommand::Show(args) => show::run(incidents, &args, printer).await,
        IncidentsCommand::Update(args) => update::run(incidents, args, printer).await,
        IncidentsCommand::Merge(args) => place::merge(incidents, &args, printer).await,
        IncidentsCommand::Split(args) => place::split(incidents, &args, printer).await,
        IncidentsCommand::Import(args) => import::run(incidents, &args, printer).await,
    }
}
