//! Why consent cannot be given, with the numbers Microsoft's platform has for it. The answers are
//! pages for people, so each says what to do.

use vakt_ids::{AppId, RoleId};

/// A refusal. [`Self::code`], [`Self::text`] and [`Self::hint`] make the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsentRefusal {
    /// 900144
    MissingParameter(&'static str),
    /// 9002313
    Malformed(&'static str),
    /// 70005
    ResponseType {
        /// As sent.
        response_type: String,
    },
    /// 70011
    Scope {
        /// As sent.
        scope: String,
    },
    /// 90002
    UnknownTenant {
        /// As sent.
        tenant: String,
    },
    /// 50020
    OtherTenant {
        /// As sent.
        tenant: String,
        /// Who signed in.
        user_name: String,
    },
    /// 700016
    UnknownApplication {
        /// As sent.
        client_id: String,
        /// Name of the tenant that would consent.
        tenant: String,
    },
    /// 50194
    NotMultiTenant {
        /// Application.
        app_id: AppId,
        /// Its name.
        name: String,
    },
    /// 7000112
    Disabled {
        /// Application.
        app_id: AppId,
        /// Its name.
        name: String,
    },
    /// 500011
    UnknownResource {
        /// As named.
        resource: String,
        /// Name of the tenant.
        tenant: String,
    },
    /// 650057
    ResourceNotListed {
        /// As named.
        resource: String,
        /// Application.
        app_id: AppId,
    },
    /// 650053
    UnknownRole {
        /// Application.
        app_id: AppId,
        /// The role.
        role: RoleId,
        /// The resource.
        resource: AppId,
    },
    /// 50011
    RedirectMismatch {
        /// As sent.
        redirect_uri: String,
        /// Application.
        app_id: AppId,
    },
    /// 500113
    NoRedirect {
        /// Application.
        app_id: AppId,
    },
    /// 900971
    SeveralRedirects {
        /// Application.
        app_id: AppId,
    },
}

impl ConsentRefusal {
    /// The AADSTS number.
    pub const fn code(&self) -> u32 {
        match self {
            Self::MissingParameter(_) => 900_144,
            Self::Malformed(_) => 9_002_313,
            Self::ResponseType { .. } => 70_005,
            Self::Scope { .. } => 70_011,
            Self::UnknownTenant { .. } => 90_002,
            Self::OtherTenant { .. } => 50_020,
            Self::UnknownApplication { .. } => 700_016,
            Self::NotMultiTenant { .. } => 50_194,
            Self::Disabled { .. } => 7_000_112,
            Self::UnknownResource { .. } => 500_011,
            Self::ResourceNotListed { .. } => 650_057,
            Self::UnknownRole { .. } => 650_053,
            Self::RedirectMismatch { .. } => 50_011,
            Self::NoRedirect { .. } => 500_113,
            Self::SeveralRedirects { .. } => 900_971,
        }
    }

    /// What is wrong, in the platform's manner.
    pub fn text(&self) -> String {
        match self {
            Self::MissingParameter(name) => {
                format!("The request must contain the following parameter: '{name}'.")
            }
            Self::Malformed(why) => {
                format!("Invalid request. Request is malformed or invalid: {why}.")
            }
            Self::ResponseType { response_type } => {
                format!("The response type '{response_type}' is not supported.")
            }
            Self::Scope { scope } => format!(
                "The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid."
            ),
            Self::UnknownTenant { tenant } => format!(
                "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID."
            ),
            Self::OtherTenant { tenant, user_name } => format!(
                "User account '{user_name}' does not exist in tenant '{tenant}' and cannot access the application in that tenant."
            ),
            Self::UnknownApplication { client_id, tenant } => format!(
                "Application with identifier '{client_id}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant."
            ),
            Self::NotMultiTenant { app_id, name } => format!(
                "Application '{app_id}'({name}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps."
            ),
            Self::Disabled { app_id, name } => {
                format!("Application '{app_id}'({name}) is disabled.")
            }
            Self::UnknownResource { resource, tenant } => format!(
                "The resource principal named {resource} was not found in the tenant named {tenant}."
            ),
            Self::ResourceNotListed { resource, app_id } => format!(
                "Invalid resource. The client '{app_id}' has requested access to {resource}, which is not listed in the requested permissions in the client's application registration."
            ),
            Self::UnknownRole { app_id, role, resource } => format!(
                "The application '{app_id}' asked for permission '{role}' that doesn't exist on the resource '{resource}'."
            ),
            Self::RedirectMismatch { redirect_uri, app_id } => format!(
                "The redirect URI '{redirect_uri}' specified in the request does not match the redirect URIs configured for the application '{app_id}'."
            ),
            Self::NoRedirect { .. } => "No reply address is registered for the application.".into(),
            Self::SeveralRedirects { .. } => {
                "No reply address was provided, and the application has registered several.".into()
            }
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::MissingParameter(name) => format!(
                "The link is not complete. Ask whoever gave it to you for one that has {name}."
            ),
            Self::Malformed(_) => {
                "Ask whoever gave you the link for one with each parameter once.".into()
            }
            Self::ResponseType { .. } => "Links for consent have response_type=code.".into(),
            Self::Scope { .. } => {
                "Ask for scope=<resource>/.default: application permissions are consented to as the registration lists them.".into()
            }
            Self::UnknownTenant { .. } => {
                "Check the tenant's id or domain in the link, or use `organizations` in its place.".into()
            }
            Self::OtherTenant { tenant, .. } => format!(
                "Sign out and sign in with an account of '{tenant}', or use a link for your own tenant."
            ),
            Self::UnknownApplication { .. } => {
                "Check the application id. An application of another tenant must be registered for accounts in any organisational directory (AzureADMultipleOrgs) to be offered to yours.".into()
            }
            Self::NotMultiTenant { .. } => {
                "Use a link with your tenant's id in place of `common`, or have the application registered for accounts in any organisational directory.".into()
            }
            Self::Disabled { .. } => {
                "Enable the application's service principal in your tenant, then open the link again.".into()
            }
            Self::UnknownResource { .. } => {
                "The API must be registered on this server, and offered to your tenant, before an application can have permissions of it. Ask the publisher.".into()
            }
            Self::ResourceNotListed { .. } => {
                "Ask the publisher to add a permission of that API to the registration.".into()
            }
            Self::UnknownRole { .. } => {
                "The registration names a permission that the API does not offer or has disabled. Ask the publisher to mend it.".into()
            }
            Self::RedirectMismatch { app_id, .. } => format!(
                "Nobody is sent to an address that the publisher has not registered. Ask for a link with a registered one, or have it added to application {app_id}, letter by letter."
            ),
            Self::NoRedirect { app_id } => format!(
                "Have a redirect URI (https) added to application {app_id}, then open the link again."
            ),
            Self::SeveralRedirects { .. } => {
                "Ask for a link that names one of them in redirect_uri.".into()
            }
        }
    }
}
