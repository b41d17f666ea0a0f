//! Devices and entities within the document of an alert. What was found stands beside the facts.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use vakt_incidents::{
    AccountFacts, Device, Entity, EntityKind, FileFacts, Finding, GroupFacts, MailFacts,
    MailboxFacts, ProcessFacts, RegistryFacts,
};

use super::{from_ticks, kept, lent, ticks};

#[derive(Serialize, Deserialize)]
pub(super) struct StoredDevice<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    endpoint_id: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    directory_id: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dns_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    os_platform: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    os_release: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    os_build: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    processor: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    health: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    risk: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group_id: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_seen_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    internal_address: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    external_address: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    onboarding: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    antivirus: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    tags: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    added_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    verdict: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remediation: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remediation_details: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    roles: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    detailed_roles: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extra: Option<Cow<'a, str>>,
}

/// Flat: the prefix says which facts a member belongs to.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredEntity<'a> {
    kind: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_sha1: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_sha256: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_path: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_md5: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_length_bytes: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_publisher: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_signer: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_issuer: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_id: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_command_line: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_started_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_parent_id: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_parent_started_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_parent_file: Option<StoredFile<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_domain: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_sid: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_directory_id: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_principal_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_display_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mailbox_display_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mailbox_address: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_sender: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_recipient: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_subject: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_delivery_action: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_cluster_by: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group_id: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registry_hive: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registry_key: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registry_value_type: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registry_value_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registry_value: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ip_address: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device_id: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detection: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    tags: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    added_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    verdict: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remediation: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remediation_details: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    roles: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    detailed_roles: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extra: Option<Cow<'a, str>>,
}

/// A file within an entity.
#[derive(Serialize, Deserialize)]
struct StoredFile<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha1: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    md5: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    length_bytes: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    publisher: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signer: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer: Option<Cow<'a, str>>,
}

pub(super) fn write_device(device: &Device) -> StoredDevice<'_> {
    StoredDevice {
        endpoint_id: lent(&device.endpoint_id),
        directory_id: lent(&device.directory_id),
        dns_name: lent(&device.dns_name),
        os_platform: lent(&device.os_platform),
        os_release: lent(&device.os_release),
        os_build: device.os_build,
        processor: lent(&device.processor),
        health: lent(&device.health),
        risk: lent(&device.risk),
        group_name: lent(&device.group_name),
        group_id: device.group_id,
        first_seen_at: device.first_seen_at.map(ticks),
        internal_address: lent(&device.internal_address),
        external_address: lent(&device.external_address),
        onboarding: lent(&device.onboarding),
        antivirus: lent(&device.antivirus),
        tags: (&device.tags[..]).into(),
        added_at: device.finding.added_at.map(ticks),
        verdict: lent(&device.finding.verdict),
        remediation: lent(&device.finding.remediation),
        remediation_details: lent(&device.finding.remediation_details),
        roles: (&device.finding.roles[..]).into(),
        detailed_roles: (&device.finding.detailed_roles[..]).into(),
        extra: lent(&device.finding.extra),
    }
}

pub(super) fn read_device(stored: StoredDevice<'_>) -> Device {
    Device {
        endpoint_id: kept(stored.endpoint_id),
        directory_id: kept(stored.directory_id),
        dns_name: kept(stored.dns_name),
        os_platform: kept(stored.os_platform),
        os_release: kept(stored.os_release),
        os_build: stored.os_build,
        processor: kept(stored.processor),
        health: kept(stored.health),
        risk: kept(stored.risk),
        group_name: kept(stored.group_name),
        group_id: stored.group_id,
        first_seen_at: stored.first_seen_at.map(from_ticks),
        internal_address: kept(stored.internal_address),
        external_address: kept(stored.external_address),
        onboarding: kept(stored.onboarding),
        antivirus: kept(stored.antivirus),
        tags: stored.tags.into_owned(),
        finding: Finding {
            added_at: stored.added_at.map(from_ticks),
            verdict: kept(stored.verdict),
            remediation: kept(stored.remediation),
            remediation_details: kept(stored.remediation_details),
            roles: stored.roles.into_owned(),
            detailed_roles: stored.detailed_roles.into_owned(),
            extra: kept(stored.extra),
        },
    }
}

