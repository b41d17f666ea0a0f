//! Indicators. Their numbers are counted in a row of the tenant's, never used again, and that row
//! also says how many there are.

use sqlx::Row;
use vakt_endpoint::{
    Change, EndpointStoreError, INDICATORS_MAX, Indicator, IndicatorFault, IndicatorField,
    NewIndicator, Page, Put, Query, Reach, Removal, Unchanged,
};
use vakt_ids::{IndicatorId, TenantId};

use super::super::{FOR_UPDATE, take_turn};
use super::property_query::{Column, corrupt, failed, page};
use super::{DbConnection, Store};
use crate::rows::{fold, plain, read_indicator, ticks, write_indicator};
use crate::turn::Turn;

impl Column for IndicatorField {
    const TABLE: &'static str = "indicators";
    const WHAT: &'static str = "indicator";

    fn column(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Value => "value_folded",
            Self::Kind => "kind",
            Self::Response => "response",
            Self::Severity => "severity",
            Self::Title => "title_folded",
            Self::Application => "application_folded",
            Self::Created => "created_at",
            Self::Updated => "updated_at",
            Self::Expires => "expires_at",
            Self::MadeBy => "made_by",
            Self::MadeByName => "made_by_folded",
            Self::WantsAlert => "wants_alert",
            Self::ExternalId => "external_id_folded",
        }
    }
}

impl Store {
    pub(super) async fn page_of_indicators(
        &self,
        tenant: TenantId,
        query: &Query<IndicatorField>,
    ) -> Result<Page<Indicator>, EndpointStoreError> {
        page(&self.readers, tenant, query, read_indicator).await
    }

    pub(super) async fn indicator_with(
        &self,
        tenant: TenantId,
        id: IndicatorId,
    ) -> Result<Option<Indicator>, EndpointStoreError> {
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        find(&mut connection, tenant, id).await
    }

    pub(super) async fn submit_indicators(
        &self,
        tenant: TenantId,
        submission: &Put<'_>,
    ) -> Result<Vec<Result<Indicator, IndicatorFault>>, EndpointStoreError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        take_turn(&mut transaction, Turn::Indicators(tenant)).await.map_err(failed)?;
        let mut answers = Vec::with_capacity(submission.indicators.len());
        for new in submission.indicators {
            answers.push(submit(&mut transaction, tenant, submission, new).await?);
        }
        transaction.commit().await.map_err(failed)?;
        Ok(answers)
    }

    pub(super) async fn edit_indicator(
        &self,
        tenant: TenantId,
        id: IndicatorId,
        change: Change<'_, Indicator>,
    ) -> Result<Option<Indicator>, Unchanged> {
        let mut transaction = self.begin().await.map_err(failed)?;
        take_turn(&mut transaction, Turn::Indicators(tenant)).await.map_err(failed)?;
        let found = find(&mut transaction, tenant, id).await?;
        let Some(mut indicator) = found else { return Ok(None) };
        change(&mut indicator)?;
        put(&mut transaction, tenant, &indicator).await?;
        transaction.commit().await.map_err(failed)?;
        Ok(Some(indicator))
    }

    pub(super) async fn delete_indicators(
        &self,
        tenant: TenantId,
        ids: &[IndicatorId],
        reach: Reach,
    ) -> Result<Removal, EndpointStoreError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        take_turn(&mut transaction, Turn::Indicators(tenant)).await.map_err(failed)?;
        let mut missing = Vec::new();
        let mut removed = 0;
        for id in ids {
            let found = find(&mut transaction, tenant, *id).await?;
            if !found.is_some_and(|indicator| reach.reaches(&indicator)) {
                missing.push(*id);
                continue;
            }
            removed += 1;
            sqlx::query("DELETE FROM indicators WHERE tenant_id = $1 AND id = $2")
                .bind(tenant.to_string())
                .bind(id.number())
                .execute(&mut *transaction)
                .await
                .map_err(failed)?;
        }
        if !missing.is_empty() {
            return Ok(Removal::Missing(missing));
        }
        count(&mut transaction, tenant, (0, -removed)).await?;
        transaction.commit().await.map_err(failed)?;
        Ok(Removal::Done)
    }
}

