//! Consent at the wire: each door, each answer, each refusal.

use jiff::SignedDuration;
use serde_json::json;
use vakt_testkit::cast::{ADMIN, CONTOSO, FABRIKAM, PARTNER, SIEM};
use vakt_testkit::people::{
    ADA, CARL, CONNECTOR, GRACE, HOUSEHOLD, PUBLISHER_ADMIN, PUBLISHER_SECRET, Person, READER,
    RITA, TAILSPIN,
};
use vakt_testkit::{Answer, Directory, Request, TokenAsk, Visitor, World};

const MTP: &str = "https://api.security.microsoft.com";
const READER_REPLY: &str = "https://reader.tailspin.example/done";

/// The link on the partner page of the product's portal.
fn partner_link(app: &str) -> String {
    format!(
        "/common/oauth2/authorize?prompt=consent&client_id={app}&response_type=code&sso_reload=true"
    )
}

fn escaped(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Opens a link as somebody who has just signed in.
async fn open(world: &World, person: &Person, link: &str) -> (Visitor, Answer) {
    let mut visitor = Visitor::signed_in(world, person).await;
    let page = visitor.get(link).await;
    (visitor, page)
}

async fn press(visitor: &mut Visitor, page: &Answer, answer: &str) -> Answer {
    visitor.submit(page, &[("answer", answer)]).await
}

/// Tokens of a publisher's application in a tenant that consented.
async fn roles_in(world: &World, app: &str, tenant: &str) -> Vec<String> {
    let ask = TokenAsk::v2(&PARTNER, MTP)
        .tenant(tenant)
        .set("client_id", app)
        .set("client_secret", PUBLISHER_SECRET);
    let answer = world.send(ask).await;
    if answer.status != 200 {
        return vec![answer.json()["error_codes"][0].to_string()];
    }
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    let (_, claims) = vakt_testkit::decode(&token);
    let roles = claims["roles"].as_array().cloned().unwrap_or_default();
    roles.iter().map(|role| role.as_str().unwrap().to_owned()).collect()
}

/// The publisher's own directory.
async fn publisher(world: &World) -> Directory {
    let ask = TokenAsk::v2(&PARTNER, "https://graph.microsoft.com")
        .tenant(TAILSPIN)
        .set("client_id", PUBLISHER_ADMIN)
        .set("client_secret", PUBLISHER_SECRET);
    let token = world.send(ask).await.expect(200)["access_token"].as_str().unwrap().to_owned();
    world.directory_with(token)
}

fn expect_fault(answer: &Answer, status: u16, code: u32, link: &str) {
    assert_eq!(answer.status, status, "{link}: {}", answer.text());
    assert!(answer.text().contains(&format!("AADSTS{code}<")), "{link}: {}", answer.text());
    for part in ["What to do", "Correlation ID", "Timestamp"] {
        assert!(answer.text().contains(part), "{link} lacks {part}");
    }
    assert_eq!(answer.header("location"), None, "{link}");
}

#[tokio::test]
async fn the_partner_link_ends_in_tokens_for_two_tenants() {
    let world = World::with_people().await;
    for (person, tenant) in [(&ADA, &CONTOSO), (&GRACE, &FABRIKAM)] {
        assert_eq!(roles_in(&world, CONNECTOR, tenant.id).await, ["700016"]);
        let link = partner_link(CONNECTOR);
        let mut visitor = Visitor::of(&world);
        let first = visitor.get(&link).await;
        assert_eq!(first.status, 303);
        let answer = visitor.sign_in(&link, person.user_name, "correct horse battery").await;
        assert_eq!(answer.header("location"), Some(link.as_str()));
        let page = visitor.get(&link).await;
        assert_eq!(page.status, 200);
        for text in [
            "Tailspin Incident Connector",
            "Tailspin Toys",
            "tailspin.onmicrosoft.com",
            "unverified",
            tenant.name,
            "Incident.Read.All",
            "AdvancedHunting.Read.All",
            "SecurityIncident.Read.All",
            "Microsoft Graph",
            "https://portal.azure.com",
        ] {
            assert!(page.text().contains(text), "{text}: {}", page.text());
        }
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("form-action 'self' https:;"), "{policy}");
        let done = press(&mut visitor, &page, "accept").await;
        assert_eq!(done.status, 303);
        let place = done.header("location").unwrap();
        assert!(place.starts_with("https://portal.azure.com/?code="), "{place}");
        assert!(place.contains("&session_state=") && !place.contains("admin_consent"), "{place}");
        let mut roles = roles_in(&world, CONNECTOR, tenant.id).await;
        roles.sort();
        assert_eq!(roles, ["AdvancedHunting.Read.All", "Incident.Read.All"]);
    }
}

