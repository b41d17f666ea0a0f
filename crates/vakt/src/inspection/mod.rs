//! What a token is good for, told at a terminal: as JSON ([`json`]) and in words ([`words`]), with
//! the command that comes next. The finding itself is [`Explanation`]'s.

mod json;
mod words;

use jiff::Timestamp;
use vakt_client::Verification;
use vakt_token::UntrustedToken;
use vakt_token::explain::Explanation;

/// What was found.
#[derive(Debug)]
pub struct Inspection(Explanation);

impl Inspection {
    /// Draws the conclusions from a token that was taken apart and checked.
    pub fn new(token: UntrustedToken, verification: Verification, now: Timestamp) -> Self {
        Self(Explanation::new(token, verification, now))
    }

    /// False if the token is proved to be somebody else's making.
    pub fn is_acceptable(&self) -> bool {
        self.0.is_acceptable()
    }
}

#[cfg(test)]
mod tests;
