//! Views of the queue that people save under names.

use vakt_testkit::people::{ADA, CARL, GRACE, RITA};
use vakt_testkit::{Answer, Request, Visitor, World};

use super::hostile::{NAMES, expect_harmless};
use super::incidents::world;
use super::markup::{links, skeleton};

const QUEUE: &str = "/portal/incidents";
const VIEWS: &str = "/portal/incidents/views";

/// What no name may have, and what a search may.
const UNSEEN: &[&str] = &["nul\u{0}", "bell\u{7}", "\u{1b}[31mred", "\u{85}x\u{9b}"];

fn escaped(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Saves what the queue shows at this query.
async fn save(visitor: &mut Visitor, query: &str, name: &str) -> Answer {
    let queue = visitor.get(&format!("{QUEUE}{query}")).await;
    visitor.submit(&queue, &[("view_name", name)]).await
}

/// Saves, and follows to the queue; what it says of it.
async fn saved(visitor: &mut Visitor, query: &str, name: &str) -> Answer {
    let answer = save(visitor, query, name).await;
    assert_eq!(answer.status, 303, "{query} {name}: {}", answer.text());
    let place = answer.header("location").unwrap().to_owned();
    assert!(place.starts_with(&format!("{QUEUE}?")), "{place}");
    let page = visitor.get(&place).await;
    assert_eq!(page.status, 200, "{place}");
    page
}

/// The tabs of the queue: label, address, and whether it is the present one.
fn tabs(page: &str) -> Vec<(String, String, bool)> {
    let (_, rest) = page.split_once("aria-label=\"Views\"").unwrap();
    let tabs = rest.split("</nav>").next().unwrap().split("<a href=\"").skip(1);
    let tab = |text: &str| {
        let (address, rest) = text.split_once('"').unwrap();
        let (tag, rest) = rest.split_once("<bdi>").unwrap();
        let label = rest.split("</bdi>").next().unwrap();
        (label.to_owned(), address.replace("&#38;", "&"), tag.contains("aria-current"))
    };
    tabs.map(tab).collect()
}

/// Labels of the tabs that are the present one.
fn current(page: &str) -> Vec<String> {
    tabs(page).into_iter().filter(|tab| tab.2).map(|tab| tab.0).collect()
}

/// Labels of the person's own tabs.
fn own(page: &str) -> Vec<String> {
    tabs(page).into_iter().skip(6).map(|tab| tab.0).collect()
}

/// Addresses at which the views of a person are removed.
async fn removals(visitor: &mut Visitor) -> Vec<String> {
    let page = visitor.get(VIEWS).await;
    assert_eq!(page.status, 200);
    links(page.text()).into_iter().filter(|link| link.ends_with("/remove")).collect()
}

#[tokio::test]
async fn what_the_queue_shows_is_kept_under_a_name() {
    let world = world().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let wanted = "?created=2026-02-01&assigned=ANN%40contoso.com&status=all&sort=oldest";
    let page = saved(&mut ada, wanted, "  Ann's,\t oldest  first ").await;
    for part in ["The view is saved.", "Phishing mail"] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    assert_eq!(current(page.text()), ["Ann&#39;s, oldest first"]);
    saved(&mut ada, "", "Everything open").await;
    // Its own address is made of what was read; what means the same is the same view.
    let kept = tabs(page.text()).pop().unwrap().1;
    assert_eq!(
        kept,
        format!("{QUEUE}?status=all&assigned=ANN%40contoso.com&created=2026-02-01&sort=oldest")
    );
    for (query, expected) in [
        (
            "?status=all&sort=oldest&assigned=ann%40contoso.com&created=2026-02-01",
            "Ann&#39;s, oldest first",
        ),
        (
            "?status=all&sort=oldest&assigned=ann%40contoso.com&created=2026-02-01&x=1",
            "Ann&#39;s, oldest first",
        ),
        ("?status=all&assigned=ann%40contoso.com&created=2026-02-01", ""),
        ("?status=all&sort=oldest&assigned=ann&created=2026-02-01", ""),
        ("?assigned=me", "Mine"),
        ("?assigned=me&sort=newest", "Mine"),
        ("?assigned=me&sort=oldest", ""),
        ("?assigned=me&status=asleep", ""),
        ("?status=open", "Open Everything open"),
    ] {
        let page = ada.get(&format!("{QUEUE}{query}")).await;
        assert_eq!(current(page.text()).join(" "), expected, "{query}");
    }
    let page = saved(&mut ada, "?severity=high", "EVERYTHING OPEN").await;
    assert!(page.text().contains("in the place of the one that had its name"), "{}", page.text());
    assert_eq!(current(page.text()), ["High", "EVERYTHING OPEN"]);
    assert_eq!(own(page.text()), ["Ann&#39;s, oldest first", "EVERYTHING OPEN"]);
    // What was told is not told again by what is done next.
    let done = ada.submit(&page, &[("to_status", "resolved"), ("i-1", "on")]).await;
    assert!(done.text().contains("href=\"/portal/incidents?severity=high\""), "{}", done.text());
}

#[tokio::test]
async fn views_survive_a_restart_and_are_removed_one_by_one() {
    let world = world().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    saved(&mut ada, "?search=phish&classification=true_positive", "Phishing").await;
    saved(&mut ada, "?assigned=nobody&sort=severity", "Up next").await;
    let with = vakt_testkit::StartWith::of(vakt_testkit::people::seed());
    let world = world.restart_with(with).await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let list = ada.get(VIEWS).await;
    for part in [
        "<bdi>Phishing</bdi>",
        "Name or number:</span> <bdi>phish</bdi>",
        "Classification:</span> <bdi>true positive</bdi>",
        "Assigned to:</span> <bdi>nobody</bdi>",
        "Worst first",
    ] {
        assert!(list.text().contains(part), "{part}: {}", list.text());
    }
    let place = removals(&mut ada).await.remove(0);
    let question = ada.get(&place).await;
    assert!(question.text().contains("Remove the view “Phishing”?"), "{}", question.text());
    let removed = ada.submit(&question, &[("confirmed", "Remove")]).await;
    assert_eq!(removed.header("location"), Some("/portal/incidents/views?done=removed"));
    let again = ada.submit(&question, &[("confirmed", "Remove")]).await;
    assert_eq!(again.status, 404);
    let list = ada.get("/portal/incidents/views?done=removed").await;
    assert!(list.text().contains("The view is removed.") && !list.text().contains("Phishing"));
    assert_eq!(own(ada.get(QUEUE).await.text()), ["Up next"]);
}

#[tokio::test]
async fn a_name_that_is_wrong_is_told_beside_its_field() {
    let world = world().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let long = "n".repeat(61);
    for (name, text) in [
        ("", "Give the view a name."),
        (" \u{200b}\u{202e} ", "Give the view a name."),
        (&long, "The name is longer than 60 characters."),
        ("a\u{0}b", "The name has characters that cannot be shown."),
        ("mine", "“Mine” is a view that everybody has."),
    ] {
        let answer = save(&mut rita, "?severity=high&sort=oldest", name).await;
        assert_eq!(answer.status, 400, "{name}");
        for part in [text, "id=\"view_name-problem\"", "href=\"#view_name\"", "Ransomware on ws1"] {
            assert!(answer.text().contains(part), "{name}: {part}: {}", answer.text());
        }
        // The page is still that of the filter, and all its ways lead back to the queue.
        let again = rita.submit(&answer, &[("view_name", "High, oldest first")]).await;
        assert_eq!(again.status, 303, "{}", again.text());
        let place = "/portal/incidents?severity=high&sort=oldest&done=view_";
        assert!(again.header("location").unwrap().starts_with(place), "{again:?}");
    }
    let queue = rita.get(QUEUE).await;
    let token = queue.text().split("name=\"csrf\" value=\"").nth(1).unwrap();
    let token = token.split('"').next().unwrap().to_owned();
    for query in ["status=asleep", "created=x", "sort=name", "severity=%3Cb%3E"] {
        let fields = [("csrf", token.as_str()), ("view_name", "x")];
        let answer = rita.send(Request::post(format!("{VIEWS}?{query}")).form(&fields)).await;
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.text().contains("A view is saved when its filter can be read."));
    }
    assert_eq!(own(rita.get(QUEUE).await.text()), ["High, oldest first"]);
    assert!(!rita.get(&format!("{QUEUE}?status=x")).await.text().contains("view_name"));
}

