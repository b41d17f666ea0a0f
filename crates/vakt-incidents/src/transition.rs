//! What may be changed, and how. Plain functions over values: the store applies them inside its
//! transaction.

use vakt_ids::IncidentId;

use crate::alert::{Alert, PlacedAlert};
use crate::change::{AlertChange, IncidentChange, Stamp, Step};
use crate::incident::{Comment, Incident};
use crate::place::PlaceReason;
use crate::words::{AlertStatus, Classification, Determination, Status};

/// Longest comment, in characters.
pub const COMMENT_LENGTH_MAX_CHARS: usize = 10_000;
/// Most comments of one incident or alert.
pub const COMMENTS_MAX: usize = 1_000;
/// Longest name, owner or tag, in characters.
pub const NAME_LENGTH_MAX_CHARS: usize = 1_000;
/// Longest description, summary or details, in characters.
pub const TEXT_LENGTH_MAX_CHARS: usize = 100_000;
/// Most tags of one incident.
pub const TAGS_MAX: usize = 100;
/// Most incidents that are merged into another at once, as Microsoft's portal has it.
pub const MERGED_AT_ONCE_MAX: usize = 5;

/// Why a change cannot be made; the texts are for the caller and end with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unlawful {
    /// The incident was merged into another.
    #[error("incident {id} was merged into incident {into}; change that one instead")]
    Merged {
        /// The incident.
        id: IncidentId,
        /// Where its alerts are.
        into: IncidentId,
    },
    /// Somebody set the status of a merged incident by hand.
    #[error(
        "an incident becomes redirected by a merge, not by its status; merge it into another one"
    )]
    RedirectedByHand,
    /// Under strict rules a determination belongs to a true positive.
    #[error(
        "a determination needs the classification TruePositive; set the classification in the \
         same request, or leave the determination out"
    )]
    DeterminationAlone,
    /// A text is too long.
    #[error("{what} has more than {max} characters; shorten it")]
    TooLong {
        /// What.
        what: &'static str,
        /// Most characters.
        max: usize,
    },
    /// A text is empty where it must not be.
    #[error("{what} is empty; give it a text, or leave it out")]
    Empty {
        /// What.
        what: &'static str,
    },
    /// There are too many.
    #[error("there would be more than {max} {what}; take some away first")]
    TooMany {
        /// What.
        what: &'static str,
        /// Most.
        max: usize,
    },
    /// An incident cannot be merged into itself.
    #[error("incident {0} cannot be merged into itself; name another target")]
    IntoItself(IncidentId),
}

/// How strictly changes are judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules {
    /// A determination is taken only with the classification of a true positive.
    pub determination_needs_true_positive: bool,
}

/// Changes an incident; the steps are empty if everything was so already. Resolving it resolves its
/// alerts.
pub fn change_incident(
    incident: &mut Incident,
    change: &IncidentChange,
    rules: Rules,
    stamp: &Stamp,
) -> Result<Vec<Step>, Unlawful> {
    check_incident_change(incident, change, rules)?;
    let mut steps = Vec::new();
    set(&mut steps, "name", &mut incident.name, &change.name, Clone::clone);
    set_text(&mut steps, "description", &mut incident.description, &change.description);
    set_text(&mut steps, "summary", &mut incident.summary, &change.summary);
    set_text(&mut steps, "assigned_to", &mut incident.assigned_to, &change.assigned_to);
    set_text(
        &mut steps,
        "resolving_comment",
        &mut incident.resolving_comment,
        &change.resolving_comment,
    );
    set(&mut steps, "severity", &mut incident.severity, &change.severity, |word| {
        word.as_str().to_owned()
    });
    set(&mut steps, "classification", &mut incident.classification, &change.classification, |w| {
        w.as_str().to_owned()
    });
    set(&mut steps, "determination", &mut incident.determination, &change.determination, |w| {
        w.as_str().to_owned()
    });
    set(&mut steps, "tags", &mut incident.tags, &change.tags, |tags| tags.join(", "));
    let was = incident.status;
    set(&mut steps, "status", &mut incident.status, &change.status, |w| w.as_str().to_owned());
    if incident.status == Status::Resolved && was != Status::Resolved {
        resolve_alerts(incident, &mut steps, stamp);
    }
    if let Some(text) = &change.comment {
        incident.comments.push(comment(text, stamp));
        steps.push(Step::new("comment", None, Some(text.clone())));
    }
    Ok(steps)
}

