//! Incidents as Graph exports them. Devices become devices, other evidence becomes entities;
//! Graph's names of services and detectors become the classic ones, unknown ones stay.

use jiff::Timestamp;
use vakt_incidents::{
    AccountFacts, Alert, AlertStatus, ChangeNumber, Classification, Comment, Determination, Device,
    Entity, EntityKind, FileFacts, Finding, GroupFacts, Incident, MailFacts, MailboxFacts,
    PlacedAlert, ProcessFacts, RegistryFacts, Severity, Status,
};
use vakt_wire::graph::{
    GraphAlert, GraphComment, GraphEvidence, GraphFile, GraphIncident, GraphUserAccount, Object,
};

use super::from_wire::{NEVER, number, optional_word, word};
use super::names::{detector_of_graph, graph_word, kind_of_graph, pascal, service_of_graph};

/// Reads one incident; `now` stands in for its creation where no time is given at all. The error is for the caller.
pub(super) fn incident(from: GraphIncident, now: Timestamp) -> Result<Incident, String> {
    let id = number(whole_number(&from.id)?)?;
    let mut alerts = Vec::with_capacity(from.alerts.len());
    for one in from.alerts {
        let alert = alert(one, from.created_date_time.unwrap_or(now))?;
        alerts.push(PlacedAlert::imported(alert, id));
    }
    let earliest = alerts.iter().map(|placed: &PlacedAlert| placed.alert.created_at).min();
    let known = from.created_date_time.or(earliest).or(from.last_update_date_time);
    let created_at = known.unwrap_or(now);
    let redirect = from.redirect_incident_id.filter(|id| !id.is_empty());
    Ok(Incident {
        id,
        redirect: redirect.map(|id| number(whole_number(&id)?)).transpose()?,
        name: from.display_name.unwrap_or_else(|| format!("Incident {id}")),
        created_at,
        updated_at: from.last_update_date_time.or(known).unwrap_or(NEVER),
        assigned_to: from.assigned_to.filter(|owner| !owner.is_empty()),
        classification: word(from.classification, Classification::Unknown)?,
        determination: word(from.determination, Determination::NotAvailable)?,
        status: word(from.status, Status::Active)?,
        severity: word(from.severity, Severity::Unspecified)?,
        description: from.description,
        summary: from.summary,
        updated_by: from.last_modified_by,
        change: ChangeNumber::default(),
        priority: from.priority_score,
        resolving_comment: from.resolving_comment,
        tags: from.custom_tags,
        system_tags: from.system_tags,
        comments: from.comments.into_iter().map(comment).collect(),
        alerts,
    })
}

fn whole_number(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| format!("id `{text}` is not a number"))
}

fn comment(from: GraphComment) -> Comment {
    Comment {
        text: from.comment,
        author: from.created_by_display_name,
        created_at: from.created_date_time,
    }
}

/// Reads one alert; the time stands in where it names none. The error is for the caller.
pub(super) fn alert(from: GraphAlert, otherwise_at: Timestamp) -> Result<Alert, String> {
    let times = [from.created_date_time, from.first_activity_date_time, from.last_update_date_time];
    let created_at = times.into_iter().flatten().next().unwrap_or(otherwise_at);
    let first_activity_at = from.first_activity_date_time.unwrap_or(created_at);
    let (devices, entities): (Vec<_>, Vec<_>) =
        from.evidence.into_iter().partition(|one| graph_word(&one.odata_type) == "device");
    Ok(Alert {
        id: from.id.parse().map_err(|error: vakt_ids::NotAnId| error.to_string())?,
        service: from.service_source.map(|name| service_of_graph(&name)),
        detector: from.detection_source.map(|name| detector_of_graph(&name)),
        title: from.title.unwrap_or_default(),
        detector_id: from.detector_id,
        product: from.product_name,
        policy_id: from.alert_policy_id,
        description: from.description,
        recommended_actions: from.recommended_actions,
        category: from.category,
        categories: from.categories,
        status: word(from.status, AlertStatus::New)?,
        severity: word(from.severity, Severity::Unspecified)?,
        classification: optional_word(from.classification)?,
        determination: optional_word(from.determination)?,
        created_at,
        updated_at: from.last_update_date_time.unwrap_or(created_at),
        resolved_at: from.resolved_date_time,
        first_activity_at,
        last_activity_at: from.last_activity_date_time.unwrap_or(first_activity_at),
        investigation_id: None,
        investigation_state: from.investigation_state.map(|state| pascal(&state)),
        assigned_to: from.assigned_to,
        actor_name: from.actor_display_name,
        threat_family: from.threat_family_name,
        threat_name: from.threat_display_name,
        techniques: from.mitre_techniques,
        system_tags: from.system_tags,
        comments: from.comments.into_iter().map(comment).collect(),
        custom_details: object_text(from.custom_details),
        additional_data: object_text(from.additional_data),
        devices: devices.into_iter().map(device).collect(),
        entities: entities.into_iter().map(entity).collect(),
    })
}

