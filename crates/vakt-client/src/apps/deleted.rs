//! Finding a deleted application, and bringing it back.

use vakt_wire::graph::Application;

use crate::error::{ClientError, ErrorKind};
use crate::graph::Graph;

/// Most deleted applications that are looked through.
const DELETED_MAX: usize = 10_000;

/// Restores the deleted application with this client id, object id or exact name. Of several of
/// one name none is restored: the error lists them.
pub async fn restore_application(
    graph: Graph<'_>,
    reference: &str,
) -> Result<Application, ClientError> {
    let all = graph.deleted_applications().collect(DELETED_MAX).await?;
    let is_it = |application: &Application| {
        application.app_id.eq_ignore_ascii_case(reference)
            || application.id.eq_ignore_ascii_case(reference)
            || application.display_name == reference
    };
    let mut found: Vec<Application> = all.into_iter().filter(is_it).collect();
    match (found.pop(), found.is_empty()) {
        (Some(application), true) => {
            graph.restore(&application.id).await?;
            Ok(application)
        }
        (Some(last), false) => {
            found.push(last);
            let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
            let text =
                format!("several deleted applications are named `{reference}`: {}", ids.join(", "));
            let hint = "name it by one of these object ids";
            Err(ClientError::new(ErrorKind::Ambiguous, text).with_hint(hint))
        }
        (None, _) => {
            let text = format!("no deleted application has the id or the name `{reference}`");
            let hint = "`vakt app list --deleted` shows what can be restored, for 30 days";
            Err(ClientError::new(ErrorKind::NotFound, text).with_hint(hint))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{answer, client};

    #[tokio::test]
    async fn a_name_restores_one_application_or_none() {
        let list = r#"{"value":[{"id":"o1","appId":"a1","displayName":"siem"},{"id":"o2","appId":"a2","displayName":"siem"},{"id":"o3","appId":"a3","displayName":"one"}]}"#;
        for (reference, expected) in [
            ("one", Ok("o3")),
            ("A2", Ok("o2")),
            ("o1", Ok("o1")),
            ("siem", Err("several deleted applications are named `siem`: o1, o2")),
            ("sime", Err("no deleted application has the id or the name `sime`")),
        ] {
            let (client, script) = client(vec![answer(200, list), answer(200, "{}")]);
            match (restore_application(client.graph(), reference).await, expected) {
                (Ok(restored), Ok(id)) => {
                    assert_eq!(restored.id, id);
                    let line = format!("POST /v1.0/directory/deletedItems/{id}/restore {{}}");
                    assert_eq!(script.lines()[1], line);
                }
                (Err(error), Err(text)) => assert_eq!(error.to_string(), text),
                (outcome, expected) => panic!("{reference}: {outcome:?}, not {expected:?}"),
            }
        }
    }
}
