//! Microsoft's words for our vocabularies: PascalCase in the classic dialect, camelCase in Graph,
//! read in any case and in every synonym its pages use.

use vakt_incidents::{AlertStatus, Classification, Determination, Severity, Status};

/// A vocabulary: our word, and Microsoft's names for it, the one that is written first.
type Names<T> = &'static [(T, &'static [&'static str])];

static STATUSES: Names<Status> = &[
    (Status::Active, &["Active"]),
    (Status::InProgress, &["InProgress"]),
    (Status::Resolved, &["Resolved"]),
    (Status::Redirected, &["Redirected"]),
    (Status::AwaitingAction, &["AwaitingAction"]),
];

static SEVERITIES: Names<Severity> = &[
    (Severity::Unspecified, &["UnSpecified", "Unknown"]),
    (Severity::Informational, &["Informational"]),
    (Severity::Low, &["Low"]),
    (Severity::Medium, &["Medium"]),
    (Severity::High, &["High"]),
];

static CLASSIFICATIONS: Names<Classification> = &[
    (Classification::Unknown, &["Unknown"]),
    (Classification::FalsePositive, &["FalsePositive"]),
    (Classification::TruePositive, &["TruePositive"]),
    (Classification::ExpectedActivity, &["InformationalExpectedActivity", "BenignPositive"]),
];

static DETERMINATIONS: Names<Determination> = &[
    (Determination::NotAvailable, &["NotAvailable", "Unknown"]),
    (Determination::MultiStagedAttack, &["MultiStagedAttack"]),
    (Determination::MaliciousUserActivity, &["MaliciousUserActivity"]),
    (Determination::CompromisedAccount, &["CompromisedAccount", "CompromisedUser"]),
    (Determination::Malware, &["Malware"]),
    (Determination::Phishing, &["Phishing"]),
    (Determination::UnwantedSoftware, &["UnwantedSoftware"]),
    (Determination::SecurityTesting, &["SecurityTesting"]),
    (Determination::LineOfBusinessApplication, &["LineOfBusinessApplication"]),
    (Determination::ConfirmedActivity, &["ConfirmedActivity", "ConfirmedUserActivity"]),
    (Determination::Clean, &["Clean", "NotMalicious"]),
    (
        Determination::NotEnoughData,
        &["NoEnoughDataToValidate", "NotEnoughDataToValidate", "InsufficientData"],
    ),
    (Determination::Apt, &["Apt"]),
    (Determination::SecurityPersonnel, &["SecurityPersonnel"]),
    (Determination::Other, &["Other"]),
];

static ALERT_STATUSES: Names<AlertStatus> = &[
    (AlertStatus::New, &["New", "Active", "Unknown"]),
    (AlertStatus::InProgress, &["InProgress"]),
    (AlertStatus::Resolved, &["Resolved"]),
];

/// A word that has names on the wire.
pub(super) trait WireWord: Copy + PartialEq + 'static {
    /// What it is, for messages.
    const WHAT: &'static str;
    /// The names.
    fn names() -> Names<Self>;

    /// The classic name.
    fn name(self) -> String {
        let found = Self::names().iter().find(|(word, _)| *word == self);
        found.and_then(|(_, names)| names.first()).copied().unwrap_or_default().to_owned()
    }

    /// Reads a name, in any case and any synonym.
    fn read(text: &str) -> Option<Self> {
        let known = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(text));
        Self::names().iter().find(|(_, names)| known(names)).map(|(word, _)| *word)
    }

    /// Every classic name, for messages.
    fn list() -> String {
        let names: Vec<String> = Self::names().iter().map(|(word, _)| word.name()).collect();
        names.join(", ")
    }
}

macro_rules! wire_word {
    ($word:ty, $what:literal, $names:ident) => {
        impl WireWord for $word {
            const WHAT: &'static str = $what;

            fn names() -> Names<Self> {
                $names
            }
        }
    };
}

wire_word!(Status, "status", STATUSES);
wire_word!(Severity, "severity", SEVERITIES);
wire_word!(Classification, "classification", CLASSIFICATIONS);
wire_word!(Determination, "determination", DETERMINATIONS);
wire_word!(AlertStatus, "alert status", ALERT_STATUSES);
