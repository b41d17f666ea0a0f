//! Incidents: read and changed as the documented API has it; imported, merged, split and explained
//! by Vakt's own routes.

mod arrival;
mod import;
mod own;
mod pages;

use vakt_ids::IncidentId;
use vakt_wire::defender::Incident;

use crate::client::Client;
use crate::error::{ClientError, ErrorKind};
use crate::transport::Request;
use crate::web_address::with_path;

pub use arrival::ArrivalSummary;
pub use import::{ImportSummary, RefusedIncident};
pub use pages::{IncidentPages, IncidentQuery};

/// The incidents of one tenant.
#[derive(Debug, Clone, Copy)]
pub struct Incidents<'a> {
    client: &'a Client,
}

impl<'a> Incidents<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// The incidents that fit, page by page.
    pub fn pages(&self, query: &IncidentQuery) -> IncidentPages<'a> {
        IncidentPages::new(self.client, query)
    }

    /// The incidents that fit, at most `limit`.
    pub async fn list(
        &self,
        query: &IncidentQuery,
        limit: usize,
    ) -> Result<Vec<Incident>, ClientError> {
        let mut pages = self.pages(query);
        let mut all = Vec::new();
        while let Some(page) = pages.next_page().await? {
            all.extend(page);
            if all.len() >= limit {
                all.truncate(limit);
                break;
            }
        }
        Ok(all)
    }

    /// One incident.
    pub async fn get(&self, id: IncidentId) -> Result<Incident, ClientError> {
        let cloud = self.client.cloud();
        let url = with_path(&cloud.api, &["api", "incidents", &id.to_string()]);
        let outcome = self.client.read(cloud.api_resource(), Request::get(url)).await;
        outcome.map_err(|error| match error.kind() {
            ErrorKind::NotFound => error.with_hint("`vakt incidents list` shows the incidents"),
            _ => error,
        })
    }
}
