//! `vakt tenant`.

use std::fs::File;
use std::io::{BufWriter, Write};

use serde_json::json;
use vakt_client::Operator;
use vakt_wire::operator::{MadeTenant, NewAdministrator, NewPerson, NewTenant, Tenant};

use crate::args::{
    ConnectionArgs, TenantArgs, TenantCommand, TenantCreateArgs, TenantDeleteArgs, TenantExportArgs,
};
use crate::clock;
use crate::context::Context;
use crate::exit::Exit;
use crate::print::Printer;
use crate::private_file;
use crate::problem::Problem;
use crate::profiles::Profile;
use crate::relative_time::said;

/// Runs `vakt tenant`.
pub async fn run(args: TenantArgs, context: &Context) -> anyhow::Result<Exit> {
    let client = context.connect(&args.connection)?;
    let (operator, printer) = (client.operator(), context.printer);
    match args.command {
        TenantCommand::Create(wish) => {
            create(operator, wish, &args.connection, context).await?;
        }
        TenantCommand::List => list(operator, printer).await?,
        TenantCommand::Show(args) => show(&operator.tenant(&args.name).await?, printer)?,
        TenantCommand::Export(args) => export(operator, &args, printer).await?,
        TenantCommand::Delete(args) => delete(operator, &args, printer).await?,
    }
    Ok(Exit::Done)
}

async fn create(
    operator: Operator<'_>,
    wish: TenantCreateArgs,
    connection: &ConnectionArgs,
    context: &Context,
) -> anyhow::Result<()> {
    // First what may fail: the secret that is made afterwards is nowhere else.
    let mut profiles = wish.save_profile.is_some().then(|| context.profiles()).transpose()?;
    let profile = context.sibling_profile(connection)?;
    if let (Some(name), Some(profiles)) = (&wish.save_profile, &profiles)
        && profiles.all().contains_key(name)
    {
        let text = format!("there is a profile `{name}` already");
        return Err(Problem::new(text).with_hint("choose another name, or remove it first").into());
    }
    let person = wish
        .person
        .map(|user_principal_name| NewPerson { user_principal_name, ..NewPerson::default() });
    let new = NewTenant {
        id: wish.id,
        display_name: wish.name,
        domains: wish.domains,
        administrator: (!wish.without_application).then(NewAdministrator::default),
        person,
    };
    let made = operator.create_tenant(&new).await?;
    let saved = match (&wish.save_profile, &mut profiles, &made.administrator) {
        (Some(name), Some(profiles), Some(administrator)) => {
            let profile = Profile {
                tenant: Some(made.tenant.id.clone()),
                client_id: Some(administrator.app_id.clone()),
                ..profile
            };
            let secret = administrator.secret_text.as_str().into();
            profiles.save_profile(name, profile, Some(&secret))?;
            Some(name.as_str())
        }
        _ => None,
    };
    print_made(made, saved, context.printer)
}

/// A secret that is kept in a profile is shown nowhere.
fn print_made(mut made: MadeTenant, saved: Option<&str>, printer: Printer) -> anyhow::Result<()> {
    if saved.is_some()
        && let Some(administrator) = &mut made.administrator
    {
        administrator.secret_text = "(in the profile)".into();
    }
    if printer.is_json() {
        printer.json(&made)?;
    } else {
        let tenant = &made.tenant;
        let administrator = made.administrator.as_ref();
        let person = made.person.as_ref();
        printer.fields([
            ("Name", tenant.display_name.clone()),
            ("Tenant ID", tenant.id.clone()),
            ("Domains", tenant.domains.join(" ")),
            ("Application ID", administrator.map(|one| one.app_id.clone()).unwrap_or_default()),
            ("Secret", administrator.map(|one| one.secret_text.clone()).unwrap_or_default()),
            (
                "Person",
                person.map(|one| one.person.user_principal_name.clone()).unwrap_or_default(),
            ),
            ("Password", person.and_then(|one| one.password.clone()).unwrap_or_default()),
        ])?;
    }
    match saved {
        Some(name) => printer.note(&format!("next: vakt app list --profile {name}")),
        None if made.administrator.is_some() || made.person.is_some() => {
            printer.note("keep secret and password now: they are not shown again");
        }
        None => {}
    }
    Ok(())
}

async fn list(operator: Operator<'_>, printer: Printer) -> anyhow::Result<()> {
    let tenants = operator.tenants().await?;
    if printer.is_json() {
        return printer.json(&tenants);
    }
    let now = clock::now();
    let rows = tenants.into_iter().map(|tenant| {
        let role = if tenant.is_operator { "operator" } else { "" };
        let created = said(tenant.created_date_time, now);
        [tenant.display_name, tenant.id, tenant.domains.join(" "), created, role.to_owned()]
    });
    printer.table(["NAME", "TENANT ID", "DOMAINS", "CREATED", ""], rows)?;
    Ok(())
}

fn show(tenant: &Tenant, printer: Printer) -> anyhow::Result<()> {
    if printer.is_json() {
        return printer.json(tenant);
    }
    printer.fields([
        ("Name", tenant.display_name.clone()),
        ("Tenant ID", tenant.id.clone()),
        ("Domains", tenant.domains.join(" ")),
        ("Created", said(tenant.created_date_time, clock::now())),
        ("Operator", if tenant.is_operator { "yes" } else { "no" }.to_owned()),
    ])?;
    Ok(())
}

async fn export(
    operator: Operator<'_>,
    args: &TenantExportArgs,
    printer: Printer,
) -> anyhow::Result<()> {
    let Some(path) = &args.to else {
        return Ok(operator.export_tenant(&args.name, &mut |piece| printer.bytes(piece)).await?);
    };
    let outcome = export_to(operator, &args.name, private_file::open_new(path)?).await;
    if outcome.is_err() {
        // Half an export looks like a whole one to whoever does not read its end.
        private_file::remove(path)?;
    }
    let bytes = outcome?;
    printer.note(&format!("{} is written", path.display()));
    if printer.is_json() {
        printer.json(&json!({ "file": path, "bytes": bytes }))?;
    }
    Ok(())
}

async fn export_to(operator: Operator<'_>, name: &str, file: File) -> anyhow::Result<u64> {
    let mut file = BufWriter::new(file);
    let mut bytes = 0;
    let mut sink = |piece: &[u8]| {
        bytes += piece.len() as u64;
        file.write_all(piece)
    };
    operator.export_tenant(name, &mut sink).await?;
    let file = file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(bytes)
}

async fn delete(
    operator: Operator<'_>,
    args: &TenantDeleteArgs,
    printer: Printer,
) -> anyhow::Result<()> {
    let tenant = operator.tenant(&args.name).await?;
    operator.delete_tenant(&tenant.id, &args.confirm).await?;
    printer
        .note(&format!("`{}` ({}) and all of its data are gone", tenant.display_name, tenant.id));
    if printer.is_json() {
        printer.json(&json!({ "id": tenant.id, "displayName": tenant.display_name }))?;
    }
    Ok(())
}
