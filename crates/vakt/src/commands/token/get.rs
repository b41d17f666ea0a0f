//! `vakt token get`.

use secrecy::ExposeSecret;
use vakt_client::{HttpsTransport, TokenEndpoint, TokenRequest, request_token};

use crate::args::{ConnectionArgs, GetArgs};
use crate::clock;
use crate::context::Context;
use crate::exit::Exit;

/// Gets a token and prints it, alone, for use in scripts.
pub async fn run(
    args: &GetArgs,
    connection: &ConnectionArgs,
    context: &Context,
) -> anyhow::Result<Exit> {
    let settings = context.settings(connection)?;
    let cloud = settings.cloud()?;
    let credential = settings.credential()?;
    let resource = args.resource.as_deref().unwrap_or(cloud.api_resource());
    let request = TokenRequest {
        endpoint: if args.v1 { TokenEndpoint::V1 } else { TokenEndpoint::V2 },
        tenant: settings.tenant()?,
        credential: &credential,
        resource,
    };
    let transport = HttpsTransport::new(&cloud)?;
    let answer = request_token(&transport, &cloud.login, &request, clock::now()).await?;
    let token = answer.access_token();
    if context.printer.is_json() {
        context.printer.json(&answer.to_json()?)?;
    } else {
        context.printer.line(token.expose_secret())?;
    }
    if has_no_roles(token.expose_secret()) {
        context.printer.warn(&format!(
            "the token has no roles for {resource}: add permissions with `vakt app permission add` and run `vakt app consent`"
        ));
    }
    Ok(Exit::Done)
}

/// Of a token we can read; others are none of our business.
fn has_no_roles(token: &str) -> bool {
    let seen = vakt_token::inspect(token);
    seen.is_ok_and(|seen| seen.claims.roles.unwrap_or_default().is_empty())
}
