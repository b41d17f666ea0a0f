//! `vakt app create`.

use serde_json::json;
use vakt_client::Graph;
use vakt_client::apps::{NewRegistration, SignInAudience, register_application};

use crate::args::CreateArgs;
use crate::print::Printer;

/// Registers an application and its service principal.
pub async fn run(graph: Graph<'_>, args: CreateArgs, printer: Printer) -> anyhow::Result<()> {
    let audience =
        if args.multi_tenant { SignInAudience::AnyTenant } else { SignInAudience::OwnTenant };
    let new = NewRegistration { name: args.name, audience, redirect_uris: args.redirect_uris };
    let registered = register_application(graph, &new).await?;
    let (application, principal) = (registered.application, registered.principal);
    let tenant =
        principal.app_owner_organization_id.unwrap_or_else(|| graph.client().tenant().to_owned());
    if printer.is_json() {
        return printer.json(&json!({
            "appId": application.app_id,
            "id": application.id,
            "displayName": application.display_name,
            "servicePrincipalId": principal.id,
            "tenantId": tenant,
        }));
    }
    printer.fields([
        ("Name", application.display_name),
        ("Application ID", application.app_id.clone()),
        ("Object ID", application.id),
        ("Tenant ID", tenant),
    ])?;
    printer.note(&format!(
        "next: vakt app permission add {} \"Microsoft Threat Protection/Incident.Read.All\"",
        application.app_id
    ));
    Ok(())
}
