//! Machine actions, as SEKOIA's playbooks ask for them, and the automation that carries them out.

use serde_json::{Value, json};
use vakt_testkit::cast::{FEEDER, RESPONDER};
use vakt_testkit::endpoint::{ENDPOINT, EndpointApi, machine, machine_id};
use vakt_testkit::{Request, TokenAsk, World, expect_classic, names};

async fn with_machine(world: &World) -> EndpointApi<'_> {
    let api = EndpointApi::of(world).await;
    api.import(&[machine(1), machine(2)]).await;
    api
}

#[tokio::test]
async fn sekoias_actions_are_recorded_as_its_code_expects() {
    let world = World::start().await;
    let api = with_machine(&world).await;
    // Its token request is a GET with a form body, at the v1 endpoint, for a resource.
    let token = world.send(TokenAsk::v1(&RESPONDER, ENDPOINT).method("GET")).await.expect(200);
    let token = token["access_token"].as_str().unwrap();
    let sha1 = "5de8139332ac119239bbb5b76a9a2bd3b6c5a111";
    for (path, more, kind, scope) in [
        ("isolate", json!({ "IsolationType": "Full" }), "Isolate", json!("Full")),
        ("unisolate", json!({}), "Unisolate", Value::Null),
        ("runAntiVirusScan", json!({ "ScanType": "Full" }), "RunAntiVirusScan", json!("Full")),
        ("restrictCodeExecution", json!({}), "RestrictCodeExecution", Value::Null),
        ("unrestrictCodeExecution", json!({}), "UnrestrictCodeExecution", Value::Null),
        ("collectInvestigationPackage", json!({}), "CollectInvestigationPackage", Value::Null),
        ("offboard", json!({}), "Offboard", Value::Null),
        ("StopAndQuarantineFile", json!({ "Sha1": sha1 }), "StopAndQuarantineFile", Value::Null),
    ] {
        let mut body = json!({ "Comment": "Some comment" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let path = format!("/api/machines/{}/{path}", machine_id(1));
        let action = world.send(Request::post(path).bearer(token).json(&body)).await.expect(201);
        for (member, expected) in [
            ("type", json!(kind)),
            ("scope", scope),
            ("status", json!("Pending")),
            ("requestor", json!("responder")),
            ("requestorComment", json!("Some comment")),
            ("machineId", json!(machine_id(1))),
            ("computerDnsName", json!("ws1.contoso.com")),
            ("requestSource", json!("PublicApi")),
            ("errorHResult", json!(0)),
            ("commands", json!([])),
            ("cancellationRequestor", Value::Null),
        ] {
            assert_eq!(action[member], expected, "{member} of {kind}");
        }
        assert_eq!(action["relatedFileInfo"].is_null(), kind != "StopAndQuarantineFile");
        let path = format!("/api/machineactions/{}", action["id"].as_str().unwrap());
        let found = world.send(Request::get(&path).bearer(token)).await.expect(200);
        assert_eq!(found, action, "its second step reads the same");
        let cancel = json!({ "Comment": "no more" });
        let request = Request::post(format!("{path}/cancel")).bearer(token).json(&cancel);
        let cancelled = world.send(request).await.expect(200);
        assert_eq!(cancelled["status"], "Cancelled");
        assert_eq!(cancelled["cancellationComment"], "no more");
        assert!(cancelled["cancellationDateTimeUtc"].is_string());
    }
    // It indexes code, message and target of every error.
    let answer = api.send("POST", "/api/machines/1234/isolate", Some(&json!({}))).await;
    expect_classic(&answer, 404, "ResourceNotFound");
}

#[tokio::test]
async fn wishes_that_cannot_be_are_refused() {
    let world = World::start().await;
    let api = with_machine(&world).await;
    for (path, body, code) in [
        ("isolate", json!({}), "MissingRequiredParameter"),
        ("isolate", json!({ "Comment": "x", "IsolationType": "Quick" }), "InvalidInput"),
        ("isolate", json!({ "Comment": "x", "IsolationType": "Sometimes" }), "InvalidInput"),
        ("runAntiVirusScan", json!({ "Comment": "x", "ScanType": "Selective" }), "InvalidInput"),
        ("StopAndQuarantineFile", json!({ "Comment": "x" }), "InvalidHashValue"),
        ("offboard", json!({ "Comment": "x".repeat(4_001) }), "MissingRequiredParameter"),
        ("offboard", json!([]), "InvalidRequestBody"),
    ] {
        let path = format!("/api/machines/{}/{path}", machine_id(1));
        expect_classic(&api.send("POST", &path, Some(&body)).await, 400, code);
    }
    let path = format!("/api/machines/{}/isolate", machine_id(1));
    let body = json!({ "Comment": "x" });
    let first = api.post(&path, 201, body.clone()).await;
    let again = api.send("POST", &path, Some(&body)).await;
    assert_eq!(
        expect_classic(&again, 400, "ActiveRequestAlreadyExists"),
        "Action is already in progress"
    );
    let path_of_other = format!("/api/machines/{}/isolate", machine_id(2));
    api.post(&path_of_other, 201, body.clone()).await;
    let id = first["id"].as_str().unwrap();
    api.post(&format!("/api/machineactions/{id}/cancel"), 200, json!({})).await;
    api.post(&path, 201, body).await;
}

#[tokio::test]
async fn automation_takes_up_what_waits_and_says_what_came_of_it() {
    let world = World::start().await;
    let api = with_machine(&world).await;
    let ask = async |name: &str| {
        let path = format!("/api/machines/{}/{name}", machine_id(1));
        let action = api.post(&path, 201, json!({ "Comment": "x" })).await;
        action["id"].as_str().unwrap().to_owned()
    };
    let ids = [ask("isolate").await, ask("offboard").await, ask("runAntiVirusScan").await];
    let waiting = async || {
        let pages = api.walk("/vakt/v1/machineactions?status=Pending&$top=1", "id").await;
        pages.concat().len()
    };
    assert_eq!(waiting().await, 3);
    let report = async |id: &str, body: Value| {
        api.send("PATCH", &format!("/vakt/v1/machineactions/{id}"), Some(&body)).await
    };
    let status = |status: &str| json!({ "status": status });
    for id in &ids {
        let leap = report(id, status("Succeeded")).await;
        expect_classic(&leap, 409, "Conflict");
        report(id, status("InProgress")).await.expect(200);
        // Of two who take up the same action one is told so.
        expect_classic(&report(id, status("InProgress")).await, 409, "Conflict");
    }
    assert_eq!(waiting().await, 0);
    for (id, end) in ids.iter().zip(["Succeeded", "Failed", "TimeOut"]) {
        let body = json!({ "status": end, "troubleshootInfo": "by hand", "errorHResult": 7 });
        let done = report(id, body).await.expect(200);
        assert_eq!((&done["status"], &done["errorHResult"]), (&json!(end), &json!(7)));
        assert_eq!(done["troubleshootInfo"], "by hand");
        expect_classic(&report(id, status("InProgress")).await, 409, "Conflict");
        let cancel = api.send("POST", &format!("/api/machineactions/{id}/cancel"), None).await;
        expect_classic(&cancel, 409, "Conflict");
    }
    for (body, code) in [(json!({}), "MissingRequiredParameter"), (status("Done"), "InvalidInput")]
    {
        expect_classic(&report(&ids[0], body).await, 400, code);
    }
    expect_classic(&report(&ids[0], status("Cancelled")).await, 409, "Conflict");
}

#[tokio::test]
async fn actions_are_listed_newest_first_and_filtered() {
    let world = World::start().await;
    let api = with_machine(&world).await;
    for (number, name) in [(1, "isolate"), (2, "isolate"), (1, "offboard")] {
        let path = format!("/api/machines/{}/{name}", machine_id(number));
        api.post(&path, 201, json!({ "Comment": "x", "ExternalId": "case 7" })).await;
        world.clock().advance(jiff::SignedDuration::from_secs(60));
    }
    let kinds = async |query: &str| {
        let list = api.get(&format!("/api/machineactions{query}")).await;
        let kind = |one: &Value| {
            format!(
                "{} {}",
                one["type"].as_str().unwrap(),
                &one["machineId"].as_str().unwrap()[..2]
            )
        };
        list["value"].as_array().unwrap().iter().map(kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds("").await, ["Offboard 01", "Isolate 02", "Isolate 01"]);
    // The documentation's own example: the latest two of a machine.
    let filter = format!("?$filter=machineId%20eq%20'{}'&$top=2", machine_id(1));
    assert_eq!(kinds(&filter).await, ["Offboard 01", "Isolate 01"]);
    for (filter, count) in [
        ("type%20eq%20'Isolate'", 2),
        ("status%20eq%20'Pending'", 3),
        ("status%20eq%20'Cancelled'", 0),
        ("requestor%20eq%20'Responder'", 3),
        ("creationDateTimeUtc%20gt%202020-01-01", 3),
    ] {
        assert_eq!(kinds(&format!("?$filter={filter}")).await.len(), count, "{filter}");
    }
    let list = api.get("/api/machineactions?$top=1").await;
    assert_eq!(names(&list), ["@odata.context", "@odata.nextLink", "value"]);
    assert_eq!(list["value"][0]["externalId"], "case 7");
}

#[tokio::test]
async fn an_action_is_called_off_by_those_who_may_ask_for_its_kind() {
    let world = World::start().await;
    let api = with_machine(&world).await;
    let feeder = EndpointApi::as_app(&world, &FEEDER).await;
    let path = format!("/api/machines/{}", machine_id(1));
    let body = json!({ "Comment": "x" });
    let isolate = api.post(&format!("{path}/isolate"), 201, body.clone()).await;
    let scan = feeder.post(&format!("{path}/runAntiVirusScan"), 201, body.clone()).await;
    assert_eq!(scan["requestor"], "feeder");
    let refused = feeder.send("POST", &format!("{path}/isolate"), Some(&body)).await;
    expect_classic(&refused, 403, "Forbidden");
    let cancel =
        |action: &Value| format!("/api/machineactions/{}/cancel", action["id"].as_str().unwrap());
    let message =
        expect_classic(&feeder.send("POST", &cancel(&isolate), None).await, 403, "Forbidden");
    assert!(message.contains("Machine.Isolate"), "{message}");
    feeder.send("POST", &cancel(&scan), None).await.expect(200);
}
