//! Texts compare alike on every database: without regard to case in any alphabet, by their code
//! points, and `%`, `_` and `\` are letters like any other.

use vakt_identity::{
    Application, Condition, DirectoryQuery, Match, ObjectKey, Order, Predicate, Property,
    TenantName,
};
use vakt_incidents::{
    Comparison, Condition as IncidentCondition, Incident, IncidentField as Field, IncidentQuery,
    IncidentTest, Order as IncidentOrder, OrderBy, Predicate as IncidentPredicate, Value,
};
use vakt_storage::Store;

use crate::backend::Backend;
use crate::incidents::incident;
use crate::samples::{ONE, application, with_tenants};

/// Names in their order, and what each is asked for here as.
const NAMES: [&str; 10] = ["", "10%_\\", "a-b", "Ab", "aZ", "Straße", "z", "Éa", "éb", "ΟΔΟΣ"];

async fn names(store: &dyn Store, how: Match, value: &str, order: Order) -> Vec<String> {
    let condition = Condition { property: Property::DisplayName, how, value: value.into() };
    let query = DirectoryQuery {
        predicate: Some(Predicate::Holds(condition)),
        order,
        top: 100,
        count: true,
        after: None,
    };
    let page = store.list_applications(ONE, &query).await.unwrap();
    assert_eq!(page.count, Some(page.items.len() as u64));
    page.items.into_iter().map(|app| app.display_name).collect()
}

/// What is asked, and which names are found.
const QUESTIONS: [(Match, &str, &[&str]); 15] = [
    (Match::Is, "AB", &["Ab"]),
    (Match::Is, "éA", &["Éa"]),
    (Match::Is, "οδοσ", &["ΟΔΟΣ"]),
    (Match::Is, "STRASSE", &[]),
    (Match::Is, "a%", &[]),
    (Match::Is, "A\0", &[]),
    (Match::StartsWith, "a", &["a-b", "Ab", "aZ"]),
    (Match::StartsWith, "É", &["Éa", "éb"]),
    (Match::StartsWith, "ΟΔ", &["ΟΔΟΣ"]),
    (Match::StartsWith, "10%", &["10%_\\"]),
    (Match::StartsWith, "1_", &[]),
    (Match::StartsWith, "\u{10ffff}", &[]),
    (Match::Contains, "B", &["a-b", "Ab", "éb"]),
    (Match::Contains, "_\\", &["10%_\\"]),
    (Match::Contains, "RASS", &[]),
];

pub async fn names_compare_alike_everywhere(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    for (number, name) in (1..).zip(NAMES.iter().rev()) {
        let app = Application { display_name: (*name).into(), ..application(ONE, number * 100) };
        store.insert_application(&app, &[]).await.unwrap();
    }
    assert_eq!(names(&*store, Match::StartsWith, "", Order::Name).await, NAMES);
    for (how, value, expected) in QUESTIONS {
        let found = names(&*store, how, value, Order::Name).await;
        assert_eq!(found, expected, "{how:?} {value:?}");
    }
    // A new name is found, the old one is not.
    let rename = |app: &mut Application| {
        app.display_name = "ÖÄ".into();
        Ok(Vec::new())
    };
    let key = ObjectKey::App(application(ONE, 100).app_id);
    store.change_application(ONE, key, Box::new(rename)).await.unwrap();
    assert_eq!(names(&*store, Match::Is, "öä", Order::Name).await, ["ÖÄ"]);
    assert_eq!(names(&*store, Match::Is, "οδοσ", Order::Name).await, [""; 0]);
}

fn query(predicate: IncidentPredicate<IncidentTest>) -> IncidentQuery {
    IncidentQuery {
        predicate: Some(predicate),
        order: IncidentOrder::by(OrderBy::Id, false),
        top: 100,
        skip: 0,
        after: None,
        count: false,
        without_alerts: false,
    }
}

pub async fn incidents_are_filtered_alike_everywhere(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let named: Vec<Incident> = (1..)
        .zip(NAMES)
        .map(|(number, name)| Incident {
            name: name.into(),
            // The owner of the nameless one is nobody.
            assigned_to: Some(name.to_owned()).filter(|name| !name.is_empty()),
            ..incident(number)
        })
        .collect();
    store.import_incidents(ONE, &named, None).await.unwrap();
    for (how, value, expected) in QUESTIONS {
        let comparison = match how {
            Match::StartsWith => Comparison::StartsWith,
            Match::Contains => Comparison::Contains,
            _ => Comparison::Is,
        };
        for field in [Field::Name, Field::AssignedTo] {
            let value = Value::Text(value.into());
            let condition = IncidentCondition { field, comparison, value };
            let holds = IncidentPredicate::Holds(IncidentTest::Is(condition));
            let found = store.list_incidents(ONE, &query(holds.clone())).await.unwrap();
            let mut found: Vec<String> = found.items.into_iter().map(|one| one.name).collect();
            found.sort_by_key(|name| NAMES.iter().position(|known| known == name));
            assert_eq!(found, expected, "{field:?} {how:?}");
            let others = query(IncidentPredicate::Not(Box::new(holds)));
            let others = store.list_incidents(ONE, &others).await.unwrap();
            assert_eq!(others.items.len(), NAMES.len() - expected.len(), "not {field:?}");
        }
    }
    for (comparison, expected) in [
        (Comparison::Is, 1),
        (Comparison::Less, 0),
        (Comparison::AtLeast, 0),
        (Comparison::Contains, 0),
    ] {
        let condition =
            IncidentCondition { field: Field::AssignedTo, comparison, value: Value::Null };
        let asked = query(IncidentPredicate::Holds(IncidentTest::Is(condition)));
        let found = store.list_incidents(ONE, &asked).await.unwrap();
        assert_eq!(found.items.len(), expected, "{comparison:?} null");
    }
}

pub async fn no_text_breaks_a_statement(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let nul = "a\0b";
    let app = Application {
        display_name: nul.into(),
        identifier_uris: vec![format!("api://{nul}")],
        ..application(ONE, 10)
    };
    store.insert_application(&app, &[]).await.unwrap();
    let found = store.find_application(ONE, ObjectKey::App(app.app_id)).await.unwrap().unwrap();
    assert_eq!(found.display_name, "a\u{fffd}b");
    let incident = Incident { name: nul.into(), assigned_to: Some(nul.into()), ..incident(1) };
    store.import_incidents(ONE, &[incident], None).await.unwrap();
    assert_eq!(store.find_resource(ONE, nul).await.unwrap(), None);
    assert_eq!(store.find_tenant(&TenantName::Domain(nul.into())).await.unwrap(), None);
    let after = Some(format!("1.{nul}"));
    let order = Order::Name;
    let query = DirectoryQuery { predicate: None, order, top: 10, count: false, after };
    store.list_applications(ONE, &query).await.unwrap();
}