fn check_incident_change(
    incident: &Incident,
    change: &IncidentChange,
    rules: Rules,
) -> Result<(), Unlawful> {
    // A comment may still be added to a merged incident; the rest of it is history.
    let only_comment = IncidentChange { comment: change.comment.clone(), ..Default::default() };
    if incident.status == Status::Redirected && *change != only_comment {
        let into = incident.redirect.unwrap_or(incident.id);
        return Err(Unlawful::Merged { id: incident.id, into });
    }
    if change.status == Some(Status::Redirected) && incident.status != Status::Redirected {
        return Err(Unlawful::RedirectedByHand);
    }
    if change.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Unlawful::Empty { what: "the name" });
    }
    let assigned = change.assigned_to.iter().flatten();
    for text in change.name.iter().chain(assigned).chain(change.tags.iter().flatten()) {
        within("a name, owner or tag", text, NAME_LENGTH_MAX_CHARS)?;
    }
    let texts = [&change.description, &change.summary, &change.resolving_comment];
    for text in texts.into_iter().flatten().flatten() {
        within("a text", text, TEXT_LENGTH_MAX_CHARS)?;
    }
    if change.tags.as_ref().is_some_and(|tags| tags.len() > TAGS_MAX) {
        return Err(Unlawful::TooMany { what: "tags", max: TAGS_MAX });
    }
    let classification = change.classification.unwrap_or(incident.classification);
    check_determination(change.determination, classification, rules)?;
    check_comment(change.comment.as_deref(), incident.comments.len())
}

/// Changes an alert; the steps are empty if everything was so already.
pub fn change_alert(
    alert: &mut Alert,
    change: &AlertChange,
    rules: Rules,
    stamp: &Stamp,
) -> Result<Vec<Step>, Unlawful> {
    let known = alert.classification.unwrap_or(Classification::Unknown);
    let classification = change.classification.unwrap_or(known);
    check_determination(change.determination, classification, rules)?;
    check_comment(change.comment.as_deref(), alert.comments.len())?;
    for text in change.assigned_to.iter().flatten() {
        within("the owner", text, NAME_LENGTH_MAX_CHARS)?;
    }
    for text in change.custom_details.iter().flatten() {
        within("the custom details", text, TEXT_LENGTH_MAX_CHARS)?;
    }
    let mut steps = Vec::new();
    set_text(&mut steps, "assigned_to", &mut alert.assigned_to, &change.assigned_to);
    set_text(&mut steps, "custom_details", &mut alert.custom_details, &change.custom_details);
    let word = |word: &Option<Classification>| word.map_or("", Classification::as_str).to_owned();
    let wanted = change.classification.map(Some);
    set(&mut steps, "classification", &mut alert.classification, &wanted, word);
    let word = |word: &Option<Determination>| word.map_or("", Determination::as_str).to_owned();
    let wanted = change.determination.map(Some);
    set(&mut steps, "determination", &mut alert.determination, &wanted, word);
    if let Some(status) = change.status {
        set_alert_status(alert, status, &mut steps, stamp);
    }
    if let Some(text) = &change.comment {
        alert.comments.push(comment(text, stamp));
        steps.push(Step::new("comment", None, Some(text.clone())));
    }
    if !steps.is_empty() {
        alert.updated_at = alert.updated_at.max(stamp.at);
    }
    for step in &mut steps {
        step.alert = Some(alert.id.to_string());
    }
    Ok(steps)
}

