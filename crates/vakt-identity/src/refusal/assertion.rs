//! Refusals of assertions: certificates and federated credentials.

use jiff::Timestamp;
use vakt_ids::{AppId, KeyId};
use vakt_token::AssertionFault;

/// Longest claim of a foreign token that is repeated in an answer, in characters: its owner has to
/// compare it with what is registered.
const CLAIM_LENGTH_MAX_CHARS: usize = 300;

const REVIEW: &str = "Review the documentation at https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials .";

/// Why an assertion is refused. The codes and texts are those of recorded answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssertionRefusal {
    /// 50027
    Malformed {
        /// What is wrong with it, for the log.
        reason: String,
    },
    /// 5002738
    Algorithm {
        /// As the header names it.
        found: String,
        /// What it may be.
        accepted: &'static str,
    },
    /// 90014
    MissingClaim(&'static str),
    /// 700027: no registered certificate fits.
    KeyNotFound {
        /// Client.
        app_id: AppId,
        /// The certificate it names, in hexadecimal digits.
        thumbprint: Option<String>,
    },
    /// 700027: the named certificate's key did not sign this.
    WrongSignature {
        /// The key.
        key: FoundKey,
    },
    /// 700027: the certificate has not begun or has ended.
    KeyNotLive {
        /// The key.
        key: FoundKey,
    },
    /// 700027: the issuer's key did not sign this.
    WrongIssuerSignature,
    /// 700021
    OtherClient,
    /// 700023
    Audience {
        /// For whom it was made, for the log.
        audience: String,
    },
    /// 700024
    Times {
        /// The present.
        now: Timestamp,
        /// When it begins, if it says.
        from: Option<Timestamp>,
        /// When it ends.
        until: Timestamp,
    },
    /// 700211
    UntrustedIssuer {
        /// `iss`.
        issuer: String,
    },
    /// 700212
    UntrustedAudience {
        /// `aud`.
        audience: String,
    },
    /// 700213
    UntrustedSubject {
        /// `sub`.
        subject: String,
        /// A trusted one differs in upper and lower case only.
        differs_in_case: bool,
    },
    /// 7000272
    IssuerKeyNotFound {
        /// The key's name.
        kid: String,
        /// The issuer.
        issuer: String,
    },
    /// 50166: the issuer's keys could not be fetched; why is in the log.
    IssuerUnreachable,
    /// 50166: the operator does not allow this issuer.
    IssuerNotAllowed {
        /// The issuer.
        issuer: String,
    },
    /// 700229
    OwnToken,
}

/// A registered certificate that an assertion named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundKey {
    /// Client.
    pub app_id: AppId,
    /// Key id.
    pub key_id: KeyId,
    /// Its thumbprint as the client names it, in hexadecimal digits.
    pub thumbprint: Option<String>,
    /// Its beginning.
    pub starts_at: Timestamp,
    /// Its end.
    pub expires_at: Timestamp,
}

impl AssertionRefusal {
    /// The AADSTS number.
    pub fn code(&self) -> u32 {
        match self {
            Self::Malformed { .. } => 50_027,
            Self::Algorithm { .. } => 5_002_738,
            Self::MissingClaim(_) => 90_014,
            Self::KeyNotFound { .. }
            | Self::WrongSignature { .. }
            | Self::KeyNotLive { .. }
            | Self::WrongIssuerSignature => 700_027,
            Self::OtherClient => 700_021,
            Self::Audience { .. } => 700_023,
            Self::Times { .. } => 700_024,
            Self::UntrustedIssuer { .. } => 700_211,
            Self::UntrustedAudience { .. } => 700_212,
            Self::UntrustedSubject { .. } => 700_213,
            Self::IssuerKeyNotFound { .. } => 7_000_272,
            Self::IssuerUnreachable | Self::IssuerNotAllowed { .. } => 50_166,
            Self::OwnToken => 700_229,
        }
    }

