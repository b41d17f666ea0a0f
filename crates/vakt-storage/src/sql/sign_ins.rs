//! The log of sign-ins: appended many at a time, and nothing else waits for it.

use std::fmt::Display;

use sqlx::{QueryBuilder, Row};
use vakt_identity::StoreError;
use vakt_identity::audit::{AuditPage, AuditQuery, AuditScope, CredentialKind, SignIn};

use super::super::take_turn;
use super::log_query::{Log, page};
use super::{Db, DbRow, Store, failed, optional_id};
use crate::rows::{from_ticks, plain, ticks};
use crate::turn::Turn;

/// Lines of one statement: each has 17 values, and SQLite takes at most 32,766 in a statement.
const LINES_MAX: usize = 500;

impl Store {
    pub(super) async fn add_sign_ins(&self, sign_ins: &[SignIn]) -> Result<(), StoreError> {
        if sign_ins.is_empty() {
            return Ok(());
        }
        let mut transaction = self.begin().await.map_err(failed)?;
        take_turn(&mut transaction, Turn::SignIns).await.map_err(failed)?;
        for lines in sign_ins.chunks(LINES_MAX) {
            insert(lines).build().execute(&mut *transaction).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)
    }

    pub(super) async fn sign_in_page(
        &self,
        scope: AuditScope,
        query: &AuditQuery,
    ) -> Result<AuditPage<SignIn>, StoreError> {
        page(&self.readers, Log::SignIns, scope, query, read_row).await
    }
}

fn insert(lines: &[SignIn]) -> QueryBuilder<Db> {
    let mut sql = QueryBuilder::new(
        "INSERT INTO sign_ins (at, tenant_id, app_id, app_name, principal_id, resource_app_id,
        resource_principal_id, resource_name, address, user_agent, error_code, correlation,
        request_id, token_id, credential, key_id, times) ",
    );
    sql.push_values(lines, |mut row, line| {
        row.push_bind(ticks(line.at))
            .push_bind(text(line.tenant))
            .push_bind(text(line.app))
            .push_bind(plain(&line.app_name).into_owned())
            .push_bind(text(line.principal))
            .push_bind(text(line.resource_app))
            .push_bind(text(line.resource_principal))
            .push_bind(plain(&line.resource_name).into_owned())
            .push_bind(text(line.address))
            .push_bind(plain(&line.user_agent).into_owned())
            .push_bind(i64::from(line.error_code))
            .push_bind(plain(&line.correlation).into_owned())
            .push_bind(plain(&line.request_id).into_owned())
            .push_bind(plain(&line.token_id).into_owned())
            .push_bind(line.credential.as_str())
            .push_bind(text(line.key_id))
            .push_bind(i64::from(line.count));
    });
    sql
}

fn text(value: Option<impl Display>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn read_row(row: &DbRow) -> Result<SignIn, StoreError> {
    let number = |column: &str| {
        let number: i64 = row.try_get(column).map_err(failed)?;
        u32::try_from(number).map_err(|error| corrupt(column, error))
    };
    let text = |column: &str| row.try_get::<String, _>(column).map_err(failed);
    let credential = text("credential")?;
    Ok(SignIn {
        at: from_ticks(row.try_get("at").map_err(failed)?),
        tenant: optional_id(row, "tenant_id")?,
        app: optional_id(row, "app_id")?,
        app_name: text("app_name")?,
        principal: optional_id(row, "principal_id")?,
        resource_app: optional_id(row, "resource_app_id")?,
        resource_principal: optional_id(row, "resource_principal_id")?,
        resource_name: text("resource_name")?,
        address: optional_id(row, "address")?,
        user_agent: text("user_agent")?,
        error_code: number("error_code")?,
        correlation: text("correlation")?,
        request_id: text("request_id")?,
        token_id: text("token_id")?,
        credential: CredentialKind::from_word(&credential)
            .ok_or_else(|| corrupt("credential", &credential))?,
        key_id: optional_id(row, "key_id")?,
        count: number("times")?,
    })
}

fn corrupt(column: &str, why: impl Display) -> StoreError {
    StoreError::Corrupt { what: "sign-in", why: format!("{column}: {why}") }
}
