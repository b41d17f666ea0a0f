//! A round: read a page, import it, keep the checkpoint; wait and try again where it may help.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use super::ask::{Ask, Found, Order, SourcePage};
use super::checkpoint::{Checkpoint, Counts};
use super::error::{MirrorError, Side};
use super::patience::{Patience, Verdict};
use super::ports::{Event, Source, Surroundings, Target};
use super::reading::{Reading, Step};
use crate::error::{ClientError, ErrorKind};
use crate::incidents::ImportSummary;

/// How often a call may fail before a round ends, unless the caller says otherwise.
const TRIES_MAX: u32 = 8;
/// After so many failures of one page, a shorter one is asked for.
const FAILURES_BEFORE_SHORTER: u32 = 3;
/// An incident with so many alerts, or a multiple of it, may have been cut: services send lists
/// up to a round number.
const ALERTS_SUSPICIOUS: usize = 50;

/// Mirrors incidents of one tenant into another.
pub struct Mirror<'a> {
    /// The one that is read, and those to try if it refuses.
    sources: Vec<Box<dyn Source + 'a>>,
    /// Has the first of them answered? Then it stays.
    has_answered: bool,
    target: &'a dyn Target,
    checkpoint: Checkpoint,
    /// Did it turn out that the source keeps no order?
    is_unordered: bool,
    page_max: u32,
    tries_max: u32,
}

impl<'a> Mirror<'a> {
    /// A mirror that goes on from `checkpoint`. Of the sources the first one is read; the next is
    /// tried when it refuses the application or is not there.
    pub fn new(
        sources: Vec<Box<dyn Source + 'a>>,
        target: &'a dyn Target,
        checkpoint: Checkpoint,
    ) -> Self {
        Self {
            sources,
            has_answered: false,
            target,
            checkpoint,
            is_unordered: false,
            page_max: u32::MAX,
            tries_max: TRIES_MAX,
        }
    }

    /// The same mirror with pages of at most so many incidents.
    #[must_use]
    pub fn with_page_max(self, page_max: u32) -> Self {
        Self { page_max, ..self }
    }

    /// The same mirror, whose calls may fail so often before it gives up. Being throttled is no
    /// failure.
    #[must_use]
    pub fn with_tries_max(self, tries_max: u32) -> Self {
        Self { tries_max, ..self }
    }

    /// How far it is.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Reads from the checkpoint to the present. May be broken off at any time, and then goes on
    /// from the checkpoint that was kept last.
    pub async fn round(&mut self, around: &mut dyn Surroundings) -> Result<Counts, MirrorError> {
        let mut reading = self.begin(around)?;
        let mut round = Round::default();
        while let Some(ask) = reading.ask() {
            let page = match self.read(&ask, &mut reading, around).await {
                Ok(Some(page)) => page,
                Ok(None) => continue,
                Err(error) if self.turn_to_next_source(&error, around) => {
                    reading = self.begin(around)?;
                    continue;
                }
                Err(error) => return Err(error),
            };
            match reading.take(&page) {
                Step::Take => self.bring(page.incidents, &reading, &mut round, around).await?,
                Step::Unordered => self.lose_order(around),
                Step::TooMany => {}
                Step::Stuck => return Err(MirrorError::new(Side::Source, circles())),
            }
        }
        if !round.ignored.is_empty() {
            around.hear(&Event::Ignored { members: round.ignored.into_iter().collect() });
        }
        Ok(round.counts)
    }

    fn begin(&mut self, around: &mut dyn Surroundings) -> Result<Reading, MirrorError> {
        let source = self.source()?;
        let (api, top) = (source.api(), source.page_max().min(self.page_max));
        let order = if self.is_unordered { Order::Any } else { source.order() };
        let from = self.checkpoint.next_from();
        around.hear(&Event::Started { api, from });
        let from = from.unwrap_or(Timestamp::UNIX_EPOCH);
        Ok(Reading::start(from, order, top, around.now()))
    }

    fn source(&self) -> Result<&dyn Source, MirrorError> {
        let none = || {
            let text = "there is no API to read from";
            MirrorError::new(Side::Source, ClientError::new(ErrorKind::Configuration, text))
        };
        self.sources.first().map(AsRef::as_ref).ok_or_else(none)
    }

    /// The page; `None` when it is to be asked for otherwise.
    async fn read(
        &mut self,
        ask: &Ask,
        reading: &mut Reading,
        around: &mut dyn Surroundings,
    ) -> Result<Option<SourcePage>, MirrorError> {
        let mut patience = Patience::new(self.tries_max);
        loop {
            let source = self.source()?;
            let error = match source.page(ask).await {
                Ok(page) => {
                    let api = source.api().name().to_owned();
                    (self.has_answered, self.checkpoint.api) = (true, Some(api));
                    return Ok(Some(page));
                }
                Err(error) => error,
            };
            if error.status() == Some(400) && ask.order == Order::Ascending {
                reading.lose_order();
                self.lose_order(around);
                return Ok(None);
            }
            match patience.judge(&error, around.chance()) {
                Verdict::GiveUp => return Err(MirrorError::new(Side::Source, error)),
                Verdict::NewToken => source.forget_token().await,
                Verdict::Wait(pause) => wait(Side::Source, pause, &error, around).await,
            }
            if patience.failures() >= FAILURES_BEFORE_SHORTER && reading.shorten_pages() {
                around.hear(&Event::ShorterPages);
                return Ok(None);
            }
        }
    }

