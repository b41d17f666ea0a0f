//! The journey of the page "Create an app to access Microsoft Threat Protection without a user",
//! taken on a real server over HTTPS. [`travel`] takes it and tells it; [`Journey`] is what came
//! of it.

mod data_set;
mod snippets;
mod steps;
mod telling;

use std::sync::Arc;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use vakt_client::{Client, Cloud, HttpsTransport, TokenAnswer};
use vakt_wire::defender::Incident;
use vakt_wire::graph::{Application, ServicePrincipal};

use crate::inspection::Inspection;
use crate::print::Printer;
use snippets::Snippets;
use telling::Teller;

/// Where the journey is taken.
pub struct Stage {
    /// Base address of the server.
    pub url: String,
    /// Path of its CA certificate.
    pub ca: String,
    /// Tenant id.
    pub tenant: String,
    /// Tenant name.
    pub tenant_name: String,
    /// The server's addresses.
    pub cloud: Cloud,
    /// The way to it.
    pub transport: Arc<HttpsTransport>,
    /// The administrator's application.
    pub administrator: Client,
    /// The present.
    pub now: Timestamp,
}

/// What came of it.
pub struct Journey {
    application: Application,
    api: ServicePrincipal,
    permissions: Vec<String>,
    secret: Secret,
    v1: TokenAnswer,
    v2: TokenAnswer,
    inspection: Inspection,
    incidents: Vec<Incident>,
    server: Value,
    /// The page's snippets, filled in.
    pub snippets: Snippets,
}

/// The secret that was added.
struct Secret {
    key_id: String,
    value: SecretString,
    expires: Option<Timestamp>,
}

/// Takes the journey, telling each step as it is done.
pub async fn travel(stage: &Stage, printer: Printer) -> anyhow::Result<Journey> {
    let teller = Teller::new(printer);
    teller.open(stage)?;
    steps::bring_incidents(stage).await?;
    let application = steps::register(stage).await?;
    teller.registered(&application)?;
    let api = steps::find_api(stage).await?;
    teller.found_api(&api)?;
    let permissions = steps::add_permissions(stage, &application, &api).await?;
    teller.added_permissions(&permissions)?;
    let application = steps::consent(stage, &application).await?;
    teller.consented(&permissions)?;
    let secret = steps::add_secret(stage, &application).await?;
    teller.added_secret(&secret)?;
    let (v1, v2) = steps::get_tokens(stage, &application, &secret.value).await?;
    teller.got_tokens(&v1, &v2)?;
    let inspection = steps::validate(stage, &v2).await?;
    teller.validated(&inspection)?;
    let incidents = steps::list_incidents(stage, &application, &secret.value).await?;
    teller.listed(&incidents)?;
    let snippets = Snippets::fill(stage, &application, &secret.value);
    let server = json!({
        "url": stage.url, "ca": stage.ca, "tenant": stage.tenant, "tenantName": stage.tenant_name,
    });
    Ok(Journey {
        application,
        api,
        permissions,
        secret,
        v1,
        v2,
        inspection,
        incidents,
        server,
        snippets,
    })
}

impl Journey {
    /// The whole journey as one document.
    pub fn to_json(&self) -> Value {
        json!({
            "server": self.server,
            "application": {
                "displayName": self.application.display_name,
                "appId": self.application.app_id,
                "id": self.application.id,
            },
            "api": {
                "displayName": self.api.display_name,
                "appId": self.api.app_id,
            },
            "permissions": self.permissions,
            "secret": {
                "keyId": self.secret.key_id,
                "endDateTime": self.secret.expires,
                "secretText": self.secret.value.expose_secret(),
            },
            "tokens": {
                "v1": self.v1.to_json().unwrap_or_default(),
                "v2": self.v2.to_json().unwrap_or_default(),
            },
            "validation": self.inspection.to_json(),
            "incidents": self.incidents,
            "snippets": self.snippets.to_json(),
        })
    }
}
