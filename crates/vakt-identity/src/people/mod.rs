//! People who administer: accounts with a password, a second factor and a role, and their sessions.

mod person;
mod session;
mod store;

pub use person::{Person, PersonRole, StoredPassword, TotpSecret};
pub use session::Session;
pub use store::PeopleStore;
