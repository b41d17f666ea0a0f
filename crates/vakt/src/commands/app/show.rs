//! `vakt app show`.

use vakt_client::Graph;
use vakt_client::apps::find_application;

use crate::print::Printer;
use crate::relative_time::to_second_or_nothing;

/// Shows one application.
pub async fn run(graph: Graph<'_>, app: &str, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, app).await?;
    if printer.is_json() {
        return printer.json(&application);
    }
    let permissions = application.required_resource_access.iter();
    let permissions: usize = permissions.map(|access| access.resource_access.len()).sum();
    printer.fields([
        ("Name", application.display_name),
        ("Application ID", application.app_id),
        ("Object ID", application.id),
        ("Created", to_second_or_nothing(application.created_date_time)),
        ("Audience", application.sign_in_audience),
        ("Identifier URIs", application.identifier_uris.join(" ")),
        ("Redirect URIs", application.web.redirect_uris.join(" ")),
        ("Permissions", permissions.to_string()),
        ("Secrets", application.password_credentials.len().to_string()),
        ("Certificates", application.key_credentials.len().to_string()),
    ])?;
    Ok(())
}
