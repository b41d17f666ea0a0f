//! How an application proves itself.

mod secret;

pub use secret::ClientSecret;
