//! Incidents: columns that are searched, and a document for the rest.

use serde::{Deserialize, Serialize};
use vakt_ids::IncidentId;
use vakt_incidents::{Classification, Comment, Determination, Incident, Severity, Status};

use super::{BadDocument, from_ticks, ticks};

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Document {
    #[serde(rename = "1")]
    V1(StoredIncident),
}

#[derive(Serialize, Deserialize)]
struct StoredIncident {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    redirect: Option<IncidentId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    comments: Vec<StoredComment>,
}

#[derive(Serialize, Deserialize)]
struct StoredComment {
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<i64>,
}

/// The columns of a row, as the database has them.
pub(crate) struct IncidentColumns {
    pub id: i64,
    pub name: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub assigned_to: Option<String>,
    pub status: String,
    pub severity: String,
    pub classification: String,
    pub determination: String,
    pub document: String,
}

/// The document of an incident.
pub(crate) fn write_incident(incident: &Incident) -> Result<String, BadDocument> {
    let comment = |comment: &Comment| StoredComment {
        text: comment.text.clone(),
        author: comment.author.clone(),
        created_at: comment.created_at.map(ticks),
    };
    Ok(serde_json::to_string(&Document::V1(StoredIncident {
        redirect: incident.redirect,
        tags: incident.tags.clone(),
        comments: incident.comments.iter().map(comment).collect(),
    }))?)
}

/// An incident out of its row, without its alerts.
pub(crate) fn read_incident(columns: IncidentColumns) -> Result<Incident, BadDocument> {
    let Document::V1(stored) = serde_json::from_str(&columns.document)?;
    let comment = |comment: StoredComment| Comment {
        text: comment.text,
        author: comment.author,
        created_at: comment.created_at.map(from_ticks),
    };
    Ok(Incident {
        id: IncidentId::new(columns.id).ok_or_else(|| bad("id", &columns.id.to_string()))?,
        redirect: stored.redirect,
        name: columns.name,
        created_at: from_ticks(columns.created_at),
        updated_at: from_ticks(columns.updated_at),
        assigned_to: columns.assigned_to,
        classification: Classification::from_text(&columns.classification)
            .ok_or_else(|| bad("classification", &columns.classification))?,
        determination: Determination::from_text(&columns.determination)
            .ok_or_else(|| bad("determination", &columns.determination))?,
        status: Status::from_text(&columns.status).ok_or_else(|| bad("status", &columns.status))?,
        severity: Severity::from_text(&columns.severity)
            .ok_or_else(|| bad("severity", &columns.severity))?,
        tags: stored.tags,
        comments: stored.comments.into_iter().map(comment).collect(),
        alerts: Vec::new(),
    })
}

fn bad(what: &str, value: &str) -> BadDocument {
    BadDocument(format!("{what} is `{value}`"))
}
