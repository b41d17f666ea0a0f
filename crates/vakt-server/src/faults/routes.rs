//! `/vakt/v1/faults`: faults for the applications of the caller's own tenant. The role is granted
//! by that tenant's administrators, and no fault reaches beyond it.

use axum::response::Response;
use http::StatusCode;
use vakt_identity::{IdentityError, ObjectKey};
use vakt_ids::{AppId, ObjectId};
use vakt_wire::operator::{FAULT_CALLS_MAX, Fault, FaultList, NewFault};

use super::effect::Effect;
use super::plans::{
    FAULT_WAITS_MAX_HOURS, FAULTS_MAX, FAULTS_OF_TENANT_MAX, NoPlace, Plan, Target,
};
use crate::access::{Access, WRITE_FAULTS};
use crate::chance;
use crate::graph::no_content;
use crate::operator::{Call, Refused, operator_route};
use crate::problem::{Problem, json};
use crate::route::Route;

/// Longest prefix of a path.
const ROUTE_PREFIX_MAX_BYTES: usize = 256;

/// All of them.
pub(crate) fn routes() -> Vec<Route> {
    const FAULTS: &str = "/vakt/v1/faults";
    let access = Access::Roles(&WRITE_FAULTS);
    vec![
        operator_route("GET", FAULTS, access, list_faults),
        operator_route("POST", FAULTS, access, set_fault),
        operator_route("DELETE", FAULTS, access, clear_faults),
        operator_route("DELETE", "/vakt/v1/faults/{id}", access, remove_fault),
    ]
}

/// `GET /vakt/v1/faults`
async fn list_faults(call: Call) -> Result<Response, Refused> {
    let plans = call.app.faults.plans.of_tenant(call.tenant, call.app.clock.now());
    let value = plans.iter().map(to_wire).collect();
    Ok(json(StatusCode::OK, &FaultList { value }))
}

/// `POST /vakt/v1/faults`
async fn set_fault(mut call: Call) -> Result<Response, Refused> {
    if !call.app.faults.are_on() {
        let message =
            "This server has no faults on request. Start it with --faults, for tests only.";
        return Err(Problem::new(StatusCode::FORBIDDEN, "DisabledFeature", message).into());
    }
    let wish: NewFault = call.body().await?;
    let app = known_application(&call, &wish.app_id).await?;
    let plan = plan(wish, app, &call)?;
    let answer = json(StatusCode::CREATED, &to_wire(&plan));
    match call.app.faults.plans.add(call.tenant, plan) {
        Ok(()) => Ok(answer),
        Err(NoPlace) => Err(Refused::bad_request(format!(
            "{FAULTS_OF_TENANT_MAX} faults wait in this tenant, or {FAULTS_MAX} on the server, and \
             there is no place for another. Clear some; each is forgotten after \
             {FAULT_WAITS_MAX_HOURS} hours."
        ))),
    }
}

/// `DELETE /vakt/v1/faults`
async fn clear_faults(call: Call) -> Result<Response, Refused> {
    call.app.faults.plans.clear(call.tenant, call.app.clock.now());
    Ok(no_content())
}

/// `DELETE /vakt/v1/faults/{id}`
async fn remove_fault(call: Call) -> Result<Response, Refused> {
    let id = call.name();
    let known: Option<ObjectId> = id.parse().ok();
    let now = call.app.clock.now();
    match known.is_some_and(|known| call.app.faults.plans.remove(call.tenant, known, now)) {
        true => Ok(no_content()),
        false => Err(missing("fault", id)),
    }
}

/// The application, which must be known in the caller's tenant.
async fn known_application(call: &Call, text: &str) -> Result<AppId, Refused> {
    let app: AppId =
        text.parse().map_err(|error| Refused::bad_request(format!("`appId`: {error}")))?;
    let key = ObjectKey::App(app);
    let found = call.identity().store().find_service_principal(call.tenant, key).await?;
    match found {
        Some(_) => Ok(app),
        None => Err(missing("application", text)),
    }
}

fn plan(wish: NewFault, app: AppId, call: &Call) -> Result<Plan, Refused> {
    let target = match wish.target.as_deref() {
        None | Some("api") => Target::Api,
        Some("token") => Target::Token,
        Some(other) => {
            let message = format!("`target` is `api` or `token`, and not `{other}`");
            return Err(Refused::bad_request(message));
        }
    };
    let is_refusal = matches!(wish.status, Some(401 | 403 | 404));
    if target == Target::Token && is_refusal {
        let message = "a fault of a request for a token is 429, 500, 503 or a delay; for a refusal \
                       send a wrong secret";
        return Err(Refused::bad_request(message));
    }
    let effect = Effect::new(wish.status, wish.delay_milliseconds, wish.retry_after_seconds)
        .map_err(Refused::bad_request)?;
    let next = wish.next.unwrap_or(1);
    if !(1..=FAULT_CALLS_MAX).contains(&next) {
        return Err(Refused::bad_request(format!("`next` is 1 to {FAULT_CALLS_MAX} calls")));
    }
    let is_prefix =
        |prefix: &String| prefix.starts_with('/') && prefix.len() <= ROUTE_PREFIX_MAX_BYTES;
    if !wish.route_prefix.as_ref().is_none_or(is_prefix) {
        return Err(Refused::bad_request(format!(
            "`routePrefix` starts with `/` and has at most {ROUTE_PREFIX_MAX_BYTES} bytes"
        )));
    }
    Ok(Plan {
        id: chance::object_id(),
        app,
        target,
        effect,
        route_prefix: wish.route_prefix,
        remaining_calls: next,
        made_at: call.app.clock.now(),
    })
}

fn to_wire(plan: &Plan) -> Fault {
    Fault {
        id: plan.id.to_string(),
        app_id: plan.app.to_string(),
        next: plan.remaining_calls,
        status: plan.effect.status(),
        delay_milliseconds: plan.effect.delay_milliseconds(),
        retry_after_seconds: plan.effect.retry_after_seconds(),
        route_prefix: plan.route_prefix.clone(),
        target: match plan.target {
            Target::Api => "api".into(),
            Target::Token => "token".into(),
        },
        created_date_time: plan.made_at,
    }
}

fn missing(what: &'static str, name: &str) -> Refused {
    IdentityError::NotFound { what, name: name.to_owned() }.into()
}
