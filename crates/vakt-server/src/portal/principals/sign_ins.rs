//! What an application asked for lately, and why it was refused.

use vakt_identity::IdentityError;
use vakt_identity::audit::{AuditQuery, AuditScope, CredentialKind, SignIn};
use vakt_ids::AppId;

use super::super::desk::Desk;
use super::super::moment::moment;
use crate::entra;
use crate::pages::{Stop, Visit};

/// How many token requests are shown.
const LINES_MAX: u32 = 20;

/// A token request.
pub(super) struct Line {
    pub when: String,
    pub resource: String,
    pub from: String,
    pub credential: &'static str,
    /// `None`: a token was issued.
    pub refusal: Option<Refusal>,
    /// How many requests the line stands for.
    pub count: u32,
}

/// Why there was none.
pub(super) struct Refusal {
    pub number: u32,
    pub meaning: &'static str,
}

/// The last ones, newest first.
pub(super) async fn last(visit: &Visit, desk: &Desk, app: AppId) -> Result<Vec<Line>, Stop> {
    let query = AuditQuery { app: Some(app), top: LINES_MAX, ..AuditQuery::default() };
    let scope = AuditScope::Tenant(desk.tenant.id);
    let found = visit.app.identity.audit_store().sign_ins(scope, &query).await;
    let found = found.map_err(IdentityError::from)?;
    Ok(found.items.into_iter().map(|one| line(one.event)).collect())
}

fn line(sign_in: SignIn) -> Line {
    let meaning = entra::meaning(sign_in.error_code);
    let refusal = (sign_in.error_code != 0).then(|| Refusal {
        number: sign_in.error_code,
        meaning: meaning.unwrap_or("The request was refused."),
    });
    Line {
        when: moment(sign_in.at),
        resource: sign_in.resource_name,
        from: sign_in.address.map(|address| address.to_string()).unwrap_or_default(),
        credential: words(sign_in.credential),
        refusal,
        count: sign_in.count,
    }
}

fn words(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::None => "nothing",
        CredentialKind::Secret => "a secret",
        CredentialKind::Certificate => "a certificate",
        CredentialKind::Federated => "a federated credential",
    }
}
