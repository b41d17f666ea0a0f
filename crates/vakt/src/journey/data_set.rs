//! The built-in incidents: our own invention, moved in time so that the last change is now.

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

const INCIDENTS: &str = include_str!("../../data/demo-incidents.json");
/// The last change in the file.
const LAST_CHANGE: &str = "2026-02-16T08:00:00Z";
/// Members that hold instants.
const INSTANTS: [&str; 3] = ["Time", "Activity", "Seen"];

/// The incidents, the last of them changed at `now`.
pub fn incidents(now: Timestamp) -> anyhow::Result<Vec<Value>> {
    let mut document: Value =
        serde_json::from_str(INCIDENTS).context("the built-in incidents are not JSON")?;
    let last: Timestamp = LAST_CHANGE.parse().context("the built-in date is not one")?;
    let shift = SignedDuration::from_secs(now.as_second() - last.as_second());
    move_in_time(&mut document, shift);
    match document.get_mut("value").map(Value::take) {
        Some(Value::Array(incidents)) => Ok(incidents),
        _ => anyhow::bail!("the built-in incidents are not a page"),
    }
}

fn move_in_time(value: &mut Value, shift: SignedDuration) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| move_in_time(item, shift)),
        Value::Object(members) => {
            for (name, member) in members {
                match moved(name, member, shift) {
                    Some(later) => *member = Value::String(later),
                    None => move_in_time(member, shift),
                }
            }
        }
        _ => {}
    }
}

fn moved(name: &str, member: &Value, shift: SignedDuration) -> Option<String> {
    let is_instant = INSTANTS.iter().any(|ending| name.ends_with(ending));
    let instant: Timestamp = member.as_str().filter(|_| is_instant)?.parse().ok()?;
    Some(instant.checked_add(shift).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_change_is_now_and_weeks_are_covered() {
        let now: Timestamp = "2030-05-06T07:08:09Z".parse().unwrap();
        let incidents = incidents(now).unwrap();
        assert!(incidents.len() >= 25);
        let changes = incidents.iter().map(|one| one["lastUpdateTime"].as_str().unwrap());
        let changes: Vec<Timestamp> = changes.map(|text| text.parse().unwrap()).collect();
        assert_eq!(changes.iter().max(), Some(&now));
        let oldest = changes.iter().min().unwrap();
        assert!(now.as_second() - oldest.as_second() > 14 * 24 * 3600);
    }
}
