//! Recorded changes: what is not searched.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use vakt_identity::audit::{
    Act, Activity, Actor, ChangedProperty, DirectoryEvent, Target, TargetKind,
};
use vakt_ids::{AppId, ObjectId, TenantId};

use super::{BadDocument, from_ticks};

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Document {
    #[serde(rename = "1")]
    V1(StoredEvent),
}

#[derive(Serialize, Deserialize)]
struct StoredEvent {
    actor: StoredActor,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<IpAddr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    targets: Vec<StoredTarget>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    changes: Vec<StoredChange>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum StoredActor {
    Application { app: AppId, principal: ObjectId },
    Person { id: ObjectId, user_name: String },
    Console,
    Server,
}

#[derive(Serialize, Deserialize)]
struct StoredTarget {
    kind: String,
    id: String,
    name: String,
}

#[derive(Serialize, Deserialize)]
struct StoredChange {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    old: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    new: Option<String>,
}

/// The columns of a row, as the database has them.
pub(crate) struct EventColumns {
    pub tenant: Option<TenantId>,
    pub at: i64,
    pub activity: String,
    pub succeeded: bool,
    pub correlation: String,
    pub document: String,
}

/// The document of an event.
pub(crate) fn write_event(event: &DirectoryEvent) -> Result<String, BadDocument> {
    let target = |target: &Target| StoredTarget {
        kind: target.kind.as_str().to_owned(),
        id: target.id.clone(),
        name: target.name.clone(),
    };
    let change = |change: &ChangedProperty| StoredChange {
        name: change.name.clone(),
        old: change.old.clone(),
        new: change.new.clone(),
    };
    Ok(serde_json::to_string(&Document::V1(StoredEvent {
        actor: write_actor(&event.act.actor),
        address: event.act.address,
        reason: event.reason.clone(),
        targets: event.targets.iter().map(target).collect(),
        changes: event.changes.iter().map(change).collect(),
    }))?)
}

/// An event out of its row.
pub(crate) fn read_event(columns: EventColumns) -> Result<DirectoryEvent, BadDocument> {
    let Document::V1(stored) = serde_json::from_str(&columns.document)?;
    let unknown = |what: &str, word: &str| BadDocument(format!("{what} is `{word}`"));
    let target = |target: StoredTarget| {
        let kind = TargetKind::from_word(&target.kind);
        let kind = kind.ok_or_else(|| unknown("kind", &target.kind))?;
        Ok(Target { kind, id: target.id, name: target.name })
    };
    let change = |change: StoredChange| ChangedProperty {
        name: change.name,
        old: change.old,
        new: change.new,
    };
    Ok(DirectoryEvent {
        tenant: columns.tenant,
        act: Act {
            at: from_ticks(columns.at),
            actor: read_actor(stored.actor),
            address: stored.address,
            correlation: columns.correlation,
        },
        activity: Activity::from_word(&columns.activity)
            .ok_or_else(|| unknown("activity", &columns.activity))?,
        succeeded: columns.succeeded,
        reason: stored.reason,
        targets: stored.targets.into_iter().map(target).collect::<Result<_, BadDocument>>()?,
        changes: stored.changes.into_iter().map(change).collect(),
    })
}

fn write_actor(actor: &Actor) -> StoredActor {
    match actor {
        Actor::Application { app, principal } => {
            StoredActor::Application { app: *app, principal: *principal }
        }
        Actor::Person { id, user_name } => {
            StoredActor::Person { id: *id, user_name: user_name.clone() }
        }
        Actor::Console => StoredActor::Console,
        Actor::Server => StoredActor::Server,
    }
}

fn read_actor(actor: StoredActor) -> Actor {
    match actor {
        StoredActor::Application { app, principal } => Actor::Application { app, principal },
        StoredActor::Person { id, user_name } => Actor::Person { id, user_name },
        StoredActor::Console => Actor::Console,
        StoredActor::Server => Actor::Server,
    }
}
