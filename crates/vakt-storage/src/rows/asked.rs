//! What is asked of evidence: a JSON array beside an alert's document, an object for each device
//! and entity. Texts are folded, what is not known is left out, members are the columns that filters
//! name.

use std::borrow::Cow;

use serde::Serialize;
use vakt_incidents::{Alert, Device, Entity, EntityKind, FileFacts};

use super::{BadDocument, fold, folded, ticks, write_document};

#[derive(Serialize, Default)]
struct Asked<'a> {
    kind: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    added_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remediation: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_directory_id: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_name: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_name: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_domain: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_sid: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_directory_id: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    principal_name: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip_address: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha1: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_name: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_path: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    process_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    command_line: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mailbox_address: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registry_key: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registry_value_name: Option<Cow<'a, str>>,
}

/// What is asked of an alert's evidence.
pub(crate) fn write_asked(alert: &Alert) -> Result<String, BadDocument> {
    let devices = alert.devices.iter().map(of_device);
    let all: Vec<Asked<'_>> = devices.chain(alert.entities.iter().map(of_entity)).collect();
    write_document(&all)
}

fn text(text: &Option<String>) -> Option<Cow<'_, str>> {
    text.as_deref().map(folded)
}

fn kind(kind: &EntityKind) -> Cow<'static, str> {
    match kind.to_text() {
        Cow::Borrowed(word) => word.into(),
        Cow::Owned(text) => fold(&text).into(),
    }
}

fn of_device(device: &Device) -> Asked<'_> {
    Asked {
        kind: EntityKind::DEVICE.into(),
        added_at: device.finding.added_at.map(ticks),
        verdict: text(&device.finding.verdict),
        remediation: text(&device.finding.remediation),
        device_id: text(&device.endpoint_id),
        device_directory_id: text(&device.directory_id),
        device_name: text(&device.dns_name),
        ip_address: text(&device.internal_address),
        ..Asked::default()
    }
}

fn of_entity(entity: &Entity) -> Asked<'_> {
    let FileFacts { sha1, sha256, name, path, .. } = &entity.file;
    let account = &entity.account;
    Asked {
        kind: kind(&entity.kind),
        added_at: entity.finding.added_at.map(ticks),
        verdict: text(&entity.finding.verdict),
        remediation: text(&entity.finding.remediation),
        device_id: text(&entity.device_id),
        device_directory_id: None,
        device_name: None,
        account_name: text(&account.name),
        account_domain: text(&account.domain),
        account_sid: text(&account.sid),
        account_directory_id: text(&account.directory_id),
        principal_name: text(&account.principal_name),
        ip_address: text(&entity.ip_address),
        url: text(&entity.url),
        sha1: text(sha1),
        sha256: text(sha256),
        file_name: text(name),
        file_path: text(path),
        process_id: entity.process.id,
        command_line: text(&entity.process.command_line),
        mailbox_address: text(&entity.mailbox.address),
        sender: text(&entity.mail.sender),
        recipient: text(&entity.mail.recipient),
        subject: text(&entity.mail.subject),
        registry_key: text(&entity.registry.key),
        registry_value_name: text(&entity.registry.value_name),
    }
}
