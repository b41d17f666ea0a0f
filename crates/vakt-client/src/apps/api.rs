//! Finding an API by typing its name, and a role of it.

use vakt_ids::AppId;
use vakt_wire::graph::{AppRole, ServicePrincipal};

use super::similar::{did_you_mean, similar_names};
use crate::error::{ClientError, ErrorKind};
use crate::graph::Graph;

/// Most service principals that are looked through for a similar name.
const PRINCIPALS_MAX: usize = 1000;
/// Most that one beginning may fit.
const CANDIDATES_MAX: usize = 20;

/// The API with this client id, exact name, or beginning of a name if only one fits.
pub async fn find_api(graph: Graph<'_>, name: &str) -> Result<ServicePrincipal, ClientError> {
    if name.parse::<AppId>().is_ok() {
        return graph.principal_of(name).await?.ok_or_else(|| unknown_api(name, &[]));
    }
    let mut named = graph.principals_named(name).collect(CANDIDATES_MAX).await?;
    if named.is_empty() {
        named = graph.principals_starting(name).collect(CANDIDATES_MAX).await?;
        // Applications without roles are no APIs, and only noise here.
        named.retain(|principal| !principal.app_roles.is_empty());
    }
    match (named.pop(), named.is_empty()) {
        (Some(principal), true) => Ok(principal),
        (Some(last), false) => {
            named.push(last);
            Err(ambiguous(name, &named))
        }
        (None, _) => {
            let all = graph.principals().collect(PRINCIPALS_MAX).await?;
            Err(unknown_api(name, &all))
        }
    }
}

/// The role of an API with this value, such as `Incident.Read.All`, in any case, or with this id.
pub fn find_role<'a>(api: &'a ServicePrincipal, role: &str) -> Result<&'a AppRole, ClientError> {
    let has_value = |candidate: &&AppRole| {
        candidate.value.as_deref().is_some_and(|value| value.eq_ignore_ascii_case(role))
            || candidate.id.eq_ignore_ascii_case(role)
    };
    api.app_roles.iter().filter(|role| role.is_enabled).find(has_value).ok_or_else(|| {
        let values = api.app_roles.iter().filter_map(|role| role.value.as_deref());
        let text = format!("`{}` offers no role `{role}`", api.display_name);
        let hint = did_you_mean(&similar_names(role, values.clone())).unwrap_or_else(|| {
            let values: Vec<&str> = values.collect();
            format!("it offers: {}", values.join(", "))
        });
        ClientError::new(ErrorKind::NotFound, text).with_hint(hint)
    })
}

fn unknown_api(name: &str, all: &[ServicePrincipal]) -> ClientError {
    let apis = all.iter().filter(|principal| !principal.app_roles.is_empty());
    let names = apis.map(|principal| principal.display_name.as_str());
    let hint = did_you_mean(&similar_names(name, names)).unwrap_or_else(|| {
        "type an API's name, such as `Microsoft Threat Protection`, or its application id".into()
    });
    ClientError::new(ErrorKind::NotFound, format!("no API is named `{name}`")).with_hint(hint)
}

fn ambiguous(name: &str, named: &[ServicePrincipal]) -> ClientError {
    let candidates: Vec<String> = named
        .iter()
        .map(|principal| format!("{} ({})", principal.display_name, principal.app_id))
        .collect();
    let text = format!("`{name}` fits several APIs: {}", candidates.join(", "));
    ClientError::new(ErrorKind::Ambiguous, text).with_hint("type the whole name, or the id")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{answer, client};

    fn principal(name: &str) -> String {
        format!(
            r#"{{"id":"o-{name}","appId":"a-{name}","displayName":"{name}","appRoles":[{{"id":"r","value":"Incident.Read.All","isEnabled":true}}]}}"#
        )
    }

    #[tokio::test]
    async fn apis_are_found_by_typing() {
        let list = |names: &[&str]| {
            let items: Vec<String> = names.iter().map(|name| principal(name)).collect();
            format!(r#"{{"value":[{}]}}"#, items.join(","))
        };
        let threat = "Microsoft Threat Protection";
        for (typed, answers, expected) in [
            (threat, vec![list(&[threat])], threat.to_owned()),
            ("Microsoft T", vec![list(&[]), list(&[threat])], threat.to_owned()),
            (
                "Micro",
                vec![list(&[]), list(&["Microsoft Graph", threat])],
                format!(
                    "`Micro` fits several APIs: Microsoft Graph (a-Microsoft Graph), {threat} (a-{threat})"
                ),
            ),
            (
                "Microsft Threat Protection",
                vec![list(&[]), list(&[]), list(&["Microsoft Graph", threat])],
                format!("no API is named `Microsft Threat Protection` / did you mean `{threat}`?"),
            ),
        ] {
            let (client, _) = client(answers.iter().map(|body| answer(200, body)).collect());
            let shown = match find_api(client.graph(), typed).await {
                Ok(api) => api.display_name,
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    format!("{error} / {}", error.hint().unwrap())
                }
                Err(error) => error.to_string(),
            };
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn roles_are_found_in_any_case() {
        let api: ServicePrincipal = serde_json::from_str(&principal("API")).unwrap();
        assert_eq!(find_role(&api, "incident.read.all").unwrap().id, "r");
        let error = find_role(&api, "Incidents.Read.All").unwrap_err();
        assert_eq!(error.to_string(), "`API` offers no role `Incidents.Read.All`");
        assert_eq!(error.hint(), Some("did you mean `Incident.Read.All`?"));
        let error = find_role(&api, "Mail.Send").unwrap_err();
        assert_eq!(error.hint(), Some("it offers: Incident.Read.All"));
    }
}
