//! `vakt audit`.

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use vakt_client::apps::find_principal;
use vakt_client::{AuditQuery, AuditReach, Client, ClientError, LogOrder, Outcome, Pager};
use vakt_ids::AppId;
use vakt_wire::operator::{DirectoryChange, SpnSignIn};

use crate::args::{AuditArgs, AuditCommand, LogArgs};
use crate::clock;
use crate::context::Context;
use crate::exit::Exit;
use crate::print::Printer;
use crate::relative_time::said;

/// How often new lines are asked for.
const FOLLOW_PAUSE_SECONDS: u64 = 2;

/// Runs `vakt audit`.
pub async fn run(args: AuditArgs, context: &Context) -> anyhow::Result<Exit> {
    let client = context.connect(&args.connection)?;
    let printer = context.printer;
    match args.command {
        AuditCommand::SignIns(wish) => {
            let query = AuditQuery { error_code: wish.code, ..to_query(&client, &wish.log).await? };
            let read = |query: &AuditQuery| client.operator().sign_ins(query);
            show(read, query, &wish.log, printer).await?;
        }
        AuditCommand::Changes(wish) => {
            let query = to_query(&client, &wish).await?;
            let read = |query: &AuditQuery| client.operator().changes(query);
            show(read, query, &wish, printer).await?;
        }
    }
    Ok(Exit::Done)
}

async fn to_query(client: &Client, wish: &LogArgs) -> anyhow::Result<AuditQuery> {
    let now = clock::now();
    let app_id = match &wish.app {
        Some(id) if id.parse::<AppId>().is_ok() => Some(id.clone()),
        Some(name) => Some(find_principal(client.graph(), name).await?.app_id),
        None => None,
    };
    Ok(AuditQuery {
        reach: if wish.all_tenants { AuditReach::Server } else { AuditReach::Tenant },
        since: wish.since.map(|moment| moment.instant(now)),
        until: wish.until.map(|moment| moment.instant(now)),
        app_id,
        outcome: wish.failed.then_some(Outcome::Failure),
        correlation_id: wish.correlation.clone(),
        page_size: Some(wish.top.min(1_000)),
        ..AuditQuery::default()
    })
}

/// A line of a log.
trait Line: Serialize + DeserializeOwned {
    /// Names of the columns.
    const HEADING: [&'static str; 6];
    /// Its number in the log.
    fn number(&self) -> Option<i64>;
    /// Its columns.
    fn columns(&self, now: Timestamp) -> [String; 6];
}

async fn show<'a, T: Line>(
    read: impl Fn(&AuditQuery) -> Result<Pager<'a, T>, ClientError>,
    mut query: AuditQuery,
    wish: &LogArgs,
    printer: Printer,
) -> anyhow::Result<()> {
    let most = usize::try_from(wish.top)?;
    let mut lines = read(&query)?.collect(most).await?;
    if !wish.follow {
        if printer.is_json() {
            return printer.json(&lines);
        }
        if lines.is_empty() {
            printer.note("there are no such lines");
        }
        let now = clock::now();
        printer.table(T::HEADING, lines.iter().map(|line| line.columns(now)))?;
        return Ok(());
    }
    lines.reverse();
    query.order = LogOrder::OldestFirst;
    query.after = Some(0);
    loop {
        query.after = lines.last().and_then(Line::number).or(query.after);
        print_lines(&lines, printer)?;
        tokio::time::sleep(Duration::from_secs(FOLLOW_PAUSE_SECONDS)).await;
        lines = read(&query)?.collect(usize::MAX).await?;
    }
}

/// Lines as they come: no table, whose columns would have to be as wide as what is still to come.
fn print_lines<T: Line>(lines: &[T], printer: Printer) -> anyhow::Result<()> {
    let now = clock::now();
    for line in lines {
        let text = match printer.is_json() {
            true => serde_json::to_string(line)?,
            false => crate::print::visible(&line.columns(now).join("  ")),
        };
        printer.line(&text)?;
    }
    Ok(())
}

impl Line for SpnSignIn {
    const HEADING: [&'static str; 6] = ["TIME", "APPLICATION", "RESOURCE", "FROM", "RESULT", "ID"];

    fn number(&self) -> Option<i64> {
        self.report_id.parse().ok()
    }

    fn columns(&self, now: Timestamp) -> [String; 6] {
        let result = match (self.error_code, self.count) {
            (0, _) => format!("token ({})", self.client_credential_type),
            (code, 0 | 1) => format!("AADSTS{code}"),
            (code, count) => format!("AADSTS{code} ({count} times)"),
        };
        let application = self.application.clone().or(self.application_id.clone());
        [
            said(self.timestamp, now),
            application.unwrap_or_default(),
            self.resource_display_name.clone().unwrap_or_default(),
            self.ip_address.clone().unwrap_or_default(),
            result,
            self.correlation_id.clone().unwrap_or_default(),
        ]
    }
}

impl Line for DirectoryChange {
    const HEADING: [&'static str; 6] = ["TIME", "WHO", "WHAT", "OF", "RESULT", "ID"];

    fn number(&self) -> Option<i64> {
        self.audit.id.rsplit('_').next()?.parse().ok()
    }

    fn columns(&self, now: Timestamp) -> [String; 6] {
        let audit = &self.audit;
        let by = &audit.initiated_by;
        let person = by.user.as_ref().and_then(|user| user.user_principal_name.clone());
        let app = by.app.as_ref();
        let app = app.and_then(|app| app.display_name.clone().or(app.app_id.clone()));
        let target = audit.target_resources.first();
        let target = target.and_then(|one| one.display_name.clone().or(one.id.clone()));
        [
            said(audit.activity_date_time, now),
            person.or(app).unwrap_or_default(),
            audit.activity_display_name.clone(),
            target.unwrap_or_default(),
            audit.result.clone(),
            audit.correlation_id.clone().unwrap_or_default(),
        ]
    }
}
