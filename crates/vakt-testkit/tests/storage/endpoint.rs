//! Machines, machine actions and indicators.

use vakt_endpoint::{
    ActionFault, ActionField, ActionKind, ActionScope, ActionStatus, Author, Cancellation,
    Comparison, Condition, DeviceValue, Exposure, Health, Indicator, IndicatorField, IndicatorKind,
    IndicatorSeverity, Interface, MachineAction, MachineField, MachineName, NewIndicator,
    Onboarding, Order, Outcome, Predicate, Put, Query, Reach, Removal, Response, Risk, Sighting,
    SourceKind, Unchanged, Value,
};
use vakt_ids::{AppId, IndicatorId, MachineActionId, TenantId};
use vakt_storage::Store;

use crate::backend::Backend;
use crate::samples::{ONE, OTHER, at, join_all, with_tenants};

/// A sighting that uses every member, numbered.
fn sighting(number: u8) -> Sighting {
    Sighting {
        id: format!("{number:02x}").repeat(20).parse().unwrap(),
        first_seen_at: Some(at("2026-01-01T00:00:00.1234567Z")),
        seen_at: at(&format!("2026-02-01T00:00:{:02}Z", number / 3)),
        dns_name: Some(format!("WS{number}.contoso.com")),
        os_platform: Some("Windows11".into()),
        os_release: Some("23H2".into()),
        os_build: Some(22631),
        processor: Some("x64".into()),
        architecture: Some("64-bit".into()),
        last_address: Some("172.17.230.1".into()),
        last_external_address: Some("2001:db8::1".into()),
        interfaces: vec![Interface {
            address: Some("172.17.230.1".into()),
            hardware_address: Some("000D3A".into()),
            kind: Some("Ethernet".into()),
            state: Some("Up".into()),
        }],
        health: Some(Health::NoSensorData),
        onboarding: Some(Onboarding::InsufficientInfo),
        group_name: Some("Gruppe ä".into()),
        group_id: Some(140),
        risk: Some(Risk::High),
        exposure: Some(Exposure::Medium),
        value: Some(DeviceValue::High),
        directory_id: Some("80fe8ff8".into()),
        tags: vec!["Tag 'one'".into(), "ÄÖ".into()],
    }
}

fn named(text: &str) -> MachineName {
    MachineName::read(text)
}

fn action(number: u128, machine: u8, kind: ActionKind) -> MachineAction {
    MachineAction {
        id: MachineActionId::from_u128(number),
        kind,
        scope: Some(ActionScope::Unmanaged),
        requestor: "Responder".into(),
        comment: "why".into(),
        status: ActionStatus::Pending,
        machine: sighting(machine).id,
        machine_name: Some("ws".into()),
        created_at: at("2026-02-01T00:00:00.0000007Z"),
        updated_at: at("2026-02-02T00:00:00Z"),
        cancellation: None,
        file_sha1: Some("5d".repeat(20)),
        external_id: Some("case".into()),
        report: Some("said".into()),
        error_code: -7,
    }
}

fn new_indicator(value: &str) -> NewIndicator {
    NewIndicator {
        kind: IndicatorKind::Url,
        value: value.into(),
        response: Response::BlockAndRemediate,
        application: Some("app".into()),
        external_id: Some("e".into()),
        title: "Title 'x'".into(),
        description: Some("d".into()),
        recommended_actions: Some("r".into()),
        expires_at: Some(at("2027-01-01T00:00:00.7654321Z")),
        severity: IndicatorSeverity::Medium,
        wants_alert: true,
        educate_url: Some("https://x".into()),
        group_names: vec!["g".into()],
        group_ids: vec!["1".into()],
    }
}

fn author() -> Author {
    let id = AppId::from_u128(7).to_string();
    Author { kind: SourceKind::Application, id, name: "Feeder".into() }
}

async fn put(store: &dyn Store, tenant: TenantId, values: &[&str]) -> Vec<Indicator> {
    let indicators: Vec<_> = values.iter().map(|value| new_indicator(value)).collect();
    let (author, now) = (author(), at("2026-02-01T00:00:00Z"));
    let put = Put { indicators: &indicators, author: &author, reach: Reach::All, now };
    let stored = store.put_indicators(tenant, &put).await.unwrap();
    stored.into_iter().map(Result::unwrap).collect()
}

