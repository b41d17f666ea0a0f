//! `vakt admin`.

use secrecy::ExposeSecret;
use serde_json::json;
use vakt_client::Operator;
use vakt_wire::operator::{MadePerson, NewPerson, PasswordReset, Person};

use crate::args::{
    AdminAddArgs, AdminArgs, AdminCommand, AdminPasswordArgs, AdminRole, PasswordArgs,
};
use crate::clock;
use crate::context::Context;
use crate::exit::Exit;
use crate::print::Printer;
use crate::relative_time::said;
use crate::secret_file::read_secret;

/// Runs `vakt admin`.
pub async fn run(args: AdminArgs, context: &Context) -> anyhow::Result<Exit> {
    let client = context.connect(&args.connection)?;
    let (operator, printer) = (client.operator(), context.printer);
    match args.command {
        AdminCommand::Add(args) => add(operator, args, printer).await?,
        AdminCommand::List => list(operator, printer).await?,
        AdminCommand::ResetPassword(args) => reset_password(operator, args, printer).await?,
        AdminCommand::ResetTotp(args) => {
            let person = operator.reset_second_factor(&args.person).await?;
            show(&person, printer, "signs in without a second factor, and can enrol a new one")?;
        }
        AdminCommand::Unlock(args) => {
            let person = operator.unlock_person(&args.person).await?;
            show(&person, printer, "may sign in at once")?;
        }
        AdminCommand::Remove(args) => {
            operator.remove_person(&args.person).await?;
            printer.note(&format!("{} is removed and signed out everywhere", args.person));
            if printer.is_json() {
                printer.json(&json!({ "removed": args.person }))?;
            }
        }
    }
    Ok(Exit::Done)
}

async fn add(operator: Operator<'_>, args: AdminAddArgs, printer: Printer) -> anyhow::Result<()> {
    let role = match args.role {
        AdminRole::Global => "Global Administrator",
        AdminRole::CloudApplication => "Cloud Application Administrator",
        AdminRole::Reader => "Global Reader",
    };
    let new = NewPerson {
        user_principal_name: args.user_name,
        display_name: args.name,
        role: Some(role.to_owned()),
        password: read_password(&args.password)?,
        must_change_password: Some(!args.password.for_myself),
    };
    tell(operator.add_person(&new).await?, printer)
}

async fn reset_password(
    operator: Operator<'_>,
    args: AdminPasswordArgs,
    printer: Printer,
) -> anyhow::Result<()> {
    let reset = PasswordReset {
        password: read_password(&args.password)?,
        must_change_password: Some(!args.password.for_myself),
    };
    tell(operator.reset_password(&args.person, &reset).await?, printer)
}

fn read_password(args: &PasswordArgs) -> anyhow::Result<Option<String>> {
    let password = args.password_file.as_deref().map(read_secret).transpose()?;
    Ok(password.map(|password| password.expose_secret().to_owned()))
}

/// Tells of a person whose password is new.
fn tell(made: MadePerson, printer: Printer) -> anyhow::Result<()> {
    let is_shown = made.password.is_some();
    let must_change = made.person.must_change_password;
    if printer.is_json() {
        printer.json(&made)?;
    } else {
        let MadePerson { person, password } = made;
        printer.fields([
            ("User name", person.user_principal_name),
            ("Name", person.display_name),
            ("Role", person.role),
            ("Password", password.unwrap_or_else(|| "(as given)".into())),
        ])?;
    }
    if is_shown {
        printer.note("hand the password over now: it is not shown again");
    }
    if must_change {
        printer.note("another one is chosen at the next sign-in");
    }
    Ok(())
}

async fn list(operator: Operator<'_>, printer: Printer) -> anyhow::Result<()> {
    let people = operator.people().await?;
    if printer.is_json() {
        return printer.json(&people);
    }
    if people.is_empty() {
        printer.note("nobody can sign in yet: `vakt admin add` changes that");
    }
    let now = clock::now();
    let rows = people.into_iter().map(|person| {
        let factor = if person.has_second_factor { "TOTP" } else { "password only" };
        let state = match person.locked_until_date_time {
            _ if !person.account_enabled => "disabled".to_owned(),
            Some(until) if until > now => format!("locked until {}", said(until, now)),
            _ if person.must_change_password => "must change password".to_owned(),
            _ => "active".to_owned(),
        };
        [person.user_principal_name, person.display_name, person.role, factor.to_owned(), state]
    });
    printer.table(["USER NAME", "NAME", "ROLE", "SIGN-IN", "STATE"], rows)?;
    Ok(())
}

fn show(person: &Person, printer: Printer, what: &str) -> anyhow::Result<()> {
    printer.note(&format!("{} {what}", person.user_principal_name));
    if printer.is_json() {
        printer.json(person)?;
    }
    Ok(())
}
