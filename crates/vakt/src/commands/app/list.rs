//! `vakt app list`.

use vakt_client::{ApplicationQuery, Graph};

use super::APPLICATIONS_MAX;
use crate::print::Printer;
use crate::relative_time::to_second_or_nothing;

/// Lists applications.
pub async fn run(graph: Graph<'_>, prefix: Option<String>, printer: Printer) -> anyhow::Result<()> {
    let query = prefix.map_or(ApplicationQuery::All, ApplicationQuery::NameStarts);
    let applications = graph.applications(&query).collect(APPLICATIONS_MAX).await?;
    if printer.is_json() {
        return printer.json(&applications);
    }
    if applications.is_empty() {
        printer.note("there are no such applications");
    }
    let rows = applications.into_iter().map(|application| {
        let created = to_second_or_nothing(application.created_date_time);
        [application.display_name, application.app_id, application.id, created]
    });
    printer.table(["NAME", "APPLICATION ID", "OBJECT ID", "CREATED"], rows)?;
    Ok(())
}

/// Lists deleted applications.
pub async fn deleted(graph: Graph<'_>, printer: Printer) -> anyhow::Result<()> {
    let applications = graph.deleted_applications().collect(APPLICATIONS_MAX).await?;
    if printer.is_json() {
        return printer.json(&applications);
    }
    if applications.is_empty() {
        printer.note("there are no deleted applications");
    }
    let rows = applications.into_iter().map(|application| {
        let deleted = to_second_or_nothing(application.deleted_date_time);
        [application.display_name, application.app_id, application.id, deleted]
    });
    printer.table(["NAME", "APPLICATION ID", "OBJECT ID", "DELETED"], rows)?;
    Ok(())
}
