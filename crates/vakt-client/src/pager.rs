//! Collections page by page.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use url::Url;
use vakt_wire::graph::Page;

use crate::client::Client;
use crate::error::ClientError;
use crate::transport::Request;
use crate::web_address::rebase;

/// A collection that arrives in pages. Links to further pages are followed on the API's own
/// origin only.
#[derive(Debug)]
pub struct Pager<'a, T> {
    client: &'a Client,
    base: &'a Url,
    resource: &'static str,
    next: Option<Url>,
    items: PhantomData<T>,
}

impl<'a, T: DeserializeOwned> Pager<'a, T> {
    pub(crate) fn new(
        client: &'a Client,
        base: &'a Url,
        resource: &'static str,
        first: Url,
    ) -> Self {
        Self { client, base, resource, next: Some(first), items: PhantomData }
    }

    /// The next page, `None` after the last.
    pub async fn next_page(&mut self) -> Result<Option<Vec<T>>, ClientError> {
        let Some(url) = self.next.take() else { return Ok(None) };
        let page: Page<T> = self.client.read(self.resource, Request::get(url)).await?;
        self.next = page.next_link.map(|link| rebase(self.base, &link)).transpose()?;
        Ok(Some(page.value))
    }

    /// The items of all pages, at most `limit`.
    pub async fn collect(mut self, limit: usize) -> Result<Vec<T>, ClientError> {
        let mut items = Vec::new();
        while let Some(page) = self.next_page().await? {
            items.extend(page);
            if items.len() >= limit {
                items.truncate(limit);
                break;
            }
        }
        Ok(items)
    }
}
