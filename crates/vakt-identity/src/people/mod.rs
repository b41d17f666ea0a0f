//! People who administer: accounts with a password, a second factor and a role, and their sessions.
//! Passwords, codes, waits and the decision to let somebody in are plain functions here; the
//! service loads and records around them.

mod lock_out;
mod password;
mod person;
mod role;
mod session;
mod sign_in;
mod store;
mod totp;

pub use lock_out::{FREE_FAILURES_MAX, LONGEST_WAIT_SECONDS, rests_until};
pub use password::{
    HASH_MEMORY_KIB, PASSWORD_LENGTH_MAX_CHARS, PASSWORD_LENGTH_MIN_CHARS, PasswordFault,
    check_password, one_time_password,
};
pub use person::{NewPerson, Person, PersonRole, StoredPassword, TotpSecret, check_user_name};
pub use session::{
    FRESH_MAX_MINUTES, SESSION_IDLE_MAX_MINUTES, SESSION_MAX_HOURS, STEP_MAX_MINUTES, Session,
    SessionKind,
};
pub use sign_in::{Candidate, Compared, NextStep, SignInRefusal};
pub use store::PeopleStore;
pub use totp::{TOTP_CODE_LENGTH_DIGITS, TOTP_SECRET_BYTES};
