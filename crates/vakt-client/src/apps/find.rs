//! Finding an application by whatever name people have for it.

use vakt_ids::AppId;
use vakt_wire::graph::Application;

use crate::error::{ClientError, ErrorKind};
use crate::graph::{ApplicationQuery, Graph};

/// Most applications that are named in an error.
const CANDIDATES_MAX: usize = 10;

/// The application with this client id, object id or exact name. A name that several have is an
/// error that lists them.
pub async fn find_application(
    graph: Graph<'_>,
    reference: &str,
) -> Result<Application, ClientError> {
    if reference.parse::<AppId>().is_ok() {
        let query = ApplicationQuery::AppId(reference.to_owned());
        if let Some(application) = graph.applications(&query).collect(1).await?.pop() {
            return Ok(application);
        }
        return graph.application(reference).await?.ok_or_else(|| not_found(reference));
    }
    let query = ApplicationQuery::NameIs(reference.to_owned());
    let mut named = graph.applications(&query).collect(CANDIDATES_MAX).await?;
    match named.len() {
        0 => Err(not_found(reference)),
        1 => named.pop().ok_or_else(|| not_found(reference)),
        _ => Err(ambiguous(reference, &named)),
    }
}

fn not_found(reference: &str) -> ClientError {
    let text = format!("no application has the id or the name `{reference}`");
    ClientError::new(ErrorKind::NotFound, text)
        .with_hint("`vakt app list` shows the applications; names must be spelled exactly")
}

fn ambiguous(reference: &str, named: &[Application]) -> ClientError {
    let ids: Vec<&str> = named.iter().map(|application| application.app_id.as_str()).collect();
    let text = format!("several applications are named `{reference}`: {}", ids.join(", "));
    ClientError::new(ErrorKind::Ambiguous, text).with_hint("name it by one of these ids")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{answer, client};

    const ID: &str = "11111111-1111-1111-1111-111111111111";

    #[tokio::test]
    async fn names_and_ids_find_one_application_or_say_why_not() {
        let one = r#"{"value":[{"id":"o","appId":"a"}]}"#;
        let two = r#"{"value":[{"id":"o","appId":"a"},{"id":"p","appId":"b"}]}"#;
        let none = r#"{"value":[]}"#;
        let gone = r#"{"error":{"code":"Request_ResourceNotFound","message":"x"}}"#;
        for (reference, answers, expected) in [
            ("siem", vec![(200, one)], "a"),
            ("siem", vec![(200, two)], "several applications are named `siem`: a, b"),
            ("siem", vec![(200, none)], "no application has the id or the name `siem`"),
            (ID, vec![(200, one)], "a"),
            (ID, vec![(200, none), (200, r#"{"id":"o","appId":"c"}"#)], "c"),
            (
                ID,
                vec![(200, none), (404, gone)],
                "no application has the id or the name `11111111-1111-1111-1111-111111111111`",
            ),
        ] {
            let steps = answers.into_iter().map(|(status, body)| answer(status, body)).collect();
            let (client, _) = client(steps);
            let shown = match find_application(client.graph(), reference).await {
                Ok(application) => application.app_id,
                Err(error) => error.to_string(),
            };
            assert_eq!(shown, expected);
        }
    }
}
