//! Incidents from the classic dialect. Lenient about what is missing, strict about what is there
//! and cannot be read: nothing is dropped in silence.

use jiff::Timestamp;
use vakt_ids::IncidentId;
use vakt_incidents::{
    AccountFacts, Alert, AlertStatus, ChangeNumber, Classification, Comment, Determination, Device,
    Entity, FileFacts, Finding, GroupFacts, Incident, MailFacts, MailboxFacts, PlacedAlert,
    ProcessFacts, RegistryFacts, Severity, Status,
};
use vakt_wire::defender as wire;

use super::names::kind_of_classic;
use super::words::WireWord;

/// The last change of an incident that names none: older than every named one, so that it never
/// stands in the way of a better record.
pub(super) const NEVER: Timestamp = Timestamp::UNIX_EPOCH;

/// Reads one incident; `now` stands in for its creation where no time is given at all. The error is for the caller.
pub(super) fn incident(from: wire::Incident, now: Timestamp) -> Result<Incident, String> {
    let id = number(from.incident_id)?;
    let mut alerts = Vec::with_capacity(from.alerts.len());
    for one in from.alerts {
        let alert = alert(one, from.created_time.unwrap_or(now))?;
        alerts.push(PlacedAlert::imported(alert, id));
    }
    let earliest = alerts.iter().map(|placed: &PlacedAlert| placed.alert.created_at).min();
    let known = from.created_time.or(earliest).or(from.last_update_time);
    let created_at = known.unwrap_or(now);
    Ok(Incident {
        id,
        redirect: from.redirect_incident_id.map(number).transpose()?,
        name: from.incident_name.unwrap_or_else(|| format!("Incident {id}")),
        created_at,
        updated_at: from.last_update_time.or(known).unwrap_or(NEVER),
        assigned_to: from.assigned_to.filter(|owner| !owner.is_empty()),
        classification: word(from.classification, Classification::Unknown)?,
        determination: word(from.determination, Determination::NotAvailable)?,
        status: word(from.status, Status::Active)?,
        severity: word(from.severity, Severity::Unspecified)?,
        description: None,
        summary: None,
        updated_by: None,
        change: ChangeNumber::default(),
        priority: None,
        resolving_comment: None,
        tags: from.tags,
        system_tags: Vec::new(),
        comments: from.comments.into_iter().map(comment).collect(),
        alerts,
    })
}

/// A positive number.
pub(super) fn number(number: i64) -> Result<IncidentId, String> {
    IncidentId::new(number).ok_or_else(|| format!("incidentId {number} is not a positive number"))
}

/// A word of a closed vocabulary, or what stands for none.
pub(super) fn word<T: WireWord>(text: Option<String>, none: T) -> Result<T, String> {
    Ok(optional_word(text)?.unwrap_or(none))
}

/// A word of a closed vocabulary, if one is given.
pub(super) fn optional_word<T: WireWord>(text: Option<String>) -> Result<Option<T>, String> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let unknown = || format!("`{text}` is not a {}; use one of {}", T::WHAT, T::list());
    T::read(&text).map(Some).ok_or_else(unknown)
}

fn comment(from: wire::Comment) -> Comment {
    Comment { text: from.comment, author: from.created_by, created_at: from.created_time }
}

/// Reads one alert; the time stands in where it names none. The error is for the caller.
pub(super) fn alert(from: wire::Alert, otherwise_at: Timestamp) -> Result<Alert, String> {
    let times = [from.creation_time, from.first_activity, from.last_updated_time];
    let created_at = times.into_iter().flatten().next().unwrap_or(otherwise_at);
    let first_activity_at = from.first_activity.unwrap_or(created_at);
    Ok(Alert {
        id: from.alert_id.parse().map_err(|error: vakt_ids::NotAnId| error.to_string())?,
        service: from.service_source,
        detector: from.detection_source,
        detector_id: None,
        product: None,
        policy_id: None,
        title: from.title.unwrap_or_default(),
        description: from.description,
        recommended_actions: None,
        category: from.category,
        categories: Vec::new(),
        status: word(from.status, AlertStatus::New)?,
        severity: word(from.severity, Severity::Unspecified)?,
        classification: optional_word(from.classification)?,
        determination: optional_word(from.determination)?,
        created_at,
        updated_at: from.last_updated_time.unwrap_or(created_at),
        resolved_at: from.resolved_time,
        first_activity_at,
        last_activity_at: from.last_activity.unwrap_or(first_activity_at),
        investigation_id: from.investigation_id,
        investigation_state: from.investigation_state,
        assigned_to: from.assigned_to,
        actor_name: from.actor_name,
        threat_family: from.threat_family_name,
        threat_name: None,
        techniques: from.mitre_techniques,
        system_tags: Vec::new(),
        comments: Vec::new(),
        custom_details: None,
        additional_data: None,
        devices: from.devices.into_iter().map(device).collect(),
        entities: from.entities.into_iter().map(entity).collect(),
    })
}

fn device(from: wire::Device) -> Device {
    Device {
        endpoint_id: from.mdatp_device_id,
        directory_id: from.aad_device_id,
        dns_name: from.device_dns_name,
        os_platform: from.os_platform,
        os_release: from.version,
        processor: from.os_processor,
        os_build: from.os_build,
        health: from.health_status,
        risk: from.risk_score,
        group_name: from.rbac_group_name,
        group_id: from.rbac_group_id,
        first_seen_at: from.first_seen,
        tags: from.tags,
        ..Device::default()
    }
}

fn entity(from: wire::Entity) -> Entity {
    Entity {
        kind: kind_of_classic(&from.entity_type),
        file: FileFacts {
            sha1: from.sha1,
            sha256: from.sha256,
            name: from.file_name,
            path: from.file_path,
            ..FileFacts::default()
        },
        process: ProcessFacts {
            id: from.process_id,
            command_line: from.process_command_line,
            started_at: from.process_creation_time,
            parent_id: from.parent_process_id,
            parent_started_at: from.parent_process_creation_time,
            parent_file: FileFacts::default(),
        },
        account: AccountFacts {
            name: from.account_name,
            domain: from.domain_name,
            sid: from.user_sid,
            directory_id: from.aad_user_id,
            principal_name: from.user_principal_name,
            display_name: None,
        },
        mailbox: MailboxFacts {
            display_name: from.mailbox_display_name,
            address: from.mailbox_address,
        },
        mail: MailFacts {
            cluster_by: from.cluster_by,
            sender: from.sender,
            recipient: from.recipient,
            subject: from.subject,
            delivery_action: from.delivery_action,
        },
        group: GroupFacts { id: from.security_group_id, name: from.security_group_name },
        registry: RegistryFacts {
            hive: from.registry_hive,
            key: from.registry_key,
            value_type: from.registry_value_type,
            value_name: None,
            value: from.registry_value,
        },
        ip_address: from.ip_address,
        url: from.url,
        device_id: from.device_id,
        detection: None,
        tags: Vec::new(),
        finding: Finding::default(),
    }
}
