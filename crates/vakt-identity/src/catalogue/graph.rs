//! App roles of Microsoft Graph that security work and app management need.

use super::{CatalogueRole, role};

/// Application roles.
pub(super) static ROLES: &[CatalogueRole] = &[
    role(
        0x45cc0394_e837_488b_a098_1918f48d186c,
        "SecurityIncident.Read.All",
        "Read all security incidents",
        "Read every incident of the organization.",
    ),
    role(
        0x34bf0e97_1971_4929_b999_9e2442d941d7,
        "SecurityIncident.ReadWrite.All",
        "Read and write all security incidents",
        "Read and change every incident of the organization.",
    ),
    role(
        0x472e4a4d_bb4a_4026_98d1_0b0d74cb74a5,
        "SecurityAlert.Read.All",
        "Read all security alerts",
        "Read every alert of the organization.",
    ),
    role(
        0xed4fca05_be46_441f_9803_1873825f8fdb,
        "SecurityAlert.ReadWrite.All",
        "Read and write all security alerts",
        "Read and change every alert of the organization.",
    ),
    role(
        0x06870c4c_7370_4a2a_ad10_239a337af816,
        "SecurityAlert.Create.All",
        "Create security alerts",
        "Create alerts in the organization.",
    ),
    role(
        0xdd98c7f5_2d42_42d3_a0e4_633161547251,
        "ThreatHunting.Read.All",
        "Run hunting queries",
        "Run hunting queries over the security data of the organization.",
    ),
    role(
        0x673a007a_9e0f_4c97_b066_3c0164486909,
        "CustomDetection.Read.All",
        "Read custom detections",
        "Read the detection rules of the organization.",
    ),
    role(
        0xe0fd9c8d_a12e_4cc9_9827_20c8c3cd6fb8,
        "CustomDetection.ReadWrite.All",
        "Read and write custom detections",
        "Create, change and remove detection rules.",
    ),
    role(
        0xbf394140_e372_4bf9_a898_299cfc7564e5,
        "SecurityEvents.Read.All",
        "Read security events",
        "Read the alerts of the legacy security API.",
    ),
    role(
        0xd903a879_88e0_4c09_b0c9_82f6a1333f84,
        "SecurityEvents.ReadWrite.All",
        "Read and write security events",
        "Read and change the alerts of the legacy security API.",
    ),
    role(
        0x5e0edab9_c148_49d0_b423_ac253e121825,
        "SecurityActions.Read.All",
        "Read security actions",
        "Read the response actions of the organization.",
    ),
    role(
        0xf2bf083f_0179_402a_bedb_b2784de8a49b,
        "SecurityActions.ReadWrite.All",
        "Read and write security actions",
        "Start and read response actions.",
    ),
    role(
        0x197ee4e9_b993_4066_898f_d6aecc55125b,
        "ThreatIndicators.Read.All",
        "Read all threat indicators",
        "Read the indicators of the organization.",
    ),
    role(
        0x21792b6c_c986_4ffc_85de_df9da54b52fa,
        "ThreatIndicators.ReadWrite.OwnedBy",
        "Manage own threat indicators",
        "Create indicators, and change those this application made.",
    ),
    role(
        0xe0b77adb_e790_44a3_b0a0_257d06303687,
        "ThreatIntelligence.Read.All",
        "Read threat intelligence",
        "Read articles and profiles of threat intelligence.",
    ),
    role(
        0x9a5d68dd_52b0_4cc2_bd40_abcf44ac3a30,
        "Application.Read.All",
        "Read all applications",
        "Read every application and service principal of the tenant.",
    ),
    role(
        0x1bfefb4e_e0b5_418b_a88f_73c46d2cc8e9,
        "Application.ReadWrite.All",
        "Read and write all applications",
        "Create, change and remove applications and service principals, and their credentials.",
    ),
    role(
        0x18a4783c_866b_4cc7_a460_3d5e5662c884,
        "Application.ReadWrite.OwnedBy",
        "Manage own applications",
        "Create applications, and manage those this application owns.",
    ),
    role(
        0x06b708a9_e830_4db3_a914_8e69da51d44f,
        "AppRoleAssignment.ReadWrite.All",
        "Manage app role assignments",
        "Grant and take back application permissions of any API, to any application.",
    ),
    role(
        0x7ab1d382_f21e_4acd_a863_ba3e13f7da61,
        "Directory.Read.All",
        "Read directory data",
        "Read the objects of the tenant.",
    ),
    role(
        0x19dbc75e_c2e2_444c_a770_ec69d8559fc7,
        "Directory.ReadWrite.All",
        "Read and write directory data",
        "Read and change the objects of the tenant.",
    ),
    role(
        0xb0afded3_3588_46d8_8b3d_9842eff778da,
        "AuditLog.Read.All",
        "Read all audit logs",
        "Read the audit and sign-in logs of the tenant.",
    ),
    role(
        0x81b4724a_58aa_41c1_8a55_84ef97466587,
        "DelegatedPermissionGrant.Read.All",
        "Read all delegated permission grants",
        "Read which delegated permissions were granted to which applications.",
    ),
    role(
        0x8e8e4742_1d95_4f68_9d56_6ee75648c72a,
        "DelegatedPermissionGrant.ReadWrite.All",
        "Manage all delegated permission grants",
        "Grant delegated permissions to applications, and take them back.",
    ),
];
