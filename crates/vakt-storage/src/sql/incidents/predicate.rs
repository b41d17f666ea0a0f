//! Predicates as SQL. Comparisons with NULL follow OData: `null ne 'x'` is true, `null lt 'x'` is
//! false, and `not` turns either round; so every condition is true or false and never NULL.

use std::fmt;

use sqlx::QueryBuilder;
use vakt_incidents::{
    AlertField, AlertTest, Comparison, Condition, EvidenceField, IncidentField, IncidentTest,
    Label, Labelled, Predicate, Severity, Value,
};

use super::super::super::{BYTES, EVIDENCE};
use super::super::text::{escape_like, push_beginning, push_like};
use super::{Db, Tenant};
use crate::rows::{fold, fold_short, plain, severity_rank, ticks};

type Sql = QueryBuilder<Db>;

/// What a column holds, and so how a value is bound.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Folded text.
    Text,
    /// The beginning of a folded text.
    ShortText,
    /// A word of a closed vocabulary.
    Word,
    /// The same where the index leaves out the word that most have.
    WordBut(&'static str),
    /// A number or time.
    Number,
    /// A severity's rank.
    Severity,
}

#[derive(Clone, Copy)]
struct Column {
    name: &'static str,
    kind: Kind,
    nullable: bool,
    /// Whether it is a member of a piece of evidence.
    member: bool,
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, nullable: false, member: false }
}

const fn nullable(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, nullable: true, member: false }
}

/// In the words of SQL.
impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name;
        match (self.member, self.kind) {
            (false, _) => f.write_str(name),
            (true, Kind::Number) => write!(f, "CAST(e.value ->> '{name}' AS BIGINT)"),
            (true, _) => write!(f, "(e.value ->> '{name}'){BYTES}"),
        }
    }
}

/// A test that has a text in SQL.
pub(super) trait Test {
    /// Writes it; true or false, never NULL.
    fn push(&self, sql: &mut Sql, tenant: Tenant);
}

/// Writes a predicate.
pub(super) fn push_predicate<T: Test>(sql: &mut Sql, tenant: Tenant, predicate: &Predicate<T>) {
    match predicate {
        Predicate::Holds(test) => test.push(sql, tenant),
        Predicate::All(parts) => push_joined(sql, tenant, parts, (" AND ", "TRUE")),
        Predicate::Any(parts) => push_joined(sql, tenant, parts, (" OR ", "FALSE")),
        Predicate::Not(inner) => {
            sql.push("NOT ");
            push_predicate(sql, tenant, inner);
        }
    }
}

fn push_joined<T: Test>(
    sql: &mut Sql,
    tenant: Tenant,
    parts: &[Predicate<T>],
    (word, of_none): (&'static str, &'static str),
) {
    sql.push("(");
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            sql.push(word);
        }
        push_predicate(sql, tenant, part);
    }
    if parts.is_empty() {
        sql.push(of_none);
    }
    sql.push(")");
}

impl Test for IncidentTest {
    fn push(&self, sql: &mut Sql, tenant: Tenant) {
        match self {
            Self::Is(condition) => push_condition(sql, incident_column(condition.field), condition),
            Self::Has(labelled) => {
                sql.push("incidents.id IN (SELECT incident_id FROM incident_labels WHERE ");
                push_labelled(sql, tenant, labelled);
                sql.push(")");
            }
            Self::AnyAlert(predicate) => {
                sql.push("incidents.id IN (SELECT alerts.incident_id FROM alerts WHERE ");
                sql.push("alerts.tenant = ").push_bind(tenant.number).push(" AND ");
                push_predicate(sql, tenant, predicate);
                sql.push(")");
            }
        }
    }
}

impl Test for AlertTest {
    fn push(&self, sql: &mut Sql, tenant: Tenant) {
        match self {
            Self::Is(condition) => push_condition(sql, alert_column(condition.field), condition),
            Self::Has(labelled) => {
                sql.push("alerts.seq IN (SELECT alert_seq FROM alert_labels WHERE ");
                push_labelled(sql, tenant, labelled);
                sql.push(")");
            }
            Self::AnyEvidence(predicate) => {
                sql.push("EXISTS (SELECT 1 FROM ").push(EVIDENCE).push(" e WHERE ");
                push_predicate(sql, tenant, predicate);
                sql.push(")");
            }
        }
    }
}

