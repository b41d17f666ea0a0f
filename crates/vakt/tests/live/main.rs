//! The command against live servers of its own, over real TLS sockets and real files.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod alerts;
mod commands;
mod crash;
mod database;
mod demo;
mod faults;
mod kql;
mod mirror;
mod operator;
mod serve;
mod server;
