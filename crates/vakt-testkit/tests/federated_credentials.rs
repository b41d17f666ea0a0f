//! Federated identity credentials over Graph, as the Azure CLI and the workload identity webhook
//! manage them.

use serde_json::{Value, json};
use vakt_testkit::cast::ADMIN;
use vakt_testkit::{World, expect_graph, fits, names};

fn credential(name: &str, subject: &str) -> Value {
    json!({
        "name": name, "issuer": "https://issuer.corp/", "subject": subject,
        "audiences": ["api://AzureADTokenExchange"], "description": "a cluster",
    })
}

#[tokio::test]
async fn a_credential_is_made_found_changed_and_removed() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let app = graph.register("workload", json!({})).await;
    let all = format!("/applications/{}/federatedIdentityCredentials", app.object);
    assert_eq!(graph.get(&all).await["value"], json!([]));
    let made = graph.post(&all, 201, &credential("cluster-1", "s")).await;
    assert_eq!(
        names(&made),
        ["@odata.context", "audiences", "description", "id", "issuer", "name", "subject"]
    );
    let id = made["id"].as_str().unwrap();
    for path in [
        format!("{all}/{id}"),
        format!("{all}/cluster-1"),
        format!("{all}(name='cluster-1')"),
        format!("/applications(appId='{}')/federatedIdentityCredentials/{id}", app.app_id),
    ] {
        assert_eq!(graph.get(&path).await["subject"], "s", "{path}");
    }
    graph.patch(&format!("{all}/cluster-1"), &json!({ "subject": "t", "description": null })).await;
    let changed = graph.get(&format!("{all}/{id}")).await;
    assert_eq!((&changed["subject"], &changed["description"]), (&json!("t"), &Value::Null));
    assert_eq!(changed["issuer"], "https://issuer.corp/", "what is absent stays");
    // Named by its name, it is made if it is not there.
    let body = json!({ "issuer": "https://issuer.corp/", "subject": "u", "audiences": ["a"] });
    graph.patch(&format!("{all}(name='cluster-2')"), &body).await;
    let query = "$filter=subject%20eq%20'u'&$count=true";
    let found = graph.get(&format!("{all}?{query}")).await;
    assert_eq!(
        (&found["@odata.count"], &found["value"][0]["name"]),
        (&json!(1), &json!("cluster-2"))
    );
    let page = graph.get(&format!("{all}?$top=1")).await;
    assert!(page["@odata.nextLink"].as_str().unwrap().contains("$skiptoken="));
    graph.delete(&format!("{all}/{id}")).await;
    let answer = graph.send("DELETE", &format!("{all}/{id}"), None).await;
    expect_graph(&answer, 404, "Request_ResourceNotFound");
}

#[tokio::test]
async fn limits_and_mistakes_are_named() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let app = graph.register("limited", json!({})).await;
    let all = format!("/applications/{}/federatedIdentityCredentials", app.object);
    graph.post(&all, 201, &credential("first", "s")).await;
    let with = |name: &str, value: Value| {
        let mut body = credential("next", "other");
        body[name] = value;
        body
    };
    for (body, expected) in [
        (with("name", json!("")), "name: *"),
        (with("name", json!("a b")), "name: `a b` is not *"),
        (with("name", json!("a".repeat(121))), "name: *"),
        (with("audiences", json!([])), "audiences: exactly one is wanted*"),
        (with("audiences", json!(["a", "b"])), "audiences: exactly one is wanted*"),
        (with("audiences", json!(["a".repeat(601)])), "audiences is missing or longer than 600 *"),
        (with("subject", Value::Null), "subject is missing or longer than 600 characters"),
        (with("issuer", json!("http://issuer.corp")), "issuer: *"),
        (credential("second", "s"), "the federated identity credential `first` has this issuer *"),
    ] {
        let answer = graph.send("POST", &all, Some(&body)).await;
        let message = expect_graph(&answer, 400, "Request_BadRequest");
        assert!(fits(expected, &message), "`{message}`\nis not `{expected}`");
    }
    let answer = graph.send("POST", &all, Some(&credential("first", "other"))).await;
    let message = expect_graph(&answer, 409, "Request_MultipleObjectsWithSameKeyValue");
    assert!(
        message.starts_with("FederatedIdentityCredential with name first already exists."),
        "{message}"
    );
    let answer = graph.send("PATCH", &format!("{all}/first"), Some(&json!({ "name": "x" }))).await;
    let message = expect_graph(&answer, 400, "Request_BadRequest");
    assert!(message.starts_with("name cannot be changed"), "{message}");
    for number in 1..20 {
        let name = format!("n{number}");
        graph.post(&all, 201, &credential(&name, &name)).await;
    }
    let answer = graph.send("POST", &all, Some(&credential("n20", "n20"))).await;
    let message = expect_graph(&answer, 400, "Request_BadRequest");
    assert!(message.contains("20 federated identity credentials already"), "{message}");
}
