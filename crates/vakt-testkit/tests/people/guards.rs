//! What keeps other sites out of a person's session: nobody is sent elsewhere, cookies stay where
//! they belong, each step of signing in has a cookie that nobody knew before.

use vakt_identity::people::TotpSecret;
use vakt_testkit::people::{ADA, NELL, PASSWORD, TOMA};
use vakt_testkit::{Answer, Request, Visitor, World};

const SESSION: &str = "__Host-vakt-session";
const STEP: &str = "__Host-vakt-step";
const ELSEWHERE: &[&str] = &[
    "https://evil.example/",
    "//evil.example/portal",
    "/\\evil.example/portal",
    "/portal/../..//evil.example",
    "/%5Cevil.example",
    "javascript:alert(1)",
    "/%09/evil.example",
    "https://localhost.evil.example/portal",
    "https:evil.example",
    "/vakt/account\r\nlocation: https://evil.example",
];

fn escaped(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Is this a place of our own pages?
fn expect_own(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 303, "{what}: {}", answer.text());
    let place = answer.header("location").unwrap();
    let is_own = ["/portal", "/vakt/account"].iter().any(|own| {
        place.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    });
    assert!(is_own && !place.contains("evil"), "{what} leads to {place}");
}

#[tokio::test]
async fn no_step_of_signing_in_leads_elsewhere() {
    let world = World::with_people().await;
    for onward in ELSEWHERE {
        let place = escaped(onward);
        let mut ada = Visitor::of(&world);
        expect_own(&ada.sign_in(onward, ADA.user_name, PASSWORD).await, onward);
        let mut toma = Visitor::of(&world);
        let answer = toma.sign_in("/vakt/account", TOMA.user_name, PASSWORD).await;
        assert!(answer.header("location").unwrap().starts_with("/vakt/sign-in/code"));
        let page = toma.get(&format!("/vakt/sign-in/code?return={place}")).await;
        let secret = TotpSecret::from_base32(TOMA.totp.unwrap()).unwrap();
        let code = secret.code_at(world.clock().now());
        expect_own(&toma.submit(&page, &[("code", &code)]).await, onward);
        world.clock().advance(jiff::SignedDuration::from_secs(60));
    }
}

#[tokio::test]
async fn a_first_password_leads_nowhere_else() {
    let world = World::with_people().await;
    let mut nell = Visitor::of(&world);
    nell.sign_in("/vakt/account", NELL.user_name, PASSWORD).await;
    let page = nell.get("/vakt/sign-in/password?return=https%3A%2F%2Fevil.example").await;
    let new = "a new and better one";
    let answer = nell.submit(&page, &[("password", new), ("repeated", new)]).await;
    expect_own(&answer, "a first password");
}

#[tokio::test]
async fn a_theme_leads_back_to_our_own_pages_only() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let home = ada.get("/portal").await;
    let (_, token) = home.text().split_once("name=\"csrf\" value=\"").unwrap();
    let token = token.split('"').next().unwrap().to_owned();
    let beside = format!("{}.evil.example/portal", world.url());
    let user = format!("{}@evil.example/portal", world.url());
    for referer in ["https://evil.example/portal", "//evil.example", "", &beside, &user] {
        let request = Request::post("/portal/theme")
            .header("referer", referer)
            .form(&[("csrf", token.as_str()), ("theme", "dark")]);
        expect_own(&ada.send(request).await, referer);
    }
}

#[tokio::test]
async fn every_step_of_signing_in_has_a_cookie_of_its_own() {
    let world = World::with_people().await;
    let mut toma = Visitor::of(&world);
    let planted = "A".repeat(43);
    toma.set_cookie(STEP, &planted);
    toma.set_cookie(SESSION, &planted);
    let answer = toma.sign_in("/vakt/account", TOMA.user_name, PASSWORD).await;
    let half = toma.cookie(STEP).unwrap().to_owned();
    assert_ne!(half, planted);
    let page = toma.get(answer.header("location").unwrap()).await;
    let secret = TotpSecret::from_base32(TOMA.totp.unwrap()).unwrap();
    let code = secret.code_at(world.clock().now());
    toma.submit(&page, &[("code", &code)]).await;
    let whole = toma.cookie(SESSION).unwrap().to_owned();
    assert!(whole != planted && whole != half);
    assert_eq!(toma.cookie(STEP), None, "the half is over");
    let mut thief = Visitor::of(&world);
    for known in [&planted, &half] {
        for name in [STEP, SESSION] {
            thief.set_cookie(name, known);
        }
        assert_eq!(thief.get("/vakt/account").await.status, 303);
    }
}

/// Name and attributes of the cookies that an answer sets.
fn set_by(answer: &Answer) -> Vec<(String, Vec<String>)> {
    let lines = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    let cookie = |line: &str| {
        let mut parts = line.split("; ");
        let name = parts.next().unwrap().split('=').next().unwrap().to_owned();
        (name, parts.map(str::to_owned).collect())
    };
    lines.map(cookie).collect()
}

#[tokio::test]
async fn cookies_are_for_this_host_over_tls_and_out_of_reach_of_scripts() {
    let world = World::with_people().await;
    let mut seen = Vec::new();
    let mut toma = Visitor::of(&world);
    seen.extend(set_by(&toma.get("/vakt/sign-in").await));
    let answer = toma.sign_in("/vakt/account", TOMA.user_name, PASSWORD).await;
    seen.extend(set_by(&answer));
    let mut ada = Visitor::of(&world);
    seen.extend(set_by(&ada.sign_in("/portal", ADA.user_name, PASSWORD).await));
    let home = ada.get("/portal").await;
    seen.extend(set_by(&ada.submit(&home, &[("theme", "dark")]).await));
    ada.get("/portal").await;
    let account = ada.get("/vakt/account").await;
    seen.extend(set_by(&ada.submit(&account, &[]).await));
    for name in ["visit", "step", "session", "theme"] {
        let name = format!("__Host-vakt-{name}");
        assert!(seen.iter().any(|(one, _)| *one == name), "{name} is not among {seen:?}");
    }
    for (name, attributes) in seen {
        assert!(name.starts_with("__Host-"), "{name}");
        for wanted in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(attributes.iter().any(|one| one == wanted), "{name}: {attributes:?}");
        }
        let lasts = |one: &String| one.starts_with("Max-Age=") && one != "Max-Age=0";
        let is_theme = name == "__Host-vakt-theme";
        assert!(!attributes.iter().any(|one| one.starts_with("Domain")), "{name}");
        assert!(is_theme || !attributes.iter().any(lasts), "{name} outlives the browser");
    }
}
