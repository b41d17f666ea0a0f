//! The whole cast in a running server.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use serde_json::{Value, json};

use crate::ask::TokenAsk;
use crate::cast::{self, App, IMPORTER, SIEM};
use crate::clock::TestClock;
use crate::directory::Directory;
use crate::http::{Answer, Https, Request};
use crate::postgres::TestDatabase;
use crate::server::{StartWith, TestServer};

/// The threat-protection API's identifier.
const THREAT_PROTECTION: &str = "https://api.security.microsoft.com";

/// A server with the cast in it, and a client of it.
pub struct World {
    server: TestServer,
    clock: TestClock,
    https: Https,
    url: String,
}

impl World {
    /// A fresh world under its own name.
    pub async fn start() -> Self {
        Self::start_with(StartWith::of(cast::seed())).await
    }

    /// A fresh world that answers for Microsoft's host names too.
    pub async fn taking_over() -> Self {
        let with = StartWith { take_over: true, ..StartWith::of(cast::seed()) };
        Self::start_with(with).await
    }

    /// A fresh world in which people live too.
    pub async fn with_people() -> Self {
        Self::start_with(StartWith::of(crate::people::seed())).await
    }

    /// The cast once over SQLite and, where PostgreSQL is installed, once over that.
    pub async fn over_both_databases() -> Vec<Self> {
        let mut worlds = vec![Self::start().await];
        if let Some(database) = TestDatabase::new() {
            let database = Some(Arc::new(database));
            let with = StartWith { database, ..StartWith::of(cast::seed()) };
            worlds.push(Self::start_with(with).await);
        }
        worlds
    }

    /// A fresh world of one's own making.
    pub async fn start_with(with: StartWith) -> Self {
        let clock = with.clock.clone();
        Self::around(TestServer::start(with).await, clock)
    }

    /// The same data in a new server, seeded again, under its own name.
    pub async fn restart(self) -> Self {
        self.restart_with(StartWith::of(cast::seed())).await
    }

    /// The same data in a new server, at the same time.
    pub async fn restart_with(self, mut with: StartWith) -> Self {
        with.clock = self.clock.clone();
        Self::around(self.server.restart(with).await, self.clock)
    }

    /// Another server over the same database, which must be PostgreSQL's; it has the same data
    /// folder, but for what the first one wrote there.
    pub async fn beside(&self) -> Self {
        let database = self.server.database().cloned();
        assert!(database.is_some(), "a file of SQLite's has one server");
        let clock = self.clock.clone();
        let with = StartWith { clock: clock.clone(), database, ..StartWith::default() };
        Self::around(TestServer::start(with).await, clock)
    }

    fn around(server: TestServer, clock: TestClock) -> Self {
        let ready = server.ready();
        let ca = std::fs::read(ready.ca.unwrap()).unwrap();
        let port = ready.url.rsplit_once(':').unwrap().1.parse().unwrap();
        let https = Https::new(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), &ca);
        Self { server, clock, https, url: ready.url }
    }

    /// `https://localhost:<port>`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The clock the server goes by.
    pub fn clock(&self) -> &TestClock {
        &self.clock
    }

    /// The server.
    pub fn server(&self) -> &TestServer {
        &self.server
    }

    /// The client, for what [`World::send`] cannot say.
    pub fn https(&self) -> &Https {
        &self.https
    }

    /// Sends a request.
    pub async fn send(&self, request: impl Into<Request>) -> Answer {
        self.https.send(request.into()).await
    }

    /// A token of the SIEM.
    pub async fn token(&self, resource: &str) -> String {
        self.token_of(&SIEM, resource).await
    }

    /// A token of an application.
    pub async fn token_of(&self, app: &App, resource: &str) -> String {
        let body = self.send(TokenAsk::v2(app, resource)).await.expect(200);
        body["access_token"].as_str().unwrap().to_owned()
    }

    /// The directory of an administrator's tenant, over Graph.
    pub async fn directory(&self, administrator: &App) -> Directory {
        let token = self.token_of(administrator, "https://graph.microsoft.com").await;
        self.directory_with(token)
    }

    /// The directory that a token of Graph opens.
    pub fn directory_with(&self, token: String) -> Directory {
        Directory::new(self.https.clone(), token)
    }

    /// Imports incidents as an application; returns the import's answer.
    pub async fn import(&self, app: &App, incidents: &[Value]) -> Value {
        let token = self.token_of(app, THREAT_PROTECTION).await;
        let request = Request::post("/vakt/v1/incidents/import").bearer(&token);
        self.send(request.json(&json!({ "value": incidents }))).await.expect(200)
    }

    /// Sends something to the threat-protection API as the importer, with a token for the server's
    /// own address, which has the application's roles of every API.
    pub async fn write(&self, request: Request) -> Answer {
        let token = self.token_of(&IMPORTER, &self.url).await;
        self.send(request.bearer(&token)).await
    }

    /// Gets something of the threat-protection API as the SIEM.
    pub async fn get(&self, target: &str) -> Answer {
        let token = self.token(THREAT_PROTECTION).await;
        self.send(Request::get(target).bearer(&token)).await
    }
}
