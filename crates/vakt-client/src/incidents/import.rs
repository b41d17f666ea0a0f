//! Incidents into a Vakt server, in requests of a bearable size.

use std::collections::BTreeSet;

use serde_json::Value;
use vakt_wire::import::{IMPORT_BODY_MAX_BYTES, ImportAnswer};

use super::Incidents;
use crate::client::to_json;
use crate::cloud::CloudKind;
use crate::error::{ClientError, ErrorKind};
use crate::transport::{Method, Repeat, Request};
use crate::web_address::with_path;

/// Most incidents in one request; half of what the server takes.
const BATCH_INCIDENTS_MAX: usize = 5_000;
/// Incidents that are read before what is being sent gets a chance to go on.
const INCIDENTS_WITHOUT_PAUSE_MAX: usize = 64;
/// Largest request, in bytes; half of what the server takes. One incident may be larger.
const BATCH_BYTES_MAX: usize = IMPORT_BODY_MAX_BYTES / 2;

/// What became of the incidents of one import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// Incidents that were new.
    pub created: u64,
    /// Incidents that replaced an older state.
    pub updated: u64,
    /// Incidents whose stored state is as new or newer.
    pub unchanged: u64,
    /// Incidents that were refused.
    pub refused: Vec<RefusedIncident>,
    /// Members nobody knew.
    pub ignored_members: BTreeSet<String>,
}

/// An incident that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedIncident {
    /// Its position among all the incidents of the import, counted from 0.
    pub index: u64,
    /// What is wrong with it.
    pub reason: String,
}

impl ImportSummary {
    fn add(&mut self, first: u64, answer: ImportAnswer) {
        self.created += answer.created;
        self.updated += answer.updated;
        self.unchanged += answer.unchanged;
        self.ignored_members.extend(answer.ignored_members);
        self.refused.extend(answer.refused.into_iter().map(|problem| RefusedIncident {
            index: first + problem.index,
            reason: problem.reason,
        }));
    }
}

impl Incidents<'_> {
    /// Imports incidents of either dialect. Those before a failure stay imported; repeating an
    /// import does no harm.
    pub async fn import<E>(
        &self,
        incidents: impl IntoIterator<Item = Result<Value, E>>,
    ) -> Result<ImportSummary, E>
    where
        E: From<ClientError>,
    {
        let mut summary = ImportSummary::default();
        let mut batches = Batches { incidents: incidents.into_iter(), next: Batch::default() };
        let mut ready = batches.next().await?;
        while let Some(batch) = ready {
            // One is read while the one before it is sent.
            let sending = self.send_batch(batch, &mut summary);
            let (sent, read) = tokio::join!(biased; sending, batches.next());
            sent?;
            ready = read?;
        }
        Ok(summary)
    }

    async fn send_batch(
        &self,
        batch: Batch,
        summary: &mut ImportSummary,
    ) -> Result<(), ClientError> {
        let cloud = self.client.cloud();
        if cloud.kind != CloudKind::Vakt {
            let text = "incidents can be imported into a Vakt server only";
            return Err(ClientError::new(ErrorKind::Configuration, text)
                .with_hint("choose a server with --profile or VAKT_URL"));
        }
        let (first, body) = (batch.first, batch.into_body());
        let url = with_path(&cloud.api, &["vakt", "v1", "incidents", "import"]);
        let mut request = Request::json(Method::Post, url, body);
        request.repeat = Repeat::Safe;
        summary.add(first, self.client.read(cloud.api_resource(), request).await?);
        Ok(())
    }
}

/// The incidents of an import in batches.
struct Batches<I> {
    incidents: I,
    /// What is read of the next one.
    next: Batch,
}

