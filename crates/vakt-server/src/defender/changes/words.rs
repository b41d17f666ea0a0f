//! From the wire's words to changes of the room.

use vakt_incidents::{AlertChange, AlertStatus, IncidentChange};
use vakt_wire::defender::{AlertPatch, IncidentPatch};

use super::body::bad;
use crate::defender::from_wire::optional_word;
use crate::defender::words::WireWord;
use crate::problem::Problem;

fn word<T: WireWord>(text: Option<String>) -> Result<Option<T>, Problem> {
    optional_word(text).map_err(bad)
}

/// An empty owner is none.
fn owner(given: Option<Option<String>>) -> Option<Option<String>> {
    given.map(|owner| owner.filter(|name| !name.trim().is_empty()))
}

/// A change of an incident.
pub(crate) fn incident_change(patch: IncidentPatch) -> Result<IncidentChange, Problem> {
    Ok(IncidentChange {
        name: patch.incident_name,
        status: word(patch.status)?,
        severity: word(patch.severity)?,
        assigned_to: owner(patch.assigned_to),
        classification: word(patch.classification)?,
        determination: word(patch.determination)?,
        tags: patch.tags,
        comment: patch.comment,
        description: None,
        summary: None,
        resolving_comment: None,
    })
}

/// A change of an alert.
pub(crate) fn alert_change(patch: AlertPatch) -> Result<AlertChange, Problem> {
    Ok(AlertChange {
        status: word::<AlertStatus>(patch.status)?,
        assigned_to: owner(patch.assigned_to),
        classification: word(patch.classification)?,
        determination: word(patch.determination)?,
        comment: patch.comment,
        custom_details: None,
    })
}
