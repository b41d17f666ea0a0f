//! The tenant itself.

use vakt_wire::graph::Organization;

use super::Graph;
use crate::error::{ClientError, ErrorKind};

impl Graph<'_> {
    /// The tenant: id, name, domains.
    pub async fn organization(&self) -> Result<Organization, ClientError> {
        let pages = self.pages(&["organization"], &[]);
        pages.collect(1).await?.pop().ok_or_else(|| {
            ClientError::new(ErrorKind::UnexpectedAnswer, "the tenant is not in the answer")
        })
    }
}
