//! The log of sign-ins: appended many at a time, and nothing else waits for it.

use std::fmt::Display;

use sqlx::Row;
use vakt_identity::StoreError;
use vakt_identity::audit::{AuditPage, AuditQuery, AuditScope, CredentialKind, SignIn};

use super::super::take_turn;
use super::batch::{Insertion, Values};
use super::log_query::{Log, page};
use super::{DbRow, Store, failed, optional_id};
use crate::rows::{from_ticks, plain, ticks};
use crate::turn::Turn;

impl Store {
    pub(super) async fn add_sign_ins(&self, sign_ins: &[SignIn]) -> Result<(), StoreError> {
        if sign_ins.is_empty() {
            return Ok(());
        }
        let mut transaction = self.begin().await.map_err(failed)?;
        take_turn(&mut transaction, Turn::SignIns).await.map_err(failed)?;
        let lines = sign_ins.iter().collect();
        INSERTION.store(&mut transaction, lines, bind).await.map_err(failed)?;
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

/// Stores lines, which come a hundred or more at a time.
static INSERTION: Insertion = Insertion::into(
    "sign_ins (at, tenant_id, app_id, app_name, principal_id, resource_app_id,
    resource_principal_id, resource_name, address, user_agent, error_code, correlation,
    request_id, token_id, credential, key_id, times)",
    17,
    "",
);

fn bind(values: &mut Values, line: &SignIn) {
    values
        .add(ticks(line.at))
        .add(text(line.tenant))
        .add(text(line.app))
        .add(plain(&line.app_name).into_owned())
        .add(text(line.principal))
        .add(text(line.resource_app))
        .add(text(line.resource_principal))
        .add(plain(&line.resource_name).into_owned())
        .add(text(line.address))
        .add(plain(&line.user_agent).into_owned())
        .add(i64::from(line.error_code))
        .add(plain(&line.correlation).into_owned())
        .add(plain(&line.request_id).into_owned())
        .add(plain(&line.token_id).into_owned())
        .add(line.credential.as_str())
        .add(text(line.key_id))
        .add(i64::from(line.count));
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
