//! Answers of Graph: context, `$select`, headers.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};
use vakt_wire::graph::Page;

use super::entity::{Entity, Shown};
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

    /// One object, with its context and only the members that are shown.
    pub(super) fn entity<T: Entity>(&self, object: &T, shown: &Shown) -> Result<Response, Problem> {
        self.single(StatusCode::OK, T::SET, object, shown)
    }

    /// One object that is no member of a collection, such as what an action answers.
    pub(super) fn value(&self, kind: &str, object: &impl Serialize) -> Result<Response, Problem> {
        let mut members = context(format!("{}/$metadata#{kind}", self.root));
        members.extend(Shown::default().apply(object)?);
        Ok(json(StatusCode::OK, &members))
    }

    fn single(
        &self,
        status: StatusCode,
        set: &str,
        object: &impl Serialize,
        shown: &Shown,
    ) -> Result<Response, Problem> {
        let names = shown.in_context();
        let mut members = context(format!("{}/$metadata#{set}{names}/$entity", self.root));
        members.extend(shown.apply(object)?);
        Ok(json(status, &members))
    }

    /// A created object, right under its set.
    pub(super) fn created<T: Entity>(&self, id: &str, object: &T) -> Result<Response, Problem> {
        self.created_at(&format!("{}/{id}", T::SET), object)
    }

    /// A created object that is found elsewhere than right under its set.
    pub(super) fn created_at<T: Entity>(
        &self,
        location: &str,
        object: &T,
    ) -> Result<Response, Problem> {
        let mut response = self.single(StatusCode::CREATED, T::SET, object, &Shown::default())?;
        if let Ok(location) = HeaderValue::try_from(format!("{}/{location}", self.root)) {
            response.headers_mut().insert(http::header::LOCATION, location);
        }
        Ok(response)
    }

    /// A page of objects.
    pub(super) fn page<T: Entity>(
        &self,
        page: Page<T>,
        shown: &Shown,
    ) -> Result<Response, Problem> {
        let value: Result<Vec<_>, _> =
            page.value.iter().map(|object| shown.apply(object)).collect();
        Ok(json(
            StatusCode::OK,
            &Page {
                context: Some(format!("{}/$metadata#{}{}", self.root, T::SET, shown.in_context())),
                count: page.count,
                next_link: page.next_link,
                value: value?,
            },
        ))
    }

    /// `https://host`, before the version.
    pub(crate) fn base(&self) -> &str {
        self.root.rsplit_once('/').map_or("", |(base, _)| base)
    }
}

fn context(text: String) -> Map<String, Value> {
    Map::from_iter([("@odata.context".to_owned(), Value::String(text))])
}

/// A number alone: what `/$count` answers.
pub(super) fn plain_number(number: u64) -> Response {
    let mut response = Response::new(axum::body::Body::from(number.to_string()));
    let text = HeaderValue::from_static("text/plain");
    response.headers_mut().insert(http::header::CONTENT_TYPE, text);
    response
}

/// Done, nothing to say.
pub(crate) fn no_content() -> Response {
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}
