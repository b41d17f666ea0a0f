//! What is wrong in a form that was sent, field by field.

use http::StatusCode;
use vakt_identity::{ApplicationFault, IdentityError, NAME_LENGTH_MAX_CHARS, StoreError};

use crate::pages::Stop;

/// What is wrong, in the order in which it was found.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<(&'static str, String)>);

impl Problems {
    /// Nothing is wrong, so far.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// One thing is wrong. The empty name stands for the form as a whole.
    pub(crate) fn one(field: &'static str, text: impl Into<String>) -> Self {
        Self(vec![(field, text.into())])
    }

    /// Something is wrong with a field.
    pub(crate) fn add(&mut self, field: &'static str, text: impl Into<String>) {
        self.0.push((field, text.into()));
    }

    /// Is nothing wrong?
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of it.
    pub(crate) fn list(&self) -> &[(&'static str, String)] {
        &self.0
    }

    /// What is wrong with one field.
    pub(crate) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str())
    }

    /// What a registration lacks, told beside `field`.
    pub(crate) fn fault(field: &'static str, fault: &ApplicationFault) -> Self {
        Self::one(
            field,
            match fault {
                ApplicationFault::NoName => "Give it a name.".into(),
                ApplicationFault::LongName => {
                    format!("The name is longer than {NAME_LENGTH_MAX_CHARS} characters.")
                }
                other => sentence(&other.to_string()),
            },
        )
    }

    /// The status of the form's page: 400 when something is wrong.
    pub(crate) fn status(&self) -> StatusCode {
        if self.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST }
    }

    /// What a service refused, told beside `field`; what is nobody's mistake stops the page.
    pub(crate) fn refused(field: &'static str, error: IdentityError) -> Result<Self, Stop> {
        match error {
            IdentityError::Application(fault) => Ok(Self::fault(field, &fault)),
            IdentityError::Invalid(_)
            | IdentityError::NotFound { .. }
            | IdentityError::AlreadyGranted
            | IdentityError::Store(StoreError::Conflict(_)) => {
                Ok(Self::one(field, sentence(&error.to_string())))
            }
            IdentityError::Refused(_)
            | IdentityError::Store(StoreError::Failed(_) | StoreError::Corrupt { .. })
            | IdentityError::Signing(_) => Err(error.into()),
        }
    }
}

/// A sentence for people out of one for logs.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_and_end_as_people_write_them() {
        for (text, expected) in
            [("a name is missing", "A name is missing."), ("Done.", "Done."), ("", ".")]
        {
            assert_eq!(sentence(text), expected);
        }
    }

    #[test]
    fn each_field_knows_its_own_problem() {
        let mut problems = Problems::none();
        problems.add("name", "Give it a name.");
        problems.add("uri", "Begin with https.");
        assert_eq!(problems.of("uri"), Some("Begin with https."));
        assert_eq!((problems.of("x"), problems.list().len()), (None, 2));
    }
}
