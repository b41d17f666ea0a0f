//! Doors for the fuzz targets, in builds with `cfg(fuzzing)` only: what is private otherwise.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use vakt_identity::{Endpoint, requested_resource};

use crate::entra::TokenForm;
use crate::graph;
use crate::seed::{SeedFile, resolve};

/// Reads a token request: body, line feed, `Authorization` header.
pub fn token_request(data: &[u8]) {
    let mut parts = data.splitn(2, |byte| *byte == b'\n');
    let (body, basic) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Ok(mut form) = TokenForm::parse(body) else { return };
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(basic) {
        headers.insert(AUTHORIZATION, value);
    }
    if form.add_basic(&headers).is_err() {
        return;
    }
    let by_scope = form.asks_by_scope();
    let endpoint = if by_scope { Endpoint::V2 } else { Endpoint::V1 };
    let request = form.into_request(endpoint, "contoso.com".into());
    let _ = requested_resource(&request);
}

/// Reads the query of a directory list.
pub fn directory_query(query: &str) {
    let query = percent_encoding::utf8_percent_encode(query, percent_encoding::CONTROLS);
    if let Ok(uri) = format!("/v1.0/applications?{query}").parse() {
        graph::try_query(&uri);
    }
}

/// Reads a seed file's text and the permissions it names.
pub fn seed(text: &str) {
    if let Ok(file) = SeedFile::parse(text) {
        let apps = file.tenant.iter().flat_map(|tenant| &tenant.app);
        for permission in apps.flat_map(|app| &app.permissions) {
            let _ = resolve(permission);
        }
    }
}
