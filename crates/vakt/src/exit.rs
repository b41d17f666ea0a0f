//! Exit codes: 0 done, 1 refused (by us or by the server, for a reason of the caller's), 2 a fault
//! of our own.

use std::io;
use std::process::ExitCode;

use vakt_client::ClientError;
use vakt_server::StartError;
use vakt_wire::incident_file::FileProblem;

use crate::problem::Problem;

/// How the command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// What was asked is done.
    Done,
    /// It was refused.
    Refused,
    /// We failed.
    Fault,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::from(0),
            Exit::Refused => Self::from(1),
            Exit::Fault => Self::from(2),
        }
    }
}

/// Prints clap's text. Help and version are no errors.
pub fn of_usage(usage: &clap::Error) -> Exit {
    // Nobody is left to tell when the terminal is gone.
    let _ = usage.print();
    if usage.use_stderr() { Exit::Refused } else { Exit::Done }
}

/// The code of an error: everything we can explain is a refusal.
pub fn of_error(error: &anyhow::Error) -> Exit {
    let explained = error.chain().any(|cause| {
        cause.is::<ClientError>()
            || cause.is::<Problem>()
            || cause.is::<FileProblem>()
            || cause.is::<StartError>()
            || cause.is::<io::Error>()
    });
    if explained { Exit::Refused } else { Exit::Fault }
}

/// Did the reader of our output go away, as `head` does?
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
