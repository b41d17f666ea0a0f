//! First-party APIs as every tenant knows them, Microsoft's and one of our own: ids, names and
//! permissions are published facts, the same in every tenant, and so they are code and not rows.

mod endpoint;
mod graph;
mod threat_protection;
mod vakt;

use vakt_ids::{AppId, RoleId, TenantId};

use crate::permission::AppRole;

/// The tenant that owns Microsoft's applications.
pub const OWNER_TENANT: TenantId = TenantId::from_u128(0xf8cdef31_a31e_4b4a_93e4_5f571e91255a);
/// Microsoft Threat Protection.
pub const THREAT_PROTECTION: AppId = AppId::from_u128(0x8ee8fdad_f234_4243_8f3b_15c294843740);
/// WindowsDefenderATP.
pub const ENDPOINT: AppId = AppId::from_u128(0xfc780465_2017_40d4_a0c5_307022471b92);
/// The portal's own API, which the Azure CLI asks to consent.
pub const PORTAL: AppId = AppId::from_u128(0x74658136_14ec_4630_ad9b_26e160ff0fc6);
/// Microsoft Graph.
pub const GRAPH: AppId = AppId::from_u128(0x00000003_0000_0000_c000_000000000000);
/// Vakt's own API.
pub const VAKT: AppId = AppId::from_u128(0x35d27ca8_6b27_4ee8_b472_dfbbad723f66);

/// One of the APIs.
#[derive(Debug)]
pub struct FirstPartyApi {
    /// Client id.
    pub app_id: AppId,
    /// Name, by which it is found.
    pub display_name: &'static str,
    /// Identifiers under which tokens for it are asked.
    pub identifiers: &'static [&'static str],
    /// App roles.
    pub roles: &'static [CatalogueRole],
    /// Delegated permissions.
    pub scopes: &'static [CatalogueScope],
}

/// An app role of the catalogue.
#[derive(Debug)]
pub struct CatalogueRole {
    /// Id.
    pub id: RoleId,
    /// Claim value.
    pub value: &'static str,
    /// Name.
    pub display_name: &'static str,
    /// What it allows.
    pub description: &'static str,
}

/// A delegated permission of the catalogue.
#[derive(Debug)]
pub struct CatalogueScope {
    /// Id.
    pub id: RoleId,
    /// Claim value.
    pub value: &'static str,
    /// Name.
    pub display_name: &'static str,
    /// What it allows.
    pub description: &'static str,
}

const fn role(
    id: u128,
    value: &'static str,
    display_name: &'static str,
    description: &'static str,
) -> CatalogueRole {
    CatalogueRole { id: RoleId::from_u128(id), value, display_name, description }
}

const fn scope(
    id: u128,
    value: &'static str,
    display_name: &'static str,
    description: &'static str,
) -> CatalogueScope {
    CatalogueScope { id: RoleId::from_u128(id), value, display_name, description }
}

