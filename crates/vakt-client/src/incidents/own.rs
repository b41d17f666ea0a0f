//! What is done to incidents: changes, which Microsoft's cloud takes too, and what only a Vakt
//! server knows: reasons, history, merging and splitting.

use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;
use vakt_ids::IncidentId;
use vakt_wire::defender::{Incident, IncidentPatch};
use vakt_wire::incidents::{
    EntityIncidents, History, HistoryEntry, IncidentView, MergeRequest, SplitRequest,
};

use super::Incidents;
use crate::client::to_json;
use crate::cloud::CloudKind;
use crate::error::{ClientError, ErrorKind};
use crate::transport::{Method, Request};
use crate::web_address::with_path;

impl Incidents<'_> {
    /// Changes an incident; gives it as it is now.
    pub async fn update(
        &self,
        id: IncidentId,
        change: &IncidentPatch,
    ) -> Result<Incident, ClientError> {
        let cloud = self.client.cloud();
        let url = with_path(&cloud.api, &["api", "incidents", &id.to_string()]);
        let mut request = Request::json(Method::Patch, url, to_json(change)?);
        if change.comment.is_some() {
            // A comment that is sent twice is there twice.
            request.repeat = crate::transport::Repeat::Unsafe;
        }
        self.client.read(cloud.api_resource(), request).await
    }

    /// One incident, and why each of its alerts is there.
    pub async fn view(&self, id: IncidentId) -> Result<IncidentView, ClientError> {
        self.get_own(&["incidents", &id.to_string()]).await
    }

    /// What happened to an incident, oldest first.
    pub async fn history(&self, id: IncidentId) -> Result<Vec<HistoryEntry>, ClientError> {
        let history: History = self.get_own(&["incidents", &id.to_string(), "history"]).await?;
        Ok(history.value)
    }

    /// The incidents whose alerts name an entity, such as a `device` and its id.
    pub async fn of_entity(&self, kind: &str, key: &str) -> Result<EntityIncidents, ClientError> {
        self.get_own(&["entities", kind, key, "incidents"]).await
    }

    /// Merges incidents into another.
    pub async fn merge(
        &self,
        target: IncidentId,
        sources: &[IncidentId],
    ) -> Result<IncidentView, ClientError> {
        let sources = sources.iter().map(|id| id.number()).collect();
        let path = ["incidents", &target.to_string(), "merge"];
        self.post_own(&path, &MergeRequest { sources }).await
    }

    /// Puts alerts into another incident, or into a new one.
    pub async fn split(
        &self,
        alerts: &[String],
        into: Option<IncidentId>,
    ) -> Result<IncidentView, ClientError> {
        let into = into.map(IncidentId::number);
        let request = SplitRequest { alerts: alerts.to_vec(), into };
        self.post_own(&["incidents", "split"], &request).await
    }

    /// An address of Vakt's own; Microsoft's clouds have none.
    pub(super) fn own_url(&self, path: &[&str]) -> Result<Url, ClientError> {
        let cloud = self.client.cloud();
        if cloud.kind != CloudKind::Vakt {
            let text = "Microsoft's cloud has no such API: it is a Vakt server's own";
            return Err(ClientError::new(ErrorKind::Configuration, text)
                .with_hint("choose the profile of a Vakt server with --profile"));
        }
        let segments: Vec<&str> = ["vakt", "v1"].into_iter().chain(path.iter().copied()).collect();
        Ok(with_path(&cloud.api, &segments))
    }

    async fn get_own<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, ClientError> {
        let request = Request::get(self.own_url(path)?);
        self.client.read(self.client.cloud().api_resource(), request).await
    }

    async fn post_own<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<T, ClientError> {
        let request = Request::json(Method::Post, self.own_url(path)?, to_json(body)?);
        self.client.read(self.client.cloud().api_resource(), request).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{answer, client, client_of};

    fn number(id: i64) -> IncidentId {
        IncidentId::new(id).unwrap()
    }

    #[tokio::test]
    async fn requests_are_what_the_server_expects() {
        let view = r#"{"incidentId":1,"changeNumber":3,"placements":[]}"#;
        let (client, script) = client(vec![
            answer(200, r#"{"incidentId":1}"#),
            answer(200, view),
            answer(200, view),
            answer(200, r#"{"value":[]}"#),
        ]);
        let incidents = client.incidents();
        let patch = IncidentPatch { assigned_to: Some(None), ..IncidentPatch::default() };
        incidents.update(number(1), &patch).await.unwrap();
        incidents.merge(number(1), &[number(2)]).await.unwrap();
        incidents.split(&["da1".into()], None).await.unwrap();
        assert!(incidents.history(number(1)).await.unwrap().is_empty());
        assert_eq!(
            script.lines(),
            [
                r#"PATCH /api/incidents/1 {"assignedTo":null}"#,
                r#"POST /vakt/v1/incidents/1/merge {"sources":[2]}"#,
                r#"POST /vakt/v1/incidents/split {"alerts":["da1"],"into":null}"#,
                "GET /vakt/v1/incidents/1/history",
            ]
        );
    }

    #[tokio::test]
    async fn microsofts_cloud_is_not_asked_for_what_it_does_not_have() {
        let (client, script) = client_of(crate::Cloud::microsoft().unwrap(), vec![]);
        let error = client.incidents().history(number(1)).await.unwrap_err();
        assert!(error.to_string().contains("a Vakt server's own"), "{error}");
        assert!(script.sent().is_empty());
    }
}
