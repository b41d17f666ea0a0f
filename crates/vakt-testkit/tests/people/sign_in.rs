//! Signing in, staying signed in, signing out.

use jiff::SignedDuration;
use vakt_identity::people::TotpSecret;
use vakt_testkit::people::{ADA, NELL, PASSWORD, RITA, TOMA};
use vakt_testkit::{Visitor, World};

const SESSION: &str = "__Host-vakt-session";
const STEP: &str = "__Host-vakt-step";
const VISIT: &str = "__Host-vakt-visit";

fn code(world: &World) -> String {
    TotpSecret::from_base32(TOMA.totp.unwrap()).unwrap().code_at(world.clock().now())
}

#[tokio::test]
async fn a_password_opens_the_account_and_signing_out_closes_it() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let account = ada.get("/vakt/account").await;
    assert_eq!(account.status, 200);
    for text in [ADA.name, ADA.user_name, "Contoso", "Global Administrator"] {
        assert!(account.text().contains(text), "{text}: {}", account.text());
    }
    let stolen = ada.cookie(SESSION).unwrap().to_owned();
    let out = ada.submit(&account, &[("csrf", "")]).await;
    assert_eq!(out.status, 403, "the token is needed to sign out too");
    let out = ada.submit(&account, &[]).await;
    assert_eq!(out.status, 200);
    assert!(out.text().contains("You are signed out"));
    assert_eq!(ada.cookie(SESSION), None);
    ada.set_cookie(SESSION, &stolen);
    let account = ada.get("/vakt/account").await;
    assert_eq!(account.header("location"), Some("/vakt/sign-in?return=/vakt/account"));
}

#[tokio::test]
async fn user_names_are_taken_in_any_case_and_passwords_are_not() {
    let world = World::with_people().await;
    for (user, password, status) in [
        ("ADA@Contoso.onMicrosoft.com ", PASSWORD, 303),
        (ADA.user_name, "Correct horse battery", 403),
        (ADA.user_name, "correct horse battery ", 403),
        (ADA.user_name, "", 403),
        ("ada@fabrikam.onmicrosoft.com", PASSWORD, 403),
        ("", "", 403),
    ] {
        let mut visitor = Visitor::of(&world);
        let answer = visitor.sign_in("/vakt/account", user, password).await;
        assert_eq!(answer.status, status, "{user} {password}");
        assert_eq!(visitor.cookie(SESSION).is_some(), status == 303);
    }
}

#[tokio::test]
async fn who_guesses_does_not_learn_which_user_names_there_are() {
    let world = World::with_people().await;
    let mut texts = Vec::new();
    for (user, tries) in [(ADA.user_name, 7), ("nobody@contoso.com", 7)] {
        for _ in 0..tries {
            let mut visitor = Visitor::of(&world);
            let answer = visitor.sign_in("/vakt/account", user, "wrong wrong wrong").await;
            assert_eq!(answer.status, 403);
            let (_, problem) = answer.text().split_once("role=\"alert\">").unwrap();
            texts.push(problem.split("</div>").next().unwrap().to_owned());
        }
    }
    texts.dedup();
    assert_eq!(texts.len(), 1, "{texts:?}");
}

#[tokio::test]
async fn accounts_rest_after_failures_and_wake_by_themselves() {
    let world = World::with_people().await;
    let mut visitor = Visitor::of(&world);
    for _ in 0..5 {
        visitor.sign_in("/vakt/account", RITA.user_name, "wrong wrong wrong").await;
    }
    let right = visitor.sign_in("/vakt/account", RITA.user_name, PASSWORD).await;
    assert_eq!(right.status, 403, "the right password learns nothing while the account rests");
    world.clock().advance(SignedDuration::from_secs(29));
    let right = visitor.sign_in("/vakt/account", RITA.user_name, PASSWORD).await;
    assert_eq!(right.status, 403);
    world.clock().advance(SignedDuration::from_secs(1));
    let right = visitor.sign_in("/vakt/account", RITA.user_name, PASSWORD).await;
    assert_eq!(right.status, 303);
    // Other accounts never rested.
    Visitor::signed_in(&world, &ADA).await;
}

