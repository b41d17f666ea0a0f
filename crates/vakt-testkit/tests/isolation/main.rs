//! Two tenants never see each other. Every route of the ledger is asked, with the tokens of one
//! tenant, for the things of another: they are as little there as things that never were, and
//! no answer holds an id, a name or a count of them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod names;
mod requests;
mod table;

use std::collections::BTreeSet;

use serde_json::Value;
use vakt_server::{Access, Api, route_ledger};
use vakt_testkit::cast::{
    ADMIN, CONTOSO, FABRIKAM, FABRIKAM_ADMIN, FABRIKAM_OPERATOR, FABRIKAM_RESPONDER, FABRIKAM_SIEM,
    IMPORTER, OPERATOR, RESPONDER,
};
use vakt_testkit::{Answer, Request, World};

use names::{MARK, Makers, Names, SHARED_INCIDENT};
use table::{TABLE, Way, way};

const GRAPH: &str = "https://graph.microsoft.com";
const MTP: &str = "https://api.security.microsoft.com";
const VAKT: &str = "api://vakt";
const MDE: &str = "https://api.securitycenter.microsoft.com";
const PORTAL: &str = "74658136-14ec-4630-ad9b-26e160ff0fc6";

/// A route of the ledger.
struct Route {
    method: String,
    path: String,
    api: Option<Api>,
}

impl Route {
    /// As the table has it: Graph's routes without their root.
    fn name(&self) -> String {
        let path = self.path.strip_prefix("/v1.0").or(self.path.strip_prefix("/beta"));
        format!("{} {}", self.method, path.unwrap_or(&self.path))
    }
}

fn routes() -> Vec<Route> {
    let route = |(name, access): (String, Access)| {
        let (method, path) = name.split_once(' ').unwrap();
        let api = match access {
            Access::Roles(row) | Access::Operator(row) => Some(row.api),
            _ => None,
        };
        Route { method: method.into(), path: path.into(), api }
    };
    route_ledger().into_iter().map(route).collect()
}

/// The two tenants, and tokens of the second.
struct Stage {
    world: World,
    theirs: Names,
    own: Names,
    nobodys: Names,
    graph: String,
    mtp: String,
    mde: String,
    vakt: String,
    portal: String,
}

impl Stage {
    async fn set() -> Self {
        let world = World::start().await;
        let victims =
            Makers { directory: ADMIN, incidents: IMPORTER, machines: RESPONDER, people: OPERATOR };
        let theirs = Names::make(&world, &CONTOSO, &victims, MARK).await;
        let makers = Makers {
            directory: FABRIKAM_ADMIN,
            incidents: FABRIKAM_SIEM,
            machines: FABRIKAM_RESPONDER,
            people: FABRIKAM_OPERATOR,
        };
        let own = Names::make(&world, &FABRIKAM, &makers, "Yokohama").await;
        for administrator in [&ADMIN, &FABRIKAM_ADMIN] {
            names::grant_the_rest(&world, administrator).await;
        }
        Self {
            graph: world.token_of(&FABRIKAM_ADMIN, GRAPH).await,
            mtp: world.token_of(&FABRIKAM_SIEM, MTP).await,
            mde: world.token_of(&FABRIKAM_RESPONDER, MDE).await,
            vakt: world.token_of(&FABRIKAM_OPERATOR, VAKT).await,
            portal: world.token_of(&FABRIKAM_ADMIN, PORTAL).await,
            nobodys: Names::of_nobody(&theirs),
            world,
            theirs,
            own,
        }
    }

    /// Asks as the second tenant.
    async fn ask(&self, route: &Route, request: Request) -> Answer {
        let token = match route.api {
            Some(Api::Graph) => &self.graph,
            Some(Api::Vakt) => &self.vakt,
            Some(Api::Portal) => &self.portal,
            Some(Api::Endpoint) => &self.mde,
            Some(Api::ThreatProtection) | None => &self.mtp,
        };
        self.world.send(request.bearer(token)).await
    }

    /// Nothing of the first tenant is in an answer, but for what was asked.
    fn expect_silence(&self, answer: &Answer, asked: &str, what: &str) {
        let mut text = String::from_utf8_lossy(&answer.body).into_owned();
        for tell in self.theirs.tells() {
            if asked.contains(&tell) {
                text = text.replace(&tell, "");
            }
        }
        for tell in self.theirs.tells() {
            assert!(!text.contains(&tell), "{what} tells `{tell}`: {text}");
        }
    }

