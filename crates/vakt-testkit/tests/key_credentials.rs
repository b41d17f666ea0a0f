//! Certificates of applications and service principals: set with PATCH, rolled with a proof, and
//! never lost by a client that sends back what it read.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use serde_json::{Value, json};
use vakt_testkit::cast::{ADMIN, SIEM};
use vakt_testkit::{ClientKey, Directory, World, expect_graph, fits};

const NOBODY: &str = "0e0e0e0e-0000-4000-8000-00000000000e";

fn listed(object: &Value) -> &Vec<Value> {
    object["keyCredentials"].as_array().unwrap()
}

async fn refused(graph: &Directory, path: &str, body: &Value, expected: &str) {
    let method = if path.contains("Key") { "POST" } else { "PATCH" };
    let answer = graph.send(method, path, Some(body)).await;
    let message = expect_graph(&answer, 400, "Request_BadRequest");
    assert!(fits(expected, &message), "`{message}`\nis not `{expected}`");
}

#[tokio::test]
async fn a_certificate_is_read_in_every_form_and_shown_without_its_bytes() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let key = ClientKey::new("reporting", world.clock().now(), 30);
    let at = format!("/applications/{}", SIEM.object);
    let in_lines = key.pem.lines().filter(|line| !line.starts_with("---")).collect::<String>();
    for form in
        [key.base64(), STANDARD.encode(&key.pem), key.pem.clone(), STANDARD.encode(&in_lines)]
    {
        let credential = json!({
            "@odata.type": "#microsoft.graph.keyCredential",
            "type": "AsymmetricX509Cert", "usage": "Verify", "key": form,
        });
        graph.patch(&at, &json!({ "keyCredentials": [credential] })).await;
        let shown = graph.get(&at).await;
        let [one] = &listed(&shown)[..] else { panic!("{shown}") };
        assert_eq!((&one["type"], &one["usage"]), (&json!("AsymmetricX509Cert"), &json!("Verify")));
        assert_eq!(one["key"], Value::Null, "bytes are only shown where they were selected");
        let thumbprint = STANDARD.encode(key.certificate.thumbprint_sha1);
        assert_eq!(one["customKeyIdentifier"], json!(thumbprint));
        assert_eq!(one["endDateTime"], json!(key.certificate.expires_at.to_string()));
    }
    let selected = graph.get(&format!("{at}?$select=keyCredentials")).await;
    assert_eq!(listed(&selected)[0]["key"], json!(key.base64()));
    let list = graph.get("/applications?$select=keyCredentials").await;
    assert!(!list.to_string().contains(&key.base64()), "not in lists");
}

#[tokio::test]
async fn a_list_is_replaced_whole_and_keeps_what_is_named_by_its_key_id() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let now = world.clock().now();
    let (first, second) = (ClientKey::new("a", now, 30), ClientKey::new("b", now, 30));
    let app = graph.register("roller", json!({})).await;
    for at in
        [format!("/applications/{}", app.object), format!("/servicePrincipals/{}", app.principal)]
    {
        let new = |key: &ClientKey| json!({ "key": key.base64(), "displayName": "mine" });
        graph.patch(&at, &json!({ "keyCredentials": [new(&first)] })).await;
        // As the Azure CLI appends: what was read, without its bytes, and one more.
        let mut both = listed(&graph.get(&at).await).clone();
        both.push(new(&second));
        graph.patch(&at, &json!({ "keyCredentials": both })).await;
        let shown = graph.get(&format!("{at}?$select=keyCredentials")).await;
        let keys: Vec<&Value> = listed(&shown).iter().map(|one| &one["key"]).collect();
        assert_eq!(keys, [&json!(first.base64()), &json!(second.base64())]);
        graph.patch(&at, &json!({ "notes": "unrelated" })).await;
        assert_eq!(listed(&graph.get(&at).await).len(), 2);
        graph.patch(&at, &json!({ "keyCredentials": [both[0]] })).await;
        assert_eq!(listed(&graph.get(&at).await).len(), 1);
        graph.patch(&at, &json!({ "keyCredentials": null })).await;
        assert_eq!(graph.get(&at).await["keyCredentials"], json!([]));
    }
}

