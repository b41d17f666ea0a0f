//! `vakt app restore`, `vakt app enable`, `vakt app disable`.

use serde_json::json;
use vakt_client::Graph;
use vakt_client::apps::{AccountState, restore_application, set_account_state};

use crate::print::Printer;

/// Brings a deleted application back.
pub async fn restore(graph: Graph<'_>, app: &str, printer: Printer) -> anyhow::Result<()> {
    let application = restore_application(graph, app).await?;
    let name = &application.display_name;
    printer.note(&format!(
        "the application `{name}` ({}) is back, with its secrets and grants",
        application.app_id
    ));
    if printer.is_json() {
        printer.json(&json!({ "appId": application.app_id, "id": application.id }))?;
    }
    Ok(())
}

/// Switches an application off or on in this tenant.
pub async fn set(
    graph: Graph<'_>,
    app: &str,
    state: AccountState,
    printer: Printer,
) -> anyhow::Result<()> {
    let principal = set_account_state(graph, app, state).await?;
    let (name, app_id) = (&principal.display_name, &principal.app_id);
    printer.note(&match state {
        AccountState::Enabled => format!("`{name}` ({app_id}) gets tokens in this tenant"),
        AccountState::Disabled => format!(
            "`{name}` ({app_id}) gets no more tokens in this tenant; those it has last up to an hour"
        ),
    });
    if printer.is_json() {
        let enabled = state == AccountState::Enabled;
        printer.json(&json!({
            "appId": app_id,
            "servicePrincipalId": principal.id,
            "accountEnabled": enabled,
        }))?;
    }
    Ok(())
}
