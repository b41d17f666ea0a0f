//! Incidents: columns that are searched, and a document for the rest.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use vakt_ids::IncidentId;
use vakt_incidents::{ChangeNumber, Classification, Determination, Incident, Severity, Status};

use super::comment::{StoredComment, read_comment, write_comment};
use super::version::FirstVersion;
use super::{BadDocument, from_ticks, kept, lent, write_document};

/// The first release kept the redirection here too; it has a column now.
#[derive(Serialize, Deserialize)]
struct StoredIncident<'a> {
    version: FirstVersion,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    summary: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resolving_comment: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    tags: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    system_tags: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    comments: Vec<StoredComment<'a>>,
}

/// The columns of a row, as the database has them.
pub(crate) struct IncidentColumns {
    pub id: i64,
    pub change: i64,
    pub name: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub updated_by: Option<String>,
    pub assigned_to: Option<String>,
    pub status: String,
    pub severity: i64,
    pub classification: String,
    pub determination: String,
    pub redirect: Option<i64>,
    pub priority: Option<i64>,
    pub document: String,
}

/// Severities in their order, as they are stored.
pub(crate) fn severity_rank(severity: Severity) -> i64 {
    let place = Severity::ALL.iter().position(|known| *known == severity);
    place.and_then(|place| i64::try_from(place).ok()).unwrap_or_default()
}

/// Reads [`severity_rank`] back.
fn severity(rank: i64) -> Option<Severity> {
    usize::try_from(rank).ok().and_then(|rank| Severity::ALL.get(rank).copied())
}

/// The document of an incident.
pub(crate) fn write_incident(incident: &Incident) -> Result<String, BadDocument> {
    write_document(&StoredIncident {
        version: FirstVersion::First,
        description: lent(&incident.description),
        summary: lent(&incident.summary),
        resolving_comment: lent(&incident.resolving_comment),
        tags: (&incident.tags[..]).into(),
        system_tags: (&incident.system_tags[..]).into(),
        comments: incident.comments.iter().map(write_comment).collect(),
    })
}

/// The incident of a row, without its alerts.
pub(crate) fn read_incident(columns: IncidentColumns) -> Result<Incident, BadDocument> {
    let stored: StoredIncident = serde_json::from_str(&columns.document)?;
    let number = |id: i64| IncidentId::new(id).ok_or_else(|| bad("id", &id.to_string()));
    Ok(Incident {
        id: number(columns.id)?,
        redirect: columns.redirect.map(number).transpose()?,
        name: columns.name,
        description: kept(stored.description),
        summary: kept(stored.summary),
        created_at: from_ticks(columns.created_at),
        updated_at: from_ticks(columns.updated_at),
        updated_by: columns.updated_by,
        change: ChangeNumber(columns.change),
        assigned_to: columns.assigned_to,
        classification: Classification::from_text(&columns.classification)
            .ok_or_else(|| bad("classification", &columns.classification))?,
        determination: Determination::from_text(&columns.determination)
            .ok_or_else(|| bad("determination", &columns.determination))?,
        status: Status::from_text(&columns.status).ok_or_else(|| bad("status", &columns.status))?,
        severity: severity(columns.severity)
            .ok_or_else(|| bad("severity", &columns.severity.to_string()))?,
        priority: columns.priority,
        resolving_comment: kept(stored.resolving_comment),
        tags: stored.tags.into_owned(),
        system_tags: stored.system_tags.into_owned(),
        comments: stored.comments.into_iter().map(read_comment).collect(),
        alerts: Vec::new(),
    })
}

fn bad(what: &str, value: &str) -> BadDocument {
    BadDocument(format!("{what} is `{value}`"))
}
