//! Closed vocabularies. The texts here are the house's own and go into the store; Microsoft's
//! words for them live at the wire.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The house's own text for it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// Reads [`Self::as_str`] back.
            pub fn from_text(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text)
            }
        }
    };
}

words!(
    /// Where work on an incident stands.
    Status {
        /// Nobody has begun.
        Active = "active",
        /// Being worked on.
        InProgress = "in_progress",
        /// Done.
        Resolved = "resolved",
        /// Merged into another incident.
        Redirected = "redirected",
        /// Waits for a person's decision.
        AwaitingAction = "awaiting_action",
    }
);

words!(
    /// How bad it is.
    Severity {
        /// Not said.
        Unspecified = "unspecified",
        /// Good to know.
        Informational = "informational",
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }
);

words!(
    /// Whether it was real.
    Classification {
        /// Not said.
        Unknown = "unknown",
        /// A false alarm.
        FalsePositive = "false_positive",
        /// A real threat.
        TruePositive = "true_positive",
        /// Real, and meant to happen.
        ExpectedActivity = "expected_activity",
    }
);

words!(
    /// What it was.
    Determination {
        /// Not said.
        NotAvailable = "not_available",
        /// An attack in several stages.
        MultiStagedAttack = "multi_staged_attack",
        /// An insider.
        MaliciousUserActivity = "malicious_user_activity",
        /// A taken-over account.
        CompromisedAccount = "compromised_account",
        /// Malware.
        Malware = "malware",
        /// Phishing.
        Phishing = "phishing",
        /// Unwanted software.
        UnwantedSoftware = "unwanted_software",
        /// A test of the defences.
        SecurityTesting = "security_testing",
        /// A business application that looks odd.
        LineOfBusinessApplication = "line_of_business_application",
        /// A person confirmed it.
        ConfirmedActivity = "confirmed_activity",
        /// Nothing wrong.
        Clean = "clean",
        /// Cannot be said.
        NotEnoughData = "not_enough_data",
        /// A known activity group; withdrawn in 2022, kept for old exports.
        Apt = "apt",
        /// Security staff; withdrawn in 2022, kept for old exports.
        SecurityPersonnel = "security_personnel",
        /// Something else.
        Other = "other",
    }
);

words!(
    /// Where work on an alert stands.
    AlertStatus {
        /// Nobody has begun.
        New = "new",
        /// Being worked on.
        InProgress = "in_progress",
        /// Done.
        Resolved = "resolved",
    }
);

words!(
    /// The orders of the queue.
    QueueOrder {
        /// Created last, first.
        Newest = "newest",
        /// Created first, first.
        Oldest = "oldest",
        /// Changed last, first.
        Changed = "changed",
        /// The worst first.
        Severity = "severity",
    }
);
