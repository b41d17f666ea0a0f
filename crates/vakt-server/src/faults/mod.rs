//! Faults on request, for those who test what their code makes of them: by a header of the request
//! itself, or set beforehand for an application's next calls. Only with `--faults`; a server that
//! runs without it neither reads the header nor keeps a fault.

mod effect;
mod header;
mod plans;
mod routes;

use axum::response::Response;
use jiff::Timestamp;
use vakt_identity::TenantName;
use vakt_ids::{AppId, TenantId};

use crate::app::App;
use effect::Effect;
pub(crate) use header::by_header;
pub(crate) use plans::{FAULT_WAITS_MAX_HOURS, FAULTS_OF_TENANT_MAX};
use plans::{Plans, Target};
pub(crate) use routes::routes;

/// Whether faults are to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FaultMode {
    /// Never: whoever asks for one is not heard.
    #[default]
    Off,
    /// Whoever asks for one gets it.
    OnRequest,
}

/// The faults of this server.
#[derive(Debug)]
pub(crate) struct Faults {
    mode: FaultMode,
    plans: Plans,
}

impl Faults {
    pub(crate) fn new(mode: FaultMode) -> Self {
        Self { mode, plans: Plans::default() }
    }

    /// Are there any?
    pub(crate) fn are_on(&self) -> bool {
        self.mode == FaultMode::OnRequest
    }

    /// What a call meets, if it meets a fault.
    pub(crate) fn of_call(
        &self,
        caller: (TenantId, AppId),
        path: &str,
        now: Timestamp,
    ) -> Option<Effect> {
        self.plans.take(caller, Target::Api, path, now)
    }

    /// The answer to a request for a token that meets a fault. The tenant is the one that the path
    /// names; `common` and its like name none.
    pub(crate) async fn of_token(
        &self,
        app: &App,
        tenant: &str,
        client: Option<&str>,
        head: &http::request::Parts,
    ) -> Option<Response> {
        if self.plans.is_empty() {
            return None;
        }
        let client: AppId = client?.parse().ok()?;
        let tenant = app.identity.tenant(&TenantName::read(tenant)).await.ok()?;
        let path = head.uri.path();
        let who = (tenant.id, client);
        let effect = self.plans.take(who, Target::Token, path, app.clock.now())?;
        effect.happen(app, path, &head.headers).await
    }
}
