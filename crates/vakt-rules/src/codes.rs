//! What the codes of problems stand for, for those who read a list of rules.

use vakt_kql::diagnostic::Stage;

use crate::check::BROKEN_FILE;

/// A code in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// What to do about it.
    pub help: &'static str,
}

/// What a code stands for. Codes that are not listed are told by the stage that found them.
pub fn about(code: &str, stage: Stage) -> About {
    if code == BROKEN_FILE {
        return About {
            title: "The file cannot be read",
            help: "Mend the file; queries behind this place were not looked at.",
        };
    }
    let listed = CODES.iter().find(|(listed, ..)| *listed == code);
    match (listed, stage) {
        (Some((_, title, help)), _) => About { title, help },
        (None, Stage::Parse) => About {
            title: "The text is not KQL",
            help: "Mend the query where it is marked: something is missing there, or too much.",
        },
        (None, Stage::Bind) => About {
            title: "Names or types do not fit",
            help: "Compare the names with the tables that the query reads, and the types with what \
                   the operator or function takes.",
        },
    }
}

/// Code, title, help.
const CODES: &[(&str, &str, &str)] = &[];