#[tokio::test]
async fn mistakes_with_certificates_are_named() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let key = ClientKey::new("x", world.clock().now(), 30);
    let at = format!("/applications/{}", SIEM.object);
    let with = |name: &str, value: Value| {
        let mut one = json!({ "key": key.base64() });
        one[name] = value;
        json!({ "keyCredentials": [one] })
    };
    for (body, expected) in [
        (with("key", json!("AAAA")), "keyCredentials: key: it is not an X.509 certificate *"),
        (with("type", json!("Symmetric")), "keyCredentials: type must be AsymmetricX509Cert; *"),
        (with("usage", json!("Sign")), "keyCredentials: usage must be Verify; *"),
        (
            with("endDateTime", json!("2031-01-01T00:00:00Z")),
            "keyCredentials: startDateTime and endDateTime are not within the certificate's *",
        ),
        (json!({ "keyCredentials": [{ "keyId": NOBODY }] }), "keyCredentials: there is no *"),
        (with("nope", json!(1)), "*"),
    ] {
        let answer = graph.send("PATCH", &at, Some(&body)).await;
        assert_eq!(answer.status, 400, "{body}");
        let message = answer.json()["error"]["message"].as_str().unwrap().to_owned();
        assert!(fits(expected, &message), "`{message}`\nis not `{expected}`");
    }
    assert_eq!(graph.get(&at).await["keyCredentials"], json!([]));
}

#[tokio::test]
async fn keys_are_rolled_with_a_proof_of_the_old_one() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let now = world.clock().now();
    let (old, new) = (ClientKey::new("old", now, 30), ClientKey::new("new", now, 60));
    let app = graph.register("prover", json!({})).await;
    for (at, object) in [
        (format!("/applications/{}", app.object), &app.object),
        (format!("/servicePrincipals/{}", app.principal), &app.principal),
    ] {
        let add = |proof: String| {
            json!({
                "keyCredential": {
                    "type": "AsymmetricX509Cert", "usage": "Verify", "key": new.base64(),
                },
                "passwordCredential": null,
                "proof": proof,
            })
        };
        let (add_key, remove_key) = (format!("{at}/addKey"), format!("{at}/removeKey"));
        let first = "there is no valid certificate that could have signed a proof; *";
        refused(&graph, &add_key, &add(old.proof(object, now)), first).await;
        graph.patch(&at, &json!({ "keyCredentials": [{ "key": old.base64() }] })).await;
        refused(&graph, &add_key, &add("x".into()), "proof: *").await;
        refused(&graph, &add_key, &add(new.proof(object, now)), "proof: no certificate *").await;
        refused(&graph, &add_key, &add(old.proof(NOBODY, now)), "proof: *").await;
        let stale = now - SignedDuration::from_hours(1);
        refused(&graph, &add_key, &add(old.proof(object, stale)), "proof: *").await;
        let added = graph.post(&add_key, 200, &add(old.proof(object, now))).await;
        assert_eq!(added["usage"], "Verify");
        assert_eq!(listed(&graph.get(&at).await).len(), 2);
        let gone = json!({ "keyId": NOBODY, "proof": new.proof(object, now) });
        refused(&graph, &remove_key, &gone, "No key credential found with keyId '*'. *").await;
        let first = listed(&graph.get(&at).await)[0]["keyId"].clone();
        let body = json!({ "keyId": first, "proof": new.proof(object, now) });
        graph.post(&remove_key, 204, &body).await;
        let left = graph.get(&at).await;
        assert_eq!(listed(&left).len(), 1);
        assert_eq!(listed(&left)[0]["keyId"], added["keyId"]);
    }
}
