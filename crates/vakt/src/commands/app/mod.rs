//! `vakt app`.

mod certificate;
mod consent;
mod create;
mod delete;
mod federated;
mod list;
mod permission;
mod secret;
mod show;
mod state;

use vakt_client::apps::AccountState::{Disabled, Enabled};

use crate::args::{AppArgs, AppCommand};
use crate::context::Context;
use crate::exit::Exit;

/// Most applications that are listed.
const APPLICATIONS_MAX: usize = 100_000;

/// Runs `vakt app`.
pub async fn run(args: AppArgs, context: &Context) -> anyhow::Result<Exit> {
    let client = context.connect(&args.connection)?;
    let (graph, printer) = (client.graph(), context.printer);
    match args.command {
        AppCommand::Create(args) => create::run(graph, args, printer).await?,
        AppCommand::List { deleted: true, .. } => list::deleted(graph, printer).await?,
        AppCommand::List { name, .. } => list::run(graph, name, printer).await?,
        AppCommand::Show(args) => show::run(graph, &args.app, printer).await?,
        AppCommand::Delete(args) => delete::run(graph, &args.app, printer).await?,
        AppCommand::Restore(args) => state::restore(graph, &args.app, printer).await?,
        AppCommand::Disable(args) => state::set(graph, &args.app, Disabled, printer).await?,
        AppCommand::Enable(args) => state::set(graph, &args.app, Enabled, printer).await?,
        AppCommand::Permission { command } => permission::run(graph, command, printer).await?,
        AppCommand::Consent(args) => consent::run(graph, &args.app, printer).await?,
        AppCommand::Secret { command } => secret::run(graph, command, printer).await?,
        AppCommand::Certificate { command } => certificate::run(graph, command, printer).await?,
        AppCommand::Federated { command } => federated::run(graph, command, printer).await?,
    }
    Ok(Exit::Done)
}
