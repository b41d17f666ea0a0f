//! `vakt token inspect`.

use std::path::Path;

use secrecy::ExposeSecret;
use vakt_client::{Cloud, HttpsTransport, Verification, verify_token};
use vakt_token::UntrustedToken;
use vakt_token::explain::bare;

use crate::args::{ConnectionArgs, InspectArgs};
use crate::clock;
use crate::context::Context;
use crate::exit::Exit;
use crate::inspection::Inspection;
use crate::problem::Problem;
use crate::secret_file::read_secret;

/// Says what a token is good for.
pub async fn run(
    args: &InspectArgs,
    connection: &ConnectionArgs,
    context: &Context,
) -> anyhow::Result<Exit> {
    let given = match args.token.as_str() {
        "-" => read_secret(Path::new("-"))?,
        token => token.into(),
    };
    let token = bare(given.expose_secret());
    let seen = vakt_token::inspect(token).map_err(|error| {
        Problem::new(error.to_string())
            .with_hint("give the text of `access_token` alone; it starts with `eyJ`")
    })?;
    let verification = if args.offline {
        Verification::Unknown { reason: "--offline was given".into() }
    } else {
        verify(token, &seen, connection, context).await?
    };
    let inspection = Inspection::new(seen, verification, clock::now());
    if context.printer.is_json() {
        context.printer.json(&inspection.to_json())?;
    } else {
        for line in inspection.to_words() {
            context.printer.line(&crate::print::visible(&line))?;
        }
    }
    Ok(if inspection.is_acceptable() { Exit::Done } else { Exit::Refused })
}

async fn verify(
    token: &str,
    seen: &UntrustedToken,
    connection: &ConnectionArgs,
    context: &Context,
) -> anyhow::Result<Verification> {
    // Without a server of one's own, Microsoft's issuers can still be asked.
    let server = context.settings(connection)?.cloud().ok();
    let reached = match &server {
        Some(server) => HttpsTransport::new(server)?,
        None => HttpsTransport::new(&Cloud::microsoft()?)?,
    };
    Ok(verify_token(&reached, server.as_ref(), token, seen).await)
}
