//! Flag before environment before profile. A profile named by flag is a flag: the environment's
//! server and credential must not be mixed into it, or a secret would reach a server it is not for.

use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};

use super::Cli;

/// Arguments that a profile also gives.
const OF_PROFILES: [&str; 6] =
    ["url", "ca", "tenant", "client_id", "client_secret", "azure_federated_token_file"];

/// Reads the command line and the environment.
pub fn parse() -> Result<Cli, clap::Error> {
    let matches = Cli::command().try_get_matches()?;
    if !names_profile(&matches) {
        return Cli::from_arg_matches(&matches);
    }
    Cli::from_arg_matches(&deaf_to_environment(Cli::command()).try_get_matches()?)
}

fn names_profile(matches: &ArgMatches) -> bool {
    matches.value_source("profile") == Some(ValueSource::CommandLine)
        || matches.subcommand().is_some_and(|(_, below)| names_profile(below))
}

fn deaf_to_environment(command: Command) -> Command {
    command
        .mut_args(|arg| {
            let given = OF_PROFILES.contains(&arg.get_id().as_str());
            if given { arg.env(None) } else { arg }
        })
        .mut_subcommands(deaf_to_environment)
}
