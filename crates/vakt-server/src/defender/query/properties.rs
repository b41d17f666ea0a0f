//! The properties of incidents, alerts and evidence by their names in all dialects. Names of the
//! classic API come first, since messages list them.

use vakt_incidents::{
    AlertField, AlertStatus, AlertTest, Classification, Comparison, Condition, Determination,
    EvidenceField, IncidentField, IncidentTest, Label, Labelled, OrderBy, Predicate, Severity,
    Status, Value,
};
use vakt_wire::odata::Filter;

use super::filter::to_predicate;
use crate::defender::names::{detector_of_graph, service_of_graph, stored_kind};
use crate::defender::words::WireWord;
use crate::problem::Problem;

/// What a property holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A number.
    Number,
    /// A time.
    Time,
    /// A text.
    Text,
    /// A text that Graph has another word for.
    Translated(fn(&str) -> String),
    /// A word of a closed vocabulary; the error is for the caller.
    Word(fn(&str) -> Result<String, String>),
}

/// A property that can be filtered by.
#[derive(Clone, Copy)]
pub(crate) struct Property<F: 'static> {
    pub(super) names: &'static [&'static str],
    pub(super) field: F,
    pub(super) kind: Kind,
    /// The word that `null` stands for, where nothing is stored as NULL.
    pub(super) null: Option<&'static str>,
}

/// A collection that can be asked with `any`.
pub(crate) enum Collection<T> {
    /// A list of words.
    Words(Label),
    /// A list of objects, whose condition is read by this function.
    Elements(fn(Option<&Filter>) -> Result<Predicate<T>, Problem>),
}

/// A kind of object with properties.
pub(crate) trait Noun: Sized + 'static {
    /// Its fields.
    type Field: Copy;
    /// Its properties.
    fn properties() -> &'static [Property<Self::Field>];
    /// Its collections.
    fn collections() -> &'static [(&'static str, Collection<Self>)];
    /// What it can be ordered by.
    fn orders() -> &'static [(&'static [&'static str], OrderBy)];
    /// A test of a property.
    fn is(condition: Condition<Self::Field>) -> Self;
    /// A test of a list of words; of nouns without lists, never asked.
    fn has(labelled: Labelled) -> Self;
    /// Does a reader with this question go on from where it was?
    fn resumes(_: &Predicate<Self>) -> bool {
        false
    }
    /// Takes a type in front of a name apart.
    fn cast(name: &str) -> (Option<Predicate<Self>>, &str) {
        (None, name)
    }
}

const fn property<F>(names: &'static [&'static str], field: F, kind: Kind) -> Property<F> {
    Property { names, field, kind, null: None }
}

const fn never_null<F: Copy>(
    names: &'static [&'static str],
    field: F,
    kind: Kind,
    word: &'static str,
) -> Property<F> {
    Property { names, field, kind, null: Some(word) }
}

fn word<T: WireWord>(text: &str, code: fn(T) -> &'static str) -> Result<String, String> {
    let unknown = || format!("`{text}` is not a {}; use one of {}", T::WHAT, T::list());
    T::read(text).map(|word| code(word).to_owned()).ok_or_else(unknown)
}

const STATUS: Kind = Kind::Word(|text| word::<Status>(text, Status::as_str));
const ALERT_STATUS: Kind = Kind::Word(|text| word::<AlertStatus>(text, AlertStatus::as_str));
const SEVERITY: Kind = Kind::Word(|text| word::<Severity>(text, Severity::as_str));
const CLASSIFICATION: Kind =
    Kind::Word(|text| word::<Classification>(text, Classification::as_str));
const DETERMINATION: Kind = Kind::Word(|text| word::<Determination>(text, Determination::as_str));
const KIND: Kind = Kind::Translated(stored_kind);

static INCIDENT: &[Property<IncidentField>] = &[
    property(&["incidentId", "id"], IncidentField::Id, Kind::Number),
    property(&["incidentName", "displayName"], IncidentField::Name, Kind::Text),
    property(&["createdTime", "createdDateTime"], IncidentField::Created, Kind::Time),
    property(&["lastUpdateTime", "lastUpdateDateTime"], IncidentField::Updated, Kind::Time),
    property(&["assignedTo"], IncidentField::AssignedTo, Kind::Text),
    property(&["status"], IncidentField::Status, STATUS),
    property(&["severity"], IncidentField::Severity, SEVERITY),
    never_null(&["classification"], IncidentField::Classification, CLASSIFICATION, "unknown"),
    never_null(&["determination"], IncidentField::Determination, DETERMINATION, "not_available"),
    property(&["redirectIncidentId"], IncidentField::Redirect, Kind::Number),
    property(&["lastModifiedBy"], IncidentField::UpdatedBy, Kind::Text),
    property(&["priorityScore"], IncidentField::Priority, Kind::Number),
];

