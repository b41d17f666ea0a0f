//! `vakt app federated`.

use serde_json::json;
use vakt_client::Graph;
use vakt_client::apps::find_application;
use vakt_wire::graph::{Application, FederatedIdentityCredential};

use crate::args::{FederatedAddArgs, FederatedCommand, FederatedRemoveArgs};
use crate::print::Printer;
use crate::problem::Problem;

/// Most credentials that are listed; one application has at most 20.
const CREDENTIALS_MAX: usize = 100;

/// Runs `vakt app federated`.
pub async fn run(
    graph: Graph<'_>,
    command: FederatedCommand,
    printer: Printer,
) -> anyhow::Result<()> {
    match command {
        FederatedCommand::Add(args) => add(graph, args, printer).await,
        FederatedCommand::List(args) => list(graph, &args.app, printer).await,
        FederatedCommand::Remove(args) => remove(graph, &args, printer).await,
    }
}

async fn add(graph: Graph<'_>, args: FederatedAddArgs, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, &args.app).await?;
    let new = FederatedIdentityCredential {
        id: String::new(),
        name: args.name,
        issuer: args.issuer,
        subject: args.subject,
        audiences: vec![args.audience],
        description: args.description,
    };
    let made = graph.add_federated_credential(&application.id, &new).await?;
    if printer.is_json() {
        printer.json(&made)?;
    } else {
        printer.fields([
            ("Name", made.name),
            ("ID", made.id),
            ("Issuer", made.issuer),
            ("Subject", made.subject),
            ("Audience", made.audiences.join(" ")),
        ])?;
    }
    printer.note(&format!(
        "next: vakt token get --client-id {} --federated-token-file FILE",
        application.app_id
    ));
    Ok(())
}

async fn all(
    graph: Graph<'_>,
    application: &Application,
) -> anyhow::Result<Vec<FederatedIdentityCredential>> {
    Ok(graph.federated_credentials(&application.id).collect(CREDENTIALS_MAX).await?)
}

async fn list(graph: Graph<'_>, app: &str, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, app).await?;
    let credentials = all(graph, &application).await?;
    if printer.is_json() {
        return printer.json(&credentials);
    }
    if credentials.is_empty() {
        printer.note("it trusts nobody: `vakt app federated add` changes that");
    }
    let rows = credentials
        .into_iter()
        .map(|one| [one.name, one.issuer, one.subject, one.audiences.join(" "), one.id]);
    printer.table(["NAME", "ISSUER", "SUBJECT", "AUDIENCE", "ID"], rows)?;
    Ok(())
}

async fn remove(
    graph: Graph<'_>,
    args: &FederatedRemoveArgs,
    printer: Printer,
) -> anyhow::Result<()> {
    let application = find_application(graph, &args.app).await?;
    let is_it = |one: &FederatedIdentityCredential| {
        one.name == args.credential || one.id.eq_ignore_ascii_case(&args.credential)
    };
    let found = all(graph, &application).await?.into_iter().find(is_it).ok_or_else(|| {
        let name = &application.display_name;
        Problem::new(format!("`{name}` has no federated credential `{}`", args.credential))
            .with_hint("`vakt app federated list` shows their names")
    })?;
    graph.remove_federated_credential(&application.id, &found.id).await?;
    printer.note(&format!("`{}` is removed: its subject gets no more tokens", found.name));
    if printer.is_json() {
        let app_id = application.app_id;
        printer.json(&json!({ "appId": app_id, "id": found.id, "name": found.name }))?;
    }
    Ok(())
}
