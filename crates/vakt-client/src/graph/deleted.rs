//! Deleted applications, which can be restored for 30 days.

use serde_json::json;
use vakt_wire::graph::Application;

use super::Graph;
use crate::error::ClientError;
use crate::pager::Pager;
use crate::transport::Method;

impl<'a> Graph<'a> {
    /// The deleted applications.
    pub fn deleted_applications(&self) -> Pager<'a, Application> {
        self.pages(&["directory", "deletedItems", "microsoft.graph.application"], &[])
    }

    /// Brings a deleted object back.
    pub async fn restore(&self, object_id: &str) -> Result<(), ClientError> {
        let path = ["directory", "deletedItems", object_id, "restore"];
        self.change(Method::Post, &path, &json!({})).await
    }
}
