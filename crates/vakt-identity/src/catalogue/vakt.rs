//! Permissions of Vakt's own API: what an operator and a tenant's administrators do that Microsoft
//! has no route for. Ids are ours.

use super::{CatalogueRole, role};

/// Application roles. Those over tenants, keys and the whole server's logs count only in the
/// operator's tenant, whoever grants them elsewhere.
pub(super) static ROLES: &[CatalogueRole] = &[
    role(
        0xa2a0904a_6449_4ca7_b8c1_ac5149aa40e0,
        "Tenant.Read.All",
        "Read all tenants",
        "See which tenants the server has. Counts in the operator's tenant only.",
    ),
    role(
        0x599fced1_c97c_4261_a0ef_91d4437fabf7,
        "Tenant.ReadWrite.All",
        "Make, export and delete tenants",
        "Make tenants, write all their data out, and delete them. Counts in the operator's tenant only.",
    ),
    role(
        0xa0c8c5cf_bcbc_4a79_82ce_564b7a810944,
        "Key.Read.All",
        "Read signing keys",
        "See which keys sign tokens, without their private halves. Counts in the operator's tenant only.",
    ),
    role(
        0x6028d5d1_cd6c_4659_bd55_9305c5f2e378,
        "Key.ReadWrite.All",
        "Rotate signing keys",
        "Make signing keys and retire them. Counts in the operator's tenant only.",
    ),
    role(
        0xb20c6353_44d4_465f_a699_d602f7850c8f,
        "ServerAudit.Read.All",
        "Read the whole server's logs",
        "Read sign-ins and changes of every tenant and of the server. Counts in the operator's tenant only.",
    ),
    role(
        0x589266da_9f47_41b0_aa21_3113fdb2ec17,
        "Audit.Read.All",
        "Read the organization's logs",
        "Read sign-ins and changes of the organization.",
    ),
    role(
        0x93e1f159_f25d_489f_a322_fb0c767b9853,
        "Fault.ReadWrite.All",
        "Set faults for tests",
        "Let the next calls of the organization's applications fail or be slow. Counts only where the server runs with faults on request.",
    ),
    role(
        0xaa6d35df_2590_40f2_acef_213923995996,
        "Person.Read.All",
        "Read administrators",
        "See who may sign in to the organization and consent for it.",
    ),
    role(
        0xbc7607f1_63c1_4d80_bef3_15580fbe7123,
        "Person.ReadWrite.All",
        "Manage administrators",
        "Add and remove people who sign in and consent, and reset their passwords and second factors.",
    ),
];
