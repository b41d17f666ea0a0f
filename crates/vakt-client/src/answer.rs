//! Answers into values, error bodies into [`ClientError`]s.

use serde::de::DeserializeOwned;
use vakt_wire::defender::ApiError;
use vakt_wire::entra::EntraError;
use vakt_wire::graph::GraphError;

use crate::error::{ClientError, ErrorKind};
use crate::hint;
use crate::transport::Response;

/// Longest piece of a server's text that is repeated, in characters.
const ECHO_LENGTH_MAX_CHARS: usize = 2000;

/// The body of a 2xx answer.
pub(crate) fn read<T: DeserializeOwned>(response: &Response) -> Result<T, ClientError> {
    check(response)?;
    serde_json::from_slice(&response.body).map_err(|error| {
        let text = format!("the answer of {} does not have the expected shape", response.url);
        ClientError::new(ErrorKind::UnexpectedAnswer, text)
            .with_status(response.status)
            .with_hint("check that the address is that of a Vakt server or of Microsoft's cloud")
            .with_source(error)
    })
}

/// Fails unless the status is 2xx.
pub(crate) fn check(response: &Response) -> Result<(), ClientError> {
    if (200..300).contains(&response.status) { Ok(()) } else { Err(api_refusal(response)) }
}

fn api_refusal(response: &Response) -> ClientError {
    let kind = kind_of_status(response.status);
    let error = match serde_json::from_slice::<GraphError>(&response.body) {
        Ok(GraphError { error }) => {
            let text = format!("{}: {}", error.code, cut(&error.message));
            let id = error.inner_error.map(|inner| inner.request_id);
            let id = id.or_else(|| target(&response.body));
            ClientError::new(kind, text).with_code(error.code).with_correlation_id(id)
        }
        Err(_) => ClientError::new(kind, status_text(response)),
    };
    let error = error.with_status(response.status).with_retry_after(response.retry_after_seconds());
    match hint::for_kind(kind) {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

/// Where the classic APIs put their id; the rest of their error body is as Graph's.
fn target(body: &[u8]) -> Option<String> {
    serde_json::from_slice::<ApiError>(body).ok().map(|body| body.error.target)
}

/// The refusal of a token endpoint.
pub(crate) fn token_refusal(response: &Response) -> ClientError {
    let Ok(body) = serde_json::from_slice::<EntraError>(&response.body) else {
        return ClientError::new(kind_of_status(response.status), status_text(response))
            .with_status(response.status)
            .with_retry_after(response.retry_after_seconds())
            .with_hint("check the server's address: this is not a token endpoint's answer");
    };
    let number = body.error_codes.first().copied().or_else(|| number_in(&body.error_description));
    let kind = match response.status {
        429 => ErrorKind::Throttled,
        500.. => ErrorKind::Server,
        _ => ErrorKind::TokenRefused,
    };
    ClientError::new(kind, without_trailer(&body.error_description))
        .with_status(response.status)
        .with_retry_after(response.retry_after_seconds())
        .with_code(body.error)
        .with_aadsts(number)
        .with_correlation_id(Some(body.correlation_id))
        .with_hint(number.map_or("see the server's log", hint::for_aadsts))
}

fn kind_of_status(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden,
        404 => ErrorKind::NotFound,
        429 => ErrorKind::Throttled,
        400..=499 => ErrorKind::Refused,
        500..=599 => ErrorKind::Server,
        _ => ErrorKind::UnexpectedAnswer,
    }
}

fn status_text(response: &Response) -> String {
    format!("{} answered with HTTP status {}", response.url, response.status)
}

/// `7000215` of `AADSTS7000215: …`.
fn number_in(description: &str) -> Option<u32> {
    let digits = description.strip_prefix("AADSTS")?.split(':').next()?;
    digits.parse().ok()
}

/// The description without trace id, correlation id and time, whatever separates them.
fn without_trailer(description: &str) -> String {
    let end = description.find("Trace ID:").unwrap_or(description.len());
    cut(description.get(..end).unwrap_or(description).trim())
}

fn cut(text: &str) -> String {
    text.chars().take(ECHO_LENGTH_MAX_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::response;

    #[test]
    fn token_refusals_carry_number_id_and_hint() {
        let body = r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Trace ID: a Correlation ID: b Timestamp: c","error_codes":[7000215],"correlation_id":"b"}"#;
        let error = token_refusal(&response(401, body));
        assert_eq!(error.to_string(), "AADSTS7000215: Invalid client secret provided.");
        assert_eq!(error.kind(), ErrorKind::TokenRefused);
        assert_eq!((error.code(), error.aadsts()), (Some("invalid_client"), Some(7_000_215)));
        assert_eq!(error.correlation_id(), Some("b"));
        assert!(error.hint().unwrap().contains("value, not its id"));
    }

    #[test]
    fn api_refusals_are_told_apart() {
        for (status, body, kind, text, id) in [
            (
                403,
                r#"{"error":{"code":"Forbidden","message":"Missing application roles.","target":"t"}}"#,
                ErrorKind::Forbidden,
                "Forbidden: Missing application roles.",
                Some("t"),
            ),
            (
                404,
                r#"{"error":{"code":"Request_ResourceNotFound","message":"gone","innerError":{"request-id":"r"}}}"#,
                ErrorKind::NotFound,
                "Request_ResourceNotFound: gone",
                Some("r"),
            ),
            (
                502,
                "<html>",
                ErrorKind::Server,
                "https://vakt.example/ answered with HTTP status 502",
                None,
            ),
            (
                302,
                "",
                ErrorKind::UnexpectedAnswer,
                "https://vakt.example/ answered with HTTP status 302",
                None,
            ),
        ] {
            let error = check(&response(status, body)).unwrap_err();
            assert_eq!((error.kind(), error.to_string().as_str()), (kind, text));
            assert_eq!(error.correlation_id(), id);
            assert_eq!(error.status(), Some(status));
        }
    }
}