pub async fn machines_come_back_as_they_went_in(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let bare = Sighting::new("bare".parse().unwrap(), at("2026-02-01T00:00:00Z"));
    let both = [sighting(1), bare.clone()];
    let outcomes = store.note_machines(ONE, &both).await.unwrap();
    assert_eq!(outcomes, [Outcome::Created, Outcome::Created]);
    let outcomes = store.note_machines(ONE, &both).await.unwrap();
    assert_eq!(outcomes, [Outcome::Unchanged, Outcome::Unchanged]);
    let expected = sighting(1).into_machine();
    let found = store.find_machine(ONE, &named(expected.id.as_str())).await.unwrap();
    assert_eq!(found.as_ref(), Some(&expected));
    let found = store.find_machine(ONE, &named("ws1.CONTOSO.com")).await.unwrap();
    assert_eq!(found, Some(expected));
    let found = store.find_machine(ONE, &named("bare")).await.unwrap();
    assert_eq!(found, Some(bare.into_machine()));
    assert_eq!(store.find_machine(ONE, &named("")).await.unwrap(), None);
    assert_eq!(store.find_machine(OTHER, &named("bare")).await.unwrap(), None);
}

pub async fn a_machine_is_changed_by_one_at_a_time(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    store.note_machines(ONE, &[sighting(1)]).await.unwrap();
    let name = named("ws1.contoso.com");
    let add = |number: usize| {
        let (store, name) = (&store, &name);
        async move {
            let change = Box::new(move |machine: &mut vakt_endpoint::Machine| {
                Ok(machine.add_tag(&format!("t{number}"))?)
            });
            store.change_machine(ONE, name, change).await.unwrap().unwrap();
        }
    };
    join_all((0..10).map(add)).await;
    let machine = store.find_machine(ONE, &name).await.unwrap().unwrap();
    assert_eq!(machine.tags.len(), 12);
    let refuse = Box::new(|machine: &mut vakt_endpoint::Machine| {
        machine.tags.clear();
        Ok(machine.add_tag("")?)
    });
    let refused = store.change_machine(ONE, &name, refuse).await;
    assert!(matches!(refused, Err(Unchanged::Machine(_))));
    assert_eq!(store.find_machine(ONE, &name).await.unwrap(), Some(machine));
    let nobody = store.change_machine(OTHER, &name, Box::new(|_| Ok(()))).await.unwrap();
    assert_eq!(nobody, None);
}

pub async fn endpoint_lists_follow_their_cursors(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let all: Vec<Sighting> = (1..=11).map(sighting).collect();
    store.note_machines(ONE, &all).await.unwrap();
    for by in [MachineField::Id, MachineField::LastSeen, MachineField::Name, MachineField::Health] {
        for descending in [false, true] {
            let mut query = Query::first(4);
            query.order = Order::by(by, descending).unwrap();
            query.count = true;
            let mut seen = Vec::new();
            loop {
                let page = store.list_machines(ONE, &query).await.unwrap();
                assert_eq!(page.count, Some(11));
                seen.extend(page.items);
                query.after = page.next;
                if query.after.is_none() {
                    break;
                }
            }
            let mut expected: Vec<_> = all.iter().cloned().map(Sighting::into_machine).collect();
            expected.sort_by_key(|one| match by {
                MachineField::LastSeen => (Some(one.last_seen_at), String::new(), one.id.clone()),
                MachineField::Name => {
                    (None, one.dns_name.clone().unwrap().to_lowercase(), one.id.clone())
                }
                _ => (None, String::new(), one.id.clone()),
            });
            if descending {
                expected.reverse();
            }
            assert_eq!(seen, expected, "{by:?} {descending}");
        }
    }
}

pub async fn endpoint_filters_mean_the_same_everywhere(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let bare = Sighting::new("bare".parse().unwrap(), at("2026-02-01T00:00:00Z"));
    store.note_machines(ONE, &[sighting(1), bare]).await.unwrap();
    let is = |field, value: &str| Condition {
        field,
        comparison: Comparison::Is,
        value: Value::Text(value.into()),
    };
    let part = |field, comparison, value: &str| Condition {
        field,
        comparison,
        value: Value::Text(value.into()),
    };
    use Comparison::{Contains, EndsWith, StartsWith};
    for (condition, holds, not) in [
        (is(MachineField::Tags, "äö"), 1, 1),
        (part(MachineField::Tags, StartsWith, "TAG '"), 1, 1),
        (part(MachineField::Tags, Contains, "%"), 0, 2),
        (is(MachineField::GroupName, "GRUPPE Ä"), 1, 1),
        (part(MachineField::Name, EndsWith, ".com"), 1, 1),
        (is(MachineField::Risk, "high"), 1, 1),
        (
            Condition { field: MachineField::Risk, comparison: Comparison::Is, value: Value::Null },
            1,
            1,
        ),
        (
            Condition {
                field: MachineField::GroupId,
                comparison: Comparison::Less,
                value: Value::Number(141),
            },
            1,
            1,
        ),
        (is(MachineField::Name, "a\0b"), 0, 2),
    ] {
        let mut query = Query::first(9);
        query.predicate = Some(Predicate::Holds(condition.clone()));
        let found = store.list_machines(ONE, &query).await.unwrap();
        assert_eq!(found.items.len(), holds, "{condition:?}");
        query.predicate = Some(Predicate::Not(Box::new(Predicate::Holds(condition.clone()))));
        let found = store.list_machines(ONE, &query).await.unwrap();
        assert_eq!(found.items.len(), not, "not {condition:?}");
    }
}

