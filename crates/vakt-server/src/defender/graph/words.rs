//! Graph's words: camelCase, and some of them other than the classic ones. Members that Microsoft
//! added to an enumeration later are shown to those who ask for them; others get the word that
//! stands for all of them.

use vakt_incidents::{AlertStatus, Classification, Determination, Severity, Status};

use crate::defender::names::camel;
use crate::defender::words::WireWord;

/// Stands for members that a client may not know.
const LATER: &str = "unknownFutureValue";
/// The preference of clients that know them.
pub(super) const INCLUDE_LATER: &str = "include-unknown-enum-members";

/// Services that were added to the enumeration later.
const LATER_SERVICES: &[&str] = &[
    "microsoftDefenderForCloud",
    "microsoftSentinel",
    "microsoftInsiderRiskManagement",
    "microsoftThreatIntelligence",
    "microsoftSecurityForAI",
];
/// Detectors that were added later.
const LATER_DETECTORS: &[&str] = &[
    "microsoftDefenderForCloud",
    "microsoftDefenderForIoT",
    "microsoftDefenderForServers",
    "microsoftDefenderForStorage",
    "microsoftDefenderForDNS",
    "microsoftDefenderForDatabases",
    "microsoftDefenderForContainers",
    "microsoftDefenderForNetwork",
    "microsoftDefenderForAppService",
    "microsoftDefenderForKeyVault",
    "microsoftDefenderForResourceManager",
    "microsoftDefenderForApiManagement",
    "nrtAlerts",
    "scheduledAlerts",
    "microsoftDefenderThreatIntelligenceAnalytics",
    "builtInMl",
    "microsoftInsiderRiskManagement",
    "microsoftThreatIntelligence",
    "microsoftDefenderForAIServices",
    "securityCopilot",
    "microsoftSentinel",
];
/// States of a remediation that were added later.
const LATER_REMEDIATIONS: &[&str] =
    &["active", "pendingApproval", "declined", "unremediated", "running", "partiallyRemediated"];

/// How members that were added later are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Later {
    /// By their names.
    Named,
    /// By the word that stands for all of them.
    Hidden,
}

impl Later {
    /// As the `Prefer` header has it.
    pub(super) fn of(prefer: Option<&str>) -> Self {
        let mut wishes = prefer.unwrap_or_default().split([',', ';']).map(str::trim);
        match wishes.any(|wish| wish.eq_ignore_ascii_case(INCLUDE_LATER)) {
            true => Self::Named,
            false => Self::Hidden,
        }
    }

    fn show(self, word: String, later: &[&str]) -> String {
        match self {
            Self::Hidden if later.contains(&word.as_str()) => LATER.to_owned(),
            _ => word,
        }
    }

    pub(super) fn status(self, status: Status) -> String {
        self.show(camel(&status.name()), &["awaitingAction"])
    }

    pub(super) fn service(self, name: String) -> String {
        self.show(name, LATER_SERVICES)
    }

    pub(super) fn detector(self, name: String) -> String {
        self.show(name, LATER_DETECTORS)
    }

    pub(super) fn remediation(self, name: String) -> String {
        self.show(name, LATER_REMEDIATIONS)
    }
}

pub(super) fn severity(severity: Severity) -> String {
    match severity {
        Severity::Unspecified => "unknown".into(),
        other => camel(&other.name()),
    }
}

pub(super) fn classification(classification: Classification) -> String {
    camel(&classification.name())
}

pub(super) fn determination(determination: Determination) -> String {
    match determination {
        Determination::NotAvailable => "unknown".into(),
        Determination::Clean => "notMalicious".into(),
        Determination::NotEnoughData => "notEnoughDataToValidate".into(),
        other => camel(&other.name()),
    }
}

pub(super) fn alert_status(status: AlertStatus) -> String {
    camel(&status.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published members of the enumeration, without the word for later ones.
    const DETERMINATIONS: &[&str] = &[
        "unknown",
        "apt",
        "malware",
        "securityPersonnel",
        "securityTesting",
        "unwantedSoftware",
        "other",
        "multiStagedAttack",
        "compromisedAccount",
        "phishing",
        "maliciousUserActivity",
        "notMalicious",
        "notEnoughDataToValidate",
        "confirmedActivity",
        "lineOfBusinessApplication",
    ];

    #[test]
    fn words_are_those_of_graph_and_are_read_back() {
        for word in Determination::ALL {
            let text = determination(*word);
            assert!(DETERMINATIONS.contains(&text.as_str()), "{text}");
            assert_eq!(Determination::read(&text), Some(*word), "{text}");
        }
        for word in Severity::ALL {
            assert_eq!(Severity::read(&severity(*word)), Some(*word));
        }
        for word in Classification::ALL {
            assert_eq!(Classification::read(&classification(*word)), Some(*word));
        }
        for word in AlertStatus::ALL {
            assert_eq!(AlertStatus::read(&alert_status(*word)), Some(*word));
        }
        for word in Status::ALL {
            assert_eq!(Status::read(&Later::Named.status(*word)), Some(*word));
        }
    }

    #[test]
    fn later_members_are_for_those_who_ask() {
        let asked = Some("return=minimal, Include-Unknown-Enum-Members");
        for (prefer, status, service) in [
            (None, "unknownFutureValue", "unknownFutureValue"),
            (Some("return=minimal"), "unknownFutureValue", "unknownFutureValue"),
            (asked, "awaitingAction", "microsoftSentinel"),
        ] {
            let later = Later::of(prefer);
            assert_eq!(later.status(Status::AwaitingAction), status);
            assert_eq!(later.status(Status::Redirected), "redirected");
            assert_eq!(later.service("microsoftSentinel".into()), service);
            assert_eq!(later.service("ourOwn".into()), "ourOwn");
        }
    }
}