static INCIDENT_LISTS: &[(&str, Collection<IncidentTest>)] = &[
    ("tags", Collection::Words(Label::Tag)),
    ("customTags", Collection::Words(Label::Tag)),
    ("systemTags", Collection::Words(Label::SystemTag)),
    ("alerts", Collection::Elements(any_alert)),
];

static INCIDENT_ORDERS: &[(&[&str], OrderBy)] = &[
    (&["createdTime", "createdDateTime"], OrderBy::Created),
    (&["lastUpdateTime", "lastUpdateDateTime"], OrderBy::Updated),
    (&["incidentId", "id"], OrderBy::Id),
    (&["severity"], OrderBy::Severity),
    (&["incidentName", "displayName"], OrderBy::Name),
];

fn any_alert(filter: Option<&Filter>) -> Result<Predicate<IncidentTest>, Problem> {
    let inner = filter.map_or(Ok(Predicate::All(Vec::new())), to_predicate::<AlertTest>)?;
    Ok(Predicate::Holds(IncidentTest::AnyAlert(inner)))
}

impl Noun for IncidentTest {
    type Field = IncidentField;

    fn properties() -> &'static [Property<IncidentField>] {
        INCIDENT
    }

    fn collections() -> &'static [(&'static str, Collection<Self>)] {
        INCIDENT_LISTS
    }

    fn orders() -> &'static [(&'static [&'static str], OrderBy)] {
        INCIDENT_ORDERS
    }

    fn is(condition: Condition<IncidentField>) -> Self {
        Self::Is(condition)
    }

    fn has(labelled: Labelled) -> Self {
        Self::Has(labelled)
    }

    fn resumes(predicate: &Predicate<Self>) -> bool {
        predicate.bounds_updates_from_below()
    }
}

static ALERT: &[Property<AlertField>] = &[
    property(&["alertId", "id"], AlertField::Id, Kind::Text),
    property(&["incidentId"], AlertField::Incident, Kind::Number),
    property(&["title"], AlertField::Title, Kind::Text),
    property(&["category"], AlertField::Category, Kind::Text),
    property(&["status"], AlertField::Status, ALERT_STATUS),
    property(&["severity"], AlertField::Severity, SEVERITY),
    never_null(&["classification"], AlertField::Classification, CLASSIFICATION, "unknown"),
    never_null(&["determination"], AlertField::Determination, DETERMINATION, "not_available"),
    property(
        &["creationTime", "alertCreationTime", "createdDateTime"],
        AlertField::Created,
        Kind::Time,
    ),
    property(
        &["lastUpdateTime", "lastUpdatedTime", "lastUpdateDateTime"],
        AlertField::Updated,
        Kind::Time,
    ),
    property(&["resolvedTime", "resolvedDateTime"], AlertField::Resolved, Kind::Time),
    property(
        &["firstActivity", "firstEventTime", "firstActivityDateTime"],
        AlertField::FirstActivity,
        Kind::Time,
    ),
    property(
        &["lastActivity", "lastEventTime", "lastActivityDateTime"],
        AlertField::LastActivity,
        Kind::Time,
    ),
    property(&["assignedTo"], AlertField::AssignedTo, Kind::Text),
    property(&["serviceSource"], AlertField::Service, Kind::Translated(service_of_graph)),
    property(&["detectionSource"], AlertField::Detector, Kind::Translated(detector_of_graph)),
    property(&["detectorId"], AlertField::DetectorId, Kind::Text),
    property(&["productName"], AlertField::Product, Kind::Text),
    property(&["alertPolicyId"], AlertField::PolicyId, Kind::Text),
    property(&["investigationState"], AlertField::InvestigationState, Kind::Text),
    property(&["actorName", "actorDisplayName"], AlertField::Actor, Kind::Text),
    property(&["threatName", "threatDisplayName"], AlertField::ThreatName, Kind::Text),
    property(&["threatFamilyName"], AlertField::ThreatFamily, Kind::Text),
];

static ALERT_LISTS: &[(&str, Collection<AlertTest>)] = &[
    ("mitreTechniques", Collection::Words(Label::Technique)),
    ("categories", Collection::Words(Label::Category)),
    ("systemTags", Collection::Words(Label::AlertTag)),
    ("evidence", Collection::Elements(any_evidence)),
    ("entities", Collection::Elements(any_evidence)),
];

static ALERT_ORDERS: &[(&[&str], OrderBy)] = &[
    (&["creationTime", "alertCreationTime", "createdDateTime"], OrderBy::Created),
    (&["lastUpdateTime", "lastUpdatedTime", "lastUpdateDateTime"], OrderBy::Updated),
    (&["firstActivity", "firstEventTime", "firstActivityDateTime"], OrderBy::FirstActivity),
    (&["lastActivity", "lastEventTime", "lastActivityDateTime"], OrderBy::LastActivity),
    (&["severity"], OrderBy::Severity),
    (&["title"], OrderBy::Name),
    (&["id", "alertId"], OrderBy::Id),
];

