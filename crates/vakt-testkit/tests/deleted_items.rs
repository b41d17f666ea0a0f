//! Deleted applications and service principals: listed, restored with all they had, and gone.

use jiff::SignedDuration;
use serde_json::json;
use vakt_testkit::cast::{ADMIN, SIEM};
use vakt_testkit::{Request, TokenAsk, World, expect_graph};

const MTP_ID: &str = "8ee8fdad-f234-4243-8f3b-15c294843740";
const INCIDENT_READ: &str = "a9790345-4595-42e4-971a-ccdc79f19b7c";

#[tokio::test]
async fn a_restored_application_has_its_secrets_principal_and_grants_again() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let app = graph.register("phoenix", json!({ "identifierUris": ["api://phoenix"] })).await;
    let mtp = graph.principal_of(MTP_ID).await["id"].clone();
    let grants = format!("/servicePrincipals/{}/appRoleAssignments", app.principal);
    let grant =
        json!({ "principalId": app.principal, "resourceId": mtp, "appRoleId": INCIDENT_READ });
    graph.post(&grants, 201, &grant).await;
    let ask = || {
        let ask = TokenAsk::v2(&SIEM, "https://api.security.microsoft.com");
        ask.set("client_id", &app.app_id).set("client_secret", &app.secret)
    };
    graph.delete(&format!("/applications(appId='{}')", app.app_id)).await;
    world.send(ask()).await.expect(400);
    let list = graph.get("/directory/deletedItems/microsoft.graph.application?$count=true").await;
    assert_eq!((&list["@odata.count"], &list["value"][0]["id"]), (&json!(1), &json!(app.object)));
    assert_eq!(list["value"][0]["deletedDateTime"], "2026-03-01T12:00:00Z");
    let principals = graph.get("/directory/deletedItems/microsoft.graph.servicePrincipal").await;
    assert_eq!(principals["value"][0]["id"], json!(app.principal));
    let one = graph.get(&format!("/directory/deletedItems/{}", app.object)).await;
    assert_eq!(one["@odata.type"], "#microsoft.graph.application");
    let restore = format!("/directory/deletedItems/{}/restore", app.object);
    let restored = graph.post(&restore, 200, &json!({})).await;
    assert_eq!(
        (&restored["id"], restored.get("deletedDateTime")),
        (&json!(app.object), Some(&json!(null)))
    );
    world.send(ask()).await.expect(200);
    assert_eq!(graph.get(&grants).await["value"].as_array().unwrap().len(), 1);
    let list = graph.get("/directory/deletedItems/application").await;
    assert_eq!(list["value"], json!([]));
}

#[tokio::test]
async fn what_is_removed_for_good_or_too_old_is_not_there() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let (now, later) =
        (graph.register("now", json!({})).await, graph.register("later", json!({})).await);
    for app in [&now, &later] {
        graph.delete(&format!("/applications/{}", app.object)).await;
    }
    let at = |object: &str| format!("/directory/deletedItems/{object}");
    graph.delete(&at(&now.object)).await;
    expect_graph(&graph.send("GET", &at(&now.object), None).await, 404, "Request_ResourceNotFound");
    expect_graph(
        &graph.send("GET", &at(&now.principal), None).await,
        404,
        "Request_ResourceNotFound",
    );
    world.clock().advance(SignedDuration::from_hours(30 * 24 + 1));
    let graph = world.directory(&ADMIN).await;
    let answer = graph.send("POST", &format!("{}/restore", at(&later.object)), None).await;
    expect_graph(&answer, 404, "Request_ResourceNotFound");
    let count = Request::get("/v1.0/directory/deletedItems/application/$count")
        .header("consistencylevel", "eventual");
    assert_eq!(graph.send_raw(count).await.text(), "0");
}

#[tokio::test]
async fn a_name_that_was_taken_meanwhile_keeps_an_application_deleted() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let uris = json!({ "identifierUris": ["api://wanted"] });
    let app = graph.register("first", uris.clone()).await;
    graph.delete(&format!("/applications/{}", app.object)).await;
    graph.register("second", uris).await;
    let restore = format!("/directory/deletedItems/{}/restore", app.object);
    let answer = graph.send("POST", &restore, None).await;
    expect_graph(&answer, 409, "Request_MultipleObjectsWithSameKeyValue");
    graph.get(&format!("/directory/deletedItems/{}", app.object)).await;
}
