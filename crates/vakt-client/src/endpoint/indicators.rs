//! Indicators.

use serde_json::{Value, json};
use vakt_wire::endpoint::{Indicator, IndicatorBody, IndicatorImportAnswer, IndicatorImported};

use super::{Endpoint, EndpointQuery};
use crate::client::to_json;
use crate::error::ClientError;
use crate::pager::Pager;
use crate::transport::{Method, Repeat, Request};

/// Most indicators in one request, as the API has it.
const BATCH_INDICATORS_MAX: usize = 500;

impl<'a> Endpoint<'a> {
    /// Indicators that fit, page by page.
    pub fn indicators(&self, query: &EndpointQuery) -> Pager<'a, Indicator> {
        self.list("indicators", query)
    }

    /// Submits an indicator, or replaces the one of its type and value.
    pub async fn submit_indicator(&self, new: &IndicatorBody) -> Result<Indicator, ClientError> {
        self.post(&["indicators"], new).await
    }

    /// Submits many; each is taken or refused by itself, and answered for in its place.
    pub async fn import_indicators(
        &self,
        indicators: &[Value],
    ) -> Result<Vec<IndicatorImported>, ClientError> {
        let mut answers = Vec::with_capacity(indicators.len());
        for batch in indicators.chunks(BATCH_INDICATORS_MAX) {
            let body = to_json(&json!({ "Indicators": batch }))?;
            let mut request =
                Request::json(Method::Post, self.url(&["indicators", "import"]), body);
            request.repeat = Repeat::Safe;
            let answer: IndicatorImportAnswer = self.client.read(self.resource(), request).await?;
            answers.extend(answer.value);
        }
        Ok(answers)
    }

    /// Removes indicators, 500 at a time: all of them or, if one is missing, none.
    pub async fn remove_indicators(&self, ids: &[String]) -> Result<(), ClientError> {
        for batch in ids.chunks(BATCH_INDICATORS_MAX) {
            let body = to_json(&json!({ "IndicatorIds": batch }))?;
            let url = self.url(&["indicators", "BatchDelete"]);
            self.client.execute(self.resource(), Request::json(Method::Post, url, body)).await?;
        }
        Ok(())
    }
}
