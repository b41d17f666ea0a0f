//! `vakt mirror`.

mod checkpoint_file;
mod incidents;
mod telling;

use crate::args::{MirrorArgs, MirrorCommand};
use crate::context::Context;
use crate::exit::Exit;

/// Runs `vakt mirror`.
pub async fn run(args: MirrorArgs, context: &Context) -> anyhow::Result<Exit> {
    match args.command {
        MirrorCommand::Incidents(wish) => incidents::run(wish, &args.connection, context).await,
    }
}
