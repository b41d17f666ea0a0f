//! Why an alert is in its incident.

use std::borrow::Cow;

use jiff::Timestamp;
use vakt_ids::{AlertId, IncidentId};

use crate::evidence::{AccountFacts, Device, Entity, EntityKind};
use crate::{Alert, alert::PlacedAlert};

/// Why an alert is in its incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceReason {
    /// The system it was imported from has it there.
    Imported,
    /// It shared nothing with an open incident, and began one of its own.
    Unrelated,
    /// It shares an entity with an alert that was there.
    Shared {
        /// What they share.
        entity: StrongEntity,
        /// The alert that was there.
        with: AlertId,
    },
    /// Its incident was merged into this one.
    Merged {
        /// The incident it came from.
        from: IncidentId,
        /// Who merged.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A person or program put it there.
    Moved {
        /// The incident it came from, if it was in one.
        from: Option<IncidentId>,
        /// Who moved it.
        by: String,
        /// When.
        at: Timestamp,
    },
}

/// Kinds of entities that tie alerts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StrongKind {
    /// A device.
    Device,
    /// An account.
    Account,
    /// A mailbox.
    Mailbox,
    /// A file, by its hash.
    File,
    /// A URL.
    Url,
}

impl StrongKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Device, Self::Account, Self::Mailbox, Self::File, Self::Url];

    /// The house's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Account => "account",
            Self::Mailbox => "mailbox",
            Self::File => "file",
            Self::Url => "url",
        }
    }

    /// Reads [`Self::as_str`] back.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// An entity that ties alerts together: two alerts that name it belong together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StrongEntity {
    /// Kind.
    pub kind: StrongKind,
    /// Which one, in lower case.
    pub key: String,
}

/// Most strong entities that are looked at of one alert; an alert that names more is a list, and a
/// list ties nothing together.
pub const STRONG_ENTITIES_MAX: usize = 200;

/// The entities of an alert that tie it to others: each once, in a fixed order. Devices by the
/// endpoint product's id, else by name; accounts by the directory's id, else by security
/// identifier, sign-in name, or domain and name; files by SHA-256, else SHA-1.
pub fn strong_entities(alert: &Alert) -> Vec<StrongEntity> {
    let devices = alert.devices.iter().filter_map(of_device);
    let entities = alert.entities.iter().flat_map(of_entity);
    let mut found: Vec<StrongEntity> = devices.chain(entities).collect();
    found.sort();
    found.dedup();
    found.truncate(STRONG_ENTITIES_MAX);
    found
}

fn of_device(device: &Device) -> Option<StrongEntity> {
    let key = device.endpoint_id.as_deref().or(device.dns_name.as_deref());
    strong(StrongKind::Device, key)
}

fn of_entity(entity: &Entity) -> impl Iterator<Item = StrongEntity> {
    // System accounts are on every machine, and tie nothing together.
    let account_key = account_key(&entity.account).filter(|_| !is_system(entity));
    let url = (entity.kind == EntityKind::Url).then_some(entity.url.as_deref()).flatten();
    let file = entity.file.sha256.as_deref().or(entity.file.sha1.as_deref());
    [
        strong(StrongKind::Device, entity.device_id.as_deref()),
        strong(StrongKind::Account, account_key.as_deref()),
        strong(StrongKind::Mailbox, entity.mailbox.address.as_deref()),
        strong(StrongKind::File, file.filter(|_| entity.kind == EntityKind::File)),
        strong(StrongKind::Url, url),
    ]
    .into_iter()
    .flatten()
}

fn account_key(account: &AccountFacts) -> Option<Cow<'_, str>> {
    let key = account.directory_id.as_ref().or(account.sid.as_ref());
    match (key.or(account.principal_name.as_ref()), &account.domain, &account.name) {
        (Some(key), ..) => Some(key.into()),
        (None, Some(domain), Some(name)) => Some(format!("{domain}\\{name}").into()),
        _ => None,
    }
}

/// Local System, Local Service, Network Service and the like, by their well-known identifiers.
fn is_system(entity: &Entity) -> bool {
    let sid = entity.account.sid.as_deref().unwrap_or_default();
    ["S-1-5-18", "S-1-5-19", "S-1-5-20"].iter().any(|known| sid.eq_ignore_ascii_case(known))
}

fn strong(kind: StrongKind, key: Option<&str>) -> Option<StrongEntity> {
    let key = key?.trim().to_lowercase();
    (!key.is_empty()).then_some(StrongEntity { kind, key })
}

/// An open incident's alert that shares a strong entity with a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The incident.
    pub incident: IncidentId,
    /// When the incident was created.
    pub incident_created_at: Timestamp,
    /// The alert that was there.
    pub alert: AlertId,
    /// Its first activity.
    pub first_activity_at: Timestamp,
    /// Its last activity.
    pub last_activity_at: Timestamp,
    /// What they share.
    pub entity: StrongEntity,
}

/// How far apart two alerts' activity may be, unless the server is told otherwise.
pub const CORRELATION_WINDOW_DAYS_DEFAULT: u32 = 7;

