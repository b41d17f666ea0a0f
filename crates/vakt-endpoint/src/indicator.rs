//! Indicators: what is looked for on machines, and what is to happen where it is met. One for each
//! kind and value.

use jiff::Timestamp;
use vakt_ids::{AppId, IndicatorId};

use crate::indicator_value::{ValueFault, check_value};
use crate::words::{IndicatorKind, IndicatorSeverity, Response, SourceKind};

/// Most indicators of one tenant; Microsoft's service takes 15,000.
pub const INDICATORS_MAX: i64 = 1_000_000;
/// Longest text of an indicator, in characters.
pub const INDICATOR_TEXT_MAX_CHARS: usize = 8_192;
/// Most device groups that one indicator names.
pub const GROUPS_MAX: usize = 200;

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Number within the tenant.
    pub id: IndicatorId,
    /// What it says.
    pub content: NewIndicator,
    /// Who made it.
    pub made_by: Author,
    /// Name of who changed it last, if somebody did.
    pub changed_by: Option<String>,
    /// Creation.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
}

/// What an indicator says; also one that is submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIndicator {
    /// Kind.
    pub kind: IndicatorKind,
    /// Value, in its one spelling once it was checked.
    pub value: String,
    /// What is to happen.
    pub response: Response,
    /// The application it is about; it stays as it was first said.
    pub application: Option<String>,
    /// The caller's own id.
    pub external_id: Option<String>,
    /// Title.
    pub title: String,
    /// Description.
    pub description: Option<String>,
    /// What to do about it.
    pub recommended_actions: Option<String>,
    /// From when on it does not count any more.
    pub expires_at: Option<Timestamp>,
    /// How bad it is.
    pub severity: IndicatorSeverity,
    /// Is an alert wanted?
    pub wants_alert: bool,
    /// A page for the person who was warned.
    pub educate_url: Option<String>,
    /// Device groups where it counts, by name; none for all devices.
    pub group_names: Vec<String>,
    /// The same groups by number.
    pub group_ids: Vec<String>,
}

/// Who makes and changes indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// A person or an application.
    pub kind: SourceKind,
    /// Its id: a client id, or a person's.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Which indicators somebody may see and change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The tenant's.
    All,
    /// Those that this application made.
    MadeBy(AppId),
}

/// Changes of an indicator; what is not there stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndicatorChanges {
    /// See [`NewIndicator`].
    pub response: Option<Response>,
    /// See [`NewIndicator`].
    pub title: Option<String>,
    /// See [`NewIndicator`].
    pub description: Option<String>,
    /// See [`NewIndicator`].
    pub recommended_actions: Option<String>,
    /// See [`NewIndicator`]; `Some(None)` for one that does not expire any more.
    pub expires_at: Option<Option<Timestamp>>,
    /// See [`NewIndicator`].
    pub severity: Option<IndicatorSeverity>,
    /// See [`NewIndicator`].
    pub wants_alert: Option<bool>,
    /// See [`NewIndicator`].
    pub educate_url: Option<String>,
    /// See [`NewIndicator`].
    pub external_id: Option<String>,
    /// See [`NewIndicator`].
    pub group_names: Option<Vec<String>>,
    /// See [`NewIndicator`].
    pub group_ids: Option<Vec<String>>,
}

/// Why an indicator is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IndicatorFault {
    /// Its value.
    #[error(transparent)]
    Value(#[from] ValueFault),
    /// A text.
    #[error("`{0}` has at most {INDICATOR_TEXT_MAX_CHARS} characters")]
    TooLong(&'static str),
    /// Groups.
    #[error("an indicator names at most {GROUPS_MAX} device groups")]
    TooManyGroups,
    /// It would never count.
    #[error("`expirationTime` {0} is over; give a later one, or none")]
    Expired(Timestamp),
    /// An audit without an alert says nothing to anybody.
    #[error("the action `Audit` needs `generateAlert` true")]
    SilentAudit,
    /// Somebody else's.
    #[error(
        "indicator {0} is another application's; Ti.ReadWrite reaches one's own only, grant \
         Ti.ReadWrite.All"
    )]
    Foreign(IndicatorId),
    /// Too many.
    #[error("the tenant has {INDICATORS_MAX} indicators already; remove some first")]
    TooMany,
}

