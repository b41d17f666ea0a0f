//! Why a token request is refused: AADSTS number, OAuth word and text, as Microsoft's platform
//! writes them (recorded bodies and the documentation page of AADSTS error codes).

mod assertion;

use vakt_ids::{AppId, KeyId, TenantId};

pub use assertion::{AssertionRefusal, FoundKey};

/// Longest piece of the caller's own text that is repeated in an answer, in characters.
const ECHO_LENGTH_MAX_CHARS: usize = 200;

/// What was wrong with the form itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterFault {
    /// The body could not be read as a form.
    NotAForm,
    /// A parameter was given twice.
    Repeated(&'static str),
    /// The body is longer than accepted.
    TooLong,
    /// Two different secrets, one in the form and one in HTTP Basic.
    TwoCredentials,
}

/// A refusal. [`Refusal::code`], [`Refusal::error`] and [`Refusal::text`] make the answer;
/// [`Refusal::hint`] is for our own log and tools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// 900144
    MissingParameter(&'static str),
    /// 9002313
    Malformed,
    /// 9002313, with the reason for the log.
    BadForm(ParameterFault),
    /// 901002
    ResourceNotSupported,
    /// 900561
    WrongMethod {
        /// What came instead of POST.
        method: String,
    },
    /// 70003
    UnsupportedGrantType {
        /// What was asked.
        grant_type: String,
    },
    /// 9001023
    GrantNeedsTenant,
    /// 90002
    UnknownTenant {
        /// Path segment.
        tenant: String,
    },
    /// 900023
    InvalidTenant {
        /// Path segment.
        tenant: String,
    },
    /// 700016
    UnknownApplication {
        /// As sent.
        client_id: String,
        /// Name of the tenant.
        tenant: String,
    },
    /// 700038
    NotAnApplicationId {
        /// As sent.
        client_id: String,
    },
    /// 7000229
    NoServicePrincipal {
        /// Client.
        app_id: AppId,
        /// Tenant.
        tenant: TenantId,
    },
    /// 7000112
    Disabled {
        /// Client.
        app_id: AppId,
        /// Its name.
        name: String,
    },
    /// 7000216
    NoCredential,
    /// 7000215
    WrongSecret {
        /// Client.
        app_id: AppId,
    },
    /// 7000222
    SecretExpired {
        /// Client.
        app_id: AppId,
        /// The secret.
        key_id: KeyId,
    },
    /// An assertion, for one of many reasons.
    Assertion(AssertionRefusal),
    /// 70011
    InvalidScope {
        /// The scope.
        scope: String,
    },
    /// 1002012
    ScopeWithoutDefault {
        /// The scope.
        scope: String,
    },
    /// 700022
    SeveralResources {
        /// The scopes.
        scope: String,
    },
    /// 500011
    UnknownResource {
        /// As spelled.
        resource: String,
        /// Name of the tenant.
        tenant: String,
    },
    /// 501051
    NotAssigned {
        /// Client.
        app_id: AppId,
        /// Its name.
        name: String,
        /// Resource.
        resource_id: AppId,
        /// Its name.
        resource_name: String,
    },
    /// 50049
    UnknownInstance,
    /// 90055: too many credentials were wrong; another one is not told apart any more.
    TooManyFailures {
        /// When the next failure will be answered for itself again.
        retry_after_seconds: u32,
    },
}

impl Refusal {
    /// The AADSTS number.
    pub fn code(&self) -> u32 {
        match self {
            Self::MissingParameter(_) => 900_144,
            Self::Malformed | Self::BadForm(_) => 9_002_313,
            Self::ResourceNotSupported => 901_002,
            Self::WrongMethod { .. } => 900_561,
            Self::UnsupportedGrantType { .. } => 70_003,
            Self::GrantNeedsTenant => 9_001_023,
            Self::UnknownTenant { .. } => 90_002,
            Self::InvalidTenant { .. } => 900_023,
            Self::UnknownApplication { .. } => 700_016,
            Self::NotAnApplicationId { .. } => 700_038,
            Self::NoServicePrincipal { .. } => 7_000_229,
            Self::Disabled { .. } => 7_000_112,
            Self::NoCredential => 7_000_216,
            Self::WrongSecret { .. } => 7_000_215,
            Self::SecretExpired { .. } => 7_000_222,
            Self::Assertion(refusal) => refusal.code(),
            Self::InvalidScope { .. } => 70_011,
            Self::ScopeWithoutDefault { .. } => 1_002_012,
            Self::SeveralResources { .. } => 700_022,
            Self::UnknownResource { .. } => 500_011,
            Self::NotAssigned { .. } => 501_051,
            Self::UnknownInstance => 50_049,
            Self::TooManyFailures { .. } => 90_055,
        }
    }

