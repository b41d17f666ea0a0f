//! `vakt profile`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::ValueEnum;
use serde_json::{Value, json};
use vakt_client::Cloud;

use crate::args::{ProfileAddArgs, ProfileArgs, ProfileCommand};
use crate::context::Context;
use crate::exit::Exit;
use crate::problem::Problem;
use crate::profiles::{Profile, ProfileCloud};
use crate::secret_file::read_secret;

/// Runs `vakt profile`.
pub fn run(args: ProfileArgs, context: &Context) -> anyhow::Result<Exit> {
    match args.command {
        ProfileCommand::List => list(context)?,
        ProfileCommand::Show { name } => show(name, context)?,
        ProfileCommand::Add(args) => add(args, context)?,
        ProfileCommand::Use { name } => {
            context.profiles()?.set_default(&name)?;
            context.printer.note(&format!("`{name}` is the default profile now"));
        }
        ProfileCommand::Remove { name } => {
            context.profiles()?.remove(&name)?;
            context.printer.note(&format!("the profile `{name}` is gone"));
        }
    }
    Ok(Exit::Done)
}

fn list(context: &Context) -> anyhow::Result<()> {
    let profiles = context.profiles()?;
    let is_default = |name: &str| profiles.default_name() == Some(name);
    if context.printer.is_json() {
        let all = profiles.all().iter();
        let all = all.map(|(name, profile)| to_json(name, profile, is_default(name)));
        return context.printer.json(&all.collect::<Vec<_>>());
    }
    let rows = profiles.all().iter().map(|(name, profile)| {
        let mark = if is_default(name) { "*" } else { "" };
        let tenant = profile.tenant.clone().unwrap_or_default();
        let client_id = profile.client_id.clone().unwrap_or_default();
        [mark.to_owned(), name.clone(), server_of(profile), tenant, client_id]
    });
    context.printer.table(["", "NAME", "SERVER", "TENANT", "CLIENT ID"], rows)?;
    if profiles.all().is_empty() {
        context.printer.note("there are no profiles yet: run `vakt init` or `vakt profile add`");
    }
    Ok(())
}

fn show(name: Option<String>, context: &Context) -> anyhow::Result<()> {
    let profiles = context.profiles()?;
    let name = name.as_deref().or(profiles.default_name()).ok_or_else(|| {
        Problem::new("there is no default profile").with_hint("run `vakt profile use NAME`")
    })?;
    let profile = profiles.find(name)?;
    let is_default = profiles.default_name() == Some(name);
    if context.printer.is_json() {
        return context.printer.json(&to_json(name, profile, is_default));
    }
    let path = |path: &Option<PathBuf>| {
        path.as_deref().map(|path| profiles.path(path).display().to_string()).unwrap_or_default()
    };
    context.printer.fields([
        ("Name", name.to_owned()),
        ("Default", if is_default { "yes" } else { "no" }.to_owned()),
        ("Server", server_of(profile)),
        ("Authority", path(&profile.ca)),
        ("Tenant", profile.tenant.clone().unwrap_or_default()),
        ("Client ID", profile.client_id.clone().unwrap_or_default()),
        ("Secret file", path(&profile.client_secret_file)),
        ("Certificate", path(&profile.certificate)),
        ("Token file", path(&profile.federated_token_file)),
    ])?;
    Ok(())
}

fn add(args: ProfileAddArgs, context: &Context) -> anyhow::Result<()> {
    if let Some(url) = &args.url {
        Cloud::vakt(url, None)?;
    }
    let secret = args.client_secret_file.as_deref().map(read_secret).transpose()?;
    let profile = Profile {
        url: args.url,
        cloud: args.cloud,
        ca: args.ca.map(absolute).transpose()?,
        tenant: args.tenant,
        client_id: args.client_id,
        client_secret_file: None,
        certificate: args.certificate.map(absolute).transpose()?,
        federated_token_file: args.federated_token_file.map(absolute).transpose()?,
    };
    context.profiles()?.save_profile(&args.name, profile, secret.as_ref())?;
    context.printer.note(&format!("the profile `{}` is saved", args.name));
    Ok(())
}

/// A path as given is one from the folder of the caller; the profile is read from elsewhere.
fn absolute(path: PathBuf) -> anyhow::Result<PathBuf> {
    path.canonicalize().with_context(|| format!("{} cannot be read", path.display()))
}

fn server_of(profile: &Profile) -> String {
    profile.url.clone().or_else(|| profile.cloud.map(cloud_name)).unwrap_or_default()
}

fn cloud_name(cloud: ProfileCloud) -> String {
    cloud.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

fn to_json(name: &str, profile: &Profile, is_default: bool) -> Value {
    json!({
        "name": name,
        "default": is_default,
        "url": profile.url,
        "cloud": profile.cloud.map(cloud_name),
        "ca": profile.ca,
        "tenant": profile.tenant,
        "clientId": profile.client_id,
        "clientSecretFile": profile.client_secret_file,
        "certificate": profile.certificate,
        "federatedTokenFile": profile.federated_token_file,
    })
}
