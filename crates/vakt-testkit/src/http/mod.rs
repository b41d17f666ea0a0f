//! A client that sends what it is told to, over TLS it verifies.

mod answer;
mod https;
mod request;

pub use answer::Answer;
pub use https::{Https, KeptConnection};
pub use request::Request;
