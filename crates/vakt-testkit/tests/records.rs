//! Records of the streaming API: every form in which they come, what is kept of them, and what is
//! said of the rest.

use serde_json::{Value, json};
use vakt_testkit::{Answer, Request, World, expect_classic, fits};

fn record(table: &str, properties: Value) -> Value {
    json!({
        "time": "2026-02-28T10:00:05.1234567Z", "tenantId": "11111111-1111-4111-8111-111111111111",
        "operationName": "Publish", "category": format!("AdvancedHunting-{table}"),
        "_TimeReceivedBySvc": "2026-02-28T10:00:03Z", "properties": properties,
        "Tenant": "DefaultTenant",
    })
}

fn info(alert: &str) -> Value {
    record(
        "AlertInfo",
        json!({
            "Timestamp": "2026-02-28T10:00:00.1234567Z", "AlertId": alert, "Title": "Suspicious PowerShell",
            "Category": "Execution", "Severity": "Medium",
            "ServiceSource": "Microsoft Defender for Endpoint", "DetectionSource": "EDR",
            "AttackTechniques": "[\"PowerShell (T1059.001)\"]", "MachineGroup": null,
            "__UDI_RequiredPermission": "x",
        }),
    )
}

fn machine(alert: &str, device: &str) -> Value {
    record(
        "AlertEvidence",
        json!({
            "Timestamp": "2026-02-28T10:00:00.1234567Z", "AlertId": alert, "Title": "Suspicious PowerShell",
            "Categories": "[\"Execution\"]", "EntityType": "Machine", "EvidenceRole": "Impacted",
            "DeviceId": device, "DeviceName": "ws1.contoso.com", "LocalIP": "10.0.0.1",
            "MachineGroup": "workstations", "AdditionalFields": "{}",
        }),
    )
}

fn process(alert: &str) -> Value {
    record(
        "AlertEvidence",
        json!({
            "Timestamp": "2026-02-28T10:00:00.1234567Z", "AlertId": alert, "EntityType": "Process",
            "EvidenceRole": "Related", "EvidenceDirection": "Source", "FileName": "powershell.exe",
            "FolderPath": "C:\\Windows\\System32", "SHA1": "5de8139332ac119239bbb5b76a9a2bd3b6c5a111",
            "FileSize": 452608, "ProcessCommandLine": "powershell.exe -enc AAAA", "AccountName": "alice",
            "AccountDomain": "CONTOSO", "AccountSid": "S-1-5-21-7", "ThreatFamily": "Wacatac",
            "NetworkMessageId": "m1", "AdditionalFields": "{\"Asset\":true}",
        }),
    )
}

async fn send(world: &World, body: String) -> Answer {
    world.write(Request::post("/vakt/v1/records").body("application/json", body)).await
}

#[tokio::test]
async fn an_alert_is_put_together_from_its_records() {
    let world = World::start().await;
    let body = json!({ "records": [process("da1"), info("da1"), machine("da1", "d1")] });
    let answer = send(&world, body.to_string()).await.expect(200);
    assert_eq!((&answer["received"], &answer["stored"]), (&json!(3), &json!(3)));
    assert_eq!(answer["alerts"][0]["alertId"], "da1");
    assert_eq!(answer["alerts"][0]["reason"]["kind"], "unrelated");
    let number = answer["alerts"][0]["incidentId"].as_i64().unwrap();
    let incident = world.get(&format!("/api/incidents/{number}")).await.expect(200);
    assert_eq!(incident["severity"], "Medium");
    let alert = &incident["alerts"][0];
    for (member, expected) in [
        ("title", json!("Suspicious PowerShell")),
        ("category", json!("Execution")),
        ("serviceSource", json!("MicrosoftDefenderATP")),
        ("detectionSource", json!("WindowsDefenderAtp")),
        ("threatFamilyName", json!("Wacatac")),
        ("mitreTechniques", json!(["T1059.001"])),
        ("firstActivity", json!("2026-02-28T10:00:00.1234567Z")),
    ] {
        assert_eq!(alert[member], expected, "{member}");
    }
    let device = &alert["devices"][0];
    assert_eq!(
        (&device["mdatpDeviceId"], &device["rbacGroupName"]),
        (&json!("d1"), &json!("workstations"))
    );
    let entity = &alert["entities"][0];
    assert_eq!(entity["entityType"], "Process");
    assert_eq!(entity["processCommandLine"], "powershell.exe -enc AAAA");
    assert_eq!(entity["userSid"], "S-1-5-21-7");
}

