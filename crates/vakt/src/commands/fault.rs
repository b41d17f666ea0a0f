//! `vakt fault`.

use serde_json::json;
use vakt_client::Operator;
use vakt_client::apps::find_application;
use vakt_wire::operator::{Fault, NewFault};

use crate::args::{FaultArgs, FaultCommand, FaultSetArgs, FaultTarget};
use crate::clock;
use crate::context::Context;
use crate::exit::Exit;
use crate::print::Printer;
use crate::relative_time::said;

/// Runs `vakt fault`.
pub async fn run(args: FaultArgs, context: &Context) -> anyhow::Result<Exit> {
    let client = context.connect(&args.connection)?;
    let (operator, printer) = (client.operator(), context.printer);
    match args.command {
        FaultCommand::Set(args) => {
            let app = find_application(client.graph(), &args.app).await?;
            let fault = operator.set_fault(&wish(args, app.app_id)).await?;
            match printer.is_json() {
                true => printer.json(&fault)?,
                false => show(&[fault], printer)?,
            }
        }
        FaultCommand::List => show(&operator.faults().await?, printer)?,
        FaultCommand::Clear(args) => clear(operator, args.id.as_deref(), printer).await?,
    }
    Ok(Exit::Done)
}

fn wish(args: FaultSetArgs, app_id: String) -> NewFault {
    let target = match args.on {
        FaultTarget::Api => "api",
        FaultTarget::Token => "token",
    };
    NewFault {
        app_id,
        next: Some(args.next),
        status: args.status,
        delay_milliseconds: args.delay_ms,
        retry_after_seconds: args.retry_after,
        route_prefix: args.route,
        target: Some(target.into()),
    }
}

async fn clear(operator: Operator<'_>, id: Option<&str>, printer: Printer) -> anyhow::Result<()> {
    match id {
        Some(id) => operator.remove_fault(id).await?,
        None => operator.clear_faults().await?,
    }
    printer.note("calls are answered as they should be");
    if printer.is_json() {
        printer.json(&json!({ "cleared": id.unwrap_or("all") }))?;
    }
    Ok(())
}

fn show(faults: &[Fault], printer: Printer) -> anyhow::Result<()> {
    if printer.is_json() {
        return printer.json(&faults);
    }
    let now = clock::now();
    let rows = faults.iter().map(|fault| {
        let number = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
        [
            fault.id.clone(),
            fault.app_id.clone(),
            fault.target.clone(),
            fault.next.to_string(),
            fault.status.map_or("slow".to_owned(), |status| status.to_string()),
            number(fault.retry_after_seconds),
            number(fault.delay_milliseconds),
            fault.route_prefix.clone().unwrap_or_default(),
            said(fault.created_date_time, now),
        ]
    });
    let heading = [
        "ID",
        "APPLICATION",
        "ON",
        "NEXT",
        "STATUS",
        "RETRY AFTER (S)",
        "DELAY (MS)",
        "ROUTE",
        "SET",
    ];
    printer.table(heading, rows)?;
    Ok(())
}