    /// The OAuth error word.
    pub fn error(&self) -> &'static str {
        match self {
            Self::MissingParameter(_)
            | Self::Malformed
            | Self::BadForm(_)
            | Self::ResourceNotSupported
            | Self::WrongMethod { .. }
            | Self::GrantNeedsTenant
            | Self::UnknownTenant { .. }
            | Self::InvalidTenant { .. } => "invalid_request",
            Self::UnsupportedGrantType { .. } => "unsupported_grant_type",
            Self::UnknownApplication { .. }
            | Self::NotAnApplicationId { .. }
            | Self::Disabled { .. } => "unauthorized_client",
            Self::NoServicePrincipal { .. }
            | Self::NoCredential
            | Self::WrongSecret { .. }
            | Self::SecretExpired { .. } => "invalid_client",
            Self::Assertion(refusal) => refusal.error(),
            Self::InvalidScope { .. }
            | Self::ScopeWithoutDefault { .. }
            | Self::SeveralResources { .. } => "invalid_scope",
            Self::UnknownResource { .. } => "invalid_resource",
            Self::NotAssigned { .. } => "invalid_grant",
            Self::UnknownInstance => "invalid_instance",
            Self::TooManyFailures { .. } => "temporarily_unavailable",
        }
    }

    /// The text after the number, free of characters that JSON must escape.
    pub fn text(&self) -> String {
        let text = match self {
            Self::MissingParameter(name) => {
                format!("The request body must contain the following parameter: '{name}'.")
            }
            Self::Malformed | Self::BadForm(_) => {
                "Invalid request. Request is malformed or invalid.".into()
            }
            Self::ResourceNotSupported => {
                "The 'resource' request parameter isn't supported.".into()
            }
            Self::WrongMethod { method } => format!(
                "The endpoint only accepts POST, OPTIONS requests. Received a {method} request."
            ),
            Self::UnsupportedGrantType { grant_type } => {
                format!("The app requested an unsupported grant type '{grant_type}'.")
            }
            Self::GrantNeedsTenant => "The grant type isn't supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.".into(),
            Self::UnknownTenant { tenant } => format!("Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant."),
            Self::InvalidTenant { tenant } => format!("Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain."),
            Self::UnknownApplication { client_id, tenant } => format!("Application with identifier '{client_id}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant."),
            Self::NotAnApplicationId { client_id } => {
                format!("{client_id} is not a valid application identifier.")
            }
            Self::NoServicePrincipal { app_id, tenant } => format!("The client application {app_id} is missing service principal in the tenant {tenant}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119"),
            Self::Disabled { app_id, name } => {
                format!("Application '{app_id}'({name}) is disabled.")
            }
            Self::NoCredential => "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.".into(),
            Self::WrongSecret { app_id } => format!("Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{app_id}'."),
            Self::SecretExpired { app_id, .. } => format!("The provided client secret keys for app '{app_id}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds."),
            Self::Assertion(refusal) => refusal.text(),
            Self::InvalidScope { scope } => format!("The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid."),
            Self::ScopeWithoutDefault { scope } => format!("The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI)."),
            Self::SeveralResources { scope } => format!("The provided value for the input parameter 'scope' isn't valid because it contains more than one resource: {scope}."),
            Self::UnknownResource { resource, tenant } => format!("The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant."),
            Self::NotAssigned { app_id, name, resource_id, resource_name } => format!("Application '{app_id}'({name}) is not assigned to a role for the application '{resource_id}'({resource_name})."),
            Self::UnknownInstance => "Unknown or invalid instance.".into(),
            Self::TooManyFailures { retry_after_seconds } => format!("There are too many incoming requests with a wrong credential. Put the credential right, or try again in {retry_after_seconds} seconds."),
        };
        speakable(&text)
    }

    /// Was a credential looked at and found wrong? Limits on failures count these.
    pub fn is_failed_credential(&self) -> bool {
        let nothing_shown = matches!(self, Self::NoCredential | Self::NoServicePrincipal { .. });
        self.error() == "invalid_client" && !nothing_shown
    }

    /// Does Microsoft's error page know the number? Decides over `error_uri`.
    pub fn has_error_page(&self) -> bool {
        match self {
            Self::UnsupportedGrantType { .. }
            | Self::NotAnApplicationId { .. }
            | Self::ScopeWithoutDefault { .. } => false,
            Self::Assertion(refusal) => refusal.has_error_page(),
            _ => true,
        }
    }

    /// The credential that was found and did not fit, if one was.
    pub fn key_id(&self) -> Option<KeyId> {
        match self {
            Self::SecretExpired { key_id, .. } => Some(*key_id),
            Self::Assertion(refusal) => refusal.key_id(),
            _ => None,
        }
    }

    /// What only the log may know of it, as foreign text.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Assertion(refusal) => refusal.reason().map(speakable),
            _ => None,
        }
    }

    /// What to do about it, for logs and our own tools.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::MissingParameter(_) | Self::Malformed => "send the parameter in the form body",
            Self::BadForm(ParameterFault::NotAForm) => {
                "send an application/x-www-form-urlencoded body in UTF-8"
            }
            Self::BadForm(ParameterFault::Repeated(_)) => "send each parameter once",
            Self::BadForm(ParameterFault::TooLong) => "send a body of at most 64 KiB",
            Self::BadForm(ParameterFault::TwoCredentials) => {
                "send the secret in the form or in HTTP Basic, not both"
            }
            Self::ResourceNotSupported => {
                "use `scope` at the v2.0 endpoint, or the v1 endpoint for `resource`"
            }
            Self::WrongMethod { .. } => "send a POST",
            Self::UnsupportedGrantType { .. } => "use grant_type=client_credentials",
            Self::GrantNeedsTenant | Self::UnknownTenant { .. } | Self::InvalidTenant { .. } => {
                "name the tenant by its id or a verified domain; `vakt serve` prints them"
            }
            Self::UnknownApplication { .. } | Self::NotAnApplicationId { .. } => {
                "run `vakt app list`"
            }
            Self::NoServicePrincipal { .. } => {
                "create the service principal, or run `vakt app consent`"
            }
            Self::Disabled { .. } => "set accountEnabled of the service principal to true",
            Self::NoCredential => "send client_secret or client_assertion",
            Self::WrongSecret { .. } => {
                "send the secret's value, not its id; `vakt app secret list` shows the hints"
            }
            Self::SecretExpired { .. } => "run `vakt app secret add`",
            Self::Assertion(refusal) => refusal.hint(),
            Self::InvalidScope { .. }
            | Self::ScopeWithoutDefault { .. }
            | Self::SeveralResources { .. } => {
                "ask for one resource, such as https://api.security.microsoft.com/.default"
            }
            Self::UnknownResource { .. } => "check the spelling of the resource",
            Self::NotAssigned { .. } => "grant the client a role of the resource",
            Self::UnknownInstance => "ask about a host name this server answers for",
            Self::TooManyFailures { .. } => {
                "one client or address sends wrong credentials all the time; find it and mend it"
            }
        }
    }
}

/// Quotes, backslashes, control and non-ASCII characters would be escaped in JSON or garbled in a
/// header; one Rust client loses the whole text over them.
fn speakable(text: &str) -> String {
    let plain = |c: char| match c {
        '"' => '\'',
        '\\' => '/',
        ' '..='~' => c,
        _ => ' ',
    };
    text.chars().take(ECHO_LENGTH_MAX_CHARS + 600).map(plain).collect()
}
