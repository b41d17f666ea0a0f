//! The logs: token requests and changes of the directory.

use jiff::Timestamp;
use vakt_wire::operator::{DirectoryChange, SpnSignIn};

use super::{Operator, RESOURCE};
use crate::error::ClientError;
use crate::pager::Pager;

/// Whose logs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AuditReach {
    /// The caller's tenant's.
    #[default]
    Tenant,
    /// All tenants' and the server's own; for its operator.
    Server,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogOrder {
    /// Newest first.
    #[default]
    NewestFirst,
    /// Oldest first.
    OldestFirst,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Success,
    /// It was refused.
    Failure,
}

/// Which lines are wanted; what is not set does not matter.
#[derive(Debug, Clone, Default)]
pub struct AuditQuery {
    /// Whose.
    pub reach: AuditReach,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// By or about the application with this client id.
    pub app_id: Option<String>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// This AADSTS number; of token requests only.
    pub error_code: Option<u32>,
    /// This id of the caller's.
    pub correlation_id: Option<String>,
    /// Order.
    pub order: LogOrder,
    /// At most so many on a page.
    pub page_size: Option<u32>,
    /// Beyond the line with this number, in the order.
    pub after: Option<i64>,
}

/// What a log calls its properties.
struct Words {
    log: &'static str,
    time: &'static str,
    app_id: &'static str,
    success: &'static str,
    failure: &'static str,
}

const SIGN_INS: Words = Words {
    log: "signIns",
    time: "Timestamp",
    app_id: "ApplicationId",
    success: "ErrorCode eq 0",
    failure: "ErrorCode ne 0",
};

const CHANGES: Words = Words {
    log: "directory",
    time: "activityDateTime",
    app_id: "initiatedBy/app/appId",
    success: "result eq 'success'",
    failure: "result eq 'failure'",
};

impl<'a> Operator<'a> {
    /// Token requests.
    pub fn sign_ins(&self, query: &AuditQuery) -> Result<Pager<'a, SpnSignIn>, ClientError> {
        let code = query.error_code.map(|code| format!("ErrorCode eq {code}"));
        let url = self.log_url(&SIGN_INS, query, code)?;
        Ok(Pager::new(self.client, &self.client.cloud().api, RESOURCE, url))
    }

    /// Changes of the directory.
    pub fn changes(&self, query: &AuditQuery) -> Result<Pager<'a, DirectoryChange>, ClientError> {
        let url = self.log_url(&CHANGES, query, None)?;
        Ok(Pager::new(self.client, &self.client.cloud().api, RESOURCE, url))
    }

    fn log_url(
        &self,
        words: &Words,
        query: &AuditQuery,
        code: Option<String>,
    ) -> Result<url::Url, ClientError> {
        self.check_cloud()?;
        let outcome = query.outcome.map(|outcome| match outcome {
            Outcome::Success => words.success.to_owned(),
            Outcome::Failure => words.failure.to_owned(),
        });
        let conditions = [
            query.since.map(|time| format!("{} ge {time}", words.time)),
            query.until.map(|time| format!("{} lt {time}", words.time)),
            query.app_id.as_ref().map(|id| format!("{} eq '{id}'", words.app_id)),
            query.correlation_id.as_ref().map(|id| format!("correlationId eq '{id}'")),
            code,
            outcome,
        ];
        let filter = conditions.into_iter().flatten().collect::<Vec<_>>().join(" and ");
        let order = match query.order {
            LogOrder::NewestFirst => format!("{} desc", words.time),
            LogOrder::OldestFirst => format!("{} asc", words.time),
        };
        let mut options = vec![("$orderby", order)];
        if !filter.is_empty() {
            options.push(("$filter", filter));
        }
        options.extend(query.page_size.map(|size| ("$top", size.to_string())));
        options.extend(query.after.map(|number| ("$skiptoken", number.to_string())));
        let options: Vec<(&str, &str)> =
            options.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let path = match query.reach {
            AuditReach::Tenant => vec!["audit", words.log],
            AuditReach::Server => vec!["server", "audit", words.log],
        };
        Ok(self.url(&path, &options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{answer, client};

    #[tokio::test]
    async fn questions_are_asked_in_each_logs_own_words() {
        let empty = || answer(200, r#"{"value":[]}"#);
        let (client, script) = client(vec![empty(), empty(), empty()]);
        let at = |second| Timestamp::from_second(second).ok();
        let query = AuditQuery {
            since: at(0),
            until: at(60),
            app_id: Some("app".into()),
            outcome: Some(Outcome::Failure),
            error_code: Some(7_000_215),
            correlation_id: Some("c".into()),
            ..AuditQuery::default()
        };
        let server = AuditQuery {
            reach: AuditReach::Server,
            order: LogOrder::OldestFirst,
            after: Some(7),
            page_size: Some(2),
            ..AuditQuery::default()
        };
        client.operator().sign_ins(&query).unwrap().collect(1).await.unwrap();
        client.operator().changes(&query).unwrap().collect(1).await.unwrap();
        client.operator().sign_ins(&server).unwrap().collect(1).await.unwrap();
        let lines: Vec<String> = script
            .lines()
            .iter()
            .map(|line| line.replace("%3A", ":").replace("%2F", "/"))
            .collect();
        assert_eq!(
            lines,
            [
                "GET /vakt/v1/audit/signIns?$orderby=Timestamp desc&$filter=Timestamp ge 1970-01-01T00:00:00Z and Timestamp lt 1970-01-01T00:01:00Z and ApplicationId eq 'app' and correlationId eq 'c' and ErrorCode eq 7000215 and ErrorCode ne 0",
                "GET /vakt/v1/audit/directory?$orderby=activityDateTime desc&$filter=activityDateTime ge 1970-01-01T00:00:00Z and activityDateTime lt 1970-01-01T00:01:00Z and initiatedBy/app/appId eq 'app' and correlationId eq 'c' and result eq 'failure'",
                "GET /vakt/v1/server/audit/signIns?$orderby=Timestamp asc&$top=2&$skiptoken=7",
            ]
        );
    }
}
