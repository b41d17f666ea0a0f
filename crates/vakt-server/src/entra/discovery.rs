//! Discovery documents, v1 and v2. Every address in them follows the host that was called, and
//! names the tenant in its first path segment.

use axum::extract::{Path, State};
use axum::response::Response;
use vakt_identity::TenantName;
use vakt_ids::TenantId;
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
    match tenant_of(app, segment).await {
        Ok(tenant) => {
            let tenant = tenant.map(|tenant| tenant.id);
            let lower = segment.to_ascii_lowercase();
            // A domain becomes the id; the placeholders and `adfs` stay as they were asked for.
            let name = match (TenantName::read(segment), tenant) {
                (TenantName::Id(_) | TenantName::Domain(_), Some(id)) => id.to_string(),
                _ => lower,
            };
            published(&document(&origin, &name, tenant))
        }
        Err(error) => {
            let correlation = Correlation::of(&head.headers, head.uri.query());
            answer_document(&error, app, &origin.base, &correlation)
        }
    }
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

/// Members that are the same in both versions.
fn shared(origin: &Origin) -> OpenIdConfiguration {
    OpenIdConfiguration {
        token_endpoint: String::new(),
        token_endpoint_auth_methods_supported: words("client_secret_post,client_secret_basic"),
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
        cloud_instance_name: "microsoftonline.com".into(),
        cloud_graph_host_name: "graph.windows.net".into(),
        msgraph_host: origin.graph_host(),
        rbac_url: "https://pas.windows.net".into(),
    }
}

fn words(list: &str) -> Vec<String> {
    list.split(',').map(str::to_owned).collect()
}
