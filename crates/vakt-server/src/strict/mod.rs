//! Strict mode: Microsoft's ceilings and gaps, for those who test what their code makes of them.
//! Lenient is the default: what clients send is understood as far as it can be.
//!
//! What is a matter of the query alone is a row of [`rules`], checked before the handler runs.
//! What a handler must decide itself, it asks of `app.strict`.

mod rules;

pub(crate) use rules::{LISTS, QueryRule};

/// How Microsoft's limits are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strictness {
    /// More is understood than is documented, and too much is cut to what there can be.
    #[default]
    Lenient,
    /// What Microsoft would refuse is refused, in its words.
    Strict,
}

impl Strictness {
    /// Is it [`Strictness::Strict`]?
    pub fn is_strict(self) -> bool {
        self == Self::Strict
    }
}
