//! Alerts to the dialect of Defender for Endpoint, field by field.

use vakt_ids::TenantId;
use vakt_incidents::{Alert, Comment, Entity, EntityKind, PlacedAlert};
use vakt_wire::defender as wire;

use crate::defender::names::kind_to_classic;
use crate::defender::words::WireWord;

/// Is the evidence part of an answer?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// All of it.
    Shown,
    /// An empty list stands for it.
    Left,
}

/// One alert, without `@odata.context`.
pub(super) fn alert(tenant: TenantId, placed: &PlacedAlert, evidence: Evidence) -> wire::MdeAlert {
    let alert = &placed.alert;
    let device = alert.devices.first();
    let of_device = |read: fn(&vakt_incidents::Device) -> &Option<String>| {
        device.and_then(|device| read(device).clone())
    };
    let entities = alert.entities.iter().filter(|_| evidence == Evidence::Shown);
    wire::MdeAlert {
        context: None,
        id: alert.id.to_string(),
        incident_id: Some(placed.incident.number()),
        investigation_id: alert.investigation_id,
        assigned_to: alert.assigned_to.clone(),
        severity: Some(alert.severity.name()),
        status: Some(alert.status.name()),
        classification: alert.classification.map(WireWord::name),
        determination: alert.determination.map(WireWord::name),
        investigation_state: alert.investigation_state.clone(),
        detection_source: alert.detector.clone(),
        detector_id: alert.detector_id.clone(),
        category: alert.category.clone().or_else(|| alert.categories.first().cloned()),
        threat_family_name: alert.threat_family.clone(),
        threat_name: alert.threat_name.clone(),
        title: Some(alert.title.clone()),
        description: alert.description.clone(),
        recommended_action: alert.recommended_actions.clone(),
        alert_creation_time: Some(alert.created_at),
        first_event_time: Some(alert.first_activity_at),
        last_event_time: Some(alert.last_activity_at),
        last_update_time: Some(alert.updated_at),
        resolved_time: alert.resolved_at,
        machine_id: of_device(|device| &device.endpoint_id),
        computer_dns_name: of_device(|device| &device.dns_name),
        rbac_group_name: of_device(|device| &device.group_name),
        aad_tenant_id: Some(tenant.to_string()),
        mitre_techniques: alert.techniques.clone(),
        related_user: related_user(alert),
        comments: alert.comments.iter().map(comment).collect(),
        evidence: entities.map(self::evidence).collect(),
    }
}

/// The account of an alert: of its users the first, else of whatever names one.
pub(super) fn account(alert: &Alert) -> Option<&Entity> {
    let named = |entity: &&Entity| entity.account.name.is_some();
    let users = alert.entities.iter().filter(|entity| entity.kind == EntityKind::User);
    users.chain(&alert.entities).find(named)
}

fn related_user(alert: &Alert) -> Option<wire::MdeUser> {
    let account = &account(alert)?.account;
    Some(wire::MdeUser { user_name: account.name.clone(), domain_name: account.domain.clone() })
}

fn comment(comment: &Comment) -> wire::Comment {
    wire::Comment {
        comment: comment.text.clone(),
        created_by: comment.author.clone(),
        created_time: comment.created_at,
    }
}

fn evidence(entity: &Entity) -> wire::MdeEvidence {
    wire::MdeEvidence {
        entity_type: kind_to_classic(&entity.kind).to_owned(),
        evidence_creation_time: entity.finding.added_at,
        sha1: entity.file.sha1.clone(),
        sha256: entity.file.sha256.clone(),
        file_name: entity.file.name.clone(),
        file_path: entity.file.path.clone(),
        process_id: entity.process.id,
        process_command_line: entity.process.command_line.clone(),
        process_creation_time: entity.process.started_at,
        parent_process_id: entity.process.parent_id,
        parent_process_creation_time: entity.process.parent_started_at,
        parent_process_file_name: entity.process.parent_file.name.clone(),
        parent_process_file_path: entity.process.parent_file.path.clone(),
        ip_address: entity.ip_address.clone(),
        url: entity.url.clone(),
        registry_key: entity.registry.key.clone(),
        registry_hive: entity.registry.hive.clone(),
        registry_value_type: entity.registry.value_type.clone(),
        registry_value_name: entity.registry.value_name.clone(),
        registry_value: entity.registry.value.clone(),
        account_name: entity.account.name.clone(),
        domain_name: entity.account.domain.clone(),
        user_sid: entity.account.sid.clone(),
        aad_user_id: entity.account.directory_id.clone(),
        user_principal_name: entity.account.principal_name.clone(),
        detection_status: entity.detection.clone(),
    }
}
