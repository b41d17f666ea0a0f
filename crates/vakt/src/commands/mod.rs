//! One file for each thing the command does. The work is the client's; here it is asked for and
//! told.

mod admin;
mod alerts;
mod app;
mod audit;
mod completions;
mod demo;
mod fault;
mod incidents;
mod indicator;
mod init;
mod json_list;
mod keys;
mod kql;
mod machine;
mod mirror;
mod profile;
mod serve;
mod tenant;
mod token;

use crate::args::{Command, KqlArgs, KqlCommand, Output};
use crate::context::Context;
use crate::exit::Exit;
use crate::problem::Problem;

/// Does what was asked.
pub async fn run(command: Command, context: &Context) -> anyhow::Result<Exit> {
    let is_check = matches!(&command, Command::Kql(KqlArgs { command: KqlCommand::Check(_) }));
    if context.printer.output() == Output::Sarif && !is_check {
        let problem = Problem::new("only `vakt kql check` writes SARIF");
        return Err(problem.with_hint("choose `--output table` or `--output json`").into());
    }
    match command {
        Command::Init(args) => init::run(args, context).await,
        Command::Serve(args) => serve::run(args, context).await,
        Command::Demo(args) => demo::run(args, context).await,
        Command::App(args) => app::run(args, context).await,
        Command::Token(args) => token::run(args, context).await,
        Command::Incidents(args) => incidents::run(args, context).await,
        Command::Alerts(args) => alerts::run(args, context).await,
        Command::Mirror(args) => mirror::run(args, context).await,
        Command::Machine(args) => machine::run(args, context).await,
        Command::Indicator(args) => indicator::run(args, context).await,
        Command::Tenant(args) => tenant::run(args, context).await,
        Command::Keys(args) => keys::run(args, context).await,
        Command::Admin(args) => admin::run(args, context).await,
        Command::Audit(args) => audit::run(args, context).await,
        Command::Fault(args) => fault::run(args, context).await,
        Command::Kql(args) => kql::run(args, context),
        Command::Profile(args) => profile::run(args, context),
        Command::Completions(args) => completions::run(&args, context),
    }
}
