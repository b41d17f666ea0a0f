//! Storing what arrived, and saying where it went.

use vakt_ids::TenantId;
use vakt_incidents::{AlertPart, PlacedAlert, Stamp};
use vakt_wire::incidents::Placement;

use crate::app::App;
use crate::defender::own::to_wire::reason;
use crate::operator::Refused;

/// Alerts of one transaction: others who write get a turn between two. A request that fails in the
/// middle leaves whole alerts behind, and sending it again does no harm.
const TRANSACTION_ALERTS_MAX: usize = 500;

/// Stores alerts, and says where each one is afterwards. An alert that comes later in the request
/// may have joined the incidents of earlier ones, so that the places are read at the end.
pub(super) async fn store(
    app: &App,
    tenant: TenantId,
    parts: &[AlertPart],
    stamp: &Stamp,
) -> Result<Vec<Placement>, Refused> {
    let mut placed = Vec::with_capacity(parts.len());
    for piece in parts.chunks(TRANSACTION_ALERTS_MAX) {
        placed.extend(app.incidents.record(tenant, piece, stamp).await?);
    }
    if placed.len() > 1 {
        for one in &mut placed {
            if let Some(now) = app.incidents.find_alert(tenant, &one.alert.id).await? {
                *one = now;
            }
        }
    }
    Ok(placed.iter().map(placement).collect())
}

/// Where an alert is, and why.
pub(in crate::defender) fn placement(placed: &PlacedAlert) -> Placement {
    Placement {
        alert_id: placed.alert.id.to_string(),
        incident_id: placed.incident.number(),
        reason: reason(&placed.reason),
    }
}
