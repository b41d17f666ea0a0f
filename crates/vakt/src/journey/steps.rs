//! The steps, each as the page names it, through the same calls that the other commands use.

use std::sync::Arc;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use vakt_client::{
    Client, ClientError, ClientSecret, IncidentQuery, NewPassword, TokenAnswer, TokenEndpoint,
    TokenRequest, apps, request_token, verify_token,
};
use vakt_wire::defender::Incident;
use vakt_wire::graph::{Application, ServicePrincipal};

use super::{Secret, Stage, data_set};
use crate::clock;
use crate::inspection::Inspection;

/// What the page's reader types to find the API.
pub const TYPED: &str = "Microsoft Threat";
/// What the page's example chooses, and what hunting needs.
const ROLES: [&str; 2] = ["Incident.Read.All", "AdvancedHunting.Read.All"];
const API: &str = "https://api.security.microsoft.com";
/// Most incidents that are listed.
const INCIDENTS_MAX: usize = 1000;

pub async fn bring_incidents(stage: &Stage) -> anyhow::Result<()> {
    let incidents = data_set::incidents(stage.now)?.into_iter().map(Ok::<_, ClientError>);
    let summary = stage.administrator.incidents().import(incidents).await?;
    match summary.refused.first() {
        Some(refused) => anyhow::bail!("a built-in incident was refused: {}", refused.reason),
        None => Ok(()),
    }
}

pub async fn register(stage: &Stage) -> anyhow::Result<Application> {
    let new = apps::NewRegistration {
        name: "Incident reader".into(),
        ..apps::NewRegistration::default()
    };
    Ok(apps::register_application(stage.administrator.graph(), &new).await?.application)
}

pub async fn find_api(stage: &Stage) -> anyhow::Result<ServicePrincipal> {
    Ok(apps::find_api(stage.administrator.graph(), TYPED).await?)
}

/// Returns the permissions in words.
pub async fn add_permissions(
    stage: &Stage,
    application: &Application,
    api: &ServicePrincipal,
) -> anyhow::Result<Vec<String>> {
    let mut wanted = Vec::new();
    let mut words = Vec::new();
    for value in ROLES {
        let role = apps::find_role(api, value)?;
        wanted.push((api, role.id.as_str()));
        words.push(format!("{value}  ({})", role.display_name));
    }
    apps::add_permissions(stage.administrator.graph(), application, &wanted).await?;
    Ok(words)
}

pub async fn consent(stage: &Stage, application: &Application) -> anyhow::Result<Application> {
    let graph = stage.administrator.graph();
    let application = graph.application(&application.id).await?;
    let application = application.context("the application is gone")?;
    apps::grant_consent(graph, &application).await?;
    Ok(application)
}

pub async fn add_secret(stage: &Stage, application: &Application) -> anyhow::Result<Secret> {
    let ninety_days = SignedDuration::from_hours(90 * 24);
    let expires: Option<Timestamp> = stage.now.checked_add(ninety_days).ok();
    let new = NewPassword { description: Some("demo".into()), expires };
    let made = stage.administrator.graph().add_password(&application.id, new).await?;
    Ok(Secret {
        key_id: made.key_id.unwrap_or_default(),
        value: made.secret_text.context("the server gave no secret")?.into(),
        expires: made.end_date_time,
    })
}

pub async fn get_tokens(
    stage: &Stage,
    application: &Application,
    secret: &SecretString,
) -> anyhow::Result<(TokenAnswer, TokenAnswer)> {
    let credential = ClientSecret::new(application.app_id.clone(), secret.clone()).into();
    let request = |endpoint| TokenRequest {
        endpoint,
        tenant: &stage.tenant,
        credential: &credential,
        resource: API,
    };
    let (way, login) = (stage.transport.as_ref(), &stage.cloud.login);
    let v1 = request_token(way, login, &request(TokenEndpoint::V1), clock::now()).await?;
    let v2 = request_token(way, login, &request(TokenEndpoint::V2), clock::now()).await?;
    Ok((v1, v2))
}

pub async fn validate(stage: &Stage, answer: &TokenAnswer) -> anyhow::Result<Inspection> {
    let token = answer.access_token();
    let seen = vakt_token::inspect(token.expose_secret())?;
    let verdict =
        verify_token(stage.transport.as_ref(), Some(&stage.cloud), token.expose_secret(), &seen)
            .await;
    let inspection = Inspection::new(seen, verdict, clock::now());
    anyhow::ensure!(inspection.is_acceptable(), "the token's signature is wrong");
    Ok(inspection)
}

pub async fn list_incidents(
    stage: &Stage,
    application: &Application,
    secret: &SecretString,
) -> anyhow::Result<Vec<Incident>> {
    let credential = ClientSecret::new(application.app_id.clone(), secret.clone());
    let client = Client::new(
        stage.cloud.clone(),
        stage.tenant.clone(),
        credential,
        stage.transport.clone(),
        Arc::new(clock::now),
    );
    Ok(client.incidents().list(&IncidentQuery::default(), INCIDENTS_MAX).await?)
}
