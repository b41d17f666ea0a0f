//! `vakt app secret`.

use jiff::Timestamp;
use serde_json::json;
use vakt_client::apps::find_application;
use vakt_client::{Graph, NewPassword};
use vakt_wire::graph::{Application, PasswordCredential};

use crate::args::{SecretAddArgs, SecretCommand, SecretRemoveArgs};
use crate::clock;
use crate::print::Printer;
use crate::problem::Problem;
use crate::relative_time::to_second_or_nothing;

/// Runs `vakt app secret`.
pub async fn run(graph: Graph<'_>, command: SecretCommand, printer: Printer) -> anyhow::Result<()> {
    match command {
        SecretCommand::Add(args) => add(graph, args, printer).await,
        SecretCommand::List(args) => list(graph, &args.app, printer).await,
        SecretCommand::Remove(args) => remove(graph, &args, printer).await,
    }
}

async fn add(graph: Graph<'_>, args: SecretAddArgs, printer: Printer) -> anyhow::Result<()> {
    let past = || Problem::new("the secret would end in the past").with_hint("give a later date");
    let now = clock::now();
    let instant = args.expires.map(|expiry| expiry.instant(now).ok_or_else(past));
    let new = NewPassword { description: args.description, expires: instant.transpose()? };
    let application = find_application(graph, &args.app).await?;
    let secret = graph.add_password(&application.id, new).await?;
    let value = secret.secret_text.clone().ok_or_else(|| {
        Problem::new("the server made a secret and did not show it")
            .with_hint("remove it with `vakt app secret remove` and try again")
    })?;
    if printer.is_json() {
        printer.json(&json!({
            "appId": application.app_id,
            "keyId": secret.key_id,
            "displayName": secret.display_name,
            "endDateTime": secret.end_date_time,
            "secretText": value,
        }))?;
    } else {
        printer.fields([
            ("Application ID", application.app_id),
            ("Key ID", secret.key_id.unwrap_or_default()),
            ("Expires", to_second_or_nothing(secret.end_date_time)),
            ("Value", value),
        ])?;
    }
    printer.note("keep the value now: it is not shown again");
    Ok(())
}

async fn list(graph: Graph<'_>, app: &str, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, app).await?;
    let now = clock::now();
    if printer.is_json() {
        return printer.json(&application.password_credentials);
    }
    if application.password_credentials.is_empty() {
        printer.note("it has no secrets: `vakt app secret add` makes one");
    }
    let rows = application.password_credentials.into_iter().map(|secret| {
        let state = state_of(&secret, now).to_owned();
        let expires = to_second_or_nothing(secret.end_date_time);
        let hint = secret.hint.map(|hint| format!("{hint}…")).unwrap_or_default();
        let key_id = secret.key_id.unwrap_or_default();
        [key_id, secret.display_name.unwrap_or_default(), hint, expires, state]
    });
    printer.table(["KEY ID", "DESCRIPTION", "VALUE", "EXPIRES", "STATE"], rows)?;
    Ok(())
}

fn state_of(secret: &PasswordCredential, now: Timestamp) -> &'static str {
    if secret.end_date_time.is_some_and(|end| end <= now) {
        "expired"
    } else if secret.start_date_time.is_some_and(|start| start > now) {
        "not yet valid"
    } else {
        "valid"
    }
}

async fn remove(graph: Graph<'_>, args: &SecretRemoveArgs, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, &args.app).await?;
    let key_id = own_key(&application, &args.key_id)?;
    graph.remove_password(&application.id, key_id).await?;
    printer.note(&format!("the secret {key_id} is removed: it gets no more tokens"));
    if printer.is_json() {
        printer.json(&json!({ "appId": application.app_id, "keyId": key_id }))?;
    }
    Ok(())
}

fn own_key<'a>(application: &'a Application, key_id: &str) -> Result<&'a str, Problem> {
    let mut keys = application.password_credentials.iter().filter_map(|s| s.key_id.as_deref());
    keys.find(|key| key.eq_ignore_ascii_case(key_id)).ok_or_else(|| {
        Problem::new(format!("`{}` has no secret {key_id}", application.display_name))
            .with_hint("`vakt app secret list` shows the key ids")
    })
}
