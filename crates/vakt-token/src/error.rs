//! One reason per refusal.

/// Why a token was not accepted. Texts are for the caller: they name what was found and wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The token is longer than [`crate::TOKEN_LENGTH_MAX_BYTES`].
    #[error("the token has {length_bytes} bytes; at most {max_bytes} are accepted")]
    TooLong {
        /// Its length.
        length_bytes: usize,
        /// The limit.
        max_bytes: usize,
    },
    /// Not three base64url parts of JSON.
    #[error("the token is not a JWT: {0}")]
    Malformed(String),
    /// `alg` is not RS256.
    #[error("the token's algorithm is `{0}`; only `RS256` is accepted")]
    Algorithm(String),
    /// `typ` names something else than an access token.
    #[error("the token's type is `{0}`; `JWT` or `at+jwt` is accepted")]
    Type(String),
    /// `crit` asks for extensions we do not know.
    #[error("the token has critical header parameters that are not supported")]
    Critical,
    /// No key with this `kid`.
    #[error("the token's signing key `{0}` is not one of the issuer's keys")]
    UnknownKey(String),
    /// The signature does not fit.
    #[error("the token's signature does not match its content")]
    Signature,
    /// A claim is missing or of the wrong JSON type.
    #[error("the token's claim `{claim}` {problem}")]
    Claim {
        /// The claim's name.
        claim: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Issuer not accepted here.
    #[error("the token's issuer `{0}` is not accepted here")]
    Issuer(String),
    /// Audience not accepted here.
    #[error("the token's audience `{0}` is not this API")]
    Audience(String),
    /// `nbf` lies ahead.
    #[error("the token is not valid before {0}")]
    NotYetValid(jiff::Timestamp),
    /// `exp` has passed.
    #[error("the token expired at {0}")]
    Expired(jiff::Timestamp),
    /// A token of another kind: delegated, or for a user.
    #[error("the token is not an app-only access token")]
    NotAppOnly,
    /// A key could not be read or made.
    #[error("the key cannot be used: {0}")]
    Key(&'static str),
}
