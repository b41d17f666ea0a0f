//! Registering an application.

use vakt_wire::graph::{Application, ApplicationChanges, ServicePrincipal, WebChanges};

use crate::error::ClientError;
use crate::graph::Graph;

/// The application to register.
#[derive(Debug, Clone, Default)]
pub struct NewRegistration {
    /// Name.
    pub name: String,
    /// Who may use it.
    pub audience: SignInAudience,
    /// Where browsers may be sent back to.
    pub redirect_uris: Vec<String>,
}

/// Which tenants may use an application.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SignInAudience {
    /// Its own.
    #[default]
    OwnTenant,
    /// Every tenant that consents.
    AnyTenant,
}

/// An application and its service principal.
#[derive(Debug, Clone)]
pub struct Registered {
    /// The application.
    pub application: Application,
    /// Its service principal in its own tenant.
    pub principal: ServicePrincipal,
}

/// Creates an application and its service principal. Should the second fail, the application
/// stays; [`crate::apps::grant_consent`] makes the missing half up.
pub async fn register_application(
    graph: Graph<'_>,
    new: &NewRegistration,
) -> Result<Registered, ClientError> {
    let audience = match new.audience {
        SignInAudience::OwnTenant => "AzureADMyOrg",
        SignInAudience::AnyTenant => "AzureADMultipleOrgs",
    };
    let web = WebChanges { redirect_uris: Some(new.redirect_uris.clone()) };
    let wish = ApplicationChanges {
        display_name: Some(new.name.clone()),
        sign_in_audience: Some(audience.into()),
        web: (!new.redirect_uris.is_empty()).then_some(web),
        ..ApplicationChanges::default()
    };
    let application = graph.create_application(&wish).await?;
    let principal = super::consent::ensure_principal(graph, &application.app_id).await?;
    Ok(Registered { application, principal })
}
