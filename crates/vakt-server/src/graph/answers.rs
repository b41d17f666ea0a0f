//! Answers of Graph: context, `$select`, headers.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};
use vakt_wire::graph::Page;

use super::errors::mark;
use crate::app::App;
use crate::chance;
use crate::problem::{Problem, json};

/// A request's place, for links and contexts.
#[derive(Clone)]
pub(crate) struct Place {
    /// `https://host/v1.0`
    pub root: String,
    /// The path, as called.
    pub path: String,
    headers: HeaderMap,
}

impl Place {
    pub(super) fn of(app: &App, uri: &http::Uri, headers: &HeaderMap) -> Self {
        let base = app.names.origin(uri, headers).base;
        let path = uri.path().to_owned();
        let version = path.split('/').nth(1).unwrap_or("v1.0").to_owned();
        Self { root: format!("{base}/{version}"), path, headers: headers.clone() }
    }

    /// The path as called, after the version.
    pub(super) fn path_below_root(&self) -> &str {
        let version = self.path.trim_start_matches('/');
        version.split_once('/').map_or("", |(_, below)| below)
    }

    /// Turns a result into an answer.
    pub(super) fn finish(&self, app: &App, result: Result<Response, Problem>) -> Response {
        let mut response = match result {
            Ok(response) => response,
            Err(problem) => problem.answer(app, &self.path, &self.headers),
        };
        if response.status().is_success() {
            let request_id = chance::guid();
            let client = self.headers.get("client-request-id").and_then(|v| v.to_str().ok());
            mark(&mut response, &request_id, client.unwrap_or(&request_id));
            response.headers_mut().insert("odata-version", HeaderValue::from_static("4.0"));
        }
        response
    }

    /// One object, with its context and only the selected members.
    pub(super) fn entity(
        &self,
        status: StatusCode,
        set: &str,
        object: &impl Serialize,
        select: &[String],
    ) -> Result<Response, Problem> {
        let mut members = Map::new();
        let context = format!("{}/$metadata#{set}/$entity", self.root);
        members.insert("@odata.context".into(), Value::String(context));
        members.extend(selected(object, select)?);
        Ok(json(status, &members))
    }

    /// A created object.
    pub(super) fn created(
        &self,
        set: &str,
        id: &str,
        object: &impl Serialize,
    ) -> Result<Response, Problem> {
        self.created_at(&format!("{set}/{id}"), set, object)
    }

    /// A created object that is found elsewhere than right under its set.
    pub(super) fn created_at(
        &self,
        location: &str,
        set: &str,
        object: &impl Serialize,
    ) -> Result<Response, Problem> {
        let mut response = self.entity(StatusCode::CREATED, set, object, &[])?;
        if let Ok(location) = HeaderValue::try_from(format!("{}/{location}", self.root)) {
            response.headers_mut().insert(http::header::LOCATION, location);
        }
        Ok(response)
    }

    /// A page of objects.
    pub(super) fn page<T: Serialize>(
        &self,
        set: &str,
        page: Page<T>,
        select: &[String],
    ) -> Result<Response, Problem> {
        let value: Result<Vec<_>, _> =
            page.value.iter().map(|object| selected(object, select)).collect();
        Ok(json(
            StatusCode::OK,
            &Page {
                context: Some(format!("{}/$metadata#{set}", self.root)),
                count: page.count,
                next_link: page.next_link,
                value: value?,
            },
        ))
    }
}

/// The members of an object that were selected; all when nothing was.
fn selected(object: &impl Serialize, select: &[String]) -> Result<Map<String, Value>, Problem> {
    let Ok(Value::Object(mut members)) = serde_json::to_value(object) else {
        return Err(Problem::internal());
    };
    if !select.is_empty() {
        members.retain(|name, _| {
            name.starts_with('@') || select.iter().any(|wanted| wanted.eq_ignore_ascii_case(name))
        });
    }
    Ok(members)
}

/// Done, nothing to say.
pub(crate) fn no_content() -> Response {
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}
