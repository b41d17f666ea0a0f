//! Three servers on one PostgreSQL database: what one of them acknowledged, the others go by from
//! their next request on.

use std::sync::Arc;

use jiff::SignedDuration;
use serde_json::{Value, json};
use vakt_testkit::cast::{self, ADMIN, App, BARE};
use vakt_testkit::postgres::TestDatabase;
use vakt_testkit::{
    Answer, KeptConnection, Request, StartWith, TokenAsk, World, decode, expect_aadsts,
};

const SERVERS: usize = 3;
/// How often a secret is made on one server, used on another, and removed on the third.
const SECRETS: usize = 1_000;
/// How often a role is granted and taken back.
const GRANTS: usize = 200;

const THREAT_PROTECTION: &str = "https://api.security.microsoft.com";
const MTP_ID: &str = "8ee8fdad-f234-4243-8f3b-15c294843740";
const INCIDENT_READ: &str = "a9790345-4595-42e4-971a-ccdc79f19b7c";

/// One server, and an administrator's connection to it.
struct Server {
    world: World,
    connection: KeptConnection,
    token: String,
}

impl Server {
    async fn new(world: World) -> Self {
        let connection = world.https().keep().await;
        let token = world.token_of(&ADMIN, "https://graph.microsoft.com").await;
        Self { world, connection, token }
    }

    /// Asks Graph as the administrator.
    async fn graph(&mut self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let request = Request::new(method, format!("/v1.0{path}")).bearer(&self.token);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        self.connection.send(request).await
    }

    /// Asks for a token with a secret.
    async fn ask(&mut self, app: &App, secret: &str) -> Answer {
        let ask = TokenAsk::v2(app, THREAT_PROTECTION).set("client_secret", secret);
        self.connection.send(ask).await
    }
}

/// Three servers over one database; `None` where there is no PostgreSQL.
async fn servers() -> Option<Vec<Server>> {
    let database = Arc::new(TestDatabase::new()?);
    let with = StartWith { database: Some(database), ..StartWith::of(cast::seed()) };
    let first = World::start_with(with).await;
    let mut servers = Vec::new();
    for _ in 1..SERVERS {
        servers.push(Server::new(first.beside().await).await);
    }
    servers.push(Server::new(first).await);
    Some(servers)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_good_on_every_server_at_once_and_gone_from_every_server_at_once() {
    let Some(mut servers) = servers().await else { return };
    let path = format!("/applications/{}", BARE.object);
    for round in 0..SECRETS {
        servers.rotate_left(1);
        let [one, other, third] = &mut servers[..] else { unreachable!() };
        let new = json!({ "passwordCredential": { "displayName": format!("round {round}") } });
        let made = one.graph("POST", &format!("{path}/addPassword"), Some(&new)).await.expect(200);
        let secret = made["secretText"].as_str().unwrap();
        let answer = other.ask(&BARE, secret).await;
        assert_eq!(answer.status, 200, "round {round}: {:?}", answer.json());
        let key = json!({ "keyId": made["keyId"] });
        third.graph("POST", &format!("{path}/removePassword"), Some(&key)).await.expect(204);
        // Once on the server that made it, once on the one that just used it.
        let server = if round % 2 == 0 { one } else { other };
        expect_aadsts(&server.ask(&BARE, secret).await, 401, 7_000_215);
        // Or the limits on failed credentials would be met at last.
        server.world.clock().advance(SignedDuration::from_secs(3));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_is_in_the_next_token_of_every_server_until_it_is_taken_back() {
    let Some(mut servers) = servers().await else { return };
    let directory = servers[0].world.directory(&ADMIN).await;
    let client = directory.principal_of(BARE.id).await["id"].clone();
    let resource = directory.principal_of(MTP_ID).await["id"].clone();
    let path = format!("/servicePrincipals/{}/appRoleAssignments", client.as_str().unwrap());
    let grant =
        json!({ "principalId": client, "resourceId": resource, "appRoleId": INCIDENT_READ });
    for round in 0..GRANTS {
        servers.rotate_left(1);
        let [one, other, third] = &mut servers[..] else { unreachable!() };
        let made = one.graph("POST", &path, Some(&grant)).await.expect(201);
        let roles = roles(&other.ask(&BARE, BARE.secret).await);
        assert_eq!(roles, json!(["Incident.Read.All"]), "round {round}");
        let path = format!("{path}/{}", made["id"].as_str().unwrap());
        third.graph("DELETE", &path, None).await.expect(204);
        for server in [other, one] {
            let roles = self::roles(&server.ask(&BARE, BARE.secret).await);
            assert_eq!(roles, Value::Null, "round {round}");
        }
    }
}

fn roles(answer: &Answer) -> Value {
    let (_, claims) = decode(answer.expect(200)["access_token"].as_str().unwrap());
    claims["roles"].clone()
}
