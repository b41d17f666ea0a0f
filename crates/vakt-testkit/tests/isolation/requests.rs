//! Requests that name things, in every place a name can stand.

use serde_json::{Value, json};
use vakt_testkit::Request;

use crate::Route;
use crate::names::{MARK, Names};

/// The route's paths with each name of `names` at each variable place, beside what is one's own at
/// the other, as requests with a body that the route can read.
pub fn naming(route: &Route, names: &Names, own: &Names) -> Vec<(String, Request)> {
    let path = route.path.replace("{kind}", "device");
    let mut paths = Vec::new();
    for name in names.in_paths() {
        if !path.contains("{key}") {
            paths.push(path.replace("{id}", &name).replace("{name}", &name));
            continue;
        }
        for key in [name.clone(), format!("appId={name}")] {
            paths.push(path.replace("{key}", &key).replace("{id}", &name));
        }
        if path.contains("{id}") {
            let key = own_key(&path, own);
            paths.push(path.replace("{key}", key).replace("{id}", &name));
        }
    }
    let request = |path: String| {
        let request = Request::new(&route.method, &path);
        let request = match route.method.as_str() {
            "GET" | "DELETE" => request,
            _ => request.json(&body(route, own)),
        };
        (path, request)
    };
    paths.into_iter().map(request).collect()
}

fn own_key<'a>(path: &str, own: &'a Names) -> &'a str {
    if path.contains("/applications/") { &own.application } else { &own.principal }
}

/// A body in which everything is one's own.
fn body(route: &Route, own: &Names) -> Value {
    let path = &route.path;
    match () {
        () if path.ends_with("/removePassword") => json!({ "keyId": own.secret_key }),
        () if path.ends_with("/addKey") => {
            json!({ "keyCredential": { "key": "AAAA" }, "proof": "a.b.c" })
        }
        () if path.ends_with("/removeKey") => json!({ "keyId": own.secret_key, "proof": "a.b.c" }),
        () if path.ends_with("/owners/$ref") => owner(&own.principal),
        () if path.ends_with("/comments") => json!({ "comment": "seen" }),
        () if path.contains("/appRole") => json!({
            "principalId": own.principal, "resourceId": own.principal, "appRoleId": own.app_id,
        }),
        () if path.contains("/federatedIdentityCredentials") && route.method == "POST" => json!({
            "name": "n", "issuer": "https://i.corp", "subject": "s", "audiences": ["a"],
        }),
        () => json!({}),
    }
}

fn owner(id: &str) -> Value {
    json!({ "@odata.id": format!("https://localhost/v1.0/directoryObjects/{id}") })
}

/// Bodies that name things of `names`, sent to one's own things.
pub fn bodies(route: &Route, names: &Names, own: &Names) -> Vec<(String, Value)> {
    let own_path = route.path.replace("{key}", own_key(&route.path, own));
    let at = |body: Value| (own_path.clone(), body);
    let grant = |principal: &str, resource: &str| {
        at(json!({
            "principalId": principal, "resourceId": resource,
            "appRoleId": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
        }))
    };
    let ids = [&names.application, &names.principal, &names.deleted, &names.tenant, &names.person];
    match route.name().as_str() {
        "POST /applications" => vec![
            at(json!({ "displayName": names.display_name })),
            at(json!({ "displayName": "x", "identifierUris": [names.identifier] })),
        ],
        "POST /servicePrincipals" => {
            let apps = [&names.app_id, &names.deleted_app, &names.application];
            apps.iter().map(|app| at(json!({ "appId": app }))).collect()
        }
        "POST /oauth2PermissionGrants" => {
            let grant = |client: &str, resource: &str| {
                at(json!({
                    "clientId": client, "consentType": "AllPrincipals", "resourceId": resource,
                    "scope": "x",
                }))
            };
            vec![grant(&names.principal, &own.principal), grant(&own.principal, &names.principal)]
        }
        "POST /directoryObjects/getByIds" => vec![at(json!({ "ids": ids }))],
        "POST /vakt/v1/incidents/import" => vec![at(json!({ "value": [{
            "incidentId": names.incident, "incidentName": "mine",
            "lastUpdateTime": "2026-03-01T00:00:00Z", "alerts": [{ "alertId": names.alert }],
        }]}))],
        "POST /vakt/v1/incidents/{id}/merge" => vec![(
            route.path.replace("{id}", &own.incident.to_string()),
            json!({ "sources": [names.incident] }),
        )],
        "POST /vakt/v1/faults" => {
            vec![at(json!({ "appId": names.app_id, "status": 500 }))]
        }
        "POST /vakt/v1/people" => {
            vec![at(json!({ "userPrincipalName": names.user_name, "displayName": "x" }))]
        }
        "POST /servicePrincipals/{key}/appRoleAssignments" => {
            vec![grant(&own.principal, &names.principal), grant(&names.principal, &own.principal)]
        }
        "POST /servicePrincipals/{key}/appRoleAssignedTo" => {
            vec![grant(&own.principal, &names.principal), grant(&names.principal, &own.principal)]
        }
        "POST /applications/{key}/removePassword"
        | "POST /servicePrincipals/{key}/removePassword" => {
            vec![at(json!({ "keyId": names.secret_key }))]
        }
        "POST /applications/{key}/owners/$ref" | "POST /servicePrincipals/{key}/owners/$ref" => {
            ids.iter().map(|id| at(owner(id))).collect()
        }
        other => {
            let bodies = endpoint_bodies(other, names).into_iter();
            bodies.chain(alert_bodies(other, names)).map(at).collect()
        }
    }
}

