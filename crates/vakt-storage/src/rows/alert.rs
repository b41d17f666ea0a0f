//! Alerts: one document each, with everything that is known.

use serde::{Deserialize, Serialize};
use vakt_ids::AlertId;
use vakt_incidents::{
    AccountFacts, Alert, AlertStatus, Classification, Determination, Device, Entity, EntityKind,
    FileFacts, GroupFacts, MailFacts, MailboxFacts, ProcessFacts, RegistryFacts, Severity,
};

use super::{BadDocument, from_ticks, ticks};

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Document {
    #[serde(rename = "1")]
    V1(Box<StoredAlert>),
}

#[derive(Serialize, Deserialize)]
struct StoredAlert {
    id: AlertId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detector: Option<String>,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    status: String,
    severity: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    classification: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    determination: Option<String>,
    created_at: i64,
    updated_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resolved_at: Option<i64>,
    first_activity_at: i64,
    last_activity_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    investigation_id: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    investigation_state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assigned_to: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    actor_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    threat_family: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    techniques: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    devices: Vec<StoredDevice>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    entities: Vec<StoredEntity>,
}

#[derive(Serialize, Deserialize)]
struct StoredDevice {
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
}

/// Flat: the prefix says which facts a member belongs to.
#[derive(Serialize, Deserialize)]
struct StoredEntity {
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
    registry_value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ip_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device_id: Option<String>,
}

/// The document of an alert.
pub(crate) fn write_alert(alert: &Alert) -> Result<String, BadDocument> {
    Ok(serde_json::to_string(&Document::V1(Box::new(StoredAlert {
        id: alert.id.clone(),
        service: alert.service.clone(),
        detector: alert.detector.clone(),
        title: alert.title.clone(),
        description: alert.description.clone(),
        category: alert.category.clone(),
        status: alert.status.as_str().into(),
        severity: alert.severity.as_str().into(),
        classification: alert.classification.map(|word| word.as_str().into()),
        determination: alert.determination.map(|word| word.as_str().into()),
        created_at: ticks(alert.created_at),
        updated_at: ticks(alert.updated_at),
        resolved_at: alert.resolved_at.map(ticks),
        first_activity_at: ticks(alert.first_activity_at),
        last_activity_at: ticks(alert.last_activity_at),
        investigation_id: alert.investigation_id,
        investigation_state: alert.investigation_state.clone(),
        assigned_to: alert.assigned_to.clone(),
        actor_name: alert.actor_name.clone(),
        threat_family: alert.threat_family.clone(),
        techniques: alert.techniques.clone(),
        devices: alert.devices.iter().map(write_device).collect(),
        entities: alert.entities.iter().map(write_entity).collect(),
    })))?)
}

/// Reads a document.
pub(crate) fn read_alert(text: &str) -> Result<Alert, BadDocument> {
    let Document::V1(stored) = serde_json::from_str(text)?;
    let bad = |what: &str| BadDocument(format!("{what} of alert `{}` is unknown", stored.id));
    Ok(Alert {
        status: AlertStatus::from_text(&stored.status).ok_or_else(|| bad("status"))?,
        severity: Severity::from_text(&stored.severity).ok_or_else(|| bad("severity"))?,
        classification: stored.classification.as_deref().and_then(Classification::from_text),
        determination: stored.determination.as_deref().and_then(Determination::from_text),
        id: stored.id,
        service: stored.service,
        detector: stored.detector,
        title: stored.title,
        description: stored.description,
        category: stored.category,
        created_at: from_ticks(stored.created_at),
        updated_at: from_ticks(stored.updated_at),
        resolved_at: stored.resolved_at.map(from_ticks),
        first_activity_at: from_ticks(stored.first_activity_at),
        last_activity_at: from_ticks(stored.last_activity_at),
        investigation_id: stored.investigation_id,
        investigation_state: stored.investigation_state,
        assigned_to: stored.assigned_to,
        actor_name: stored.actor_name,
        threat_family: stored.threat_family,
        techniques: stored.techniques,
        devices: stored.devices.into_iter().map(read_device).collect(),
        entities: stored.entities.into_iter().map(read_entity).collect(),
    })
}

fn write_device(device: &Device) -> StoredDevice {
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
        tags: device.tags.clone(),
    }
}

fn read_device(stored: StoredDevice) -> Device {
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
        tags: stored.tags,
    }
}

fn write_entity(entity: &Entity) -> StoredEntity {
    StoredEntity {
        kind: write_kind(&entity.kind),
        file_sha1: entity.file.sha1.clone(),
        file_sha256: entity.file.sha256.clone(),
        file_name: entity.file.name.clone(),
        file_path: entity.file.path.clone(),
        process_id: entity.process.id,
        process_command_line: entity.process.command_line.clone(),
        process_started_at: entity.process.started_at.map(ticks),
        process_parent_id: entity.process.parent_id,
        process_parent_started_at: entity.process.parent_started_at.map(ticks),
        account_name: entity.account.name.clone(),
        account_domain: entity.account.domain.clone(),
        account_sid: entity.account.sid.clone(),
        account_directory_id: entity.account.directory_id.clone(),
        account_principal_name: entity.account.principal_name.clone(),
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
        registry_value: entity.registry.value.clone(),
        ip_address: entity.ip_address.clone(),
        url: entity.url.clone(),
        device_id: entity.device_id.clone(),
    }
}

fn read_entity(stored: StoredEntity) -> Entity {
    Entity {
        kind: read_kind(&stored.kind),
        file: FileFacts {
            sha1: stored.file_sha1,
            sha256: stored.file_sha256,
            name: stored.file_name,
            path: stored.file_path,
        },
        process: ProcessFacts {
            id: stored.process_id,
            command_line: stored.process_command_line,
            started_at: stored.process_started_at.map(from_ticks),
            parent_id: stored.process_parent_id,
            parent_started_at: stored.process_parent_started_at.map(from_ticks),
        },
        account: AccountFacts {
            name: stored.account_name,
            domain: stored.account_domain,
            sid: stored.account_sid,
            directory_id: stored.account_directory_id,
            principal_name: stored.account_principal_name,
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
            value: stored.registry_value,
        },
        ip_address: stored.ip_address,
        url: stored.url,
        device_id: stored.device_id,
    }
}

const KINDS: &[(EntityKind, &str)] = &[
    (EntityKind::User, "user"),
    (EntityKind::Ip, "ip"),
    (EntityKind::Url, "url"),
    (EntityKind::File, "file"),
    (EntityKind::Process, "process"),
    (EntityKind::Mailbox, "mailbox"),
    (EntityKind::Mail, "mail"),
    (EntityKind::MailCluster, "mail_cluster"),
    (EntityKind::Registry, "registry"),
    (EntityKind::SecurityGroup, "security_group"),
];

/// Kinds without a name of ours are stored behind this.
const OTHER: &str = "other:";

fn write_kind(kind: &EntityKind) -> String {
    match (kind, KINDS.iter().find(|(known, _)| known == kind)) {
        (EntityKind::Other(name), _) => format!("{OTHER}{name}"),
        (_, found) => found.map_or(OTHER, |(_, text)| text).to_owned(),
    }
}

fn read_kind(text: &str) -> EntityKind {
    let known = KINDS.iter().find(|(_, known)| *known == text);
    let other = || EntityKind::Other(text.strip_prefix(OTHER).unwrap_or(text).to_owned());
    known.map_or_else(other, |(kind, _)| kind.clone())
}