/// Where a new alert belongs: of the candidates whose activity is within the window, the one of the
/// oldest incident; among its alerts the one with the least entity and id. `None` begins a new
/// incident. The answer does not depend on the candidates' order.
pub fn choose<'a>(
    alert: &Alert,
    window: jiff::SignedDuration,
    candidates: &'a [Candidate],
) -> Option<&'a Candidate> {
    let near = |candidate: &&Candidate| {
        let gap = if candidate.first_activity_at > alert.last_activity_at {
            candidate.first_activity_at.duration_since(alert.last_activity_at)
        } else {
            alert.first_activity_at.duration_since(candidate.last_activity_at)
        };
        gap <= window
    };
    candidates.iter().filter(near).min_by(|a, b| {
        (a.incident_created_at, a.incident, &a.entity, a.alert.as_str()).cmp(&(
            b.incident_created_at,
            b.incident,
            &b.entity,
            b.alert.as_str(),
        ))
    })
}

impl PlacedAlert {
    /// An alert that another system has in this incident.
    pub fn imported(alert: Alert, incident: IncidentId) -> Self {
        let change = crate::change::ChangeNumber::default();
        Self { alert, incident, reason: PlaceReason::Imported, change }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{alert, at};

    fn entity(kind: EntityKind, change: impl FnOnce(&mut Entity)) -> Entity {
        let mut entity = Entity::new(kind);
        change(&mut entity);
        entity
    }

    #[test]
    fn strong_entities_are_found_each_once_and_in_lower_case() {
        let text = |text: &str| Some(text.to_owned());
        for (entities, expected) in [
            (vec![], &[("device", "d1")][..]),
            (
                vec![entity(EntityKind::Process, |one| one.device_id = text("D1"))],
                &[("device", "d1")],
            ),
            (
                vec![entity(EntityKind::User, |one| {
                    one.account.sid = text("S-1-5-21-1");
                    one.account.directory_id = text("G");
                })],
                &[("device", "d1"), ("account", "g")],
            ),
            (
                vec![entity(EntityKind::User, |one| {
                    one.account.name = text("Ada");
                    one.account.domain = text("CONTOSO");
                })],
                &[("device", "d1"), ("account", "contoso\\ada")],
            ),
            (
                vec![entity(EntityKind::User, |one| one.account.sid = text("s-1-5-18"))],
                &[("device", "d1")],
            ),
            (
                vec![entity(EntityKind::User, |one| one.account.name = text("ada"))],
                &[("device", "d1")],
            ),
            (
                vec![
                    entity(EntityKind::File, |one| one.file.sha1 = text("AB")),
                    // A program that runs everywhere ties nothing together.
                    entity(EntityKind::Process, |one| one.file.sha1 = text("CD")),
                ],
                &[("device", "d1"), ("file", "ab")],
            ),
            (
                vec![entity(EntityKind::Url, |one| one.url = text("HTTP://A"))],
                &[("device", "d1"), ("url", "http://a")],
            ),
            (
                vec![entity(EntityKind::Ip, |one| one.ip_address = text("10.0.0.1"))],
                &[("device", "d1")],
            ),
            (
                vec![entity(EntityKind::Mailbox, |one| one.mailbox.address = text(" "))],
                &[("device", "d1")],
            ),
        ] {
            let alert = Alert { entities: entities.clone(), ..alert("da1", &["D1", "d1"]) };
            let found = strong_entities(&alert);
            let found: Vec<_> =
                found.iter().map(|one| (one.kind.as_str(), one.key.as_str())).collect();
            assert_eq!(found, expected, "for {entities:?}");
        }
    }

    #[test]
    fn the_oldest_incident_within_the_window_is_chosen_whatever_the_order() {
        let candidate = |incident: i64, created: i8, alert: &str, active: i8| Candidate {
            incident: IncidentId::new(incident).unwrap(),
            incident_created_at: at(created),
            alert: alert.parse().unwrap(),
            first_activity_at: at(active),
            last_activity_at: at(active),
            entity: StrongEntity { kind: StrongKind::Device, key: "d1".into() },
        };
        let window = jiff::SignedDuration::from_hours(3);
        let new =
            Alert { first_activity_at: at(10), last_activity_at: at(11), ..alert("da9", &["d1"]) };
        for (candidates, expected) in [
            (vec![], None),
            (vec![candidate(1, 1, "da1", 7)], Some((1, "da1"))),
            (vec![candidate(1, 1, "da1", 6)], None),
            (vec![candidate(1, 1, "da1", 14)], Some((1, "da1"))),
            (vec![candidate(1, 1, "da1", 15)], None),
            (vec![candidate(2, 1, "da1", 10), candidate(1, 2, "da2", 10)], Some((2, "da1"))),
            (vec![candidate(2, 1, "da1", 10), candidate(1, 1, "da2", 10)], Some((1, "da2"))),
            (vec![candidate(1, 1, "da2", 10), candidate(1, 1, "da1", 10)], Some((1, "da1"))),
        ] {
            let mut backwards = candidates.clone();
            backwards.reverse();
            for candidates in [candidates, backwards] {
                let chosen = choose(&new, window, &candidates);
                let chosen = chosen.map(|one| (one.incident.number(), one.alert.as_str()));
                assert_eq!(chosen, expected, "for {candidates:?}");
            }
        }
    }
}
