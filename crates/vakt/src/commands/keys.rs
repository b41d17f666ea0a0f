//! `vakt keys`.

use vakt_client::Operator;
use vakt_wire::operator::{Key, NewKey, RetireKey};

use crate::args::{KeysArgs, KeysCommand, RetireArgs, RotateArgs};
use crate::clock;
use crate::context::Context;
use crate::exit::Exit;
use crate::print::Printer;
use crate::relative_time::said;

/// Runs `vakt keys`.
pub async fn run(args: KeysArgs, context: &Context) -> anyhow::Result<Exit> {
    let client = context.connect(&args.connection)?;
    let (operator, printer) = (client.operator(), context.printer);
    match args.command {
        KeysCommand::List => list(operator, printer).await?,
        KeysCommand::Rotate(args) => rotate(operator, &args, printer).await?,
        KeysCommand::Retire(args) => retire(operator, &args, printer).await?,
    }
    Ok(Exit::Done)
}

async fn list(operator: Operator<'_>, printer: Printer) -> anyhow::Result<()> {
    let keys = operator.keys().await?;
    if printer.is_json() {
        return printer.json(&keys);
    }
    let now = clock::now();
    let rows = keys.into_iter().map(|key| {
        let needed = key.needed_until_date_time.map(|until| said(until, now)).unwrap_or_default();
        let end = key.retired_date_time.map(|at| format!("retired {}", said(at, now)));
        [key.kid, key.state, said(key.signs_from_date_time, now), end.unwrap_or(needed)]
    });
    printer.table(["KEY ID", "STATE", "SIGNS FROM", "NEEDED UNTIL"], rows)?;
    Ok(())
}

async fn rotate(operator: Operator<'_>, args: &RotateArgs, printer: Printer) -> anyhow::Result<()> {
    let key = operator.rotate_keys(&NewKey { sign_at_once: args.now }).await?;
    show(&key, printer)?;
    if args.now {
        printer.note("it signs from now on; the key before stays published for its tokens");
    } else {
        let when = said(key.signs_from_date_time, clock::now());
        printer.note(&format!("it is published now, and signs {when}; nothing else is to be done"));
    }
    Ok(())
}

async fn retire(operator: Operator<'_>, args: &RetireArgs, printer: Printer) -> anyhow::Result<()> {
    let key = operator.retire_key(&args.kid, &RetireKey { force: args.force }).await?;
    show(&key, printer)?;
    printer.note("it is published no longer, and its private half is destroyed");
    Ok(())
}

fn show(key: &Key, printer: Printer) -> anyhow::Result<()> {
    if printer.is_json() {
        return printer.json(key);
    }
    let signs_from = said(key.signs_from_date_time, clock::now());
    printer.fields([
        ("Key ID", key.kid.clone()),
        ("State", key.state.clone()),
        ("Signs from", signs_from),
    ])?;
    Ok(())
}
