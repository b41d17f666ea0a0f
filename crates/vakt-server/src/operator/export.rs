//! A tenant written out, page by page, while it is sent. What is secret stays: no password, no
//! secret and no hash of one, no private key is in any of the shapes.

use std::collections::BTreeMap;

use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;
use vakt_endpoint::{EndpointStoreError, Query, Reach};
use vakt_identity::audit::{AuditOrder, AuditQuery, AuditScope};
use vakt_identity::{DeletedKind, DirectoryQuery, FormerObject, GrantQuery, StoreError, Tenant};
use vakt_incidents::{IncidentQuery, IncidentStoreError, Order, OrderBy, PAGE_SIZE_MAX};
use vakt_wire::operator::{
    EXPORT_VERSION, ExportEnd, ExportHead, ExportKind, ExportLine, ExportedFederated,
};

use super::call::Call;
use super::errors::Refused;
use super::lines::{Broken, Lines};
use super::tenants::named;
use super::to_wire::{self, Standing};
use crate::app::AppState;
use crate::graph::to_wire::KeyBytes;
use crate::{audit, defender, endpoint, graph};

/// Things of the directory that are read at once.
const PAGE_ITEMS: u32 = 200;
/// Lines of a log that are read at once.
const LOG_PAGE_LINES: u32 = 1_000;

/// `GET /vakt/v1/tenants/{id}/export`
pub(crate) async fn export_tenant(call: Call) -> Result<Response, Refused> {
    let tenant = named(&call).await?;
    let standing = match call.identity().is_operator_tenant(tenant.id).await? {
        true => Standing::Operator,
        false => Standing::Customer,
    };
    call.identity().record_export(&tenant, &call.act()).await?;
    let (response, lines) = Lines::answer();
    let app = call.app.clone();
    tokio::spawn(async move {
        let now = app.clock.now();
        let mut export = Export { app, tenant, now, lines, counts: BTreeMap::new() };
        if let Err(broken) = export.write_all(standing).await {
            tracing::warn!(%broken, tenant = %export.tenant.id, "an export was broken off");
            export.lines.break_off(broken).await;
        }
    });
    Ok(response)
}

/// An export under way.
struct Export {
    app: AppState,
    tenant: Tenant,
    now: Timestamp,
    lines: Lines,
    counts: BTreeMap<ExportKind, u64>,
}

impl Export {
    async fn write_all(&mut self, standing: Standing) -> Result<(), Broken> {
        let head = ExportHead {
            version: EXPORT_VERSION,
            program: env!("CARGO_PKG_VERSION").into(),
            tenant_id: self.tenant.id.to_string(),
            exported_date_time: self.now,
        };
        self.lines.write(&ExportLine { kind: ExportKind::Export, value: head }).await?;
        let tenant = to_wire::tenant(&self.tenant, standing);
        self.line(ExportKind::Tenant, tenant).await?;
        self.applications().await?;
        self.service_principals().await?;
        self.permission_grants().await?;
        self.deleted(DeletedKind::Application).await?;
        self.deleted(DeletedKind::ServicePrincipal).await?;
        self.people().await?;
        self.changes().await?;
        self.sign_ins().await?;
        self.incidents().await?;
        self.machines().await?;
        self.machine_actions().await?;
        self.indicators().await?;
        let end = ExportEnd { counts: std::mem::take(&mut self.counts) };
        self.lines.write(&ExportLine { kind: ExportKind::End, value: end }).await?;
        self.lines.flush().await
    }

    async fn line(&mut self, kind: ExportKind, value: impl Serialize) -> Result<(), Broken> {
        *self.counts.entry(kind).or_default() += 1;
        self.lines.write(&ExportLine { kind, value }).await
    }

