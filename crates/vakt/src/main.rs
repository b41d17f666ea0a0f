//! The `vakt` command. [`args`] says what can be asked, one file under [`commands`] does each
//! thing, [`print`] and [`report`] say what became of it.

mod args;
mod chance;
mod clock;
mod commands;
mod context;
mod exit;
mod expiry;
mod inspection;
mod journey;
mod moment;
mod print;
mod private_file;
mod problem;
mod profiles;
mod relative_time;
mod report;
mod secret_file;
mod settings;
mod stop_signal;

use std::process::ExitCode;

use crate::args::Cli;
use crate::context::Context;
use crate::exit::Exit;

/// A server frees most of what it takes within a request: this one is quicker at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match args::parse() {
        Ok(cli) => cli,
        Err(usage) => return exit::of_usage(&usage).into(),
    };
    run(cli).unwrap_or_else(|error| report::report(&error)).into()
}

fn run(cli: Cli) -> anyhow::Result<Exit> {
    let context = Context::new(cli.global);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(commands::run(cli.command, &context))
}
