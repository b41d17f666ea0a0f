//! Keys that sign tokens: seen, made, retired.

use axum::response::Response;
use http::StatusCode;
use jiff::SignedDuration;
use vakt_identity::{KEY_PUBLISHED_FIRST_HOURS, Retirement};
use vakt_wire::operator::{Key, KeyList, NewKey, RetireKey};

use super::call::Call;
use super::errors::Refused;
use super::to_wire;
use crate::problem::{Problem, json};
use crate::signing;

/// `GET /vakt/v1/keys`
pub(crate) async fn list_keys(call: Call) -> Result<Response, Refused> {
    Ok(json(StatusCode::OK, &KeyList { value: keys(&call).await? }))
}

/// `POST /vakt/v1/keys`
pub(crate) async fn make_key(mut call: Call) -> Result<Response, Refused> {
    let wish: NewKey = call.body().await?;
    let now = call.app.clock.now();
    let wait = if wish.sign_at_once { 0 } else { KEY_PUBLISHED_FIRST_HOURS };
    let signs_from = now.saturating_add(SignedDuration::from_hours(wait)).unwrap_or(now);
    // Finding two large primes is no work for the threads that answer everybody else.
    let made = tokio::task::spawn_blocking(move || signing::new_key(now, signs_from)).await;
    let new = made.map_err(|_| Problem::internal())?.map_err(vakt_identity::IdentityError::from)?;
    call.identity().rotate_keys(&new, &call.act()).await?;
    Ok(json(StatusCode::CREATED, &one(&call, &new.kid).await?))
}

/// `POST /vakt/v1/keys/{kid}/retire`
pub(crate) async fn retire_key(mut call: Call) -> Result<Response, Refused> {
    let wish: RetireKey = call.body().await?;
    let how = if wish.force { Retirement::AtOnce } else { Retirement::WhenOver };
    call.identity().retire_key(call.name(), how, &call.act()).await?;
    Ok(json(StatusCode::OK, &one(&call, call.name()).await?))
}

async fn keys(call: &Call) -> Result<Vec<Key>, Refused> {
    let schedule = call.identity().key_schedule(call.app.clock.now()).await?;
    Ok(schedule.into_iter().map(to_wire::key).collect())
}

async fn one(call: &Call, kid: &str) -> Result<Key, Refused> {
    let key = keys(call).await?.into_iter().find(|key| key.kid == kid);
    Ok(key.ok_or_else(Problem::internal)?)
}
