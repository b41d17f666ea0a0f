//! Applications with a secret or certificate that ends soon.

use jiff::Timestamp;
use vakt_identity::{Application, DirectoryQuery, IdentityError, Order, Tenant};

use crate::pages::{Stop, Visit};
use crate::portal::moment::{Rest, day};

/// Registrations that are looked at, in the order of their names.
pub(super) const LOOKED_AT_MAX: u32 = 500;
/// Lines that are shown, the first to end first.
const LINES_MAX: usize = 10;

/// A secret or certificate that ends soon.
pub(super) struct Line {
    pub id: String,
    pub name: String,
    pub what: &'static str,
    pub expires: String,
    pub rest: Rest,
}

/// What ends soon.
pub(super) struct Expiring {
    pub lines: Vec<Line>,
    /// How many more there are.
    pub others: usize,
    /// Were all registrations looked at?
    pub is_whole: bool,
}

/// What ends soon among a tenant's applications.
pub(super) async fn soon(visit: &Visit, tenant: &Tenant) -> Result<Expiring, Stop> {
    let query =
        DirectoryQuery { order: Order::Name, top: LOOKED_AT_MAX, ..DirectoryQuery::default() };
    let found = visit.app.identity.store().list_applications(tenant.id, &query).await;
    let found = found.map_err(IdentityError::from)?;
    let ending = found.items.iter().flat_map(|one| ending(one, visit.now));
    let mut ending: Vec<(Timestamp, Line)> = ending.collect();
    ending.sort_by_key(|(end, _)| *end);
    let others = ending.len().saturating_sub(LINES_MAX);
    let lines = ending.into_iter().take(LINES_MAX).map(|(_, line)| line).collect();
    Ok(Expiring { lines, others, is_whole: found.next.is_none() })
}

fn ending(application: &Application, now: Timestamp) -> Vec<(Timestamp, Line)> {
    let secrets = application.secrets.iter();
    let secrets = secrets.map(|one| ("secret", one.starts_at, one.expires_at));
    let certificates = application.certificates.iter();
    let certificates = certificates.map(|one| ("certificate", one.starts_at, one.expires_at));
    let near = secrets.chain(certificates).filter_map(|(what, start, end)| {
        let rest = Rest::of(start, end, now);
        matches!(rest, Rest::Near { .. }).then(|| {
            let (id, name) = (application.app_id.to_string(), application.display_name.clone());
            (end, Line { id, name, what, expires: day(end), rest })
        })
    });
    near.collect()
}
