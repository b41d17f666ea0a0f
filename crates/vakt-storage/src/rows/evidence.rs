//! Devices and entities within the document of an alert.

use serde::{Deserialize, Serialize};
use vakt_incidents::{
    AccountFacts, Device, Entity, EntityKind, FileFacts, Finding, GroupFacts, MailFacts,
    MailboxFacts, ProcessFacts, RegistryFacts,
};

use super::{from_ticks, ticks};

#[derive(Serialize, Deserialize)]
pub(super) struct StoredDevice {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    endpoint_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    directory_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dns_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    os_platform: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    os_release: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    os_build: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    processor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    health: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    risk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group_id: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_seen_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    internal_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    external_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    onboarding: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    antivirus: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(flatten)]
    finding: StoredFinding,
}

/// Flat: the prefix says which facts a member belongs to.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredEntity {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_sha1: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_sha256: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_md5: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_length_bytes: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_publisher: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_signer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_issuer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_id: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_command_line: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_started_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_parent_id: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_parent_started_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_parent_file: Option<StoredFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_domain: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_sid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_directory_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_principal_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_display_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mailbox_display_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mailbox_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_sender: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_recipient: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_delivery_action: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail_cluster_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registry_hive: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registry_key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registry_value_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registry_value_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registry_value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ip_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detection: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(flatten)]
    finding: StoredFinding,
}

/// What was found, beside the facts.
#[derive(Serialize, Deserialize)]
struct StoredFinding {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    added_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    verdict: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remediation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remediation_details: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    roles: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    detailed_roles: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extra: Option<String>,
}

/// A file within an entity.
#[derive(Serialize, Deserialize)]
struct StoredFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha1: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    md5: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    length_bytes: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
}

pub(super) fn write_device(device: &Device) -> StoredDevice {
    StoredDevice {
        endpoint_id: device.endpoint_id.clone(),
        directory_id: device.directory_id.clone(),
        dns_name: device.dns_name.clone(),
        os_platform: device.os_platform.clone(),
        os_release: device.os_release.clone(),
        os_build: device.os_build,
        processor: device.processor.clone(),
        health: device.health.clone(),
        risk: device.risk.clone(),
        group_name: device.group_name.clone(),
        group_id: device.group_id,
        first_seen_at: device.first_seen_at.map(ticks),
        internal_address: device.internal_address.clone(),
        external_address: device.external_address.clone(),
        onboarding: device.onboarding.clone(),
        antivirus: device.antivirus.clone(),
        tags: device.tags.clone(),
        finding: write_finding(&device.finding),
    }
}

pub(super) fn read_device(stored: StoredDevice) -> Device {
    Device {
        endpoint_id: stored.endpoint_id,
        directory_id: stored.directory_id,
        dns_name: stored.dns_name,
        os_platform: stored.os_platform,
        os_release: stored.os_release,
        os_build: stored.os_build,
        processor: stored.processor,
        health: stored.health,
        risk: stored.risk,
        group_name: stored.group_name,
        group_id: stored.group_id,
        first_seen_at: stored.first_seen_at.map(from_ticks),
        internal_address: stored.internal_address,
        external_address: stored.external_address,
        onboarding: stored.onboarding,
        antivirus: stored.antivirus,
        tags: stored.tags,
        finding: read_finding(stored.finding),
    }
}

pub(super) fn write_entity(entity: &Entity) -> StoredEntity {
    StoredEntity {
        kind: entity.kind.to_text(),
        file_sha1: entity.file.sha1.clone(),
        file_sha256: entity.file.sha256.clone(),
        file_name: entity.file.name.clone(),
        file_path: entity.file.path.clone(),
        file_md5: entity.file.md5.clone(),
        file_length_bytes: entity.file.length_bytes,
        file_publisher: entity.file.publisher.clone(),
        file_signer: entity.file.signer.clone(),
        file_issuer: entity.file.issuer.clone(),
        process_id: entity.process.id,
        process_command_line: entity.process.command_line.clone(),
        process_started_at: entity.process.started_at.map(ticks),
        process_parent_id: entity.process.parent_id,
        process_parent_started_at: entity.process.parent_started_at.map(ticks),
        process_parent_file: write_file(&entity.process.parent_file),
        account_name: entity.account.name.clone(),
        account_domain: entity.account.domain.clone(),
        account_sid: entity.account.sid.clone(),
        account_directory_id: entity.account.directory_id.clone(),
        account_principal_name: entity.account.principal_name.clone(),
        account_display_name: entity.account.display_name.clone(),
        mailbox_display_name: entity.mailbox.display_name.clone(),
        mailbox_address: entity.mailbox.address.clone(),
        mail_sender: entity.mail.sender.clone(),
        mail_recipient: entity.mail.recipient.clone(),
        mail_subject: entity.mail.subject.clone(),
        mail_delivery_action: entity.mail.delivery_action.clone(),
        mail_cluster_by: entity.mail.cluster_by.clone(),
        group_id: entity.group.id.clone(),
        group_name: entity.group.name.clone(),
        registry_hive: entity.registry.hive.clone(),
        registry_key: entity.registry.key.clone(),
        registry_value_type: entity.registry.value_type.clone(),
        registry_value_name: entity.registry.value_name.clone(),
        registry_value: entity.registry.value.clone(),
        ip_address: entity.ip_address.clone(),
        url: entity.url.clone(),
        device_id: entity.device_id.clone(),
        detection: entity.detection.clone(),
        tags: entity.tags.clone(),
        finding: write_finding(&entity.finding),
    }
}

