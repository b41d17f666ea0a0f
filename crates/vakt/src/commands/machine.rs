//! `vakt machine`.

use vakt_client::{ActionVerb, Endpoint, EndpointQuery};
use vakt_wire::endpoint::{ActionRequest, Machine};
use vakt_wire::import::ImportAnswer;

use super::json_list;
use crate::args::{
    ActionArg, MachineActionArgs, MachineArgs, MachineCommand, MachineImportArgs, MachineListArgs,
};
use crate::context::Context;
use crate::exit::Exit;
use crate::print::Printer;
use crate::relative_time::to_second_or_nothing;

/// Largest page of the documented API.
const PAGE_MAX: u32 = 10_000;

/// Runs `vakt machine`.
pub async fn run(args: MachineArgs, context: &Context) -> anyhow::Result<Exit> {
    let client = context.connect(&args.connection)?;
    let (endpoint, printer) = (client.endpoint(), context.printer);
    match args.command {
        MachineCommand::List(args) => list(endpoint, args, printer).await,
        MachineCommand::Show { machine } => {
            let machine = endpoint.machine(&machine).await?;
            show(&machine, printer)?;
            Ok(Exit::Done)
        }
        MachineCommand::Import(args) => import(endpoint, &args, printer).await,
        MachineCommand::Action(args) => action(endpoint, args, printer).await,
    }
}

async fn list(
    endpoint: Endpoint<'_>,
    args: MachineListArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let limit = if args.all { usize::MAX } else { usize::try_from(args.top)? };
    let top = if args.all { PAGE_MAX } else { args.top.min(PAGE_MAX) };
    let query = EndpointQuery { filter: args.filter, top: Some(top) };
    let found = endpoint.machines(&query).collect(limit).await?;
    if printer.is_json() {
        printer.json(&found)?;
        return Ok(Exit::Done);
    }
    let full = found.len() == limit;
    if found.is_empty() {
        printer.note("there are no such machines");
    }
    let heading = ["NAME", "SYSTEM", "HEALTH", "RISK", "LAST SEEN", "TAGS", "ID"];
    printer.table(heading, found.into_iter().map(row))?;
    if full {
        printer.note("there may be more: give --top or --all");
    }
    Ok(Exit::Done)
}

fn row(machine: Machine) -> [String; 7] {
    [
        machine.computer_dns_name.unwrap_or_default(),
        machine.os_platform.unwrap_or_default(),
        machine.health_status.unwrap_or_default(),
        machine.risk_score.unwrap_or_default(),
        to_second_or_nothing(machine.last_seen),
        machine.machine_tags.join(", "),
        machine.id,
    ]
}

fn show(machine: &Machine, printer: Printer) -> anyhow::Result<()> {
    if printer.is_json() {
        return printer.json(machine);
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let build = machine.os_build.map(|build| build.to_string()).unwrap_or_default();
    printer.fields([
        ("Machine", machine.id.clone()),
        ("Name", text(&machine.computer_dns_name)),
        ("System", text(&machine.os_platform)),
        ("Release", text(&machine.version)),
        ("Build", build),
        ("Health", text(&machine.health_status)),
        ("Onboarding", text(&machine.onboarding_status)),
        ("Risk", text(&machine.risk_score)),
        ("Exposure", text(&machine.exposure_level)),
        ("Value", text(&machine.device_value)),
        ("Group", text(&machine.rbac_group_name)),
        ("Address", text(&machine.last_ip_address)),
        ("External address", text(&machine.last_external_ip_address)),
        ("First seen", to_second_or_nothing(machine.first_seen)),
        ("Last seen", to_second_or_nothing(machine.last_seen)),
        ("Tags", machine.machine_tags.join(", ")),
    ])?;
    Ok(())
}

async fn import(
    endpoint: Endpoint<'_>,
    args: &MachineImportArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let machines = json_list::read(&args.file, &["value"])?;
    let answer = endpoint.import_machines(&machines).await?;
    if printer.is_json() {
        printer.json(&answer)?;
    } else {
        printer.fields([
            ("Created", answer.created.to_string()),
            ("Updated", answer.updated.to_string()),
            ("Unchanged", answer.unchanged.to_string()),
            ("Refused", answer.refused.len().to_string()),
        ])?;
    }
    tell_rest(&answer, printer);
    Ok(if answer.refused.is_empty() { Exit::Done } else { Exit::Refused })
}

/// What did not go in, and what was not understood.
fn tell_rest(answer: &ImportAnswer, printer: Printer) {
    for refused in &answer.refused {
        printer.note(&format!("refused: machine {}: {}", refused.index, refused.reason));
    }
    if !answer.ignored_members.is_empty() {
        let members = answer.ignored_members.join(", ");
        printer.note(&format!("members that nobody knew were left out: {members}"));
    }
}

async fn action(
    endpoint: Endpoint<'_>,
    args: MachineActionArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let is_scan = args.action == ActionArg::Scan;
    let wish = ActionRequest {
        comment: Some(args.comment),
        isolation_type: args.scope.clone().filter(|_| !is_scan),
        scan_type: args.scope.filter(|_| is_scan),
        sha1: args.sha1,
        external_id: None,
    };
    let made = endpoint.request_action(&args.machine, verb(args.action), &wish).await?;
    if printer.is_json() {
        printer.json(&made)?;
        return Ok(Exit::Done);
    }
    printer.fields([
        ("Action", made.id),
        ("Type", made.kind),
        ("Scope", made.scope.unwrap_or_default()),
        ("Machine", made.computer_dns_name.unwrap_or(made.machine_id)),
        ("Status", made.status),
    ])?;
    Ok(Exit::Done)
}

fn verb(action: ActionArg) -> ActionVerb {
    match action {
        ActionArg::Isolate => ActionVerb::Isolate,
        ActionArg::Unisolate => ActionVerb::Unisolate,
        ActionArg::Scan => ActionVerb::Scan,
        ActionArg::Restrict => ActionVerb::Restrict,
        ActionArg::Unrestrict => ActionVerb::Unrestrict,
        ActionArg::Collect => ActionVerb::Collect,
        ActionArg::Offboard => ActionVerb::Offboard,
        ActionArg::StopFile => ActionVerb::StopFile,
    }
}
