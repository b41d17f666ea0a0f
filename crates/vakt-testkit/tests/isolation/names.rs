//! The things of two tenants that look alike, and the names of a third that has nothing.

use serde_json::{Value, json};
use vakt_testkit::cast::{App, Tenant};
use vakt_testkit::{Directory, Request, World};

/// What nobody but its owner may see of the first tenant: it is in every name.
pub const MARK: &str = "Zanzibar";
/// A number of an incident that both tenants have.
pub const SHARED_INCIDENT: i64 = 7001;

/// Everything a request can name, each kind once.
#[derive(Debug, Clone)]
pub struct Names {
    pub tenant: String,
    pub domain: String,
    pub application: String,
    pub app_id: String,
    pub principal: String,
    pub secret_key: String,
    pub assignment: String,
    pub federated: String,
    pub delegated: String,
    pub deleted: String,
    pub deleted_app: String,
    pub person: String,
    pub user_name: String,
    pub incident: i64,
    pub alert: String,
    pub machine: String,
    pub machine_name: String,
    pub machine_action: String,
    pub indicator: String,
    pub indicator_value: String,
    pub identifier: String,
    pub display_name: String,
}

impl Names {
    /// What may stand in a path.
    pub fn in_paths(&self) -> Vec<String> {
        let texts = [
            &self.tenant,
            &self.domain,
            &self.application,
            &self.app_id,
            &self.principal,
            &self.secret_key,
            &self.assignment,
            &self.federated,
            &self.delegated,
            &self.deleted,
            &self.deleted_app,
            &self.person,
            &self.user_name,
            &self.machine,
            &self.machine_name,
            &self.machine_action,
            &self.alert,
        ];
        let numbers = [self.incident.to_string(), self.indicator.clone(), self.alert.clone()];
        texts.into_iter().cloned().chain(numbers).collect()
    }

    /// What may stand in a body.
    pub fn in_bodies(&self) -> Vec<String> {
        self.tells().into_iter().chain([self.indicator.clone()]).collect()
    }

    /// What gives its owner away in an answer.
    pub fn tells(&self) -> Vec<String> {
        let mut tells = self.in_paths();
        tells.retain(|name| name.len() > 8);
        tells.extend([self.alert.clone(), self.identifier.clone(), MARK.into(), "zanzibar".into()]);
        tells.push(self.indicator_value.clone());
        tells
    }

    /// Names of the same shapes that nothing has.
    pub fn of_nobody(like: &Self) -> Self {
        let guid = |n: u32| format!("d0d0d0d0-0000-4000-8000-{n:012}");
        // Of the same length and alphabet, whatever that is.
        let opaque = |text: &str| {
            let other = |c: char| match c {
                c if c.is_ascii_hexdigit() => 'd',
                c if c.is_ascii_alphanumeric() => 'Q',
                c => c,
            };
            text.chars().map(other).collect::<String>()
        };
        Self {
            tenant: guid(1),
            domain: "nobody.onmicrosoft.com".into(),
            application: guid(2),
            app_id: guid(3),
            principal: guid(4),
            secret_key: guid(5),
            assignment: opaque(&like.assignment),
            federated: guid(6),
            delegated: opaque(&like.delegated),
            deleted: guid(7),
            deleted_app: guid(8),
            person: guid(9),
            user_name: "nobody@nobody.onmicrosoft.com".into(),
            incident: 987_654_321,
            alert: "danobody".into(),
            machine: "d".repeat(40),
            machine_name: "ws1.nobody.example".into(),
            machine_action: guid(10),
            indicator: "987654".into(),
            indicator_value: "nobody.example".into(),
            identifier: "api://nobody".into(),
            display_name: "Nobody".into(),
        }
    }

    /// Makes one of everything in a tenant, all of it named after `mark`.
    pub async fn make(world: &World, tenant: &Tenant, who: &Makers, mark: &str) -> Self {
        let directory = world.directory(&who.directory).await;
        let identifier = format!("api://{}.{}", mark.to_lowercase(), tenant.domains[0]);
        let more = json!({ "identifierUris": [identifier], "notes": mark, "tags": [mark] });
        let name = format!("{mark} collector");
        let made = directory.register(&name, more).await;
        let gone = directory.register(&format!("{mark} gone"), json!({})).await;
        directory.delete(&format!("/applications/{}", gone.object)).await;
        // Far enough apart that numbers given to new incidents are never the other's.
        let incident = i64::from(mark.as_bytes()[0]) * 10_000_000;
        let alert = format!("da{}", mark.to_lowercase());
        world.import(&who.incidents, &incidents(mark, incident, &alert)).await;
        let endpoint = endpoint_things(world, &who.machines, mark).await;
        let user_name = format!("{}@{}", mark.to_lowercase(), tenant.domains[0]);
        Self {
            tenant: tenant.id.into(),
            domain: tenant.domains[0].into(),
            assignment: grant(&directory, &made.principal).await,
            federated: federate(&directory, &made.object, mark).await,
            delegated: delegate(&directory, &made.principal, mark).await,
            person: add_person(world, &who.people, &user_name, mark).await,
            application: made.object,
            app_id: made.app_id,
            principal: made.principal,
            secret_key: made.key_id,
            deleted: gone.object,
            deleted_app: gone.app_id,
            user_name,
            incident,
            alert,
            machine: endpoint.machine,
            machine_name: format!("ws1.{}.example", mark.to_lowercase()),
            machine_action: endpoint.action,
            indicator: endpoint.indicator,
            indicator_value: format!("{}.example", mark.to_lowercase()),
            identifier,
            display_name: name,
        }
    }
}

