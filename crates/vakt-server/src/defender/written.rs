//! Answers about one incident, as they were written: dashboards and playbooks ask for the same one
//! again and again, and writing it costs more than everything else of such a request.

use std::sync::{Arc, Weak};

use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use moka::sync::Cache;
use vakt_ids::{IncidentId, TenantId};
use vakt_incidents::Incident;
use vakt_wire::defender::Incident as WireIncident;

use super::to_wire;
use crate::problem::{json, written_json};

/// Memory for answers.
const WRITTEN_MAX_BYTES: u64 = 16 * 1024 * 1024;

/// What an answer takes beside its text; an incident that is known by a weak reference keeps its place.
const OVERHEAD_BYTES: usize = size_of::<Written>() + size_of::<Incident>();

/// An answer, and what it was made from: enough to know it again, without keeping it in memory.
#[derive(Clone)]
struct Written {
    incident: Weak<Incident>,
    base: String,
    body: Bytes,
}

/// Answers that are kept. Each counts for the very incident in memory that it was made from: what
/// changed is read anew, and is another one.
pub(crate) struct WrittenIncidents(Cache<(TenantId, IncidentId), Written>);

impl WrittenIncidents {
    pub(crate) fn new() -> Self {
        let bytes = |_: &_, written: &Written| {
            let bytes = written.body.len() + written.base.len() + OVERHEAD_BYTES;
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(WRITTEN_MAX_BYTES).weigher(bytes).build())
    }

    /// The answer at a base address.
    pub(crate) fn answer(&self, tenant: TenantId, found: &Arc<Incident>, base: &str) -> Response {
        let key = (tenant, found.id);
        if let Some(written) = self.0.get(&key)
            && written.incident.ptr_eq(&Arc::downgrade(found))
            && written.base == base
        {
            return written_json(StatusCode::OK, written.body);
        }
        let answer = WireIncident {
            context: Some(format!("{base}/api/$metadata#Incidents/$entity")),
            ..to_wire::incident(found)
        };
        // Nobody else holds an incident that is not kept: asked for again, it is read again.
        if Arc::strong_count(found) > 1
            && let Ok(body) = serde_json::to_vec(&answer)
        {
            let body = Bytes::from(body);
            let (incident, base) = (Arc::downgrade(found), base.to_owned());
            self.0.insert(key, Written { incident, base, body: body.clone() });
            return written_json(StatusCode::OK, body);
        }
        json(StatusCode::OK, &answer)
    }
}