#[tokio::test]
async fn an_address_that_tries_too_many_passwords_waits() {
    let world = World::with_people().await;
    let mut visitor = Visitor::of(&world);
    let page = visitor.get("/vakt/sign-in").await;
    let mut statuses = Vec::new();
    for number in 0..34 {
        let user = format!("guess{number}@contoso.com");
        let fields = [("user", user.as_str()), ("password", "wrong wrong wrong")];
        statuses.push(visitor.submit(&page, &fields).await);
    }
    let refused = statuses.iter().filter(|answer| answer.status == 403).count();
    let waiting: Vec<_> = statuses.iter().filter(|answer| answer.status == 429).collect();
    assert_eq!((refused, waiting.len()), (30, 4));
    assert!(waiting[0].header("retry-after").unwrap().parse::<u32>().unwrap() > 0);
    assert!(waiting[0].text().contains("Try again in"));
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_each_code_counts_once() {
    let world = World::with_people().await;
    let mut toma = Visitor::of(&world);
    let answer = toma.sign_in("/vakt/account", TOMA.user_name, PASSWORD).await;
    let place = answer.header("location").unwrap().to_owned();
    assert_eq!(place, "/vakt/sign-in/code?return=/vakt/account");
    assert_eq!(toma.cookie(SESSION), None, "half a sign-in opens nothing");
    let half = toma.cookie(STEP).unwrap().to_owned();
    let page = toma.get(&place).await;
    let wrong = toma.submit(&page, &[("code", "000000")]).await;
    assert_eq!(wrong.status, 403);
    assert!(wrong.text().contains("The code is wrong"));
    // The cookie of the half is no session.
    let mut thief = Visitor::of(&world);
    thief.set_cookie(SESSION, &half);
    assert_eq!(thief.get("/vakt/account").await.status, 303);
    let code = code(&world);
    let answer = toma.submit(&page, &[("code", &code)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/vakt/account")));
    assert_eq!(toma.get("/vakt/account").await.status, 200);
    // Over the shoulder: the same code a second time.
    let mut thief = Visitor::of(&world);
    thief.sign_in("/vakt/account", TOMA.user_name, PASSWORD).await;
    let page = thief.get(&place).await;
    assert_eq!(thief.submit(&page, &[("code", &code)]).await.status, 403);
}

#[tokio::test]
async fn the_second_step_must_follow_the_first_soon() {
    let world = World::with_people().await;
    let mut toma = Visitor::of(&world);
    let answer = toma.sign_in("/vakt/account", TOMA.user_name, PASSWORD).await;
    let place = answer.header("location").unwrap().to_owned();
    let page = toma.get(&place).await;
    world.clock().advance(SignedDuration::from_mins(10));
    let late = toma.submit(&page, &[("code", &code(&world))]).await;
    assert_eq!(late.header("location"), Some("/vakt/sign-in?return=/vakt/account"));
    let mut nobody = Visitor::of(&world);
    let answer = nobody.get(&place).await;
    assert_eq!(answer.header("location"), Some("/vakt/sign-in?return=/vakt/account"));
}

#[tokio::test]
async fn codes_cannot_be_guessed_behind_a_known_password() {
    let world = World::with_people().await;
    let mut refused = 0;
    for _ in 0..6 {
        let mut thief = Visitor::of(&world);
        let answer = thief.sign_in("/vakt/account", TOMA.user_name, PASSWORD).await;
        if answer.status != 303 {
            refused += 1;
            continue;
        }
        let page = thief.get(answer.header("location").unwrap()).await;
        assert_eq!(thief.submit(&page, &[("code", "000000")]).await.status, 403);
    }
    assert_eq!(refused, 1, "the right password does not forget the wrong codes");
}

#[tokio::test]
async fn a_password_given_by_somebody_else_must_be_replaced() {
    let world = World::with_people().await;
    let mut nell = Visitor::of(&world);
    let answer = nell.sign_in("/vakt/account", NELL.user_name, PASSWORD).await;
    let place = answer.header("location").unwrap().to_owned();
    assert_eq!(place, "/vakt/sign-in/password?return=/vakt/account");
    let page = nell.get(&place).await;
    let fields = |password, repeated| [("password", password), ("repeated", repeated)];
    for (password, repeated, text) in [
        ("short", "short", "at least 12 characters"),
        ("Password1234!", "Password1234!", "first that guessers try"),
        ("a new and better one", "a new and better onf", "not the same"),
        (PASSWORD, PASSWORD, "your present password"),
        ("my name is nell, hello", "my name is nell, hello", "contains the user name"),
    ] {
        let answer = nell.submit(&page, &fields(password, repeated)).await;
        assert_eq!(answer.status, 400, "{password}");
        assert!(answer.text().contains(text), "{text}: {}", answer.text());
    }
    let new = "a new and better one";
    let answer = nell.submit(&page, &fields(new, new)).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/vakt/account")));
    assert_eq!(nell.get("/vakt/account").await.status, 200);
    let mut again = Visitor::of(&world);
    let answer = again.sign_in("/vakt/account", NELL.user_name, PASSWORD).await;
    assert_eq!(answer.status, 403, "the old one is gone");
    let answer = again.sign_in("/vakt/account", NELL.user_name, new).await;
    assert_eq!(answer.header("location"), Some("/vakt/account"));
}

#[tokio::test]
async fn signing_in_makes_a_new_cookie_so_that_none_can_be_planted() {
    let world = World::with_people().await;
    let planted = "A".repeat(43);
    let mut ada = Visitor::of(&world);
    ada.set_cookie(SESSION, &planted);
    ada.set_cookie(VISIT, &planted);
    ada.sign_in("/vakt/account", ADA.user_name, PASSWORD).await;
    let first = ada.cookie(SESSION).unwrap().to_owned();
    assert_ne!(first, planted);
    assert_eq!(ada.cookie(VISIT), None);
    // Again in the same browser: another new one, and the old one ends.
    ada.sign_in("/vakt/account", ADA.user_name, PASSWORD).await;
    assert_ne!(ada.cookie(SESSION), Some(first.as_str()));
    let mut thief = Visitor::of(&world);
    for cookie in [planted.as_str(), &first] {
        thief.set_cookie(SESSION, cookie);
        assert_eq!(thief.get("/vakt/account").await.status, 303);
    }
}

#[tokio::test]
async fn sessions_end_when_idle_and_after_a_day_of_work() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    for _ in 0..16 {
        world.clock().advance(SignedDuration::from_mins(29));
        assert_eq!(ada.get("/vakt/account").await.status, 200);
    }
    world.clock().advance(SignedDuration::from_mins(16));
    assert_eq!(ada.get("/vakt/account").await.status, 303, "eight hours are over");
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    world.clock().advance(SignedDuration::from_mins(30));
    assert_eq!(ada.get("/vakt/account").await.status, 303, "half an hour of silence");
}

#[tokio::test]
async fn a_new_password_signs_out_everybody_else() {
    let world = World::with_people().await;
    let mut thief = Visitor::signed_in(&world, &ADA).await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    world.clock().advance(SignedDuration::from_secs(60));
    let page = ada.get("/vakt/account/password").await;
    let new = "a new and better one";
    let answer = ada.submit(&page, &[("password", new), ("repeated", new)]).await;
    assert_eq!(answer.header("location"), Some("/vakt/account?done=password"));
    assert_eq!(ada.get("/vakt/account?done=password").await.status, 200);
    assert_eq!(thief.get("/vakt/account").await.status, 303);
}

#[tokio::test]
async fn changes_of_the_account_want_a_recent_password() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    world.clock().advance(SignedDuration::from_mins(10));
    assert_eq!(ada.get("/vakt/account").await.status, 200);
    for path in ["/vakt/account/password", "/vakt/account/authenticator"] {
        let answer = ada.get(path).await;
        let expected = format!("/vakt/sign-in?return={path}");
        assert_eq!(answer.header("location"), Some(expected.as_str()));
    }
    let page = ada.get("/vakt/sign-in").await;
    assert!(page.text().contains(&format!("value=\"{}\"", ADA.user_name)), "one's own name");
}

#[tokio::test]
async fn an_authenticator_is_added_with_its_first_code() {
    let world = World::with_people().await;
    let mut other = Visitor::signed_in(&world, &ADA).await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let page = ada.get("/vakt/account/authenticator").await;
    let (_, rest) = page.text().split_once("name=\"key\" value=\"").unwrap();
    let key = rest.split('"').next().unwrap().to_owned();
    let secret = TotpSecret::from_base32(&key).unwrap();
    assert!(page.text().contains("otpauth://totp/Vakt:ada%40contoso%2Eonmicrosoft%2Ecom?secret="));
    let wrong = ada.submit(&page, &[("code", "123456")]).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.text().contains(&key), "the key stays the same for another try");
    let code = secret.code_at(world.clock().now());
    let answer = ada.submit(&page, &[("code", &code)]).await;
    assert_eq!(answer.header("location"), Some("/vakt/account?done=authenticator"));
    assert_eq!(ada.get("/vakt/account").await.status, 200);
    assert_eq!(other.get("/vakt/account").await.status, 303, "began without the code");
    let mut again = Visitor::of(&world);
    let answer = again.sign_in("/vakt/account", ADA.user_name, PASSWORD).await;
    assert!(answer.header("location").unwrap().starts_with("/vakt/sign-in/code"));
}

