//! `vakt app delete`.

use serde_json::json;
use vakt_client::Graph;
use vakt_client::apps::find_application;

use crate::print::Printer;

/// Deletes an application.
pub async fn run(graph: Graph<'_>, app: &str, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, app).await?;
    graph.delete_application(&application.id).await?;
    let name = &application.display_name;
    printer.note(&format!("the application `{name}` ({}) is deleted", application.app_id));
    printer
        .note(&format!("for 30 days it can be restored: vakt app restore {}", application.app_id));
    if printer.is_json() {
        printer.json(&json!({ "appId": application.app_id, "id": application.id }))?;
    }
    Ok(())
}