pub(super) fn read_entity(stored: StoredEntity) -> Entity {
    Entity {
        kind: EntityKind::from_text(&stored.kind),
        file: FileFacts {
            sha1: stored.file_sha1,
            sha256: stored.file_sha256,
            name: stored.file_name,
            path: stored.file_path,
            md5: stored.file_md5,
            length_bytes: stored.file_length_bytes,
            publisher: stored.file_publisher,
            signer: stored.file_signer,
            issuer: stored.file_issuer,
        },
        process: ProcessFacts {
            id: stored.process_id,
            command_line: stored.process_command_line,
            started_at: stored.process_started_at.map(from_ticks),
            parent_id: stored.process_parent_id,
            parent_started_at: stored.process_parent_started_at.map(from_ticks),
            parent_file: stored.process_parent_file.map(read_file).unwrap_or_default(),
        },
        account: AccountFacts {
            name: stored.account_name,
            domain: stored.account_domain,
            sid: stored.account_sid,
            directory_id: stored.account_directory_id,
            principal_name: stored.account_principal_name,
            display_name: stored.account_display_name,
        },
        mailbox: MailboxFacts {
            display_name: stored.mailbox_display_name,
            address: stored.mailbox_address,
        },
        mail: MailFacts {
            sender: stored.mail_sender,
            recipient: stored.mail_recipient,
            subject: stored.mail_subject,
            delivery_action: stored.mail_delivery_action,
            cluster_by: stored.mail_cluster_by,
        },
        group: GroupFacts { id: stored.group_id, name: stored.group_name },
        registry: RegistryFacts {
            hive: stored.registry_hive,
            key: stored.registry_key,
            value_type: stored.registry_value_type,
            value_name: stored.registry_value_name,
            value: stored.registry_value,
        },
        ip_address: stored.ip_address,
        url: stored.url,
        device_id: stored.device_id,
        detection: stored.detection,
        tags: stored.tags,
        finding: read_finding(stored.finding),
    }
}

fn write_finding(finding: &Finding) -> StoredFinding {
    StoredFinding {
        added_at: finding.added_at.map(ticks),
        verdict: finding.verdict.clone(),
        remediation: finding.remediation.clone(),
        remediation_details: finding.remediation_details.clone(),
        roles: finding.roles.clone(),
        detailed_roles: finding.detailed_roles.clone(),
        extra: finding.extra.clone(),
    }
}

fn read_finding(stored: StoredFinding) -> Finding {
    Finding {
        added_at: stored.added_at.map(from_ticks),
        verdict: stored.verdict,
        remediation: stored.remediation,
        remediation_details: stored.remediation_details,
        roles: stored.roles,
        detailed_roles: stored.detailed_roles,
        extra: stored.extra,
    }
}

/// Nothing, if nothing is known.
fn write_file(file: &FileFacts) -> Option<StoredFile> {
    (*file != FileFacts::default()).then(|| StoredFile {
        sha1: file.sha1.clone(),
        sha256: file.sha256.clone(),
        md5: file.md5.clone(),
        name: file.name.clone(),
        path: file.path.clone(),
        length_bytes: file.length_bytes,
        publisher: file.publisher.clone(),
        signer: file.signer.clone(),
        issuer: file.issuer.clone(),
    })
}

fn read_file(stored: StoredFile) -> FileFacts {
    FileFacts {
        sha1: stored.sha1,
        sha256: stored.sha256,
        md5: stored.md5,
        name: stored.name,
        path: stored.path,
        length_bytes: stored.length_bytes,
        publisher: stored.publisher,
        signer: stored.signer,
        issuer: stored.issuer,
    }
}
