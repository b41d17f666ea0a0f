//! Consent by an administrator: four addresses of Microsoft's platform, one page. What is asked and
//! what is granted are the identity room's (`identity/src/service/consent.rs`); here are the
//! parameters, the page, and the way back to the application.

mod pages;
mod redirect;
mod request;
mod words;

pub(crate) use pages::{Door, answer_consent, show_consent};
pub(crate) use redirect::is_registered;