    fn lose_order(&mut self, around: &mut dyn Surroundings) {
        self.is_unordered = true;
        around.hear(&Event::Unordered);
    }

    /// Turns to the next source, if this one never answered and refuses as it will always refuse.
    fn turn_to_next_source(&mut self, error: &MirrorError, around: &mut dyn Surroundings) -> bool {
        let refuses = matches!(error.cause().kind(), ErrorKind::Forbidden | ErrorKind::NotFound);
        if self.has_answered || !refuses || self.sources.len() < 2 {
            return false;
        }
        self.sources.remove(0);
        if let Some(source) = self.sources.first() {
            let (api, reason) = (source.api(), error.cause().to_string());
            around.hear(&Event::OtherApi { api, reason });
        }
        true
    }

    /// Imports incidents and keeps the checkpoint.
    async fn bring(
        &mut self,
        incidents: Vec<Found>,
        reading: &Reading,
        round: &mut Round,
        around: &mut dyn Surroundings,
    ) -> Result<(), MirrorError> {
        let (mut ids, mut values) = (Vec::new(), Vec::new());
        for mut incident in incidents {
            self.complete_alerts(&mut incident, round, around).await?;
            ids.push(incident.id);
            values.push(incident.json);
        }
        let summary = self.import(&values, around).await?;
        for refused in &summary.refused {
            let known = usize::try_from(refused.index).ok().and_then(|index| ids.get(index));
            let incident = known.cloned().unwrap_or_default();
            around.hear(&Event::Refused { incident, reason: refused.reason.clone() });
        }
        let read = ids.len() as u64;
        round.counts.add(read, &summary);
        self.checkpoint.counts.add(read, &summary);
        round.ignored.extend(summary.ignored_members);
        self.checkpoint.reach(reading.complete_up_to());
        let kept = around.keep(&self.checkpoint);
        kept.map_err(|error| MirrorError::new(Side::Checkpoint, error))?;
        around.hear(&Event::Imported { counts: round.counts, up_to: self.checkpoint.high_water });
        Ok(())
    }

    async fn import(
        &self,
        incidents: &[Value],
        around: &mut dyn Surroundings,
    ) -> Result<ImportSummary, MirrorError> {
        if incidents.is_empty() {
            return Ok(ImportSummary::default());
        }
        let mut patience = Patience::new(self.tries_max);
        loop {
            let error = match self.target.import(incidents).await {
                Ok(summary) => return Ok(summary),
                Err(error) => error,
            };
            match patience.judge(&error, around.chance()) {
                Verdict::GiveUp => return Err(MirrorError::new(Side::Target, error)),
                Verdict::NewToken => self.target.forget_token().await,
                Verdict::Wait(pause) => wait(Side::Target, pause, &error, around).await,
            }
        }
    }

    /// Asks for an incident's alerts where their number looks like a limit.
    async fn complete_alerts(
        &self,
        incident: &mut Found,
        round: &mut Round,
        around: &mut dyn Surroundings,
    ) -> Result<(), MirrorError> {
        let alerts = incident.json.get_mut("alerts").and_then(Value::as_array_mut);
        let Some(alerts) = alerts.filter(|alerts| is_suspicious(alerts.len())) else {
            return Ok(());
        };
        if round.alerts_are_refused {
            return Ok(());
        }
        let source = self.source()?;
        let mut patience = Patience::new(self.tries_max);
        loop {
            let error = match source.alerts(&incident.id).await {
                Ok(all) => {
                    add_missing(alerts, all.unwrap_or_default());
                    return Ok(());
                }
                Err(error) => error,
            };
            if is_refusal(&error) {
                round.alerts_are_refused = true;
                let (incident, reason) = (incident.id.clone(), error.to_string());
                around.hear(&Event::AlertsUnsure { incident, reason });
                return Ok(());
            }
            match patience.judge(&error, around.chance()) {
                Verdict::GiveUp => return Err(MirrorError::new(Side::Source, error)),
                Verdict::NewToken => source.forget_token().await,
                Verdict::Wait(pause) => wait(Side::Source, pause, &error, around).await,
            }
        }
    }
}

/// What one round has done so far.
#[derive(Debug, Default)]
struct Round {
    counts: Counts,
    ignored: BTreeSet<String>,
    /// The source takes no questions about the alerts of an incident.
    alerts_are_refused: bool,
}

async fn wait(
    side: Side,
    pause: std::time::Duration,
    error: &ClientError,
    around: &mut dyn Surroundings,
) {
    around.hear(&Event::Waiting { side, pause, reason: error.to_string() });
    tokio::time::sleep(pause).await;
}

fn is_suspicious(alerts: usize) -> bool {
    alerts > 0 && alerts.is_multiple_of(ALERTS_SUSPICIOUS)
}

/// A refusal of the question itself, which would be the same for any incident.
fn is_refusal(error: &ClientError) -> bool {
    matches!(error.kind(), ErrorKind::Refused | ErrorKind::Forbidden | ErrorKind::NotFound)
}

fn add_missing(alerts: &mut Vec<Value>, all: Vec<Value>) {
    let id = |alert: &Value| alert.get("id").and_then(Value::as_str).map(str::to_owned);
    let there: BTreeSet<Option<String>> = alerts.iter().map(id).collect();
    alerts.extend(all.into_iter().filter(|alert| !there.contains(&id(alert))));
}

fn circles() -> ClientError {
    let text =
        "it sends the same incidents again and again, and has more that changed at that time";
    ClientError::new(ErrorKind::UnexpectedAnswer, text)
        .with_hint("try the other API, with --api graph or --api classic")
}
