//! The test house: a server in this process on a port of its own, a world of tenants and
//! applications in it, and a client that says exactly what a test wants said. Start with
//! [`World`], then [`Request`] and [`TokenAsk`]; [`Forge`] signs what the server never would.
//!
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! use vakt_testkit::{Request, World};
//! let world = World::start().await;
//! let token = world.token("https://api.security.microsoft.com").await;
//! let answer = world.send(Request::get("/api/incidents").bearer(&token)).await;
//! assert_eq!(answer.status, 200);
//! # });
//! ```

mod ask;
pub mod cast;
mod client_key;
mod client_signer;
mod clock;
mod dialect;
mod directory;
pub mod endpoint;
mod forge;
mod http;
pub mod incidents;
mod issuer;
mod pattern;
mod peek;
pub mod people;
pub mod postgres;
mod server;
mod visitor;
mod world;

pub use ask::TokenAsk;
pub use client_key::ClientKey;
pub use client_signer::ClientSigner;
pub use clock::TestClock;
pub use dialect::{expect_aadsts, expect_classic, expect_graph, names};
pub use directory::{Directory, Registered};
pub use forge::{Forge, decode};
pub use http::{Answer, Https, KeptConnection, Request};
pub use issuer::{Behaviour, TestIssuer};
pub use pattern::fits;
pub use peek::Peek;
pub use server::{StartWith, TestServer};
pub use visitor::Visitor;
pub use world::World;
