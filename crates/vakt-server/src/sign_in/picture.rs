//! A text as a QR code, drawn into the page.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::problem::Problem;

/// Modules of white around the code, as the standard wants it.
const BORDER_MODULES: i32 = 4;

/// The drawing: a square of so many units, and the path of its dark parts.
#[derive(Debug)]
pub(super) struct Picture {
    pub size: i32,
    pub path: String,
}

impl Picture {
    pub(super) fn of(text: &str) -> Result<Self, Problem> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| {
            tracing::error!(%error, "a text does not fit into a picture");
            Problem::internal()
        })?;
        let mut path = String::new();
        let places = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        for (x, y) in places.filter(|(x, y)| code.get_module(*x, *y)) {
            // Writing into a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", x + BORDER_MODULES, y + BORDER_MODULES);
        }
        Ok(Self { size: code.size() + 2 * BORDER_MODULES, path })
    }
}