fn any_evidence(filter: Option<&Filter>) -> Result<Predicate<AlertTest>, Problem> {
    let all = Ok(Predicate::All(Vec::new()));
    let inner = filter.map_or(all, to_predicate::<Condition<EvidenceField>>)?;
    Ok(Predicate::Holds(AlertTest::AnyEvidence(inner)))
}

impl Noun for AlertTest {
    type Field = AlertField;

    fn properties() -> &'static [Property<AlertField>] {
        ALERT
    }

    fn collections() -> &'static [(&'static str, Collection<Self>)] {
        ALERT_LISTS
    }

    fn orders() -> &'static [(&'static [&'static str], OrderBy)] {
        ALERT_ORDERS
    }

    fn is(condition: Condition<AlertField>) -> Self {
        Self::Is(condition)
    }

    fn has(labelled: Labelled) -> Self {
        Self::Has(labelled)
    }

    fn resumes(predicate: &Predicate<Self>) -> bool {
        predicate.bounds_updates_from_below()
    }
}

static EVIDENCE: &[Property<EvidenceField>] = &[
    property(&["entityType", "@odata.type"], EvidenceField::Kind, KIND),
    property(&["createdDateTime", "evidenceCreationTime"], EvidenceField::Added, Kind::Time),
    property(&["verdict"], EvidenceField::Verdict, Kind::Text),
    property(&["remediationStatus"], EvidenceField::Remediation, Kind::Text),
    property(&["deviceId", "mdeDeviceId"], EvidenceField::DeviceId, Kind::Text),
    property(&["azureAdDeviceId"], EvidenceField::DeviceDirectoryId, Kind::Text),
    property(&["deviceDnsName"], EvidenceField::DeviceName, Kind::Text),
    property(&["accountName", "userAccount/accountName"], EvidenceField::AccountName, Kind::Text),
    property(&["domainName", "userAccount/domainName"], EvidenceField::AccountDomain, Kind::Text),
    property(&["userSid", "userAccount/userSid"], EvidenceField::AccountSid, Kind::Text),
    property(
        &["aadUserId", "userAccount/azureAdUserId"],
        EvidenceField::AccountDirectoryId,
        Kind::Text,
    ),
    property(
        &["userPrincipalName", "userAccount/userPrincipalName"],
        EvidenceField::PrincipalName,
        Kind::Text,
    ),
    property(&["ipAddress"], EvidenceField::IpAddress, Kind::Text),
    property(&["url"], EvidenceField::Url, Kind::Text),
    property(&["sha1", "fileDetails/sha1", "imageFile/sha1"], EvidenceField::Sha1, Kind::Text),
    property(
        &["sha256", "fileDetails/sha256", "imageFile/sha256"],
        EvidenceField::Sha256,
        Kind::Text,
    ),
    property(
        &["fileName", "fileDetails/fileName", "imageFile/fileName"],
        EvidenceField::FileName,
        Kind::Text,
    ),
    property(
        &["filePath", "fileDetails/filePath", "imageFile/filePath"],
        EvidenceField::FilePath,
        Kind::Text,
    ),
    property(&["processId"], EvidenceField::ProcessId, Kind::Number),
    property(&["processCommandLine"], EvidenceField::CommandLine, Kind::Text),
    property(&["mailboxAddress", "primaryAddress"], EvidenceField::MailboxAddress, Kind::Text),
    property(&["sender", "p2Sender/emailAddress"], EvidenceField::Sender, Kind::Text),
    property(&["recipient", "recipientEmailAddress"], EvidenceField::Recipient, Kind::Text),
    property(&["subject"], EvidenceField::Subject, Kind::Text),
    property(&["registryKey"], EvidenceField::RegistryKey, Kind::Text),
    property(&["registryValueName"], EvidenceField::RegistryValueName, Kind::Text),
];

impl Noun for Condition<EvidenceField> {
    type Field = EvidenceField;

    fn properties() -> &'static [Property<EvidenceField>] {
        EVIDENCE
    }

    fn collections() -> &'static [(&'static str, Collection<Self>)] {
        &[]
    }

    fn orders() -> &'static [(&'static [&'static str], OrderBy)] {
        &[]
    }

    fn is(condition: Self) -> Self {
        condition
    }

    fn has(labelled: Labelled) -> Self {
        // Evidence has no lists of words, so nothing asks this; a kind that no row has fits nothing.
        let value = Value::Text(labelled.word);
        Self { field: EvidenceField::Kind, comparison: Comparison::Is, value }
    }

    /// `microsoft.graph.security.userEvidence/userAccount/userPrincipalName`
    fn cast(name: &str) -> (Option<Predicate<Self>>, &str) {
        let Some((first, rest)) = name.split_once('/') else { return (None, name) };
        if !first.to_ascii_lowercase().starts_with("microsoft.graph.security.") {
            return (None, name);
        }
        let value = Value::Text(stored_kind(first));
        let condition = Self { field: EvidenceField::Kind, comparison: Comparison::Is, value };
        (Some(Predicate::Holds(condition)), rest)
    }
}