static APIS: &[FirstPartyApi] = &[
    FirstPartyApi {
        app_id: THREAT_PROTECTION,
        display_name: "Microsoft Threat Protection",
        identifiers: &[
            "https://api.security.microsoft.com",
            "https://security.microsoft.com/mtp",
            "https://api-us.security.microsoft.com",
            "https://api-eu.security.microsoft.com",
            "https://api-uk.security.microsoft.com",
            "https://us.api.security.microsoft.com",
            "https://eu.api.security.microsoft.com",
            "https://uk.api.security.microsoft.com",
            "https://au.api.security.microsoft.com",
            "https://swa.api.security.microsoft.com",
            "https://ina.api.security.microsoft.com",
            "https://aea.api.security.microsoft.com",
            "https://api-gcc.security.microsoft.us",
            "https://api-gov.security.microsoft.us",
        ],
        roles: threat_protection::ROLES,
        scopes: threat_protection::SCOPES,
    },
    FirstPartyApi {
        app_id: ENDPOINT,
        display_name: "WindowsDefenderATP",
        identifiers: &[
            "https://api.securitycenter.microsoft.com",
            "https://api.securitycenter.windows.com",
            "https://securitycenter.onmicrosoft.com/windowsatpservice",
            "https://api-us.securitycenter.microsoft.com",
            "https://api-eu.securitycenter.microsoft.com",
            "https://api-uk.securitycenter.microsoft.com",
            "https://api-us.securitycenter.windows.com",
            "https://api-eu.securitycenter.windows.com",
            "https://api-uk.securitycenter.windows.com",
            "https://api-gcc.securitycenter.microsoft.us",
            "https://api-gov.securitycenter.microsoft.us",
        ],
        roles: endpoint::ROLES,
        scopes: &[],
    },
    FirstPartyApi {
        app_id: GRAPH,
        display_name: "Microsoft Graph",
        identifiers: &[
            "https://graph.microsoft.com",
            "https://graph.microsoft.us",
            "https://dod-graph.microsoft.us",
        ],
        roles: graph::ROLES,
        scopes: &[],
    },
    // The Azure CLI asks for tokens of these two while it signs in.
    FirstPartyApi {
        app_id: AppId::from_u128(0x797f4846_ba00_4fd7_ba43_dac1f8f63013),
        display_name: "Windows Azure Service Management API",
        identifiers: &["https://management.azure.com", "https://management.core.windows.net"],
        roles: &[],
        scopes: &[],
    },
    FirstPartyApi {
        app_id: PORTAL,
        display_name: "ADIbizaUX",
        identifiers: &[],
        roles: &[],
        scopes: &[],
    },
    FirstPartyApi {
        app_id: VAKT,
        display_name: "Vakt",
        identifiers: &["api://vakt"],
        roles: vakt::ROLES,
        scopes: &[],
    },
];

/// All of them.
pub fn all() -> &'static [FirstPartyApi] {
    APIS
}

/// The API with this client id.
pub fn find(app_id: AppId) -> Option<&'static FirstPartyApi> {
    APIS.iter().find(|api| api.app_id == app_id)
}

/// The API with this identifier or client id, spelled any way.
pub fn find_by_name(name: &str) -> Option<&'static FirstPartyApi> {
    let bare = name.strip_suffix('/').unwrap_or(name);
    let has_name = |api: &&FirstPartyApi| {
        api.identifiers.iter().any(|identifier| identifier.eq_ignore_ascii_case(bare))
    };
    let by_id = || bare.parse().ok().and_then(|id| APIS.iter().find(|api| api.app_id == id));
    APIS.iter().find(has_name).or_else(by_id)
}

impl FirstPartyApi {
    /// Its roles in the domain's form.
    pub fn app_roles(&self) -> Vec<AppRole> {
        self.roles.iter().map(CatalogueRole::to_app_role).collect()
    }

    /// Client id and identifiers, as a service principal lists them.
    pub fn names(&self) -> Vec<String> {
        let id = std::iter::once(self.app_id.to_string());
        id.chain(self.identifiers.iter().map(|name| (*name).to_owned())).collect()
    }
}

impl CatalogueRole {
    fn to_app_role(&self) -> AppRole {
        AppRole {
            id: self.id,
            value: self.value.into(),
            display_name: self.display_name.into(),
            description: self.description.into(),
            is_enabled: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold_resource_name;
    use std::collections::HashSet;

    #[test]
    fn ids_and_names_are_unique_and_identifiers_are_folded() {
        let mut ids = HashSet::new();
        let mut names = HashSet::new();
        for api in all() {
            assert!(ids.insert(api.app_id.to_string()));
            for name in api.identifiers {
                assert_eq!(*name, fold_resource_name(name));
                assert!(names.insert(*name), "{name} names two APIs");
            }
            for id in api.roles.iter().map(|r| r.id).chain(api.scopes.iter().map(|s| s.id)) {
                assert!(ids.insert(id.to_string()), "{id} is there twice");
            }
        }
    }
}
