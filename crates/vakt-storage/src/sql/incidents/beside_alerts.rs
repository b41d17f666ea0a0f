//! What stands beside an alert's row: the entities that tie it to others, the words of its lists.
//! Which rows those are follows from the alert alone, so that those of a replaced state are found
//! through its document. Whoever changes what follows brings the rows over in a migration.

use vakt_incidents::{Alert, IncidentStoreError, Label, StrongEntity, strong_entities};

use super::super::batch::{Insertion, Values};
use super::predicate::label_text;
use super::tie_segments::{ActiveSegments, Activity, segment_of};
use super::{DbConnection, Tenant, failed};
use crate::rows::fold_short;

static TIES: Insertion = Insertion::into(
    "alert_ties (tenant, segment, kind, key, alert_seq)",
    5,
    "ON CONFLICT DO NOTHING",
);
static LABELS: Insertion =
    Insertion::into("alert_labels (tenant, label, word, alert_seq)", 4, "ON CONFLICT DO NOTHING");

/// A row beside an alert's: what it is about, and the text by which it is found.
type Word = (&'static str, String);

/// The rows beside an alert's.
#[derive(Default)]
pub(super) struct Companions {
    ties: Vec<Word>,
    labels: Vec<Word>,
    activity: Option<Activity>,
}

impl Companions {
    pub(super) fn of(alert: &Alert) -> Self {
        let tie = |entity: StrongEntity| (entity.kind.as_str(), fold_short(&entity.key));
        let lists = [
            (Label::Technique, &alert.techniques),
            (Label::Category, &alert.categories),
            (Label::AlertTag, &alert.system_tags),
        ];
        let mut labels = Vec::new();
        for (label, words) in lists {
            labels.extend(words.iter().map(|word| (label_text(label), fold_short(word))));
        }
        let ties: Vec<Word> = strong_entities(alert).into_iter().map(tie).collect();
        let activity = (!ties.is_empty()).then(|| Activity::of(alert));
        Self { ties, labels, activity }
    }

    /// Takes out of both what both have.
    fn part_from(&mut self, other: &mut Self) {
        part(&mut self.ties, &mut other.ties);
        part(&mut self.labels, &mut other.labels);
    }
}

fn part(before: &mut Vec<Word>, after: &mut Vec<Word>) {
    let stays: Vec<Word> = before.extract_if(.., |word| after.contains(word)).collect();
    after.retain(|word| !stays.contains(word));
}

/// What becomes of the rows beside an alert's.
pub(super) struct Change {
    pub alert_seq: i64,
    pub before: Companions,
    pub after: Companions,
}

/// Brings the rows beside alerts to their new state.
pub(super) async fn put(
    connection: &mut DbConnection,
    tenant: Tenant,
    changes: Vec<Change>,
) -> Result<(), IncidentStoreError> {
    let mut ties = Vec::new();
    let mut labels = Vec::new();
    let mut segments = ActiveSegments::default();
    for Change { alert_seq, mut before, mut after } in changes {
        if let Some(activity) = after.activity {
            segments.note(alert_seq, activity);
        }
        before.part_from(&mut after);
        remove(connection, tenant, (alert_seq, before)).await?;
        ties.extend(after.ties.into_iter().map(|word| (alert_seq, word)));
        labels.extend(after.labels.into_iter().map(|word| (alert_seq, word)));
    }
    segments.store(connection, tenant).await?;
    let bind = |values: &mut Values, (alert_seq, (what, word)): (i64, Word)| {
        values.add(tenant.number).add(segment_of(alert_seq)).add(what).add(word).add(alert_seq);
    };
    TIES.store(connection, ties, bind).await.map_err(failed)?;
    let bind = |values: &mut Values, (alert_seq, (what, word)): (i64, Word)| {
        values.add(tenant.number).add(what).add(word).add(alert_seq);
    };
    LABELS.store(connection, labels, bind).await.map_err(failed)
}

async fn remove(
    connection: &mut DbConnection,
    tenant: Tenant,
    (alert_seq, gone): (i64, Companions),
) -> Result<(), IncidentStoreError> {
    const TIE: &str = "DELETE FROM alert_ties
        WHERE tenant = $1 AND segment = $2 AND kind = $3 AND key = $4 AND alert_seq = $5";
    const LABEL: &str = "DELETE FROM alert_labels
        WHERE tenant = $1 AND label = $2 AND word = $3 AND alert_seq = $4";
    for (kind, key) in gone.ties {
        let within = sqlx::query(TIE).bind(tenant.number).bind(segment_of(alert_seq));
        let query = within.bind(kind).bind(key).bind(alert_seq);
        query.execute(&mut *connection).await.map_err(failed)?;
    }
    for (label, word) in gone.labels {
        let query = sqlx::query(LABEL).bind(tenant.number).bind(label).bind(word).bind(alert_seq);
        query.execute(&mut *connection).await.map_err(failed)?;
    }
    Ok(())
}
