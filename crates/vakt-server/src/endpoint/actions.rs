//! Machine actions: asked for below `/api/machines/{id}`, listed and called off below
//! `/api/machineactions`, carried out by the operator's own automation below
//! `/vakt/v1/machineactions`.

use axum::response::Response;
use http::StatusCode;
use vakt_endpoint::{
    ActionField, ActionKind, ActionScope, ActionStatus, COMMENT_MAX_CHARS, Cancellation,
    Comparison, Condition, MachineAction, MachineName, NewMachineAction, Value,
};
use vakt_ids::MachineActionId;
use vakt_wire::endpoint::{ActionRequest, Cancel, MachineActionProgress};

use super::call::Call;
use super::errors::{invalid, missing};
use super::machines::no_machine;
use super::page::Question;
use super::to_wire;
use super::words::WireWord;
use crate::chance;
use crate::defender::errors::not_found;
use crate::problem::Problem;

/// The set's name in `@odata.context`.
const SET: &str = "MachineActions";

/// `POST /api/machines/{id}/isolate` and its kin.
pub(crate) async fn request_action(kind: ActionKind, mut call: Call) -> Result<Response, Problem> {
    let wish: ActionRequest = call.body().await?;
    let name = MachineName::read(call.name());
    if call.endpoint().machine(call.tenant, &name).await?.is_none() {
        return Err(no_machine(call.name()));
    }
    let scope = match kind {
        ActionKind::Isolate => {
            let scope = ActionScope::member(wish.isolation_type.as_deref())?;
            Some(scope.unwrap_or(ActionScope::Full))
        }
        ActionKind::Unisolate => ActionScope::member(wish.isolation_type.as_deref())?,
        ActionKind::Scan => {
            let scope = ActionScope::member(wish.scan_type.as_deref())?;
            Some(scope.unwrap_or(ActionScope::Quick))
        }
        _ => None,
    };
    let new = NewMachineAction {
        id: MachineActionId::from_random_bytes(chance::bytes()),
        kind,
        scope,
        requestor: call.author().await?.name,
        comment: wish.comment.unwrap_or_default(),
        file_sha1: wish.sha1,
        external_id: bounded("ExternalId", wish.external_id)?,
    };
    let made = call.endpoint().request(call.tenant, &name, new, call.now()).await?;
    let action = made.ok_or_else(|| no_machine(call.name()))?;
    Ok(call.entity(StatusCode::CREATED, SET, to_wire::machine_action(&action)))
}

/// `GET /api/machineactions`
pub(crate) async fn list_actions(call: Call) -> Result<Response, Problem> {
    let question: Question<ActionField> = Question::of(&call)?;
    let page = call.endpoint().actions(call.tenant, question.query.clone()).await?;
    Ok(question.answer(&call, SET, &page, to_wire::machine_action))
}

/// `GET /vakt/v1/machineactions`: the same, with a shorter way to ask for those that wait.
pub(crate) async fn list_actions_by_status(call: Call) -> Result<Response, Problem> {
    let mut question: Question<ActionField> = Question::of(&call)?;
    let mut query = question.query.clone();
    if let Some(status) = call.parameter("status") {
        let status = ActionStatus::read(&status).map_err(invalid)?;
        let value = Value::Text(status.house().into());
        let comparison = Comparison::Is;
        query = query.and(Condition { field: ActionField::Status, comparison, value });
        question.carry("status", status.name());
    }
    let page = call.endpoint().actions(call.tenant, query).await?;
    Ok(question.answer(&call, SET, &page, to_wire::machine_action))
}

/// `GET /api/machineactions/{id}`
pub(crate) async fn get_action(call: Call) -> Result<Response, Problem> {
    let action = named(&call).await?;
    Ok(shown(&call, &action))
}

/// `POST /api/machineactions/{id}/cancel`: for those who may ask for an action of this kind.
pub(crate) async fn cancel_action(mut call: Call) -> Result<Response, Problem> {
    let wish: Cancel = call.body().await?;
    let role = role_of(named(&call).await?.kind);
    if !call.caller.holds(role) {
        let message = format!(
            "Missing application roles. API required roles: {role}, to call off an action of \
             this kind. Grant application {} this role, and get a new token.",
            call.caller.app
        );
        return Err(Problem::new(StatusCode::FORBIDDEN, "Forbidden", message));
    }
    let comment = bounded("Comment", wish.comment)?;
    let requestor = call.author().await?.name;
    let cancellation = Cancellation { requestor, comment, at: call.now() };
    change(&call, move |action| Ok(action.cancel(cancellation)?)).await
}

/// `PATCH /vakt/v1/machineactions/{id}`: what the one who carries it out says of it.
pub(crate) async fn report_action(mut call: Call) -> Result<Response, Problem> {
    let wish: MachineActionProgress = call.body().await?;
    named(&call).await?;
    let status = ActionStatus::member(wish.status.as_deref())?;
    let status = status.ok_or_else(|| missing("status"))?;
    let report = bounded("troubleshootInfo", wish.troubleshoot_info)?;
    let now = call.now();
    change(&call, move |action| {
        action.advance(status, now)?;
        action.error_code = wish.error_h_result.unwrap_or(action.error_code);
        if report.is_some() {
            action.report = report;
        }
        Ok(())
    })
    .await
}

async fn change<F>(call: &Call, change: F) -> Result<Response, Problem>
where
    F: FnOnce(&mut MachineAction) -> Result<(), vakt_endpoint::Unchanged> + Send,
{
    let changed =
        call.endpoint().change_action(call.tenant, read_id(call)?, Box::new(change)).await?;
    let action = changed.ok_or_else(|| no_action(call))?;
    Ok(shown(call, &action))
}

/// The role that lets an application ask for an action of this kind.
fn role_of(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Scan => "Machine.Scan",
        ActionKind::Offboard => "Machine.Offboard",
        ActionKind::CollectPackage => "Machine.CollectForensics",
        ActionKind::Isolate | ActionKind::Unisolate => "Machine.Isolate",
        ActionKind::StopAndQuarantine => "Machine.StopAndQuarantine",
        ActionKind::RestrictExecution | ActionKind::UnrestrictExecution => {
            "Machine.RestrictExecution"
        }
    }
}

fn bounded(name: &str, text: Option<String>) -> Result<Option<String>, Problem> {
    match text {
        Some(text) if text.chars().count() > COMMENT_MAX_CHARS => {
            Err(invalid(format!("`{name}` has at most {COMMENT_MAX_CHARS} characters")))
        }
        other => Ok(other.filter(|text| !text.is_empty())),
    }
}

async fn named(call: &Call) -> Result<MachineAction, Problem> {
    let found = call.endpoint().action(call.tenant, read_id(call)?).await?;
    found.ok_or_else(|| no_action(call))
}

/// What is no id names nothing.
fn read_id(call: &Call) -> Result<MachineActionId, Problem> {
    call.name().parse().map_err(|_| no_action(call))
}

fn no_action(call: &Call) -> Problem {
    let name: String = call.name().chars().take(200).collect();
    not_found(&format!("machine action {name}"))
}

fn shown(call: &Call, action: &MachineAction) -> Response {
    call.entity(StatusCode::OK, SET, to_wire::machine_action(action))
}
