//! Alerts, as Defender for Endpoint has them.

use vakt_wire::defender::{AlertPatch, MdeAlert, NewMdeAlert};

use super::{Endpoint, EndpointQuery};
use crate::client::to_json;
use crate::error::{ClientError, ErrorKind};
use crate::pager::Pager;
use crate::transport::{Method, Repeat, Request};

impl<'a> Endpoint<'a> {
    /// Alerts that fit, page by page, without their evidence.
    pub fn alerts(&self, query: &EndpointQuery) -> Pager<'a, MdeAlert> {
        self.list("alerts", query)
    }

    /// One alert.
    pub async fn alert(&self, id: &str) -> Result<MdeAlert, ClientError> {
        self.get(&["alerts", id]).await.map_err(|error| match error.kind() {
            ErrorKind::NotFound => error.with_hint("`vakt alerts list` shows the alerts"),
            _ => error,
        })
    }

    /// Changes an alert; gives it as it is now.
    pub async fn update_alert(
        &self,
        id: &str,
        change: &AlertPatch,
    ) -> Result<MdeAlert, ClientError> {
        let mut request = Request::json(Method::Patch, self.url(&["alerts", id]), to_json(change)?);
        if change.comment.is_some() {
            // A comment that is sent twice is there twice.
            request.repeat = Repeat::Unsafe;
        }
        self.client.read(self.resource(), request).await
    }

    /// Makes an alert about an event; the same event gives the same alert.
    pub async fn create_alert(&self, new: &NewMdeAlert) -> Result<MdeAlert, ClientError> {
        self.post(&["alerts", "createAlertByReference"], new).await
    }
}
