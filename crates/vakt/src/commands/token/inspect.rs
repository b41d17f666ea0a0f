//! `vakt token inspect`.

use std::path::Path;

use secrecy::ExposeSecret;
use vakt_client::{Cloud, HttpsTransport, Verification, verify_token};
use vakt_token::UntrustedToken;

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

/// People copy the header, too.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix("Authorization:").map_or(text, str::trim);
    text.strip_prefix("Bearer ").map_or(text, str::trim)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_found_in_what_people_paste() {
        for text in ["eyJ.a.b", " eyJ.a.b\n", "Bearer eyJ.a.b", "Authorization: Bearer eyJ.a.b"] {
            assert_eq!(bare(text), "eyJ.a.b");
        }
    }
}
