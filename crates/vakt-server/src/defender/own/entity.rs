//! `GET /vakt/v1/entities/{kind}/{key}/incidents`.

use axum::response::Response;
use http::StatusCode;
use vakt_incidents::{StrongEntity, StrongKind};
use vakt_wire::incidents::EntityIncidents;

use super::to_wire;
use crate::defender::errors::not_found;
use crate::operator::{Call, Refused};
use crate::problem::{Problem, json};

/// The route.
pub(crate) async fn incidents_of_entity(call: Call) -> Result<Response, Refused> {
    let (kind, key) = (call.name_at(0).to_lowercase(), call.name_at(1).trim().to_lowercase());
    let kind = StrongKind::from_text(&kind).ok_or_else(|| unknown_kind(&kind))?;
    let entity = StrongEntity { kind, key };
    let found = call.app.incidents.of_entity(call.tenant, &entity).await?;
    if found.is_empty() {
        let name = format!("{} {} in any incident", entity.kind.as_str(), entity.key);
        return Err(not_found(&name).into());
    }
    let value = found.iter().map(to_wire::summary).collect();
    let entity = to_wire::entity(&entity);
    Ok(json(StatusCode::OK, &EntityIncidents { entity, value }))
}

fn unknown_kind(kind: &str) -> Problem {
    let known: Vec<&str> = StrongKind::ALL.into_iter().map(StrongKind::as_str).collect();
    let kind: String = kind.chars().take(KIND_SHOWN_MAX_CHARS).collect();
    not_found(&format!("of the kind `{kind}`, which is none of {},", known.join(", ")))
}

/// How much of an unknown kind an answer repeats.
const KIND_SHOWN_MAX_CHARS: usize = 100;
