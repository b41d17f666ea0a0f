//! Permissions: found, asked for, granted, and asked for again.

use jiff::SignedDuration;
use vakt_testkit::people::{ADA, CARL};
use vakt_testkit::{Request, Visitor, World};

use super::applications::{place, register};

const MTP: &str = "8ee8fdad-f234-4243-8f3b-15c294843740";
const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

/// The names of a page's boxes.
fn boxes(page: &str) -> Vec<String> {
    let names = page.split("name=\"role-").skip(1);
    names.map(|rest| format!("role-{}", rest.split('"').next().unwrap())).collect()
}

/// Asks for the first permission of an API that is not asked for yet.
async fn ask(visitor: &mut Visitor, root: &str, api: &str) {
    let form = visitor.get(&format!("{root}/permissions/add?api={api}")).await;
    let name = boxes(form.text()).remove(0);
    let answer = visitor.submit(&form, &[(name.as_str(), "yes")]).await;
    assert_eq!(place(&answer), format!("{root}/permissions?done=added"));
}

async fn statuses(visitor: &mut Visitor, root: &str) -> (usize, usize) {
    let page = visitor.get(&format!("{root}/permissions")).await;
    let granted = page.text().matches(">Granted<").count();
    (granted, page.text().matches(">Not granted<").count())
}

#[tokio::test]
async fn each_addition_needs_consent_again() {
    let world = World::with_people().await;
    let mut carl = Visitor::signed_in(&world, &CARL).await;
    let app = register(&mut carl, "Siem in two steps").await;
    let root = format!("/portal/applications/{app}");
    let first = carl.get(&format!("{root}/permissions/add")).await;
    assert!(first.text().contains(GRAPH) && !first.text().contains(MTP));
    let found = carl.get(&format!("{root}/permissions/add?search=threat%20protection")).await;
    assert!(found.text().contains(MTP));
    for round in 0..2 {
        ask(&mut carl, &root, MTP).await;
        assert_eq!(statuses(&mut carl, &root).await, (round, 1));
        let question = carl.get(&format!("{root}/grant")).await;
        let answer = carl.submit(&question, &[("shown", &shown(question.text()))]).await;
        assert_eq!(place(&answer), format!("{root}/permissions?done=granted"));
        assert_eq!(statuses(&mut carl, &root).await, (round + 1, 0));
    }
    // What was not shown is not granted.
    let question = carl.get(&format!("{root}/grant")).await;
    ask(&mut carl, &root, MTP).await;
    carl.get(&format!("{root}/grant")).await;
    let answer = carl.submit(&question, &[("shown", &shown(question.text()))]).await;
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("has changed while you were reading"));
    assert_eq!(statuses(&mut carl, &root).await, (2, 1));
    // Consent is for those who have signed in a moment ago, and leads back here.
    world.clock().advance(SignedDuration::from_mins(11));
    let again = format!("/vakt/sign-in?return={root}/grant");
    assert_eq!(carl.get(&format!("{root}/permissions")).await.status, 200);
    assert_eq!(place(&carl.get(&format!("{root}/grant")).await), again);
    assert_eq!(place(&carl.submit(&question, &[("shown", &shown(question.text()))]).await), again);
}

fn shown(page: &str) -> String {
    let rest = page.split("name=\"shown\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn permissions_of_graph_are_for_global_administrators_to_grant() {
    let world = World::with_people().await;
    let mut carl = Visitor::signed_in(&world, &CARL).await;
    let app = register(&mut carl, "Reads the directory").await;
    let root = format!("/portal/applications/{app}");
    ask(&mut carl, &root, GRAPH).await;
    let page = carl.get(&format!("{root}/permissions")).await;
    assert!(
        !page.text().contains("/grant\"") && page.text().contains("Only a Global Administrator")
    );
    assert_eq!(carl.get(&format!("{root}/grant")).await.status, 403);
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    assert_eq!(ada.get(&format!("{root}/grant")).await.status, 200);
    assert_eq!(ada.get(&format!("{root}/permissions/add?api=nonsense")).await.status, 404);
    let form = ada.get(&format!("{root}/permissions/add?api={GRAPH}")).await;
    let made_up = "role-00000000-0000-4000-8000-000000000001";
    let target = format!("{root}/permissions/add?api={GRAPH}");
    let fields = [("csrf", token(form.text())), (made_up, "yes".to_owned())];
    let answer = ada.send(Request::post(target).form(&fields)).await;
    assert_eq!(answer.status, 400, "only what the API offers can be asked for");
    let page = ada.get(&format!("{root}/permissions")).await;
    let remove = page
        .text()
        .split("href=\"")
        .find(|rest| rest.split('"').next().unwrap().ends_with("/remove"));
    let question = ada.get(remove.unwrap().split('"').next().unwrap()).await;
    let answer = ada.submit(&question, &[("confirmed", "yes")]).await;
    assert_eq!(place(&answer), format!("{root}/permissions?done=removed"));
    assert_eq!(statuses(&mut ada, &root).await, (0, 0));
}

fn token(page: &str) -> String {
    let forms = page.split("<form class=\"card narrow\"").nth(1).unwrap();
    let rest = forms.split("name=\"csrf\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}
