//! Machines that alerts name: what is stored of one is what it learned from each of them in turn.

use vakt_endpoint::{Machine, MachineName, Sighting};
use vakt_incidents::{Alert, Device, Incident, PlacedAlert};
use vakt_storage::Store;

use crate::backend::Backend;
use crate::incidents::incident;
use crate::samples::{ONE, OTHER, at, with_tenants};

const ID: &str = "e1";

/// What happens to a machine.
#[derive(Clone, Copy)]
enum Event {
    /// An alert names it: day of the month, name, release, tag.
    Alert(u8, &'static str, Option<&'static str>, Option<&'static str>),
    /// Somebody takes all its tags away.
    Untagged,
    /// It is known from elsewhere, by another name.
    Inventory(u8, &'static str),
}

const EVENTS: &[Event] = &[
    Event::Alert(10, "ws1", None, Some("t")),
    Event::Alert(11, "ws1", None, Some("t")),
    // The same words as before, but the tag is gone meanwhile.
    Event::Untagged,
    Event::Alert(12, "ws1", None, Some("t")),
    // Another name, and the first one again.
    Event::Alert(13, "ws2", Some("23H2"), None),
    Event::Alert(14, "ws1", None, Some("t")),
    Event::Alert(15, "ws1", None, Some("t")),
    Event::Inventory(16, "ws3"),
    Event::Alert(17, "ws1", None, Some("t")),
    // Older news: only when it was first seen may be new.
    Event::Alert(16, "ws1", None, Some("t")),
    Event::Alert(9, "ws1", None, Some("t")),
    Event::Alert(8, "ws4", Some("22H2"), Some("u")),
    // What filled gaps before is what is new now.
    Event::Alert(18, "ws4", Some("22H2"), Some("u")),
    Event::Alert(19, "ws1", None, Some("t")),
];

fn sighting(day: u8, name: &str) -> Sighting {
    let seen = Sighting::new(ID.parse().unwrap(), at(&format!("2026-02-{day:02}T00:00:00Z")));
    Sighting { dns_name: Some(name.into()), ..seen }
}

/// What the alert of an event says of the machine.
fn told(event: Event) -> Option<Sighting> {
    match event {
        Event::Untagged => None,
        Event::Inventory(day, name) => Some(sighting(day, name)),
        Event::Alert(day, name, release, tag) => Some(Sighting {
            os_release: release.map(Into::into),
            tags: tag.map(Into::into).into_iter().collect(),
            ..sighting(day, name)
        }),
    }
}

fn alert(number: usize, seen: &Sighting) -> Incident {
    let id = incident(1).id;
    let device = Device {
        endpoint_id: Some(ID.into()),
        dns_name: seen.dns_name.clone(),
        os_release: seen.os_release.clone(),
        tags: seen.tags.clone(),
        ..Device::default()
    };
    let alert = Alert {
        id: format!("da{number}").parse().unwrap(),
        last_activity_at: seen.seen_at,
        devices: vec![device],
        entities: Vec::new(),
        ..incident(1).alerts.remove(0).alert
    };
    Incident { alerts: vec![PlacedAlert::imported(alert, id)], ..incident(1) }
}

async fn happen(store: &dyn Store, number: usize, event: Event) {
    match (event, told(event)) {
        (Event::Alert(..), Some(seen)) => {
            store.import_incidents(ONE, &[alert(number, &seen)], None).await.unwrap();
        }
        (_, Some(seen)) => {
            store.note_machines(ONE, &[seen]).await.unwrap();
        }
        (_, None) => {
            let change = Box::new(|machine: &mut Machine| {
                machine.tags.clear();
                Ok(())
            });
            store.change_machine(ONE, &MachineName::read(ID), change).await.unwrap();
        }
    }
}

fn expect(machine: &mut Option<Machine>, event: Event) {
    match (told(event), machine) {
        (Some(seen), Some(machine)) => machine.learn(seen),
        (Some(seen), none) => *none = Some(seen.into_machine()),
        (None, Some(machine)) => machine.tags.clear(),
        (None, None) => {}
    }
}

pub async fn a_machine_learns_from_each_alert(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let mut expected = None;
    for (number, event) in EVENTS.iter().enumerate() {
        happen(&*store, number, *event).await;
        expect(&mut expected, *event);
        let found = store.find_machine(ONE, &MachineName::read(ID)).await.unwrap();
        assert_eq!(found, expected, "after event {number}");
    }
    assert_eq!(store.find_machine(OTHER, &MachineName::read(ID)).await.unwrap(), None);
}

pub async fn alerts_that_come_together_teach_a_machine_in_turn(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    for pair in EVENTS.windows(2) {
        let seen: Vec<Sighting> = pair.iter().filter_map(|event| told(*event)).collect();
        let before = store.find_machine(ONE, &MachineName::read(ID)).await.unwrap();
        let mut incident = incident(1);
        let alerts = seen.iter().enumerate().map(|(number, seen)| alert(number, seen));
        incident.alerts = alerts.flat_map(|one| one.alerts).collect();
        store.import_incidents(ONE, &[incident], None).await.unwrap();
        let mut expected = before;
        for event in pair.iter().filter(|event| told(**event).is_some()) {
            expect(&mut expected, *event);
        }
        let found = store.find_machine(ONE, &MachineName::read(ID)).await.unwrap();
        assert_eq!(found, expected);
    }
}