async fn submit(
    connection: &mut DbConnection,
    tenant: TenantId,
    submission: &Put<'_>,
    new: &NewIndicator,
) -> Result<Result<Indicator, IndicatorFault>, EndpointStoreError> {
    let (author, now) = (submission.author, submission.now);
    let indicator = match find_by_value(connection, tenant, new).await? {
        Some(mut known) => {
            let changed = known.submit_again(new.clone(), author, submission.reach, now);
            if let Err(fault) = changed {
                return Ok(Err(fault));
            }
            known
        }
        None => {
            let (number, held) = count(connection, tenant, (1, 1)).await?;
            if held > INDICATORS_MAX {
                count(connection, tenant, (0, -1)).await?;
                return Ok(Err(IndicatorFault::TooMany));
            }
            let id = IndicatorId::new(number).ok_or_else(|| EndpointStoreError::Corrupt {
                what: "indicator",
                why: format!("its number is {number}"),
            })?;
            let (made_by, content) = (author.clone(), new.clone());
            let changed_by = None;
            Indicator { id, content, made_by, changed_by, created_at: now, updated_at: now }
        }
    };
    put(connection, tenant, &indicator).await?;
    Ok(Ok(indicator))
}

/// Counts numbers that are given away, and indicators that are there; gives the last number and
/// how many there are now.
async fn count(
    connection: &mut DbConnection,
    tenant: TenantId,
    (numbers, held): (i64, i64),
) -> Result<(i64, i64), EndpointStoreError> {
    let sql = "INSERT INTO indicator_counts (tenant_id, last_number, held) VALUES ($1, $2, $3)
        ON CONFLICT (tenant_id) DO UPDATE
        SET last_number = indicator_counts.last_number + excluded.last_number,
        held = indicator_counts.held + excluded.held
        RETURNING last_number, held";
    let query = sqlx::query_as(sql).bind(tenant.to_string()).bind(numbers).bind(held);
    query.fetch_one(connection).await.map_err(failed)
}

async fn find(
    connection: &mut DbConnection,
    tenant: TenantId,
    id: IndicatorId,
) -> Result<Option<Indicator>, EndpointStoreError> {
    let sql = "SELECT document FROM indicators WHERE tenant_id = $1 AND id = $2";
    let query = sqlx::query(sql).bind(tenant.to_string()).bind(id.number());
    let Some(row) = query.fetch_optional(connection).await.map_err(failed)? else {
        return Ok(None);
    };
    let document: String = row.try_get("document").map_err(failed)?;
    Ok(Some(read_indicator(&document).map_err(corrupt("indicator"))?))
}

async fn find_by_value(
    connection: &mut DbConnection,
    tenant: TenantId,
    like: &NewIndicator,
) -> Result<Option<Indicator>, EndpointStoreError> {
    const SQL: &str =
        "SELECT document FROM indicators WHERE tenant_id = $1 AND kind = $2 AND value = $3";
    let document: Option<String> =
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("{SQL}{FOR_UPDATE}")))
            .bind(tenant.to_string())
            .bind(like.kind.as_str())
            .bind(plain(&like.value).into_owned())
            .fetch_optional(connection)
            .await
            .map_err(failed)?;
    document.map(|text| read_indicator(&text).map_err(corrupt("indicator"))).transpose()
}

async fn put(
    connection: &mut DbConnection,
    tenant: TenantId,
    indicator: &Indicator,
) -> Result<(), EndpointStoreError> {
    let sql = "INSERT INTO indicators (tenant_id, id, kind, value, value_folded, response,
        severity, title_folded, application_folded, created_at, updated_at, expires_at, made_by,
        made_by_folded, wants_alert, external_id_folded, document)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        ON CONFLICT (tenant_id, id) DO UPDATE SET response = excluded.response,
        severity = excluded.severity, title_folded = excluded.title_folded,
        updated_at = excluded.updated_at, expires_at = excluded.expires_at,
        wants_alert = excluded.wants_alert, external_id_folded = excluded.external_id_folded,
        document = excluded.document";
    let content = &indicator.content;
    sqlx::query(sql)
        .bind(tenant.to_string())
        .bind(indicator.id.number())
        .bind(content.kind.as_str())
        .bind(plain(&content.value))
        .bind(fold(&content.value))
        .bind(content.response.as_str())
        .bind(content.severity.as_str())
        .bind(fold(&content.title))
        .bind(content.application.as_deref().map(fold))
        .bind(ticks(indicator.created_at))
        .bind(ticks(indicator.updated_at))
        .bind(content.expires_at.map(ticks))
        .bind(fold(&indicator.made_by.id))
        .bind(fold(&indicator.made_by.name))
        .bind(if content.wants_alert { "true" } else { "false" })
        .bind(content.external_id.as_deref().map(fold))
        .bind(write_indicator(indicator).map_err(corrupt("indicator"))?)
        .execute(connection)
        .await
        .map_err(failed)?;
    Ok(())
}
