//! Machines and indicators for tests, and the API that they are asked of.

use serde_json::{Value, json};

use crate::cast::{App, RESPONDER};
use crate::http::{Answer, Request};
use crate::world::World;

/// The endpoint API's identifier.
pub const ENDPOINT: &str = "https://api.securitycenter.microsoft.com";

/// The endpoint API of a world, with an application's token.
pub struct EndpointApi<'a> {
    world: &'a World,
    token: String,
}

impl<'a> EndpointApi<'a> {
    /// As somebody who may do everything.
    pub async fn of(world: &'a World) -> Self {
        Self::as_app(world, &RESPONDER).await
    }

    /// As an application.
    pub async fn as_app(world: &'a World, app: &App) -> Self {
        Self { world, token: world.token_of(app, ENDPOINT).await }
    }

    /// Sends a request, with a body if there is one.
    pub async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let request = Request::new(method, path).bearer(&self.token);
        self.world.send(body.map_or(request.clone(), |body| request.json(body))).await
    }

    /// GET that must succeed.
    pub async fn get(&self, path: &str) -> Value {
        self.send("GET", path, None).await.expect(200)
    }

    /// POST that must answer with this status.
    pub async fn post(&self, path: &str, status: u16, body: Value) -> Value {
        self.send("POST", path, Some(&body)).await.expect(status)
    }

    /// PATCH that must succeed.
    pub async fn patch(&self, path: &str, body: Value) -> Value {
        self.send("PATCH", path, Some(&body)).await.expect(200)
    }

    /// Imports machines.
    pub async fn import(&self, machines: &[Value]) -> Value {
        self.post("/vakt/v1/machines/import", 200, json!({ "value": machines })).await
    }

    /// Follows a list to its end: one member of each thing, page by page.
    pub async fn walk(&self, target: &str, member: &str) -> Vec<Vec<String>> {
        let mut pages = Vec::new();
        let mut target = target.to_owned();
        loop {
            let page = self.get(&target).await;
            let things = page["value"].as_array().unwrap();
            let names = things.iter().map(|one| one[member].as_str().unwrap().to_owned());
            pages.push(names.collect());
            match page["@odata.nextLink"].as_str() {
                Some(link) => target = link.strip_prefix(self.world.url()).unwrap().to_owned(),
                None => return pages,
            }
        }
    }
}

/// A machine as the documentation shows one, numbered.
pub fn machine(number: u8) -> Value {
    json!({
        "id": machine_id(number),
        "computerDnsName": format!("ws{number}.contoso.com"),
        "firstSeen": "2026-01-02T14:55:03.7791856Z",
        "lastSeen": format!("2026-02-{number:02}T14:55:03.7791856Z"),
        "osPlatform": "Windows11",
        "onboardingStatus": "Onboarded",
        "osProcessor": "x64",
        "osArchitecture": "64-bit",
        "version": "23H2",
        "osBuild": 22631,
        "lastIpAddress": format!("172.17.230.{number}"),
        "lastExternalIpAddress": "167.220.196.71",
        "healthStatus": "Active",
        "rbacGroupName": "workstations",
        "rbacGroupId": 140,
        "riskScore": "Low",
        "exposureLevel": "Medium",
        "deviceValue": "Normal",
        "aadDeviceId": "80fe8ff8-2624-418e-9591-41f0491218f9",
        "isAadJoined": true,
        "machineTags": ["test tag 1"],
        "ipAddresses": [{
            "ipAddress": format!("172.17.230.{number}"), "macAddress": "000D3A000001",
            "type": "Ethernet", "operationalStatus": "Up",
        }],
    })
}

/// The id of a numbered machine.
pub fn machine_id(number: u8) -> String {
    format!("{number:02x}").repeat(20)
}
