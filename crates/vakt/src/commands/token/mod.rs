//! `vakt token`.

mod get;
mod inspect;

use crate::args::{TokenArgs, TokenCommand};
use crate::context::Context;
use crate::exit::Exit;

/// Runs `vakt token`.
pub async fn run(args: TokenArgs, context: &Context) -> anyhow::Result<Exit> {
    match args.command {
        TokenCommand::Get(get) => get::run(&get, &args.connection, context).await,
        TokenCommand::Inspect(inspect) => inspect::run(&inspect, &args.connection, context).await,
    }
}
