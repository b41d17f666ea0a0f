//! Who is in the world: two tenants, and an application for each part that tests need played.
//! Ids are fixed, so that expectations can be written down.

use toml::{Table, Value};

/// A tenant of the seed.
#[derive(Debug, Clone, Copy)]
pub struct Tenant {
    /// Id.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// Domains, the initial one first.
    pub domains: &'static [&'static str],
    /// Its applications.
    pub apps: &'static [App],
}

/// An application of the seed.
#[derive(Debug, Clone, Copy)]
pub struct App {
    /// Name.
    pub name: &'static str,
    /// Client id.
    pub id: &'static str,
    /// Object id of the registration.
    pub object: &'static str,
    /// Secret.
    pub secret: &'static str,
    /// Permissions, `API/Role`.
    pub permissions: &'static [&'static str],
    /// Other tenants may use it.
    pub multi_tenant: bool,
}

/// The tenant most tests play in.
pub const CONTOSO: Tenant = Tenant {
    id: "c0c0c0c0-0000-4000-8000-000000000001",
    name: "Contoso",
    domains: &["contoso.onmicrosoft.com", "contoso.com"],
    apps: &[SIEM, IMPORTER, ADMIN, BARE, HOARDER, ODD_SECRET, PARTNER, OPERATOR, RESPONDER, FEEDER],
};

/// The neighbour, who must never be seen from Contoso.
pub const FABRIKAM: Tenant = Tenant {
    id: "fab00000-0000-4000-8000-000000000002",
    name: "Fabrikam",
    domains: &["fabrikam.onmicrosoft.com"],
    apps: &[FABRIKAM_SIEM, FABRIKAM_ADMIN, FABRIKAM_OPERATOR, FABRIKAM_RESPONDER],
};

/// Reads incidents, and holds something on each of the three APIs.
pub const SIEM: App = App {
    name: "siem",
    id: "5e5e5e5e-0000-4000-8000-0000000000a1",
    object: "5e5e5e5e-0000-4000-8000-0000000000b1",
    secret: "siem-secret-0123456789-0123456789",
    permissions: &[
        "Microsoft Threat Protection/Incident.Read.All",
        "Microsoft Threat Protection/AdvancedHunting.Read.All",
        "WindowsDefenderATP/Alert.Read.All",
        "Microsoft Graph/SecurityIncident.Read.All",
    ],
    multi_tenant: false,
};

/// Writes incidents and alerts.
pub const IMPORTER: App = App {
    name: "importer",
    id: "1a1a1a1a-0000-4000-8000-0000000000a2",
    object: "1a1a1a1a-0000-4000-8000-0000000000b2",
    secret: "importer-secret-0123456789-012345",
    permissions: &[
        "Microsoft Threat Protection/Incident.ReadWrite.All",
        "WindowsDefenderATP/Alert.ReadWrite.All",
    ],
    multi_tenant: false,
};

/// Administers the directory over Graph.
pub const ADMIN: App = App {
    name: "administration",
    id: "ad0ad0ad-0000-4000-8000-0000000000a3",
    object: "ad0ad0ad-0000-4000-8000-0000000000b3",
    secret: "admin-secret-0123456789-012345678",
    permissions: &[
        "Microsoft Graph/Application.ReadWrite.All",
        "Microsoft Graph/AppRoleAssignment.ReadWrite.All",
        "Microsoft Graph/Directory.Read.All",
    ],
    multi_tenant: false,
};

/// Has been granted nothing.
pub const BARE: App = App {
    name: "bare",
    id: "ba4eba4e-0000-4000-8000-0000000000a4",
    object: "ba4eba4e-0000-4000-8000-0000000000b4",
    secret: "bare-secret-0123456789-0123456789",
    permissions: &[],
    multi_tenant: false,
};

/// Has been granted twenty roles of Graph.
pub const HOARDER: App = App {
    name: "wazuh",
    id: "40a4de40-0000-4000-8000-0000000000a5",
    object: "40a4de40-0000-4000-8000-0000000000b5",
    secret: "hoarder-secret-0123456789-0123456",
    permissions: &[
        "Microsoft Graph/AppRoleAssignment.ReadWrite.All",
        "Microsoft Graph/Application.Read.All",
        "Microsoft Graph/Application.ReadWrite.All",
        "Microsoft Graph/Application.ReadWrite.OwnedBy",
        "Microsoft Graph/AuditLog.Read.All",
        "Microsoft Graph/CustomDetection.Read.All",
        "Microsoft Graph/CustomDetection.ReadWrite.All",
        "Microsoft Graph/Directory.Read.All",
        "Microsoft Graph/Directory.ReadWrite.All",
        "Microsoft Graph/SecurityActions.Read.All",
        "Microsoft Graph/SecurityActions.ReadWrite.All",
        "Microsoft Graph/SecurityAlert.Read.All",
        "Microsoft Graph/SecurityAlert.ReadWrite.All",
        "Microsoft Graph/SecurityEvents.Read.All",
        "Microsoft Graph/SecurityEvents.ReadWrite.All",
        "Microsoft Graph/SecurityIncident.Read.All",
        "Microsoft Graph/SecurityIncident.ReadWrite.All",
        "Microsoft Graph/ThreatHunting.Read.All",
        "Microsoft Graph/ThreatIndicators.Read.All",
        "Microsoft Graph/ThreatIntelligence.Read.All",
    ],
    multi_tenant: false,
};

/// Has a secret that survives only if it is decoded exactly once and never trimmed.
pub const ODD_SECRET: App = App {
    name: "odd secret",
    id: "0dd0dd00-0000-4000-8000-0000000000a6",
    object: "0dd0dd00-0000-4000-8000-0000000000b6",
    secret: " a+b & 50%25~/=?:\"é ",
    permissions: &["Microsoft Threat Protection/Incident.Read.All"],
    multi_tenant: false,
};

