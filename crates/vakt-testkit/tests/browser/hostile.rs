//! Texts that would run as scripts are looked at in a real browser, which runs none and asks for
//! nothing that they name.

use serde_json::{Value, json};
use vakt_testkit::World;
use vakt_testkit::cast::IMPORTER;
use vakt_testkit::incidents::full;
use vakt_testkit::people::ADA;

use super::driver::{Browser, Look, is_installed};
use super::signing_in::signed_in;
use super::views::unfold;

/// Each would be seen: it changes the title, opens a dialog, or asks for something elsewhere.
const TEXTS: &[&str] = &[
    "<script>document.title='owned'</script>",
    "\"><img src=https://evil.example/x onerror=alert(1)>",
    "' autofocus onfocus=alert(1) x='",
    "</textarea></title><svg onload=alert(1)><base href=//evil.example>",
    "javascript:alert(1)",
    "\u{202e}\u{2066}gnp.exe</bdi></bdi><style>*{display:none}</style>",
];

/// What is of no page of ours: elements, handlers, requests to others, and what the policy stopped.
const FOREIGN: &str = r#"
    const handles = one => [...one.attributes].some(a => a.name.startsWith("on"));
    const elements = "img, iframe, base, style, svg:not([aria-hidden]), script:not([src])";
    const elsewhere = one => !one.name.startsWith(location.origin);
    return new Promise(done => {
        const tell = stopped => done([
            document.querySelectorAll(elements).length,
            [...document.querySelectorAll("*")].filter(handles).length,
            performance.getEntriesByType("resource").filter(elsewhere).length,
            stopped,
            document.title.endsWith(" – Vakt"),
        ]);
        const options = { types: ["csp-violation"], buffered: true };
        new ReportingObserver(found => tell(found.length), options).observe();
        setTimeout(() => tell(0), 150);
    });
"#;

fn incident(id: i64, text: &str) -> Value {
    let mut incident = full(id);
    for member in ["incidentName", "assignedTo"] {
        incident[member] = json!(text);
    }
    incident["tags"] = json!([text]);
    incident["comments"][0]["comment"] = json!(text);
    let alert = &mut incident["alerts"][0];
    for member in ["title", "description", "category", "actorName", "threatFamilyName"] {
        alert[member] = json!(text);
    }
    alert["devices"][0]["deviceDnsName"] = json!(text);
    alert["devices"][0]["mdatpDeviceId"] = json!(text);
    alert["entities"][0]["processCommandLine"] = json!(text);
    incident
}

async fn look(browser: &Browser, place: &str, expected: &Value) {
    browser.open(place).await;
    browser.see("Ada Lovelace").await;
    assert_eq!(&browser.ask(FOREIGN).await, expected, "{place}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_run_no_script() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    let browser = signed_in(&world, &ADA, Look::Desk).await;
    let harmless = json!([0, 0, 0, 0, true]);
    for text in TEXTS {
        let key: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        browser.open(&format!("/portal/incidents?search={key}")).await;
        browser.see("Save this view").await;
        unfold(&browser).await;
        browser.fill("view_name", text).await;
        browser.press("Save view").await;
        browser.see("The view is saved.").await;
        look(&browser, "/portal/incidents", &harmless).await;
        look(&browser, "/portal/incidents/views", &harmless).await;
    }
    for (id, text) in (1..).zip(TEXTS) {
        world.import(&IMPORTER, &[incident(id, text)]).await;
        let key: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        for place in [
            format!("/portal/incidents?status=all&search={key}&created={key}"),
            format!("/portal/incidents/{id}"),
            format!("/portal/incidents/alerts/da{id}00"),
            format!("/portal/incidents/entities/device?key={key}"),
        ] {
            look(&browser, &place, &harmless).await;
        }
    }
    // What would be seen if something came through.
    let put = format!("document.body.insertAdjacentHTML('beforeend', {})", json!(TEXTS[1]));
    browser.ask(&put).await;
    let found = browser.ask(FOREIGN).await;
    assert_eq!((&found[0], &found[1]), (&json!(1), &json!(1)), "{found}");
    assert!(found[3].as_u64() > Some(0), "the policy stops it: {found}");
    browser.close().await;
}