impl NewIndicator {
    /// Checks all of it, and brings the value into its one spelling.
    pub fn checked(mut self, now: Timestamp) -> Result<Self, IndicatorFault> {
        self.value = check_value(self.kind, &self.value)?;
        self.check_rest()?;
        match self.expires_at {
            Some(end) if end <= now => Err(IndicatorFault::Expired(end)),
            _ => Ok(self),
        }
    }

    fn check_rest(&self) -> Result<(), IndicatorFault> {
        let texts = [
            ("title", Some(&self.title)),
            ("application", self.application.as_ref()),
            ("externalID", self.external_id.as_ref()),
            ("description", self.description.as_ref()),
            ("recommendedActions", self.recommended_actions.as_ref()),
            ("educateUrl", self.educate_url.as_ref()),
        ];
        let is_long = |text: &String| text.chars().count() > INDICATOR_TEXT_MAX_CHARS;
        if let Some((name, _)) = texts.into_iter().find(|(_, text)| text.is_some_and(is_long)) {
            return Err(IndicatorFault::TooLong(name));
        }
        if self.group_names.len() > GROUPS_MAX || self.group_ids.len() > GROUPS_MAX {
            return Err(IndicatorFault::TooManyGroups);
        }
        if self.group_names.iter().chain(&self.group_ids).any(is_long) {
            return Err(IndicatorFault::TooLong("rbacGroupNames"));
        }
        if self.response == Response::Audit && !self.wants_alert {
            return Err(IndicatorFault::SilentAudit);
        }
        Ok(())
    }
}

impl Reach {
    /// Does it reach an indicator?
    pub fn reaches(self, indicator: &Indicator) -> bool {
        match self {
            Self::All => true,
            Self::MadeBy(app) => indicator.made_by.id == app.to_string(),
        }
    }
}

impl Indicator {
    /// What a second submission makes of it. The application it is about and the id stay.
    pub fn submit_again(
        &mut self,
        new: NewIndicator,
        author: &Author,
        reach: Reach,
        now: Timestamp,
    ) -> Result<(), IndicatorFault> {
        if !reach.reaches(self) {
            return Err(IndicatorFault::Foreign(self.id));
        }
        let application = self.content.application.take();
        self.content = NewIndicator { application, ..new };
        self.touch(author, now);
        Ok(())
    }

    /// Changes some of it.
    pub fn change(
        &mut self,
        changes: IndicatorChanges,
        author: &Author,
        now: Timestamp,
    ) -> Result<(), IndicatorFault> {
        let content = &mut self.content;
        set(&mut content.response, changes.response);
        set(&mut content.severity, changes.severity);
        set(&mut content.wants_alert, changes.wants_alert);
        set(&mut content.title, changes.title);
        set(&mut content.description, changes.description.map(Some));
        set(&mut content.recommended_actions, changes.recommended_actions.map(Some));
        set(&mut content.educate_url, changes.educate_url.map(Some));
        set(&mut content.external_id, changes.external_id.map(Some));
        set(&mut content.group_names, changes.group_names);
        set(&mut content.group_ids, changes.group_ids);
        if let Some(Some(end)) = changes.expires_at.filter(|end| end.is_some_and(|end| end <= now))
        {
            return Err(IndicatorFault::Expired(end));
        }
        set(&mut content.expires_at, changes.expires_at);
        content.check_rest()?;
        self.touch(author, now);
        Ok(())
    }

    fn touch(&mut self, author: &Author, now: Timestamp) {
        self.changed_by = Some(author.name.clone());
        self.updated_at = self.updated_at.max(now);
    }
}

fn set<T>(member: &mut T, said: Option<T>) {
    if let Some(said) = said {
        *member = said;
    }
}
