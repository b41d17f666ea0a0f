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
/// added again. Parts come in any order and more than once, and the outcome is the same: of two
/// texts the greater one stays, of two severities the worse one. When the alert was last changed is
/// not a part's to say.
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
        if text > place {
            place.clone_from(text);
        }
    }
    if part.title > known.title {
        known.title.clone_from(&part.title);
    }
    if rank(part.severity) > rank(known.severity) {
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
    known.first_activity_at = known.first_activity_at.min(part.first_activity_at);
    known.last_activity_at = known.last_activity_at.max(part.last_activity_at);
}

fn rank(severity: Severity) -> Option<usize> {
    Severity::ALL.iter().position(|word| *word == severity)
}

fn add_missing<T: Clone + PartialEq>(list: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !list.contains(one) {
            list.push(one.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{alert, at};

    fn parts() -> [Alert; 4] {
        let plain = || alert("da1", &[]);
        [
            Alert { title: "Title".into(), severity: Severity::High, ..plain() },
            Alert { category: Some("Execution".into()), severity: Severity::Low, ..plain() },
            Alert {
                threat_family: Some("A".into()),
                first_activity_at: at(0),
                ..alert("da1", &["d1"])
            },
            Alert {
                threat_family: Some("B".into()),
                last_activity_at: at(3),
                techniques: vec!["T1059".into()],
                ..alert("da1", &["d2"])
            },
        ]
    }

    /// What parts make, in an order; lists are put in order, since theirs is that of arrival.
    fn made(order: &[usize]) -> Alert {
        let parts = parts();
        let mut known = parts[order[0]].clone();
        order[1..].iter().for_each(|place| complete(&mut known, &parts[*place]));
        known.devices.sort_by_key(|device| device.endpoint_id.clone());
        known
    }

    #[test]
    fn parts_make_the_same_alert_in_every_order_and_however_often() {
        let expected = made(&[0, 1, 2, 3]);
        assert_eq!(expected.title, "Title");
        assert_eq!(expected.severity, Severity::High);
        assert_eq!(expected.threat_family.as_deref(), Some("B"));
        assert_eq!((expected.first_activity_at, expected.last_activity_at), (at(0), at(3)));
        assert_eq!(expected.devices.len(), 2);
        for order in [
            &[3, 2, 1, 0][..],
            &[1, 3, 0, 2],
            &[2, 0, 3, 1],
            &[0, 0, 1, 2, 3, 3],
            &[3, 0, 3, 2, 1, 0],
        ] {
            assert_eq!(made(order), expected, "in the order {order:?}");
        }
    }

    #[test]
    fn work_that_was_done_on_an_alert_stays() {
        let mut known = alert("da1", &[]);
        known.status = crate::AlertStatus::Resolved;
        known.assigned_to = Some("ada".into());
        known.updated_at = at(2);
        let before = known.clone();
        complete(&mut known, &Alert { updated_at: at(9), ..alert("da1", &[]) });
        assert_eq!(known, before);
    }
}
