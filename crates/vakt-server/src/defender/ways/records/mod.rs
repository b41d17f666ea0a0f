//! `POST /vakt/v1/records`: records of the streaming API, as its hubs and storage containers have
//! them. Those about alerts are kept; the others are counted by table, and said not to be kept.

mod body;
mod evidence;
mod names;
mod part;
mod row;

use std::collections::{BTreeMap, HashMap};

use axum::response::Response;
use http::StatusCode;
use vakt_ids::AlertId;
use vakt_incidents::{Alert, AlertPart, complete};
use vakt_wire::import::{IMPORT_BODY_MAX_BYTES, ImportProblem};
use vakt_wire::incidents::{NotStored, RecordsAnswer};

use self::body::{Envelope, read_body};
use self::part::{Table, read_part};
use super::placed::store;
use crate::defender::author::stamp;
use crate::operator::{Call, Refused};
use crate::problem::{Problem, json};

/// How categories of hunting tables begin.
const HUNTING: &str = "AdvancedHunting-";
/// Most tables that an answer lists as not kept; the rest share one line.
const TABLES_LISTED_MAX: usize = 100;
/// How much of a table's name is repeated.
const TABLE_SHOWN_MAX_CHARS: usize = 100;

/// The route.
pub(crate) async fn add_records(mut call: Call) -> Result<Response, Refused> {
    let app = call.app.clone();
    let _place = app.imports.acquire().await.map_err(|_| Problem::internal())?;
    let body = call.bytes(IMPORT_BODY_MAX_BYTES).await?;
    // Decoding megabytes is no work for the threads that answer everybody else.
    let decoded = tokio::task::spawn_blocking(move || read(&body)).await;
    let (parts, mut answer) = decoded.map_err(|_| Problem::internal())??;
    let stamp = stamp(&app, call.caller()).await;
    answer.alerts = store(&app, call.tenant, &parts, &stamp).await?;
    Ok(json(StatusCode::OK, &answer))
}

fn read(body: &[u8]) -> Result<(Vec<AlertPart>, RecordsAnswer), Problem> {
    let records = read_body(body)?;
    let mut sorted = Sorted::default();
    for (index, record) in (0..).zip(&records) {
        let read = record.as_ref().map_err(Clone::clone).and_then(|record| sorted.add(record));
        if let Err(reason) = read {
            sorted.answer.refused.push(ImportProblem { index, reason });
        }
    }
    sorted.answer.received = u64::try_from(records.len()).unwrap_or(u64::MAX);
    Ok(sorted.finish())
}

/// The records of a request, put together by alert.
#[derive(Default)]
struct Sorted {
    alerts: Vec<Alert>,
    places: HashMap<AlertId, usize>,
    not_stored: BTreeMap<String, u64>,
    answer: RecordsAnswer,
}

impl Sorted {
    fn add(&mut self, record: &Envelope<'_>) -> Result<(), String> {
        let category = record.category.as_deref().ok_or("it has no `category`")?;
        let name = category.strip_prefix(HUNTING).unwrap_or(category);
        let Some(table) = Table::named(name) else {
            self.count(name);
            return Ok(());
        };
        let properties = record.properties.ok_or("it has no `properties`")?;
        let alert = read_part(table, properties.get())?;
        self.answer.stored += 1;
        let known = self.places.get(&alert.id).and_then(|place| self.alerts.get_mut(*place));
        match known {
            Some(known) => complete(known, &alert),
            None => {
                self.places.insert(alert.id.clone(), self.alerts.len());
                self.alerts.push(alert);
            }
        }
        Ok(())
    }

    fn count(&mut self, table: &str) {
        let name: String = table.chars().take(TABLE_SHOWN_MAX_CHARS).collect();
        let full = self.not_stored.len() >= TABLES_LISTED_MAX;
        let name =
            if full && !self.not_stored.contains_key(&name) { "others".into() } else { name };
        *self.not_stored.entry(name).or_default() += 1;
    }

    fn finish(mut self) -> (Vec<AlertPart>, RecordsAnswer) {
        let line = |(table, count): (String, u64)| NotStored {
            table,
            count,
            reason: "this server keeps no hunting tables yet, only AlertInfo and AlertEvidence; \
                     keep these records where they are"
                .into(),
        };
        self.answer.not_stored = self.not_stored.into_iter().map(line).collect();
        let parts = self.alerts.into_iter().map(|alert| AlertPart { alert, whole: false });
        (parts.collect(), self.answer)
    }
}
