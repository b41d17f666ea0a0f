//! What is to be done to a machine. This house has no sensors: an action is recorded, and the
//! operator's own automation takes it up and says what came of it.

use jiff::Timestamp;
use vakt_ids::{MachineActionId, MachineId};

use crate::words::{ActionKind, ActionScope, ActionStatus};

/// Longest comment, in characters.
pub const COMMENT_MAX_CHARS: usize = 4_000;

/// An action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineAction {
    /// Id.
    pub id: MachineActionId,
    /// What is to be done.
    pub kind: ActionKind,
    /// How far it goes.
    pub scope: Option<ActionScope>,
    /// Name of who asked for it.
    pub requestor: String,
    /// Why.
    pub comment: String,
    /// Where it stands.
    pub status: ActionStatus,
    /// The machine.
    pub machine: MachineId,
    /// The machine's name when it was asked for.
    pub machine_name: Option<String>,
    /// Creation.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Why and by whom it was called off.
    pub cancellation: Option<Cancellation>,
    /// SHA-1 of the file that is to be stopped.
    pub file_sha1: Option<String>,
    /// The caller's own id.
    pub external_id: Option<String>,
    /// Who carries it out, and what they say of it.
    pub report: Option<String>,
    /// A number of the failure; 0 if there is none.
    pub error_code: i64,
}

/// A cancellation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    /// Name of who called it off.
    pub requestor: String,
    /// Why.
    pub comment: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMachineAction {
    /// Id.
    pub id: MachineActionId,
    /// What is to be done.
    pub kind: ActionKind,
    /// How far it goes.
    pub scope: Option<ActionScope>,
    /// Name of who asks for it.
    pub requestor: String,
    /// Why.
    pub comment: String,
    /// SHA-1 of the file.
    pub file_sha1: Option<String>,
    /// The caller's own id.
    pub external_id: Option<String>,
}

/// Why an action cannot be asked for or changed so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionFault {
    /// A comment is needed.
    #[error("give a `Comment` of 1 to {COMMENT_MAX_CHARS} characters that says why")]
    Comment,
    /// A scope that this kind does not have.
    #[error("`{0}` does not fit this action")]
    Scope(&'static str),
    /// A file is needed.
    #[error("give the file's `Sha1`, 40 hex digits")]
    Hash,
    /// One of the same kind is under way.
    #[error("Action is already in progress")]
    AlreadyActive,
    /// It is in an end state, or would leap or go back.
    #[error("an action that is {from} cannot become {to}", from = .from.as_str(), to = .to.as_str())]
    Unlawful {
        /// Where it stands.
        from: ActionStatus,
        /// Where it should go.
        to: ActionStatus,
    },
}

impl ActionStatus {
    /// Will it change no more?
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Pending | Self::InProgress)
    }

    /// May one follow the other? Nothing leaps over [`Self::InProgress`] but a cancellation, so
    /// that of two who take up the same action only one succeeds.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Pending => matches!(next, Self::InProgress | Self::Cancelled),
            Self::InProgress => next.is_final(),
            Self::Succeeded | Self::Failed | Self::TimedOut | Self::Cancelled => false,
        }
    }
}

impl NewMachineAction {
    /// Checks the wish, and makes it an action on a machine.
    pub fn for_machine(
        self,
        machine: MachineId,
        machine_name: Option<String>,
        now: Timestamp,
    ) -> Result<MachineAction, ActionFault> {
        check_comment(&self.comment)?;
        check_scope(self.kind, self.scope)?;
        let file_sha1 = match (self.kind, self.file_sha1) {
            (ActionKind::StopAndQuarantine, Some(hash)) if is_sha1(&hash) => {
                Some(hash.to_ascii_lowercase())
            }
            (ActionKind::StopAndQuarantine, _) => return Err(ActionFault::Hash),
            _ => None,
        };
        Ok(MachineAction {
            id: self.id,
            kind: self.kind,
            scope: self.scope,
            requestor: self.requestor,
            comment: self.comment,
            status: ActionStatus::Pending,
            machine,
            machine_name,
            created_at: now,
            updated_at: now,
            cancellation: None,
            file_sha1,
            external_id: self.external_id,
            report: None,
            error_code: 0,
        })
    }
}

