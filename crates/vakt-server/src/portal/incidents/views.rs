//! The views of the queue that a person saved under names: saving, seeing and removing them. Each
//! is its owner's alone: another person's is as little there as nobody's.

use askama::Template;
use vakt_ids::ViewId;
use vakt_incidents::{
    QueueView, SaveViewError, SavedView, VIEW_NAME_LENGTH_MAX_CHARS, VIEWS_OF_PERSON_MAX,
    ViewFault, WantedOwner, WantedStatus,
};

use super::super::confirmation::Confirmation;
use super::super::desk::Desk;
use super::super::frame::Frame;
use super::super::problems::{Problems, sentence};
use super::filters::{Filters, address, built_in, order_label, query};
use super::pick::label;
use super::{INCIDENTS, below_queue, queue};
use crate::chance;
use crate::pages::{Fault, Page, Stop, Visit};
use crate::problem::Problem;

/// Where a person's views are.
pub(super) const VIEWS: &str = "/portal/incidents/views";
/// The field of a view's name.
pub(super) const NAME: &str = "view_name";

#[derive(Template)]
#[template(path = "portal/incidents/views.html")]
struct ViewsPage {
    frame: Frame,
    lines: Vec<Line>,
    max: usize,
}

/// A view in the list.
struct Line {
    id: String,
    name: String,
    address: String,
    asks: Vec<(&'static str, String)>,
    order: &'static str,
}

/// The form that saves the view at hand.
pub(super) struct SaveForm {
    pub address: String,
    pub name: String,
    pub max: usize,
}

impl SaveForm {
    /// The form below these filters. Its address says what is saved, as we read it.
    pub(super) fn of(filters: &Filters, desk: &Desk) -> Self {
        Self {
            address: format!("{VIEWS}?{}", query(&filters.asks)),
            name: desk.form.text(NAME).to_owned(),
            max: VIEW_NAME_LENGTH_MAX_CHARS,
        }
    }
}

/// All views of the person.
pub(super) async fn own(visit: &Visit, desk: &Desk) -> Result<Vec<SavedView>, Stop> {
    let views = visit.app.incidents.views(desk.tenant.id, desk.person().object_id).await;
    Ok(views.map_err(Problem::from)?)
}

/// `GET /portal/incidents/views`
pub(super) async fn list(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let notice = match visit.query("done").as_deref() {
        Some("removed") => Some("The view is removed."),
        _ => None,
    };
    let views = own(&visit, &desk).await?;
    desk.page(&ViewsPage {
        frame: below_queue(&desk, "Your views").told(notice),
        lines: views.iter().map(line).collect(),
        max: VIEWS_OF_PERSON_MAX,
    })
}

/// `POST /portal/incidents/views`
pub(super) async fn save(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let filters = Filters::read(&visit);
    let name = desk.form.text(NAME).split_whitespace().collect::<Vec<_>>().join(" ");
    let problems = if filters.problems.is_empty() {
        let view = SavedView { id: chance::view_id(), name, asks: filters.asks };
        match keep(&visit, &desk, &view).await? {
            Ok(done) => {
                let query = query(&view.asks);
                let sign = if query.is_empty() { "" } else { "&" };
                return Ok(Page::go_to(format!("{INCIDENTS}?{query}{sign}done={done}")));
            }
            Err(problems) => problems,
        }
    } else {
        Problems::one("", "A view is saved when its filter can be read.")
    };
    queue::page(&visit, &desk, problems).await
}

/// Saves a view, and says which; or what is wrong with it.
async fn keep(
    visit: &Visit,
    desk: &Desk,
    view: &SavedView,
) -> Result<Result<&'static str, Problems>, Stop> {
    let folded = view.name.to_lowercase();
    if let Some((label, _)) = built_in().iter().find(|(label, _)| label.to_lowercase() == folded) {
        let text = format!("“{label}” is a view that everybody has. Choose another name.");
        return Ok(Err(Problems::one(NAME, text)));
    }
    let (tenant, person) = (desk.tenant.id, desk.person().object_id);
    match visit.app.incidents.save_view(tenant, person, view).await {
        Ok(false) => Ok(Ok("view_saved")),
        Ok(true) => Ok(Ok("view_replaced")),
        Err(SaveViewError::Fault(fault)) => Ok(Err(Problems::one(NAME, text_of(fault)))),
        Err(SaveViewError::Store(error)) => Err(Problem::from(error).into()),
    }
}

