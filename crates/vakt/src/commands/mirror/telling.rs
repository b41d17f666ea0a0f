//! What a mirror says on its way: lines for people, or JSON lines for programs, to stderr.

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use vakt_client::mirror::{Checkpoint, Counts, Event, MirrorError, Side, Surroundings};
use vakt_client::{ClientError, ErrorKind};

use super::checkpoint_file::CheckpointFile;
use crate::print::Printer;
use crate::relative_time::to_second;
use crate::{chance, clock};

/// People are told of progress this often.
const PROGRESS_EVERY_SECONDS: i64 = 2;

/// Keeps the checkpoint in its file, and tells what happens.
#[derive(Debug)]
pub struct Teller<'a> {
    file: &'a CheckpointFile,
    printer: Printer,
    told_at: Option<Timestamp>,
}

impl<'a> Teller<'a> {
    /// Over a file that was taken.
    pub fn new(file: &'a CheckpointFile, printer: Printer) -> Self {
        Self { file, printer, told_at: None }
    }

    /// Tells that a round ended before the present, and that another one will follow.
    pub fn round_failed(&self, error: &MirrorError) {
        let reason = format!("{error}: {}", error.cause());
        if self.printer.is_json() {
            let event = json!({ "event": "roundFailed", "reason": reason });
            self.printer.note(&event.to_string());
        } else {
            self.printer.warn(&format!("{reason}; the next round begins where this one ended"));
        }
    }

    fn progress_is_due(&mut self) -> bool {
        let now = clock::now();
        let pause = SignedDuration::from_secs(PROGRESS_EVERY_SECONDS);
        let is_due = self.told_at.is_none_or(|told| now.duration_since(told) >= pause);
        if is_due {
            self.told_at = Some(now);
        }
        is_due
    }
}

impl Surroundings for Teller<'_> {
    fn now(&self) -> Timestamp {
        clock::now()
    }

    fn chance(&mut self) -> u64 {
        chance::number()
    }

    fn keep(&mut self, checkpoint: &Checkpoint) -> Result<(), ClientError> {
        let written = self.file.write(checkpoint).context("how far the mirror is");
        written.map_err(|error| {
            let text = format!("{} cannot be written", self.file.path().display());
            ClientError::new(ErrorKind::Configuration, text)
                .with_hint("see that the folder may be written to and has room")
                .with_source(error)
        })
    }

    fn hear(&mut self, event: &Event) {
        if self.printer.is_json() {
            self.printer.note(&to_json(event).to_string());
        } else if !matches!(event, Event::Imported { .. }) || self.progress_is_due() {
            self.printer.note(&to_words(event));
        }
    }
}

fn to_words(event: &Event) -> String {
    match event {
        Event::Started { api, from: None } => format!("reading all incidents by {api}"),
        Event::Started { api, from: Some(from) } => {
            format!("reading what changed since {} by {api}", to_second(*from))
        }
        Event::Imported { counts, up_to } => {
            let Counts { read, created, updated, .. } = counts;
            let up_to = up_to.map(|time| format!(", up to {}", to_second(time)));
            let up_to = up_to.unwrap_or_default();
            format!("{read} incidents read, {created} new, {updated} updated{up_to}")
        }
        Event::Waiting { side, pause, reason } => {
            format!("{}: {reason}; again in {:.1} seconds", name(*side), pause.as_secs_f64())
        }
        Event::OtherApi { api, reason } => format!("{reason}; trying {api} instead"),
        Event::Unordered => {
            "the source keeps no order of changes: reading by windows of time instead".into()
        }
        Event::ShorterPages => "the source is slow: asking for shorter pages".into(),
        Event::AlertsUnsure { incident, reason } => format!(
            "warning: incident {incident} has a round number of alerts, and the source does not \
             say whether there are more: {reason}"
        ),
        Event::Refused { incident, reason } => format!("refused: incident {incident}: {reason}"),
        Event::Ignored { members } => {
            format!("members that nobody knew were left out: {}", members.join(", "))
        }
    }
}

fn to_json(event: &Event) -> Value {
    match event {
        Event::Started { api, from } => json!({
            "event": "started", "api": api.name(), "from": from.map(|from| from.to_string()),
        }),
        Event::Imported { counts, up_to } => json!({
            "event": "imported", "counts": counts, "upTo": up_to.map(|time| time.to_string()),
        }),
        Event::Waiting { side, pause, reason } => json!({
            "event": "waiting", "side": name(*side), "milliseconds": pause.as_millis(),
            "reason": reason,
        }),
        Event::OtherApi { api, reason } => {
            json!({ "event": "otherApi", "api": api.name(), "reason": reason })
        }
        Event::Unordered => json!({ "event": "unordered" }),
        Event::ShorterPages => json!({ "event": "shorterPages" }),
        Event::AlertsUnsure { incident, reason } => {
            json!({ "event": "alertsUnsure", "incident": incident, "reason": reason })
        }
        Event::Refused { incident, reason } => {
            json!({ "event": "refused", "incident": incident, "reason": reason })
        }
        Event::Ignored { members } => json!({ "event": "ignored", "members": members }),
    }
}

fn name(side: Side) -> &'static str {
    match side {
        Side::Source => "source",
        Side::Target => "target",
        Side::Checkpoint => "checkpoint",
    }
}
