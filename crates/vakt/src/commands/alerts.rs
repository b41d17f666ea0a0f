//! `vakt alerts`.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use anyhow::Context as _;
use serde_json::json;
use vakt_client::{ArrivalSummary, Endpoint, EndpointQuery, Incidents};
use vakt_wire::defender::{AlertPatch, MdeAlert, NewMdeAlert};
use vakt_wire::incident_file::IncidentFile;

use crate::args::{
    AlertCreateArgs, AlertImportArgs, AlertListArgs, AlertUpdateArgs, AlertsArgs, AlertsCommand,
};
use crate::context::Context;
use crate::exit::Exit;
use crate::print::Printer;
use crate::problem::Problem;
use crate::relative_time::to_second_or_nothing;

/// Largest page of the documented API.
const PAGE_MAX: u32 = 10_000;

/// Runs `vakt alerts`.
pub async fn run(args: AlertsArgs, context: &Context) -> anyhow::Result<Exit> {
    let client = context.connect(&args.connection)?;
    let (endpoint, printer) = (client.endpoint(), context.printer);
    match args.command {
        AlertsCommand::List(args) => list(endpoint, args, printer).await,
        AlertsCommand::Show { id } => show(&endpoint.alert(&id).await?, printer),
        AlertsCommand::Update(args) => update(endpoint, args, printer).await,
        AlertsCommand::Create(args) => create(endpoint, args, printer).await,
        AlertsCommand::Import(args) => import(client.incidents(), &args, printer).await,
    }
}

async fn list(
    endpoint: Endpoint<'_>,
    args: AlertListArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let limit = if args.all { usize::MAX } else { usize::try_from(args.top)? };
    let top = if args.all { PAGE_MAX } else { args.top.min(PAGE_MAX) };
    let query = EndpointQuery { filter: args.filter, top: Some(top) };
    let found = endpoint.alerts(&query).collect(limit).await?;
    if printer.is_json() {
        printer.json(&found)?;
        return Ok(Exit::Done);
    }
    let full = found.len() == limit;
    if found.is_empty() {
        printer.note("there are no such alerts");
    }
    let heading = ["ID", "INCIDENT", "SEVERITY", "STATUS", "UPDATED", "MACHINE", "TITLE"];
    printer.table(heading, found.into_iter().map(row))?;
    if full {
        printer.note("there may be more: give --top or --all");
    }
    Ok(Exit::Done)
}

fn row(alert: MdeAlert) -> [String; 7] {
    [
        alert.id,
        alert.incident_id.map(|id| id.to_string()).unwrap_or_default(),
        alert.severity.unwrap_or_default(),
        alert.status.unwrap_or_default(),
        to_second_or_nothing(alert.last_update_time),
        alert.computer_dns_name.or(alert.machine_id).unwrap_or_default(),
        alert.title.unwrap_or_default(),
    ]
}

fn show(alert: &MdeAlert, printer: Printer) -> anyhow::Result<Exit> {
    if printer.is_json() {
        printer.json(alert)?;
        return Ok(Exit::Done);
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let incident = alert.incident_id.map(|id| id.to_string()).unwrap_or_default();
    printer.fields([
        ("Alert", alert.id.clone()),
        ("Incident", incident),
        ("Title", text(&alert.title)),
        ("Severity", text(&alert.severity)),
        ("Status", text(&alert.status)),
        ("Owner", text(&alert.assigned_to)),
        ("Classification", text(&alert.classification)),
        ("Determination", text(&alert.determination)),
        ("Category", text(&alert.category)),
        ("Detector", text(&alert.detection_source)),
        ("Machine", text(&alert.computer_dns_name)),
        ("First event", to_second_or_nothing(alert.first_event_time)),
        ("Last event", to_second_or_nothing(alert.last_event_time)),
        ("Updated", to_second_or_nothing(alert.last_update_time)),
        ("Comments", alert.comments.len().to_string()),
    ])?;
    if !alert.evidence.is_empty() {
        printer.line("")?;
    }
    let rows = alert.evidence.iter().map(|one| {
        let what = [
            &one.process_command_line,
            &one.file_name,
            &one.ip_address,
            &one.url,
            &one.registry_key,
            &one.user_principal_name,
            &one.account_name,
        ];
        let what = what.into_iter().flatten().next().cloned().unwrap_or_default();
        [one.entity_type.clone(), what]
    });
    printer.table(["EVIDENCE", "WHAT"], rows)?;
    Ok(Exit::Done)
}

async fn update(
    endpoint: Endpoint<'_>,
    args: AlertUpdateArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let change = AlertPatch {
        status: args.change.status,
        assigned_to: args.change.assign.map(Some),
        classification: args.change.classification,
        determination: args.change.determination,
        comment: args.change.comment,
    };
    show(&endpoint.update_alert(&args.id, &change).await?, printer)
}

async fn create(
    endpoint: Endpoint<'_>,
    args: AlertCreateArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let new = NewMdeAlert {
        machine_id: args.machine,
        severity: args.severity,
        title: args.title,
        description: args.description,
        recommended_action: args.action,
        event_time: args.event_time,
        report_id: args.report_id,
        category: args.category,
    };
    show(&endpoint.create_alert(&new).await?, printer)
}

async fn import(
    incidents: Incidents<'_>,
    args: &AlertImportArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let name = args.file.display().to_string();
    let file = IncidentFile::open(open(&args.file)?).with_context(|| name.clone())?;
    let items = file.map(|item| item.map_err(anyhow::Error::from));
    // What went in before the failure stays; sending it again does no harm.
    let summary = incidents.send_alerts(items).await;
    let summary = summary.with_context(|| format!("the import of {name} stopped"))?;
    if printer.is_json() {
        printer.json(&json!({
            "stored": summary.stored,
            "refused": summary.refused,
            "notStored": summary.not_stored,
            "ignoredMembers": summary.ignored_members,
        }))?;
    } else {
        let rows = summary.stored.iter().map(|one| {
            [one.alert_id.clone(), one.incident_id.to_string(), one.reason.text.clone()]
        });
        printer.table(["ALERT", "INCIDENT", "IS THERE BECAUSE"], rows)?;
    }
    tell_rest(&summary, printer);
    let complete = summary.refused.is_empty() && summary.not_stored.is_empty();
    Ok(if complete { Exit::Done } else { Exit::Refused })
}

fn open(path: &Path) -> anyhow::Result<Box<dyn Read + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path).map_err(|error| {
        let problem = Problem::new(format!("{} cannot be read: {error}", path.display()));
        problem.with_hint("give a file of alerts, or `-` for stdin")
    })?;
    Ok(Box::new(BufReader::new(file)))
}

/// What did not go in, and what was not understood.
fn tell_rest(summary: &ArrivalSummary, printer: Printer) {
    for refused in &summary.refused {
        printer.note(&format!("refused: item {}: {}", refused.index, refused.reason));
    }
    for line in &summary.not_stored {
        printer.note(&format!("not kept: {} of {}: {}", line.count, line.table, line.reason));
    }
    if !summary.ignored_members.is_empty() {
        let members = summary.ignored_members.join(", ");
        printer.note(&format!("members that nobody knew were left out: {members}"));
    }
}
