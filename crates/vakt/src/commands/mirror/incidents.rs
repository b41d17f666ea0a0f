//! `vakt mirror incidents`.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;
use vakt_client::Client;
use vakt_client::mirror::{
    Api, Checkpoint, ClassicSource, Counts, GraphSource, Mirror, Source, VaktTarget,
};

use super::checkpoint_file::CheckpointFile;
use super::telling::Teller;
use crate::args::{ConnectionArgs, MirrorApi, MirrorIncidentsArgs};
use crate::clock;
use crate::context::Context;
use crate::exit::Exit;
use crate::print::Printer;
use crate::problem::Problem;
use crate::relative_time::to_second_or_nothing;
use crate::stop_signal::StopSignal;

/// Folder of checkpoints, beside the profiles.
const FOLDER: &str = "mirrors";

/// Mirrors incidents once, or until it is told to stop.
pub async fn run(
    wish: MirrorIncidentsArgs,
    connection: &ConnectionArgs,
    context: &Context,
) -> anyhow::Result<Exit> {
    let source = context.connect_profile(&wish.from)?.without_retries();
    let target = match &wish.to {
        Some(profile) => context.connect_profile(profile)?,
        None => context.connect(connection)?,
    };
    let target = target.without_retries();
    let file = CheckpointFile::take(&checkpoint_path(&wish, context)?)?;
    let since = wish.since.map(|since| since.instant(clock::now()));
    let begun = Checkpoint::new(&source, &target, since);
    if begun.source == begun.target {
        let text = format!("source and target are both {}", begun.source);
        return Err(Problem::new(text).with_hint("name two servers with --from and --to").into());
    }
    let checkpoint = match file.read()? {
        Some(kept) => kept.resume(begun)?,
        None => begun,
    };
    let importer = VaktTarget::new(&target);
    let sources = sources(&source, wish.api, &checkpoint);
    let mut mirror = Mirror::new(sources, &importer, checkpoint).with_tries_max(wish.tries);
    if let Some(size) = wish.page_size {
        mirror = mirror.with_page_max(size);
    }
    let mut teller = Teller::new(&file, context.printer);
    let mut total = Total { before: mirror.checkpoint().counts, rounds: 0 };
    let mut stop = StopSignal::listen()?;
    let ended = tokio::select! {
        ended = keep_going(&mut mirror, &mut teller, wish.every, &mut total.rounds) => ended,
        stopped = stop.wait() => stopped,
    };
    // Also after a failure: what came before it is there.
    let done = total.since(mirror.checkpoint().counts);
    total.show(done, mirror.checkpoint(), &file, context.printer)?;
    ended?;
    Ok(if done.refused > 0 { Exit::Refused } else { Exit::Done })
}

fn checkpoint_path(wish: &MirrorIncidentsArgs, context: &Context) -> anyhow::Result<PathBuf> {
    if let Some(path) = &wish.checkpoint {
        return Ok(path.clone());
    }
    let name = match &wish.to {
        Some(to) => format!("{}-to-{to}.json", wish.from),
        None => format!("{}.json", wish.from),
    };
    Ok(context.config_dir()?.join(FOLDER).join(name))
}

/// The API that was named; else the one that answered before; else Graph before the classic one.
fn sources<'a>(
    client: &'a Client,
    named: Option<MirrorApi>,
    checkpoint: &Checkpoint,
) -> Vec<Box<dyn Source + 'a>> {
    let graph = || Box::new(GraphSource::new(client));
    let classic = || Box::new(ClassicSource::new(client));
    let named = named.map(|api| match api {
        MirrorApi::Graph => Api::Graph,
        MirrorApi::Classic => Api::Classic,
    });
    match named.or_else(|| checkpoint.api.as_deref().and_then(Api::of_name)) {
        Some(Api::Graph) => vec![graph()],
        Some(Api::Classic) => vec![classic()],
        None => vec![graph(), classic()],
    }
}

/// One round, or one after another. A failure that may pass ends a round, and not the mirror.
async fn keep_going(
    mirror: &mut Mirror<'_>,
    teller: &mut Teller<'_>,
    every: Option<u32>,
    rounds: &mut u64,
) -> anyhow::Result<()> {
    loop {
        *rounds += 1;
        let ended = mirror.round(teller).await;
        let Some(minutes) = every else {
            ended?;
            return Ok(());
        };
        match ended {
            Err(error) if error.is_passing() => teller.round_failed(&error),
            ended => {
                ended?;
            }
        }
        tokio::time::sleep(Duration::from_secs(u64::from(minutes) * 60)).await;
    }
}

/// What this run did.
#[derive(Debug)]
struct Total {
    before: Counts,
    rounds: u64,
}

impl Total {
    fn since(&self, now: Counts) -> Counts {
        let Counts { read, created, updated, unchanged, refused } = self.before;
        Counts {
            read: now.read - read,
            created: now.created - created,
            updated: now.updated - updated,
            unchanged: now.unchanged - unchanged,
            refused: now.refused - refused,
        }
    }

    fn show(
        &self,
        done: Counts,
        checkpoint: &Checkpoint,
        file: &CheckpointFile,
        printer: Printer,
    ) -> anyhow::Result<()> {
        let Counts { read, created, updated, unchanged, refused } = done;
        if printer.is_json() {
            return printer.json(&json!({
                "api": checkpoint.api,
                "rounds": self.rounds,
                "read": read,
                "created": created,
                "updated": updated,
                "unchanged": unchanged,
                "refused": refused,
                "upTo": checkpoint.high_water.map(|time| time.to_string()),
                "checkpoint": file.path().display().to_string(),
            }));
        }
        let [read, created, updated, unchanged, refused] =
            [read, created, updated, unchanged, refused].map(|count| count.to_string());
        let up_to = to_second_or_nothing(checkpoint.high_water);
        printer.table(
            ["READ", "CREATED", "UPDATED", "UNCHANGED", "REFUSED", "UP TO"],
            [[read, created, updated, unchanged, refused, up_to]],
        )?;
        Ok(())
    }
}
