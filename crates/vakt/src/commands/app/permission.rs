//! `vakt app permission`.

use serde_json::{Value, json};
use vakt_client::Graph;
use vakt_client::apps::{
    AskedPermission, add_permissions, find_api, find_application, find_role, list_permissions,
    remove_permissions,
};
use vakt_wire::graph::{AppRole, ServicePrincipal};

use crate::args::{PermissionArgs, PermissionCommand};
use crate::print::Printer;
use crate::problem::Problem;

/// Runs `vakt app permission`.
pub async fn run(
    graph: Graph<'_>,
    command: PermissionCommand,
    printer: Printer,
) -> anyhow::Result<()> {
    match command {
        PermissionCommand::Add(args) => add(graph, &args, printer).await,
        PermissionCommand::Remove(args) => remove(graph, &args, printer).await,
        PermissionCommand::List(args) => list(graph, &args.app, printer).await,
    }
}

/// The roles that `API/ROLE` texts name.
async fn find(
    graph: Graph<'_>,
    permissions: &[String],
) -> anyhow::Result<Vec<(ServicePrincipal, AppRole)>> {
    let mut found = Vec::new();
    for permission in permissions {
        let (api, role) = split(permission)?;
        let api = find_api(graph, api).await?;
        let role = find_role(&api, role)?.clone();
        found.push((api, role));
    }
    Ok(found)
}

async fn add(graph: Graph<'_>, args: &PermissionArgs, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, &args.app).await?;
    let found = find(graph, &args.permissions).await?;
    let wanted: Vec<_> = found.iter().map(|(api, role)| (api, role.id.as_str())).collect();
    let added = add_permissions(graph, &application, &wanted).await?;
    if printer.is_json() {
        let all = found.iter().map(|(api, role)| {
            json!({ "api": api.display_name, "apiId": api.app_id, "role": role.value, "roleId": role.id })
        });
        printer.json(&json!({ "asked": all.collect::<Vec<_>>(), "added": added }))?;
    } else {
        let rows = found.iter().map(|(api, role)| {
            let value = role.value.clone().unwrap_or_else(|| role.id.clone());
            [api.display_name.clone(), value, role.description.clone()]
        });
        printer.table(["API", "ROLE", "ALLOWS"], rows)?;
    }
    printer.note(&match added {
        0 => "nothing new: all of this was asked for before".to_owned(),
        _ => format!("next: vakt app consent {}", application.app_id),
    });
    Ok(())
}

async fn remove(graph: Graph<'_>, args: &PermissionArgs, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, &args.app).await?;
    let found = find(graph, &args.permissions).await?;
    let unwanted: Vec<_> = found.iter().map(|(api, role)| (api, role.id.as_str())).collect();
    let removed = remove_permissions(graph, &application, &unwanted).await?;
    if printer.is_json() {
        printer.json(&json!({ "asked": removed.asked, "granted": removed.granted }))?;
    }
    printer.note(&match (removed.asked, removed.granted) {
        (0, 0) => "nothing to remove: none of this was asked for or granted".to_owned(),
        (asked, granted) => format!(
            "removed: {asked} asked for, {granted} granted; tokens issued before keep their roles, up to an hour"
        ),
    });
    Ok(())
}

/// Roles have no slash; APIs may.
fn split(permission: &str) -> Result<(&str, &str), Problem> {
    let parts = permission.rsplit_once('/');
    parts.filter(|(api, role)| !api.is_empty() && !role.is_empty()).ok_or_else(|| {
        Problem::new(format!("`{permission}` is not an API and a role"))
            .with_hint("write API/ROLE, such as \"Microsoft Threat Protection/Incident.Read.All\"")
    })
}

async fn list(graph: Graph<'_>, app: &str, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, app).await?;
    let permissions = list_permissions(graph, &application).await?;
    if printer.is_json() {
        return printer.json(&permissions.iter().map(to_json).collect::<Vec<_>>());
    }
    let waiting = permissions.iter().any(|asked| asked.kind == "Role" && !asked.granted);
    if permissions.is_empty() {
        printer.note("it asks for nothing: `vakt app permission add` changes that");
    }
    let rows = permissions.into_iter().map(|asked| {
        let state = match (asked.granted, asked.kind.as_str()) {
            (true, _) => "granted",
            (false, "Role") => "asked for",
            (false, _) => "for people only",
        };
        let api = asked.api_name.unwrap_or(asked.api_id);
        [api, asked.role.unwrap_or(asked.role_id), state.to_owned()]
    });
    printer.table(["API", "ROLE", "STATE"], rows)?;
    if waiting {
        printer.note(&format!("next: vakt app consent {}", application.app_id));
    }
    Ok(())
}

fn to_json(asked: &AskedPermission) -> Value {
    json!({
        "api": asked.api_name,
        "apiId": asked.api_id,
        "role": asked.role,
        "roleId": asked.role_id,
        "type": asked.kind,
        "granted": asked.granted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_and_a_role_are_told_apart() {
        for (text, expected) in [
            ("Microsoft Graph/User.Read.All", Some(("Microsoft Graph", "User.Read.All"))),
            ("api://own/Role", Some(("api://own", "Role"))),
            ("Incident.Read.All", None),
            ("/Role", None),
            ("API/", None),
        ] {
            assert_eq!(split(text).ok(), expected, "for {text}");
        }
    }
}