#[tokio::test]
async fn each_door_answers_in_its_own_form() {
    let world = World::with_people().await;
    let tenant = CONTOSO.id;
    let to = escaped(READER_REPLY);
    let query = format!("client_id={READER}&redirect_uri={to}&state=a%26b%3Dc");
    let code = "response_type=code";
    for (link, accepted, declined) in [
        (
            format!("/common/adminconsent?{query}"),
            format!("?tenant={tenant}&state=a%26b%3Dc&admin_consent=True"),
            "?error=permission_denied&error_description=The+admin+canceled+the+request&state=a%26b%3Dc",
        ),
        (
            format!("/{tenant}/adminconsent?{query}"),
            format!("?tenant={tenant}&state=a%26b%3Dc&admin_consent=True"),
            "?error=permission_denied&",
        ),
        (
            format!(
                "/organizations/v2.0/adminconsent?{query}&scope={}",
                escaped(&format!("{MTP}/.default"))
            ),
            format!(
                "?admin_consent=True&tenant={tenant}&scope={}&state=a%26b%3Dc",
                escaped(&format!("{MTP}/.default"))
            ),
            "?admin_consent=True&error=consent_required&error_description=AADSTS65004",
        ),
        (
            format!(
                "/contoso.com/oauth2/authorize?{query}&{code}&prompt=consent&resource={}",
                escaped(MTP)
            ),
            "?code=".into(),
            "?error=access_denied&error_description=AADSTS65004",
        ),
        (
            format!(
                "/common/oauth2/authorize?{query}&{code}&prompt=admin_consent&response_mode=fragment"
            ),
            "#code=".into(),
            "#error=access_denied&",
        ),
        (
            format!(
                "/common/oauth2/v2.0/authorize?{query}&{code}&prompt=consent&scope=openid+{}",
                escaped(&format!("{MTP}/.default"))
            ),
            "?code=".into(),
            "?error=access_denied&",
        ),
    ] {
        let (mut ada, page) = open(&world, &ADA, &link).await;
        assert_eq!(page.status, 200, "{link}: {}", page.text());
        let answer = press(&mut ada, &page, "cancel").await;
        let place = answer.header("location").unwrap();
        assert!(place.starts_with(&format!("{READER_REPLY}{declined}")), "{link}: {place}");
        assert!(place.contains("&state=a%26b%3Dc"), "{place}");
        let answer = press(&mut ada, &page, "accept").await;
        let place = answer.header("location").unwrap();
        assert!(place.starts_with(&format!("{READER_REPLY}{accepted}")), "{link}: {place}");
        assert!(place.contains("&state=a%26b%3Dc"), "{place}");
        let with_mark = place.contains("admin_consent=True");
        let wants_mark = link.contains("adminconsent?") || link.contains("prompt=admin_consent");
        assert_eq!(with_mark, wants_mark, "{link}: {place}");
    }
}

