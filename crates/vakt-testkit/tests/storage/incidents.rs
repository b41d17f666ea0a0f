//! Incidents and their alerts.

use vakt_ids::IncidentId;
use vakt_incidents::{
    AccountFacts, Alert, AlertQuery, AlertStatus, AlertTest, ChangeNumber, Classification, Comment,
    Comparison, Condition, Determination, Device, Entity, EntityKind, EvidenceField, FileFacts,
    Finding, Incident, IncidentQuery, Label, Labelled, MailFacts, Order, OrderBy, Outcome,
    PlacedAlert, Predicate, ProcessFacts, RegistryFacts, Severity, Status, StrongEntity,
    StrongKind, Value,
};
use vakt_storage::Store;

use crate::backend::Backend;
use crate::samples::{ONE, OTHER, at, with_tenants};

fn id(number: i64) -> IncidentId {
    IncidentId::new(number).unwrap()
}

/// An incident that uses every member, with one alert.
pub fn incident(number: i64) -> Incident {
    Incident {
        id: id(number),
        redirect: Some(id(number + 1)),
        name: format!("incident {number}, with 'quotes'"),
        created_at: at("2026-02-01T00:00:00.1234567Z"),
        updated_at: at("2026-02-02T00:00:00.7654321Z"),
        assigned_to: Some("ann@contoso.com".into()),
        classification: Classification::TruePositive,
        determination: Determination::Malware,
        status: Status::Redirected,
        severity: Severity::High,
        description: Some("described".into()),
        summary: Some("in short".into()),
        updated_by: Some("ann".into()),
        change: ChangeNumber::default(),
        priority: Some(50),
        resolving_comment: Some("done".into()),
        tags: vec!["a".into(), "b".into()],
        system_tags: vec!["of the service".into()],
        comments: vec![Comment {
            text: "said".into(),
            author: Some("bob".into()),
            created_at: Some(at("2026-02-01T01:00:00Z")),
        }],
        alerts: vec![placed(number, alert(&format!("da{number}"), "first"))],
    }
}

fn placed(number: i64, alert: Alert) -> PlacedAlert {
    PlacedAlert::imported(alert, id(number))
}

/// An incident as it was imported: without the numbers that the store gave.
pub fn unnumbered(mut incident: Incident) -> Incident {
    incident.change = ChangeNumber::default();
    incident.alerts.iter_mut().for_each(|placed| placed.change = ChangeNumber::default());
    incident
}

