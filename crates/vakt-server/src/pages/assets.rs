//! What pages load: style, script and icon, compiled in. Their names hold a hash of their content,
//! so that browsers may keep them for ever and never show an old one.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode, Uri};

use crate::access::Access;
use crate::app::AppState;
use crate::problem::Problem;
use crate::route::{Route, route};

/// Where assets are.
const FOLDER: &str = "/portal/assets/";
/// How much of the hash is in a name: enough to tell versions of one file apart.
const HASH_SHOWN_BYTES: usize = 8;

/// The style of all pages.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::of("style", "css", "text/css; charset=utf-8", include_bytes!("../../assets/style.css"))
});
/// The script of the portal. Pages work without it.
pub(crate) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let bytes = include_bytes!("../../assets/portal.js");
    Asset::of("portal", "js", "text/javascript; charset=utf-8", bytes)
});
/// The icon of the browser's tab.
pub(crate) static ICON: LazyLock<Asset> = LazyLock::new(|| {
    Asset::of("icon", "svg", "image/svg+xml", include_bytes!("../../assets/icon.svg"))
});

/// A file that pages load.
pub(crate) struct Asset {
    name: String,
    address: String,
    media_type: &'static str,
    bytes: &'static [u8],
}

impl Asset {
    fn of(stem: &str, ending: &str, media_type: &'static str, bytes: &'static [u8]) -> Self {
        let hash = digest(&SHA256, bytes);
        let shown = hash.as_ref().iter().take(HASH_SHOWN_BYTES);
        let shown: String = shown.map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{stem}-{shown}.{ending}");
        Self { address: format!("{FOLDER}{name}"), name, media_type, bytes }
    }

    /// Where it is.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

/// The route of all of them.
pub(crate) fn routes() -> Vec<Route> {
    let access = Access::Asset("it is compiled in, and the same for everybody");
    vec![route("GET", "/portal/assets/{name}", access, get(asset))]
}

/// `GET /portal/assets/{name}`
async fn asset(
    State(app): State<AppState>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let all: [&'static Asset; 3] = [&STYLE, &SCRIPT, &ICON];
    match all.into_iter().find(|asset| asset.name == name) {
        Some(asset) => served(asset),
        None => gone().answer(&app, uri.path(), &headers),
    }
}

fn served(asset: &'static Asset) -> Response {
    let mut response = Response::new(Body::from(asset.bytes));
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE.as_str(), asset.media_type),
        (CACHE_CONTROL.as_str(), "public, max-age=31536000, immutable"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn gone() -> Problem {
    let message = "there is no such file; load the page again, it names the present ones";
    Problem::new(StatusCode::NOT_FOUND, "NotFound", message)
}
