//! What alerts are about: devices and entities.

use std::borrow::Cow;

use jiff::Timestamp;

/// A device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Device {
    /// The endpoint product's id.
    pub endpoint_id: Option<String>,
    /// The directory's id.
    pub directory_id: Option<String>,
    /// Name.
    pub dns_name: Option<String>,
    /// Operating system.
    pub os_platform: Option<String>,
    /// Its release.
    pub os_release: Option<String>,
    /// Its build.
    pub os_build: Option<i64>,
    /// Processor.
    pub processor: Option<String>,
    /// State of the sensor.
    pub health: Option<String>,
    /// Risk.
    pub risk: Option<String>,
    /// Device group.
    pub group_name: Option<String>,
    /// Device group's number.
    pub group_id: Option<i64>,
    /// First seen.
    pub first_seen_at: Option<Timestamp>,
    /// Address on its own network.
    pub internal_address: Option<String>,
    /// Address that the world sees.
    pub external_address: Option<String>,
    /// Whether the sensor reports here.
    pub onboarding: Option<String>,
    /// State of the antivirus program.
    pub antivirus: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// What was found about it.
    pub finding: Finding,
}

/// What an investigation found about a piece of evidence. The vocabularies grow, so they are texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finding {
    /// When it was added to the alert.
    pub added_at: Option<Timestamp>,
    /// Malicious, suspicious, clean …
    pub verdict: Option<String>,
    /// What became of it.
    pub remediation: Option<String>,
    /// More about that.
    pub remediation_details: Option<String>,
    /// Its parts in the attack.
    pub roles: Vec<String>,
    /// The same, in more words.
    pub detailed_roles: Vec<String>,
    /// Members that this version has no name for: the text of a JSON object, as it came.
    pub extra: Option<String>,
}

/// Kinds of entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntityKind {
    /// An account.
    User,
    /// An IP address.
    Ip,
    /// A URL.
    Url,
    /// A file.
    File,
    /// A process.
    Process,
    /// A mailbox.
    Mailbox,
    /// A mail.
    Mail,
    /// A group of alike mails.
    MailCluster,
    /// A registry value.
    Registry,
    /// A security group.
    SecurityGroup,
    /// A kind this version has no name for, kept as it came.
    Other(String),
}

/// Kinds by the house's own words.
const KINDS: &[(EntityKind, &str)] = &[
    (EntityKind::User, "user"),
    (EntityKind::Ip, "ip"),
    (EntityKind::Url, "url"),
    (EntityKind::File, "file"),
    (EntityKind::Process, "process"),
    (EntityKind::Mailbox, "mailbox"),
    (EntityKind::Mail, "mail"),
    (EntityKind::MailCluster, "mail_cluster"),
    (EntityKind::Registry, "registry"),
    (EntityKind::SecurityGroup, "security_group"),
];

/// Kinds without a word of ours are written behind this.
const OTHER: &str = "other:";

impl EntityKind {
    /// The word of devices, which stand beside the entities.
    pub const DEVICE: &'static str = "device";

    /// The house's own text for it, which goes into the store.
    pub fn to_text(&self) -> Cow<'static, str> {
        match (self, KINDS.iter().find(|(known, _)| known == self)) {
            (Self::Other(name), _) => format!("{OTHER}{name}").into(),
            (_, found) => found.map_or(OTHER, |(_, text)| text).into(),
        }
    }

    /// Reads [`Self::to_text`] back.
    pub fn from_text(text: &str) -> Self {
        let known = KINDS.iter().find(|(_, known)| *known == text);
        let name = || text.strip_prefix(OTHER).unwrap_or(text).to_owned();
        known.map_or_else(|| Self::Other(name()), |(kind, _)| kind.clone())
    }
}

/// An entity. Facts of several kinds may be known of one: a process has a file and an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Kind.
    pub kind: EntityKind,
    /// File.
    pub file: FileFacts,
    /// Process.
    pub process: ProcessFacts,
    /// Account.
    pub account: AccountFacts,
    /// IP address.
    pub ip_address: Option<String>,
    /// URL.
    pub url: Option<String>,
    /// Mailbox.
    pub mailbox: MailboxFacts,
    /// Mail or mail cluster.
    pub mail: MailFacts,
    /// Security group.
    pub group: GroupFacts,
    /// Registry.
    pub registry: RegistryFacts,
    /// The endpoint product's id of the device it was seen on.
    pub device_id: Option<String>,
    /// Whether the detector blocked it.
    pub detection: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// What was found about it.
    pub finding: Finding,
}

impl Entity {
    /// An entity of which nothing is known but its kind.
    pub fn new(kind: EntityKind) -> Self {
        Self {
            kind,
            file: FileFacts::default(),
            process: ProcessFacts::default(),
            account: AccountFacts::default(),
            ip_address: None,
            url: None,
            mailbox: MailboxFacts::default(),
            mail: MailFacts::default(),
            group: GroupFacts::default(),
            registry: RegistryFacts::default(),
            device_id: None,
            detection: None,
            tags: Vec::new(),
            finding: Finding::default(),
        }
    }
}

/// A file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// SHA-1.
    pub sha1: Option<String>,
    /// SHA-256.
    pub sha256: Option<String>,
    /// MD5.
    pub md5: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Folder.
    pub path: Option<String>,
    /// Length, in bytes.
    pub length_bytes: Option<i64>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Signer.
    pub signer: Option<String>,
    /// Issuer of the signer's certificate.
    pub issuer: Option<String>,
}

/// A process.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProcessFacts {
    /// Process id.
    pub id: Option<i64>,
    /// Command line.
    pub command_line: Option<String>,
    /// Start.
    pub started_at: Option<Timestamp>,
    /// Parent's process id.
    pub parent_id: Option<i64>,
    /// Parent's start.
    pub parent_started_at: Option<Timestamp>,
    /// Parent's program.
    pub parent_file: FileFacts,
}

/// An account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFacts {
    /// Account name.
    pub name: Option<String>,
    /// Domain.
    pub domain: Option<String>,
    /// Security identifier.
    pub sid: Option<String>,
    /// The directory's id.
    pub directory_id: Option<String>,
    /// Sign-in name.
    pub principal_name: Option<String>,
    /// Display name.
    pub display_name: Option<String>,
}

/// A mailbox.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailboxFacts {
    /// Display name.
    pub display_name: Option<String>,
    /// Address.
    pub address: Option<String>,
}

/// A mail or a group of alike mails.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailFacts {
    /// Sender.
    pub sender: Option<String>,
    /// Recipient.
    pub recipient: Option<String>,
    /// Subject.
    pub subject: Option<String>,
    /// What became of it.
    pub delivery_action: Option<String>,
    /// What a cluster has in common.
    pub cluster_by: Option<String>,
}

/// A security group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupFacts {
    /// Id.
    pub id: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// A registry value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegistryFacts {
    /// Hive.
    pub hive: Option<String>,
    /// Key.
    pub key: Option<String>,
    /// Type.
    pub value_type: Option<String>,
    /// Name of the value.
    pub value_name: Option<String>,
    /// Value.
    pub value: Option<String>,
}
