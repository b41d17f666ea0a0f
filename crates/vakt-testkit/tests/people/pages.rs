//! What holds for all pages: nothing for strangers, no foreign forms, headers that keep them ours.

use std::collections::BTreeSet;

use vakt_server::{Access, PAGES, route_ledger};
use vakt_testkit::people::{ADA, CONNECTOR, PASSWORD, RITA};
use vakt_testkit::{Answer, Request, Visitor, World};

/// A path with its braces filled.
fn filled(path: &str) -> String {
    let nobody = "00000000-0000-4000-8000-0000000000ff";
    let names =
        [("{tenant}", "common"), ("{*rest}", "nowhere"), ("{id}", nobody), ("{key}", nobody)];
    names.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
}

/// Addresses of the pages, with what they ask for filled in.
fn pages(method: &str) -> Vec<String> {
    let routes = route_ledger().into_iter().filter(|(_, access)| matches!(access, Access::Page(_)));
    let with_method =
        routes.filter_map(|(name, _)| name.strip_prefix(method)?.strip_prefix(' ').map(filled));
    let query = format!(
        "client_id={CONNECTOR}&response_type=code&prompt=consent&scope=.default&state=s&redirect_uri=https%3A%2F%2Fportal.azure.com"
    );
    with_method.map(|path| format!("{path}?{query}")).collect()
}

#[test]
fn pages_are_exactly_those_of_the_list() {
    let routes = route_ledger().into_iter().filter(|(_, access)| matches!(access, Access::Page(_)));
    let found: BTreeSet<String> = routes.map(|(name, _)| name).collect();
    let listed: BTreeSet<String> = PAGES.iter().map(|page| (*page).to_owned()).collect();
    assert_eq!(found, listed);
}

fn expect_headers(answer: &Answer, page: &str) {
    let policy = answer.header("content-security-policy").unwrap();
    for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.split("; ").any(|one| one == part), "{page}: {policy}");
    }
    assert!(policy.contains("; style-src 'self'; img-src 'self'; "), "{policy}");
    for one in policy.split("; ") {
        let (name, sources) = one.split_once(' ').unwrap();
        let is_ours = ["'none'", "'self'"].contains(&sources) || name == "form-action";
        assert!(is_ours, "{page}: {policy}");
    }
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{page}");
    }
    let text = answer.text().replace("<script src=\"/portal/assets/portal-", "");
    for inline in ["<script", "<style", " style=", " onclick=", "javascript:"] {
        assert!(!text.contains(inline), "{page} has {inline}");
    }
}

#[tokio::test]
async fn strangers_learn_nothing() {
    let world = World::with_people().await;
    for page in pages("GET") {
        let answer = world.send(Request::get(&page)).await;
        expect_headers(&answer, &page);
        assert!([200, 303].contains(&answer.status), "{page}: {}", answer.status);
        let place = answer.header("location").unwrap_or("/vakt/sign-in");
        assert!(place.starts_with("/vakt/sign-in"), "{page} leads to {place}");
        for name in ["Contoso", "Fabrikam", "Tailspin", "Connector", "Ada", "Incident"] {
            assert!(!answer.text().contains(name), "{page} tells of {name}");
        }
    }
    // The same for what there is and what there is not.
    let mut places = BTreeSet::new();
    for (tenant, client) in
        [("common", CONNECTOR), ("contoso.com", CONNECTOR), ("nowhere.example", "nothing")]
    {
        let path = format!("/{tenant}/adminconsent?client_id={client}");
        let answer = world.send(Request::get(&path)).await;
        places.insert((answer.status, answer.text().to_owned()));
    }
    assert_eq!(places.len(), 1);
}

#[tokio::test]
async fn whoever_has_signed_in_gets_pages_that_stay_out_of_frames() {
    let world = World::with_people().await;
    for person in [&ADA, &RITA] {
        let mut visitor = Visitor::signed_in(&world, person).await;
        let mut walked = 0;
        for page in pages("GET").into_iter().filter(|page| !page.contains("/logout")) {
            let answer = visitor.get(&page).await;
            expect_headers(&answer, &page);
            walked += usize::from(answer.status == 200);
        }
        assert!(walked > 8, "only {walked} pages opened");
        for (page, status) in [("/portal/nowhere/at/all", 404), ("/portal", 200)] {
            let answer = visitor.get(page).await;
            assert_eq!(answer.status, status, "{page}");
            expect_headers(&answer, page);
        }
    }
}

#[tokio::test]
async fn forms_are_taken_only_from_the_page_that_this_browser_was_shown() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let account = ada.get("/vakt/account").await;
    let token = account.text().split("name=\"csrf\" value=\"").nth(1).unwrap();
    let token = token.split('"').next().unwrap().to_owned();
    let mut other = Visitor::signed_in(&world, &ADA).await;
    let foreign = other.get("/vakt/account").await;
    let foreign = foreign.text().split("name=\"csrf\" value=\"").nth(1).unwrap();
    let foreign = foreign.split('"').next().unwrap().to_owned();
    let mut walked = 0;
    for page in pages("POST") {
        walked += 1;
        for fields in [
            vec![("answer", "accept")],
            vec![("answer", "accept"), ("csrf", "")],
            vec![("answer", "accept"), ("csrf", "AAAA")],
            vec![("answer", "accept"), ("csrf", foreign.as_str())],
            vec![("answer", "accept"), ("csrf", token.as_str()), ("csrf", token.as_str())],
        ] {
            let answer = ada.send(Request::post(&page).form(&fields)).await;
            assert_eq!(answer.status, 403, "{page} {fields:?}: {}", answer.text());
            expect_headers(&answer, &page);
            assert!(answer.text().contains("AADSTS9002313"));
        }
        for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")]
        {
            let request = Request::post(&page).header(name, value);
            let answer = ada.send(request.form(&[("csrf", token.as_str())])).await;
            assert_eq!(answer.status, 403, "{page} {name}");
        }
    }
    assert!(walked > 10, "only {walked} forms");
    assert_eq!(ada.get("/vakt/account").await.status, 200, "nobody signed her out");
}

#[tokio::test]
async fn a_stranger_cannot_sign_somebody_in_to_another_account() {
    let world = World::with_people().await;
    // The attacker's own form and cookie, sent by the victim's browser without the cookie.
    let mut attacker = Visitor::of(&world);
    let page = attacker.get("/vakt/sign-in").await;
    let mut victim = Visitor::of(&world);
    let fields = [("user", ADA.user_name), ("password", PASSWORD)];
    let answer = victim.submit(&page, &fields).await;
    assert_eq!(answer.status, 403);
    assert!(answer.text().contains("did not send back the cookie"));
    victim.get("/vakt/sign-in").await;
    assert_eq!(victim.submit(&page, &fields).await.status, 403);
}

#[tokio::test]
async fn too_large_a_form_and_broken_ones_get_a_page() {
    let world = World::with_people().await;
    let mut visitor = Visitor::of(&world);
    let page = visitor.get("/vakt/sign-in").await;
    let large = "x".repeat(70_000);
    let answer = visitor.submit(&page, &[("user", &large), ("password", "x")]).await;
    assert_eq!(answer.status, 413);
    expect_headers(&answer, "too large");
    for body in ["", "%", "=&=&=", "csrf", "\u{0}"] {
        let request = Request::post("/vakt/sign-in").body("text/plain", body.to_owned());
        let answer = visitor.send(request).await;
        assert_eq!(answer.status, 403, "{body:?}");
    }
}