pub(super) fn write_entity(entity: &Entity) -> StoredEntity<'_> {
    StoredEntity {
        kind: entity.kind.to_text(),
        file_sha1: lent(&entity.file.sha1),
        file_sha256: lent(&entity.file.sha256),
        file_name: lent(&entity.file.name),
        file_path: lent(&entity.file.path),
        file_md5: lent(&entity.file.md5),
        file_length_bytes: entity.file.length_bytes,
        file_publisher: lent(&entity.file.publisher),
        file_signer: lent(&entity.file.signer),
        file_issuer: lent(&entity.file.issuer),
        process_id: entity.process.id,
        process_command_line: lent(&entity.process.command_line),
        process_started_at: entity.process.started_at.map(ticks),
        process_parent_id: entity.process.parent_id,
        process_parent_started_at: entity.process.parent_started_at.map(ticks),
        process_parent_file: write_file(&entity.process.parent_file),
        account_name: lent(&entity.account.name),
        account_domain: lent(&entity.account.domain),
        account_sid: lent(&entity.account.sid),
        account_directory_id: lent(&entity.account.directory_id),
        account_principal_name: lent(&entity.account.principal_name),
        account_display_name: lent(&entity.account.display_name),
        mailbox_display_name: lent(&entity.mailbox.display_name),
        mailbox_address: lent(&entity.mailbox.address),
        mail_sender: lent(&entity.mail.sender),
        mail_recipient: lent(&entity.mail.recipient),
        mail_subject: lent(&entity.mail.subject),
        mail_delivery_action: lent(&entity.mail.delivery_action),
        mail_cluster_by: lent(&entity.mail.cluster_by),
        group_id: lent(&entity.group.id),
        group_name: lent(&entity.group.name),
        registry_hive: lent(&entity.registry.hive),
        registry_key: lent(&entity.registry.key),
        registry_value_type: lent(&entity.registry.value_type),
        registry_value_name: lent(&entity.registry.value_name),
        registry_value: lent(&entity.registry.value),
        ip_address: lent(&entity.ip_address),
        url: lent(&entity.url),
        device_id: lent(&entity.device_id),
        detection: lent(&entity.detection),
        tags: (&entity.tags[..]).into(),
        added_at: entity.finding.added_at.map(ticks),
        verdict: lent(&entity.finding.verdict),
        remediation: lent(&entity.finding.remediation),
        remediation_details: lent(&entity.finding.remediation_details),
        roles: (&entity.finding.roles[..]).into(),
        detailed_roles: (&entity.finding.detailed_roles[..]).into(),
        extra: lent(&entity.finding.extra),
    }
}

pub(super) fn read_entity(stored: StoredEntity<'_>) -> Entity {
    Entity {
        kind: EntityKind::from_text(&stored.kind),
        file: FileFacts {
            sha1: kept(stored.file_sha1),
            sha256: kept(stored.file_sha256),
            name: kept(stored.file_name),
            path: kept(stored.file_path),
            md5: kept(stored.file_md5),
            length_bytes: stored.file_length_bytes,
            publisher: kept(stored.file_publisher),
            signer: kept(stored.file_signer),
            issuer: kept(stored.file_issuer),
        },
        process: ProcessFacts {
            id: stored.process_id,
            command_line: kept(stored.process_command_line),
            started_at: stored.process_started_at.map(from_ticks),
            parent_id: stored.process_parent_id,
            parent_started_at: stored.process_parent_started_at.map(from_ticks),
            parent_file: stored.process_parent_file.map(read_file).unwrap_or_default(),
        },
        account: AccountFacts {
            name: kept(stored.account_name),
            domain: kept(stored.account_domain),
            sid: kept(stored.account_sid),
            directory_id: kept(stored.account_directory_id),
            principal_name: kept(stored.account_principal_name),
            display_name: kept(stored.account_display_name),
        },
        mailbox: MailboxFacts {
            display_name: kept(stored.mailbox_display_name),
            address: kept(stored.mailbox_address),
        },
        mail: MailFacts {
            sender: kept(stored.mail_sender),
            recipient: kept(stored.mail_recipient),
            subject: kept(stored.mail_subject),
            delivery_action: kept(stored.mail_delivery_action),
            cluster_by: kept(stored.mail_cluster_by),
        },
        group: GroupFacts { id: kept(stored.group_id), name: kept(stored.group_name) },
        registry: RegistryFacts {
            hive: kept(stored.registry_hive),
            key: kept(stored.registry_key),
            value_type: kept(stored.registry_value_type),
            value_name: kept(stored.registry_value_name),
            value: kept(stored.registry_value),
        },
        ip_address: kept(stored.ip_address),
        url: kept(stored.url),
        device_id: kept(stored.device_id),
        detection: kept(stored.detection),
        tags: stored.tags.into_owned(),
        finding: Finding {
            added_at: stored.added_at.map(from_ticks),
            verdict: kept(stored.verdict),
            remediation: kept(stored.remediation),
            remediation_details: kept(stored.remediation_details),
            roles: stored.roles.into_owned(),
            detailed_roles: stored.detailed_roles.into_owned(),
            extra: kept(stored.extra),
        },
    }
}

/// Nothing, if nothing is known.
fn write_file(file: &FileFacts) -> Option<StoredFile<'_>> {
    (*file != FileFacts::default()).then(|| StoredFile {
        sha1: lent(&file.sha1),
        sha256: lent(&file.sha256),
        md5: lent(&file.md5),
        name: lent(&file.name),
        path: lent(&file.path),
        length_bytes: file.length_bytes,
        publisher: lent(&file.publisher),
        signer: lent(&file.signer),
        issuer: lent(&file.issuer),
    })
}

fn read_file(stored: StoredFile<'_>) -> FileFacts {
    FileFacts {
        sha1: kept(stored.sha1),
        sha256: kept(stored.sha256),
        md5: kept(stored.md5),
        name: kept(stored.name),
        path: kept(stored.path),
        length_bytes: stored.length_bytes,
        publisher: kept(stored.publisher),
        signer: kept(stored.signer),
        issuer: kept(stored.issuer),
    }
}
