//! The consent page, and what follows its buttons. A request is read anew at each step, from the
//! same address: nothing of it is kept between them, so nothing is lost when a session ends.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use vakt_identity::{
    ConsentOffer, ConsentRefusal, IdentityError, Tenant, TenantName, fold_resource_name,
};
use vakt_ids::AppId;

use super::redirect::{self, Answer, Decision, Ids};
use super::request::ConsentRequest;
pub(crate) use super::request::Door;
use super::words::{self, CannotConsentPage, ConsentPage, FormPostPage, OfferWords};
use crate::chance;
use crate::pages::{Fault, Kind, Onward, Page, SignedIn, Stop, Visit};

/// A request that somebody who has signed in may look at.
struct Asked {
    request: ConsentRequest,
    offer: ConsentOffer,
    destination: String,
    onward: Onward,
}

/// GET: shows what is asked. Nothing is said about applications or tenants before somebody has
/// signed in.
pub(crate) async fn show_consent(door: Door, visit: Visit) -> Result<Page, Stop> {
    let onward = Onward::of(&visit.uri);
    let signed_in = visit.require_fresh(&onward).await?;
    let asked = ask(door, &visit, &signed_in, onward).await?;
    if asked.offer.may_be_accepted_by(signed_in.person.role) {
        return consent_page(&asked, &signed_in, None);
    }
    cannot_consent(&visit, &asked, &signed_in).await
}

/// POST: what the person decided.
pub(crate) async fn answer_consent(door: Door, visit: Visit) -> Result<Page, Stop> {
    let onward = Onward::of(&visit.uri);
    let signed_in = visit.require_fresh(&onward).await?;
    let form = visit.form(Kind::Session)?;
    let asked = ask(door, &visit, &signed_in, onward).await?;
    let identity = &visit.app.identity;
    let act = signed_in.act(&visit);
    match form.text("answer") {
        "cancel" => {
            identity.note_declined(&asked.offer, "AADSTS65004: declined", &act).await?;
            leave(&visit, &asked, Decision::Declined)
        }
        "accept" if !asked.offer.may_be_accepted_by(signed_in.person.role) => {
            let reason = "AADSTS90094: the person's role does not suffice";
            identity.note_declined(&asked.offer, reason, &act).await?;
            cannot_consent(&visit, &asked, &signed_in).await
        }
        "accept" if form.text("shown") != asked.offer.mark() => {
            let problem = "What the application asks for has changed while you were reading. Read it again before you decide.";
            Ok(consent_page(&asked, &signed_in, Some(problem))?.status(StatusCode::CONFLICT))
        }
        "accept" => {
            identity.accept_consent(&asked.offer, &act, &chance::object_id).await?;
            leave(&visit, &asked, Decision::Accepted)
        }
        _ => Err(Fault::malformed(
            "The form says neither accept nor cancel.",
            "Open the link again and use one of the two buttons.",
        )
        .into()),
    }
}

/// Reads the request and looks up everything it names, for the tenant of whoever signed in.
async fn ask(
    door: Door,
    visit: &Visit,
    signed_in: &SignedIn,
    onward: Onward,
) -> Result<Asked, Stop> {
    let request = ConsentRequest::read(door, visit.uri.query().unwrap_or_default())?;
    let identity = &visit.app.identity;
    let (tenant, is_named) = tenant_of(visit, signed_in).await?;
    let unknown = || ConsentRefusal::UnknownApplication {
        client_id: request.client_id.chars().take(200).collect(),
        tenant: tenant.name.clone(),
    };
    let app: AppId = request.client_id.parse().map_err(|_| unknown())?;
    let offer = identity.consent_offer(&tenant, app).await??;
    if !is_named && offer.application.audience == vakt_identity::Audience::HomeTenant {
        let name = offer.application.display_name;
        return Err(ConsentRefusal::NotMultiTenant { app_id: app, name }.into());
    }
    if offer.is_disabled {
        let name = offer.application.display_name;
        return Err(ConsentRefusal::Disabled { app_id: app, name }.into());
    }
    let destination = redirect::destination(&request, &offer.application)?;
    check_resources(visit, &request, &offer).await?;
    Ok(Asked { request, offer, destination, onward })
}