    /// What the first tenant has, as it sees it itself.
    async fn inventory(&self) -> Vec<Value> {
        let directory = self.world.directory(&ADMIN).await;
        let mut all = Vec::new();
        for path in [
            "/applications?$top=999",
            "/servicePrincipals?$top=999",
            "/oauth2PermissionGrants",
            "/directory/deletedItems/application",
            &format!("/servicePrincipals/{}/appRoleAssignments", self.theirs.principal),
            &format!("/applications/{}/federatedIdentityCredentials", self.theirs.application),
        ] {
            all.push(directory.get(path).await["value"].clone());
        }
        let people = Request::get("/vakt/v1/people");
        let token = self.world.token_of(&OPERATOR, VAKT).await;
        all.push(self.world.send(people.bearer(&token)).await.expect(200)["value"].clone());
        let incidents = self.world.get("/api/incidents").await.expect(200);
        all.push(incidents["value"].clone());
        let token = self.world.token_of(&RESPONDER, MDE).await;
        for path in ["/api/machines", "/api/machineactions", "/api/indicators"] {
            let list = self.world.send(Request::get(path).bearer(&token)).await.expect(200);
            all.push(list["value"].clone());
        }
        all
    }
}

/// Status, code and message, without what was asked.
fn gist(answer: &Answer, asked: &[String]) -> String {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let error = &body["error"];
    let mut text = format!("{} {} {}", answer.status, error["code"], error["message"]);
    // A name that is part of another must not leave the rest of that one behind.
    let mut asked: Vec<&String> = asked.iter().collect();
    asked.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in asked {
        text = text.replace(name, "…");
    }
    text
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let routes: BTreeSet<String> = routes().iter().map(Route::name).collect();
    let rows: BTreeSet<String> = TABLE.iter().map(|(name, _)| (*name).to_owned()).collect();
    let without_row: Vec<_> = routes.difference(&rows).collect();
    let without_route: Vec<_> = rows.difference(&routes).collect();
    assert!(without_row.is_empty(), "say in table.rs how tenants are kept apart: {without_row:?}");
    assert!(without_route.is_empty(), "rows of routes that are gone: {without_route:?}");
}

#[tokio::test]
async fn things_of_another_tenant_are_like_things_that_never_were() {
    let stage = Stage::set().await;
    let before = stage.inventory().await;
    let mut asked = 0;
    for route in routes().iter().filter(|route| way(&route.name()) == Some(Way::One)) {
        let theirs = requests::naming(route, &stage.theirs, &stage.own);
        let nobodys = requests::naming(route, &stage.nobodys, &stage.own);
        assert!(!theirs.is_empty(), "{}", route.name());
        // Both roots of Graph have the same handlers: below the second a few names will do.
        let most = if route.path.starts_with("/beta/") { 4 } else { usize::MAX };
        let pairs = theirs.into_iter().zip(nobodys).take(most);
        for ((path, request), (nobodys_path, nobodys_request)) in pairs {
            asked += 1;
            let what = format!("{} {path}", route.method);
            let answer = stage.ask(route, request).await;
            let nobodys = stage.ask(route, nobodys_request).await;
            stage.expect_silence(&answer, &path, &what);
            let names = stage.theirs.in_paths();
            let nobodys_names = stage.nobodys.in_paths();
            assert_eq!(gist(&answer, &names), gist(&nobodys, &nobodys_names), "{what}");
            assert!(
                [400, 404].contains(&answer.status),
                "{what} or {nobodys_path}: {} {:?}",
                answer.status,
                answer.body
            );
        }
    }
    assert!(asked > 500, "only {asked} requests");
    assert_eq!(stage.inventory().await, before, "something was changed by asking");
}

#[tokio::test]
async fn lists_and_counts_hold_only_the_callers_own() {
    let stage = Stage::set().await;
    for route in routes().iter().filter(|route| way(&route.name()) == Some(Way::All)) {
        let (theirs, nobodys) =
            (requests::queries(&stage.theirs), requests::queries(&stage.nobodys));
        for (query, nobodys_query) in theirs.iter().zip(&nobodys) {
            let what = format!("{} {}{query}", route.method, route.path);
            let ask = |query: &str| {
                let request = Request::new(&route.method, format!("{}{query}", route.path));
                request.header("consistencylevel", "eventual")
            };
            let answer = stage.ask(route, ask(query)).await;
            let nobodys = stage.ask(route, ask(nobodys_query)).await;
            stage.expect_silence(&answer, query, &what);
            assert!(![401, 403].contains(&answer.status), "{what}: {}", answer.text());
            let without_links = |answer: &Answer| {
                let mut body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
                if let Some(members) = body.as_object_mut() {
                    members.retain(|name, _| name == "value" || name.ends_with("count"));
                }
                (answer.status, body)
            };
            let (found, nothing) = (without_links(&answer), without_links(&nobodys));
            assert_eq!(found, nothing, "{what} is told from {nobodys_query}");
        }
    }
}

