//! What an alert is about, one kind at a time: `/api/alerts/{id}/files`, `ips`, `domains`, `user`.

use axum::response::Response;
use http::StatusCode;
use url::Url;
use vakt_incidents::{Entity, EntityKind, FileFacts};
use vakt_wire::defender::{MdeAccount, MdeDomain, MdeFile, MdeIp, MdeList};

use super::alerts::find;
use super::to_wire::account;
use crate::defender::errors::not_found;
use crate::operator::{Call, Refused};
use crate::problem::json;

/// `GET /api/alerts/{id}/files`
pub(crate) async fn files_of_alert(call: Call) -> Result<Response, Refused> {
    let placed = find(&call).await?;
    let has_hash = |file: &&FileFacts| file.sha1.is_some() || file.sha256.is_some();
    let mut files: Vec<&FileFacts> = Vec::new();
    for file in placed.alert.entities.iter().map(|entity| &entity.file).filter(has_hash) {
        let known = |one: &&FileFacts| (&one.sha1, &one.sha256) == (&file.sha1, &file.sha256);
        if !files.iter().any(known) {
            files.push(file);
        }
    }
    let file = |file: &FileFacts| MdeFile {
        sha1: file.sha1.clone(),
        sha256: file.sha256.clone(),
        md5: file.md5.clone(),
        size: file.length_bytes,
        file_publisher: file.publisher.clone(),
        signer: file.signer.clone(),
        issuer: file.issuer.clone(),
    };
    Ok(list(&call, "Files", files.into_iter().map(file).collect()))
}

/// `GET /api/alerts/{id}/ips`
pub(crate) async fn ips_of_alert(call: Call) -> Result<Response, Refused> {
    let placed = find(&call).await?;
    let of_entities = placed.alert.entities.iter().filter_map(|one| one.ip_address.clone());
    Ok(list(&call, "Ips", once(of_entities).into_iter().map(|id| MdeIp { id }).collect()))
}

/// `GET /api/alerts/{id}/domains`: the hosts of its URLs.
pub(crate) async fn domains_of_alert(call: Call) -> Result<Response, Refused> {
    let placed = find(&call).await?;
    let is_url = |entity: &&Entity| entity.kind == EntityKind::Url;
    let urls = placed.alert.entities.iter().filter(is_url).filter_map(|one| one.url.as_deref());
    let hosts = once(urls.filter_map(host)).into_iter().map(|host| MdeDomain { host });
    Ok(list(&call, "Domains", hosts.collect()))
}

/// The host of an address, which may lack its scheme.
fn host(address: &str) -> Option<String> {
    let address = address.trim();
    let whole = Url::parse(address).ok().filter(Url::has_host);
    let url = whole.or_else(|| Url::parse(&format!("https://{address}")).ok())?;
    url.host_str().map(str::to_owned)
}

/// `GET /api/alerts/{id}/user`
pub(crate) async fn user_of_alert(call: Call) -> Result<Response, Refused> {
    let placed = find(&call).await?;
    let missing = || not_found(&format!("user of alert {}", placed.alert.id));
    let account = &account(&placed.alert).ok_or_else(missing)?.account;
    let user = MdeAccount {
        context: Some(format!("{}/api/$metadata#Users/$entity", call.base())),
        id: account.name.clone().unwrap_or_default(),
        account_name: account.name.clone(),
        account_domain: account.domain.clone(),
        account_sid: account.sid.clone(),
        aad_user_id: account.directory_id.clone(),
        user_principal_name: account.principal_name.clone(),
    };
    Ok(json(StatusCode::OK, &user))
}

/// Each text once, in the order of the first.
fn once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

fn list<T: serde::Serialize>(call: &Call, set: &str, value: Vec<T>) -> Response {
    let context = Some(format!("{}/api/$metadata#{set}", call.base()));
    json(StatusCode::OK, &MdeList { context, count: None, value, next_link: None })
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn the_host_of_an_address_is_found_with_and_without_a_scheme() {
        for (address, expected) in [
            ("https://evil.example/a?b", Some("evil.example")),
            ("evil.example/a", Some("evil.example")),
            ("hxxp", Some("hxxp")),
            ("https://1.2.3.4/", Some("1.2.3.4")),
            ("", None),
        ] {
            assert_eq!(host(address).as_deref(), expected, "for {address}");
        }
    }
}
