//! `vakt kql lsp`.

use vakt_lsp::{Ended, serve, stdio};

use super::catalog;
use crate::args::KqlLspArgs;
use crate::exit::Exit;
use crate::problem::Problem;

/// Serves one editor until it goes.
pub fn run(args: &KqlLspArgs) -> anyhow::Result<Exit> {
    let catalog = catalog(&args.schema)?;
    let (connection, streams) = stdio();
    let ended = serve(&connection, &catalog);
    // The threads end when nobody speaks to them any more.
    drop(connection);
    streams.join(ended == Ended::Properly).map_err(|error| {
        Problem::new(error.to_string()).with_hint("the editor must speak LSP over stdin and stdout")
    })?;
    Ok(if ended == Ended::Properly { Exit::Done } else { Exit::Refused })
}