fn text_of(fault: ViewFault) -> String {
    match fault {
        ViewFault::NoName => "Give the view a name.".into(),
        ViewFault::LongName => {
            format!("The name is longer than {VIEW_NAME_LENGTH_MAX_CHARS} characters.")
        }
        ViewFault::ControlInName => "The name has characters that cannot be shown.".into(),
        ViewFault::TooMany => format!(
            "You have {VIEWS_OF_PERSON_MAX} views, as many as are kept. Remove one of your views \
             first, or save under the name of one."
        ),
        ViewFault::LongText | ViewFault::Nobody => sentence(&fault.to_string()),
    }
}

/// What was done a moment ago to a view that the queue shows now, in words.
pub(super) fn told(visit: &Visit) -> Option<&'static str> {
    match visit.query("done").as_deref() {
        Some("view_saved") => Some("The view is saved."),
        Some("view_replaced") => {
            Some("The view is saved, in the place of the one that had its name.")
        }
        _ => None,
    }
}

/// `GET /portal/incidents/views/{id}/remove`
pub(super) async fn ask(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let view = named(&visit, &desk).await?;
    Confirmation {
        frame: below_queue(&desk, "Remove a view").below("Your views", VIEWS),
        question: format!("Remove the view “{}”?", view.name),
        effects: vec![
            "It goes from above your queue. No incident changes, and nobody else had it.".into(),
        ],
        button: "Remove",
        class: "danger",
        back: VIEWS.into(),
        problems: Problems::none(),
    }
    .page(&desk)
}

/// `POST /portal/incidents/views/{id}/remove`
pub(super) async fn remove(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let id: ViewId = visit.segment(0).parse().map_err(|_| missing())?;
    let (tenant, person) = (desk.tenant.id, desk.person().object_id);
    let removed = visit.app.incidents.remove_view(tenant, person, id).await;
    match removed.map_err(Problem::from)? {
        true => Ok(Page::go_to(format!("{VIEWS}?done=removed"))),
        false => Err(missing()),
    }
}

/// The view that the address names, if it is the person's.
async fn named(visit: &Visit, desk: &Desk) -> Result<SavedView, Stop> {
    let id: ViewId = visit.segment(0).parse().map_err(|_| missing())?;
    let found = own(visit, desk).await?.into_iter().find(|view| view.id == id);
    found.ok_or_else(missing)
}

fn missing() -> Stop {
    Fault::missing("You have no such view; it may be removed.", "Go back to the queue.").into()
}

fn line(view: &SavedView) -> Line {
    Line {
        id: view.id.to_string(),
        name: view.name.clone(),
        address: address(&view.asks),
        asks: asks(&view.asks),
        order: order_label(view.asks.order),
    }
}

/// What a view asks, in words: of what, and for which.
fn asks(view: &QueueView) -> Vec<(&'static str, String)> {
    let owner = match &view.owner {
        WantedOwner::Anybody => None,
        WantedOwner::Nobody => Some("nobody".to_owned()),
        WantedOwner::Me => Some("you".to_owned()),
        WantedOwner::Name(name) => Some(name.clone()),
    };
    let status = match view.status {
        WantedStatus::All => "any".to_owned(),
        WantedStatus::Open | WantedStatus::Is(_) => label(view.status.as_str()).to_lowercase(),
    };
    let word = |word: &str| label(word).to_lowercase();
    let all = [
        ("Status", Some(status)),
        ("Severity", view.severity.map(|one| word(one.as_str()))),
        ("Classification", view.classification.map(|one| word(one.as_str()))),
        ("Assigned to", owner),
        ("Name or number", view.search.clone()),
        ("Created since", view.created_since.map(|day| day.to_string())),
        ("Changed since", view.updated_since.map(|day| day.to_string())),
    ];
    all.into_iter().filter_map(|(what, text)| Some((what, text?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_are_told_in_words() {
        let view = QueueView {
            status: WantedStatus::All,
            owner: WantedOwner::Me,
            search: Some("Phishing".into()),
            ..QueueView::default()
        };
        for (view, expected) in [
            (QueueView::default(), vec![("Status", "open")]),
            (view, vec![("Status", "any"), ("Assigned to", "you"), ("Name or number", "Phishing")]),
        ] {
            let told = asks(&view);
            let told: Vec<_> = told.iter().map(|(what, text)| (*what, text.as_str())).collect();
            assert_eq!(told, expected);
        }
    }
}
