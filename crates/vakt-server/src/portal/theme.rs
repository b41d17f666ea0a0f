//! Light or dark, as a person chooses it. A cookie remembers it, for this browser.

use super::desk::Desk;
use crate::pages::{Page, Stop, Theme, Visit};

/// `POST /portal/theme`: back to where it was chosen.
pub(super) async fn choose_theme(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let theme = Theme::read(desk.form.text("theme"));
    Ok(Page::go_to(visit.came_from().as_str()).keep_theme(theme))
}
