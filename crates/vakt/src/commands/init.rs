//! `vakt init`.

use secrecy::ExposeSecret;
use vakt_server::{Bootstrapped, InitOptions, ServeOptions, bootstrap};

use crate::args::InitArgs;
use crate::context::Context;
use crate::exit::Exit;
use crate::profiles::{Profile, Profiles};

/// Makes a data folder ready and saves the profile of its administrator.
pub async fn run(args: InitArgs, context: &Context) -> anyhow::Result<Exit> {
    let mut serve = ServeOptions::new(args.data.clone());
    serve.names = args.names.clone();
    serve.database = args.database.clone();
    serve.sealing_key = args.sealing_key.clone();
    let options = InitOptions {
        serve,
        tenant_name: args.tenant_name.clone(),
        domain: args.domain.clone(),
        administrator: args.administrator.clone(),
    };
    // First what may fail: the secret that is made afterwards is nowhere else.
    let dir = context.config_dir()?;
    let mut profiles = Profiles::load(&dir)?;
    let made = bootstrap(&options).await?;
    save(&mut profiles, &args, &made)?;
    print(&args, &made, context)
}

fn save(profiles: &mut Profiles, args: &InitArgs, made: &Bootstrapped) -> anyhow::Result<()> {
    let profile = Profile {
        url: Some(args.url.clone()),
        ca: made.ca.clone(),
        tenant: Some(made.tenant.to_string()),
        client_id: Some(made.app_id.to_string()),
        ..Profile::default()
    };
    profiles.save_profile(&args.profile_name, profile, Some(&made.secret))
}

fn print(args: &InitArgs, made: &Bootstrapped, context: &Context) -> anyhow::Result<Exit> {
    let printer = context.printer;
    let data = args.data.display().to_string();
    let ca = made.ca.as_ref().map(|path| path.display().to_string());
    let person = made.person.as_ref();
    if printer.is_json() {
        let person = person.map(|person| {
            serde_json::json!({
                "userName": person.user_name,
                "oneTimePassword": person.one_time_password.expose_secret(),
            })
        });
        printer.json(&serde_json::json!({
            "person": person,
            "data": data,
            "tenant": made.tenant.to_string(),
            "tenantName": made.tenant_name,
            "administrator": made.app_id.to_string(),
            "ca": ca,
            "url": args.url,
            "profile": args.profile_name,
        }))?;
    } else {
        printer.fields([
            ("data folder", data.clone()),
            ("tenant", format!("{} {}", made.tenant, made.tenant_name)),
            ("administrator", format!("application {}", made.app_id)),
            ("certificate authority", ca.unwrap_or_else(|| "(your own certificate)".into())),
            ("profile", format!("{} -> {}", args.profile_name, args.url)),
        ])?;
    }
    if let Some(person) = person.filter(|_| !printer.is_json()) {
        printer.fields([
            ("person", person.user_name.clone()),
            ("one-time password", person.one_time_password.expose_secret().to_owned()),
        ])?;
        printer
            .note(&format!("the password is nowhere else; sign in at {}/vakt/account", args.url));
    }
    printer.note(&format!("next: vakt serve --data {data}"));
    printer.note("then: vakt app create siem");
    Ok(Exit::Done)
}
