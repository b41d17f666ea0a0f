//! Consent to everything an application asks for, at once: what an administrator's click does.

use vakt_ids::{AppId, AssignmentId, ObjectId, RoleId, TenantId};

use super::Identity;
use super::principals::{assignment, granted};
use crate::application::{Application, Audience, RequiredAccess};
use crate::audit::{Act, Activity, Actor, DirectoryEvent, Target};
use crate::catalogue;
use crate::consent::{
    ConsentOffer, ConsentRefusal, OfferedResource, OfferedRole, OfferedScope, Publisher,
    RoleAssignment,
};
use crate::directory::ObjectKey;
use crate::error::{IdentityError, StoreError};
use crate::resource_name::fold_resource_name;
use crate::service_principal::ServicePrincipal;
use crate::tenant::{Tenant, TenantName};

/// What came of asking what an application asks for.
pub type Offered = Result<ConsentOffer, ConsentRefusal>;

/// A resource as it is, or would be, in a tenant.
struct Known {
    principal: ServicePrincipal,
    is_here: bool,
}

impl Identity {
    /// What an application asks of a tenant now.
    pub async fn consent_offer(
        &self,
        tenant: &Tenant,
        app: AppId,
    ) -> Result<Offered, IdentityError> {
        let found = self.store.find_application_anywhere(app).await?;
        let usable = |application: &Application| {
            application.tenant == tenant.id || application.audience == Audience::AnyTenant
        };
        let Some(application) = found.filter(usable) else {
            let (client_id, tenant) = (app.to_string(), tenant.name.clone());
            return Ok(Err(ConsentRefusal::UnknownApplication { client_id, tenant }));
        };
        let client = self.store.find_service_principal(tenant.id, ObjectKey::App(app)).await?;
        let held = match &client {
            Some(client) => self.store.assignments_of(tenant.id, client.object_id).await?,
            None => Vec::new(),
        };
        let mut offer = ConsentOffer {
            tenant: tenant.clone(),
            publisher: self.publisher(&application, tenant).await?,
            application,
            resources: Vec::new(),
            scopes: Vec::new(),
            is_disabled: client.is_some_and(|client| !client.is_enabled),
            names: Vec::new(),
        };
        for access in offer.application.required_access.clone() {
            offer.scopes.extend(scopes(&access));
            let known = self.known_resource(tenant, access.resource).await?;
            let names = known.iter().flat_map(|known| &known.principal.names);
            offer.names.extend(names.map(|name| fold_resource_name(name)));
            match offered_roles(&offer, &access, known.as_ref(), &held) {
                Ok(resource) => offer.resources.extend(resource),
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        Ok(Ok(offer))
    }

    /// Grants what was offered, and nothing else: makes the client's service principal and those of
    /// its resources where they are missing, and grants each app role that is not granted yet.
    /// Returns the new grants.
    pub async fn accept_consent(
        &self,
        offer: &ConsentOffer,
        act: &Act,
        new_id: &(dyn Fn() -> ObjectId + Sync),
    ) -> Result<Vec<RoleAssignment>, IdentityError> {
        match self.grant_offered(offer, act, new_id).await {
            // Somebody granted the same in this moment; what is left is granted now.
            Err(IdentityError::Store(StoreError::Conflict(_))) => {
                self.grant_offered(offer, act, new_id).await
            }
            granted => granted,
        }
    }

    async fn grant_offered(
        &self,
        offer: &ConsentOffer,
        act: &Act,
        new_id: &(dyn Fn() -> ObjectId + Sync),
    ) -> Result<Vec<RoleAssignment>, IdentityError> {
        let tenant = offer.tenant.id;
        let app = offer.application.app_id;
        let client = self.ensure_principal(tenant, app, act, new_id).await?;
        let held = self.store.assignments_of(tenant, client.object_id).await?;
        let mut fresh: Vec<RoleAssignment> = Vec::new();
        let target = Target::principal(&client);
        let mut events = vec![DirectoryEvent::done(Some(tenant), act, Activity::Consent, target)];
        for offered in &offer.resources {
            let resource = self.ensure_principal(tenant, offered.app_id, act, new_id).await?;
            for role in offered.roles.iter().map(|one| one.role.id) {
                let same =
                    |one: &RoleAssignment| one.resource == resource.object_id && one.role == role;
                if !held.iter().chain(&fresh).any(same) {
                    let id = AssignmentId::from_uuid(new_id().as_uuid());
                    fresh.push(assignment(&client, &resource, role, (id, act.at)));
                    events.push(granted(&client, &resource, role, act));
                }
            }
        }
        // A seed applied again consents to nothing new, and is no event.
        if !fresh.is_empty() || matches!(act.actor, Actor::Person { .. }) {
            self.store.insert_assignments(&fresh, &events).await?;
        }
        Ok(fresh)
    }

    /// Records that somebody was asked and did not consent, or could not.
    pub async fn note_declined(
        &self,
        offer: &ConsentOffer,
        reason: &str,
        act: &Act,
    ) -> Result<(), IdentityError> {
        let target = Target::application(&offer.application);
        let tenant = Some(offer.tenant.id);
        let mut event = DirectoryEvent::done(tenant, act, Activity::Consent, target);
        event.succeeded = false;
        event.reason = Some(reason.to_owned());
        Ok(self.store.append_events(&[event]).await?)
    }

    /// Consents to what an application asks for now, whatever it is: for seeds and operators.
    pub async fn consent(
        &self,
        tenant: TenantId,
        app: AppId,
        act: &Act,
        new_id: &(dyn Fn() -> ObjectId + Sync),
    ) -> Result<Vec<RoleAssignment>, IdentityError> {
        let found = self.store.find_tenant(&TenantName::Id(tenant)).await?;
        let home = found.ok_or_else(|| IdentityError::not_found("tenant", tenant))?;
        match self.consent_offer(&home, app).await? {
            Ok(offer) => self.accept_consent(&offer, act, new_id).await,
            Err(ConsentRefusal::UnknownApplication { client_id, .. }) => {
                Err(IdentityError::not_found("application", client_id))
            }
            Err(ConsentRefusal::UnknownResource { resource, .. }) => {
                Err(IdentityError::not_found("application", resource))
            }
            Err(ConsentRefusal::UnknownRole { role, .. }) => {
                Err(IdentityError::not_found("app role", role))
            }
            Err(other) => Err(IdentityError::Invalid(other.text())),
        }
    }

    async fn publisher(
        &self,
        application: &Application,
        tenant: &Tenant,
    ) -> Result<Publisher, IdentityError> {
        if application.tenant == tenant.id {
            return Ok(Publisher::Own);
        }
        let home = self.store.find_tenant(&TenantName::Id(application.tenant)).await?;
        let domain = home.as_ref().and_then(|home| home.default_domain().map(str::to_owned));
        Ok(Publisher::Other { name: home.map(|home| home.name).unwrap_or_default(), domain })
    }

    async fn known_resource(
        &self,
        tenant: &Tenant,
        app: AppId,
    ) -> Result<Option<Known>, IdentityError> {
        let here = self.store.find_service_principal(tenant.id, ObjectKey::App(app)).await?;
        if let Some(principal) = here {
            return Ok(Some(Known { principal, is_here: true }));
        }
        // Nothing is made by looking: the object id is a placeholder, and granted to nobody.
        let placeholder = ObjectId::from_u128(0);
        match self.new_service_principal(tenant.id, app, placeholder, tenant.created_at).await {
            Ok(principal) => Ok(Some(Known { principal, is_here: false })),
            Err(IdentityError::NotFound { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The service principal, made if it is missing; two who make it at once get the same one.
    async fn ensure_principal(
        &self,
        tenant: TenantId,
        app: AppId,
        act: &Act,
        new_id: &(dyn Fn() -> ObjectId + Sync),
    ) -> Result<ServicePrincipal, IdentityError> {
        let key = ObjectKey::App(app);
        if let Some(principal) = self.store.find_service_principal(tenant, key).await? {
            return Ok(principal);
        }
        match self.create_service_principal(tenant, app, new_id(), act).await {
            Err(IdentityError::Store(StoreError::Conflict(_))) => {
                self.service_principal(tenant, key).await
            }
            made => made,
        }
    }
}

fn scopes(access: &RequiredAccess) -> Vec<OfferedScope> {
    let api = catalogue::find(access.resource);
    let asked = access.roles.iter().filter(|one| !one.is_app_role);
    let scope = |id: RoleId| OfferedScope {
        id,
        resource: api.map(|api| api.display_name.to_owned()),
        value: api
            .and_then(|api| api.scopes.iter().find(|scope| scope.id == id))
            .map(|scope| scope.value.to_owned()),
    };
    asked.map(|one| scope(one.id)).collect()
}

/// The app roles asked of one resource; `None` if only delegated permissions are.
fn offered_roles(
    offer: &ConsentOffer,
    access: &RequiredAccess,
    known: Option<&Known>,
    held: &[RoleAssignment],
) -> Result<Option<OfferedResource>, ConsentRefusal> {
    let asked = access.roles.iter().filter(|one| one.is_app_role).map(|one| one.id);
    let mut roles: Vec<OfferedRole> = Vec::new();
    for id in asked {
        let Some(resource) = known else {
            let (resource, tenant) = (access.resource.to_string(), offer.tenant.name.clone());
            return Err(ConsentRefusal::UnknownResource { resource, tenant });
        };
        let Some(role) = resource.principal.role(id).filter(|role| role.is_enabled) else {
            let (app_id, resource) = (offer.application.app_id, access.resource);
            return Err(ConsentRefusal::UnknownRole { app_id, role: id, resource });
        };
        let same =
            |one: &RoleAssignment| one.resource == resource.principal.object_id && one.role == id;
        let is_granted = resource.is_here && held.iter().any(same);
        if !roles.iter().any(|one| one.role.id == id) {
            roles.push(OfferedRole { role: role.clone(), is_granted });
        }
    }
    let name = known.map(|known| known.principal.display_name.clone()).unwrap_or_default();
    Ok((!roles.is_empty()).then_some(OfferedResource { app_id: access.resource, name, roles }))
}
