//! Permissions of Microsoft Threat Protection; ids as Microsoft publishes them.

use super::{CatalogueRole, CatalogueScope, role, scope};

/// Application roles.
pub(super) static ROLES: &[CatalogueRole] = &[
    role(
        0xa9790345_4595_42e4_971a_ccdc79f19b7c,
        "Incident.Read.All",
        "Read all incidents",
        "Read every incident of the organization.",
    ),
    role(
        0x8d90f441_09cf_4fdc_ab45_e874fa3a28e8,
        "Incident.ReadWrite.All",
        "Read and write all incidents",
        "Read and change every incident of the organization.",
    ),
    role(
        0x7734e8e5_8dde_42fc_b5ae_6eafea078693,
        "AdvancedHunting.Read.All",
        "Run advanced hunting queries",
        "Run hunting queries over all tables of the organization.",
    ),
    role(
        0xa7deff90_e2f5_4e4e_83a3_2c74e7002e28,
        "CustomDetections.ReadWrite.All",
        "Manage custom detections",
        "Create, change and remove detection rules.",
    ),
];

/// Delegated permissions: shown, never granted to an application.
pub(super) static SCOPES: &[CatalogueScope] = &[
    scope(
        0x12c153a4_4204_4224_aa3c_4626e2f47c2b,
        "Incident.Read",
        "Read incidents",
        "Read incidents on behalf of the signed-in person.",
    ),
    scope(
        0x2af415cc_88cf_4146_a0c8_444c3a80d5db,
        "Incident.ReadWrite",
        "Read and write incidents",
        "Read and change incidents on behalf of the signed-in person.",
    ),
    scope(
        0x15f11de4_5113_4268_a2d1_0bad43d781f9,
        "AdvancedHunting.Read",
        "Run hunting queries",
        "Run hunting queries on behalf of the signed-in person.",
    ),
    scope(
        0xddbb8d0c_c86b_4ece_bcb7_0f031a9cf103,
        "CustomDetections.ReadWrite",
        "Manage custom detections",
        "Manage detection rules on behalf of the signed-in person.",
    ),
];
