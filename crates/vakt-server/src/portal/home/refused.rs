//! Applications that were refused a token lately, each with its last reason.

use vakt_identity::audit::{AuditQuery, AuditScope, SignIn};
use vakt_identity::{IdentityError, Tenant};

use crate::entra;
use crate::pages::{Stop, Visit};
use crate::portal::moment::moment;
use crate::portal::principals::PRINCIPALS;

/// Refusals that are looked at, the newest first.
const LOOKED_AT_MAX: u32 = 200;
/// Applications that are shown.
const LINES_MAX: usize = 10;

/// An application that was refused.
pub(super) struct Line {
    /// Its page, if it has a presence in the directory.
    pub place: Option<String>,
    pub name: String,
    pub when: String,
    pub number: u32,
    pub meaning: &'static str,
    /// How many refusals the line stands for.
    pub count: u64,
}

/// The last ones, newest first.
pub(super) async fn lately(visit: &Visit, tenant: &Tenant) -> Result<Vec<Line>, Stop> {
    let query = AuditQuery { succeeded: Some(false), top: LOOKED_AT_MAX, ..AuditQuery::default() };
    let scope = AuditScope::Tenant(tenant.id);
    let found = visit.app.identity.audit_store().sign_ins(scope, &query).await;
    let found = found.map_err(IdentityError::from)?;
    let mut lines: Vec<(SignIn, u64)> = Vec::new();
    for one in found.items.into_iter().map(|one| one.event) {
        let more = u64::from(one.count);
        match lines.iter_mut().find(|(first, _)| first.app == one.app) {
            Some((_, count)) => *count += more,
            None => lines.push((one, more)),
        }
    }
    Ok(lines.into_iter().take(LINES_MAX).map(|(last, count)| line(last, count)).collect())
}

fn line(last: SignIn, count: u64) -> Line {
    let id = last.app.map(|app| app.to_string());
    let known = last.principal.is_some();
    let place = id.as_ref().filter(|_| known).map(|id| format!("{PRINCIPALS}/{id}"));
    let named = Some(last.app_name).filter(|name| !name.is_empty());
    Line {
        place,
        name: named.or(id).unwrap_or_else(|| "an application without a name".into()),
        when: moment(last.at),
        number: last.error_code,
        meaning: entra::meaning(last.error_code).unwrap_or("The request was refused."),
        count,
    }
}