#[tokio::test]
async fn an_answer_can_come_as_a_form() {
    let world = World::with_people().await;
    let to = escaped(READER_REPLY);
    let link =
        format!("{}&redirect_uri={to}&response_mode=form_post&state=%3Cx%3E", partner_link(READER));
    let (mut ada, page) = open(&world, &ADA, &link).await;
    let form = press(&mut ada, &page, "accept").await;
    assert_eq!(form.status, 200);
    let text = form.text();
    assert!(text.contains(&format!("action=\"{READER_REPLY}\"")), "{text}");
    assert!(text.contains("name=\"code\"") && text.contains("value=\"&#60;x&#62;\""), "{text}");
}

#[tokio::test]
async fn the_code_is_never_redeemable() {
    let world = World::with_people().await;
    let (mut ada, page) = open(&world, &ADA, &partner_link(CONNECTOR)).await;
    let answer = press(&mut ada, &page, "accept").await;
    let code = answer.header("location").unwrap().split(['=', '&']).nth(1).unwrap().to_owned();
    assert!(code.len() > 100);
    let ask = TokenAsk::v2(&PARTNER, MTP)
        .set("grant_type", "authorization_code")
        .set("client_id", CONNECTOR)
        .set("client_secret", PUBLISHER_SECRET)
        .set("code", &code);
    let answer = world.send(ask).await;
    assert_eq!((answer.status, &answer.json()["error_codes"][0]), (400, &json!(70_003)));
}

#[tokio::test]
async fn links_that_lead_nowhere_say_why_and_lead_nowhere() {
    let world = World::with_people().await;
    let own = SIEM.id;
    let link =
        |app: &str, uri: &str| format!("{}&redirect_uri={}", partner_link(app), escaped(uri));
    for (link, code) in [
        (link(CONNECTOR, "https://evil.example"), 50_011),
        (link(CONNECTOR, "https://portal.azure.com/"), 50_011),
        (link(CONNECTOR, "https://portal.azure.com.evil.example"), 50_011),
        (link(CONNECTOR, "https://portal.azure.com@evil.example"), 50_011),
        (link(CONNECTOR, "//evil.example"), 50_011),
        (link(CONNECTOR, "javascript:alert(1)"), 50_011),
        (partner_link(READER), 900_971),
        (
            format!(
                "/contoso.com/oauth2/authorize?prompt=consent&client_id={own}&response_type=code"
            ),
            500_113,
        ),
        (partner_link(own), 50_194),
        (partner_link(HOUSEHOLD), 700_016),
        (partner_link("99999999-9999-4999-8999-999999999999"), 700_016),
        (partner_link("not%20an%20id%3Cscript%3E"), 700_016),
        ("/common/oauth2/authorize?prompt=consent&response_type=code".into(), 900_144),
        (format!("/common/oauth2/authorize?prompt=consent&client_id={CONNECTOR}"), 900_144),
        (format!("/common/adminconsent?client_id={CONNECTOR}"), 900_144),
        (
            format!(
                "/common/v2.0/adminconsent?client_id={CONNECTOR}&redirect_uri=https%3A%2F%2Fportal.azure.com"
            ),
            900_144,
        ),
        (format!("{}&client_id={READER}", partner_link(CONNECTOR)), 9_002_313),
        (format!("/common/oauth2/authorize?client_id={CONNECTOR}&response_type=code"), 9_002_313),
        (
            format!(
                "/common/oauth2/authorize?prompt=consent&client_id={CONNECTOR}&response_type=token"
            ),
            70_005,
        ),
        (format!("{}&resource=https%3A%2F%2Fnowhere.example", partner_link(CONNECTOR)), 500_011),
        (
            format!(
                "{}&resource=https%3A%2F%2Fapi.securitycenter.microsoft.com",
                partner_link(CONNECTOR)
            ),
            650_057,
        ),
        (partner_link(CONNECTOR).replace("common", "fabrikam.onmicrosoft.com"), 50_020),
        (partner_link(CONNECTOR).replace("common", "nowhere.example"), 90_002),
    ] {
        let (mut ada, answer) = open(&world, &ADA, &link).await;
        expect_fault(&answer, 400, code, &link);
        assert!(!answer.text().contains("<script"), "{}", answer.text());
        assert!(!answer.text().contains("Household"), "nothing of other tenants");
        // Nor by pressing a button that was not shown.
        let account = ada.get("/vakt/account").await;
        let token = account.text().split("name=\"csrf\" value=\"").nth(1).unwrap();
        let token = token.split('"').next().unwrap();
        for pressed in ["cancel", "accept"] {
            let form = [("csrf", token), ("answer", pressed)];
            let answer = ada.send(Request::post(&link).form(&form)).await;
            expect_fault(&answer, 400, code, &link);
        }
    }
}

