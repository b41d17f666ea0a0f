//! Things of the endpoint room as Microsoft's API shows them, field by field.

use vakt_endpoint::{Indicator, Interface, Machine, MachineAction};
use vakt_wire::endpoint as wire;

use super::words::WireWord;

pub(crate) fn machine(machine: &Machine) -> wire::Machine {
    wire::Machine {
        id: machine.id.to_string(),
        computer_dns_name: machine.dns_name.clone(),
        first_seen: Some(machine.first_seen_at),
        last_seen: Some(machine.last_seen_at),
        os_platform: machine.os_platform.clone(),
        onboarding_status: machine.onboarding.map(|word| word.name().into()),
        os_processor: machine.processor.clone(),
        os_architecture: machine.architecture.clone(),
        version: machine.os_release.clone(),
        os_build: machine.os_build,
        last_ip_address: machine.last_address.clone(),
        last_external_ip_address: machine.last_external_address.clone(),
        health_status: Some(machine.health.name().into()),
        rbac_group_name: machine.group_name.clone(),
        rbac_group_id: machine.group_id,
        risk_score: machine.risk.map(|word| word.name().into()),
        exposure_level: machine.exposure.map(|word| word.name().into()),
        device_value: Some(machine.value.name().into()),
        aad_device_id: machine.directory_id.clone(),
        is_aad_joined: Some(machine.directory_id.is_some()),
        machine_tags: machine.tags.clone(),
        ip_addresses: machine.interfaces.iter().map(interface).collect(),
    }
}

fn interface(interface: &Interface) -> wire::IpAddress {
    wire::IpAddress {
        ip_address: interface.address.clone(),
        mac_address: interface.hardware_address.clone(),
        kind: interface.kind.clone(),
        operational_status: interface.state.clone(),
    }
}

pub(crate) fn machine_action(action: &MachineAction) -> wire::MachineAction {
    let cancellation = action.cancellation.as_ref();
    wire::MachineAction {
        id: action.id.to_string(),
        kind: action.kind.name().into(),
        title: None,
        scope: action.scope.map(|word| word.name().into()),
        requestor: action.requestor.clone(),
        requestor_comment: action.comment.clone(),
        status: action.status.name().into(),
        machine_id: action.machine.to_string(),
        computer_dns_name: action.machine_name.clone(),
        creation_date_time_utc: Some(action.created_at),
        last_update_date_time_utc: Some(action.updated_at),
        last_update_time_utc: Some(action.updated_at),
        cancellation_requestor: cancellation.map(|one| one.requestor.clone()),
        cancellation_comment: cancellation.and_then(|one| one.comment.clone()),
        cancellation_date_time_utc: cancellation.map(|one| one.at),
        error_h_result: action.error_code,
        external_id: action.external_id.clone(),
        request_source: Some("PublicApi".into()),
        related_file_info: action.file_sha1.clone().map(|hash| wire::RelatedFileInfo {
            file_identifier: hash,
            file_identifier_type: "Sha1".into(),
        }),
        commands: Vec::new(),
        troubleshoot_info: action.report.clone(),
    }
}

pub(crate) fn indicator(indicator: &Indicator) -> wire::Indicator {
    let (content, made_by) = (&indicator.content, &indicator.made_by);
    wire::Indicator {
        id: indicator.id.to_string(),
        indicator_value: content.value.clone(),
        indicator_type: content.kind.name().into(),
        action: content.response.name().into(),
        application: content.application.clone(),
        external_id: content.external_id.clone(),
        source: Some(made_by.name.clone()),
        source_type: Some(made_by.kind.name().into()),
        created_by_source: Some(made_by.name.clone()),
        created_by: Some(made_by.id.clone()),
        created_by_display_name: Some(made_by.name.clone()),
        last_updated_by: indicator.changed_by.clone(),
        creation_time_date_time_utc: Some(indicator.created_at),
        expiration_time: content.expires_at,
        last_update_time: Some(indicator.updated_at),
        severity: Some(content.severity.name().into()),
        title: Some(content.title.clone()),
        description: content.description.clone(),
        recommended_actions: content.recommended_actions.clone(),
        educate_url: content.educate_url.clone(),
        rbac_group_names: content.group_names.clone(),
        rbac_group_ids: content.group_ids.clone(),
        generate_alert: content.wants_alert,
    }
}
