//! The decision whether a person may sign in, step by step, given what was loaded and compared.

use jiff::Timestamp;
use secrecy::SecretString;

use super::person::{Person, StoredPassword};

/// Why a sign-in went no further. To the outside most are one: who guesses must not learn which
/// user names there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInRefusal {
    /// No such user name, or not its password.
    Wrong,
    /// Too many failures; nothing was compared that could tell.
    Resting,
    /// The password was right; the account is disabled.
    Disabled,
    /// The code was wrong, late, or used before.
    WrongCode,
    /// The step before was too long ago, or never taken.
    StepExpired,
}

impl SignInRefusal {
    /// The number Microsoft's platform has for it.
    pub const fn code(self) -> u32 {
        match self {
            Self::Wrong => 50_126,
            Self::Resting => 50_053,
            Self::Disabled => 50_057,
            Self::WrongCode => 500_121,
            Self::StepExpired => 50_058,
        }
    }

    /// What the person is told.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Wrong | Self::Resting => {
                "The user name or the password is wrong, or the account rests after too many \
                 failures. Check both; after several failures wait a quarter of an hour."
            }
            Self::Disabled => "This account is disabled. Ask an administrator to enable it.",
            Self::WrongCode => {
                "The code is wrong, or was used before. Wait for the next one and enter that."
            }
            Self::StepExpired => "That took too long. Sign in again.",
        }
    }

    /// What the log says.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Wrong => "wrong password",
            Self::Resting => "the account rests after failures",
            Self::Disabled => "the account is disabled",
            Self::WrongCode => "wrong or used code",
            Self::StepExpired => "the step before is missing or too long ago",
        }
    }
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// A code of the authenticator.
    Code,
    /// A password of one's own.
    NewPassword,
    /// Nothing: the person is signed in.
    Done,
}

/// Somebody who says that a user name is theirs.
pub struct Candidate {
    pub(crate) person: Option<Person>,
}

/// The same, compared.
pub struct Compared {
    pub(crate) person: Option<Person>,
    pub(crate) is_right: bool,
}

impl Candidate {
    /// Compares the password. Takes some 30 ms of a core and 19 MiB, whether there is such a
    /// person or not: call it where that may block.
    pub fn compare(self, password: &SecretString) -> Compared {
        let kept = self.person.as_ref().map(|person| person.password.clone());
        let is_right = kept.unwrap_or_else(StoredPassword::nobodys).matches(password);
        Compared { is_right: is_right && self.person.is_some(), person: self.person }
    }
}

impl Person {
    /// What follows a password; failures are counted. An account that rests learns nothing of it.
    pub(crate) fn after_password(
        &mut self,
        is_right: bool,
        now: Timestamp,
    ) -> Result<NextStep, SignInRefusal> {
        if self.rests_until(now).is_some() {
            return Err(SignInRefusal::Resting);
        }
        if !is_right {
            self.note_failure(now);
            return Err(SignInRefusal::Wrong);
        }
        if !self.is_enabled {
            return Err(SignInRefusal::Disabled);
        }
        if self.totp.is_some() {
            // The failures stay: a known password must not buy endless tries at the code.
            return Ok(NextStep::Code);
        }
        Ok(self.after_factors())
    }

    /// What follows a code; failures are counted, and no code counts twice.
    pub(crate) fn after_code(
        &mut self,
        code: &str,
        now: Timestamp,
    ) -> Result<NextStep, SignInRefusal> {
        if self.rests_until(now).is_some() {
            return Err(SignInRefusal::Resting);
        }
        let Some(totp) = &self.totp else { return Err(SignInRefusal::StepExpired) };
        match totp.accepts(code, now, self.totp_last_step) {
            Some(step) => {
                self.totp_last_step = Some(step);
                Ok(self.after_factors())
            }
            None => {
                self.note_failure(now);
                Err(SignInRefusal::WrongCode)
            }
        }
    }

    fn after_factors(&mut self) -> NextStep {
        self.forget_failures();
        if self.must_change_password { NextStep::NewPassword } else { NextStep::Done }
    }
}