fn device(mut from: GraphEvidence) -> Device {
    Device {
        finding: finding(&mut from),
        endpoint_id: from.mde_device_id,
        directory_id: from.azure_ad_device_id,
        dns_name: from.device_dns_name,
        os_platform: from.os_platform,
        os_release: from.version,
        os_build: from.os_build,
        processor: None,
        health: from.health_status.map(|word| pascal(&word)),
        risk: from.risk_score.map(|word| pascal(&word)),
        group_name: from.rbac_group_name,
        group_id: from.rbac_group_id,
        first_seen_at: from.first_seen_date_time,
        internal_address: from.last_ip_address,
        external_address: from.last_external_ip_address,
        onboarding: from.onboarding_status,
        antivirus: from.defender_av_status,
        tags: from.tags,
    }
}

/// Takes what was found out of a piece of evidence, and the members without a name of ours.
fn finding(from: &mut GraphEvidence) -> Finding {
    Finding {
        added_at: from.created_date_time,
        verdict: from.verdict.take(),
        remediation: from.remediation_status.take(),
        remediation_details: from.remediation_status_details.take(),
        roles: std::mem::take(&mut from.roles),
        detailed_roles: std::mem::take(&mut from.detailed_roles),
        extra: object_text(from.take_extra()),
    }
}

/// The text of an object that has members.
fn object_text(object: Object) -> Option<String> {
    (!object.is_empty()).then(|| serde_json::Value::Object(object).to_string())
}

fn entity(mut from: GraphEvidence) -> Entity {
    let kind = kind_of_graph(&from.odata_type);
    let finding = finding(&mut from);
    let is_group = kind == EntityKind::SecurityGroup;
    let (group_name, mailbox_name) =
        if is_group { (from.display_name, None) } else { (None, from.display_name) };
    Entity {
        kind,
        finding,
        file: file(from.image_file.or(from.file_details).unwrap_or_default()),
        process: ProcessFacts {
            id: from.process_id,
            command_line: from.process_command_line,
            started_at: from.process_creation_date_time,
            parent_id: from.parent_process_id,
            parent_started_at: from.parent_process_creation_date_time,
            parent_file: file(from.parent_process_image_file.unwrap_or_default()),
        },
        account: account(from.user_account.unwrap_or_default()),
        ip_address: from.ip_address,
        url: from.url,
        mailbox: MailboxFacts { display_name: mailbox_name, address: from.primary_address },
        mail: MailFacts {
            sender: from.p2_sender.and_then(|sender| sender.email_address),
            recipient: from.recipient_email_address,
            subject: from.subject,
            delivery_action: from.delivery_action,
            cluster_by: from.cluster_by,
        },
        group: GroupFacts { id: from.security_group_id, name: group_name },
        registry: RegistryFacts {
            hive: from.registry_hive,
            key: from.registry_key,
            value_type: from.registry_value_type,
            value_name: from.registry_value_name,
            value: from.registry_value,
        },
        device_id: from.mde_device_id,
        detection: from.detection_status,
        tags: from.tags,
    }
}

fn file(from: GraphFile) -> FileFacts {
    FileFacts {
        sha1: from.sha1,
        sha256: from.sha256,
        md5: from.md5,
        name: from.file_name,
        path: from.file_path,
        length_bytes: from.file_size,
        publisher: from.file_publisher,
        signer: from.signer,
        issuer: from.issuer,
    }
}

fn account(from: GraphUserAccount) -> AccountFacts {
    AccountFacts {
        name: from.account_name,
        domain: from.domain_name,
        sid: from.user_sid,
        directory_id: from.azure_ad_user_id,
        principal_name: from.user_principal_name,
        display_name: from.display_name,
    }
}