/// Who makes things in a tenant, and who asks for those of another.
pub struct Makers {
    pub directory: App,
    pub incidents: App,
    pub machines: App,
    pub people: App,
}

/// Roles of Graph that an administrator's application lacks: reading the tenant's logs, and changing
/// its incidents and alerts.
const MORE_ROLES: [&str; 3] = [
    "b0afded3-3588-46d8-8b3d-9842eff778da",
    "34bf0e97-1971-4929-b999-9e2442d941d7",
    "ed4fca05-be46-441f-9803-1873825f8fdb",
];

/// Lets an administrator's application do the rest of what Graph's routes ask for.
pub async fn grant_the_rest(world: &World, administrator: &App) {
    let directory = world.directory(administrator).await;
    let own = text(&directory.principal_of(administrator.id).await["id"]);
    let graph = directory.principal_of("00000003-0000-0000-c000-000000000000").await;
    for role in MORE_ROLES {
        let new = json!({ "principalId": own, "resourceId": graph["id"], "appRoleId": role });
        directory.post(&format!("/servicePrincipals/{own}/appRoleAssignments"), 201, &new).await;
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

async fn grant(directory: &Directory, principal: &str) -> String {
    let graph = directory.principal_of("00000003-0000-0000-c000-000000000000").await;
    let new = json!({
        "principalId": principal, "resourceId": graph["id"],
        "appRoleId": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
    });
    let path = format!("/servicePrincipals/{principal}/appRoleAssignments");
    text(&directory.post(&path, 201, &new).await["id"])
}

async fn federate(directory: &Directory, application: &str, mark: &str) -> String {
    let new = json!({
        "name": mark, "issuer": format!("https://{mark}.example"), "subject": mark,
        "audiences": ["api://AzureADTokenExchange"],
    });
    let path = format!("/applications/{application}/federatedIdentityCredentials");
    text(&directory.post(&path, 201, &new).await["id"])
}

async fn delegate(directory: &Directory, principal: &str, mark: &str) -> String {
    let graph = directory.principal_of("00000003-0000-0000-c000-000000000000").await;
    let new = json!({
        "clientId": principal, "consentType": "AllPrincipals", "resourceId": graph["id"],
        "scope": mark,
    });
    text(&directory.post("/oauth2PermissionGrants", 201, &new).await["id"])
}

async fn add_person(world: &World, maker: &App, user_name: &str, mark: &str) -> String {
    let token = world.token_of(maker, "api://vakt").await;
    let new = json!({ "userPrincipalName": user_name, "displayName": mark });
    let request = Request::post("/vakt/v1/people").bearer(&token).json(&new);
    text(&world.send(request).await.expect(201)["id"])
}

/// A machine, something that is to be done to it, and an indicator.
struct EndpointThings {
    machine: String,
    action: String,
    indicator: String,
}

async fn endpoint_things(world: &World, maker: &App, mark: &str) -> EndpointThings {
    let token = world.token_of(maker, "https://api.securitycenter.microsoft.com").await;
    let post = async |path: String, body: Value| {
        world.send(Request::post(path).bearer(&token).json(&body)).await
    };
    let machine: String = mark.bytes().cycle().take(20).map(|b| format!("{b:02x}")).collect();
    let known = json!({
        "id": machine, "computerDnsName": format!("ws1.{}.example", mark.to_lowercase()),
        "machineTags": [mark], "rbacGroupName": mark, "lastSeen": "2026-02-01T00:00:00Z",
    });
    post("/vakt/v1/machines/import".into(), json!({ "value": [known] })).await.expect(200);
    let asked = post(format!("/api/machines/{machine}/isolate"), json!({ "Comment": mark })).await;
    let new = |number: usize| {
        json!({
            "indicatorValue": format!("{number}.{}.example", mark.to_lowercase()), "title": mark,
            "indicatorType": "DomainName", "action": "Block",
        })
    };
    // Numbers begin with 1 in every tenant: one is looked for that the other does not have.
    let many = usize::from(mark.as_bytes()[0] - b'X') * 150;
    let many: Vec<Value> = (0..many).map(new).collect();
    post("/api/indicators/import".into(), json!({ "Indicators": many })).await.expect(200);
    let named = json!({
        "indicatorValue": format!("{}.example", mark.to_lowercase()), "title": mark,
        "indicatorType": "DomainName", "action": "Block",
    });
    let indicator = post("/api/indicators".into(), named).await.expect(200);
    EndpointThings {
        machine,
        action: text(&asked.expect(201)["id"]),
        indicator: text(&indicator["id"]),
    }
}

fn incidents(mark: &str, own: i64, alert: &str) -> Vec<Value> {
    let incident = |id: i64| {
        json!({
            "incidentId": id, "incidentName": format!("{mark} {id}"), "assignedTo": mark,
            "createdTime": "2026-01-01T00:00:00Z", "lastUpdateTime": "2026-01-02T00:00:00Z",
            "alerts": [{ "alertId": alert, "title": mark }],
        })
    };
    vec![incident(SHARED_INCIDENT), incident(own)]
}