/// Those about incidents and alerts.
fn alert_bodies(route: &str, names: &Names) -> Option<Value> {
    Some(match route {
        "POST /api/alerts/batchUpdate" | "POST /api/v1.0/alerts/batchUpdate" => {
            json!({ "alertIds": [names.alert], "status": "Resolved" })
        }
        "POST /api/alerts/createAlertByReference"
        | "POST /api/v1.0/alerts/createAlertByReference" => json!({
            "machineId": names.machine, "severity": "Low", "title": "t", "description": "d",
            "recommendedAction": "a", "eventTime": "2026-01-01T00:00:00Z", "reportId": "1",
            "category": "c",
        }),
        "POST /vakt/v1/alerts" => json!({ "value": [{
            "alertId": names.alert, "creationTime": "2026-01-01T00:00:00Z",
            "devices": [{ "mdatpDeviceId": names.machine }],
        }]}),
        "POST /vakt/v1/records" => json!({ "records": [{
            "category": "AdvancedHunting-AlertEvidence",
            "properties": {
                "Timestamp": "2026-01-01T00:00:00Z", "AlertId": names.alert,
                "EntityType": "Machine", "DeviceId": names.machine,
            },
        }]}),
        "POST /vakt/v1/incidents/split" => json!({ "alerts": [names.alert] }),
        "POST /vakt/v1/incidents/batchUpdate" => {
            json!({ "incidentIds": [names.incident], "comment": "x" })
        }
        _ => return None,
    })
}

/// Those of the endpoint API.
fn endpoint_bodies(route: &str, names: &Names) -> Vec<Value> {
    match route {
        "POST /vakt/v1/machines/import" => vec![json!({ "value": [{
            "id": names.machine, "osPlatform": "mine", "lastSeen": "2026-03-01T00:00:00Z",
        }]})],
        "POST /api/indicators" | "POST /api/v1.0/indicators" => vec![json!({
            "indicatorValue": names.indicator_value, "indicatorType": "DomainName",
            "action": "Allowed", "title": "mine",
        })],
        "POST /api/indicators/import" | "POST /api/v1.0/indicators/import" => {
            vec![json!({ "Indicators": [{
                "indicatorValue": names.indicator_value, "indicatorType": "DomainName",
                "action": "Allowed", "title": "mine",
            }]})]
        }
        "POST /api/indicators/BatchDelete" | "POST /api/v1.0/indicators/BatchDelete" => {
            vec![json!({ "IndicatorIds": [names.indicator] })]
        }
        _ => Vec::new(),
    }
}

/// Questions to a list that only somebody's own things could answer.
pub fn queries(names: &Names) -> Vec<String> {
    let mut queries = vec![String::new(), "?$count=true".into(), "?$top=1&$count=true".into()];
    let mark = if names.display_name.starts_with(MARK) { MARK } else { "Nobody" };
    let texts = [
        format!("displayName eq '{}'", names.display_name),
        format!("startswith(displayName,'{mark}')"),
        format!("id eq '{}'", names.application),
        format!("id eq '{}'", names.principal),
        format!("appId eq '{}'", names.app_id),
        format!("identifierUris/any(u:u eq '{}')", names.identifier),
        format!("servicePrincipalNames/any(u:u eq '{}')", names.identifier),
        format!("tags/any(t:t eq '{mark}')"),
        format!("clientId eq '{}'", names.principal),
        format!("incidentId eq {}", names.incident),
        format!("incidentName eq '{mark} {}'", names.incident),
        format!("assignedTo eq '{mark}'"),
        format!("id eq '{}'", names.machine),
        format!("machineId eq '{}'", names.machine),
        format!("computerDnsName eq '{}'", names.machine_name),
        format!("machineTags/any(t:t eq '{mark}')"),
        format!("id eq '{}'", names.machine_action),
        format!("indicatorValue eq '{}'", names.indicator_value),
        format!("id eq '{}'", names.alert),
        format!("title eq '{mark}'"),
    ];
    for filter in texts {
        queries.push(format!("?$count=true&$filter={}", filter.replace(' ', "%20")));
    }
    queries.push(format!("?$count=true&$search=%22displayName:{mark}%22"));
    queries.push(format!("?app={}", names.app_id));
    queries.push(format!("?tag={mark}"));
    queries.push(format!("?correlation={}", names.app_id));
    queries
}
