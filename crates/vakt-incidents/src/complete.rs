//! Alerts that arrive in parts: the facts in one record, each piece of evidence in another, in any
//! order and more than once.

use crate::alert::Alert;
use crate::words::Severity;

/// An alert, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertPart {
    /// What is known.
    pub alert: Alert,
    /// Whether it is all there is: a whole alert replaces an older state, a part completes it.
    pub whole: bool,
}

/// Completes an alert. What the part does not say stays; evidence that is there already is not
/// added again.
pub fn complete(known: &mut Alert, part: &Alert) {
    for (place, text) in [
        (&mut known.service, &part.service),
        (&mut known.detector, &part.detector),
        (&mut known.detector_id, &part.detector_id),
        (&mut known.product, &part.product),
        (&mut known.policy_id, &part.policy_id),
        (&mut known.description, &part.description),
        (&mut known.recommended_actions, &part.recommended_actions),
        (&mut known.category, &part.category),
        (&mut known.investigation_state, &part.investigation_state),
        (&mut known.actor_name, &part.actor_name),
        (&mut known.threat_family, &part.threat_family),
        (&mut known.threat_name, &part.threat_name),
        (&mut known.custom_details, &part.custom_details),
        (&mut known.additional_data, &part.additional_data),
    ] {
        if text.is_some() {
            place.clone_from(text);
        }
    }
    if !part.title.is_empty() {
        known.title.clone_from(&part.title);
    }
    if part.severity != Severity::Unspecified {
        known.severity = part.severity;
    }
    for (list, more) in [
        (&mut known.categories, &part.categories),
        (&mut known.techniques, &part.techniques),
        (&mut known.system_tags, &part.system_tags),
    ] {
        add_missing(list, more);
    }
    add_missing(&mut known.devices, &part.devices);
    add_missing(&mut known.entities, &part.entities);
    known.created_at = known.created_at.min(part.created_at);
    known.updated_at = known.updated_at.max(part.updated_at);
    known.first_activity_at = known.first_activity_at.min(part.first_activity_at);
    known.last_activity_at = known.last_activity_at.max(part.last_activity_at);
}

fn add_missing<T: Clone + PartialEq>(list: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !list.contains(one) {
            list.push(one.clone());
        }
    }
}
