//! Kinds of things that answers show: where they are found, what they are called, and which
//! properties they have.

use serde::Serialize;
use serde_json::{Map, Value};
use vakt_wire::graph as wire;

use super::errors::unknown_property;
use crate::problem::Problem;

/// A kind of thing.
pub(super) trait Entity: Serialize + Default {
    /// The collection it is in.
    const SET: &'static str;
    /// Its type's name.
    const TYPE: &'static str;
    /// Properties that Graph knows and this server has nothing to say about: null when selected.
    const ALSO_KNOWN: &'static [&'static str] = &[];
    /// What `$expand` may name.
    const NAVIGATIONS: &'static [&'static str] = &[];
}

impl Entity for wire::Application {
    const SET: &'static str = "applications";
    const TYPE: &'static str = "microsoft.graph.application";
    const ALSO_KNOWN: &'static [&'static str] = &[
        "appManagementPolicies",
        "authenticationBehaviors",
        "createdByAppId",
        "createdOnBehalfOf",
        "extensionProperties",
        "homeRealmDiscoveryPolicies",
        "isDisabled",
        "logo",
        "managerApplications",
        "nativeAuthenticationApisEnabled",
        "synchronization",
        "tokenIssuancePolicies",
        "tokenLifetimePolicies",
    ];
    const NAVIGATIONS: &'static [&'static str] = &["owners"];
}

impl Entity for wire::ServicePrincipal {
    const SET: &'static str = "servicePrincipals";
    const TYPE: &'static str = "microsoft.graph.servicePrincipal";
    const ALSO_KNOWN: &'static [&'static str] = &[
        "appManagementPolicies",
        "claimsMappingPolicies",
        "createdByAppId",
        "createdObjects",
        "customSecurityAttributes",
        "delegatedPermissionClassifications",
        "endpoints",
        "homeRealmDiscoveryPolicies",
        "isDisabled",
        "memberOf",
        "ownedObjects",
        "remoteDesktopSecurityConfiguration",
        "synchronization",
        "tokenIssuancePolicies",
        "tokenLifetimePolicies",
        "transitiveMemberOf",
    ];
    const NAVIGATIONS: &'static [&'static str] =
        &["owners", "appRoleAssignedTo", "appRoleAssignments"];
}

impl Entity for wire::AppRoleAssignment {
    const SET: &'static str = "appRoleAssignments";
    const TYPE: &'static str = "microsoft.graph.appRoleAssignment";
}

impl Entity for wire::OAuth2PermissionGrant {
    const SET: &'static str = "oauth2PermissionGrants";
    const TYPE: &'static str = "microsoft.graph.oAuth2PermissionGrant";
}

impl Entity for wire::FederatedIdentityCredential {
    const SET: &'static str = "federatedIdentityCredentials";
    const TYPE: &'static str = "microsoft.graph.federatedIdentityCredential";
}

impl Entity for wire::DirectoryObject {
    const SET: &'static str = "directoryObjects";
    const TYPE: &'static str = "microsoft.graph.directoryObject";
}

impl Entity for wire::Organization {
    const SET: &'static str = "organization";
    const TYPE: &'static str = "microsoft.graph.organization";
}

impl Entity for wire::Domain {
    const SET: &'static str = "domains";
    const TYPE: &'static str = "microsoft.graph.domain";
}

/// Which members of a thing an answer shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// Empty: all.
    names: Vec<String>,
}

impl Shown {
    /// Those that were selected, in the type's spelling, and with them what was expanded.
    pub fn of<T: Entity>(select: &[String], expand: &[&str]) -> Result<Self, Problem> {
        if select.is_empty() || select.iter().any(|name| name == "*") {
            return Ok(Self::default());
        }
        let Ok(Value::Object(members)) = serde_json::to_value(T::default()) else {
            return Err(Problem::internal());
        };
        let known = || {
            let shown = members.keys().map(String::as_str);
            shown.chain(T::ALSO_KNOWN.iter().copied()).chain(T::NAVIGATIONS.iter().copied())
        };
        let spelt = |name: &String| {
            let found = known().find(|known| known.eq_ignore_ascii_case(name));
            found.or((name == "id").then_some("id")).map(str::to_owned).ok_or_else(|| {
                unknown_property("Parsing OData Select and Expand failed", name, T::TYPE)
            })
        };
        let mut names: Vec<String> = select.iter().map(spelt).collect::<Result<_, _>>()?;
        names.extend(expand.iter().map(|name| (*name).to_owned()));
        Ok(Self { names })
    }

    /// Was this one named?
    pub fn names(&self, name: &str) -> bool {
        self.names.iter().any(|shown| shown == name)
    }

    /// The names in a context, as Graph writes them: `(id,appId)`, or nothing.
    pub fn in_context(&self) -> String {
        if self.names.is_empty() { String::new() } else { format!("({})", self.names.join(",")) }
    }

    /// The members of a thing that are shown.
    pub fn apply(&self, object: &impl Serialize) -> Result<Map<String, Value>, Problem> {
        let Ok(Value::Object(mut members)) = serde_json::to_value(object) else {
            return Err(Problem::internal());
        };
        if self.names.is_empty() {
            return Ok(members);
        }
        members.retain(|name, _| name.starts_with('@') || self.names(name));
        for name in &self.names {
            members.entry(name).or_insert(Value::Null);
        }
        Ok(members)
    }
}

/// Has the type a property or navigation of this name?
pub(super) fn is_property_of<T: Entity>(name: &str) -> bool {
    Shown::of::<T>(&[name.to_owned()], &[]).is_ok()
}