fn alert(id: &str, title: &str) -> Alert {
    Alert {
        id: id.parse().unwrap(),
        service: Some("MicrosoftDefenderATP".into()),
        detector: Some("WindowsDefenderAv".into()),
        detector_id: Some("rule".into()),
        product: Some("product".into()),
        policy_id: Some("policy".into()),
        recommended_actions: Some("do".into()),
        categories: vec!["Execution".into(), "Impact".into()],
        threat_name: Some("threat".into()),
        system_tags: vec!["t".into()],
        comments: vec![Comment { text: "c".into(), author: None, created_at: None }],
        custom_details: Some(r#"{"a":1}"#.into()),
        additional_data: Some(r#"{"b":2}"#.into()),
        title: title.into(),
        description: Some("d".into()),
        category: Some("Execution".into()),
        status: AlertStatus::InProgress,
        severity: Severity::Low,
        classification: Some(Classification::FalsePositive),
        determination: Some(Determination::Clean),
        created_at: at("2026-02-01T00:00:00Z"),
        updated_at: at("2026-02-01T00:00:01Z"),
        resolved_at: Some(at("2026-02-01T00:00:02Z")),
        first_activity_at: at("2026-01-31T00:00:00.0000001Z"),
        last_activity_at: at("2026-01-31T00:00:03Z"),
        investigation_id: Some(4),
        investigation_state: Some("Running".into()),
        assigned_to: Some("Automation".into()),
        actor_name: Some("actor".into()),
        threat_family: Some("family".into()),
        techniques: vec!["T1059".into()],
        devices: vec![device()],
        entities: vec![entity(), Entity::new(EntityKind::Other("Pod".into()))],
    }
}

fn device() -> Device {
    Device {
        endpoint_id: Some("e".into()),
        directory_id: Some("d".into()),
        dns_name: Some("n".into()),
        os_platform: Some("Windows11".into()),
        os_release: Some("23H2".into()),
        os_build: Some(22631),
        processor: Some("x64".into()),
        health: Some("Active".into()),
        risk: Some("High".into()),
        group_name: Some("g".into()),
        group_id: Some(7),
        first_seen_at: Some(at("2025-01-01T00:00:00Z")),
        internal_address: Some("10.0.0.1".into()),
        external_address: Some("192.0.2.1".into()),
        onboarding: Some("onboarded".into()),
        antivirus: Some("updated".into()),
        tags: vec!["t".into()],
        finding: finding(),
    }
}

fn finding() -> Finding {
    Finding {
        added_at: Some(at("2026-01-31T00:00:05Z")),
        verdict: Some("suspicious".into()),
        remediation: Some("prevented".into()),
        remediation_details: Some("at once".into()),
        roles: vec!["attacked".into()],
        detailed_roles: vec!["first".into()],
        extra: Some(r#"{"more":[1]}"#.into()),
    }
}

fn file(name: &str) -> FileFacts {
    FileFacts {
        sha1: Some("1".into()),
        sha256: Some("2".into()),
        md5: Some("3".into()),
        name: Some(name.into()),
        path: Some("p".into()),
        length_bytes: Some(9),
        publisher: Some("pub".into()),
        signer: Some("s".into()),
        issuer: Some("i".into()),
    }
}

fn entity() -> Entity {
    let mut entity = Entity::new(EntityKind::Process);
    entity.file = file("f");
    entity.process = ProcessFacts {
        id: Some(1),
        command_line: Some("c".into()),
        started_at: Some(at("2026-01-31T00:00:00.5Z")),
        parent_id: Some(2),
        parent_started_at: Some(at("2026-01-30T00:00:00Z")),
        parent_file: file("parent"),
    };
    entity.account = AccountFacts {
        name: Some("alice".into()),
        domain: Some("CONTOSO".into()),
        sid: Some("S-1-5".into()),
        directory_id: Some("i".into()),
        principal_name: Some("alice@contoso.com".into()),
        display_name: Some("Alice".into()),
    };
    entity.mail = MailFacts { subject: Some("s".into()), ..MailFacts::default() };
    entity.registry = RegistryFacts {
        hive: Some("HKLM".into()),
        value_name: Some("Run".into()),
        ..RegistryFacts::default()
    };
    entity.ip_address = Some("::1".into());
    entity.url = Some("https://x".into());
    entity.device_id = Some("e".into());
    entity.detection = Some("blocked".into());
    entity.tags = vec!["x".into()];
    entity.finding = finding();
    entity
}

async fn find(store: &dyn Store, number: i64) -> Incident {
    unnumbered(store.find_incident(ONE, id(number)).await.unwrap().unwrap())
}

pub async fn incidents_come_back_as_they_went_in(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let bare = Incident {
        redirect: None,
        assigned_to: None,
        tags: Vec::new(),
        comments: Vec::new(),
        alerts: Vec::new(),
        ..incident(2)
    };
    let outcomes = store.import_incidents(ONE, &[incident(1), bare.clone()], None).await.unwrap();
    assert_eq!(outcomes, [Outcome::Created, Outcome::Created]);
    assert_eq!(find(&*store, 1).await, incident(1));
    assert_eq!(find(&*store, 2).await, bare);
    assert_eq!(store.find_incident(ONE, id(3)).await.unwrap(), None);
}

pub async fn only_newer_states_replace_older_ones(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    store.import_incidents(ONE, &[incident(1)], None).await.unwrap();
    let state = |updated: &str, name: &str| Incident {
        updated_at: at(updated),
        name: name.into(),
        ..incident(1)
    };
    for (state, outcome, name) in [
        (
            state("2026-02-02T00:00:00.7654321Z", "same"),
            Outcome::Unchanged,
            "incident 1, with 'quotes'",
        ),
        (state("2026-02-01T00:00:00Z", "older"), Outcome::Unchanged, "incident 1, with 'quotes'"),
        (state("2026-02-02T00:00:00.7654322Z", "a tick newer"), Outcome::Updated, "a tick newer"),
    ] {
        assert_eq!(store.import_incidents(ONE, &[state], None).await.unwrap(), [outcome]);
        assert_eq!(find(&*store, 1).await.name, name);
    }
    let twice = [state("2026-02-03T00:00:00Z", "x"), state("2026-02-03T00:00:00Z", "y")];
    let outcomes = store.import_incidents(ONE, &twice, None).await.unwrap();
    assert_eq!(outcomes, [Outcome::Updated, Outcome::Unchanged]);
}

pub async fn numbers_come_in_any_order(backend: impl Backend) {
    use Outcome::{Created, Unchanged, Updated};
    let store = with_tenants(&backend).await;
    let newer = |number| Incident { updated_at: at("2026-02-03T00:00:00Z"), ..incident(number) };
    for (incidents, expected) in [
        (vec![incident(700)], vec![Created]),
        (
            vec![incident(900), incident(300), newer(700), incident(1)],
            vec![Created, Created, Updated, Created],
        ),
        (
            vec![incident(901), newer(1), incident(900), incident(2)],
            vec![Created, Updated, Unchanged, Created],
        ),
    ] {
        let outcomes = store.import_incidents(ONE, &incidents, None).await.unwrap();
        assert_eq!(outcomes, expected);
        for incident in &incidents {
            assert_eq!(find(&*store, incident.id.number()).await, *incident);
        }
    }
}

pub async fn alerts_are_added_or_replaced_and_never_removed(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    store.import_incidents(ONE, &[incident(1)], None).await.unwrap();
    let mut later = alert("da2", "second");
    later.created_at = at("2026-02-01T12:00:00Z");
    let newer = |day: u8, alerts: Vec<Alert>| Incident {
        updated_at: at(&format!("2026-02-{day:02}T00:00:00Z")),
        alerts: alerts.into_iter().map(|alert| placed(1, alert)).collect(),
        ..incident(1)
    };
    let steps = [
        (newer(3, vec![]), vec!["first"]),
        (newer(4, vec![later]), vec!["first", "second"]),
        (newer(5, vec![alert("da1", "replaced")]), vec!["replaced", "second"]),
    ];
    for (state, expected) in steps {
        store.import_incidents(ONE, &[state], None).await.unwrap();
        let titles: Vec<String> =
            find(&*store, 1).await.alerts.into_iter().map(|placed| placed.alert.title).collect();
        assert_eq!(titles, expected, "oldest first");
    }
}

pub async fn an_alert_belongs_to_the_incident_that_named_it_last(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    store.import_incidents(ONE, &[incident(1)], None).await.unwrap();
    let moved = placed(2, incident(1).alerts.remove(0).alert);
    let merged = Incident { alerts: vec![moved], ..incident(2) };
    store.import_incidents(ONE, std::slice::from_ref(&merged), None).await.unwrap();
    assert_eq!(find(&*store, 1).await.alerts, []);
    assert_eq!(find(&*store, 2).await.alerts, merged.alerts);
}

pub async fn pages_follow_their_cursors_in_every_order(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    // Ties in both times, so that only the number settles the order.
    let minute = |minute: i64| at(&format!("2026-02-01T00:{minute:02}:00Z"));
    let tied = |number: i64| Incident {
        created_at: minute(number / 3),
        updated_at: minute(20 - number / 4),
        name: "the same".into(),
        ..incident(number)
    };
    let all: Vec<Incident> = (1..=17).map(tied).collect();
    store.import_incidents(ONE, &all, None).await.unwrap();
    for by in [OrderBy::Created, OrderBy::Updated, OrderBy::Id, OrderBy::Change, OrderBy::Name] {
        for descending in [false, true] {
            let mut expected = all.clone();
            expected.sort_by_key(|one| match by {
                OrderBy::Created => (Some(one.created_at), one.id),
                OrderBy::Updated => (Some(one.updated_at), one.id),
                // Names and severities are the same in all, changes in the order of the import.
                _ => (None, one.id),
            });
            if descending {
                expected.reverse();
            }
            let order = Order::by(by, descending);
            let seen = walk(&*store, order.clone()).await;
            assert_eq!(seen, expected, "{order:?}");
        }
    }
}

/// Everything, in the usual order.
pub fn everything() -> IncidentQuery {
    IncidentQuery {
        predicate: None,
        order: Order::default(),
        top: 1_000,
        skip: 0,
        after: None,
        count: false,
        without_alerts: false,
    }
}

async fn walk(store: &dyn Store, order: Order) -> Vec<Incident> {
    let mut query = IncidentQuery { top: 5, order, ..everything() };
    let mut seen = Vec::new();
    loop {
        let page = store.list_incidents(ONE, &query).await.unwrap();
        query.after = page.next().cloned();
        seen.extend(page.items.into_iter().map(unnumbered));
        if query.after.is_none() {
            return seen;
        }
    }
}

pub async fn tenants_number_their_incidents_alike(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let of_other = Incident { name: "of the other".into(), ..incident(1) };
    store.import_incidents(ONE, &[incident(1)], None).await.unwrap();
    let outcomes =
        store.import_incidents(OTHER, std::slice::from_ref(&of_other), None).await.unwrap();
    assert_eq!(outcomes, [Outcome::Created], "alert ids are a tenant's own, too");
    assert_eq!(find(&*store, 1).await, incident(1));
    let found = store.find_incident(OTHER, id(1)).await.unwrap().map(unnumbered);
    assert_eq!(found, Some(of_other));
}

fn all_alerts() -> AlertQuery {
    AlertQuery {
        predicate: None,
        order: Order::by(OrderBy::Id, false),
        top: 10,
        skip: 0,
        after: None,
        count: false,
        without_alerts: false,
    }
}

/// How many incidents and alerts are found by a device, a technique and a piece of evidence.
async fn found(store: &dyn Store, (device, technique): (&str, &str)) -> [usize; 3] {
    let entity = StrongEntity { kind: StrongKind::Device, key: device.into() };
    let of_entity = store.incidents_of_entity(ONE, &entity, 10).await.unwrap();
    let labelled = Labelled {
        label: Label::Technique,
        comparison: Comparison::Is,
        word: technique.to_uppercase(),
    };
    let asked = Condition {
        field: EvidenceField::DeviceId,
        comparison: Comparison::StartsWith,
        value: Value::Text(device.to_uppercase()),
    };
    let mut counts = [of_entity.len(), 0, 0];
    let tests = [AlertTest::Has(labelled), AlertTest::AnyEvidence(Predicate::Holds(asked))];
    for (count, test) in counts.iter_mut().skip(1).zip(tests) {
        let predicate = Some(Predicate::Holds(test));
        let query = AlertQuery { predicate, ..all_alerts() };
        *count = store.list_alerts(ONE, &query).await.unwrap().items.len();
    }
    counts
}

pub async fn an_alert_is_found_by_its_present_state_only(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let state = |day: u8, device: &str, technique: &str| {
        let mut alert = alert("da1", "one");
        alert.devices = vec![Device { endpoint_id: Some(device.to_owned()), ..Device::default() }];
        alert.entities = Vec::new();
        alert.techniques = vec![technique.to_owned(), technique.to_uppercase(), "t0".to_owned()];
        Incident {
            updated_at: at(&format!("2026-02-{day:02}T00:00:00Z")),
            alerts: vec![placed(1, alert)],
            ..incident(1)
        }
    };
    store.import_incidents(ONE, &[state(3, "d1", "t1")], None).await.unwrap();
    assert_eq!(found(&*store, ("d1", "t1")).await, [1, 1, 1]);
    store.import_incidents(ONE, &[state(4, "d2", "t2")], None).await.unwrap();
    assert_eq!(found(&*store, ("d1", "t1")).await, [0, 0, 0]);
    assert_eq!(found(&*store, ("d2", "t0")).await, [1, 1, 1]);
    assert_eq!(found(&*store, ("d2", "t2")).await, [1, 1, 1]);
}

pub async fn a_deleted_tenant_has_no_incidents(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    for tenant in [ONE, OTHER] {
        store.import_incidents(tenant, &[incident(1)], None).await.unwrap();
    }
    assert!(store.delete_tenant(ONE, &[]).await.unwrap());
    for (tenant, left) in [(ONE, 0), (OTHER, 1)] {
        let incidents = store.list_incidents(tenant, &everything()).await.unwrap().items;
        let alerts = store.list_alerts(tenant, &all_alerts()).await.unwrap().items;
        assert_eq!([incidents.len(), alerts.len()], [left; 2]);
    }
    let outcomes = store.import_incidents(ONE, &[incident(1)], None).await.unwrap();
    assert_eq!(outcomes, [Outcome::Created]);
}