fn resolve_alerts(incident: &mut Incident, steps: &mut Vec<Step>, stamp: &Stamp) {
    for placed in &mut incident.alerts {
        let mut of_alert = Vec::new();
        set_alert_status(&mut placed.alert, AlertStatus::Resolved, &mut of_alert, stamp);
        if !of_alert.is_empty() {
            placed.alert.updated_at = placed.alert.updated_at.max(stamp.at);
        }
        for mut step in of_alert {
            step.alert = Some(placed.alert.id.to_string());
            steps.push(step);
        }
    }
}

fn set_alert_status(alert: &mut Alert, status: AlertStatus, steps: &mut Vec<Step>, stamp: &Stamp) {
    if alert.status == status {
        return;
    }
    let from = alert.status.as_str().to_owned();
    steps.push(Step::new("status", Some(from), Some(status.as_str().to_owned())));
    alert.status = status;
    alert.resolved_at = (status == AlertStatus::Resolved).then_some(stamp.at);
}

/// Makes an incident the trace of one that was merged: its alerts are elsewhere, its comments stay.
pub fn redirect(incident: &mut Incident, into: IncidentId) -> Vec<Step> {
    let from = incident.status.as_str().to_owned();
    incident.status = Status::Redirected;
    incident.redirect = Some(into);
    if !incident.system_tags.iter().any(|tag| tag == REDIRECTED_TAG) {
        incident.system_tags.push(REDIRECTED_TAG.to_owned());
    }
    vec![
        Step::new("status", Some(from), Some(Status::Redirected.as_str().to_owned())),
        Step::new("merged_into", None, Some(into.to_string())),
    ]
}

/// The tag that a merged incident carries.
const REDIRECTED_TAG: &str = "Redirected";

/// May the server itself merge these two? As Microsoft documents it: both open, and nobody has
/// decided differently about them. What a person took apart stays apart; their alerts must be there
/// to tell.
pub fn may_merge_by_itself(one: &Incident, other: &Incident) -> bool {
    let open = |incident: &Incident| is_open(incident.status);
    let agree = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
    open(one)
        && open(other)
        && agree(&one.assigned_to, &other.assigned_to)
        && one.classification == other.classification
        && one.determination == other.determination
        && !was_taken_from(one, other)
        && !was_taken_from(other, one)
}

/// Did a person put an alert of the other here?
fn was_taken_from(one: &Incident, other: &Incident) -> bool {
    let from_there = |placed: &PlacedAlert| match placed.reason {
        PlaceReason::Moved { from, .. } => from == Some(other.id),
        PlaceReason::Imported
        | PlaceReason::Unrelated
        | PlaceReason::Shared { .. }
        | PlaceReason::Merged { .. } => false,
    };
    one.alerts.iter().any(from_there)
}

/// Does work on it go on, so that new alerts may join it?
pub fn is_open(status: Status) -> bool {
    !matches!(status, Status::Resolved | Status::Redirected)
}

fn check_determination(
    determination: Option<Determination>,
    classification: Classification,
    rules: Rules,
) -> Result<(), Unlawful> {
    let said = determination.is_some_and(|word| word != Determination::NotAvailable);
    let alone = said && classification != Classification::TruePositive;
    if rules.determination_needs_true_positive && alone {
        return Err(Unlawful::DeterminationAlone);
    }
    Ok(())
}

fn check_comment(text: Option<&str>, present: usize) -> Result<(), Unlawful> {
    let Some(text) = text else { return Ok(()) };
    if text.trim().is_empty() {
        return Err(Unlawful::Empty { what: "the comment" });
    }
    if present >= COMMENTS_MAX {
        return Err(Unlawful::TooMany { what: "comments", max: COMMENTS_MAX });
    }
    within("the comment", text, COMMENT_LENGTH_MAX_CHARS)
}

fn within(what: &'static str, text: &str, max: usize) -> Result<(), Unlawful> {
    if text.chars().nth(max).is_some() { Err(Unlawful::TooLong { what, max }) } else { Ok(()) }
}

fn comment(text: &str, stamp: &Stamp) -> Comment {
    Comment { text: text.to_owned(), author: Some(stamp.by.clone()), created_at: Some(stamp.at) }
}

