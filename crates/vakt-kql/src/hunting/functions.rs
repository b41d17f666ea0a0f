//! The functions that advanced hunting adds to the language.

use std::sync::Arc;

use crate::catalog::{CatalogFunction, CatalogFunctionKind, CatalogParameter, Column};
use crate::types::ScalarType::{self, Bool, Datetime, Dynamic, Long, String};

/// Name, type, default.
type Parameter = (&'static str, ScalarType, Option<&'static str>);

struct Row {
    name: &'static str,
    kind: CatalogFunctionKind,
    /// The first parameter is a column, written bare or as a string.
    bare_column: bool,
    parameters: &'static [Parameter],
    returns: &'static [(&'static str, ScalarType)],
    summary: &'static str,
}

const FILE_PROFILE: &[(&str, ScalarType)] = &[
    ("SHA1", String),
    ("SHA256", String),
    ("MD5", String),
    ("FileSize", Long),
    ("GlobalPrevalence", Long),
    ("GlobalFirstSeen", Datetime),
    ("GlobalLastSeen", Datetime),
    ("Signer", String),
    ("Issuer", String),
    ("SignerHash", String),
    ("IsCertificateValid", Bool),
    ("IsRootSignerMicrosoft", Bool),
    ("SignatureState", String),
    ("IsExecutable", Bool),
    ("ThreatName", String),
    ("Publisher", String),
    ("SoftwareName", String),
    ("ProfileAvailability", String),
];

const ADDRESSES: &[(&str, ScalarType)] = &[
    ("Timestamp", Datetime),
    ("IPAddress", String),
    ("IPType", String),
    ("NetworkAdapterType", String),
    ("ConnectedNetworks", Dynamic),
];

const ROWS: &[Row] = &[
    Row {
        name: "FileProfile",
        kind: CatalogFunctionKind::Enrich,
        bare_column: true,
        parameters: &[("x", String, Some("'SHA1'")), ("y", Long, Some("100"))],
        returns: FILE_PROFILE,
        summary: "Adds what is known worldwide of the file with the hash in a column.",
    },
    Row {
        name: "DeviceFromIP",
        kind: CatalogFunctionKind::Enrich,
        bare_column: false,
        parameters: &[("ip", String, Some("''")), ("time", Datetime, Some("datetime(null)"))],
        returns: &[("IP", String), ("DeviceId", String)],
        summary: "Adds the devices that had an address at a time.",
    },
    // The documentation names only a column `DeviceId`; public queries read `SeenBy`.
    Row {
        name: "SeenBy",
        kind: CatalogFunctionKind::Enrich,
        bare_column: false,
        parameters: &[("x", String, Some("''"))],
        returns: &[("SeenBy", Dynamic)],
        summary: "Adds the onboarded devices that saw a device.",
    },
    Row {
        name: "AssignedIPAddresses",
        kind: CatalogFunctionKind::Source,
        bare_column: false,
        parameters: &[("device", String, None), ("time", Datetime, Some("datetime(null)"))],
        returns: ADDRESSES,
        summary: "The latest addresses that a device had before a time.",
    },
];

/// All of them.
pub(crate) fn functions() -> Vec<CatalogFunction> {
    ROWS.iter().map(Row::build).collect()
}

impl Row {
    fn build(&self) -> CatalogFunction {
        let parameters = self.parameters.iter().enumerate().map(|(place, parameter)| {
            let (name, ty, default) = *parameter;
            CatalogParameter {
                name: name.into(),
                ty,
                default: default.map(Arc::from),
                bare_column: self.bare_column && place == 0,
            }
        });
        CatalogFunction {
            name: self.name.into(),
            kind: self.kind,
            parameters: parameters.collect(),
            returns: self.returns.iter().map(|(name, ty)| Column::new(*name, *ty)).collect(),
            summary: self.summary,
        }
    }
}
