//! `/api/machines`: listed, found, tagged and valued.

use axum::response::Response;
use http::StatusCode;
use vakt_endpoint::{
    Comparison, Condition, DeviceValue, Machine, MachineField, MachineName, Unchanged, Value,
};
use vakt_wire::endpoint::{MachineChanges, MachineTag, NewDeviceValue};

use super::call::Call;
use super::errors::{invalid, missing, odata_error};
use super::page::Question;
use super::to_wire;
use super::words::WireWord;
use crate::defender::errors::not_found;
use crate::problem::Problem;

/// The set's name in `@odata.context`.
const SET: &str = "Machines";

/// `GET /api/machines`
pub(crate) async fn list_machines(call: Call) -> Result<Response, Problem> {
    let question: Question<MachineField> = Question::of(&call)?;
    let page = call.endpoint().machines(call.tenant, question.query.clone()).await?;
    Ok(question.answer(&call, SET, &page, to_wire::machine))
}

/// `GET /api/machines/findbytag`
pub(crate) async fn find_by_tag(call: Call) -> Result<Response, Problem> {
    let tag = call.parameter("tag").filter(|tag| !tag.is_empty());
    let tag = tag.ok_or_else(|| odata_error("`tag` is missing: add ?tag=name"))?;
    let begins = call.parameter("useStartsWithFilter");
    let comparison = match begins.as_deref().map(str::to_ascii_lowercase).as_deref() {
        None | Some("" | "false") => Comparison::Is,
        Some("true") => Comparison::StartsWith,
        Some(_) => return Err(odata_error("`useStartsWithFilter` is true or false")),
    };
    let mut question: Question<MachineField> = Question::of(&call)?;
    question.carry("tag", &tag);
    if comparison == Comparison::StartsWith {
        question.carry("useStartsWithFilter", "true");
    }
    let has = Condition { field: MachineField::Tags, comparison, value: Value::Text(tag) };
    let query = question.query.clone().and(has);
    let page = call.endpoint().machines(call.tenant, query).await?;
    Ok(question.answer(&call, SET, &page, to_wire::machine))
}

/// `GET /api/machines/{id}`
pub(crate) async fn get_machine(call: Call) -> Result<Response, Problem> {
    let machine = named(&call).await?;
    Ok(shown(&call, &machine))
}

/// `PATCH /api/machines/{id}`
pub(crate) async fn change_machine(mut call: Call) -> Result<Response, Problem> {
    let wish: MachineChanges = call.body().await?;
    named(&call).await?;
    let value = DeviceValue::member(wish.device_value.as_deref())?;
    change(&call, move |machine| {
        if let Some(tags) = &wish.machine_tags {
            machine.set_tags(tags)?;
        }
        machine.value = value.unwrap_or(machine.value);
        Ok(())
    })
    .await
}

/// `POST /api/machines/{id}/tags`
pub(crate) async fn tag_machine(mut call: Call) -> Result<Response, Problem> {
    let wish: MachineTag = call.body().await?;
    named(&call).await?;
    let tag = wish.value.ok_or_else(|| missing("Value"))?;
    let action = wish.action.ok_or_else(|| missing("Action"))?;
    let adds = match action.to_ascii_lowercase().as_str() {
        "add" => true,
        "remove" => false,
        _ => return Err(invalid(format!("`Action` is Add or Remove, not `{action}`"))),
    };
    change(&call, move |machine| {
        if adds {
            machine.add_tag(&tag)?;
        } else {
            machine.remove_tag(&tag);
        }
        Ok(())
    })
    .await
}

/// `POST /api/machines/{id}/setDeviceValue`
pub(crate) async fn set_device_value(mut call: Call) -> Result<Response, Problem> {
    let wish: NewDeviceValue = call.body().await?;
    named(&call).await?;
    let value = DeviceValue::member(wish.device_value.as_deref())?;
    let value = value.ok_or_else(|| missing("DeviceValue"))?;
    change(&call, move |machine| {
        machine.value = value;
        Ok(())
    })
    .await
}

async fn change<F>(call: &Call, change: F) -> Result<Response, Problem>
where
    F: FnOnce(&mut Machine) -> Result<(), Unchanged> + Send,
{
    let name = MachineName::read(call.name());
    let changed = call.endpoint().change_machine(call.tenant, &name, Box::new(change)).await?;
    let machine = changed.ok_or_else(|| no_machine(call.name()))?;
    Ok(shown(call, &machine))
}

/// The machine of the path, by id or full name.
async fn named(call: &Call) -> Result<Machine, Problem> {
    let name = MachineName::read(call.name());
    let found = call.endpoint().machine(call.tenant, &name).await?;
    found.ok_or_else(|| no_machine(call.name()))
}

/// The 404 of a machine.
pub(super) fn no_machine(name: &str) -> Problem {
    not_found(&format!("machine {}", name.chars().take(200).collect::<String>()))
}

fn shown(call: &Call, machine: &Machine) -> Response {
    call.entity(StatusCode::OK, SET, to_wire::machine(machine))
}
