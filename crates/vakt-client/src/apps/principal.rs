//! An application's presence in the tenant: found by whatever name, switched off and on.

use vakt_ids::ObjectId;
use vakt_wire::graph::{ServicePrincipal, ServicePrincipalChanges};

use crate::error::{ClientError, ErrorKind};
use crate::graph::Graph;

/// Most service principals that are named in an error.
const CANDIDATES_MAX: usize = 10;

/// Does an application get tokens in this tenant?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// Yes.
    Enabled,
    /// No, whatever it proves.
    Disabled,
}

/// The service principal with this client id, object id or exact name: also of an application that
/// another tenant registered.
pub async fn find_principal(
    graph: Graph<'_>,
    reference: &str,
) -> Result<ServicePrincipal, ClientError> {
    if reference.parse::<ObjectId>().is_ok() {
        if let Some(principal) = graph.principal_of(reference).await? {
            return Ok(principal);
        }
        return match graph.principal(reference).await {
            Err(error) if error.kind() == ErrorKind::NotFound => Err(not_found(reference)),
            outcome => outcome,
        };
    }
    let mut named = graph.principals_named(reference).collect(CANDIDATES_MAX).await?;
    match (named.pop(), named.is_empty()) {
        (Some(principal), true) => Ok(principal),
        (Some(last), false) => {
            named.push(last);
            let ids: Vec<&str> = named.iter().map(|one| one.app_id.as_str()).collect();
            let text = format!("several applications are named `{reference}`: {}", ids.join(", "));
            let hint = "name it by one of these ids";
            Err(ClientError::new(ErrorKind::Ambiguous, text).with_hint(hint))
        }
        (None, _) => Err(not_found(reference)),
    }
}

/// Switches an application off or on in this tenant, and gives its service principal as it was.
pub async fn set_account_state(
    graph: Graph<'_>,
    reference: &str,
    state: AccountState,
) -> Result<ServicePrincipal, ClientError> {
    let principal = find_principal(graph, reference).await?;
    let changes = ServicePrincipalChanges {
        account_enabled: Some(state == AccountState::Enabled),
        ..ServicePrincipalChanges::default()
    };
    graph.update_principal(&principal.id, &changes).await?;
    Ok(principal)
}

fn not_found(reference: &str) -> ClientError {
    let text = format!("no application of this tenant has the id or the name `{reference}`");
    ClientError::new(ErrorKind::NotFound, text).with_hint(
        "names must be spelled exactly; an application without a service principal gets one with \
         `vakt app consent`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{answer, client};

    const ID: &str = "11111111-1111-1111-1111-111111111111";
    const ONE: &str = r#"{"value":[{"id":"sp","appId":"app"}]}"#;
    const NONE: &str = r#"{"value":[]}"#;
    const GONE: &str = r#"{"error":{"code":"Request_ResourceNotFound","message":"gone"}}"#;

    #[tokio::test]
    async fn applications_are_switched_by_any_name() {
        let two = r#"{"value":[{"id":"1","appId":"a"},{"id":"2","appId":"b"}]}"#;
        let by_object = r#"{"id":"sp","appId":"app"}"#;
        for (reference, answers, expected) in [
            (ID, vec![(200, ONE), (204, "")], None),
            (ID, vec![(200, NONE), (200, by_object), (204, "")], None),
            ("siem", vec![(200, ONE), (204, "")], None),
            ("siem", vec![(200, two)], Some("several applications are named `siem`: a, b")),
            (
                "siem",
                vec![(200, NONE)],
                Some("no application of this tenant has the id or the name `siem`"),
            ),
            (
                ID,
                vec![(200, NONE), (404, GONE)],
                Some(
                    "no application of this tenant has the id or the name `11111111-1111-1111-1111-111111111111`",
                ),
            ),
        ] {
            let steps = answers.into_iter().map(|(status, body)| answer(status, body)).collect();
            let (client, script) = client(steps);
            let outcome =
                set_account_state(client.graph(), reference, AccountState::Disabled).await;
            match expected {
                None => {
                    assert_eq!(outcome.unwrap().app_id, "app");
                    let last = r#"PATCH /v1.0/servicePrincipals/sp {"accountEnabled":false}"#;
                    assert_eq!(script.lines().last().unwrap(), last);
                }
                Some(text) => assert_eq!(outcome.unwrap_err().to_string(), text),
            }
        }
    }
}
