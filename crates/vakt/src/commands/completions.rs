//! `vakt completions`.

use clap::CommandFactory;

use crate::args::{Cli, CompletionsArgs};
use crate::context::Context;
use crate::exit::Exit;

/// Prints a completion script.
pub fn run(args: &CompletionsArgs, context: &Context) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "vakt", &mut script);
    context.printer.bytes(&script)?;
    Ok(Exit::Done)
}