    /// The OAuth error word.
    pub fn error(&self) -> &'static str {
        match self {
            Self::Malformed { .. }
            | Self::MissingClaim(_)
            | Self::IssuerUnreachable
            | Self::IssuerNotAllowed { .. } => "invalid_request",
            Self::Algorithm { .. }
            | Self::KeyNotFound { .. }
            | Self::WrongSignature { .. }
            | Self::KeyNotLive { .. }
            | Self::WrongIssuerSignature
            | Self::OtherClient
            | Self::Audience { .. }
            | Self::Times { .. }
            | Self::UntrustedIssuer { .. }
            | Self::UntrustedAudience { .. }
            | Self::UntrustedSubject { .. }
            | Self::IssuerKeyNotFound { .. }
            | Self::OwnToken => "invalid_client",
        }
    }

    /// The text after the number.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Malformed { .. } => "JWT token is invalid or malformed.".into(),
            Self::Algorithm { found, accepted } => format!("Invalid JWT token. '{found}' is not a supported signature algorithm. Supported signing algorithms are: '{accepted}'"),
            Self::MissingClaim(name) => format!("The required field '{name}' is missing from the credential. Ensure that you have all the necessary parameters for the login request."),
            Self::KeyNotFound { app_id, thumbprint } => {
                invalid_signature("The key was not found.", thumbprint.as_deref(), None, *app_id)
            }
            Self::WrongSignature { key } => {
                key.invalid_signature("Key was found, but use of the key to verify the signature failed.")
            }
            Self::KeyNotLive { key } => key.invalid_signature("The key used is expired."),
            Self::WrongIssuerSignature => "Client assertion contains an invalid signature. [Reason - Key was found, but use of the key to verify the signature failed.]".into(),
            Self::OtherClient => format!("Client assertion application identifier doesn't match 'client_id' parameter. {REVIEW}"),
            Self::Audience { .. } => {
                format!("Client assertion audience claim does not match Realm issuer. {REVIEW}")
            }
            Self::Times { now, from, until } => format!(
                "Client assertion is not within its valid time range. Current time: {}, assertion valid from {}, expiry time of assertion {}. {REVIEW}",
                instant(*now),
                from.map_or_else(|| "0001-01-01T00:00:00.0000000Z".into(), instant),
                instant(*until),
            ),
            Self::UntrustedIssuer { issuer } => untrusted("issuer", issuer, ""),
            Self::UntrustedAudience { audience } => untrusted("audience", audience, ""),
            Self::UntrustedSubject { subject, differs_in_case } => untrusted(
                "subject",
                subject,
                if *differs_in_case { CASE } else { "" },
            ),
            Self::IssuerKeyNotFound { kid, issuer } => format!("The certificate with identifier {} used to sign the federated credential could not be found in the metadata of identity provider {}. Please validate that your Identity Provider's metadata exposes the key used to sign the incoming token.", claim(kid), claim(issuer)),
            Self::IssuerUnreachable => "Request to External OIDC endpoint failed.".into(),
            Self::IssuerNotAllowed { issuer } => format!("Request to External OIDC endpoint failed. The operator of this server does not allow tokens of '{}'.", claim(issuer)),
            Self::OwnToken => "Only app-only tokens can be used as Federated Identity Credentials for Microsoft Entra issuer.".into(),
        }
    }

    /// What to do about it, for logs and our own tools.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "send a signed JWT of at most 32 KiB",
            Self::Algorithm { .. } => "sign with RS256, or PS256 for certificates",
            Self::MissingClaim(_) => "add the claim to the assertion",
            Self::KeyNotFound { .. } => "register the certificate with the application",
            Self::WrongSignature { .. } => "sign with the private key of the certificate it names",
            Self::KeyNotLive { .. } => "register a certificate that is valid now",
            Self::WrongIssuerSignature => "send the issuer's token as it was issued",
            Self::OtherClient => "send the application id as client_id, iss and sub",
            Self::Audience { .. } => "make the assertion for this server's token endpoint",
            Self::Times { .. } => {
                "set both clocks right; assertions are good for at most 24 hours from now"
            }
            Self::UntrustedIssuer { .. }
            | Self::UntrustedAudience { .. }
            | Self::UntrustedSubject { .. } => {
                "add a federated credential with exactly this issuer, subject and audience"
            }
            Self::IssuerKeyNotFound { .. } => "let the issuer publish the key it signs with",
            Self::IssuerUnreachable => "the warning before this line says what failed",
            Self::IssuerNotAllowed { .. } => "start the server with --federation-issuer",
            Self::OwnToken => "use a secret, a certificate, or another issuer's token",
        }
    }

    /// Does Microsoft's error page know the number?
    pub(super) fn has_error_page(&self) -> bool {
        !matches!(self, Self::IssuerUnreachable | Self::IssuerNotAllowed { .. })
    }

    /// The credential that was found and did not fit, if one was.
    pub fn key_id(&self) -> Option<KeyId> {
        match self {
            Self::WrongSignature { key } | Self::KeyNotLive { key } => Some(key.key_id),
            _ => None,
        }
    }

    /// What only the log may know of it.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Malformed { reason } => Some(reason),
            Self::Audience { audience } => Some(audience),
            _ => None,
        }
    }
}

impl From<AssertionFault> for AssertionRefusal {
    /// What does not depend on which certificate or issuer it was.
    fn from(fault: AssertionFault) -> Self {
        match fault {
            AssertionFault::Malformed(reason) => Self::Malformed { reason },
            AssertionFault::Algorithm { found, accepted } => Self::Algorithm { found, accepted },
            AssertionFault::Missing(claim) => Self::MissingClaim(claim),
            AssertionFault::Signature | AssertionFault::UnknownKey(_) => Self::WrongIssuerSignature,
            AssertionFault::Speaker(_) => Self::OtherClient,
            AssertionFault::Audience(audience) => Self::Audience { audience },
            AssertionFault::Times { now, validity } => {
                Self::Times { now, from: validity.valid_from(), until: validity.expires }
            }
        }
    }
}

impl FoundKey {
    fn invalid_signature(&self, reason: &str) -> String {
        let date = |at: Timestamp| at.strftime("%m/%d/%Y %H:%M:%S").to_string();
        let found =
            format!("Found key 'Start={}, End={}'", date(self.starts_at), date(self.expires_at));
        invalid_signature(reason, self.thumbprint.as_deref(), Some(&found), self.app_id)
    }
}

fn invalid_signature(
    reason: &str,
    thumbprint: Option<&str>,
    found: Option<&str>,
    app_id: AppId,
) -> String {
    let named = thumbprint.map(|name| format!("Thumbprint of key used by client: '{name}'"));
    let configured = format!(
        "Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '{app_id}'"
    );
    let parts =
        [Some(format!("Reason - {reason}")), named, found.map(str::to_owned), Some(configured)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("Client assertion contains an invalid signature. [{}]", parts.join(", "))
}

const CASE: &str = "The subject matches with case-insensitive comparison, but not with case-sensitive comparison. ";

fn untrusted(what: &str, value: &str, more: &str) -> String {
    format!(
        "No matching federated identity record found for presented assertion {what} '{}'. {more}Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation",
        claim(value)
    )
}

fn claim(text: &str) -> String {
    text.chars().take(CLAIM_LENGTH_MAX_CHARS).collect()
}

/// With the seven digits that .NET writes.
fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.7fZ").to_string()
}
