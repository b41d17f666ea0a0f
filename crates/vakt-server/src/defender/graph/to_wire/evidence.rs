//! Devices and entities as Graph's evidence.

use vakt_incidents::{AccountFacts, Device, Entity, EntityKind, FileFacts, Finding, RegistryFacts};
use vakt_wire::graph::{GraphEvidence, GraphFile, GraphSender, GraphUserAccount};

use super::object;
use crate::defender::graph::words::Later;
use crate::defender::names::{camel, kind_to_graph};

/// A device.
pub(super) fn of_device(device: &Device, later: Later) -> GraphEvidence {
    GraphEvidence {
        odata_type: odata_type(EntityKind::DEVICE),
        mde_device_id: device.endpoint_id.clone(),
        azure_ad_device_id: device.directory_id.clone(),
        device_dns_name: device.dns_name.clone(),
        os_platform: device.os_platform.clone(),
        version: device.os_release.clone(),
        os_build: device.os_build,
        health_status: device.health.as_deref().map(camel),
        risk_score: device.risk.as_deref().map(camel),
        rbac_group_name: device.group_name.clone(),
        rbac_group_id: device.group_id,
        first_seen_date_time: device.first_seen_at,
        last_ip_address: device.internal_address.clone(),
        last_external_ip_address: device.external_address.clone(),
        onboarding_status: device.onboarding.clone(),
        defender_av_status: device.antivirus.clone(),
        tags: device.tags.clone(),
        ..of_finding(&device.finding, later)
    }
}

/// Any other entity.
pub(super) fn of_entity(entity: &Entity, later: Later) -> GraphEvidence {
    let is_group = entity.kind == EntityKind::SecurityGroup;
    let name = if is_group { &entity.group.name } else { &entity.mailbox.display_name };
    let found = of_file(&entity.file);
    let (image_file, file_details) = match entity.kind {
        EntityKind::Process => (found, None),
        _ => (None, found),
    };
    let (process, mail, registry) = (&entity.process, &entity.mail, &entity.registry);
    let sender = |address: &String| GraphSender { email_address: Some(address.clone()) };
    GraphEvidence {
        odata_type: odata_type(&word(entity)),
        image_file,
        file_details,
        process_id: process.id,
        process_command_line: process.command_line.clone(),
        process_creation_date_time: process.started_at,
        parent_process_id: process.parent_id,
        parent_process_creation_date_time: process.parent_started_at,
        parent_process_image_file: of_file(&process.parent_file),
        user_account: of_account(&entity.account),
        ip_address: entity.ip_address.clone(),
        url: entity.url.clone(),
        display_name: name.clone(),
        primary_address: entity.mailbox.address.clone(),
        p2_sender: mail.sender.as_ref().map(sender),
        recipient_email_address: mail.recipient.clone(),
        subject: mail.subject.clone(),
        delivery_action: mail.delivery_action.clone(),
        cluster_by: mail.cluster_by.clone(),
        security_group_id: entity.group.id.clone(),
        registry_hive: registry.hive.clone(),
        registry_key: registry.key.clone(),
        registry_value: registry.value.clone(),
        registry_value_name: registry.value_name.clone(),
        registry_value_type: registry.value_type.clone(),
        mde_device_id: entity.device_id.clone(),
        detection_status: entity.detection.clone(),
        tags: entity.tags.clone(),
        ..of_finding(&entity.finding, later)
    }
}

/// What was found, and the members that have no name here.
fn of_finding(finding: &Finding, later: Later) -> GraphEvidence {
    GraphEvidence {
        created_date_time: finding.added_at,
        verdict: finding.verdict.clone(),
        remediation_status: finding.remediation.clone().map(|word| later.remediation(word)),
        remediation_status_details: finding.remediation_details.clone(),
        roles: finding.roles.clone(),
        detailed_roles: finding.detailed_roles.clone(),
        extra: object(finding.extra.as_deref()),
        ..GraphEvidence::default()
    }
}

/// Graph tells registry keys from the values in them.
fn word(entity: &Entity) -> String {
    let RegistryFacts { value_type, value_name, value, .. } = &entity.registry;
    let has_value = [value_type, value_name, value].iter().any(|part| part.is_some());
    match entity.kind {
        EntityKind::Registry if !has_value => "registryKey".into(),
        _ => kind_to_graph(&entity.kind),
    }
}

fn odata_type(word: &str) -> String {
    format!("#microsoft.graph.security.{word}Evidence")
}

fn of_file(file: &FileFacts) -> Option<GraphFile> {
    (*file != FileFacts::default()).then(|| GraphFile {
        sha1: file.sha1.clone(),
        sha256: file.sha256.clone(),
        md5: file.md5.clone(),
        file_name: file.name.clone(),
        file_path: file.path.clone(),
        file_size: file.length_bytes,
        file_publisher: file.publisher.clone(),
        signer: file.signer.clone(),
        issuer: file.issuer.clone(),
    })
}

fn of_account(account: &AccountFacts) -> Option<GraphUserAccount> {
    (*account != AccountFacts::default()).then(|| GraphUserAccount {
        account_name: account.name.clone(),
        domain_name: account.domain.clone(),
        user_sid: account.sid.clone(),
        azure_ad_user_id: account.directory_id.clone(),
        user_principal_name: account.principal_name.clone(),
        display_name: account.display_name.clone(),
    })
}