impl MachineAction {
    /// Moves it on; a cancellation has a way of its own.
    pub fn advance(&mut self, to: ActionStatus, now: Timestamp) -> Result<(), ActionFault> {
        if to == ActionStatus::Cancelled || !self.status.may_become(to) {
            return Err(ActionFault::Unlawful { from: self.status, to });
        }
        self.status = to;
        self.updated_at = now;
        Ok(())
    }

    /// Calls it off.
    pub fn cancel(&mut self, cancellation: Cancellation) -> Result<(), ActionFault> {
        let to = ActionStatus::Cancelled;
        if !self.status.may_become(to) {
            return Err(ActionFault::Unlawful { from: self.status, to });
        }
        self.status = to;
        self.updated_at = cancellation.at;
        self.cancellation = Some(cancellation);
        Ok(())
    }
}

fn check_comment(comment: &str) -> Result<(), ActionFault> {
    let length = comment.chars().count();
    let good = (1..=COMMENT_MAX_CHARS).contains(&length);
    if good { Ok(()) } else { Err(ActionFault::Comment) }
}

fn check_scope(kind: ActionKind, scope: Option<ActionScope>) -> Result<(), ActionFault> {
    use ActionScope::{Full, Quick, Selective, Unmanaged};
    let fits = match (kind, scope) {
        (_, None) => true,
        (ActionKind::Isolate | ActionKind::Unisolate, Some(scope)) => {
            matches!(scope, Full | Selective | Unmanaged)
        }
        (ActionKind::Scan, Some(scope)) => matches!(scope, Full | Quick),
        (_, Some(_)) => false,
    };
    match (fits, scope) {
        (false, Some(scope)) => Err(ActionFault::Scope(scope.as_str())),
        _ => Ok(()),
    }
}

fn is_sha1(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_go_forward_one_step_at_a_time() {
        use ActionStatus::{Cancelled, Failed, InProgress, Pending, Succeeded, TimedOut};
        let lawful = [
            (Pending, InProgress),
            (Pending, Cancelled),
            (InProgress, Succeeded),
            (InProgress, Failed),
            (InProgress, TimedOut),
            (InProgress, Cancelled),
        ];
        for from in ActionStatus::ALL {
            for to in ActionStatus::ALL {
                let expected = lawful.contains(&(*from, *to));
                assert_eq!(from.may_become(*to), expected, "{from:?} to {to:?}");
            }
        }
    }

    #[test]
    fn wishes_are_checked() {
        let wish = |kind, scope, hash: Option<&str>, comment: &str| NewMachineAction {
            id: MachineActionId::from_u128(1),
            kind,
            scope,
            requestor: "r".into(),
            comment: comment.into(),
            file_sha1: hash.map(Into::into),
            external_id: None,
        };
        let sha1 = "5DE8139332AC119239BBB5B76A9A2BD3B6C5A111";
        for (wish, expected) in [
            (wish(ActionKind::Isolate, Some(ActionScope::Selective), None, "c"), Ok(None)),
            (
                wish(ActionKind::Isolate, Some(ActionScope::Quick), None, "c"),
                Err(ActionFault::Scope("quick")),
            ),
            (wish(ActionKind::Scan, None, None, ""), Err(ActionFault::Comment)),
            (wish(ActionKind::StopAndQuarantine, None, None, "c"), Err(ActionFault::Hash)),
            (
                wish(ActionKind::StopAndQuarantine, None, Some(sha1), "c"),
                Ok(Some(sha1.to_ascii_lowercase())),
            ),
        ] {
            let machine = "a1".parse().unwrap();
            let made = wish.for_machine(machine, None, Timestamp::UNIX_EPOCH);
            assert_eq!(made.map(|action| action.file_sha1), expected);
        }
    }
}
