//! Is this audience us? Libraries build it from discovery or from the configured authority, so it
//! comes with any of our origins, the tenant by id or domain, and either token endpoint.

use vakt_ids::TenantId;

use crate::tenant::Tenant;

/// Is `audience` a token endpoint or an issuer of this tenant at this server? `typed` is the
/// tenant's segment of the address that was called.
pub(super) fn is_own_endpoint(
    audience: &str,
    tenant: &Tenant,
    typed: &str,
    is_own_origin: &dyn Fn(&str) -> bool,
) -> bool {
    let lower = audience.to_ascii_lowercase();
    let Some((scheme, rest)) = lower.split_once("://") else { return false };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let named = match segments.as_slice() {
        [named, "oauth2", "v2.0", "token"]
        | [named, "oauth2", "token"]
        | [named, "v2.0"]
        | [named] => *named,
        _ => return false,
    };
    let is_tenant = named == tenant.id.to_string()
        || named.eq_ignore_ascii_case(typed)
        || tenant.domains.iter().any(|domain| domain.name == named);
    is_tenant && is_own_origin(&format!("{scheme}://{authority}"))
}

/// Is this issuer one that this server issues under: an origin of ours with a tenant's id? (Other
/// issuers may well live on the same host, on another port.)
pub(super) fn is_own_issuer(issuer: &str, is_own_origin: &dyn Fn(&str) -> bool) -> bool {
    let lower = issuer.to_ascii_lowercase();
    let Some((scheme, rest)) = lower.split_once("://") else { return false };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let is_tenant = match segments.as_slice() {
        [tenant] | [tenant, "v2.0"] => tenant.parse::<TenantId>().is_ok(),
        _ => false,
    };
    is_tenant && is_own_origin(&format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::tenant::Domain;

    #[test]
    fn audiences_are_our_endpoints_in_any_spelling_and_nothing_else() {
        let tenant = Tenant {
            id: "c0c0c0c0-0000-4000-8000-000000000001".parse().unwrap(),
            name: "Contoso".into(),
            domains: Domain::list(&["contoso.com".into()]),
            created_at: Timestamp::UNIX_EPOCH,
        };
        let id = tenant.id;
        for (audience, expected) in [
            (format!("https://id.example/{id}/oauth2/v2.0/token"), true),
            (format!("https://id.example/{id}/oauth2/token"), true),
            (
                format!("https://ID.example/{}/OAuth2/v2.0/token", id.to_string().to_uppercase()),
                true,
            ),
            ("https://id.example/contoso.com/oauth2/v2.0/token".into(), true),
            ("https://id.example/Contoso.COM/oauth2/token".into(), true),
            ("https://id.example/common/oauth2/v2.0/token".into(), true),
            (format!("https://id.example//{id}/oauth2/v2.0/token"), true),
            (format!("https://id.example/{id}/"), true),
            (format!("https://id.example/{id}/v2.0"), true),
            (format!("https://evil.example/{id}/oauth2/v2.0/token"), false),
            (format!("http://id.example/{id}/oauth2/v2.0/token"), false),
            (format!("https://id.example@evil.example/{id}/oauth2/v2.0/token"), false),
            (format!("https://evil.example/?https://id.example/{id}/oauth2/token"), false),
            (format!("https://id.example/{id}/oauth2/v2.0/authorize"), false),
            (format!("https://id.example/x/{id}/oauth2/v2.0/token"), false),
            (format!("https://id.example/{id}/oauth2/v2.0/token?x=1"), false),
            ("https://id.example/fabrikam.com/oauth2/v2.0/token".into(), false),
            ("https://id.example/organizations/oauth2/v2.0/token".into(), false),
            ("https://id.example/".into(), false),
            ("https://id.example".into(), false),
            (format!("{id}"), false),
            (String::new(), false),
        ] {
            let own = |origin: &str| origin == "https://id.example";
            assert_eq!(is_own_endpoint(&audience, &tenant, "common", &own), expected, "{audience}");
        }
    }

    #[test]
    fn an_issuer_of_ours_is_known_by_origin_and_tenant() {
        let own = |origin: &str| origin == "https://id.example";
        let tenant = "c0c0c0c0-0000-4000-8000-000000000001";
        for (issuer, expected) in [
            (format!("https://id.example/{tenant}/"), true),
            (format!("https://id.example/{tenant}/v2.0"), true),
            (format!("https://ID.EXAMPLE/{}/V2.0/", tenant.to_uppercase()), true),
            (format!("https://token.example/{tenant}/"), false),
            ("https://id.example".into(), false),
            ("https://id.example/pipelines".into(), false),
            ("id.example".into(), false),
        ] {
            assert_eq!(is_own_issuer(&issuer, &own), expected, "{issuer}");
        }
    }
}
