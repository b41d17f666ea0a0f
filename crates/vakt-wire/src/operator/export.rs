//! A tenant written out: JSON lines, each a kind and a value. The first tells whose, the last how
//! many there were, so that a file that was cut off is known as such.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::graph::FederatedIdentityCredential;

/// Version of the lines' shapes.
pub const EXPORT_VERSION: u32 = 1;

/// What a line holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ExportKind {
    /// [`ExportHead`].
    Export,
    /// The tenant.
    Tenant,
    /// An application, as Graph shows it.
    Application,
    /// [`ExportedFederated`].
    FederatedIdentityCredential,
    /// A service principal, as Graph shows it.
    ServicePrincipal,
    /// A granted role, as Graph shows it.
    AppRoleAssignment,
    /// Granted delegated permissions, as Graph shows them.
    #[serde(rename = "oauth2PermissionGrant")]
    OAuth2PermissionGrant,
    /// A deleted object, as Graph shows it.
    DeletedItem,
    /// A person, without password and second factor.
    Person,
    /// A change of the directory.
    DirectoryAudit,
    /// A token request.
    SignIn,
    /// An incident with its alerts, as the classic API shows it and the import takes it.
    Incident,
    /// A machine, as the endpoint API shows it and the import takes it.
    Machine,
    /// Something that is to be done to a machine, as the endpoint API shows it.
    MachineAction,
    /// An indicator, as the endpoint API shows it and its import takes it.
    Indicator,
    /// [`ExportEnd`].
    End,
}

/// A line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExportLine<T> {
    /// What it holds.
    pub kind: ExportKind,
    /// The value.
    pub value: T,
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportHead {
    /// [`EXPORT_VERSION`].
    pub version: u32,
    /// Version of the program.
    pub program: String,
    /// The tenant.
    pub tenant_id: String,
    /// When it began.
    pub exported_date_time: Timestamp,
}

/// A federated identity credential, with the application it belongs to.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportedFederated {
    /// Client id of the application.
    pub app_id: String,
    /// The credential, as Graph shows it.
    #[serde(flatten)]
    pub credential: FederatedIdentityCredential,
}

/// The last line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportEnd {
    /// How many lines of each kind came before, but for the first.
    pub counts: BTreeMap<ExportKind, u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart_by_their_kind() {
        let counts = BTreeMap::from([(ExportKind::DirectoryAudit, 2), (ExportKind::Tenant, 1)]);
        let line = ExportLine { kind: ExportKind::End, value: ExportEnd { counts } };
        let text = serde_json::to_string(&line).unwrap();
        let expected = r#"{"kind":"end","value":{"counts":{"tenant":1,"directoryAudit":2}}}"#;
        assert_eq!(text, expected);
        let read: ExportLine<ExportEnd> = serde_json::from_str(&text).unwrap();
        assert_eq!(read.value, line.value);
    }
}
