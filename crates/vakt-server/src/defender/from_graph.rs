//! Incidents as Graph exports them. Devices become devices, other evidence becomes entities;
//! Graph's names of services and detectors become the classic ones, unknown ones stay.

use jiff::Timestamp;
use vakt_incidents::{
    AccountFacts, Alert, AlertStatus, Classification, Comment, Determination, Device, Entity,
    EntityKind, FileFacts, GroupFacts, Incident, MailFacts, MailboxFacts, ProcessFacts,
    RegistryFacts, Severity, Status,
};
use vakt_wire::graph::{
    GraphAlert, GraphComment, GraphEvidence, GraphFile, GraphIncident, GraphUserAccount,
};

use super::from_wire::{NEVER, number, optional_word, word};

/// Reads one incident; `now` stands in for its creation where no time is given at all. The error is for the caller.
pub(super) fn incident(from: GraphIncident, now: Timestamp) -> Result<Incident, String> {
    let id = number(whole_number(&from.id)?)?;
    let mut alerts = Vec::with_capacity(from.alerts.len());
    for one in from.alerts {
        alerts.push(alert(one, from.created_date_time.unwrap_or(now))?);
    }
    let earliest = alerts.iter().map(|alert: &Alert| alert.created_at).min();
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
        tags: from.custom_tags.into_iter().chain(from.system_tags).collect(),
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

fn alert(from: GraphAlert, incident_created_at: Timestamp) -> Result<Alert, String> {
    let times = [from.created_date_time, from.first_activity_date_time, from.last_update_date_time];
    let created_at = times.into_iter().flatten().next().unwrap_or(incident_created_at);
    let first_activity_at = from.first_activity_date_time.unwrap_or(created_at);
    let (devices, entities): (Vec<_>, Vec<_>) =
        from.evidence.into_iter().partition(|one| kind_word(one) == "device");
    Ok(Alert {
        id: from.id.parse().map_err(|error: vakt_ids::NotAnId| error.to_string())?,
        service: from.service_source.map(|name| classic_name(SERVICES, name)),
        detector: from.detection_source.map(|name| classic_name(DETECTORS, name)),
        title: from.title.unwrap_or_default(),
        description: from.description,
        category: from.category,
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
        techniques: from.mitre_techniques,
        devices: devices.into_iter().map(device).collect(),
        entities: entities.into_iter().map(entity).collect(),
    })
}

/// Names of services: Graph's, the classic one.
const SERVICES: &[(&str, &str)] = &[
    ("microsoftDefenderForEndpoint", "MicrosoftDefenderATP"),
    ("microsoftDefenderForIdentity", "AzureATP"),
    ("microsoftDefenderForCloudApps", "MicrosoftCloudAppSecurity"),
    ("microsoftDefenderForOffice365", "OfficeATP"),
    ("microsoft365Defender", "MicrosoftThreatProtection"),
    ("azureAdIdentityProtection", "AzureADIdentityProtection"),
];

/// Names of detectors: Graph's, the classic one.
const DETECTORS: &[(&str, &str)] = &[
    ("microsoftDefenderForEndpoint", "WindowsDefenderAtp"),
    ("antivirus", "WindowsDefenderAv"),
    ("microsoftDefenderForIdentity", "AzureATP"),
    ("cloudAppSecurity", "MCAS"),
    ("microsoftDefenderForOffice365", "OfficeATP"),
    ("smartScreen", "WindowsDefenderSmartScreen"),
];

fn classic_name(names: &[(&str, &str)], name: String) -> String {
    let found = names.iter().find(|(graph, _)| graph.eq_ignore_ascii_case(&name));
    found.map_or_else(|| pascal(&name), |(_, classic)| (*classic).to_owned())
}

fn pascal(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `user` out of `#microsoft.graph.security.userEvidence`.
fn kind_word(evidence: &GraphEvidence) -> &str {
    let name = evidence.odata_type.rsplit('.').next().unwrap_or_default();
    name.strip_suffix("Evidence").unwrap_or(name)
}

fn kind(evidence: &GraphEvidence) -> EntityKind {
    match kind_word(evidence) {
        "user" => EntityKind::User,
        "ip" => EntityKind::Ip,
        "url" => EntityKind::Url,
        "file" => EntityKind::File,
        "process" => EntityKind::Process,
        "mailbox" => EntityKind::Mailbox,
        "analyzedMessage" => EntityKind::Mail,
        "mailCluster" => EntityKind::MailCluster,
        "registryKey" | "registryValue" => EntityKind::Registry,
        "securityGroup" => EntityKind::SecurityGroup,
        other => EntityKind::Other(pascal(other)),
    }
}

fn device(from: GraphEvidence) -> Device {
    Device {
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
        tags: from.tags,
    }
}

fn entity(from: GraphEvidence) -> Entity {
    let kind = kind(&from);
    let is_group = kind == EntityKind::SecurityGroup;
    let (group_name, mailbox_name) =
        if is_group { (from.display_name, None) } else { (None, from.display_name) };
    Entity {
        kind,
        file: file(from.image_file.or(from.file_details).unwrap_or_default()),
        process: ProcessFacts {
            id: from.process_id,
            command_line: from.process_command_line,
            started_at: from.process_creation_date_time,
            parent_id: from.parent_process_id,
            parent_started_at: from.parent_process_creation_date_time,
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
            value: from.registry_value,
        },
        device_id: from.mde_device_id,
    }
}

fn file(from: GraphFile) -> FileFacts {
    FileFacts { sha1: from.sha1, sha256: from.sha256, name: from.file_name, path: from.file_path }
}

fn account(from: GraphUserAccount) -> AccountFacts {
    AccountFacts {
        name: from.account_name,
        domain: from.domain_name,
        sid: from.user_sid,
        directory_id: from.azure_ad_user_id,
        principal_name: from.user_principal_name,
    }
}
