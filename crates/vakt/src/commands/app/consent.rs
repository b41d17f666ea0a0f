//! `vakt app consent`.

use serde_json::json;
use vakt_client::apps::{find_application, grant_consent};
use vakt_client::{Graph, RoleGrant};

use crate::print::Printer;

/// Grants what the application asks for.
pub async fn run(graph: Graph<'_>, app: &str, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, app).await?;
    let report = grant_consent(graph, &application).await?;
    if printer.is_json() {
        let roles = report.roles.iter().map(|role| {
            let new = role.grant == RoleGrant::Made;
            json!({ "api": role.api, "role": role.role, "new": new })
        });
        return printer.json(&json!({ "granted": roles.collect::<Vec<_>>() }));
    }
    if report.roles.is_empty() {
        printer.note("nothing to grant: the application asks for no permissions");
        printer.note("next: vakt app permission add");
        return Ok(());
    }
    let rows = report.roles.into_iter().map(|role| {
        let state = match role.grant {
            RoleGrant::Made => "granted",
            RoleGrant::WasThere => "granted before",
        };
        [role.api, role.role, state.to_owned()]
    });
    printer.table(["API", "ROLE", "STATE"], rows)?;
    printer.note("tokens issued from now on carry these roles");
    Ok(())
}