fn set<T: Clone + PartialEq>(
    steps: &mut Vec<Step>,
    what: &str,
    place: &mut T,
    wanted: &Option<T>,
    text: impl Fn(&T) -> String,
) {
    let Some(wanted) = wanted else { return };
    if place != wanted {
        steps.push(Step::new(what, Some(text(place)), Some(text(wanted))));
        place.clone_from(wanted);
    }
}

fn set_text(
    steps: &mut Vec<Step>,
    what: &str,
    place: &mut Option<String>,
    wanted: &Option<Option<String>>,
) {
    let Some(wanted) = wanted else { return };
    if place != wanted {
        steps.push(Step::new(what, place.clone(), wanted.clone()));
        place.clone_from(wanted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{alert, at, incident, stamp};

    fn change(change: impl FnOnce(&mut IncidentChange)) -> IncidentChange {
        let mut all = IncidentChange::default();
        change(&mut all);
        all
    }

    #[test]
    fn each_property_is_changed_alone_and_only_once() {
        for (change, what) in [
            (change(|one| one.name = Some("n".into())), "name"),
            (change(|one| one.description = Some(Some("d".into()))), "description"),
            (change(|one| one.summary = Some(Some("s".into()))), "summary"),
            (change(|one| one.status = Some(Status::InProgress)), "status"),
            (change(|one| one.severity = Some(crate::Severity::High)), "severity"),
            (change(|one| one.assigned_to = Some(Some("ada".into()))), "assigned_to"),
            (
                change(|one| one.classification = Some(Classification::FalsePositive)),
                "classification",
            ),
            (change(|one| one.determination = Some(Determination::Clean)), "determination"),
            (change(|one| one.tags = Some(vec!["t".into()])), "tags"),
            (change(|one| one.resolving_comment = Some(Some("r".into()))), "resolving_comment"),
        ] {
            let mut incident = incident(1, vec![alert("da1", &[])]);
            let steps =
                change_incident(&mut incident, &change, Rules::default(), &stamp(2)).unwrap();
            assert_eq!(steps.iter().map(|step| step.what.as_str()).collect::<Vec<_>>(), [what]);
            let again =
                change_incident(&mut incident, &change, Rules::default(), &stamp(3)).unwrap();
            assert_eq!(again, [], "{what}");
        }
    }

    #[test]
    fn what_is_not_lawful_is_refused() {
        let strict = Rules { determination_needs_true_positive: true };
        let clean = || change(|one| one.determination = Some(Determination::Clean));
        let long = |max: usize| "x".repeat(max + 1);
        for (change, rules, expected) in [
            (clean(), Rules::default(), None),
            (clean(), strict, Some(Unlawful::DeterminationAlone)),
            (
                IncidentChange { classification: Some(Classification::TruePositive), ..clean() },
                strict,
                None,
            ),
            (change(|one| one.determination = Some(Determination::NotAvailable)), strict, None),
            (
                change(|one| one.status = Some(Status::Redirected)),
                Rules::default(),
                Some(Unlawful::RedirectedByHand),
            ),
            (
                change(|one| one.name = Some(" ".into())),
                Rules::default(),
                Some(Unlawful::Empty { what: "the name" }),
            ),
            (
                change(|one| one.comment = Some(String::new())),
                Rules::default(),
                Some(Unlawful::Empty { what: "the comment" }),
            ),
            (
                change(|one| one.comment = Some(long(COMMENT_LENGTH_MAX_CHARS))),
                Rules::default(),
                Some(Unlawful::TooLong { what: "the comment", max: COMMENT_LENGTH_MAX_CHARS }),
            ),
            (
                change(|one| one.tags = Some(vec![long(NAME_LENGTH_MAX_CHARS)])),
                Rules::default(),
                Some(Unlawful::TooLong {
                    what: "a name, owner or tag",
                    max: NAME_LENGTH_MAX_CHARS,
                }),
            ),
            (
                change(|one| one.tags = Some(vec![String::new(); TAGS_MAX + 1])),
                Rules::default(),
                Some(Unlawful::TooMany { what: "tags", max: TAGS_MAX }),
            ),
        ] {
            let before = incident(1, vec![]);
            let mut after = before.clone();
            let refused = change_incident(&mut after, &change, rules, &stamp(2)).err();
            assert_eq!(refused, expected, "for {change:?}");
            assert!(refused.is_none() || after == before, "a refused change left something");
        }
    }

    #[test]
    fn a_merged_incident_takes_comments_and_nothing_else() {
        let mut merged = incident(1, vec![]);
        let into = IncidentId::new(2).unwrap();
        redirect(&mut merged, into);
        assert_eq!((merged.status, merged.redirect), (Status::Redirected, Some(into)));
        assert_eq!(merged.system_tags, [REDIRECTED_TAG]);
        let open = change(|one| one.status = Some(Status::Active));
        let refused = change_incident(&mut merged, &open, Rules::default(), &stamp(2));
        assert_eq!(refused, Err(Unlawful::Merged { id: merged.id, into }));
        let comment = change(|one| one.comment = Some("c".into()));
        change_incident(&mut merged, &comment, Rules::default(), &stamp(2)).unwrap();
        assert_eq!(merged.comments.len(), 1);
    }

    #[test]
    fn resolving_reaches_alerts_and_reopening_does_not() {
        let mut one = incident(1, vec![alert("da1", &[])]);
        let status = |status| change(|one| one.status = Some(status));
        let steps =
            change_incident(&mut one, &status(Status::Resolved), Rules::default(), &stamp(2));
        assert_eq!(steps.unwrap().len(), 2);
        let resolved = &one.alerts[0].alert;
        assert_eq!((resolved.status, resolved.resolved_at), (AlertStatus::Resolved, Some(at(2))));
        change_incident(&mut one, &status(Status::Active), Rules::default(), &stamp(3)).unwrap();
        assert_eq!(one.alerts[0].alert.status, AlertStatus::Resolved);
        let reopen = AlertChange { status: Some(AlertStatus::New), ..AlertChange::default() };
        let alert = &mut one.alerts[0].alert;
        let steps = change_alert(alert, &reopen, Rules::default(), &stamp(4)).unwrap();
        assert_eq!((alert.resolved_at, alert.updated_at), (None, at(4)));
        assert_eq!(steps[0].alert.as_deref(), Some("da1"));
    }

    #[test]
    fn the_server_merges_only_what_nobody_decided_differently_about() {
        let with = |number: i64, change: &dyn Fn(&mut Incident)| {
            let mut one = incident(number, vec![alert(&format!("da{number}"), &[])]);
            change(&mut one);
            one
        };
        let owned =
            |owner: &'static str| move |one: &mut Incident| one.assigned_to = Some(owner.into());
        let plain = |_: &mut Incident| {};
        let moved = |one: &mut Incident| {
            let from = IncidentId::new(1);
            let by = String::new();
            one.alerts[0].reason = PlaceReason::Moved { from, by, at: at(2) };
        };
        for (one, other, expected) in [
            (with(1, &plain), with(2, &plain), true),
            (with(1, &owned("ada")), with(2, &plain), true),
            (with(1, &owned("ada")), with(2, &owned("ada")), true),
            (with(1, &owned("ada")), with(2, &owned("bob")), false),
            (with(1, &|one| one.status = Status::Resolved), with(2, &plain), false),
            (
                with(1, &|one| one.classification = Classification::TruePositive),
                with(2, &plain),
                false,
            ),
            (with(1, &|one| one.determination = Determination::Malware), with(2, &plain), false),
            (with(1, &plain), with(2, &moved), false),
            (with(3, &plain), with(2, &moved), true),
        ] {
            assert_eq!(may_merge_by_itself(&one, &other), expected, "{one:?} and {other:?}");
            assert_eq!(may_merge_by_itself(&other, &one), expected);
        }
    }
}
