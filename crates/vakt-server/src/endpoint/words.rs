//! Microsoft's words for the endpoint room's vocabularies, read in any case.

use vakt_endpoint::{
    ActionKind, ActionScope, ActionStatus, DeviceValue, Exposure, Health, IndicatorKind,
    IndicatorSeverity, Onboarding, Response, Risk, SourceKind,
};

use super::errors::invalid;
use crate::problem::Problem;

/// A word that has a name on the wire.
pub(super) trait WireWord: Copy + 'static {
    /// What it is, for messages.
    const WHAT: &'static str;
    /// Every word.
    fn all() -> &'static [Self];
    /// The name.
    fn name(self) -> &'static str;
    /// The house's own text.
    fn house(self) -> &'static str;
    /// Other names under which it is read.
    fn synonyms(self) -> &'static [&'static str];

    /// Reads a name, in any case and any synonym.
    fn find(text: &str) -> Option<Self> {
        let is = |name: &&str| name.eq_ignore_ascii_case(text);
        Self::all().iter().copied().find(|word| is(&word.name()) || word.synonyms().iter().any(is))
    }

    /// Reads a name, or says which there are.
    fn read(text: &str) -> Result<Self, String> {
        Self::find(text).ok_or_else(|| {
            let names: Vec<&str> = Self::all().iter().map(|word| word.name()).collect();
            format!("`{text}` is not a {}; use one of {}", Self::WHAT, names.join(", "))
        })
    }

    /// Reads a member of a body, if it is given.
    fn member(text: Option<&str>) -> Result<Option<Self>, Problem> {
        let text = text.filter(|text| !text.is_empty());
        text.map(|text| Self::read(text).map_err(invalid)).transpose()
    }
}

macro_rules! wire_words {
    ($word:ident, $what:literal, {
        $($variant:ident = $name:literal $(or $synonym:literal)*,)+
    }) => {
        impl WireWord for $word {
            const WHAT: &'static str = $what;

            fn all() -> &'static [Self] {
                Self::ALL
            }

            fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            fn house(self) -> &'static str {
                self.as_str()
            }

            fn synonyms(self) -> &'static [&'static str] {
                match self {
                    $(Self::$variant => &[$($synonym),*],)+
                }
            }
        }
    };
}

wire_words!(Health, "health status", {
    Active = "Active",
    Inactive = "Inactive",
    ImpairedCommunication = "ImpairedCommunication",
    NoSensorData = "NoSensorData",
    NoSensorDataImpairedCommunication = "NoSensorDataImpairedCommunication",
    Unknown = "Unknown",
});

wire_words!(Onboarding, "onboarding status", {
    Onboarded = "Onboarded",
    CanBeOnboarded = "CanBeOnboarded",
    Unsupported = "Unsupported",
    InsufficientInfo = "InsufficientInfo" or "Insufficient info",
});

wire_words!(Risk, "risk score", {
    None = "None",
    Informational = "Informational",
    Low = "Low",
    Medium = "Medium",
    High = "High",
});

wire_words!(Exposure, "exposure level", {
    None = "None",
    Low = "Low",
    Medium = "Medium",
    High = "High",
});

wire_words!(DeviceValue, "device value", {
    Low = "Low",
    Normal = "Normal",
    High = "High",
});

wire_words!(ActionKind, "machine action type", {
    Scan = "RunAntiVirusScan",
    Offboard = "Offboard",
    CollectPackage = "CollectInvestigationPackage",
    Isolate = "Isolate",
    Unisolate = "Unisolate",
    StopAndQuarantine = "StopAndQuarantineFile",
    RestrictExecution = "RestrictCodeExecution",
    UnrestrictExecution = "UnrestrictCodeExecution",
});

wire_words!(ActionScope, "scope", {
    Full = "Full",
    Selective = "Selective",
    Unmanaged = "UnManagedDevice",
    Quick = "Quick",
});

wire_words!(ActionStatus, "machine action status", {
    Pending = "Pending",
    InProgress = "InProgress",
    Succeeded = "Succeeded",
    Failed = "Failed",
    TimedOut = "TimeOut",
    Cancelled = "Cancelled" or "Canceled",
});

wire_words!(IndicatorKind, "indicator type", {
    FileSha1 = "FileSha1",
    FileSha256 = "FileSha256",
    FileMd5 = "FileMd5",
    Certificate = "CertificateThumbprint",
    IpAddress = "IpAddress",
    DomainName = "DomainName",
    Url = "Url",
});

wire_words!(Response, "action of an indicator", {
    Warn = "Warn",
    Block = "Block",
    Audit = "Audit",
    Alert = "Alert",
    AlertAndBlock = "AlertAndBlock",
    BlockAndRemediate = "BlockAndRemediate",
    Allow = "Allowed" or "Allow",
});

wire_words!(IndicatorSeverity, "severity", {
    Informational = "Informational",
    Low = "Low",
    Medium = "Medium",
    High = "High",
});

wire_words!(SourceKind, "source type", {
    Person = "User",
    Application = "AadApp",
});
