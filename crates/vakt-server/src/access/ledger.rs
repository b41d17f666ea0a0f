//! The access ledger: each route has a row here, or a reason to need none. The second list may
//! only shrink.

use vakt_identity::catalogue;
use vakt_ids::AppId;

/// Which audiences a route accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Api {
    /// The threat-protection API in any of its dialects: clients mix up its identifiers.
    ThreatProtection,
    /// The API of Defender for Endpoint, under its own identifiers and those of threat protection.
    Endpoint,
    /// Microsoft Graph.
    Graph,
    /// Vakt's own API.
    Vakt,
    /// The portal's API. It has no roles, and its tokens carry none: what counts is what the client
    /// holds on Microsoft Graph when it calls, so that no grant on one API becomes one on another.
    Portal,
}

impl Api {
    /// The application that the API's tokens are for.
    pub(crate) fn app_id(self) -> AppId {
        match self {
            Self::ThreatProtection => catalogue::THREAT_PROTECTION,
            Self::Endpoint => catalogue::ENDPOINT,
            Self::Graph => catalogue::GRAPH,
            Self::Vakt => catalogue::VAKT,
            Self::Portal => catalogue::PORTAL,
        }
    }
}

/// What a caller must hold.
#[derive(Debug)]
pub struct Row {
    /// Accepted audiences.
    pub api: Api,
    /// One of these app roles.
    pub any_of: &'static [&'static str],
}

