//! Problems in the words of Graph's security API.

use http::StatusCode;
use vakt_incidents::ChangeError;

use crate::problem::Problem;

/// The request is wrong.
pub(super) fn bad_request(message: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "BadRequest", message)
}

/// What was named is not there.
pub(super) fn not_found(name: &str) -> Problem {
    let name: String = name.chars().take(256).collect();
    let message = format!(
        "Resource '{name}' does not exist or one of its queried reference-property objects are not \
         present."
    );
    Problem::new(StatusCode::NOT_FOUND, "Request_ResourceNotFound", message)
}

/// The place up to which changes are known is none of ours: after a restore from a backup, say.
pub(super) fn place_is_gone() -> Problem {
    Problem::new(
        StatusCode::GONE,
        "syncStateNotFound",
        "$deltatoken: the server does not know that many changes, perhaps because it was restored \
         from a backup; start again without the token",
    )
}

/// A problem that was found by what all dialects share, under the code that this one has for it.
pub(super) fn in_graphs_words(problem: Problem) -> Problem {
    match problem.status {
        StatusCode::BAD_REQUEST => Problem { code: "BadRequest", ..problem },
        _ => problem,
    }
}

/// Why a change was not made.
pub(super) fn of_change(error: ChangeError) -> Problem {
    match error {
        ChangeError::Unlawful(unlawful) => bad_request(unlawful.to_string()),
        ChangeError::Store(error) => error.into(),
    }
}
