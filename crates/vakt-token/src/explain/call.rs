//! Well-known calls and the app roles they need (documentation pages of each call).

use super::api::Api;

/// A call of an API.
#[derive(Debug)]
pub struct Call {
    /// Method and path.
    pub name: &'static str,
    /// One of these roles opens it.
    pub any_of: &'static [&'static str],
}

impl Call {
    /// Does one of these roles open it?
    pub fn is_open_to(&self, roles: &[String]) -> bool {
        roles.iter().any(|role| self.any_of.contains(&role.as_str()))
    }
}

const fn call(name: &'static str, any_of: &'static [&'static str]) -> Call {
    Call { name, any_of }
}

/// The well-known calls of an API.
pub fn calls_of(api: Api) -> &'static [Call] {
    match api {
        Api::ThreatProtection => THREAT_PROTECTION,
        Api::Endpoint => ENDPOINT,
        Api::Graph => GRAPH,
    }
}

static THREAT_PROTECTION: &[Call] = &[
    call("GET /api/incidents", &["Incident.Read.All", "Incident.ReadWrite.All"]),
    call("GET /api/incidents/{id}", &["Incident.Read.All", "Incident.ReadWrite.All"]),
    call("PATCH /api/incidents/{id}", &["Incident.ReadWrite.All"]),
    call("POST /api/advancedhunting/run", &["AdvancedHunting.Read.All"]),
];

static ENDPOINT: &[Call] = &[
    call("GET /api/alerts", &["Alert.Read.All", "Alert.ReadWrite.All"]),
    call("GET /api/machines", &["Machine.Read.All", "Machine.ReadWrite.All"]),
    call("POST /api/advancedqueries/run", &["AdvancedQuery.Read.All"]),
];

static GRAPH: &[Call] = &[
    call(
        "GET /v1.0/security/incidents",
        &["SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"],
    ),
    call(
        "GET /v1.0/security/alerts_v2",
        &["SecurityAlert.Read.All", "SecurityAlert.ReadWrite.All"],
    ),
    call("POST /v1.0/security/runHuntingQuery", &["ThreatHunting.Read.All"]),
    call(
        "GET /v1.0/applications",
        &[
            "Application.Read.All",
            "Application.ReadWrite.All",
            "Directory.Read.All",
            "Directory.ReadWrite.All",
        ],
    ),
    call(
        "POST /v1.0/applications",
        &["Application.ReadWrite.All", "Application.ReadWrite.OwnedBy", "Directory.ReadWrite.All"],
    ),
    call(
        "POST /v1.0/servicePrincipals/{id}/appRoleAssignments",
        &["AppRoleAssignment.ReadWrite.All"],
    ),
];