impl Test for Condition<EvidenceField> {
    fn push(&self, sql: &mut Sql, _: Tenant) {
        push_condition(sql, evidence_column(self.field), self);
    }
}

fn push_labelled(sql: &mut Sql, tenant: Tenant, labelled: &Labelled) {
    sql.push("tenant = ").push_bind(tenant.number);
    sql.push(" AND label = ").push_bind(label_text(labelled.label)).push(" AND ");
    let condition = Condition {
        field: (),
        comparison: labelled.comparison,
        value: Value::Text(labelled.word.clone()),
    };
    push_condition(sql, column("word", Kind::ShortText), &condition);
}

fn push_condition<F>(sql: &mut Sql, column: Column, condition: &Condition<F>) {
    let operator = match condition.comparison {
        Comparison::Is => " = ",
        Comparison::Less => " < ",
        Comparison::AtMost => " <= ",
        Comparison::Greater => " > ",
        Comparison::AtLeast => " >= ",
        Comparison::StartsWith | Comparison::EndsWith | Comparison::Contains => {
            return push_part(sql, column, condition);
        }
    };
    if condition.value == Value::Null {
        match (condition.comparison, column.nullable) {
            (Comparison::Is, true) => sql.push("(").push(column).push(" IS NULL)"),
            _ => sql.push("FALSE"),
        };
        return;
    }
    push_not_null(sql, column);
    push_rare(sql, column, condition);
    sql.push(column).push(operator);
    match (&condition.value, column.kind) {
        (Value::Number(number), _) => sql.push_bind(*number),
        (Value::Time(time), _) => sql.push_bind(ticks(*time)),
        (Value::Text(text), Kind::Text) => sql.push_bind(fold(text)),
        (Value::Text(text), Kind::ShortText) => sql.push_bind(fold_short(text)),
        (Value::Text(text), Kind::Severity) => {
            sql.push_bind(Severity::from_text(text).map_or(-1, severity_rank))
        }
        (Value::Text(text), _) => sql.push_bind(plain(text).into_owned()),
        (Value::Null, _) => sql.push("NULL"),
    };
    sql.push(")");
}

/// A part of a text; what is no text has no parts.
fn push_part<F>(sql: &mut Sql, column: Column, condition: &Condition<F>) {
    let (Value::Text(text), Kind::Text | Kind::ShortText) = (&condition.value, column.kind) else {
        sql.push("FALSE");
        return;
    };
    let text = fold(text);
    push_not_null(sql, column);
    match condition.comparison {
        Comparison::StartsWith => push_beginning(sql, column, &text),
        Comparison::EndsWith => push_like(sql, column, format!("%{}", escape_like(&text))),
        _ => push_like(sql, column, format!("%{}%", escape_like(&text))),
    }
    sql.push(")");
}

/// Opens a parenthesis in which the column has a value.
fn push_not_null(sql: &mut Sql, column: Column) {
    sql.push("(");
    if column.nullable {
        sql.push(column).push(" IS NOT NULL AND ");
    }
}

/// Says of a word that it is none of those that the index leaves out: without being told, SQLite
/// does not use that index.
fn push_rare<F>(sql: &mut Sql, column: Column, condition: &Condition<F>) {
    if let (Kind::WordBut(common), Comparison::Is) = (column.kind, condition.comparison)
        && condition.value != Value::Text(common.to_owned())
    {
        sql.push(column).push(" <> '").push(common).push("' AND ");
    }
}

/// A list's name in the tables of words.
pub(super) fn label_text(label: Label) -> &'static str {
    match label {
        Label::Tag => "tag",
        Label::SystemTag => "system_tag",
        Label::Technique => "technique",
        Label::Category => "category",
        Label::AlertTag => "alert_tag",
    }
}

