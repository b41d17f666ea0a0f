//! Things of the endpoint API into the room's. Lenient about what is missing, strict about what is
//! there and cannot be read.

use jiff::Timestamp;
use serde_json::Value;
use vakt_endpoint::{
    DeviceValue, Exposure, Health, IndicatorChanges, IndicatorKind, IndicatorSeverity, Interface,
    NewIndicator, Onboarding, Response, Risk, Sighting,
};
use vakt_wire::endpoint as wire;

use super::errors::{invalid, missing};
use super::words::WireWord;
use crate::clock::whole_ticks;
use crate::problem::Problem;

/// A machine that is imported; `now` stands in for when it was seen where no time is given. The
/// error is for the caller.
pub(super) fn sighting(from: wire::Machine, now: Timestamp) -> Result<Sighting, String> {
    let id = from.id.parse().map_err(|error: vakt_ids::NotAnId| error.to_string())?;
    let seen_at = from.last_seen.or(from.first_seen).map_or(now, whole_ticks);
    let interface = |one: wire::IpAddress| Interface {
        address: given(one.ip_address),
        hardware_address: given(one.mac_address),
        kind: given(one.kind),
        state: given(one.operational_status),
    };
    let sighting = Sighting {
        id,
        first_seen_at: from.first_seen.map(whole_ticks),
        seen_at,
        dns_name: given(from.computer_dns_name),
        os_platform: given(from.os_platform),
        os_release: given(from.version),
        os_build: from.os_build,
        processor: given(from.os_processor),
        architecture: given(from.os_architecture),
        last_address: given(from.last_ip_address),
        last_external_address: given(from.last_external_ip_address),
        interfaces: from.ip_addresses.into_iter().map(interface).collect(),
        health: word::<Health>(from.health_status)?,
        onboarding: word::<Onboarding>(from.onboarding_status)?,
        group_name: given(from.rbac_group_name),
        group_id: from.rbac_group_id,
        risk: word::<Risk>(from.risk_score)?,
        exposure: word::<Exposure>(from.exposure_level)?,
        value: word::<DeviceValue>(from.device_value)?,
        directory_id: given(from.aad_device_id),
        tags: from.machine_tags,
    };
    sighting.check().map_err(|fault| fault.to_string())?;
    Ok(sighting)
}

fn word<T: WireWord>(text: Option<String>) -> Result<Option<T>, String> {
    given(text).map(|text| T::read(&text)).transpose()
}

fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// An indicator that is submitted. Real clients leave out the title, which Microsoft's page
/// requires: the value stands in.
pub(super) fn new_indicator(from: wire::IndicatorBody) -> Result<NewIndicator, Problem> {
    let value = given(from.indicator_value).ok_or_else(|| missing("indicatorValue"))?;
    let kind = IndicatorKind::member(from.indicator_type.as_deref())?;
    let kind = kind.ok_or_else(|| missing("indicatorType"))?;
    let response = Response::member(from.action.as_deref())?.ok_or_else(|| missing("action"))?;
    let severity = IndicatorSeverity::member(from.severity.as_deref())?;
    let wants_alert = truth(from.generate_alert)?;
    let names = groups("rbacGroupNames", from.rbac_group_names)?;
    let ids = groups("rbacGroupIds", from.rbac_group_ids)?;
    Ok(NewIndicator {
        kind,
        response,
        application: given(from.application),
        external_id: given(from.external_id),
        title: given(from.title).unwrap_or_else(|| value.clone()),
        value,
        description: given(from.description),
        recommended_actions: given(from.recommended_actions),
        expires_at: from.expiration_time.flatten().map(whole_ticks),
        severity: severity.unwrap_or(IndicatorSeverity::Informational),
        wants_alert: wants_alert.unwrap_or(means_alert(response)),
        educate_url: given(from.educate_url),
        group_names: names.unwrap_or_default(),
        group_ids: ids.unwrap_or_default(),
    })
}

/// What an action means for alerts where nothing is said of them.
fn means_alert(response: Response) -> bool {
    matches!(response, Response::Audit | Response::Alert | Response::AlertAndBlock)
}

/// Changes of an indicator. What it is about cannot be changed: another value is another indicator.
pub(super) fn indicator_changes(from: wire::IndicatorBody) -> Result<IndicatorChanges, Problem> {
    if from.indicator_value.is_some() || from.indicator_type.is_some() {
        let text = "`indicatorValue` and `indicatorType` cannot be changed; submit another \
                    indicator, and remove this one";
        return Err(invalid(text));
    }
    if from.application.is_some() {
        return Err(invalid("`application` stays as it was first said; leave it out"));
    }
    Ok(IndicatorChanges {
        response: Response::member(from.action.as_deref())?,
        title: given(from.title),
        description: from.description,
        recommended_actions: from.recommended_actions,
        expires_at: from.expiration_time.map(|end| end.map(whole_ticks)),
        severity: IndicatorSeverity::member(from.severity.as_deref())?,
        wants_alert: truth(from.generate_alert)?,
        educate_url: from.educate_url,
        external_id: from.external_id,
        group_names: groups("rbacGroupNames", from.rbac_group_names)?,
        group_ids: groups("rbacGroupIds", from.rbac_group_ids)?,
    })
}

/// `true`, `"True"`.
fn truth(value: Option<Value>) -> Result<Option<bool>, Problem> {
    let wrong = |value: &Value| {
        let shown: String = value.to_string().chars().take(64).collect();
        invalid(format!("`generateAlert` is true or false, not {shown}"))
    };
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(truth)) => Ok(Some(truth)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(other) => Err(wrong(&other)),
    }
}

/// A list of texts or numbers, or one text with commas.
fn groups(member: &str, value: Option<Value>) -> Result<Option<Vec<String>>, Problem> {
    let wrong = || invalid(format!("`{member}` is a list of texts"));
    let one = |value: Value| match value {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(wrong()),
    };
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(items)) => {
            items.into_iter().map(one).collect::<Result<Vec<_>, _>>().map(Some)
        }
        Some(Value::String(text)) => {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            Ok(Some(parts.map(str::to_owned).collect()))
        }
        Some(_) => Err(wrong()),
    }
}