pub async fn one_action_of_a_kind_is_under_way_on_a_machine(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let first = action(1, 1, ActionKind::Isolate);
    store.add_action(ONE, &first).await.unwrap();
    assert_eq!(store.find_action(ONE, first.id).await.unwrap(), Some(first.clone()));
    let again = store.add_action(ONE, &action(2, 1, ActionKind::Isolate)).await;
    assert!(matches!(again, Err(Unchanged::Action(ActionFault::AlreadyActive))));
    for (tenant, other) in [
        (ONE, action(3, 1, ActionKind::Unisolate)),
        (ONE, action(4, 2, ActionKind::Isolate)),
        (OTHER, action(5, 1, ActionKind::Isolate)),
    ] {
        store.add_action(tenant, &other).await.unwrap();
    }
    let cancellation = Cancellation {
        requestor: "c".into(),
        comment: Some("no".into()),
        at: at("2026-02-03T00:00:00Z"),
    };
    let cancel = Box::new(move |action: &mut MachineAction| Ok(action.cancel(cancellation)?));
    let cancelled = store.change_action(ONE, first.id, cancel).await.unwrap();
    assert_eq!(store.find_action(ONE, first.id).await.unwrap(), cancelled);
    assert_eq!(store.find_action(OTHER, first.id).await.unwrap(), None);
    store.add_action(ONE, &action(2, 1, ActionKind::Isolate)).await.unwrap();
    let query: Query<ActionField> = Query::first(9);
    assert_eq!(store.list_actions(ONE, &query).await.unwrap().items.len(), 4);
}

pub async fn indicators_come_back_as_they_went_in(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let made = put(&*store, ONE, &["https://a.example/X", "https://a.example/x"]).await;
    assert_eq!(made.len(), 2);
    for one in &made {
        assert_eq!(store.find_indicator(ONE, one.id).await.unwrap().as_ref(), Some(one));
    }
    assert_eq!(made[0].content, new_indicator("https://a.example/X"));
    assert_eq!((made[0].id.number(), made[1].id.number()), (1, 2));
    let again = put(&*store, ONE, &["https://a.example/x", "https://b.example"]).await;
    assert_eq!((again[0].id.number(), again[1].id.number()), (2, 3));
    assert_eq!(put(&*store, OTHER, &["https://a.example/x"]).await[0].id.number(), 1);
    let ids = |numbers: &[i64]| -> Vec<IndicatorId> {
        numbers.iter().map(|number| IndicatorId::new(*number).unwrap()).collect()
    };
    let missing = store.remove_indicators(ONE, &ids(&[1, 9]), Reach::All).await.unwrap();
    assert_eq!(missing, Removal::Missing(ids(&[9])));
    let foreign = Reach::MadeBy(AppId::from_u128(8));
    let missing = store.remove_indicators(ONE, &ids(&[1]), foreign).await.unwrap();
    assert_eq!(missing, Removal::Missing(ids(&[1])));
    let own = Reach::MadeBy(AppId::from_u128(7));
    let done = store.remove_indicators(ONE, &ids(&[3, 1]), own).await.unwrap();
    assert_eq!(done, Removal::Done);
    let query: Query<IndicatorField> = Query::first(9);
    assert_eq!(store.list_indicators(ONE, &query).await.unwrap().items.len(), 1);
    let next = put(&*store, ONE, &["https://c.example"]).await;
    assert_eq!(next[0].id.number(), 4, "numbers are never used again");
}

pub async fn a_deleted_tenant_has_no_endpoint_things(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    for tenant in [ONE, OTHER] {
        store.note_machines(tenant, &[sighting(1)]).await.unwrap();
        store.add_action(tenant, &action(1, 1, ActionKind::Scan)).await.unwrap();
        put(&*store, tenant, &["https://a.example"]).await;
    }
    assert!(store.delete_tenant(ONE, &[]).await.unwrap());
    for (tenant, left) in [(ONE, 0), (OTHER, 1)] {
        let machines = store.list_machines(tenant, &Query::first(9)).await.unwrap();
        let actions = store.list_actions(tenant, &Query::first(9)).await.unwrap();
        let indicators = store.list_indicators(tenant, &Query::first(9)).await.unwrap();
        let found = [machines.items.len(), actions.items.len(), indicators.items.len()];
        assert_eq!(found, [left; 3]);
    }
    assert_eq!(put(&*store, ONE, &["https://z.example"]).await[0].id.number(), 1);
}
