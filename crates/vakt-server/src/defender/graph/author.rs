//! Who makes a change, as clients see it.

use vakt_incidents::Stamp;

use crate::defender::author::author;
use crate::graph::Call;
use crate::problem::Problem;

/// The calling application, and the present.
pub(super) async fn stamp(call: &Call) -> Result<Stamp, Problem> {
    let by = author(&call.app, call.tenant, (call.principal(), call.client())).await;
    Ok(Stamp { by, at: call.app.clock.now() })
}