/// Offered to every tenant by Contoso.
pub const PARTNER: App = App {
    name: "partner",
    id: "9a479a47-0000-4000-8000-0000000000a7",
    object: "9a479a47-0000-4000-8000-0000000000b7",
    secret: "partner-secret-0123456789-0123456",
    permissions: &["Microsoft Threat Protection/Incident.Read.All"],
    multi_tenant: true,
};

/// Fabrikam's own reader and writer of incidents.
pub const FABRIKAM_SIEM: App = App {
    name: "siem",
    id: "fab5e5e5-0000-4000-8000-0000000000c1",
    object: "fab5e5e5-0000-4000-8000-0000000000d1",
    secret: "fabrikam-siem-secret-0123456789-0",
    permissions: &["Microsoft Threat Protection/Incident.ReadWrite.All"],
    multi_tenant: false,
};

/// Fabrikam's administrator.
pub const FABRIKAM_ADMIN: App = App {
    name: "administration",
    id: "fabad0ad-0000-4000-8000-0000000000c2",
    object: "fabad0ad-0000-4000-8000-0000000000d2",
    secret: "fabrikam-admin-secret-0123456789-",
    permissions: ADMIN.permissions,
    multi_tenant: false,
};

/// Operates the server, and administers Contoso's people.
pub const OPERATOR: App = App {
    name: "operator",
    id: "09e4a704-0000-4000-8000-0000000000a8",
    object: "09e4a704-0000-4000-8000-0000000000b8",
    secret: "operator-secret-0123456789-012345",
    permissions: &[
        "Vakt/Tenant.ReadWrite.All",
        "Vakt/Key.ReadWrite.All",
        "Vakt/ServerAudit.Read.All",
        "Vakt/Audit.Read.All",
        "Vakt/Person.ReadWrite.All",
        "Vakt/Fault.ReadWrite.All",
    ],
    multi_tenant: false,
};

/// Has the same roles in Fabrikam, whose administrators can grant what they like.
pub const FABRIKAM_OPERATOR: App = App {
    name: "operator",
    id: "fab9e4a7-0000-4000-8000-0000000000c3",
    object: "fab9e4a7-0000-4000-8000-0000000000d3",
    secret: "fabrikam-operator-secret-01234567",
    permissions: OPERATOR.permissions,
    multi_tenant: false,
};

/// Does everything that can be done with machines and indicators.
pub const RESPONDER: App = App {
    name: "responder",
    id: "4e59044d-0000-4000-8000-0000000000a9",
    object: "4e59044d-0000-4000-8000-0000000000b9",
    secret: "responder-secret-0123456789-01234",
    permissions: &[
        "WindowsDefenderATP/Machine.ReadWrite.All",
        "WindowsDefenderATP/Machine.Isolate",
        "WindowsDefenderATP/Machine.Scan",
        "WindowsDefenderATP/Machine.RestrictExecution",
        "WindowsDefenderATP/Machine.CollectForensics",
        "WindowsDefenderATP/Machine.Offboard",
        "WindowsDefenderATP/Machine.StopAndQuarantine",
        "WindowsDefenderATP/Ti.ReadWrite.All",
        "WindowsDefenderATP/Alert.ReadWrite.All",
    ],
    multi_tenant: false,
};

/// Feeds indicators of its own, scans machines, and may do nothing else.
pub const FEEDER: App = App {
    name: "feeder",
    id: "feede4ee-0000-4000-8000-0000000000aa",
    object: "feede4ee-0000-4000-8000-0000000000ba",
    secret: "feeder-secret-0123456789-01234567",
    permissions: &["WindowsDefenderATP/Ti.ReadWrite", "WindowsDefenderATP/Machine.Scan"],
    multi_tenant: false,
};

/// Does the same in Fabrikam.
pub const FABRIKAM_RESPONDER: App = App {
    name: "responder",
    id: "fab4e590-0000-4000-8000-0000000000c4",
    object: "fab4e590-0000-4000-8000-0000000000d4",
    secret: "fabrikam-responder-secret-0123456",
    permissions: RESPONDER.permissions,
    multi_tenant: false,
};

impl Tenant {
    /// The tenant an application is at home in.
    pub fn of(app: &App) -> Self {
        let mut tenants = [CONTOSO, FABRIKAM].into_iter();
        tenants.find(|tenant| tenant.apps.iter().any(|one| one.id == app.id)).unwrap()
    }

    fn to_toml(self) -> Value {
        let mut table = Table::new();
        table.insert("id".into(), self.id.into());
        table.insert("name".into(), self.name.into());
        table.insert("domains".into(), texts(self.domains));
        table.insert(
            "app".into(),
            Value::Array(self.apps.iter().copied().map(App::to_toml).collect()),
        );
        Value::Table(table)
    }
}

impl App {
    fn to_toml(self) -> Value {
        let mut table = Table::new();
        table.insert("name".into(), self.name.into());
        table.insert("app_id".into(), self.id.into());
        table.insert("object_id".into(), self.object.into());
        table.insert("secret".into(), self.secret.into());
        table.insert("permissions".into(), texts(self.permissions));
        table.insert("multi_tenant".into(), self.multi_tenant.into());
        table.insert("consent".into(), true.into());
        Value::Table(table)
    }
}

fn texts(list: &[&str]) -> Value {
    Value::Array(list.iter().map(|text| Value::from(*text)).collect())
}

/// The whole cast as a seed file.
pub fn seed() -> String {
    let tenants = [CONTOSO, FABRIKAM].map(Tenant::to_toml).to_vec();
    Table::from_iter([("tenant".to_owned(), Value::Array(tenants))]).to_string()
}
