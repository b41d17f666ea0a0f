//! `vakt demo`.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use anyhow::Context as _;
use vakt_client::{Client, ClientSecret, Cloud, HttpsTransport};
use vakt_server::{Bootstrapped, InitOptions, Running, ServeOptions, bootstrap, start};

use super::serve::start_log;
use crate::args::DemoArgs;
use crate::clock;
use crate::context::Context;
use crate::exit::Exit;
use crate::journey::{self, Stage};
use crate::stop_signal::StopSignal;

/// Makes a fresh server in a temporary folder, takes the journey on it, and keeps serving.
pub async fn run(args: DemoArgs, context: &Context) -> anyhow::Result<Exit> {
    start_log("warn")?;
    let folder = tempfile::Builder::new()
        .prefix("vakt-demo-")
        .tempdir()
        .context("no temporary folder can be made")?;
    let mut serve = ServeOptions::new(folder.path().to_owned());
    serve.listen = free_address(args.listen);
    let made = bootstrap(&InitOptions {
        serve: serve.clone(),
        tenant_name: "Contoso".into(),
        domain: "contoso.onmicrosoft.com".into(),
        administrator: None,
    })
    .await?;
    let running = start(serve).await?;
    let stage = stage(&running, &made)?;
    let journey = journey::travel(&stage, context.printer).await?;
    if context.printer.is_json() {
        context.printer.json(&journey.to_json())?;
    } else {
        context.printer.line(&journey.snippets.to_words())?;
    }
    if args.once {
        context
            .printer
            .note("this server ends now; run `vakt demo` without --once to paste the code");
    } else {
        context.printer.note(&format!("vakt serves {} until Ctrl-C", running.ready().url));
        StopSignal::listen()?.wait().await?;
    }
    running.stop().await;
    Ok(Exit::Done)
}

/// The address if it is free, else one that is.
fn free_address(wanted: SocketAddr) -> SocketAddr {
    match TcpListener::bind(wanted) {
        Ok(_) => wanted,
        Err(_) => SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0),
    }
}

/// Everything the journey needs, reached over HTTPS like any other server.
fn stage(running: &Running, made: &Bootstrapped) -> anyhow::Result<Stage> {
    let ready = running.ready();
    let ca = made.ca.clone().context("the demo has no certificate authority")?;
    let cloud = Cloud::vakt(&ready.url, Some(ca.clone()))?;
    let transport = Arc::new(HttpsTransport::new(&cloud)?);
    let credential = ClientSecret::new(made.app_id.to_string(), made.secret.clone());
    let tenant = made.tenant.to_string();
    let administrator = Client::new(
        cloud.clone(),
        tenant.clone(),
        credential,
        transport.clone(),
        Arc::new(clock::now),
    );
    Ok(Stage {
        url: ready.url.clone(),
        ca: ca.display().to_string(),
        tenant,
        tenant_name: made.tenant_name.clone(),
        cloud,
        transport,
        administrator,
        now: clock::now(),
    })
}
