//! Applications deleted, and brought back.

use askama::Template;
use vakt_identity::{
    DeletedKind, DirectoryQuery, FormerObject, IdentityError, ObjectKey, Order,
    RESTORABLE_MAX_HOURS,
};
use vakt_ids::ObjectId;

use super::super::confirmation::Confirmation;
use super::super::desk::{Desk, Right};
use super::super::frame::{Frame, Section};
use super::super::moment::moment;
use super::super::paging::{LINES_MAX, Paging};
use super::super::problems::Problems;
use super::{APPLICATIONS, below_frame, named, nothing_named};
use crate::pages::{Page, Stop, Visit};

#[derive(Template)]
#[template(path = "portal/applications/deleted.html")]
struct DeletedPage {
    frame: Frame,
    lines: Vec<Line>,
    days: i64,
    paging: Paging,
    may_manage: bool,
}

struct Line {
    object: String,
    app: String,
    name: String,
    deleted: String,
}

/// `GET /portal/applications/{id}/delete`
pub(in crate::portal) async fn ask_delete(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    Confirmation {
        frame: below_frame(&desk, &application, "", "Delete"),
        question: format!("Delete {}?", application.display_name),
        effects: vec![
            "It gets no more tokens, here and in every directory that has let it in.".into(),
            format!("It can be restored for {} days.", RESTORABLE_MAX_HOURS / 24),
        ],
        button: "Delete",
        class: "danger",
        back: format!("{APPLICATIONS}/{}", application.app_id),
        problems: Problems::none(),
    }
    .page(&desk)
}

/// `POST /portal/applications/{id}/delete`
pub(in crate::portal) async fn delete(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let (key, act) = (ObjectKey::App(application.app_id), desk.act(&visit));
    visit.app.identity.delete_application(desk.tenant.id, key, &act).await?;
    Ok(Page::go_to(format!("{APPLICATIONS}?done=deleted")))
}

/// `GET /portal/applications/deleted`
pub(in crate::portal) async fn list_deleted(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let query = DirectoryQuery {
        order: Order::TimeBackwards,
        top: LINES_MAX,
        after: visit.query("after"),
        ..DirectoryQuery::default()
    };
    let store = visit.app.identity.store();
    let found = store.list_deleted(desk.tenant.id, DeletedKind::Application, &query).await;
    let found = found.map_err(IdentityError::from)?;
    let lines = found.items.iter().filter_map(|one| match &one.object {
        FormerObject::Application(application) => Some(Line {
            object: application.object_id.to_string(),
            app: application.app_id.to_string(),
            name: application.display_name.clone(),
            deleted: moment(one.deleted_at),
        }),
        FormerObject::ServicePrincipal(_) => None,
    });
    let frame = desk.frame(Section::Applications, "Deleted applications");
    desk.page(&DeletedPage {
        frame: frame.below("Applications", APPLICATIONS),
        lines: lines.collect(),
        days: RESTORABLE_MAX_HOURS / 24,
        paging: Paging::of(&visit, found.next.as_deref()),
        may_manage: desk.may(Right::ManageApplications),
    })
}

/// `GET /portal/applications/deleted/{id}`
pub(in crate::portal) async fn ask_restore(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    ask(&visit, &desk, Problems::none()).await
}

async fn ask(visit: &Visit, desk: &Desk, problems: Problems) -> Result<Page, Stop> {
    let object = object_of(visit)?;
    let name = match visit.app.identity.deleted(desk.tenant.id, object, visit.now).await {
        Ok(deleted) => match deleted.object {
            FormerObject::Application(application) => application.display_name,
            FormerObject::ServicePrincipal(_) => return Err(nothing_named("deleted application")),
        },
        Err(IdentityError::NotFound { .. }) => return Err(nothing_named("deleted application")),
        Err(error) => return Err(error.into()),
    };
    let status = problems.status();
    let frame = desk.frame(Section::Applications, "Restore");
    let page = Confirmation {
        frame: frame
            .below("Applications", APPLICATIONS)
            .below("Deleted applications", format!("{APPLICATIONS}/deleted")),
        question: format!("Restore {name}?"),
        effects: vec![
            "Its secrets, certificates and granted permissions come back with it.".into(),
        ],
        button: "Restore",
        class: "",
        back: format!("{APPLICATIONS}/deleted"),
        problems,
    }
    .page(desk)?;
    Ok(page.status(status))
}

/// `POST /portal/applications/deleted/{id}`
pub(in crate::portal) async fn restore(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let object = object_of(&visit)?;
    match visit.app.identity.restore(desk.tenant.id, object, &desk.act(&visit)).await {
        Ok(FormerObject::Application(application)) => {
            Ok(Page::go_to(format!("{APPLICATIONS}/{}?done=restored", application.app_id)))
        }
        Ok(FormerObject::ServicePrincipal(_)) => Ok(Page::go_to(APPLICATIONS)),
        Err(IdentityError::NotFound { .. }) => Err(nothing_named("deleted application")),
        Err(error) => ask(&visit, &desk, Problems::refused("", error)?).await,
    }
}

fn object_of(visit: &Visit) -> Result<ObjectId, Stop> {
    visit.segment(0).parse().map_err(|_| nothing_named("deleted application"))
}
