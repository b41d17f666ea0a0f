//! Trying again: when the server asks for patience, and when the connection breaks under a
//! request that may be repeated.

use std::time::Duration;

use crate::error::{ClientError, ErrorKind};
use crate::transport::{Repeat, Request, Response, Transport};

/// Most times a request is sent.
const TRIES_MAX: u32 = 4;
/// Longest pause, whatever the server asks.
const PAUSE_MAX_SECONDS: u64 = 60;

/// Who waits when the server asks for patience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// We do, a few times.
    Here,
    /// The caller does, who gets each answer as it comes.
    ByCaller,
}

/// Sends a request, and again after 429 (always), 503, 504 and broken connections (if it may be
/// repeated). The last answer is returned, whatever it is.
pub(crate) async fn send_patiently(
    transport: &dyn Transport,
    request: &Request,
) -> Result<Response, ClientError> {
    let mut tries = 1;
    loop {
        let outcome = transport.send(request).await;
        if tries == TRIES_MAX || !deserves_retry(&outcome, request.repeat) {
            return outcome;
        }
        tokio::time::sleep(pause(&outcome, tries)).await;
        tries += 1;
    }
}

fn deserves_retry(outcome: &Result<Response, ClientError>, repeat: Repeat) -> bool {
    match outcome {
        Ok(response) if response.status == 429 => true,
        Ok(response) => matches!(response.status, 503 | 504) && repeat == Repeat::Safe,
        Err(error) => error.kind() == ErrorKind::Connection && repeat == Repeat::Safe,
    }
}

/// What the server asked for, or 1, 2, 4 seconds.
fn pause(outcome: &Result<Response, ClientError>, tries: u32) -> Duration {
    let asked = outcome.as_ref().ok().and_then(Response::retry_after_seconds);
    let seconds = asked.unwrap_or(1 << (tries - 1));
    Duration::from_secs(seconds.min(PAUSE_MAX_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Script, Step, get, post, response};

    #[tokio::test(start_paused = true)]
    async fn patience_has_rules_and_an_end() {
        let busy = || Step::Answer(response(429, "{}"));
        let away = || Step::Answer(response(503, "{}"));
        let good = || Step::Answer(response(200, "{}"));
        for (request, steps, sent, status) in [
            (get("/"), vec![busy(), away(), good()], 3, Some(200)),
            (get("/"), vec![Step::Broken, good()], 2, Some(200)),
            (post("/"), vec![busy(), good()], 2, Some(200)),
            (post("/"), vec![away()], 1, Some(503)),
            (post("/"), vec![Step::Broken], 1, None),
            (get("/"), vec![busy(), busy(), busy(), busy()], 4, Some(429)),
            (get("/"), vec![Step::Answer(response(500, ""))], 1, Some(500)),
        ] {
            let script = Script::new(steps);
            let outcome = send_patiently(&script, &request).await;
            assert_eq!(outcome.ok().map(|response| response.status), status);
            assert_eq!(script.sent().len(), sent);
        }
    }

    #[test]
    fn pauses_follow_the_server_within_reason() {
        for (asked, tries, seconds) in
            [(Some("7"), 1, 7), (Some("3600"), 1, 60), (Some("Fri"), 2, 2), (None, 3, 4)]
        {
            let mut response = response(429, "");
            if let Some(text) = asked {
                response.headers.insert("retry-after".into(), text.into());
            }
            assert_eq!(pause(&Ok(response), tries), Duration::from_secs(seconds));
        }
    }
}
