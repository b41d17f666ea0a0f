//! `vakt serve`.

use std::io::IsTerminal;

use secrecy::ExposeSecret;
use tracing_subscriber::EnvFilter;
use vakt_server::{
    FaultMode, FederationOptions, IssuerKeysFile, OwnCertificate, Ready, Seeded, ServeOptions,
    SignInLogMode, Strictness,
};

use crate::args::{ServeArgs, SignInLogArg};
use crate::context::Context;
use crate::exit::Exit;
use crate::print::Printer;
use crate::problem::Problem;
use crate::stop_signal::StopSignal;

/// Serves until told to stop.
pub async fn run(args: ServeArgs, context: &Context) -> anyhow::Result<Exit> {
    start_log(&args.log)?;
    let mut stop = StopSignal::listen()?;
    let (taken_over, faults) = (args.take_over_microsoft_names, args.faults);
    let running = tokio::select! {
        running = vakt_server::start(options(args)) => running?,
        stopped = stop.wait() => return stopped.map(|()| Exit::Done),
    };
    print_seeded(running.seeded(), context.printer)?;
    announce(running.ready(), taken_over, context.printer);
    if faults {
        context.printer.warn("this server lets anybody ask for faults: it is for tests only");
    }
    stop.wait().await?;
    running.stop().await;
    Ok(Exit::Done)
}

fn options(args: ServeArgs) -> ServeOptions {
    let mut options = ServeOptions::new(args.data);
    options.database = args.database;
    options.listen = args.listen;
    options.seed = args.seed;
    options.take_over_microsoft_names = args.take_over_microsoft_names;
    options.plain_http_on_loopback = args.plain_http_on_loopback;
    options.ready_file = args.ready_file;
    options.names = args.names;
    options.sealing_key = args.sealing_key;
    options.trusted_proxies = args.trusted_proxies;
    options.audit_retention_days = args.audit_retention_days;
    options.sign_in_log = match args.sign_in_log {
        SignInLogArg::Batched => SignInLogMode::Batched,
        SignInLogArg::BeforeAnswer => SignInLogMode::BeforeAnswer,
    };
    options.strict = if args.strict { Strictness::Strict } else { Strictness::Lenient };
    options.quotas = args.quotas;
    options.faults = if args.faults { FaultMode::OnRequest } else { FaultMode::Off };
    options.federation = FederationOptions {
        issuers: args.federation_issuers,
        keys: args
            .federation_keys
            .into_iter()
            .map(|(issuer, file)| IssuerKeysFile { issuer, file })
            .collect(),
        authorities: args.federation_ca,
    };
    options.certificate = args
        .tls_certificate
        .zip(args.tls_key)
        .map(|(certificate, key)| OwnCertificate { certificate, key });
    options
}

/// The log goes to stderr.
pub fn start_log(filter: &str) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter).map_err(|error| {
        Problem::new(format!("`{filter}` is not a log filter: {error}"))
            .with_hint("write a level (error, warn, info, debug), or `target=level` pairs")
    })?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    log.try_init().map_err(|error| anyhow::anyhow!("the log cannot be started: {error}"))
}

/// Ids and secrets that the seed did not give: data, shown once.
fn print_seeded(seeded: &Seeded, printer: Printer) -> anyhow::Result<()> {
    let secret = |app: &vakt_server::SeededApp| {
        app.secret.as_ref().map(|secret| secret.expose_secret().to_owned())
    };
    if printer.is_json() && !seeded.apps.is_empty() {
        let one = |app: &vakt_server::SeededApp| {
            serde_json::json!({
                "tenant": app.tenant.to_string(),
                "name": app.name,
                "appId": app.app_id.to_string(),
                "secretText": secret(app),
            })
        };
        return printer.json(&seeded.apps.iter().map(one).collect::<Vec<_>>());
    }
    let row = |app: &vakt_server::SeededApp| {
        let secret = secret(app).unwrap_or_else(|| "(as given)".into());
        [app.tenant.to_string(), app.name.clone(), app.app_id.to_string(), secret]
    };
    let heading = ["TENANT", "APPLICATION", "APPLICATION ID", "SECRET (SHOWN ONCE)"];
    Ok(printer.table(heading, seeded.apps.iter().map(row))?)
}

fn announce(ready: &Ready, taken_over: bool, printer: Printer) {
    printer.note(&format!("vakt serves {}", ready.url));
    if let Some(ca) = &ready.ca {
        printer.note(&format!("  clients trust it by the certificate {ca}"));
    }
    for tenant in &ready.tenants {
        let domains = tenant.domains.join(", ");
        printer.note(&format!("  tenant {} {} ({domains})", tenant.id, tenant.name));
    }
    if ready.tenants.is_empty() {
        printer
            .warn("there is no tenant yet: stop, run `vakt init` over this folder, or give --seed");
    }
    if taken_over {
        printer.warn(
            "this server answers under Microsoft's host names. Point those names at it only on \
             machines that are yours to test with, never for other people",
        );
    }
}
