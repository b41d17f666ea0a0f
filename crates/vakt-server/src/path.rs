//! One spelling of a path. Clients double slashes, lower-case whole addresses, write OData keys in
//! parentheses and qualify names with their namespace; routes know one form.

use std::collections::HashMap;
use std::sync::LazyLock;

use http::Uri;
use http::uri::PathAndQuery;

/// Words of our routes in their canonical spelling.
const WORDS: &[&str] = &[
    "oauth2",
    "v2.0",
    "v1.0",
    "beta",
    "token",
    "discovery",
    "keys",
    "instance",
    ".well-known",
    "openid-configuration",
    "oauth-authorization-server",
    "common",
    "server",
    "directory",
    "audit",
    "directoryAudits",
    "signIns",
    "auditLogs",
    "userrealm",
    "organizations",
    "adfs",
    "api",
    "incidents",
    "machines",
    "findbytag",
    "tags",
    "setDeviceValue",
    "isolate",
    "unisolate",
    "runAntiVirusScan",
    "restrictCodeExecution",
    "unrestrictCodeExecution",
    "collectInvestigationPackage",
    "offboard",
    "StopAndQuarantineFile",
    "machineactions",
    "cancel",
    "indicators",
    "BatchDelete",
    "alerts",
    "batchUpdate",
    "createAlertByReference",
    "files",
    "ips",
    "user",
    "records",
    "history",
    "merge",
    "split",
    "entities",
    "vakt",
    "v1",
    "import",
    "tenants",
    "export",
    "people",
    "resetPassword",
    "resetSecondFactor",
    "unlock",
    "retire",
    "health",
    "limits",
    "faults",
    "openapi.json",
    "error",
    "sign-in",
    "sign-out",
    "code",
    "password",
    "account",
    "authenticator",
    "adminconsent",
    "authorize",
    "logout",
    "applications",
    "servicePrincipals",
    "addPassword",
    "removePassword",
    "appRoleAssignments",
    "appRoleAssignedTo",
    "addKey",
    "removeKey",
    "federatedIdentityCredentials",
    "owners",
    "oauth2PermissionGrants",
    "directory",
    "deletedItems",
    "application",
    "servicePrincipal",
    "restore",
    "directoryObjects",
    "getByIds",
    "me",
    "ownedObjects",
    "RegisteredApplications",
    "Consent",
    "$count",
    "$ref",
    "organization",
    "domains",
    "security",
    "alerts",
    "alerts_v2",
    "comments",
    "delta",
    "portal",
    "assets",
    "theme",
    "new",
    "deleted",
    "delete",
    "authentication",
    "permissions",
    "add",
    "remove",
    "grant",
    "credentials",
    "secrets",
    "certificates",
    "federated",
    "enterprise",
    "enabled",
    "roles",
    "revoke",
    "incident2",
    "views",
    "overview",
    "inspector",
];

/// The words by their lower case: each segment of each path is looked up.
static WORDS_IN_LOWER_CASE: LazyLock<HashMap<Vec<u8>, &'static str>> = LazyLock::new(|| {
    WORDS.iter().map(|word| (word.to_ascii_lowercase().into_bytes(), *word)).collect()
});

/// Length of the longest word, and a little more.
const WORD_MAX_BYTES: usize = 32;

/// Rewrites a request's path; the query stays as it is.
pub(crate) fn normalise<B>(mut request: http::Request<B>) -> http::Request<B> {
    if let Some(uri) = rewrite(request.uri()) {
        *request.uri_mut() = uri;
    }
    request
}

fn rewrite(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    if is_canonical(path) {
        return None;
    }
    let mut canonical = String::with_capacity(path.len() + 8);
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let is_page = segments.clone().next().is_some_and(|one| one.eq_ignore_ascii_case("portal"));
    for segment in segments {
        match is_page {
            true => push_word(&mut canonical, segment),
            false => push_segment(&mut canonical, segment),
        }
    }
    if canonical.is_empty() {
        canonical.push('/');
    }
    if let Some(query) = uri.query() {
        canonical.push('?');
        canonical.push_str(query);
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(canonical).ok()?);
    Uri::from_parts(parts).ok()
}

