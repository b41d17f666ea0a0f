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
    /// State of a machine's sensor.
    Health {
        /// It reports.
        Active = "active",
        /// It has not reported for a week or more.
        Inactive = "inactive",
        /// It is heard of, and cannot be reached well.
        ImpairedCommunication = "impaired_communication",
        /// It is there, and says nothing.
        NoSensorData = "no_sensor_data",
        /// Both.
        NoSensorDataImpairedCommunication = "no_sensor_data_impaired_communication",
        /// Not said.
        Unknown = "unknown",
    }
);

words!(
    /// Whether a machine belongs to the service.
    Onboarding {
        /// It does.
        Onboarded = "onboarded",
        /// It could.
        CanBeOnboarded = "can_be_onboarded",
        /// It cannot.
        Unsupported = "unsupported",
        /// Too little is known.
        InsufficientInfo = "insufficient_info",
    }
);

words!(
    /// Risk that a machine is under.
    Risk {
        /// None.
        None = "none",
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
    /// How open a machine is to attacks.
    Exposure {
        /// Not at all.
        None = "none",
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }
);

words!(
    /// What a machine is worth to its owner.
    DeviceValue {
        /// Less than others.
        Low = "low",
        /// As any.
        Normal = "normal",
        /// More than others.
        High = "high",
    }
);

words!(
    /// What is to be done to a machine.
    ActionKind {
        /// An antivirus scan.
        Scan = "scan",
        /// It leaves the service.
        Offboard = "offboard",
        /// Evidence is collected from it.
        CollectPackage = "collect_package",
        /// It is cut off the network.
        Isolate = "isolate",
        /// It is let back.
        Unisolate = "unisolate",
        /// A file is stopped and locked away.
        StopAndQuarantine = "stop_and_quarantine",
        /// Only signed code may run.
        RestrictExecution = "restrict_execution",
        /// Any code may run again.
        UnrestrictExecution = "unrestrict_execution",
    }
);

words!(
    /// How far an action goes.
    ActionScope {
        /// All of the network, or all files.
        Full = "full",
        /// All of the network but a few applications.
        Selective = "selective",
        /// A machine without a sensor is contained by its neighbours.
        Unmanaged = "unmanaged",
        /// The usual places only.
        Quick = "quick",
    }
);

words!(
    /// Where an action stands.
    ActionStatus {
        /// Waits for somebody to carry it out.
        Pending = "pending",
        /// Somebody does.
        InProgress = "in_progress",
        /// Done.
        Succeeded = "succeeded",
        /// Not done, and will not be.
        Failed = "failed",
        /// Not done in time.
        TimedOut = "timed_out",
        /// Called off.
        Cancelled = "cancelled",
    }
);

words!(
    /// What an indicator names.
    IndicatorKind {
        /// A file, by SHA-1.
        FileSha1 = "file_sha1",
        /// A file, by SHA-256.
        FileSha256 = "file_sha256",
        /// A file, by MD5.
        FileMd5 = "file_md5",
        /// A certificate, by SHA-1.
        Certificate = "certificate",
        /// An IP address.
        IpAddress = "ip_address",
        /// A domain.
        DomainName = "domain_name",
        /// A URL.
        Url = "url",
    }
);

words!(
    /// What is to happen where an indicator is met.
    Response {
        /// The person is warned.
        Warn = "warn",
        /// It is stopped.
        Block = "block",
        /// It is noted.
        Audit = "audit",
        /// An alert; withdrawn in 2022, kept for old callers.
        Alert = "alert",
        /// An alert, and it is stopped; withdrawn in 2022, kept for old callers.
        AlertAndBlock = "alert_and_block",
        /// It is stopped and removed.
        BlockAndRemediate = "block_and_remediate",
        /// It is let through.
        Allow = "allow",
    }
);

words!(
    /// How bad it is where an indicator is met.
    IndicatorSeverity {
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
    /// Who makes indicators.
    SourceKind {
        /// A person.
        Person = "person",
        /// An application.
        Application = "application",
    }
);
