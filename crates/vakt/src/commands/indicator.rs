//! `vakt indicator`.

use serde_json::json;
use vakt_client::{Endpoint, EndpointQuery};
use vakt_wire::endpoint::{Indicator, IndicatorBody};

use super::json_list;
use crate::args::{
    IndicatorAddArgs, IndicatorArgs, IndicatorCommand, IndicatorImportArgs, IndicatorListArgs,
    IndicatorRemoveArgs,
};
use crate::context::Context;
use crate::exit::Exit;
use crate::print::Printer;
use crate::relative_time::to_second_or_nothing;

/// Largest page of the documented API.
const PAGE_MAX: u32 = 10_000;

/// Runs `vakt indicator`.
pub async fn run(args: IndicatorArgs, context: &Context) -> anyhow::Result<Exit> {
    let client = context.connect(&args.connection)?;
    let (endpoint, printer) = (client.endpoint(), context.printer);
    match args.command {
        IndicatorCommand::List(args) => list(endpoint, args, printer).await,
        IndicatorCommand::Add(args) => add(endpoint, args, printer).await,
        IndicatorCommand::Import(args) => import(endpoint, &args, printer).await,
        IndicatorCommand::Remove(args) => remove(endpoint, &args, printer).await,
    }
}

async fn list(
    endpoint: Endpoint<'_>,
    args: IndicatorListArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let limit = if args.all { usize::MAX } else { usize::try_from(args.top)? };
    let top = if args.all { PAGE_MAX } else { args.top.min(PAGE_MAX) };
    let query = EndpointQuery { filter: args.filter, top: Some(top) };
    let found = endpoint.indicators(&query).collect(limit).await?;
    if printer.is_json() {
        printer.json(&found)?;
        return Ok(Exit::Done);
    }
    let full = found.len() == limit;
    if found.is_empty() {
        printer.note("there are no such indicators");
    }
    let heading = ["ID", "TYPE", "ACTION", "SEVERITY", "EXPIRES", "VALUE", "TITLE"];
    printer.table(heading, found.into_iter().map(row))?;
    if full {
        printer.note("there may be more: give --top or --all");
    }
    Ok(Exit::Done)
}

fn row(indicator: Indicator) -> [String; 7] {
    [
        indicator.id,
        indicator.indicator_type,
        indicator.action,
        indicator.severity.unwrap_or_default(),
        to_second_or_nothing(indicator.expiration_time),
        indicator.indicator_value,
        indicator.title.unwrap_or_default(),
    ]
}

async fn add(
    endpoint: Endpoint<'_>,
    args: IndicatorAddArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let title = args.title.unwrap_or_else(|| args.value.clone());
    let new = IndicatorBody {
        indicator_value: Some(args.value),
        indicator_type: Some(args.kind),
        action: Some(args.action),
        // Microsoft's API wants both.
        description: Some(args.description.unwrap_or_else(|| title.clone())),
        title: Some(title),
        severity: args.severity,
        expiration_time: args.expires.map(Some),
        ..IndicatorBody::default()
    };
    let made = endpoint.submit_indicator(&new).await?;
    if printer.is_json() {
        printer.json(&made)?;
        return Ok(Exit::Done);
    }
    printer.fields([
        ("Indicator", made.id),
        ("Type", made.indicator_type),
        ("Value", made.indicator_value),
        ("Action", made.action),
        ("Severity", made.severity.unwrap_or_default()),
        ("Expires", to_second_or_nothing(made.expiration_time)),
    ])?;
    Ok(Exit::Done)
}

async fn import(
    endpoint: Endpoint<'_>,
    args: &IndicatorImportArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let indicators = json_list::read(&args.file, &["value", "Indicators"])?;
    let answers = endpoint.import_indicators(&indicators).await?;
    let failed = answers.iter().filter(|answer| answer.is_failed).count();
    if printer.is_json() {
        printer.json(&json!({ "value": answers }))?;
    } else {
        printer.fields([
            ("Stored", (answers.len() - failed).to_string()),
            ("Refused", failed.to_string()),
        ])?;
    }
    for answer in answers.iter().filter(|answer| answer.is_failed) {
        let name = answer.indicator.as_deref().unwrap_or("an indicator without a value");
        let reason = answer.failure_reason.as_deref().unwrap_or_default();
        printer.note(&format!("refused: {name}: {reason}"));
    }
    Ok(if failed == 0 { Exit::Done } else { Exit::Refused })
}

async fn remove(
    endpoint: Endpoint<'_>,
    args: &IndicatorRemoveArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    endpoint.remove_indicators(&args.ids).await?;
    printer.note(&format!("removed: {}", args.ids.join(", ")));
    if printer.is_json() {
        printer.json(&json!({ "removed": args.ids }))?;
    }
    Ok(Exit::Done)
}