fn is_canonical(path: &str) -> bool {
    let plain = |segment: &str| {
        !segment.is_empty()
            && !segment.contains(['(', '%'])
            && word(segment).is_none_or(|word| word == segment)
    };
    path.strip_prefix('/').is_some_and(|rest| rest.split('/').all(plain))
}

/// Pages know no keys in parentheses: an alert's id may have some of its own.
fn push_word(path: &mut String, segment: &str) {
    path.push('/');
    path.push_str(word(segment).unwrap_or(segment));
}

/// `applications(appId='x')` becomes the two segments `applications/appId=x`, and `delta()` one.
fn push_segment(path: &mut String, segment: &str) {
    let plain = |text: String, (code, sign): (&str, &str)| text.replace(code, sign);
    let codes = [("%28", "("), ("%29", ")"), ("%27", "'"), ("%24", "$")];
    let decoded = codes.into_iter().fold(segment.to_owned(), plain);
    let (name, key) = match decoded.strip_suffix(')').and_then(|inner| inner.split_once('(')) {
        Some((name, key)) => (name, Some(key.replace('\'', ""))),
        None => (decoded.as_str(), None),
    };
    path.push('/');
    path.push_str(word(name).unwrap_or(name));
    if let Some(key) = key.filter(|key| !key.is_empty()) {
        path.push('/');
        path.push_str(&key);
    }
}

/// The canonical spelling of a word, with or without its namespace.
fn word(segment: &str) -> Option<&'static str> {
    let bare = match segment.rsplit_once('.') {
        Some((namespace, name)) if is_namespace(namespace) => name,
        _ => segment,
    };
    let mut lower = [0; WORD_MAX_BYTES];
    let lower = lower.get_mut(..bare.len())?;
    lower.copy_from_slice(bare.as_bytes());
    lower.make_ascii_lowercase();
    WORDS_IN_LOWER_CASE.get(&*lower).copied()
}

/// Namespaces of Graph's names.
fn is_namespace(text: &str) -> bool {
    let known = ["microsoft.graph", "microsoft.graph.security"];
    known.iter().any(|known| known.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_differ_in_more_than_case_and_fit() {
        for word in WORDS {
            assert_eq!(super::word(word), Some(*word));
            assert_eq!(super::word(&word.to_ascii_uppercase()), Some(*word));
        }
    }

    #[test]
    fn paths_get_one_spelling() {
        for (path, expected) in [
            ("/t/oauth2/token", "/t/oauth2/token"),
            ("//t/OAuth2//V2.0/Token/?a=B", "/t/oauth2/v2.0/token?a=B"),
            ("/v1.0/serviceprincipals(appId='X-y')", "/v1.0/servicePrincipals/appId=X-y"),
            (
                "/v1.0/applications(appId=%27X%27)/microsoft.graph.addPassword",
                "/v1.0/applications/appId=X/addPassword",
            ),
            ("/V1.0/Applications/AbC", "/v1.0/applications/AbC"),
            ("/v1.0/applications/%24Count", "/v1.0/applications/$count"),
            (
                "/v1.0/directory/deleteditems/microsoft.graph.Application",
                "/v1.0/directory/deletedItems/application",
            ),
            ("//v1.0//Security/alerts_V2('da1')/Comments", "/v1.0/security/alerts_v2/da1/comments"),
            ("/beta/security/incidents/delta()", "/beta/security/incidents/delta"),
            (
                "/v1.0/security/incidents/microsoft.graph.security.delta()",
                "/v1.0/security/incidents/delta",
            ),
            ("/", "/"),
            ("/Portal/Incidents/alerts/a%28b%29(c)/", "/portal/incidents/alerts/a%28b%29(c)"),
        ] {
            let request = http::Request::builder().uri(path).body(()).unwrap();
            assert_eq!(normalise(request).uri().to_string(), expected, "for {path}");
        }
    }
}