#[tokio::test]
async fn those_who_cannot_consent_are_told_who_can() {
    let world = World::with_people().await;
    for (person, app, may) in [
        (&RITA, CONNECTOR, false),
        (&RITA, READER, false),
        (&CARL, CONNECTOR, false),
        (&CARL, READER, true),
    ] {
        let link = format!(
            "{}&redirect_uri={}",
            partner_link(app),
            escaped(match app {
                READER => READER_REPLY,
                _ => "https://portal.azure.com",
            })
        );
        let (mut visitor, page) = open(&world, person, &link).await;
        if may {
            assert_eq!(page.status, 200);
            assert_eq!(press(&mut visitor, &page, "accept").await.status, 303);
            continue;
        }
        assert_eq!(page.status, 403, "{}", page.text());
        for text in ["AADSTS90094", ADA.name, "Global Administrator", person.role] {
            assert!(page.text().contains(text), "{text}: {}", page.text());
        }
        assert!(!page.text().contains(ADA.user_name), "names, and no addresses");
        assert!(!page.text().contains(GRACE.name), "nobody of another tenant");
        assert!(!page.text().contains("value=\"accept\""));
        // A button that was not shown does nothing.
        let forced = visitor.submit(&page, &[("answer", "accept")]).await;
        assert_eq!(forced.status, 403);
        assert_eq!(roles_in(&world, app, CONTOSO.id).await, ["700016"]);
        let back = press(&mut visitor, &page, "cancel").await;
        assert!(back.header("location").unwrap().contains("error=access_denied"));
    }
}

#[tokio::test]
async fn consent_is_to_what_was_shown_and_to_nothing_later() {
    let world = World::with_people().await;
    let tailspin = publisher(&world).await;
    let link = format!("{}&redirect_uri={}", partner_link(READER), escaped(READER_REPLY));
    let (mut ada, page) = open(&world, &ADA, &link).await;
    let hunting = "7734e8e5-8dde-42fc-b5ae-6eafea078693";
    let application = tailspin.get(&format!("/applications(appId='{READER}')")).await;
    let mut access = application["requiredResourceAccess"].clone();
    let added = json!({ "id": hunting, "type": "Role" });
    let listed = tailspin_role(&access, added);
    access[0]["resourceAccess"] = listed;
    tailspin
        .patch(
            &format!("/applications(appId='{READER}')"),
            &json!({ "requiredResourceAccess": access }),
        )
        .await;
    let answer = press(&mut ada, &page, "accept").await;
    assert_eq!(answer.status, 409, "{}", answer.text());
    assert!(answer.text().contains("has changed while you were reading"));
    assert_eq!(roles_in(&world, READER, CONTOSO.id).await, ["700016"], "nothing was granted");
    let done = press(&mut ada, &answer, "accept").await;
    assert_eq!(done.status, 303);
    let before = roles_in(&world, READER, CONTOSO.id).await;
    assert_eq!(before.len(), 2);
    // What is asked for later needs consent again, and what was granted is marked.
    let again = ada.get(&link).await;
    assert_eq!(again.text().matches("granted already").count(), 2);
}

fn tailspin_role(access: &serde_json::Value, added: serde_json::Value) -> serde_json::Value {
    let mut roles = access[0]["resourceAccess"].as_array().unwrap().clone();
    roles.push(added);
    roles.into()
}