#[tokio::test]
async fn every_form_is_taken_and_the_same_again_changes_nothing() {
    let world = World::start().await;
    let (a, b, c) = (info("da1"), machine("da1", "d1"), process("da1"));
    let forms = [
        json!({ "records": [a, b, c] }).to_string(),
        format!("{a}\r\n{b}\r\n{c}\r\n"),
        format!("{c}\n{b}\n\n{a}"),
        json!([c, a, b]).to_string(),
        format!("{}\n{c}", json!({ "records": [b, a] })),
        a.to_string(),
        b.to_string(),
    ];
    let mut first = None;
    for form in forms {
        let answer = send(&world, form.clone()).await.expect(200);
        assert_eq!(answer["refused"], json!([]), "{form}");
        let number = answer["alerts"][0]["incidentId"].as_i64().unwrap();
        let incident = world.get(&format!("/vakt/v1/incidents/{number}")).await.expect(200);
        assert_eq!(*first.get_or_insert_with(|| incident.clone()), incident, "{form}");
        world.clock().advance(jiff::SignedDuration::from_secs(60));
    }
    let all = world.get("/api/incidents?$count=true").await.expect(200);
    assert_eq!(all["@odata.count"], 1);
}

#[tokio::test]
async fn what_is_not_kept_is_never_said_to_be() {
    let world = World::start().await;
    let other = |table: &str| record(table, json!({ "Timestamp": "2026-02-28T10:00:00Z" }));
    let body = json!({ "records": [
        other("DeviceProcessEvents"), info("da1"), other("DeviceProcessEvents"), other("EmailEvents"),
    ]});
    let answer = send(&world, body.to_string()).await.expect(200);
    assert_eq!((&answer["received"], &answer["stored"]), (&json!(4), &json!(1)));
    let not_stored = answer["notStored"].as_array().unwrap();
    let counts: Vec<_> = not_stored.iter().map(|one| (&one["table"], &one["count"])).collect();
    assert_eq!(
        counts,
        [(&json!("DeviceProcessEvents"), &json!(2)), (&json!("EmailEvents"), &json!(1))]
    );
    assert!(fits("*keeps no hunting tables yet*", not_stored[0]["reason"].as_str().unwrap()));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_by_itself() {
    let world = World::start().await;
    let mut records = Vec::new();
    for (properties, told) in [
        (json!({ "AlertId": "da1" }), "its `properties` have no `Timestamp`"),
        (json!({ "Timestamp": "x", "AlertId": "da1" }), "`Timestamp` is `x`, which is not a time"),
        (json!({ "Timestamp": "2026-02-28T10:00:00Z" }), "its `properties` have no `AlertId`"),
        (json!({ "Timestamp": "2026-02-28T10:00:00Z", "AlertId": "a b" }), "*`a b`*"),
        (
            json!({ "Timestamp": "2026-02-28T10:00:00Z", "AlertId": "da1", "Severity": "x" }),
            "*`x` is not a severity*",
        ),
    ] {
        records.push((record("AlertInfo", properties), told));
    }
    records.push((json!({ "properties": {} }), "it has no `category`"));
    records.push((json!({ "category": "AdvancedHunting-AlertInfo" }), "it has no `properties`"));
    records.push((json!(3), "it is not a record*"));
    let mut list: Vec<Value> = records.iter().map(|(record, _)| record.clone()).collect();
    list.push(info("da2"));
    let answer = send(&world, json!({ "records": list }).to_string()).await.expect(200);
    assert_eq!(answer["stored"], 1);
    let refused = answer["refused"].as_array().unwrap();
    assert_eq!(refused.len(), records.len());
    for (index, (refused, (_, told))) in refused.iter().zip(&records).enumerate() {
        assert_eq!(refused["index"], index);
        assert!(fits(told, refused["reason"].as_str().unwrap()), "{refused}");
    }
    let many = json!({ "records": vec![json!(1); 10_001] }).to_string();
    for body in [String::new(), "nope".into(), "{".into(), many] {
        expect_classic(&send(&world, body).await, 400, "InvalidRequestBody");
    }
}