/// How a route is protected.
#[derive(Debug, Clone, Copy)]
pub enum Access {
    /// By a token with one of the row's roles; for things of the token's own tenant.
    Roles(&'static Row),
    /// By such a token of the operator's tenant; for things of the whole server. Every tenant's
    /// administrators can grant every role in their own tenant, so the role alone is not enough.
    Operator(&'static Row),
    /// By nothing; the text says why.
    Open(&'static str),
    /// It is a page for people, in [`PAGES`]: it says nothing to those who have not signed in, and
    /// takes no form that it did not show to the same browser. The text says who may see it.
    Page(&'static str),
    /// It is a file that pages load, compiled in; the text says why nobody is asked who they are.
    Asset(&'static str),
}

/// Read incidents.
pub(crate) static READ_INCIDENTS: Row =
    Row { api: Api::ThreatProtection, any_of: &["Incident.Read.All", "Incident.ReadWrite.All"] };
/// Change incidents.
pub(crate) static WRITE_INCIDENTS: Row =
    Row { api: Api::ThreatProtection, any_of: &["Incident.ReadWrite.All"] };
/// Read machines and what is to be done to them.
pub(crate) static READ_MACHINES: Row =
    Row { api: Api::Endpoint, any_of: &["Machine.Read.All", "Machine.ReadWrite.All"] };
/// Tag and import machines, and say what came of an action.
pub(crate) static WRITE_MACHINES: Row =
    Row { api: Api::Endpoint, any_of: &["Machine.ReadWrite.All"] };
/// Cut machines off the network.
pub(crate) static ISOLATE: Row = Row { api: Api::Endpoint, any_of: &["Machine.Isolate"] };
/// Have machines scanned.
pub(crate) static SCAN: Row = Row { api: Api::Endpoint, any_of: &["Machine.Scan"] };
/// Restrict what runs on machines.
pub(crate) static RESTRICT_EXECUTION: Row =
    Row { api: Api::Endpoint, any_of: &["Machine.RestrictExecution"] };
/// Collect evidence from machines.
pub(crate) static COLLECT_FORENSICS: Row =
    Row { api: Api::Endpoint, any_of: &["Machine.CollectForensics"] };
/// Take machines out of the service.
pub(crate) static OFFBOARD: Row = Row { api: Api::Endpoint, any_of: &["Machine.Offboard"] };
/// Stop files on machines.
pub(crate) static STOP_AND_QUARANTINE: Row =
    Row { api: Api::Endpoint, any_of: &["Machine.StopAndQuarantine"] };
/// Call actions off; which of the roles counts depends on the action.
pub(crate) static CANCEL_ACTIONS: Row = Row {
    api: Api::Endpoint,
    any_of: &[
        "Machine.CollectForensics",
        "Machine.Isolate",
        "Machine.RestrictExecution",
        "Machine.Scan",
        "Machine.Offboard",
        "Machine.StopAndQuarantine",
    ],
};
/// Read indicators; with `Ti.ReadWrite` one's own.
pub(crate) static READ_INDICATORS: Row =
    Row { api: Api::Endpoint, any_of: &["Ti.Read.All", "Ti.ReadWrite", "Ti.ReadWrite.All"] };
/// Submit, change and remove indicators; with `Ti.ReadWrite` one's own.
pub(crate) static WRITE_INDICATORS: Row =
    Row { api: Api::Endpoint, any_of: &["Ti.ReadWrite", "Ti.ReadWrite.All"] };
/// Read incidents in Graph's dialect.
pub(crate) static READ_SECURITY_INCIDENTS: Row = Row {
    api: Api::Graph,
    any_of: &["SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"],
};
/// Change incidents in Graph's dialect.
pub(crate) static WRITE_SECURITY_INCIDENTS: Row =
    Row { api: Api::Graph, any_of: &["SecurityIncident.ReadWrite.All"] };
/// Read alerts in Graph's dialect.
pub(crate) static READ_SECURITY_ALERTS: Row =
    Row { api: Api::Graph, any_of: &["SecurityAlert.Read.All", "SecurityAlert.ReadWrite.All"] };
/// Change alerts in Graph's dialect.
pub(crate) static WRITE_SECURITY_ALERTS: Row =
    Row { api: Api::Graph, any_of: &["SecurityAlert.ReadWrite.All"] };
/// Read the alerts of an incident, which its own readers see with `$expand` anyway.
pub(crate) static READ_ALERTS_OF_INCIDENTS: Row = Row {
    api: Api::Graph,
    any_of: &[
        "SecurityIncident.Read.All",
        "SecurityIncident.ReadWrite.All",
        "SecurityAlert.Read.All",
        "SecurityAlert.ReadWrite.All",
    ],
};
/// Read alerts in the dialect of Defender for Endpoint.
pub(crate) static READ_ALERTS: Row =
    Row { api: Api::Endpoint, any_of: &["Alert.Read.All", "Alert.ReadWrite.All"] };
/// Change and make alerts in the dialect of Defender for Endpoint.
pub(crate) static WRITE_ALERTS: Row = Row { api: Api::Endpoint, any_of: &["Alert.ReadWrite.All"] };
/// Send alerts, or records of alerts, by Vakt's own routes.
pub(crate) static ADD_ALERTS: Row =
    Row { api: Api::ThreatProtection, any_of: &["Incident.ReadWrite.All", "Alert.ReadWrite.All"] };
/// Read applications and service principals.
pub(crate) static READ_APPLICATIONS: Row = Row {
    api: Api::Graph,
    any_of: &[
        "Application.Read.All",
        "Application.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ],
};
/// Change applications and service principals.
pub(crate) static WRITE_APPLICATIONS: Row =
    Row { api: Api::Graph, any_of: &["Application.ReadWrite.All", "Directory.ReadWrite.All"] };
/// Read grants.
pub(crate) static READ_ASSIGNMENTS: Row = Row {
    api: Api::Graph,
    any_of: &[
        "Application.Read.All",
        "Application.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ],
};
/// Grant, and take grants back.
pub(crate) static WRITE_ASSIGNMENTS: Row =
    Row { api: Api::Graph, any_of: &["AppRoleAssignment.ReadWrite.All"] };
/// Consent to all that an application asks for: granting, many roles at once.
pub(crate) static CONSENT: Row =
    Row { api: Api::Portal, any_of: &["AppRoleAssignment.ReadWrite.All"] };
/// Read delegated permissions.
pub(crate) static READ_GRANTS: Row = Row {
    api: Api::Graph,
    any_of: &[
        "DelegatedPermissionGrant.Read.All",
        "DelegatedPermissionGrant.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ],
};
/// Grant delegated permissions, and take them back.
pub(crate) static WRITE_GRANTS: Row = Row {
    api: Api::Graph,
    any_of: &[
        "DelegatedPermissionGrant.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
        "Directory.ReadWrite.All",
    ],
};
/// Read the tenant itself.
pub(crate) static READ_ORGANIZATION: Row =
    Row { api: Api::Graph, any_of: &["Directory.Read.All", "Directory.ReadWrite.All"] };
/// See which tenants there are.
pub(crate) static READ_TENANTS: Row =
    Row { api: Api::Vakt, any_of: &["Tenant.Read.All", "Tenant.ReadWrite.All"] };
/// Make, export and delete tenants.
pub(crate) static WRITE_TENANTS: Row = Row { api: Api::Vakt, any_of: &["Tenant.ReadWrite.All"] };
/// Read a tenant's own logs in Graph's dialect.
pub(crate) static READ_AUDIT_LOGS: Row = Row { api: Api::Graph, any_of: &["AuditLog.Read.All"] };
/// Read a tenant's own logs.
pub(crate) static READ_AUDIT: Row = Row { api: Api::Vakt, any_of: &["Audit.Read.All"] };
/// Read every tenant's logs, and the server's.
pub(crate) static READ_SERVER_AUDIT: Row =
    Row { api: Api::Vakt, any_of: &["ServerAudit.Read.All"] };
/// See which signing keys there are.
pub(crate) static READ_KEYS: Row =
    Row { api: Api::Vakt, any_of: &["Key.Read.All", "Key.ReadWrite.All"] };
/// Make signing keys and retire them.
pub(crate) static WRITE_KEYS: Row = Row { api: Api::Vakt, any_of: &["Key.ReadWrite.All"] };
/// See who may sign in.
pub(crate) static READ_PEOPLE: Row =
    Row { api: Api::Vakt, any_of: &["Person.Read.All", "Person.ReadWrite.All"] };
/// Add and remove people, and what they sign in with.
pub(crate) static WRITE_PEOPLE: Row = Row { api: Api::Vakt, any_of: &["Person.ReadWrite.All"] };

/// Set faults for the tenant's own applications.
pub(crate) static WRITE_FAULTS: Row = Row { api: Api::Vakt, any_of: &["Fault.ReadWrite.All"] };
/// Read which limits hold, and how the API is described: whoever may call anything of it. Neither is a
/// secret, but the list of open routes only shrinks, and what has been used is the caller's own.
pub(crate) static READ_LIMITS: Row = Row {
    api: Api::ThreatProtection,
    any_of: &[
        "Incident.Read.All",
        "Incident.ReadWrite.All",
        "AdvancedHunting.Read.All",
        "AdvancedQuery.Read.All",
        "Alert.Read.All",
        "Alert.ReadWrite.All",
        "Machine.Read.All",
        "SecurityAlert.Read.All",
        "SecurityAlert.ReadWrite.All",
        "SecurityIncident.Read.All",
        "SecurityIncident.ReadWrite.All",
        "ThreatHunting.Read.All",
        "Ti.ReadWrite.All",
    ],
};

/// Routes that are open, and may be; everything else needs a row. May only shrink.
pub const ROUTES_WITHOUT_A_TOKEN: &[&str] = &[
    "POST /{tenant}/oauth2/token",
    "POST /{tenant}/oauth2/v2.0/token",
    "GET /{tenant}/.well-known/openid-configuration",
    "GET /{tenant}/v2.0/.well-known/openid-configuration",
    "GET /.well-known/oauth-authorization-server",
    "GET /.well-known/oauth-authorization-server/{tenant}",
    "GET /.well-known/oauth-authorization-server/{tenant}/v2.0",
    "GET /{tenant}/.well-known/oauth-authorization-server",
    "GET /{tenant}/v2.0/.well-known/oauth-authorization-server",
    "GET /common/userrealm/{upn}",
    "GET /{tenant}/discovery/keys",
    "GET /{tenant}/discovery/v2.0/keys",
    "GET /{tenant}/discovery/instance",
    "GET /vakt/v1/health",
    "GET /error",
];

/// Pages for people. What each shows is behind a session, and each form behind a token of it.
pub const PAGES: &[&str] = &[
    "GET /vakt/sign-in",
    "POST /vakt/sign-in",
    "GET /vakt/sign-in/code",
    "POST /vakt/sign-in/code",
    "GET /vakt/sign-in/password",
    "POST /vakt/sign-in/password",
    "POST /vakt/sign-out",
    "GET /vakt/account",
    "GET /vakt/account/password",
    "POST /vakt/account/password",
    "GET /vakt/account/authenticator",
    "POST /vakt/account/authenticator",
    "GET /{tenant}/adminconsent",
    "POST /{tenant}/adminconsent",
    "GET /{tenant}/v2.0/adminconsent",
    "POST /{tenant}/v2.0/adminconsent",
    "GET /{tenant}/oauth2/authorize",
    "POST /{tenant}/oauth2/authorize",
    "GET /{tenant}/oauth2/v2.0/authorize",
    "POST /{tenant}/oauth2/v2.0/authorize",
    "GET /{tenant}/oauth2/logout",
    "GET /{tenant}/oauth2/v2.0/logout",
    "GET /",
    "GET /portal",
    "POST /portal/theme",
    "GET /portal/{*rest}",
    "GET /portal/incidents",
    "POST /portal/incidents",
    "GET /portal/incidents/views",
    "POST /portal/incidents/views",
    "GET /portal/incidents/views/{id}/remove",
    "POST /portal/incidents/views/{id}/remove",
    "GET /portal/incidents/{id}",
    "POST /portal/incidents/{id}",
    "GET /portal/incidents/alerts/{id}",
    "POST /portal/incidents/alerts/{id}",
    "GET /portal/incidents/entities/{id}",
    "GET /incident2/{id}/overview",
    "GET /alerts/{id}",
    "GET /portal/applications",
    "GET /portal/applications/new",
    "POST /portal/applications/new",
    "GET /portal/applications/{id}",
    "GET /portal/applications/deleted",
    "GET /portal/applications/deleted/{id}",
    "POST /portal/applications/deleted/{id}",
    "GET /portal/applications/{id}/delete",
    "POST /portal/applications/{id}/delete",
    "GET /portal/applications/{id}/authentication",
    "POST /portal/applications/{id}/authentication",
    "GET /portal/applications/{id}/permissions",
    "GET /portal/applications/{id}/permissions/add",
    "POST /portal/applications/{id}/permissions/add",
    "GET /portal/applications/{id}/permissions/{key}/remove",
    "POST /portal/applications/{id}/permissions/{key}/remove",
    "GET /portal/applications/{id}/grant",
    "POST /portal/applications/{id}/grant",
    "GET /portal/applications/{id}/credentials",
    "GET /portal/applications/{id}/secrets/add",
    "POST /portal/applications/{id}/secrets/add",
    "GET /portal/applications/{id}/secrets/{key}/remove",
    "POST /portal/applications/{id}/secrets/{key}/remove",
    "GET /portal/applications/{id}/certificates/add",
    "POST /portal/applications/{id}/certificates/add",
    "GET /portal/applications/{id}/certificates/{key}/remove",
    "POST /portal/applications/{id}/certificates/{key}/remove",
    "GET /portal/applications/{id}/federated/add",
    "POST /portal/applications/{id}/federated/add",
    "GET /portal/applications/{id}/federated/{key}/remove",
    "POST /portal/applications/{id}/federated/{key}/remove",
    "GET /portal/applications/{id}/code",
    "POST /portal/applications/{id}/code",
    "GET /portal/enterprise",
    "GET /portal/enterprise/{id}",
    "GET /portal/enterprise/{id}/enabled",
    "POST /portal/enterprise/{id}/enabled",
    "GET /portal/enterprise/{id}/roles/{key}/revoke",
    "POST /portal/enterprise/{id}/roles/{key}/revoke",
    "GET /portal/inspector",
    "POST /portal/inspector",
];