#[tokio::test]
async fn a_session_that_ends_in_the_middle_loses_nothing() {
    let world = World::with_people().await;
    let link = format!("{}&state=keep%20me", partner_link(CONNECTOR));
    let (mut ada, page) = open(&world, &ADA, &link).await;
    world.clock().advance(SignedDuration::from_mins(10));
    let answer = press(&mut ada, &page, "accept").await;
    assert_eq!(answer.status, 303);
    let place = answer.header("location").unwrap().to_owned();
    assert!(place.starts_with("/vakt/sign-in?return="), "{place}");
    assert_eq!(roles_in(&world, CONNECTOR, CONTOSO.id).await, ["700016"]);
    let form = ada.get(&place).await;
    let fields = [("user", ADA.user_name), ("password", "correct horse battery")];
    let answer = ada.submit(&form, &fields).await;
    let place = answer.header("location").unwrap().to_owned();
    let page = ada.get(&place).await;
    let done = press(&mut ada, &page, "accept").await;
    assert!(done.header("location").unwrap().ends_with("&state=keep+me"));
}

#[tokio::test]
async fn names_of_strangers_are_text_and_nothing_else() {
    let world = World::with_people().await;
    let tailspin = publisher(&world).await;
    let long = "Very long name ".repeat(17);
    for name in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "\u{202e}tfosorciM",
        "{{ 7 * 7 }}",
        "</title></style><h1>Microsoft</h1>",
        long.trim(),
    ] {
        let more = json!({
            "signInAudience": "AzureADMultipleOrgs",
            "web": { "redirectUris": ["https://p.example/?a=\"><script>", "https://p.example/ok"] },
        });
        let made = tailspin.register(name, more).await;
        let link = format!(
            "{}&redirect_uri={}&state=%22%3E%3Cscript%3E",
            partner_link(&made.app_id),
            escaped("https://p.example/ok")
        );
        let (mut ada, page) = open(&world, &ADA, &link).await;
        assert_eq!(page.status, 200, "{name}: {}", page.text());
        for bad in ["<script", "<img", "onmouseover='", "<h1>Microsoft"] {
            assert!(!page.text().contains(bad), "{name}: {bad}");
        }
        let answer = press(&mut ada, &page, "accept").await;
        let place = answer.header("location").unwrap();
        assert!(place.starts_with("https://p.example/ok?code="), "{place}");
        assert!(place.ends_with("&state=%22%3E%3Cscript%3E"), "{place}");
    }
}

#[tokio::test]
async fn the_log_tells_who_consented_and_who_did_not() {
    let world = World::with_people().await;
    let (mut ada, page) = open(&world, &ADA, &partner_link(CONNECTOR)).await;
    press(&mut ada, &page, "cancel").await;
    press(&mut ada, &page, "accept").await;
    // Twice at once, or again: nothing more is granted.
    let again = press(&mut ada, &page, "accept").await;
    assert_eq!(again.status, 303);
    let mut roles = roles_in(&world, CONNECTOR, CONTOSO.id).await;
    roles.sort();
    roles.dedup();
    assert_eq!(roles.len(), 2);
}

#[tokio::test]
async fn an_application_that_is_switched_off_stays_off() {
    let world = World::with_people().await;
    let (mut ada, page) = open(&world, &ADA, &partner_link(CONNECTOR)).await;
    press(&mut ada, &page, "accept").await;
    let contoso = world.directory(&ADMIN).await;
    let path = format!("/servicePrincipals(appId='{CONNECTOR}')");
    contoso.patch(&path, &json!({ "accountEnabled": false })).await;
    let answer = ada.get(&partner_link(CONNECTOR)).await;
    expect_fault(&answer, 400, 7_000_112, "a disabled application");
    // Nor is it a reason not to start that a seed consents to one.
    let path = format!("/servicePrincipals(appId='{}')", SIEM.id);
    contoso.patch(&path, &json!({ "accountEnabled": false })).await;
    world.restart().await;
}
