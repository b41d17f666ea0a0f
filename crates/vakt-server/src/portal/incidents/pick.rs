//! Words of closed vocabularies as people read and choose them.

use vakt_incidents::{AlertStatus, Classification, Determination, Severity, Status};

/// A field in which one word of several is chosen.
pub(super) struct Pick(pub Vec<Choice>);

/// One of them.
pub(super) struct Choice {
    pub value: &'static str,
    pub label: String,
    pub is_chosen: bool,
}

impl Pick {
    /// The words `first`, then those of a vocabulary.
    pub(super) fn of(
        first: &[(&'static str, &str)],
        words: impl Iterator<Item = &'static str>,
        chosen: &str,
    ) -> Self {
        let first = first.iter().map(|(value, label)| (*value, (*label).to_owned()));
        let words = words.map(|word| (word, label(word)));
        let choice = |(value, label)| Choice { value, label, is_chosen: value == chosen };
        Self(first.chain(words).map(choice).collect())
    }
}

/// A word of the house for people: `in_progress` is "In progress".
pub(super) fn label(word: &str) -> String {
    let mut chars = word.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", chars.as_str().replace('_', " "))
}

/// The states that a person may give an incident.
pub(super) fn statuses() -> impl Iterator<Item = &'static str> {
    let words = Status::ALL.iter().filter(|word| **word != Status::Redirected);
    words.map(|word| word.as_str())
}

/// The states of alerts.
pub(super) fn alert_statuses() -> impl Iterator<Item = &'static str> {
    AlertStatus::ALL.iter().map(|word| word.as_str())
}

/// Severities, the worst first.
pub(super) fn severities() -> impl Iterator<Item = &'static str> {
    Severity::ALL.iter().rev().map(|word| word.as_str())
}

/// Classifications.
pub(super) fn classifications() -> impl Iterator<Item = &'static str> {
    Classification::ALL.iter().map(|word| word.as_str())
}

/// Determinations.
pub(super) fn determinations() -> impl Iterator<Item = &'static str> {
    Determination::ALL.iter().map(|word| word.as_str())
}

/// The mark's class of a severity.
pub(super) const fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "mark severe",
        Severity::Medium => "mark bad",
        Severity::Low | Severity::Informational | Severity::Unspecified => "mark",
    }
}

/// The mark's class of a state, by its word.
pub(super) fn status_class(word: &str) -> &'static str {
    match word {
        "resolved" => "mark good",
        "active" | "new" | "awaiting_action" => "mark bad",
        _ => "mark",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_people_write_them() {
        for (word, expected) in
            [("in_progress", "In progress"), ("high", "High"), ("", ""), ("ärger", "Ärger")]
        {
            assert_eq!(label(word), expected);
        }
    }
}
