//! What can be wrong with query options.

/// A problem of a query option, in words that end with what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ODataProblem {
    /// The filter's text does not parse.
    #[error("$filter, character {position}: {message}")]
    Filter {
        /// Counted from 1.
        position: usize,
        /// What was found and expected.
        message: String,
    },
    /// The search's text does not parse.
    #[error("$search, character {position}: {message}")]
    Search {
        /// Counted from 1.
        position: usize,
        /// What was found and expected.
        message: String,
    },
    /// An option's value is unusable.
    #[error("{option}: `{value}` is not {expected}")]
    Option {
        /// `$top` …
        option: &'static str,
        /// What was given, cut to 64 characters.
        value: String,
        /// What was wanted.
        expected: &'static str,
    },
    /// An option was given twice.
    #[error("{option} is given more than once")]
    Repeated {
        /// `$top` …
        option: &'static str,
    },
}

impl ODataProblem {
    pub(crate) fn option(option: &'static str, value: &str, expected: &'static str) -> Self {
        Self::Option { option, value: value.chars().take(64).collect(), expected }
    }
}
