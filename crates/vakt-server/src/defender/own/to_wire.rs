//! Incidents, reasons and history to Vakt's own shapes.

use vakt_incidents::{HistoryEntry, Incident, PlaceReason, StrongEntity};
use vakt_wire::incidents as wire;

use crate::defender::to_wire::incident as classic;
use crate::defender::ways::placement;
use crate::defender::words::WireWord;

/// An incident with everything known of it.
pub(crate) fn view(incident: &Incident) -> wire::IncidentView {
    wire::IncidentView {
        incident: classic(incident),
        description: incident.description.clone(),
        summary: incident.summary.clone(),
        last_modified_by: incident.updated_by.clone(),
        resolving_comment: incident.resolving_comment.clone(),
        system_tags: incident.system_tags.clone(),
        change_number: incident.change.0,
        placements: incident.alerts.iter().map(placement).collect(),
    }
}

/// An incident in short.
pub(super) fn summary(incident: &Incident) -> wire::IncidentSummary {
    wire::IncidentSummary {
        incident_id: incident.id.number(),
        redirect_incident_id: incident.redirect.map(vakt_ids::IncidentId::number),
        incident_name: incident.name.clone(),
        status: incident.status.name(),
        severity: incident.severity.name(),
        assigned_to: incident.assigned_to.clone(),
        created_time: incident.created_at,
        last_update_time: incident.updated_at,
    }
}

/// The name of an entity.
pub(super) fn entity(entity: &StrongEntity) -> wire::EntityName {
    wire::EntityName { kind: entity.kind.as_str().to_owned(), key: entity.key.clone() }
}

/// Why an alert is in its incident, in words and as data.
pub(in crate::defender) fn reason(reason: &PlaceReason) -> wire::PlaceReason {
    let of = |kind: &str, text: String| wire::PlaceReason {
        kind: kind.to_owned(),
        text,
        ..wire::PlaceReason::default()
    };
    match reason {
        PlaceReason::Imported => of("imported", "the import has it in this incident".into()),
        PlaceReason::Unrelated => {
            let text = "it shared nothing with an open incident, and began this one";
            of("unrelated", text.into())
        }
        PlaceReason::Shared { entity: shared, with } => wire::PlaceReason {
            entity: Some(entity(shared)),
            with: Some(with.to_string()),
            ..of(
                "shared",
                format!(
                    "it names the {} {}, as alert {with} of this incident does",
                    shared.kind.as_str(),
                    shared.key
                ),
            )
        },
        PlaceReason::Merged { from, by, at } => wire::PlaceReason {
            from: Some(from.number()),
            by: Some(by.clone()),
            at: Some(*at),
            ..of("merged", format!("{by} merged incident {from} into this one"))
        },
        PlaceReason::Moved { from, by, at } => wire::PlaceReason {
            from: from.map(vakt_ids::IncidentId::number),
            by: Some(by.clone()),
            at: Some(*at),
            ..of(
                "moved",
                match from {
                    Some(from) => format!("{by} put it here, out of incident {from}"),
                    None => format!("{by} put it here"),
                },
            )
        },
    }
}

/// One change.
pub(super) fn history_entry(entry: &HistoryEntry) -> wire::HistoryEntry {
    let step = |step: &vakt_incidents::Step| wire::HistoryStep {
        what: step.what.clone(),
        alert_id: step.alert.clone(),
        from: step.from.clone(),
        to: step.to.clone(),
    };
    wire::HistoryEntry {
        change_number: entry.change.0,
        at: entry.at,
        by: entry.by.clone(),
        steps: entry.steps.iter().map(step).collect(),
    }
}
