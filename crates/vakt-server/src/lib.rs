//! The HTTP edge: Microsoft-wire routes over the domain rooms, TLS, the data folder and the seed.
//! Start with [`start()`]; [`bootstrap()`] makes a data folder ready for a first administrator.
//!
//! ```no_run
//! # async fn example() -> Result<(), vakt_server::StartError> {
//! let options = vakt_server::ServeOptions::new("vakt-data".into());
//! let running = vakt_server::start(options).await?;
//! println!("{}", running.ready().url);
//! running.stop().await;
//! # Ok(())
//! # }
//! ```

mod access;
mod administration;
mod admission;
mod app;
mod audit;
mod bootstrap;
mod catching_up;
mod certificates;
mod chance;
mod classic_portal;
mod client_certificate;
mod clock;
mod consent;
mod defender;
mod dialect;
mod edge;
mod endpoint;
mod entra;
mod faults;
mod federation;
mod folder;
mod front;
#[cfg(fuzzing)]
pub mod fuzzing;
mod gate;
mod graph;
mod hashing;
mod housekeeping;
mod kept_answers;
mod leftover;
mod limits;
mod listener;
mod names;
mod open;
mod openapi;
mod operator;
mod options;
mod pages;
mod path;
mod peer;
mod portal;
mod problem;
mod question;
mod quota;
mod ready;
mod route;
mod router;
mod seed;
mod serve;
mod sign_in;
mod sign_in_log;
mod signing;
mod start_error;
mod strict;
mod throttle;
mod turnstile;

pub use access::{Access, Api, PAGES, ROUTES_WITHOUT_A_TOKEN, Row};
pub use app::App;
pub use bootstrap::{Bootstrapped, FirstPerson, InitOptions, bootstrap};
pub use client_certificate::{NewClientCertificate, new_client_certificate};
pub use clock::Clock;
pub use faults::FaultMode;
pub use federation::{FederationError, FederationOptions, IssuerKeysFile};
pub use folder::{DataFolder, FolderError};
pub use names::MICROSOFT_NAMES;
pub use open::{OpenedApp, open_app};
pub use openapi::{is_described, openapi_document};
pub use options::{OwnCertificate, ServeOptions};
pub use quota::{QuotaWish, QuotaWishFault};
pub use ready::{Ready, ReadyTenant};
pub use router::route_ledger;
pub use seed::{SeedError, Seeded, SeededApp};
pub use serve::{Running, start};
pub use sign_in_log::SignInLogMode;
pub use start_error::StartError;
pub use strict::Strictness;