#[tokio::test]
async fn the_platforms_logout_ends_the_session_and_goes_only_where_it_may() {
    let world = World::with_people().await;
    let app = vakt_testkit::people::CONNECTOR;
    let logout = "/common/oauth2/v2.0/logout";
    for (signed_in, query, expected) in [
        (true, String::new(), None),
        (
            true,
            format!(
                "?client_id={app}&post_logout_redirect_uri=https://portal.azure.com&state=a%26b"
            ),
            Some("https://portal.azure.com?state=a%26b"),
        ),
        (true, format!("?client_id={app}&post_logout_redirect_uri=https://evil.example"), None),
        (true, "?post_logout_redirect_uri=https://portal.azure.com".into(), None),
        (
            false,
            format!("?client_id={app}&post_logout_redirect_uri=https://portal.azure.com"),
            None,
        ),
    ] {
        let mut visitor = match signed_in {
            true => Visitor::signed_in(&world, &ADA).await,
            false => Visitor::of(&world),
        };
        let answer = visitor.get(&format!("{logout}{query}")).await;
        assert_eq!(answer.header("location"), expected, "{query}");
        assert_eq!(answer.status, if expected.is_some() { 303 } else { 200 });
        assert_eq!(visitor.get("/vakt/account").await.status, 303, "signed out");
    }
}

#[tokio::test]
async fn nobody_is_sent_elsewhere_after_signing_in() {
    let world = World::with_people().await;
    for onward in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/vakt/../..//evil.example",
        "javascript:alert(1)",
        "/%09/evil.example",
    ] {
        let mut ada = Visitor::of(&world);
        let answer = ada.sign_in(onward, ADA.user_name, PASSWORD).await;
        assert_eq!(answer.header("location"), Some("/portal"), "{onward}");
    }
}
