//! People at the wire: signing in, staying signed in, and consent, without a browser.

mod consent;
mod guards;
mod pages;
mod sign_in;
