//! Incidents to the classic dialect, field by field.

use vakt_incidents::{Alert, Comment, Device, Entity, Incident};
use vakt_wire::defender as wire;

use super::names::kind_to_classic;
use super::words::WireWord;

/// One incident, without `@odata.context`.
pub(crate) fn incident(incident: &Incident) -> wire::Incident {
    wire::Incident {
        context: None,
        incident_id: incident.id.number(),
        redirect_incident_id: incident.redirect.map(vakt_ids::IncidentId::number),
        incident_name: Some(incident.name.clone()),
        created_time: Some(incident.created_at),
        last_update_time: Some(incident.updated_at),
        assigned_to: incident.assigned_to.clone(),
        classification: Some(incident.classification.name()),
        determination: Some(incident.determination.name()),
        status: Some(incident.status.name()),
        severity: Some(incident.severity.name()),
        tags: incident.tags.iter().chain(&incident.system_tags).cloned().collect(),
        comments: incident.comments.iter().map(comment).collect(),
        alerts: incident.alerts.iter().map(|one| alert(incident.id.number(), &one.alert)).collect(),
    }
}

fn comment(comment: &Comment) -> wire::Comment {
    wire::Comment {
        comment: comment.text.clone(),
        created_by: comment.author.clone(),
        created_time: comment.created_at,
    }
}

pub(crate) fn alert(incident: i64, alert: &Alert) -> wire::Alert {
    wire::Alert {
        alert_id: alert.id.to_string(),
        incident_id: Some(incident),
        service_source: alert.service.clone(),
        creation_time: Some(alert.created_at),
        last_updated_time: Some(alert.updated_at),
        resolved_time: alert.resolved_at,
        first_activity: Some(alert.first_activity_at),
        last_activity: Some(alert.last_activity_at),
        title: Some(alert.title.clone()),
        description: alert.description.clone(),
        category: alert.category.clone(),
        status: Some(alert.status.name()),
        severity: Some(alert.severity.name()),
        investigation_id: alert.investigation_id,
        investigation_state: alert.investigation_state.clone(),
        classification: alert.classification.map(WireWord::name),
        determination: alert.determination.map(WireWord::name),
        detection_source: alert.detector.clone(),
        assigned_to: alert.assigned_to.clone(),
        actor_name: alert.actor_name.clone(),
        threat_family_name: alert.threat_family.clone(),
        mitre_techniques: alert.techniques.clone(),
        devices: alert.devices.iter().map(device).collect(),
        entities: alert.entities.iter().map(entity).collect(),
    }
}

fn device(device: &Device) -> wire::Device {
    wire::Device {
        mdatp_device_id: device.endpoint_id.clone(),
        aad_device_id: device.directory_id.clone(),
        device_dns_name: device.dns_name.clone(),
        os_platform: device.os_platform.clone(),
        version: device.os_release.clone(),
        os_processor: device.processor.clone(),
        os_build: device.os_build,
        health_status: device.health.clone(),
        risk_score: device.risk.clone(),
        rbac_group_name: device.group_name.clone(),
        rbac_group_id: device.group_id,
        first_seen: device.first_seen_at,
        tags: device.tags.clone(),
    }
}

fn entity(entity: &Entity) -> wire::Entity {
    wire::Entity {
        entity_type: kind_to_classic(&entity.kind).to_owned(),
        sha1: entity.file.sha1.clone(),
        sha256: entity.file.sha256.clone(),
        file_name: entity.file.name.clone(),
        file_path: entity.file.path.clone(),
        process_id: entity.process.id,
        process_command_line: entity.process.command_line.clone(),
        process_creation_time: entity.process.started_at,
        parent_process_id: entity.process.parent_id,
        parent_process_creation_time: entity.process.parent_started_at,
        ip_address: entity.ip_address.clone(),
        url: entity.url.clone(),
        account_name: entity.account.name.clone(),
        domain_name: entity.account.domain.clone(),
        user_sid: entity.account.sid.clone(),
        aad_user_id: entity.account.directory_id.clone(),
        user_principal_name: entity.account.principal_name.clone(),
        mailbox_display_name: entity.mailbox.display_name.clone(),
        mailbox_address: entity.mailbox.address.clone(),
        cluster_by: entity.mail.cluster_by.clone(),
        sender: entity.mail.sender.clone(),
        recipient: entity.mail.recipient.clone(),
        subject: entity.mail.subject.clone(),
        delivery_action: entity.mail.delivery_action.clone(),
        security_group_id: entity.group.id.clone(),
        security_group_name: entity.group.name.clone(),
        registry_hive: entity.registry.hive.clone(),
        registry_key: entity.registry.key.clone(),
        registry_value_type: entity.registry.value_type.clone(),
        registry_value: entity.registry.value.clone(),
        device_id: entity.device_id.clone(),
    }
}
