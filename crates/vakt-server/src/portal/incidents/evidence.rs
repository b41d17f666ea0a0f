//! The evidence of alerts, a line each.

use vakt_incidents::{Alert, Device, Entity, EntityKind, FileFacts, Finding, PlacedAlert};

use super::alert;
use super::pick::label;

/// Most pieces of evidence on one page.
const EVIDENCE_SHOWN_MAX: usize = 200;

/// A piece of evidence.
pub(super) struct Piece {
    pub kind: String,
    pub what: String,
    pub verdict: Option<String>,
    pub remediation: Option<String>,
    /// The alert that brought it.
    pub title: String,
    pub address: String,
}

/// The evidence of alerts, in their order.
pub(super) fn pieces<'a>(alerts: impl Iterator<Item = &'a PlacedAlert>) -> Vec<Piece> {
    alerts.flat_map(|placed| of_alert(&placed.alert)).take(EVIDENCE_SHOWN_MAX).collect()
}

fn of_alert(alert: &Alert) -> impl Iterator<Item = Piece> {
    let piece = |kind: String, what: Option<String>, finding: &Finding| Piece {
        kind: label(&kind),
        what: what.unwrap_or_else(|| "no more is known of it".into()),
        verdict: finding.verdict.clone(),
        remediation: finding.remediation.clone(),
        title: alert.title.clone(),
        address: alert::place(&alert.id),
    };
    let devices = alert
        .devices
        .iter()
        .map(move |one| piece(EntityKind::DEVICE.to_owned(), of_device(one), &one.finding));
    let entities =
        alert.entities.iter().map(move |one| piece(kind(one), of_entity(one), &one.finding));
    devices.chain(entities)
}

fn kind(entity: &Entity) -> String {
    match &entity.kind {
        EntityKind::Other(name) => name.clone(),
        known => known.to_text().into_owned(),
    }
}

fn of_device(device: &Device) -> Option<String> {
    let name = device.dns_name.clone().or_else(|| device.endpoint_id.clone());
    name.or_else(|| device.directory_id.clone())
}

/// What tells it best from others of its kind.
fn of_entity(entity: &Entity) -> Option<String> {
    let (account, mail) = (&entity.account, &entity.mail);
    let by_name = account.name.as_ref().map(|name| match &account.domain {
        Some(domain) => format!("{domain}\\{name}"),
        None => name.clone(),
    });
    let account = || account.principal_name.clone().or(by_name).or_else(|| account.sid.clone());
    let mail = || mail.subject.clone().or_else(|| mail.sender.clone());
    match entity.kind {
        EntityKind::User => account(),
        EntityKind::Ip => entity.ip_address.clone(),
        EntityKind::Url => entity.url.clone(),
        EntityKind::File => of_file(&entity.file),
        EntityKind::Process => {
            entity.process.command_line.clone().or_else(|| of_file(&entity.file))
        }
        EntityKind::Mailbox => {
            entity.mailbox.address.clone().or_else(|| entity.mailbox.display_name.clone())
        }
        EntityKind::Mail => mail(),
        EntityKind::MailCluster => mail().or_else(|| entity.mail.cluster_by.clone()),
        EntityKind::Registry => entity.registry.key.clone(),
        EntityKind::SecurityGroup => entity.group.name.clone().or_else(|| entity.group.id.clone()),
        EntityKind::Other(_) => None,
    }
}

fn of_file(file: &FileFacts) -> Option<String> {
    let named = match (&file.path, &file.name) {
        (Some(path), Some(name)) => Some(format!("{path}\\{name}")),
        (path, name) => name.clone().or_else(|| path.clone()),
    };
    named.or_else(|| file.sha256.clone()).or_else(|| file.sha1.clone())
}
