//! Alerts and records of alerts into a Vakt server, in requests of a bearable size.

use serde_json::{Value, json};
use vakt_wire::import::{IMPORT_BODY_MAX_BYTES, ImportProblem};
use vakt_wire::incidents::{AlertsAnswer, NotStored, Placement, RecordsAnswer};

use super::Incidents;
use crate::client::to_json;
use crate::error::ClientError;
use crate::transport::{Method, Repeat, Request};

/// Most alerts or records in one request.
const BATCH_ITEMS_MAX: usize = 500;
/// Largest request, in bytes; half of what the server takes. One alert may be larger.
const BATCH_BYTES_MAX: usize = IMPORT_BODY_MAX_BYTES / 2;

/// What became of alerts and records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArrivalSummary {
    /// Where the alerts are, and why; an alert of several requests is there several times.
    pub stored: Vec<Placement>,
    /// What was refused, with its position among all items, counted from 0.
    pub refused: Vec<ImportProblem>,
    /// Records that were not kept, by table.
    pub not_stored: Vec<NotStored>,
    /// Members nobody knew.
    pub ignored_members: Vec<String>,
}

impl ArrivalSummary {
    fn add_refused(&mut self, first: u64, refused: Vec<ImportProblem>) {
        let moved =
            |problem: ImportProblem| ImportProblem { index: first + problem.index, ..problem };
        self.refused.extend(refused.into_iter().map(moved));
    }

    fn add_alerts(&mut self, first: u64, answer: AlertsAnswer) {
        self.stored.extend(answer.stored);
        self.add_refused(first, answer.refused);
        for member in answer.ignored_members {
            if !self.ignored_members.contains(&member) {
                self.ignored_members.push(member);
            }
        }
    }

    fn add_records(&mut self, first: u64, answer: RecordsAnswer) {
        self.stored.extend(answer.alerts);
        self.add_refused(first, answer.refused);
        for line in answer.not_stored {
            match self.not_stored.iter_mut().find(|known| known.table == line.table) {
                Some(known) => known.count += line.count,
                None => self.not_stored.push(line),
            }
        }
    }
}

/// A record of the streaming API has a category; an alert has one too, but no properties.
fn is_record(item: &Value) -> bool {
    item.get("properties").is_some() && item.get("category").is_some()
}

impl Incidents<'_> {
    /// Sends alerts, as the classic API or Graph has them, and records of the streaming API; in
    /// their order. Those before a failure stay; sending them again does no harm.
    pub async fn send_alerts<E>(
        &self,
        items: impl IntoIterator<Item = Result<Value, E>>,
    ) -> Result<ArrivalSummary, E>
    where
        E: From<ClientError>,
    {
        let mut summary = ArrivalSummary::default();
        let mut batch: Vec<Value> = Vec::new();
        let (mut first, mut bytes) = (0, 0);
        for item in items {
            let item = item?;
            let length = to_json(&item)?.len();
            let same_kind = batch.first().is_none_or(|one| is_record(one) == is_record(&item));
            let has_room = batch.len() < BATCH_ITEMS_MAX && bytes + length <= BATCH_BYTES_MAX;
            let fits = same_kind && has_room;
            if !fits && !batch.is_empty() {
                let sent = std::mem::take(&mut batch);
                let count = sent.len() as u64;
                self.send_batch_of_alerts(first, &sent, &mut summary).await?;
                (first, bytes) = (first + count, 0);
            }
            bytes += length;
            batch.push(item);
        }
        if !batch.is_empty() {
            self.send_batch_of_alerts(first, &batch, &mut summary).await?;
        }
        Ok(summary)
    }

    async fn send_batch_of_alerts(
        &self,
        first: u64,
        batch: &[Value],
        summary: &mut ArrivalSummary,
    ) -> Result<(), ClientError> {
        let are_records = batch.first().is_some_and(is_record);
        let (path, body) = if are_records {
            ("records", json!({ "records": batch }))
        } else {
            ("alerts", json!({ "value": batch }))
        };
        let mut request = Request::json(Method::Post, self.own_url(&[path])?, to_json(&body)?);
        request.repeat = Repeat::Safe;
        let resource = self.client.cloud().api_resource();
        if are_records {
            summary.add_records(first, self.client.read(resource, request).await?);
        } else {
            summary.add_alerts(first, self.client.read(resource, request).await?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{answer, client};

    #[tokio::test]
    async fn alerts_and_records_go_their_own_ways() {
        let alerts = r#"{"stored":[],"refused":[{"index":0,"reason":"r"}],"ignoredMembers":["x"]}"#;
        let records = r#"{"received":1,"stored":0,"alerts":[],"refused":[{"index":0,"reason":"s"}],
            "notStored":[{"table":"DeviceEvents","count":2,"reason":"later"}]}"#;
        let (client, script) =
            client(vec![answer(200, alerts), answer(200, records), answer(200, alerts)]);
        let record = json!({ "category": "AdvancedHunting-DeviceEvents", "properties": {} });
        let items = [json!({ "alertId": "da1" }), record, json!({ "alertId": "da2" })];
        let items = items.into_iter().map(Ok::<_, ClientError>);
        let summary = client.incidents().send_alerts(items).await.unwrap();
        let refused: Vec<u64> = summary.refused.iter().map(|one| one.index).collect();
        assert_eq!(refused, [0, 1, 2]);
        assert_eq!(summary.not_stored[0].count, 2);
        assert_eq!(summary.ignored_members, ["x"]);
        let lines = script.lines();
        assert_eq!(lines[0], r#"POST /vakt/v1/alerts {"value":[{"alertId":"da1"}]}"#);
        assert!(lines[1].starts_with("POST /vakt/v1/records {\"records\":["), "{}", lines[1]);
    }
}
