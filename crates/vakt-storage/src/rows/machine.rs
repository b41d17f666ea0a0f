//! Machines and what is to be done to them, as documents: all of them, since the columns beside
//! them are only searched.

use serde::{Deserialize, Serialize};
use vakt_endpoint::{
    ActionKind, ActionScope, ActionStatus, Cancellation, DeviceValue, Exposure, Health, Interface,
    Machine, MachineAction, Onboarding, Risk,
};
use vakt_ids::{MachineActionId, MachineId};

use super::version::FirstVersion;
use super::{BadDocument, from_ticks, ticks};

#[derive(Serialize, Deserialize)]
struct StoredMachine {
    version: FirstVersion,
    id: MachineId,
    dns_name: Option<String>,
    first_seen_at: i64,
    last_seen_at: i64,
    os_platform: Option<String>,
    os_release: Option<String>,
    os_build: Option<i64>,
    processor: Option<String>,
    architecture: Option<String>,
    last_address: Option<String>,
    last_external_address: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    interfaces: Vec<StoredInterface>,
    health: String,
    onboarding: Option<String>,
    group_name: Option<String>,
    group_id: Option<i64>,
    risk: Option<String>,
    exposure: Option<String>,
    value: String,
    directory_id: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct StoredInterface {
    address: Option<String>,
    hardware_address: Option<String>,
    kind: Option<String>,
    state: Option<String>,
}

/// The document of a machine.
pub(crate) fn write_machine(machine: &Machine) -> Result<String, BadDocument> {
    let interface = |one: &Interface| StoredInterface {
        address: one.address.clone(),
        hardware_address: one.hardware_address.clone(),
        kind: one.kind.clone(),
        state: one.state.clone(),
    };
    Ok(serde_json::to_string(&StoredMachine {
        version: FirstVersion::First,
        id: machine.id.clone(),
        dns_name: machine.dns_name.clone(),
        first_seen_at: ticks(machine.first_seen_at),
        last_seen_at: ticks(machine.last_seen_at),
        os_platform: machine.os_platform.clone(),
        os_release: machine.os_release.clone(),
        os_build: machine.os_build,
        processor: machine.processor.clone(),
        architecture: machine.architecture.clone(),
        last_address: machine.last_address.clone(),
        last_external_address: machine.last_external_address.clone(),
        interfaces: machine.interfaces.iter().map(interface).collect(),
        health: machine.health.as_str().into(),
        onboarding: machine.onboarding.map(|word| word.as_str().into()),
        group_name: machine.group_name.clone(),
        group_id: machine.group_id,
        risk: machine.risk.map(|word| word.as_str().into()),
        exposure: machine.exposure.map(|word| word.as_str().into()),
        value: machine.value.as_str().into(),
        directory_id: machine.directory_id.clone(),
        tags: machine.tags.clone(),
    })?)
}

/// A machine out of its document, before which stands when it was last seen, in ticks: that changes
/// with every alert, so that only its column is written then.
pub(crate) fn read_machine(text: &str) -> Result<Machine, BadDocument> {
    let (seen, document) = text.split_at(text.find('{').unwrap_or_default());
    let stored: StoredMachine = serde_json::from_str(document)?;
    let last_seen_at = seen.parse().map_err(|_| BadDocument(format!("last seen at `{seen}`")))?;
    let interface = |one: StoredInterface| Interface {
        address: one.address,
        hardware_address: one.hardware_address,
        kind: one.kind,
        state: one.state,
    };
    Ok(Machine {
        id: stored.id,
        dns_name: stored.dns_name,
        first_seen_at: from_ticks(stored.first_seen_at),
        last_seen_at: from_ticks(last_seen_at),
        os_platform: stored.os_platform,
        os_release: stored.os_release,
        os_build: stored.os_build,
        processor: stored.processor,
        architecture: stored.architecture,
        last_address: stored.last_address,
        last_external_address: stored.last_external_address,
        interfaces: stored.interfaces.into_iter().map(interface).collect(),
        health: word("health", &stored.health, Health::from_text)?,
        onboarding: optional_word("onboarding", stored.onboarding, Onboarding::from_text)?,
        group_name: stored.group_name,
        group_id: stored.group_id,
        risk: optional_word("risk", stored.risk, Risk::from_text)?,
        exposure: optional_word("exposure", stored.exposure, Exposure::from_text)?,
        value: word("value", &stored.value, DeviceValue::from_text)?,
        directory_id: stored.directory_id,
        tags: stored.tags,
    })
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum ActionDocument {
    #[serde(rename = "1")]
    V1(StoredAction),
}

#[derive(Serialize, Deserialize)]
struct StoredAction {
    id: MachineActionId,
    kind: String,
    scope: Option<String>,
    requestor: String,
    comment: String,
    status: String,
    machine: MachineId,
    machine_name: Option<String>,
    created_at: i64,
    updated_at: i64,
    cancellation: Option<StoredCancellation>,
    file_sha1: Option<String>,
    external_id: Option<String>,
    report: Option<String>,
    error_code: i64,
}

#[derive(Serialize, Deserialize)]
struct StoredCancellation {
    requestor: String,
    comment: Option<String>,
    at: i64,
}

/// The document of an action.
pub(crate) fn write_machine_action(action: &MachineAction) -> Result<String, BadDocument> {
    let cancellation = |one: &Cancellation| StoredCancellation {
        requestor: one.requestor.clone(),
        comment: one.comment.clone(),
        at: ticks(one.at),
    };
    Ok(serde_json::to_string(&ActionDocument::V1(StoredAction {
        id: action.id,
        kind: action.kind.as_str().into(),
        scope: action.scope.map(|word| word.as_str().into()),
        requestor: action.requestor.clone(),
        comment: action.comment.clone(),
        status: action.status.as_str().into(),
        machine: action.machine.clone(),
        machine_name: action.machine_name.clone(),
        created_at: ticks(action.created_at),
        updated_at: ticks(action.updated_at),
        cancellation: action.cancellation.as_ref().map(cancellation),
        file_sha1: action.file_sha1.clone(),
        external_id: action.external_id.clone(),
        report: action.report.clone(),
        error_code: action.error_code,
    }))?)
}

/// An action out of its document.
pub(crate) fn read_machine_action(text: &str) -> Result<MachineAction, BadDocument> {
    let ActionDocument::V1(stored) = serde_json::from_str(text)?;
    let cancellation = |one: StoredCancellation| Cancellation {
        requestor: one.requestor,
        comment: one.comment,
        at: from_ticks(one.at),
    };
    Ok(MachineAction {
        id: stored.id,
        kind: word("kind", &stored.kind, ActionKind::from_text)?,
        scope: optional_word("scope", stored.scope, ActionScope::from_text)?,
        requestor: stored.requestor,
        comment: stored.comment,
        status: word("status", &stored.status, ActionStatus::from_text)?,
        machine: stored.machine,
        machine_name: stored.machine_name,
        created_at: from_ticks(stored.created_at),
        updated_at: from_ticks(stored.updated_at),
        cancellation: stored.cancellation.map(cancellation),
        file_sha1: stored.file_sha1,
        external_id: stored.external_id,
        report: stored.report,
        error_code: stored.error_code,
    })
}

/// A word of a closed vocabulary.
pub(super) fn word<T>(
    what: &str,
    text: &str,
    read: fn(&str) -> Option<T>,
) -> Result<T, BadDocument> {
    read(text).ok_or_else(|| BadDocument(format!("{what} is `{text}`")))
}

fn optional_word<T>(
    what: &str,
    text: Option<String>,
    read: fn(&str) -> Option<T>,
) -> Result<Option<T>, BadDocument> {
    text.map(|text| word(what, &text, read)).transpose()
}
