//! The API of Defender for Endpoint: machines, machine actions and indicators. Handlers take a
//! [`Call`](call::Call) and give an answer or a problem; start with [`routes()`].

mod actions;
mod call;
mod errors;
mod filter;
mod from_wire;
mod import;
mod indicators;
mod machines;
mod page;
mod routes;
pub(crate) mod to_wire;
mod words;

pub(crate) use import::read_machines;
pub(crate) use routes::routes;