    async fn applications(&mut self) -> Result<(), Broken> {
        let app = self.app.clone();
        let mut query = first_page();
        loop {
            let page = app.identity.store().list_applications(self.tenant.id, &query).await?;
            for application in &page.items {
                let value =
                    graph::to_wire::application(application, Some(&self.tenant), KeyBytes::Shown);
                self.line(ExportKind::Application, value).await?;
                for credential in &application.federated {
                    let value = ExportedFederated {
                        app_id: application.app_id.to_string(),
                        credential: graph::to_wire::federated(credential),
                    };
                    self.line(ExportKind::FederatedIdentityCredential, value).await?;
                }
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn service_principals(&mut self) -> Result<(), Broken> {
        let app = self.app.clone();
        let store = app.identity.store();
        let mut query = first_page();
        loop {
            let page = store.list_service_principals(self.tenant.id, &query).await?;
            for principal in &page.items {
                let value = graph::to_wire::service_principal(principal, KeyBytes::Shown);
                self.line(ExportKind::ServicePrincipal, value).await?;
                for grant in store.assignments_of(self.tenant.id, principal.object_id).await? {
                    let value = graph::to_wire::assignment(&grant);
                    self.line(ExportKind::AppRoleAssignment, value).await?;
                }
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn permission_grants(&mut self) -> Result<(), Broken> {
        let app = self.app.clone();
        let mut query = GrantQuery { top: PAGE_ITEMS, ..GrantQuery::default() };
        loop {
            let store = app.identity.delegation_store();
            let page = store.list_permission_grants(self.tenant.id, &query).await?;
            for grant in &page.items {
                let value = graph::to_wire::permission_grant(grant);
                self.line(ExportKind::OAuth2PermissionGrant, value).await?;
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn deleted(&mut self, kind: DeletedKind) -> Result<(), Broken> {
        let app = self.app.clone();
        let mut query = first_page();
        loop {
            let page = app.identity.store().list_deleted(self.tenant.id, kind, &query).await?;
            for deleted in &page.items {
                let kind = ExportKind::DeletedItem;
                match &deleted.object {
                    FormerObject::Application(application) => {
                        let mut value = graph::to_wire::application(
                            application,
                            Some(&self.tenant),
                            KeyBytes::Shown,
                        );
                        value.deleted_date_time = Some(deleted.deleted_at);
                        self.line(kind, value).await?;
                    }
                    FormerObject::ServicePrincipal(principal) => {
                        let mut value =
                            graph::to_wire::service_principal(principal, KeyBytes::Shown);
                        value.deleted_date_time = Some(deleted.deleted_at);
                        self.line(kind, value).await?;
                    }
                }
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn people(&mut self) -> Result<(), Broken> {
        for person in self.app.identity.people_store().people(self.tenant.id).await? {
            self.line(ExportKind::Person, to_wire::person(&person, self.now)).await?;
        }
        Ok(())
    }

    async fn changes(&mut self) -> Result<(), Broken> {
        let app = self.app.clone();
        let scope = AuditScope::Tenant(self.tenant.id);
        let mut query = first_log_page();
        loop {
            let page = app.identity.audit_store().directory_events(scope, &query).await?;
            for event in page.items {
                self.line(ExportKind::DirectoryAudit, audit::directory_audit(event)).await?;
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn sign_ins(&mut self) -> Result<(), Broken> {
        let app = self.app.clone();
        if app.sign_ins.settle().await.is_err() {
            tracing::warn!("sign-ins are exported while the last ones wait to be recorded");
        }
        let scope = AuditScope::Tenant(self.tenant.id);
        let mut query = first_log_page();
        loop {
            let page = app.identity.audit_store().sign_ins(scope, &query).await?;
            for event in page.items {
                self.line(ExportKind::SignIn, audit::sign_in(event)).await?;
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn incidents(&mut self) -> Result<(), Broken> {
        let app = self.app.clone();
        let mut query = IncidentQuery {
            order: Order::by(OrderBy::Created, false),
            top: PAGE_SIZE_MAX,
            predicate: None,
            skip: 0,
            after: None,
            count: false,
            without_alerts: false,
        };
        loop {
            let page = app.incidents.list(self.tenant.id, query.clone()).await?;
            for incident in &page.items {
                self.line(ExportKind::Incident, defender::to_wire::incident(incident)).await?;
            }
            match page.next() {
                Some(next) => query.after = Some(next.clone()),
                None => return Ok(()),
            }
        }
    }

    async fn machines(&mut self) -> Result<(), Broken> {
        let app = self.app.clone();
        let mut query = Query::first(PAGE_ITEMS);
        loop {
            let page = app.endpoint.machines(self.tenant.id, query.clone()).await?;
            for machine in &page.items {
                self.line(ExportKind::Machine, endpoint::to_wire::machine(machine)).await?;
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn machine_actions(&mut self) -> Result<(), Broken> {
        let app = self.app.clone();
        let mut query = Query::first(PAGE_ITEMS);
        loop {
            let page = app.endpoint.actions(self.tenant.id, query.clone()).await?;
            for action in &page.items {
                let value = endpoint::to_wire::machine_action(action);
                self.line(ExportKind::MachineAction, value).await?;
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn indicators(&mut self) -> Result<(), Broken> {
        let app = self.app.clone();
        let mut query = Query::first(PAGE_ITEMS);
        loop {
            let page = app.endpoint.indicators(self.tenant.id, query.clone(), Reach::All).await?;
            for indicator in &page.items {
                self.line(ExportKind::Indicator, endpoint::to_wire::indicator(indicator)).await?;
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }
}

fn first_page() -> DirectoryQuery {
    DirectoryQuery { top: PAGE_ITEMS, ..DirectoryQuery::default() }
}

fn first_log_page() -> AuditQuery {
    AuditQuery { top: LOG_PAGE_LINES, order: AuditOrder::OldestFirst, ..AuditQuery::default() }
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<EndpointStoreError> for Broken {
    fn from(error: EndpointStoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<IncidentStoreError> for Broken {
    fn from(error: IncidentStoreError) -> Self {
        Self::Failed(error.to_string())
    }
}
