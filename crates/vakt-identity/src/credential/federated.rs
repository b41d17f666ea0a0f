//! Federated identity credentials: a subject of a foreign issuer that may act as the application.

use vakt_ids::KeyId;

/// Most federated credentials of one application (Graph's own limit).
pub const FEDERATED_CREDENTIALS_MAX: usize = 20;

/// Longest name, in characters (Graph's own limit).
const NAME_LENGTH_MAX_CHARS: usize = 120;
/// Longest issuer, subject, audience and description, in characters (Graph's own limit).
const TEXT_LENGTH_MAX_CHARS: usize = 600;

/// Why a federated credential is not acceptable. Texts are for the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FederatedFault {
    /// A name that an address cannot hold.
    #[error(
        "name: `{0}` is not 1 to {NAME_LENGTH_MAX_CHARS} letters, digits, `-`, `_`, `.` or `~`, \
         beginning with a letter or digit"
    )]
    Name(String),
    /// Nothing, or too much.
    #[error("{member} is missing or longer than {TEXT_LENGTH_MAX_CHARS} characters")]
    Text {
        /// Which member.
        member: &'static str,
    },
    /// An issuer whose keys cannot be fetched.
    #[error("issuer: `{0}` is not an https address without query; give the `iss` of its tokens")]
    Issuer(String),
}

/// A trusted subject. Issuer, subject and audience are compared exactly, in their case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FederatedCredential {
    /// Id.
    pub id: KeyId,
    /// Name, unique within the application and never changed.
    pub name: String,
    /// `iss` of its tokens.
    pub issuer: String,
    /// `sub` of its tokens.
    pub subject: String,
    /// `aud` of its tokens, usually `api://AzureADTokenExchange`.
    pub audience: String,
    /// Description.
    pub description: Option<String>,
}

impl FederatedCredential {
    /// Checks what a caller may have got wrong.
    pub fn check(&self) -> Result<(), FederatedFault> {
        if !is_name(&self.name) {
            return Err(FederatedFault::Name(self.name.chars().take(200).collect()));
        }
        let texts =
            [("issuer", &self.issuer), ("subject", &self.subject), ("audiences", &self.audience)];
        for (member, text) in texts {
            if text.is_empty() || text.chars().count() > TEXT_LENGTH_MAX_CHARS {
                return Err(FederatedFault::Text { member });
            }
        }
        let described = self.description.as_ref().map_or(0, |text| text.chars().count());
        if described > TEXT_LENGTH_MAX_CHARS {
            return Err(FederatedFault::Text { member: "description" });
        }
        if !is_issuer(&self.issuer) {
            return Err(FederatedFault::Issuer(self.issuer.clone()));
        }
        Ok(())
    }
}

/// An https address, or one of this very machine without TLS, for tests. Whether it may be asked
/// is for the operator to say.
fn is_issuer(issuer: &str) -> bool {
    let secure = issuer.strip_prefix("https://").is_some_and(|host| !host.is_empty());
    let local = ["http://localhost:", "http://127.0.0.1:", "http://[::1]:"];
    let local = local.iter().any(|start| issuer.starts_with(start));
    (secure || local) && !issuer.contains(['?', '#', ' '])
}

fn is_name(name: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(inside)
        && name.len() <= NAME_LENGTH_MAX_CHARS
}
