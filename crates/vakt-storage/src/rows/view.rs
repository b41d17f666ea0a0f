//! Saved views of the queue, as documents: the parts of a filter, never an address.

use serde::{Deserialize, Serialize};
use vakt_incidents::{Classification, QueueOrder, QueueView, Severity, WantedOwner, WantedStatus};

use super::BadDocument;

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Document {
    #[serde(rename = "1")]
    V1(StoredView),
}

#[derive(Serialize, Deserialize)]
struct StoredView {
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    severity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    classification: Option<String>,
    owner: StoredOwner,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    search: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_since: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_since: Option<String>,
    order: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredOwner {
    Anybody,
    Nobody,
    Me,
    Name(String),
}

pub(crate) fn write_view(view: &QueueView) -> Result<String, BadDocument> {
    let owner = match &view.owner {
        WantedOwner::Anybody => StoredOwner::Anybody,
        WantedOwner::Nobody => StoredOwner::Nobody,
        WantedOwner::Me => StoredOwner::Me,
        WantedOwner::Name(name) => StoredOwner::Name(name.clone()),
    };
    Ok(serde_json::to_string(&Document::V1(StoredView {
        status: view.status.as_str().to_owned(),
        severity: view.severity.map(|word| word.as_str().to_owned()),
        classification: view.classification.map(|word| word.as_str().to_owned()),
        owner,
        search: view.search.clone(),
        created_since: view.created_since.map(|day| day.to_string()),
        updated_since: view.updated_since.map(|day| day.to_string()),
        order: view.order.as_str().to_owned(),
    }))?)
}

pub(crate) fn read_view(text: &str) -> Result<QueueView, BadDocument> {
    let Document::V1(stored) = serde_json::from_str(text)?;
    let owner = match stored.owner {
        StoredOwner::Anybody => WantedOwner::Anybody,
        StoredOwner::Nobody => WantedOwner::Nobody,
        StoredOwner::Me => WantedOwner::Me,
        StoredOwner::Name(name) => WantedOwner::Name(name),
    };
    let day = |text: Option<String>| text.map(|text| read(&text, |text| text.parse().ok()));
    let severity = stored.severity.map(|text| read(&text, Severity::from_text));
    let classification = stored.classification.map(|text| read(&text, Classification::from_text));
    Ok(QueueView {
        status: read(&stored.status, WantedStatus::from_text)?,
        severity: severity.transpose()?,
        classification: classification.transpose()?,
        owner,
        search: stored.search,
        created_since: day(stored.created_since).transpose()?,
        updated_since: day(stored.updated_since).transpose()?,
        order: read(&stored.order, QueueOrder::from_text)?,
    })
}

fn read<T>(text: &str, from_text: impl Fn(&str) -> Option<T>) -> Result<T, BadDocument> {
    from_text(text).ok_or_else(|| BadDocument(format!("`{text}` is unknown")))
}