fn incident_column(field: IncidentField) -> Column {
    match field {
        IncidentField::Id => column("incidents.id", Kind::Number),
        IncidentField::Name => column("incidents.name_folded", Kind::Text),
        IncidentField::Created => column("incidents.created_at", Kind::Number),
        IncidentField::Updated => column("incidents.updated_at", Kind::Number),
        IncidentField::AssignedTo => nullable("incidents.owner_folded", Kind::ShortText),
        IncidentField::Status => column("incidents.status", Kind::Word),
        IncidentField::Severity => column("incidents.severity", Kind::Severity),
        IncidentField::Classification => column("incidents.classification", Kind::Word),
        IncidentField::Determination => column("incidents.determination", Kind::Word),
        IncidentField::Redirect => nullable("incidents.redirect", Kind::Number),
        IncidentField::UpdatedBy => nullable("incidents.updated_by_folded", Kind::Text),
        IncidentField::Priority => nullable("incidents.priority", Kind::Number),
    }
}

fn alert_column(field: AlertField) -> Column {
    match field {
        AlertField::Id => column("alerts.id", Kind::Word),
        AlertField::Incident => column("alerts.incident_id", Kind::Number),
        AlertField::Title => column("alerts.title_folded", Kind::Text),
        AlertField::Service => nullable("alerts.service_folded", Kind::ShortText),
        AlertField::Detector => nullable("alerts.detector_folded", Kind::ShortText),
        AlertField::DetectorId => nullable("alerts.detector_id_folded", Kind::ShortText),
        AlertField::Product => nullable("alerts.product_folded", Kind::ShortText),
        AlertField::PolicyId => nullable("alerts.policy_id_folded", Kind::ShortText),
        AlertField::Category => nullable("alerts.category_folded", Kind::ShortText),
        AlertField::Status => column("alerts.status", Kind::Word),
        AlertField::Severity => column("alerts.severity", Kind::Severity),
        AlertField::Classification => column("alerts.classification", Kind::WordBut("unknown")),
        AlertField::Determination => column("alerts.determination", Kind::WordBut("not_available")),
        AlertField::Created => column("alerts.created_at", Kind::Number),
        AlertField::Updated => column("alerts.updated_at", Kind::Number),
        AlertField::Resolved => nullable("alerts.resolved_at", Kind::Number),
        AlertField::FirstActivity => column("alerts.first_activity_at", Kind::Number),
        AlertField::LastActivity => column("alerts.last_activity_at", Kind::Number),
        AlertField::AssignedTo => nullable("alerts.owner_folded", Kind::ShortText),
        AlertField::InvestigationState => {
            nullable("alerts.investigation_state_folded", Kind::ShortText)
        }
        AlertField::Actor => nullable("alerts.actor_folded", Kind::ShortText),
        AlertField::ThreatName => nullable("alerts.threat_name_folded", Kind::ShortText),
        AlertField::ThreatFamily => nullable("alerts.threat_family_folded", Kind::ShortText),
    }
}

fn evidence_column(field: EvidenceField) -> Column {
    let text = |name| nullable(name, Kind::Text);
    let column = match field {
        EvidenceField::Kind => self::column("kind", Kind::Text),
        EvidenceField::Added => nullable("added_at", Kind::Number),
        EvidenceField::ProcessId => nullable("process_id", Kind::Number),
        EvidenceField::Verdict => text("verdict"),
        EvidenceField::Remediation => text("remediation"),
        EvidenceField::DeviceId => text("device_id"),
        EvidenceField::DeviceDirectoryId => text("device_directory_id"),
        EvidenceField::DeviceName => text("device_name"),
        EvidenceField::AccountName => text("account_name"),
        EvidenceField::AccountDomain => text("account_domain"),
        EvidenceField::AccountSid => text("account_sid"),
        EvidenceField::AccountDirectoryId => text("account_directory_id"),
        EvidenceField::PrincipalName => text("principal_name"),
        EvidenceField::IpAddress => text("ip_address"),
        EvidenceField::Url => text("url"),
        EvidenceField::Sha1 => text("sha1"),
        EvidenceField::Sha256 => text("sha256"),
        EvidenceField::FileName => text("file_name"),
        EvidenceField::FilePath => text("file_path"),
        EvidenceField::CommandLine => text("command_line"),
        EvidenceField::MailboxAddress => text("mailbox_address"),
        EvidenceField::Sender => text("sender"),
        EvidenceField::Recipient => text("recipient"),
        EvidenceField::Subject => text("subject"),
        EvidenceField::RegistryKey => text("registry_key"),
        EvidenceField::RegistryValueName => text("registry_value_name"),
    };
    Column { member: true, ..column }
}
