//! Tenants: seen, made, deleted.

use axum::response::Response;
use http::StatusCode;
use vakt_identity::{IdentityError, Tenant, TenantName};
use vakt_wire::operator::{NewTenant, TenantList};

use super::call::Call;
use super::errors::Refused;
use super::new_tenant;
use super::to_wire::{self, Standing};
use crate::graph::no_content;
use crate::problem::json;

/// `GET /vakt/v1/tenants`
pub(crate) async fn list_tenants(call: Call) -> Result<Response, Refused> {
    let all = call.identity().store().tenants().await?;
    // The oldest comes first, and is the operator's.
    let standings =
        std::iter::once(Standing::Operator).chain(std::iter::repeat(Standing::Customer));
    let value = all.iter().zip(standings).map(|(one, standing)| to_wire::tenant(one, standing));
    Ok(json(StatusCode::OK, &TenantList { value: value.collect() }))
}

/// `GET /vakt/v1/tenants/{id}`
pub(crate) async fn get_tenant(call: Call) -> Result<Response, Refused> {
    let tenant = named(&call).await?;
    let standing = match call.identity().is_operator_tenant(tenant.id).await? {
        true => Standing::Operator,
        false => Standing::Customer,
    };
    Ok(json(StatusCode::OK, &to_wire::tenant(&tenant, standing)))
}

/// `POST /vakt/v1/tenants`
pub(crate) async fn make_tenant(mut call: Call) -> Result<Response, Refused> {
    let wish: NewTenant = call.body().await?;
    let made = new_tenant::make(&call, wish).await?;
    Ok(json(StatusCode::CREATED, &made))
}

/// `DELETE /vakt/v1/tenants/{id}?confirm=<name>`
pub(crate) async fn delete_tenant(call: Call) -> Result<Response, Refused> {
    let tenant = named(&call).await?;
    let confirmation = call.parameter("confirm").unwrap_or_default();
    // What still waits to be recorded of the tenant's sign-ins must not come after its end.
    if call.app.sign_ins.settle().await.is_err() {
        tracing::warn!(tenant = %tenant.id, "a tenant is deleted while sign-ins wait to be recorded");
    }
    call.identity().delete_tenant(&tenant, &confirmation, &call.act()).await?;
    Ok(no_content())
}

/// The tenant of the path, by id or domain.
pub(super) async fn named(call: &Call) -> Result<Tenant, Refused> {
    match TenantName::read(call.name()) {
        name @ (TenantName::Id(_) | TenantName::Domain(_)) => {
            Ok(call.identity().tenant(&name).await?)
        }
        TenantName::Any | TenantName::Consumers | TenantName::Adfs => {
            Err(IdentityError::NotFound { what: "tenant", name: call.name().to_owned() }.into())
        }
    }
}
