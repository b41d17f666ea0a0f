//! Who makes a change, as clients see it.

use vakt_identity::ObjectKey;
use vakt_incidents::Stamp;

use crate::graph::Call;
use crate::problem::Problem;

/// The calling application by its name, or by its id if it has none; and the present.
pub(super) async fn stamp(call: &Call) -> Result<Stamp, Problem> {
    let key = ObjectKey::Object(call.principal());
    let principal = call.store().find_service_principal(call.tenant, key).await?;
    let name = principal.map(|principal| principal.display_name);
    let by = name.filter(|name| !name.trim().is_empty());
    Ok(Stamp { by: by.unwrap_or_else(|| call.client().to_string()), at: call.app.clock.now() })
}
