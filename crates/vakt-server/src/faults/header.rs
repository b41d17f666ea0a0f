//! A fault that a request asks for itself: `x-vakt-fault: 429; retry-after=2; delay=500`, or
//! `x-vakt-fault: slow; delay=500`. Only a server that runs with `--faults` looks at it.

use axum::response::Response;
use http::StatusCode;
use http::request::Parts;

use super::effect::Effect;
use crate::app::App;
use crate::problem::Problem;

/// The header field; on an answer it says that the fault was asked for.
pub(super) const NAME: &str = "x-vakt-fault";

/// Does what the header asks, in front of the door: a fault needs no token. `None` lets the request
/// go on.
pub(crate) async fn by_header(app: &App, head: &Parts) -> Option<Response> {
    let asked = head.headers.get(NAME)?;
    let path = head.uri.path();
    match asked.to_str().map_err(|_| "it is not text".to_owned()).and_then(read) {
        Ok(effect) => effect.happen(app, path, &head.headers).await,
        Err(reason) => {
            let message = format!(
                "The header `{NAME}` cannot be read: {reason}. Write a status or `slow`, then \
                 `; retry-after=SECONDS` or `; delay=MILLISECONDS`."
            );
            let problem = Problem::new(StatusCode::BAD_REQUEST, "BadRequest", message);
            Some(problem.answer(app, path, &head.headers))
        }
    }
}

fn read(text: &str) -> Result<Effect, String> {
    let mut parts = text.split(';').map(str::trim);
    let status = match parts.next().unwrap_or_default() {
        "slow" => None,
        status => Some(number(status)?),
    };
    let (mut delay, mut retry_after) = (None, None);
    for part in parts.filter(|part| !part.is_empty()) {
        match part.split_once('=') {
            Some(("delay", value)) => delay = Some(number(value)?),
            Some(("retry-after", value)) => retry_after = Some(number(value)?),
            _ => return Err(format!("`{part}` is unknown")),
        }
    }
    Effect::new(status, delay, retry_after)
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.trim().parse().map_err(|_| format!("`{text}` is not a number here"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_or_say_what_is_wrong() {
        for (text, expected) in [
            ("429", Ok((Some(429), None, Some(1)))),
            ("429; retry-after=2", Ok((Some(429), None, Some(2)))),
            ("503;retry-after=0;delay=5", Ok((Some(503), Some(5), Some(0)))),
            ("slow; delay=20000", Ok((None, Some(20_000), None))),
            ("500", Ok((Some(500), None, None))),
            ("slow", Err("a fault has a status, a delay, or both")),
            ("slow; delay=20001", Err("a delay has at most 20000 milliseconds")),
            ("418", Err("the status of a fault is one of 401, 403, 404, 429, 500, 503")),
            ("500; retry-after=1", Err("only 429 and 503 have a `Retry-After`")),
            ("429; retry-after=-1", Err("`-1` is not a number here")),
            ("429; often", Err("`often` is unknown")),
            ("", Err("`` is not a number here")),
        ] {
            let told = read(text).map(|effect| {
                (effect.status(), effect.delay_milliseconds(), effect.retry_after_seconds())
            });
            assert_eq!(told, expected.map_err(str::to_owned), "for {text}");
        }
    }
}