impl<I, E> Batches<I>
where
    I: Iterator<Item = Result<Value, E>>,
    E: From<ClientError>,
{
    /// The next batch; none after the last.
    async fn next(&mut self) -> Result<Option<Batch>, E> {
        for (index, incident) in self.incidents.by_ref().enumerate() {
            let bytes = to_json(&incident?)?;
            let full = (!self.next.has_room_for(bytes.len())).then(|| self.next.take());
            self.next.push(&bytes);
            if full.is_some() {
                return Ok(full);
            }
            if index % INCIDENTS_WITHOUT_PAUSE_MAX == 0 {
                tokio::task::yield_now().await;
            }
        }
        Ok((self.next.count > 0).then(|| self.next.take()))
    }
}

/// Incidents of one request, already written as JSON.
#[derive(Debug, Default)]
struct Batch {
    first: u64,
    count: usize,
    items: Vec<u8>,
}

impl Batch {
    fn has_room_for(&self, bytes: usize) -> bool {
        self.count == 0
            || (self.count < BATCH_INCIDENTS_MAX
                && self.items.len() + bytes + ENVELOPE_BYTES <= BATCH_BYTES_MAX)
    }

    /// The batch as it is; what follows it is left.
    fn take(&mut self) -> Self {
        let following = Self { first: self.first + self.count as u64, ..Self::default() };
        std::mem::replace(self, following)
    }

    fn push(&mut self, incident: &[u8]) {
        if self.count > 0 {
            self.items.push(b',');
        }
        self.items.extend_from_slice(incident);
        self.count += 1;
    }

    fn into_body(self) -> Vec<u8> {
        [b"{\"value\":[".as_slice(), &self.items, b"]}"].concat()
    }
}

/// `{"value":[` and `]}` and a comma.
const ENVELOPE_BYTES: usize = 13;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Step, answer, client, client_of};
    use serde_json::json;

    fn done(created: u64, refused: &str) -> Step {
        answer(
            200,
            &format!(
                r#"{{"created":{created},"updated":0,"unchanged":0,"refused":[{refused}],"ignoredMembers":["foo"]}}"#
            ),
        )
    }

    fn numbered(count: usize) -> impl Iterator<Item = Result<Value, ClientError>> {
        (0..count).map(|id| Ok(json!({ "incidentId": id })))
    }

    #[tokio::test]
    async fn indexes_count_through_all_batches() {
        let (client, script) = client(vec![
            done(5000, ""),
            done(5000, r#"{"index":3,"reason":"no id"}"#),
            done(1, ""),
        ]);
        let summary = client.incidents().import(numbered(10_001)).await.unwrap();
        assert_eq!(summary.created, 10_001);
        assert_eq!(summary.refused, [RefusedIncident { index: 5003, reason: "no id".into() }]);
        assert_eq!(summary.ignored_members.len(), 1);
        let lines = script.lines();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[2], r#"POST /vakt/v1/incidents/import {"value":[{"incidentId":10000}]}"#);
    }

    #[tokio::test]
    async fn what_cannot_be_read_ends_an_import_behind_whole_batches() {
        let broken = || Err(ClientError::new(ErrorKind::Configuration, "broken"));
        let (client, script) = client(vec![done(5000, "")]);
        let incidents = numbered(5_002).chain(std::iter::once_with(broken)).chain(numbered(9));
        let error = client.incidents().import(incidents).await.unwrap_err();
        assert_eq!((error.to_string().as_str(), script.lines().len()), ("broken", 1));
    }

    #[tokio::test]
    async fn large_incidents_travel_alone() {
        let large = || Ok::<_, ClientError>(json!({ "text": "x".repeat(BATCH_BYTES_MAX / 2) }));
        let (client, script) = client(vec![done(1, ""), done(1, "")]);
        client.incidents().import([large(), large()]).await.unwrap();
        assert_eq!(script.lines().len(), 2);
    }

    #[tokio::test]
    async fn nothing_is_imported_into_microsofts_cloud() {
        let (client, script) = client_of(crate::Cloud::microsoft().unwrap(), vec![]);
        let error = client.incidents().import(numbered(1)).await.unwrap_err();
        assert_eq!(error.to_string(), "incidents can be imported into a Vakt server only");
        assert!(script.sent().is_empty());
    }
}