#[tokio::test]
async fn a_place_in_a_list_is_of_no_use_to_another_tenant() {
    let stage = Stage::set().await;
    let theirs = [
        (GRAPH, stage.world.token_of(&ADMIN, GRAPH).await),
        (MTP, stage.world.token_of(&IMPORTER, MTP).await),
        (MDE, stage.world.token_of(&RESPONDER, MDE).await),
        (VAKT, stage.world.token_of(&OPERATOR, VAKT).await),
    ];
    let mut replayed = 0;
    for route in routes().iter().filter(|route| way(&route.name()) == Some(Way::All)) {
        let audience = match route.api {
            Some(Api::Graph) => GRAPH,
            Some(Api::Vakt) => VAKT,
            Some(Api::Portal) => PORTAL,
            Some(Api::Endpoint) => MDE,
            Some(Api::ThreatProtection) | None => MTP,
        };
        let token = &theirs.iter().find(|(name, _)| *name == audience).unwrap().1;
        for order in ["", "&$orderby=displayName"] {
            let target = format!("{}?$top=1{order}", route.path);
            let page = stage.world.send(Request::get(&target).bearer(token)).await;
            let body: Value = serde_json::from_slice(&page.body).unwrap_or_default();
            let Some(link) = body["@odata.nextLink"].as_str() else { continue };
            replayed += 1;
            let target = link.strip_prefix(stage.world.url()).unwrap();
            let answer = stage.ask(route, Request::get(target)).await;
            stage.expect_silence(&answer, target, target);
            assert!([200, 400].contains(&answer.status), "{target}: {}", answer.status);
        }
    }
    assert!(replayed >= 5, "only {replayed} links");
}

#[tokio::test]
async fn names_in_bodies_find_nothing_of_another_tenant() {
    let stage = Stage::set().await;
    let before = stage.inventory().await;
    for route in routes() {
        let Some(way) = way(&route.name()) else { continue };
        if !matches!(way, Way::Body | Way::One) {
            continue;
        }
        let theirs = requests::bodies(&route, &stage.theirs, &stage.own);
        let nobodys = requests::bodies(&route, &stage.nobodys, &stage.own);
        assert!(way == Way::One || !theirs.is_empty(), "{} has no body to try", route.name());
        for ((path, body), (_, nobodys_body)) in theirs.iter().zip(&nobodys) {
            let what = format!("{} {path} {body}", route.method);
            let ask = |body: &Value| Request::new(&route.method, path).json(body);
            let answer = stage.ask(&route, ask(body)).await;
            let nobodys = stage.ask(&route, ask(nobodys_body)).await;
            stage.expect_silence(&answer, &body.to_string(), &what);
            let told = gist(&answer, &stage.theirs.in_bodies());
            assert_eq!(told, gist(&nobodys, &stage.nobodys.in_bodies()), "{what}");
        }
    }
    assert_eq!(stage.inventory().await, before, "something was changed by asking");
}

#[tokio::test]
async fn what_concerns_the_server_is_for_its_operator() {
    let stage = Stage::set().await;
    for route in routes().iter().filter(|route| way(&route.name()) == Some(Way::Operator)) {
        for name in [&stage.theirs.tenant, &stage.own.tenant, &stage.nobodys.tenant] {
            let path = route.path.replace("{id}", name).replace("{kid}", name);
            let request = Request::new(&route.method, &path);
            let request =
                if route.method == "POST" { request.json(&serde_json::json!({})) } else { request };
            let answer = stage.ask(route, request).await;
            let message = vakt_testkit::expect_classic(&answer, 403, "Forbidden");
            assert!(message.contains("does not operate it"), "{message}");
            stage.expect_silence(&answer, name, &path);
        }
    }
}

#[tokio::test]
async fn a_number_that_both_have_is_each_ones_own() {
    let stage = Stage::set().await;
    let target = format!("/api/incidents/{SHARED_INCIDENT}");
    let own = stage.world.send(Request::get(&target).bearer(&stage.mtp)).await;
    let own = own.expect(200);
    assert_eq!(own["incidentName"], format!("Yokohama {SHARED_INCIDENT}"));
    let theirs = stage.world.get(&target).await.expect(200);
    assert_eq!(theirs["incidentName"], format!("{MARK} {SHARED_INCIDENT}"));
}
