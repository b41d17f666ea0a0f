//! Why an alert is in its incident, as a document.

use serde::{Deserialize, Serialize};
use vakt_ids::{AlertId, IncidentId};
use vakt_incidents::{PlaceReason, StrongEntity, StrongKind};

use super::{BadDocument, from_ticks, ticks};

#[derive(Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
enum Document {
    Imported,
    Unrelated,
    Shared { kind: String, key: String, with: AlertId },
    Merged { from: IncidentId, by: String, at: i64 },
    Moved { from: Option<IncidentId>, by: String, at: i64 },
}

pub(crate) fn write_reason(reason: &PlaceReason) -> Result<String, BadDocument> {
    let document = match reason.clone() {
        PlaceReason::Imported => Document::Imported,
        PlaceReason::Unrelated => Document::Unrelated,
        PlaceReason::Shared { entity, with } => {
            Document::Shared { kind: entity.kind.as_str().to_owned(), key: entity.key, with }
        }
        PlaceReason::Merged { from, by, at } => Document::Merged { from, by, at: ticks(at) },
        PlaceReason::Moved { from, by, at } => Document::Moved { from, by, at: ticks(at) },
    };
    Ok(serde_json::to_string(&document)?)
}

pub(crate) fn read_reason(text: &str) -> Result<PlaceReason, BadDocument> {
    Ok(match serde_json::from_str(text)? {
        Document::Imported => PlaceReason::Imported,
        Document::Unrelated => PlaceReason::Unrelated,
        Document::Shared { kind, key, with } => {
            let unknown = || BadDocument(format!("entity kind `{kind}` is unknown"));
            let kind = StrongKind::from_text(&kind).ok_or_else(unknown)?;
            PlaceReason::Shared { entity: StrongEntity { kind, key }, with }
        }
        Document::Merged { from, by, at } => PlaceReason::Merged { from, by, at: from_ticks(at) },
        Document::Moved { from, by, at } => PlaceReason::Moved { from, by, at: from_ticks(at) },
    })
}
