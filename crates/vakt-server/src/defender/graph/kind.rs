//! What incidents and alerts have in common as lists: where they are, how they are read, how they
//! are shown.

use std::future::Future;

use vakt_ids::TenantId;
use vakt_incidents::{
    ALERT_PAGE_SIZE_MAX, AlertTest, Cursor, CursorValue, Incident, IncidentStoreError,
    IncidentTest, PAGE_SIZE_MAX, Page, PlacedAlert, Query,
};
use vakt_wire::graph::{GraphAlert, GraphIncident, Object};

use super::select::{Shape, Shown};
use super::to_wire::{self, View};
use crate::app::App;
use crate::defender::query::Noun;
use crate::problem::Problem;

/// Incidents on a page when nothing is asked for, and the most in strict mode: Graph's own.
const INCIDENT_PAGE_SIZE_DEFAULT: u32 = 50;
/// Most incidents on a page.
pub(crate) const SECURITY_INCIDENT_PAGE_SIZE_MAX: u32 = PAGE_SIZE_MAX;
/// Alerts on a page when nothing is asked for.
const ALERT_PAGE_SIZE_DEFAULT: u32 = 100;
/// Most alerts on a page.
pub(crate) const SECURITY_ALERT_PAGE_SIZE_MAX: u32 = ALERT_PAGE_SIZE_MAX;

/// What of a thing is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    /// Its members.
    pub members: Shown,
    /// Those of its alerts, if they were asked for.
    pub alerts: Option<Shown>,
}

/// A kind of things that are listed.
pub(super) trait Kind: Noun + Send + Sync {
    /// One of them, as the room has it.
    type Item: Send + Sync;
    /// The collection they are in.
    const SET: &'static str;
    /// Page size when none is asked for.
    const PAGE_SIZE_DEFAULT: u32;
    /// Largest page.
    const PAGE_SIZE_MAX: u32;

    /// Their members.
    fn shape() -> Shape;
    /// Reads a page.
    fn list(
        app: &App,
        tenant: TenantId,
        query: Query<Self>,
    ) -> impl Future<Output = Result<Page<Self::Item>, IncidentStoreError>> + Send;
    /// Writes one down.
    fn object(item: &Self::Item, view: &View, parts: &Parts) -> Result<Object, Problem>;
    /// A place in the order of changes before all of them.
    fn before_all_changes() -> Cursor;
}

impl Kind for IncidentTest {
    type Item = Incident;
    const SET: &'static str = "security/incidents";
    const PAGE_SIZE_DEFAULT: u32 = INCIDENT_PAGE_SIZE_DEFAULT;
    const PAGE_SIZE_MAX: u32 = SECURITY_INCIDENT_PAGE_SIZE_MAX;

    fn shape() -> Shape {
        Shape::of::<GraphIncident>("microsoft.graph.security.incident", &["alerts"])
    }

    async fn list(
        app: &App,
        tenant: TenantId,
        query: Query<Self>,
    ) -> Result<Page<Incident>, IncidentStoreError> {
        app.incidents.list(tenant, query).await
    }

    fn object(item: &Incident, view: &View, parts: &Parts) -> Result<Object, Problem> {
        let mut object = parts.members.apply(&to_wire::incident(item, view))?;
        if let Some(shown) = &parts.alerts {
            let alert =
                |placed: &PlacedAlert| Ok(shown.apply(&to_wire::alert(placed, view))?.into());
            let alerts = item.alerts.iter().map(alert).collect::<Result<_, Problem>>()?;
            object.insert("alerts".into(), serde_json::Value::Array(alerts));
        }
        Ok(object)
    }

    fn before_all_changes() -> Cursor {
        Cursor(vec![CursorValue::Number(0), CursorValue::Number(0)])
    }
}

impl Kind for AlertTest {
    type Item = PlacedAlert;
    const SET: &'static str = "security/alerts_v2";
    const PAGE_SIZE_DEFAULT: u32 = ALERT_PAGE_SIZE_DEFAULT;
    const PAGE_SIZE_MAX: u32 = SECURITY_ALERT_PAGE_SIZE_MAX;

    fn shape() -> Shape {
        Shape::of::<GraphAlert>("microsoft.graph.security.alert", &[])
    }

    async fn list(
        app: &App,
        tenant: TenantId,
        query: Query<Self>,
    ) -> Result<Page<PlacedAlert>, IncidentStoreError> {
        app.incidents.list_alerts(tenant, query).await
    }

    fn object(item: &PlacedAlert, view: &View, parts: &Parts) -> Result<Object, Problem> {
        parts.members.apply(&to_wire::alert(item, view))
    }

    fn before_all_changes() -> Cursor {
        Cursor(vec![CursorValue::Number(0), CursorValue::Text(String::new())])
    }
}
