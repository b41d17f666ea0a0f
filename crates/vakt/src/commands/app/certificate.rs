//! `vakt app certificate`.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use vakt_client::Graph;
use vakt_client::apps::{add_certificate, find_application, remove_certificate, thumbprint};
use vakt_wire::graph::{Application, KeyCredential};

use crate::args::{CertificateAddArgs, CertificateCommand, CertificateRemoveArgs};
use crate::clock;
use crate::expiry::Expiry;
use crate::print::Printer;
use crate::private_file;
use crate::problem::Problem;
use crate::relative_time::{from_now, to_second};

/// Largest file that is read, in bytes: a certificate has 1 KB, a chain with its key 20.
const FILE_SIZE_MAX_BYTES: u64 = 256 * 1024;
/// Life of a certificate that is made without a word about it.
const LIFETIME_DAYS: i64 = 365;
const HOURS_PER_DAY: i64 = 24;

/// Runs `vakt app certificate`.
pub async fn run(
    graph: Graph<'_>,
    command: CertificateCommand,
    printer: Printer,
) -> anyhow::Result<()> {
    match command {
        CertificateCommand::Add(args) => add(graph, args, printer).await,
        CertificateCommand::List(args) => list(graph, &args.app, printer).await,
        CertificateCommand::Remove(args) => remove(graph, &args, printer).await,
    }
}

async fn add(graph: Graph<'_>, args: CertificateAddArgs, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, &args.app).await?;
    let certificate = match (&args.generate, &args.file) {
        (Some(path), _) => generate(path, &application, args.expires)?,
        (None, Some(path)) => read(path)?,
        (None, None) => return Err(Problem::new("no certificate is given").into()),
    };
    let added = add_certificate(graph, &application, &certificate, args.description.as_deref())
        .await
        .with_context(|| match &args.generate {
            Some(path) => format!("{} is made and is not registered", path.display()),
            None => "the certificate is not registered".to_owned(),
        })?;
    if printer.is_json() {
        let mut shown = to_json(&added);
        if let Value::Object(members) = &mut shown {
            members.insert("appId".into(), json!(application.app_id));
            members.insert("file".into(), json!(args.generate));
        }
        printer.json(&shown)?;
    } else {
        printer.fields([
            ("Application ID", application.app_id.clone()),
            ("Key ID", added.key_id.clone().unwrap_or_default()),
            ("Thumbprint", thumbprint(&added).unwrap_or_default()),
            ("Expires", added.end_date_time.map(to_second).unwrap_or_default()),
        ])?;
    }
    if let Some(path) = &args.generate {
        printer.note(&format!("the private key is in {} and nowhere else", path.display()));
        printer.note(&format!(
            "next: vakt token get --client-id {} --certificate {}",
            application.app_id,
            path.display()
        ));
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let cannot = || format!("the certificate {} cannot be read", path.display());
    if fs::metadata(path).with_context(cannot)?.len() > FILE_SIZE_MAX_BYTES {
        let text = format!("{} is too large to be a certificate", path.display());
        return Err(Problem::new(text).with_hint("give a PEM or DER file").into());
    }
    fs::read(path).with_context(cannot)
}

/// Makes a key with a certificate, keeps both in a new file, and gives the certificate.
fn generate(
    path: &Path,
    application: &Application,
    expires: Option<Expiry>,
) -> anyhow::Result<Vec<u8>> {
    let now = clock::now();
    let end = expires.unwrap_or(Expiry::Days(LIFETIME_DAYS)).instant(now).ok_or_else(|| {
        Problem::new("the certificate would end in the past").with_hint("give a later date")
    })?;
    let made = vakt_server::new_client_certificate(&application.display_name, now, days(now, end))?;
    private_file::create(path, made.key_and_certificate.expose_secret().as_bytes())?;
    Ok(made.certificate.into_bytes())
}

/// Whole days, one begun counting as one: certificates end with a day.
fn days(now: Timestamp, end: Timestamp) -> i64 {
    let hours = end.duration_since(now).as_hours();
    let begun = SignedDuration::from_hours(hours) < end.duration_since(now);
    (hours + i64::from(begun) + HOURS_PER_DAY - 1) / HOURS_PER_DAY
}

async fn list(graph: Graph<'_>, app: &str, printer: Printer) -> anyhow::Result<()> {
    let application = find_application(graph, app).await?;
    let now = clock::now();
    if printer.is_json() {
        let all = application.key_credentials.iter().map(to_json);
        return printer.json(&all.collect::<Vec<_>>());
    }
    if application.key_credentials.is_empty() {
        printer.note("it has no certificates: `vakt app certificate add` registers one");
    }
    let rows = application.key_credentials.into_iter().map(|certificate| {
        let state = state_of(&certificate, now).to_owned();
        let thumbprint = thumbprint(&certificate).unwrap_or_default();
        let expires = certificate
            .end_date_time
            .map(|end| format!("{} ({})", to_second(end), from_now(end, now)))
            .unwrap_or_default();
        let key_id = certificate.key_id.unwrap_or_default();
        [key_id, certificate.display_name.unwrap_or_default(), thumbprint, expires, state]
    });
    printer.table(["KEY ID", "DESCRIPTION", "THUMBPRINT", "EXPIRES", "STATE"], rows)?;
    Ok(())
}

fn state_of(certificate: &KeyCredential, now: Timestamp) -> &'static str {
    if certificate.end_date_time.is_some_and(|end| end <= now) {
        "expired"
    } else if certificate.start_date_time.is_some_and(|start| start > now) {
        "not yet valid"
    } else {
        "valid"
    }
}

fn to_json(certificate: &KeyCredential) -> Value {
    json!({
        "keyId": certificate.key_id,
        "displayName": certificate.display_name,
        "thumbprint": thumbprint(certificate),
        "startDateTime": certificate.start_date_time,
        "endDateTime": certificate.end_date_time,
    })
}

async fn remove(
    graph: Graph<'_>,
    args: &CertificateRemoveArgs,
    printer: Printer,
) -> anyhow::Result<()> {
    let application = find_application(graph, &args.app).await?;
    let removed = remove_certificate(graph, &application, &args.key).await?;
    let key_id = removed.key_id.unwrap_or_default();
    printer.note(&format!("the certificate {key_id} is removed: it gets no more tokens"));
    if printer.is_json() {
        printer.json(&json!({ "appId": application.app_id, "keyId": key_id }))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begun_is_a_day() {
        let now: Timestamp = "2026-01-01T10:00:00Z".parse().unwrap();
        for (end, expected) in [
            ("2026-01-01T10:00:01Z", 1),
            ("2026-01-02T10:00:00Z", 1),
            ("2026-01-02T10:00:00.001Z", 2),
            ("2027-01-01T10:00:00Z", 365),
        ] {
            assert_eq!(days(now, end.parse().unwrap()), expected, "until {end}");
        }
    }
}
