//! A row of `AlertEvidence` as a device or an entity.

use jiff::Timestamp;
use serde_json::{Map, Value};
use vakt_incidents::{
    AccountFacts, Device, Entity, EntityKind, FileFacts, Finding, MailFacts, MailboxFacts,
    ProcessFacts, RegistryFacts,
};

use super::row::{Row, Text};
use crate::defender::names::{camel, kind_of_classic};

/// What a row is about.
pub(super) enum Evidence {
    /// A device.
    Device(Box<Device>),
    /// Anything else.
    Entity(Box<Entity>),
}

/// The evidence of a row.
pub(super) fn evidence(row: &Row, at: Timestamp) -> Evidence {
    let name = row.entity_type.get().unwrap_or_default();
    if ["machine", "device"].iter().any(|known| known.eq_ignore_ascii_case(&name)) {
        return Evidence::Device(Box::new(device(row, at)));
    }
    let is_registry = name.to_ascii_lowercase().starts_with("registry");
    let kind = if is_registry { EntityKind::Registry } else { kind_of_classic(&name) };
    Evidence::Entity(Box::new(entity(kind, row, at)))
}

fn device(row: &Row, at: Timestamp) -> Device {
    Device {
        endpoint_id: row.device_id.get(),
        dns_name: row.device_name.get(),
        group_name: row.machine_group.get(),
        internal_address: row.local_ip.get(),
        finding: finding(row, at),
        ..Device::default()
    }
}

fn entity(kind: EntityKind, row: &Row, at: Timestamp) -> Entity {
    let of_kind = |wanted: EntityKind| if kind == wanted { row.account_upn.get() } else { None };
    Entity {
        file: FileFacts {
            sha1: row.sha1.get(),
            sha256: row.sha256.get(),
            name: row.file_name.get(),
            path: row.folder_path.get(),
            length_bytes: row.file_size.get().and_then(|text| text.parse().ok()),
            ..FileFacts::default()
        },
        process: ProcessFacts {
            command_line: row.process_command_line.get(),
            ..ProcessFacts::default()
        },
        account: AccountFacts {
            name: row.account_name.get(),
            domain: row.account_domain.get(),
            sid: row.account_sid.get(),
            directory_id: row.account_object_id.get(),
            principal_name: row.account_upn.get(),
            display_name: None,
        },
        ip_address: row.remote_ip.get().or_else(|| row.local_ip.get()),
        url: row.remote_url.get(),
        mailbox: MailboxFacts { display_name: None, address: of_kind(EntityKind::Mailbox) },
        mail: MailFacts {
            recipient: of_kind(EntityKind::Mail),
            subject: row.email_subject.get(),
            ..MailFacts::default()
        },
        registry: RegistryFacts {
            hive: None,
            key: row.registry_key.get(),
            value_type: None,
            value_name: row.registry_value_name.get(),
            value: row.registry_value_data.get(),
        },
        device_id: row.device_id.get(),
        finding: finding(row, at),
        ..Entity::new(kind)
    }
}

fn finding(row: &Row, at: Timestamp) -> Finding {
    Finding {
        added_at: Some(at),
        roles: row.evidence_direction.get().map(|word| camel(&word)).into_iter().collect(),
        detailed_roles: row.evidence_role.get().into_iter().collect(),
        extra: extra(row),
        ..Finding::default()
    }
}

/// The columns that have no place of their own.
fn extra(row: &Row) -> Option<String> {
    let columns: [(&str, &Text); 10] = [
        ("networkMessageId", &row.network_message_id),
        ("application", &row.application),
        ("applicationId", &row.application_id),
        ("oAuthApplicationId", &row.oauth_application_id),
        ("cloudResource", &row.cloud_resource),
        ("cloudPlatform", &row.cloud_platform),
        ("resourceType", &row.resource_type),
        ("resourceId", &row.resource_id),
        ("subscriptionId", &row.subscription_id),
        ("additionalFields", &row.additional_fields),
    ];
    let mut members = Map::new();
    for (name, text) in columns {
        let Some(text) = text.get() else { continue };
        // Additional fields come as the text of an object.
        let object = serde_json::from_str(&text).ok().filter(Value::is_object);
        members.insert(name.to_owned(), object.unwrap_or(Value::String(text)));
    }
    (!members.is_empty()).then(|| Value::Object(members).to_string())
}
