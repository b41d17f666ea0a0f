//! Discovery documents, v1 and v2. Every address in them follows the host that was called, and
//! names the tenant in its first path segment.

use axum::extract::{Path, State};
use axum::response::Response;
use vakt_identity::{IdentityError, TenantName};
use vakt_ids::{AppId, TenantId};
use vakt_wire::entra::OpenIdConfiguration;

use super::errors::{Correlation, answer_document};
use super::{published, tenant_of};
use crate::app::{App, AppState};
use crate::edge::Head;
use crate::names::Origin;

/// `GET /{tenant}/.well-known/openid-configuration`
pub(crate) async fn openid_v1(
    State(app): State<AppState>,
    Path(segment): Path<String>,
    head: Head,
) -> Response {
    serve(&app, &segment, &head, v1).await
}

/// `GET /{tenant}/v2.0/.well-known/openid-configuration`
pub(crate) async fn openid_v2(
    State(app): State<AppState>,
    Path(segment): Path<String>,
    head: Head,
) -> Response {
    serve(&app, &segment, &head, v2).await
}

async fn serve(
    app: &App,
    segment: &str,
    head: &Head,
    document: fn(&Origin, &str, Option<TenantId>) -> OpenIdConfiguration,
) -> Response {
    let origin = app.names.origin(&head.uri, &head.headers);
    match named_tenant(app, segment).await {
        Ok((name, tenant)) => {
            let mut document = document(&origin, &name, tenant);
            if let Some(app_id) = asked_app(head.uri.query()) {
                document.jwks_uri += &format!("?appid={app_id}");
            }
            published(&document)
        }
        Err(error) => refused(app, &origin, head, &error),
    }
}

/// The name of a tenant in its documents: a domain becomes the id; the placeholders and `adfs` stay
/// as they were asked for.
pub(super) async fn named_tenant(
    app: &App,
    segment: &str,
) -> Result<(String, Option<TenantId>), IdentityError> {
    let tenant = tenant_of(app, segment).await?.map(|tenant| tenant.id);
    let name = match (TenantName::read(segment), tenant) {
        (TenantName::Id(_) | TenantName::Domain(_), Some(id)) => id.to_string(),
        _ => segment.to_ascii_lowercase(),
    };
    Ok((name, tenant))
}

/// The answer in place of a document.
pub(super) fn refused(app: &App, origin: &Origin, head: &Head, error: &IdentityError) -> Response {
    let correlation = Correlation::of(&head.headers, head.uri.query());
    answer_document(error, app, &origin.base, &correlation)
}

/// `?appid=`: applications may have signing keys of their own on Microsoft's platform, and find
/// them at an address that names them. Here they find everybody's.
fn asked_app(query: Option<&str>) -> Option<AppId> {
    let mut pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| key.eq_ignore_ascii_case("appid"))?.1.parse().ok()
}

fn v2(origin: &Origin, name: &str, tenant: Option<TenantId>) -> OpenIdConfiguration {
    let base = format!("{}/{name}", origin.base);
    OpenIdConfiguration {
        token_endpoint: format!("{base}/oauth2/v2.0/token"),
        jwks_uri: format!("{base}/discovery/v2.0/keys"),
        issuer: origin.v2_issuer(tenant),
        authorization_endpoint: format!("{base}/oauth2/v2.0/authorize"),
        device_authorization_endpoint: Some(format!("{base}/oauth2/v2.0/devicecode")),
        end_session_endpoint: format!("{base}/oauth2/v2.0/logout"),
        userinfo_endpoint: format!("https://{}/oidc/userinfo", origin.graph_host()),
        kerberos_endpoint: Some(format!("{base}/kerberos")),
        response_types_supported: words("code,id_token,code id_token,id_token token"),
        scopes_supported: words("openid,profile,email,offline_access"),
        claims_supported: words(
            "sub,iss,cloud_instance_name,cloud_instance_host_name,cloud_graph_host_name,\
             msgraph_host,aud,exp,iat,auth_time,acr,nonce,preferred_username,name,tid,ver,at_hash,\
             c_hash,email",
        ),
        microsoft_multi_refresh_token: None,
        check_session_iframe: None,
        ..shared(origin)
    }
}

fn v1(origin: &Origin, name: &str, tenant: Option<TenantId>) -> OpenIdConfiguration {
    let base = format!("{}/{name}", origin.base);
    OpenIdConfiguration {
        token_endpoint: format!("{base}/oauth2/token"),
        jwks_uri: format!("{base}/discovery/keys"),
        issuer: origin.v1_issuer(tenant),
        authorization_endpoint: format!("{base}/oauth2/authorize"),
        device_authorization_endpoint: Some(format!("{base}/oauth2/devicecode")),
        end_session_endpoint: format!("{base}/oauth2/logout"),
        userinfo_endpoint: format!("{base}/openid/userinfo"),
        kerberos_endpoint: None,
        response_types_supported: words("code,id_token,code id_token,token id_token,token"),
        scopes_supported: words("openid"),
        claims_supported: words(
            "sub,iss,cloud_instance_name,cloud_instance_host_name,cloud_graph_host_name,\
             msgraph_host,aud,exp,iat,auth_time,acr,amr,nonce,email,given_name,family_name,nickname",
        ),
        microsoft_multi_refresh_token: Some(true),
        check_session_iframe: Some(format!("{base}/oauth2/checksession")),
        ..shared(origin)
    }
}

/// How clients may authenticate, in Microsoft's order.
pub(super) const CLIENT_AUTHENTICATION: &str =
    "client_secret_post,private_key_jwt,client_secret_basic";
/// What Microsoft's cloud calls itself.
pub(super) const CLOUD_INSTANCE_NAME: &str = "microsoftonline.com";

/// Members that are the same in both versions.
fn shared(origin: &Origin) -> OpenIdConfiguration {
    OpenIdConfiguration {
        token_endpoint: String::new(),
        token_endpoint_auth_methods_supported: words(CLIENT_AUTHENTICATION),
        jwks_uri: String::new(),
        response_modes_supported: words("query,fragment,form_post"),
        subject_types_supported: words("pairwise"),
        id_token_signing_alg_values_supported: words("RS256"),
        response_types_supported: Vec::new(),
        scopes_supported: Vec::new(),
        issuer: String::new(),
        microsoft_multi_refresh_token: None,
        request_uri_parameter_supported: false,
        authorization_endpoint: String::new(),
        device_authorization_endpoint: None,
        http_logout_supported: true,
        frontchannel_logout_supported: true,
        end_session_endpoint: String::new(),
        claims_supported: Vec::new(),
        check_session_iframe: None,
        userinfo_endpoint: String::new(),
        kerberos_endpoint: None,
        tenant_region_scope: Some("WW".into()),
        cloud_instance_name: CLOUD_INSTANCE_NAME.into(),
        cloud_graph_host_name: "graph.windows.net".into(),
        msgraph_host: origin.graph_host(),
        rbac_url: "https://pas.windows.net".into(),
    }
}

/// A list as it is written in these files.
pub(super) fn words(list: &str) -> Vec<String> {
    list.split(',').map(str::to_owned).collect()
}
