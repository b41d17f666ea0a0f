//! A copy of another server's incidents, kept up to date: pages are read from a [`Source`] in the
//! order of their last change, imported into a [`Target`], and only then counted as done in a
//! [`Checkpoint`]. Whoever is killed in between reads a page again, which does no harm. Start with
//! [`Mirror`]; which page comes next is decided in `reading`, how long to wait in `patience`.
//!
//! ```no_run
//! use vakt_client::Client;
//! use vakt_client::mirror::{
//!     Checkpoint, ClassicSource, Mirror, MirrorError, Surroundings, VaktTarget,
//! };
//!
//! # async fn run(
//! #     cloud: Client, own: Client, around: &mut dyn Surroundings,
//! # ) -> Result<(), MirrorError> {
//! let (cloud, own) = (cloud.without_retries(), own.without_retries());
//! let (source, target) = (ClassicSource::new(&cloud), VaktTarget::new(&own));
//! let checkpoint = Checkpoint::new(&cloud, &own, None);
//! let done = Mirror::new(vec![Box::new(source)], &target, checkpoint).round(around).await?;
//! println!("{} incidents are new", done.created);
//! # Ok(())
//! # }
//! ```

mod ask;
mod checkpoint;
mod error;
mod patience;
mod ports;
mod reading;
mod run;
mod sources;
mod target;

#[cfg(test)]
mod tests;

pub use ask::{Ask, Found, Order, Place, SourcePage};
pub use checkpoint::{Checkpoint, Counts, End};
pub use error::{MirrorError, Side};
pub use ports::{Api, Event, Source, Surroundings, Target};
pub use run::Mirror;
pub use sources::{ClassicSource, GraphSource};
pub use target::VaktTarget;
