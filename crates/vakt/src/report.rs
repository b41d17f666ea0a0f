//! Errors for people: what, why, and the next step.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use vakt_client::ClientError;
use vakt_server::StartError;
use vakt_wire::incident_file::FileProblem;

use crate::exit::{self, Exit};
use crate::print::visible;
use crate::problem::Problem;

/// Tells the caller on stderr, and gives the exit code. A reader that went away is told nothing.
pub fn report(error: &anyhow::Error) -> Exit {
    if exit::is_broken_pipe(error) {
        return Exit::Done;
    }
    let exit = exit::of_error(error);
    // Nobody is left to tell when stderr is gone.
    let _ = io::stderr().lock().write_all(render(error, exit).as_bytes());
    exit
}

fn render(error: &anyhow::Error, exit: Exit) -> String {
    let mut text = String::new();
    let mut said = String::new();
    for (depth, cause) in error.chain().enumerate() {
        let line = visible(&cause.to_string());
        // Some libraries repeat their cause in their own text.
        if depth == 0 {
            let _ = writeln!(text, "error: {line}");
        } else if !said.ends_with(&line) {
            let _ = writeln!(text, "  caused by: {line}");
        }
        said = line;
    }
    if let Some(id) = error.chain().find_map(correlation_id) {
        let _ = writeln!(text, "  the server logged it as {}", visible(id));
    }
    let fault = "this is a fault of vakt itself: please report it, with what you ran";
    let hint = error.chain().find_map(hint).or((exit == Exit::Fault).then_some(fault));
    if let Some(hint) = hint {
        let _ = writeln!(text, "\nhint: {hint}");
    }
    text
}

fn hint<'a>(cause: &'a (dyn std::error::Error + 'static)) -> Option<&'a str> {
    let of_client = cause.downcast_ref::<ClientError>().and_then(ClientError::hint);
    of_client
        .or_else(|| cause.downcast_ref::<Problem>().and_then(Problem::hint))
        .or_else(|| cause.downcast_ref::<FileProblem>().map(FileProblem::hint))
        .or_else(|| cause.downcast_ref::<StartError>().and_then(StartError::hint))
}

fn correlation_id<'a>(cause: &'a (dyn std::error::Error + 'static)) -> Option<&'a str> {
    cause.downcast_ref::<ClientError>().and_then(ClientError::correlation_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;
    use vakt_client::ErrorKind;

    #[test]
    fn errors_end_with_the_next_step() {
        let cause = io::Error::new(io::ErrorKind::NotFound, "no such file");
        let refused = ClientError::new(ErrorKind::Configuration, "the file cannot be read")
            .with_hint("check the path")
            .with_source(cause);
        let refused = anyhow::Error::from(refused).context("reading ca.pem");
        let ours = anyhow::anyhow!("out of luck");
        let own = Err::<(), _>(Problem::new("no profile").with_hint("run `vakt init`"));
        let own = own.context("choosing a server").unwrap_err();
        for (error, exit, expected) in [
            (
                refused,
                Exit::Refused,
                "error: reading ca.pem\n  caused by: the file cannot be read\n  caused by: no such file\n\nhint: check the path\n",
            ),
            (
                own,
                Exit::Refused,
                "error: choosing a server\n  caused by: no profile\n\nhint: run `vakt init`\n",
            ),
            (
                ours,
                Exit::Fault,
                "error: out of luck\n\nhint: this is a fault of vakt itself: please report it, with what you ran\n",
            ),
        ] {
            assert_eq!(exit::of_error(&error), exit);
            assert_eq!(render(&error, exit), expected);
        }
    }

    #[test]
    fn a_reader_that_left_is_no_error() {
        let error = anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(report(&error), Exit::Done);
    }
}
