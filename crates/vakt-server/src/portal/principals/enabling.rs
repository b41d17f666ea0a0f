//! An enterprise application switched off, and on again.

use vakt_identity::{ObjectKey, ServicePrincipal};

use super::super::confirmation::Confirmation;
use super::super::desk::Desk;
use super::super::problems::Problems;
use super::{below_frame, named, place};
use crate::pages::{Page, Stop, Visit};

/// `GET /portal/enterprise/{id}/enabled`
pub(in crate::portal) async fn ask(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let principal = named(&visit, &desk).await?;
    question(&desk, &principal, Problems::none())
}

/// What is asked depends on what it is now; the form says which of both was meant.
fn question(desk: &Desk, principal: &ServicePrincipal, problems: Problems) -> Result<Page, Stop> {
    let (verb, button, effect, class) = if principal.is_enabled {
        let effect = "It gets no more tokens in this directory, and none are given for it. Tokens \
                      that it has already stay good until they expire, within the hour.";
        ("Disable", "Disable", effect, "danger")
    } else {
        ("Enable", "Enable", "It gets tokens again, with the roles that it holds.", "")
    };
    let status = problems.status();
    let page = Confirmation {
        frame: below_frame(desk, principal, verb),
        question: format!("{verb} {}?", principal.display_name),
        effects: vec![effect.to_owned()],
        button,
        class,
        back: place(principal),
        problems,
    }
    .page(desk)?;
    Ok(page.status(status))
}

/// `POST /portal/enterprise/{id}/enabled`
pub(in crate::portal) async fn change(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let principal = named(&visit, &desk).await?;
    let wanted = match desk.form.text("confirmed") {
        "Disable" => false,
        "Enable" => true,
        _ => {
            let text = "The form does not say what to do. Use one of its buttons.";
            return question(&desk, &principal, Problems::one("", text));
        }
    };
    let change = move |principal: &mut ServicePrincipal| {
        principal.is_enabled = wanted;
        Ok(())
    };
    let (key, act) = (ObjectKey::Object(principal.object_id), desk.act(&visit));
    visit.app.identity.change_service_principal(desk.tenant.id, key, &act, change).await?;
    let done = if wanted { "enabled" } else { "disabled" };
    Ok(Page::go_to(format!("{}?done={done}", place(&principal))))
}
