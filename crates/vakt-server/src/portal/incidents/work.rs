//! The form of the work on an incident or an alert. What was not touched since the page was shown
//! is left alone, so that two people who change different fields do not undo each other's work.

use vakt_incidents::{
    Alert, AlertChange, AlertStatus, ChangeError, Classification, Determination, Incident,
    IncidentChange, NAME_LENGTH_MAX_CHARS, Severity, Status, TAGS_MAX, Unlawful,
};

use super::super::problems::{Problems, sentence};
use super::pick::{self, Pick};
use crate::pages::{Fields, Stop};
use crate::problem::Problem;

/// What the names of the fields begin with that say what the page showed.
const WAS: &str = "was_";

/// The fields, as they are shown.
pub(super) struct Work {
    pub status: Pick,
    pub severity: Option<Pick>,
    pub classification: Pick,
    pub determination: Pick,
    pub assigned_to: String,
    pub tags: Option<String>,
    /// What the page shows, by the fields' names.
    pub was: Vec<(&'static str, String)>,
}

/// Reads the fields of a form that was sent, and keeps what is wrong with them.
pub(super) struct FormReader<'a> {
    form: &'a Fields,
    pub problems: Problems,
}

impl Work {
    /// The fields of an incident; those of a form that was sent are kept.
    pub(super) fn of_incident(incident: &Incident, sent: Option<&Fields>) -> Self {
        let severity = incident.severity.as_str();
        let tags = incident.tags.join(", ");
        let shown =
            |name: &str, present: &str| sent.map_or(present, |form| form.text(name)).to_owned();
        let status = shown("status", incident.status.as_str());
        let words = (incident.classification.as_str(), incident.determination.as_str());
        let mut work = Self::with(words, incident.assigned_to.as_deref(), shown);
        work.status = Pick::of(&[], pick::statuses(), &status);
        work.severity = Some(Pick::of(&[], pick::severities(), &shown("severity", severity)));
        work.tags = Some(shown("tags", &tags));
        work.was.push(("status", incident.status.as_str().to_owned()));
        work.was.push(("severity", severity.to_owned()));
        work.was.push(("tags", tags));
        work
    }

    /// The fields of an alert; those of a form that was sent are kept.
    pub(super) fn of_alert(alert: &Alert, sent: Option<&Fields>) -> Self {
        let shown =
            |name: &str, present: &str| sent.map_or(present, |form| form.text(name)).to_owned();
        let words = (
            alert.classification.unwrap_or(Classification::Unknown).as_str(),
            alert.determination.unwrap_or(Determination::NotAvailable).as_str(),
        );
        let mut work = Self::with(words, alert.assigned_to.as_deref(), shown);
        let status = alert.status.as_str();
        work.status = Pick::of(&[], pick::alert_statuses(), &shown("status", status));
        work.was.push(("status", status.to_owned()));
        work
    }

    /// What both have.
    fn with(
        (classification, determination): (&str, &str),
        owner: Option<&str>,
        shown: impl Fn(&str, &str) -> String,
    ) -> Self {
        let owner = owner.unwrap_or_default();
        let chosen = shown("classification", classification);
        Self {
            status: Pick(Vec::new()),
            severity: None,
            classification: Pick::of(&[], pick::classifications(), &chosen),
            determination: Pick::of(
                &[],
                pick::determinations(),
                &shown("determination", determination),
            ),
            assigned_to: shown("assigned_to", owner),
            tags: None,
            was: vec![
                ("classification", classification.to_owned()),
                ("determination", determination.to_owned()),
                ("assigned_to", owner.to_owned()),
            ],
        }
    }
}

impl<'a> FormReader<'a> {
    pub(super) fn of(form: &'a Fields) -> Self {
        Self { form, problems: Problems::none() }
    }

    /// A field's text, if it is not what the page showed. Browsers take ends of lines out of a field
    /// of one line, and leave them in a hidden one.
    fn touched(&self, field: &str) -> Option<&'a str> {
        let (text, was) = (self.form.text(field), self.form.text(&format!("{WAS}{field}")));
        let in_one_line = |text: &'a str| text.chars().filter(|c| !matches!(c, '\r' | '\n'));
        (!in_one_line(text).eq(in_one_line(was))).then_some(text.trim())
    }

    /// A word of a vocabulary, if another one was chosen than the page showed.
    pub(super) fn word<T>(
        &mut self,
        field: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.touched(field)?;
        let word = read(text);
        if word.is_none() {
            self.problems.add(field, "Choose one of the list.");
        }
        word
    }

    fn owner(&mut self) -> Option<Option<String>> {
        let text = self.touched("assigned_to")?;
        if text.chars().count() > NAME_LENGTH_MAX_CHARS {
            let text = format!("This is longer than {NAME_LENGTH_MAX_CHARS} characters.");
            self.problems.add("assigned_to", text);
        }
        Some(Some(text.to_owned()).filter(|text| !text.is_empty()))
    }

    fn tags(&mut self) -> Option<Vec<String>> {
        let text = self.touched("tags")?;
        let mut tags: Vec<String> = Vec::new();
        for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
            if !tags.iter().any(|known| known == tag) {
                tags.push(tag.to_owned());
            }
        }
        if tags.len() > TAGS_MAX {
            self.problems.add("tags", format!("At most {TAGS_MAX} tags are kept."));
        }
        if tags.iter().any(|tag| tag.chars().count() > NAME_LENGTH_MAX_CHARS) {
            let text = format!("A tag is longer than {NAME_LENGTH_MAX_CHARS} characters.");
            self.problems.add("tags", text);
        }
        Some(tags)
    }
}

/// What a form changes of an incident.
pub(super) fn incident_change(form: &Fields) -> Result<IncidentChange, Problems> {
    let mut reader = FormReader::of(form);
    let change = IncidentChange {
        status: reader.word("status", Status::from_text),
        severity: reader.word("severity", Severity::from_text),
        classification: reader.word("classification", Classification::from_text),
        determination: reader.word("determination", Determination::from_text),
        assigned_to: reader.owner(),
        tags: reader.tags(),
        ..IncidentChange::default()
    };
    if reader.problems.is_empty() { Ok(change) } else { Err(reader.problems) }
}

/// What a form changes of an alert.
pub(super) fn alert_change(form: &Fields) -> Result<AlertChange, Problems> {
    let mut reader = FormReader::of(form);
    let change = AlertChange {
        status: reader.word("status", AlertStatus::from_text),
        classification: reader.word("classification", Classification::from_text),
        determination: reader.word("determination", Determination::from_text),
        assigned_to: reader.owner(),
        ..AlertChange::default()
    };
    if reader.problems.is_empty() { Ok(change) } else { Err(reader.problems) }
}

/// A change that was refused, told beside its field; what is nobody's mistake stops the page.
pub(super) fn refused(error: ChangeError) -> Result<Problems, Stop> {
    match error {
        ChangeError::Unlawful(fault) => {
            Ok(Problems::one(field_of(&fault), sentence(&fault.to_string())))
        }
        ChangeError::Store(error) => Err(Problem::from(error).into()),
    }
}

fn field_of(fault: &Unlawful) -> &'static str {
    match fault {
        Unlawful::RedirectedByHand => "status",
        Unlawful::DeterminationAlone => "determination",
        Unlawful::TooLong { what, .. } | Unlawful::Empty { what } => match *what {
            "the comment" => "comment",
            _ => "",
        },
        Unlawful::TooMany { what, .. } => match *what {
            "comments" => "comment",
            _ => "",
        },
        Unlawful::Merged { .. } | Unlawful::IntoItself(_) => "",
    }
}
