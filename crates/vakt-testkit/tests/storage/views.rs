//! Views of the queue that people saved.

use vakt_identity::people::Person;
use vakt_ids::{ObjectId, TenantId, ViewId};
use vakt_incidents::{
    Classification, QueueOrder, QueueView, Saved, SavedView, Severity, Status, WantedOwner,
    WantedStatus,
};
use vakt_storage::Store;

use crate::backend::Backend;
use crate::people::person;
use crate::samples::{ONE, OTHER, join_all, with_tenants};

const MAX: usize = 50;
const NOBODY: ObjectId = ObjectId::from_u128(77);

/// A view that asks for everything that can be asked for, numbered.
fn view(number: u128, name: &str) -> SavedView {
    let asks = QueueView {
        status: WantedStatus::Is(Status::InProgress),
        severity: Some(Severity::High),
        classification: Some(Classification::TruePositive),
        owner: WantedOwner::Name("ann@contoso.com".into()),
        search: Some("100% odd_name \0 'quoted' <b>".into()),
        created_since: "2026-02-01".parse().ok(),
        updated_since: "2026-02-02".parse().ok(),
        order: QueueOrder::Severity,
    };
    SavedView { id: ViewId::from_u128(number), name: name.into(), asks }
}

async fn with_people(store: &dyn Store) -> [Person; 3] {
    let people = [person(ONE, 1), person(ONE, 2), person(OTHER, 3)];
    for one in &people {
        store.insert_person(one, &[]).await.unwrap();
    }
    people
}

async fn names(store: &dyn Store, tenant: TenantId, person: ObjectId) -> Vec<String> {
    let views = store.saved_views(tenant, person).await.unwrap();
    views.into_iter().map(|view| view.name).collect()
}

pub async fn views_come_back_as_they_went_in(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let [ada, ..] = with_people(&*store).await;
    let mut all = Vec::new();
    for (number, owner) in (1..).zip([WantedOwner::Anybody, WantedOwner::Nobody, WantedOwner::Me]) {
        let asks = QueueView { owner, ..QueueView::default() };
        let plain = SavedView { asks, ..view(number, &format!("b{number}")) };
        all.push(plain);
    }
    all.push(view(9, "Z"));
    all.insert(0, view(8, "a 'quoted' name, \u{202e}turned \u{1f600}"));
    for one in all.iter().rev() {
        assert_eq!(store.save_view(ONE, ada.object_id, one, MAX).await.unwrap(), Saved::Added);
    }
    assert_eq!(store.saved_views(ONE, ada.object_id).await.unwrap(), all, "by name");
    store.close().await;
    let store = backend.open().await;
    assert_eq!(store.saved_views(ONE, ada.object_id).await.unwrap(), all, "after a restart");
}

pub async fn a_view_of_the_same_name_is_replaced(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let [ada, bob, _] = with_people(&*store).await;
    store.save_view(ONE, ada.object_id, &view(1, "Mine"), 2).await.unwrap();
    let other = SavedView { asks: QueueView::default(), ..view(2, "MINE") };
    assert_eq!(store.save_view(ONE, ada.object_id, &other, 2).await.unwrap(), Saved::Replaced);
    let kept = SavedView { id: ViewId::from_u128(1), ..other.clone() };
    assert_eq!(store.saved_views(ONE, ada.object_id).await.unwrap(), [kept], "its id stays");
    assert_eq!(store.save_view(ONE, ada.object_id, &view(3, "b"), 2).await.unwrap(), Saved::Added);
    let one_more = store.save_view(ONE, ada.object_id, &view(4, "c"), 2).await.unwrap();
    assert_eq!(one_more, Saved::Full);
    let again = store.save_view(ONE, ada.object_id, &view(5, "B"), 2).await.unwrap();
    assert_eq!(again, Saved::Replaced, "also when there are as many as there may be");
    let of_bob = store.save_view(ONE, bob.object_id, &view(6, "mine"), 2).await.unwrap();
    assert_eq!(of_bob, Saved::Added, "names are each person's own");
    let at_once = (10..30).map(|number| {
        let (store, person) = (store.clone(), bob.object_id);
        async move {
            let view = view(number, &number.to_string());
            store.save_view(ONE, person, &view, 5).await.unwrap();
        }
    });
    join_all(at_once).await;
    assert_eq!(names(&*store, ONE, bob.object_id).await.len(), 5);
}

pub async fn views_are_their_persons_alone(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let [ada, bob, eve] = with_people(&*store).await;
    let own = view(1, "own");
    store.save_view(ONE, ada.object_id, &own, MAX).await.unwrap();
    for (tenant, person) in
        [(ONE, bob.object_id), (OTHER, eve.object_id), (OTHER, ada.object_id), (ONE, NOBODY)]
    {
        assert_eq!(store.saved_views(tenant, person).await.unwrap(), []);
        assert!(!store.remove_view(tenant, person, own.id).await.unwrap());
    }
    for (tenant, person) in [(OTHER, ada.object_id), (ONE, eve.object_id), (ONE, NOBODY)] {
        let saved = store.save_view(tenant, person, &view(2, "own"), MAX).await.unwrap();
        assert_eq!(saved, Saved::Nobody);
    }
    assert_eq!(store.saved_views(ONE, ada.object_id).await.unwrap(), std::slice::from_ref(&own));
    assert!(store.remove_view(ONE, ada.object_id, own.id).await.unwrap());
    assert!(!store.remove_view(ONE, ada.object_id, own.id).await.unwrap());
    for (tenant, person) in [(ONE, ada.object_id), (ONE, bob.object_id), (OTHER, eve.object_id)] {
        let id = person.as_uuid().as_u128() + 100;
        store.save_view(tenant, person, &view(id, "last"), MAX).await.unwrap();
    }
    assert!(store.delete_person(ONE, ada.object_id, &[]).await.unwrap());
    assert_eq!(names(&*store, ONE, ada.object_id).await, [""; 0], "they go with the person");
    assert_eq!(names(&*store, ONE, bob.object_id).await, ["last"]);
    assert!(store.delete_tenant(ONE, &[]).await.unwrap());
    assert_eq!(names(&*store, ONE, bob.object_id).await, [""; 0], "and with the tenant");
    assert_eq!(names(&*store, OTHER, eve.object_id).await, ["last"]);
}