/// The tenant that would consent, and whether the address names it. It is the person's own, always.
async fn tenant_of(visit: &Visit, signed_in: &SignedIn) -> Result<(Tenant, bool), Stop> {
    let store = visit.app.identity.store();
    let find = async |name: &TenantName| -> Result<Option<Tenant>, Stop> {
        Ok(store.find_tenant(name).await.map_err(IdentityError::from)?)
    };
    let own = find(&TenantName::Id(signed_in.person.tenant)).await?;
    let own = own.ok_or_else(|| IdentityError::Invalid("a person without a tenant".into()))?;
    let segment = visit.tenant_segment();
    let name = TenantName::read(segment);
    if name == TenantName::Any {
        return Ok((own, false));
    }
    let tenant = segment.chars().take(200).collect::<String>();
    match find(&name).await? {
        Some(named) if named.id == own.id => Ok((own, true)),
        Some(_) => {
            let user_name = signed_in.person.user_name.clone();
            Err(ConsentRefusal::OtherTenant { tenant, user_name }.into())
        }
        None => Err(ConsentRefusal::UnknownTenant { tenant }.into()),
    }
}

/// A resource that the link names must be one of those that the registration lists.
async fn check_resources(
    visit: &Visit,
    request: &ConsentRequest,
    offer: &ConsentOffer,
) -> Result<(), Stop> {
    for resource in &request.resources {
        let folded = fold_resource_name(resource);
        if visit.app.names.is_own_base(resource) || offer.names.contains(&folded) {
            continue;
        }
        let resource: String = resource.chars().take(200).collect();
        let store = visit.app.identity.store();
        let known = store.find_resource(offer.tenant.id, &folded).await;
        return Err(match known.map_err(IdentityError::from)? {
            Some(_) => {
                ConsentRefusal::ResourceNotListed { resource, app_id: offer.application.app_id }
            }
            None => ConsentRefusal::UnknownResource { resource, tenant: offer.tenant.name.clone() },
        }
        .into());
    }
    Ok(())
}

fn consent_page(asked: &Asked, signed_in: &SignedIn, problem: Option<&str>) -> Result<Page, Stop> {
    let page = Page::of(&ConsentPage {
        csrf: &signed_in.token(),
        person: &signed_in.person.user_name,
        onward: asked.onward.as_str(),
        offer: OfferWords::of(&asked.offer),
        shown: &asked.offer.mark(),
        destination: &asked.destination,
        problem,
    })?;
    Ok(page.forms_lead_to(&redirect::form_source(&asked.destination)))
}

/// 90094: who could.
async fn cannot_consent(visit: &Visit, asked: &Asked, signed_in: &SignedIn) -> Result<Page, Stop> {
    let people = visit.app.identity.people(asked.offer.tenant.id).await?;
    let (able, more) = words::able(people, &asked.offer);
    let page = Page::of(&CannotConsentPage {
        csrf: &signed_in.token(),
        person: &signed_in.person.user_name,
        onward: asked.onward.as_str(),
        role: signed_in.person.role.name(),
        offer: OfferWords::of(&asked.offer),
        able,
        more,
        correlation: &visit.correlation,
        timestamp: &visit.timestamp(),
    })?;
    let page = page.status(StatusCode::FORBIDDEN).because("AADSTS90094: the role does not suffice");
    Ok(page.forms_lead_to(&redirect::form_source(&asked.destination)))
}

/// Back to the application.
fn leave(visit: &Visit, asked: &Asked, decision: Decision) -> Result<Page, Stop> {
    let ids = Ids {
        code: URL_SAFE_NO_PAD.encode(chance::bytes::<96>()),
        session_state: chance::guid(),
        trace: chance::guid(),
        timestamp: visit.timestamp(),
    };
    let tenant = asked.offer.tenant.id;
    match redirect::answer(&asked.request, tenant, &asked.destination, decision, ids) {
        Answer::Redirect(address) => Ok(Page::go_to(address)),
        Answer::Form { address, fields } => {
            let destination = &asked.destination;
            let page = Page::of(&FormPostPage { destination, address: &address, fields: &fields })?;
            Ok(page.forms_lead_to(&redirect::form_source(destination)))
        }
    }
}
