//! What stands beside an alert's row: its evidence piece by piece, the entities that tie it to
//! others, the words of its lists.

use sqlx::QueryBuilder;
use vakt_ids::TenantId;
use vakt_incidents::{
    Alert, Device, Entity, EntityKind, FileFacts, IncidentStoreError, Label, strong_entities,
};

use super::super::batch::{delete, pieces};
use super::predicate::label_text;
use super::{Db, DbConnection, failed};
use crate::rows::{fold, fold_short, ticks};

/// Removes what stands beside alerts.
pub(super) async fn remove(
    connection: &mut DbConnection,
    alerts: &[i64],
) -> Result<(), IncidentStoreError> {
    for sql in [
        "DELETE FROM evidence WHERE alert_seq IN",
        "DELETE FROM alert_ties WHERE alert_seq IN",
        "DELETE FROM alert_labels WHERE alert_seq IN",
    ] {
        delete(connection, sql, alerts).await.map_err(failed)?;
    }
    Ok(())
}

/// Stores what stands beside alerts; nothing of theirs may be there.
pub(super) async fn put(
    connection: &mut DbConnection,
    tenant: TenantId,
    alerts: &[(i64, &Alert)],
) -> Result<(), IncidentStoreError> {
    put_evidence(connection, alerts).await?;
    put_ties(connection, tenant, alerts).await?;
    put_labels(connection, tenant, alerts).await
}

async fn put_ties(
    connection: &mut DbConnection,
    tenant: TenantId,
    alerts: &[(i64, &Alert)],
) -> Result<(), IncidentStoreError> {
    let of_alert = |(seq, alert): &(i64, &Alert)| {
        let seq = *seq;
        strong_entities(alert).into_iter().map(move |entity| (seq, entity))
    };
    let ties: Vec<_> = alerts.iter().flat_map(of_alert).collect();
    for piece in pieces(&ties) {
        let mut sql =
            QueryBuilder::<Db>::new("INSERT INTO alert_ties (tenant_id, kind, key, alert_seq) ");
        sql.push_values(piece, |mut row, (seq, entity)| {
            row.push_bind(tenant.to_string())
                .push_bind(entity.kind.as_str())
                .push_bind(fold_short(&entity.key))
                .push_bind(*seq);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *connection).await.map_err(failed)?;
    }
    Ok(())
}

async fn put_labels(
    connection: &mut DbConnection,
    tenant: TenantId,
    alerts: &[(i64, &Alert)],
) -> Result<(), IncidentStoreError> {
    let of_alert = |(seq, alert): &(i64, &Alert)| {
        let lists = [
            (Label::Technique, &alert.techniques),
            (Label::Category, &alert.categories),
            (Label::AlertTag, &alert.system_tags),
        ];
        let words = lists
            .into_iter()
            .flat_map(|(label, words)| words.iter().map(move |word| (label, fold_short(word))));
        words.map(|(label, word)| (*seq, label, word)).collect::<Vec<_>>()
    };
    let labels: Vec<_> = alerts.iter().flat_map(of_alert).collect();
    for piece in pieces(&labels) {
        let mut sql = QueryBuilder::<Db>::new(
            "INSERT INTO alert_labels (tenant_id, label, word, alert_seq) ",
        );
        sql.push_values(piece, |mut row, (seq, label, word)| {
            row.push_bind(tenant.to_string())
                .push_bind(label_text(*label))
                .push_bind(word.clone())
                .push_bind(*seq);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *connection).await.map_err(failed)?;
    }
    Ok(())
}

const EVIDENCE_COLUMNS: &str = "alert_seq, item, added_at, process_id, kind, verdict, remediation,
    device_id, device_directory_id, device_name, account_name, account_domain, account_sid,
    account_directory_id, principal_name, ip_address, url, sha1, sha256, file_name, file_path,
    command_line, mailbox_address, sender, recipient, subject, registry_key, registry_value_name";

/// A piece of evidence as a row: its numbers, its kind, and its texts in the order of the columns.
struct EvidenceRow {
    seq: i64,
    item: i64,
    added_at: Option<i64>,
    process_id: Option<i64>,
    kind: String,
    texts: [Option<String>; 23],
}

async fn put_evidence(
    connection: &mut DbConnection,
    alerts: &[(i64, &Alert)],
) -> Result<(), IncidentStoreError> {
    let mut rows = Vec::new();
    for (seq, alert) in alerts {
        let devices = alert.devices.iter().map(|device| of_device(*seq, device));
        let entities = alert.entities.iter().map(|entity| of_entity(*seq, entity));
        let numbered = (0..).zip(devices.chain(entities));
        rows.extend(numbered.map(|(item, row)| EvidenceRow { item, ..row }));
    }
    for piece in pieces(&rows) {
        let mut sql = QueryBuilder::<Db>::new("INSERT INTO evidence (");
        sql.push(EVIDENCE_COLUMNS).push(") ");
        sql.push_values(piece, |mut values, row| {
            values.push_bind(row.seq).push_bind(row.item).push_bind(row.added_at);
            values.push_bind(row.process_id).push_bind(row.kind.clone());
            for text in &row.texts {
                values.push_bind(text.clone());
            }
        });
        sql.build().execute(&mut *connection).await.map_err(failed)?;
    }
    Ok(())
}

fn of_device(seq: i64, device: &Device) -> EvidenceRow {
    let none = || None;
    let text = |text: &Option<String>| text.as_deref().map(fold);
    EvidenceRow {
        seq,
        item: 0,
        added_at: device.finding.added_at.map(ticks),
        process_id: None,
        kind: EntityKind::DEVICE.to_owned(),
        texts: [
            text(&device.finding.verdict),
            text(&device.finding.remediation),
            text(&device.endpoint_id),
            text(&device.directory_id),
            text(&device.dns_name),
            none(),
            none(),
            none(),
            none(),
            none(),
            text(&device.internal_address),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
        ],
    }
}

fn of_entity(seq: i64, entity: &Entity) -> EvidenceRow {
    let text = |text: &Option<String>| text.as_deref().map(fold);
    let FileFacts { sha1, sha256, name, path, .. } = &entity.file;
    let account = &entity.account;
    EvidenceRow {
        seq,
        item: 0,
        added_at: entity.finding.added_at.map(ticks),
        process_id: entity.process.id,
        kind: fold(&entity.kind.to_text()),
        texts: [
            text(&entity.finding.verdict),
            text(&entity.finding.remediation),
            text(&entity.device_id),
            None,
            None,
            text(&account.name),
            text(&account.domain),
            text(&account.sid),
            text(&account.directory_id),
            text(&account.principal_name),
            text(&entity.ip_address),
            text(&entity.url),
            text(sha1),
            text(sha256),
            text(name),
            text(path),
            text(&entity.process.command_line),
            text(&entity.mailbox.address),
            text(&entity.mail.sender),
            text(&entity.mail.recipient),
            text(&entity.mail.subject),
            text(&entity.registry.key),
            text(&entity.registry.value_name),
        ],
    }
}