#[tokio::test]
async fn a_person_keeps_fifty_views() {
    let world = world().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let queue = rita.get(&format!("{QUEUE}?status=all")).await;
    for number in 1..=50 {
        let name = format!("View {number}");
        assert_eq!(rita.submit(&queue, &[("view_name", &name)]).await.status, 303, "{name}");
    }
    let full = rita.submit(&queue, &[("view_name", "View 51")]).await;
    assert_eq!(full.status, 400);
    assert!(full.text().contains("You have 50 views, as many as are kept."), "{}", full.text());
    assert_eq!(rita.submit(&queue, &[("view_name", "VIEW 50")]).await.status, 303, "replaced");
    assert_eq!(own(rita.get(QUEUE).await.text()).len(), 50);
}

#[tokio::test]
async fn nobody_else_sees_or_removes_a_view() {
    let world = world().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    saved(&mut ada, "?search=secret+project", "Project Nagoya").await;
    let place = removals(&mut ada).await.remove(0);
    let nobodys = format!("{VIEWS}/00000000-0000-4000-8000-0000000000ff/remove");
    let mut told = Vec::new();
    for person in [&RITA, &GRACE] {
        let mut other = Visitor::signed_in(&world, person).await;
        saved(&mut other, "?status=all", "My own").await;
        let own_one = removals(&mut other).await.remove(0);
        let question = other.get(&own_one).await;
        for place in [place.as_str(), &nobodys, &format!("{VIEWS}/x/remove")] {
            let page = other.get(place).await;
            assert_eq!(page.status, 404, "{place}");
            assert!(!page.text().contains("Nagoya"), "{}", page.text());
            told.push(page.text().split("<main").nth(1).unwrap().matches('<').count());
        }
        // The form of one's own view, sent to the other's address.
        let sent = Request::post(place.as_str()).form(&[(
            "csrf",
            question
                .text()
                .split("name=\"csrf\" value=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap(),
        )]);
        assert_eq!(other.send(sent).await.status, 404);
        for place in [QUEUE, VIEWS] {
            let page = other.get(place).await;
            assert!(!page.text().contains("Nagoya") && !page.text().contains("secret"), "{place}");
        }
    }
    assert!(told.iter().all(|one| *one == told[0]), "what is another's is as nothing: {told:?}");
    assert_eq!(removals(&mut ada).await, [place]);
    let mut carl = Visitor::signed_in(&world, &CARL).await;
    for place in [VIEWS, &nobodys] {
        assert_eq!(carl.get(place).await.status, 403, "{place}");
    }
}

#[tokio::test]
async fn hostile_names_and_searches_stay_text() {
    let world = World::with_people().await;
    let mut expected: Option<Vec<Vec<String>>> = None;
    for name in std::iter::once(&"harmless").chain(NAMES) {
        let mut ada = Visitor::signed_in(&world, &ADA).await;
        let query = format!("?search={0}&assigned={0}", escaped(name));
        let page = saved(&mut ada, &query, name).await;
        let place = removals(&mut ada).await.remove(0);
        let (queue, list) = (ada.get(QUEUE).await, ada.get(VIEWS).await);
        let question = ada.get(&place).await;
        let shown = [page, queue, list, question.clone()];
        for page in &shown {
            assert_eq!(page.status, 200, "{name}");
            expect_harmless(page.text(), name);
            for link in links(page.text()) {
                assert!(link.starts_with(['/', '#']) && !link.starts_with("//"), "{name}: {link}");
            }
        }
        let shown: Vec<_> = shown.iter().map(|page| skeleton(page.text())).collect();
        assert_eq!(&shown, expected.get_or_insert_with(|| shown.clone()), "{name}");
        assert_eq!(ada.submit(&question, &[("confirmed", "Remove")]).await.status, 303);
    }
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    for text in UNSEEN {
        assert_eq!(save(&mut ada, "?status=all", text).await.status, 400, "{text:?}");
        saved(&mut ada, &format!("?search={}", escaped(text)), "Odd search").await;
        expect_harmless(ada.get(VIEWS).await.text(), text);
    }
}
