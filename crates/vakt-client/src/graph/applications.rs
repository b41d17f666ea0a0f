//! Applications.

use vakt_wire::graph::{Application, ApplicationChanges};

use super::{Graph, found, quoted};
use crate::error::ClientError;
use crate::pager::Pager;
use crate::transport::Method;

/// Which applications are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplicationQuery {
    /// All of the tenant.
    All,
    /// Those whose name starts like this.
    NameStarts(String),
    /// Those of exactly this name.
    NameIs(String),
    /// The one with this client id.
    AppId(String),
}

impl ApplicationQuery {
    fn filter(&self) -> Option<String> {
        match self {
            Self::All => None,
            Self::NameStarts(prefix) => Some(format!("startswith(displayName,{})", quoted(prefix))),
            Self::NameIs(name) => Some(format!("displayName eq {}", quoted(name))),
            Self::AppId(app_id) => Some(format!("appId eq {}", quoted(app_id))),
        }
    }
}

impl<'a> Graph<'a> {
    /// The applications that fit, page by page.
    pub fn applications(&self, query: &ApplicationQuery) -> Pager<'a, Application> {
        match query.filter() {
            Some(filter) => self.pages(&["applications"], &[("$filter", &filter)]),
            None => self.pages(&["applications"], &[]),
        }
    }

    /// The application with this object id, if there is one.
    pub async fn application(&self, object_id: &str) -> Result<Option<Application>, ClientError> {
        found(self.get(&["applications", object_id]).await)
    }

    /// Creates an application; its service principal is another call.
    pub async fn create_application(
        &self,
        new: &ApplicationChanges,
    ) -> Result<Application, ClientError> {
        self.post(&["applications"], new).await
    }

    /// Changes an application. Collections are replaced whole.
    pub async fn update_application(
        &self,
        object_id: &str,
        changes: &ApplicationChanges,
    ) -> Result<(), ClientError> {
        self.change(Method::Patch, &["applications", object_id], changes).await
    }

    /// Deletes an application, and its service principal in its own tenant.
    pub async fn delete_application(&self, object_id: &str) -> Result<(), ClientError> {
        self.delete(&["applications", object_id]).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{answer, client};

    #[tokio::test]
    async fn lists_follow_links_up_to_a_limit() {
        let page = |id: &str, next: &str| {
            answer(200, &format!(r#"{{"value":[{{"id":"{id}","appId":"{id}"}}]{next}}}"#))
        };
        let link =
            r#","@odata.nextLink":"https://elsewhere.example/v1.0/applications?$skiptoken=2""#;
        let (client, script) = client(vec![page("a", link), page("b", "")]);
        let query = ApplicationQuery::NameStarts("O'N".into());
        let all = client.graph().applications(&query).collect(10).await.unwrap();
        assert_eq!(all.iter().map(|app| app.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(
            script.lines(),
            [
                "GET /v1.0/applications?$filter=startswith(displayName,'O''N')",
                "GET /v1.0/applications?$skiptoken=2",
            ]
        );
        let hosts: Vec<_> =
            script.sent().iter().map(|sent| sent.url.host_str().map(str::to_owned)).collect();
        assert!(hosts.iter().all(|host| host.as_deref() == Some("vakt.example")), "{hosts:?}");
    }
}
