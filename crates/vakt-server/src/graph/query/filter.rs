//! `$filter` of directory lists. What the store cannot answer is refused: a filter that is passed
//! over would answer with too much.

use jiff::{SignedDuration, Timestamp};
use vakt_identity::{Condition, Match, Predicate, Property, fold_resource_name};
use vakt_wire::odata::{Comparison, ELEMENT, Filter, Function, Literal};

use crate::clock::whole_ticks;
use crate::graph::errors::{bad_request, unknown_property, unsupported};
use crate::problem::Problem;

/// One tick of the wire's clock.
const TICK: SignedDuration = SignedDuration::from_nanos(100);

/// A kind of list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::graph) enum Directory {
    /// Registrations.
    Applications,
    /// Service principals.
    ServicePrincipals,
    /// Deleted objects of one kind.
    Deleted,
}

/// What a name of a filter means.
enum Meaning {
    /// A text.
    Text(Property),
    /// An id: the same or not, quoted or bare.
    Id(Property),
    /// Yes or no.
    Truth(Property),
    /// The time of the list.
    Time,
    /// The same text for every object.
    Constant(&'static str),
    /// Null for every object.
    Nothing,
}

impl Directory {
    /// The property that an object of the list got when it came there.
    pub fn time(self) -> &'static str {
        match self {
            Self::Applications | Self::ServicePrincipals => "createdDateTime",
            Self::Deleted => "deletedDateTime",
        }
    }

    fn type_name(self) -> &'static str {
        match self {
            Self::Applications => "microsoft.graph.application",
            Self::ServicePrincipals => "microsoft.graph.servicePrincipal",
            Self::Deleted => "microsoft.graph.directoryObject",
        }
    }

    fn properties(self) -> &'static str {
        match self {
            Self::Applications => {
                "displayName, appId, id, createdDateTime, deletedDateTime, identifierUris/any(…) \
                 and tags/any(…)"
            }
            Self::ServicePrincipals => {
                "displayName, appId, id, createdDateTime, deletedDateTime, accountEnabled, \
                 appRoleAssignmentRequired, appOwnerOrganizationId, servicePrincipalType, \
                 servicePrincipalNames/any(…) and tags/any(…)"
            }
            Self::Deleted => "displayName, appId, id and deletedDateTime",
        }
    }

    fn meaning(self, name: &str) -> Option<Meaning> {
        let of_principals = self == Self::ServicePrincipals;
        Some(match name.to_ascii_lowercase().as_str() {
            "displayname" => Meaning::Text(Property::DisplayName),
            "appdisplayname" if of_principals => Meaning::Text(Property::DisplayName),
            "appid" => Meaning::Id(Property::AppId),
            "id" => Meaning::Id(Property::ObjectId),
            "accountenabled" if of_principals => Meaning::Truth(Property::Enabled),
            "approleassignmentrequired" if of_principals => {
                Meaning::Truth(Property::AssignmentRequired)
            }
            "appownerorganizationid" if of_principals => Meaning::Id(Property::Home),
            "serviceprincipaltype" if of_principals => Meaning::Constant("Application"),
            "deleteddatetime" if self != Self::Deleted => Meaning::Nothing,
            name if name.eq_ignore_ascii_case(self.time()) => Meaning::Time,
            _ => return None,
        })
    }

    fn collection(self, name: &str) -> Option<Property> {
        match (self, name.to_ascii_lowercase().as_str()) {
            (Self::Applications, "identifieruris") => Some(Property::Name),
            (Self::ServicePrincipals, "serviceprincipalnames") => Some(Property::Name),
            (Self::Applications | Self::ServicePrincipals, "tags") => Some(Property::Tag),
            _ => None,
        }
    }

    /// The room's form of a filter.
    pub fn predicate(self, filter: &Filter) -> Result<Predicate, Problem> {
        Ok(match filter {
            Filter::And(a, b) => Predicate::All(vec![self.predicate(a)?, self.predicate(b)?]),
            Filter::Or(a, b) => Predicate::Any(vec![self.predicate(a)?, self.predicate(b)?]),
            Filter::Not(inner) => not(self.predicate(inner)?),
            Filter::Compare(name, how, value) => self.compared(name, *how, value)?,
            Filter::In(name, values) => {
                let one = |value| self.compared(name, Comparison::Equal, value);
                Predicate::Any(values.iter().map(one).collect::<Result<_, _>>()?)
            }
            Filter::Call(Function::StartsWith, name, text) => match self.known(name)? {
                Meaning::Text(property) => holds(property, Match::StartsWith, text.clone()),
                Meaning::Constant(constant) => truth(begins(constant, text)),
                _ => return Err(self.refused(name, "startswith")),
            },
            Filter::Call(function, name, _) => return Err(self.refused(name, function.as_str())),
            Filter::Any(name, condition) => {
                let property = self.collection(name).ok_or_else(|| self.refused(name, "any"))?;
                match condition {
                    Some(condition) => self.element(property, name, condition)?,
                    None => holds(property, Match::Any, String::new()),
                }
            }
        })
    }

    fn known(self, name: &str) -> Result<Meaning, Problem> {
        self.meaning(name).ok_or_else(|| match self.is_property(name) {
            true => self.refused(name, "a condition"),
            false => unknown_property("Invalid filter clause", name, self.type_name()),
        })
    }

    fn is_property(self, name: &str) -> bool {
        use crate::graph::entity::is_property_of;
        use vakt_wire::graph as wire;
        let first = name.split('/').next().unwrap_or(name);
        match self {
            Self::Applications => is_property_of::<wire::Application>(first),
            Self::ServicePrincipals => is_property_of::<wire::ServicePrincipal>(first),
            Self::Deleted => {
                is_property_of::<wire::Application>(first)
                    || is_property_of::<wire::ServicePrincipal>(first)
            }
        }
    }

    fn refused(self, name: &str, what: &str) -> Problem {
        unsupported(format!(
            "Unsupported or invalid query filter clause specified for property '{name}' of \
             resource '{}': {what} is not supported; conditions can be on {}.",
            self.type_name().rsplit('.').next().unwrap_or_default(),
            self.properties()
        ))
    }

    fn compared(self, name: &str, how: Comparison, value: &Literal) -> Result<Predicate, Problem> {
        if let Some(collection) = name.strip_suffix("/$count") {
            let property = self.collection(collection);
            let property = property.ok_or_else(|| self.refused(name, "$count"))?;
            return emptiness(property, how, value)
                .ok_or_else(|| self.refused(name, "a number other than 0"));
        }
        let refused = || self.refused(name, how.as_str());
        match (self.known(name)?, value) {
            // Nothing here is null, but for what always is.
            (Meaning::Nothing, Literal::Null) => of_null(true, how).ok_or_else(refused),
            (Meaning::Nothing, _) => of_null(false, how).ok_or_else(refused),
            (_, Literal::Null) => of_null(false, how).ok_or_else(refused),
            (Meaning::Text(property), _) => {
                compared_text(property, how, plain(name, value)?).ok_or_else(refused)
            }
            (Meaning::Id(property), _) => {
                equality(how, holds(property, Match::Is, plain(name, value)?)).ok_or_else(refused)
            }
            (Meaning::Truth(property), Literal::Bool(wanted)) => {
                equality(how, holds(property, Match::Is, wanted.to_string())).ok_or_else(refused)
            }
            (Meaning::Constant(constant), _) => {
                let same = constant.eq_ignore_ascii_case(&plain(name, value)?);
                equality(how, truth(same)).ok_or_else(refused)
            }
            (Meaning::Time, Literal::Time(time)) => Ok(compared_time(how, *time)),
            (Meaning::Truth(_) | Meaning::Time, other) => Err(not_comparable(name, other)),
        }
    }

    /// The condition of an `any`. Of several, one must do: that an element fulfils two at once is
    /// a question nobody asks of plain texts.
    fn element(
        self,
        property: Property,
        name: &str,
        condition: &Filter,
    ) -> Result<Predicate, Problem> {
        let is = |value: &Literal| {
            let text = plain(name, value)?;
            let text = if property == Property::Name { fold_resource_name(&text) } else { text };
            Ok(holds(property, Match::Is, text))
        };
        match condition {
            Filter::Or(a, b) => Ok(Predicate::Any(vec![
                self.element(property, name, a)?,
                self.element(property, name, b)?,
            ])),
            Filter::Compare(element, Comparison::Equal, value) if element == ELEMENT => is(value),
            Filter::In(element, values) if element == ELEMENT => {
                Ok(Predicate::Any(values.iter().map(is).collect::<Result<_, _>>()?))
            }
            Filter::Call(Function::StartsWith, element, text) if element == ELEMENT => {
                Ok(holds(property, Match::StartsWith, text.clone()))
            }
            _ => Err(self.refused(name, &format!("any(x:{condition})").replace(ELEMENT, "x"))),
        }
    }
}

fn holds(property: Property, how: Match, value: String) -> Predicate {
    Predicate::Holds(Condition { property, how, value })
}

fn not(predicate: Predicate) -> Predicate {
    Predicate::Not(Box::new(predicate))
}

fn truth(holds: bool) -> Predicate {
    if holds { Predicate::All(Vec::new()) } else { Predicate::Any(Vec::new()) }
}

fn begins(text: &str, with: &str) -> bool {
    text.to_ascii_lowercase().starts_with(&with.to_ascii_lowercase())
}

fn equality(how: Comparison, equal: Predicate) -> Option<Predicate> {
    match how {
        Comparison::Equal => Some(equal),
        Comparison::NotEqual => Some(not(equal)),
        _ => None,
    }
}

fn of_null(is_null: bool, how: Comparison) -> Option<Predicate> {
    equality(how, truth(is_null))
}

fn compared_text(property: Property, how: Comparison, value: String) -> Option<Predicate> {
    match how {
        Comparison::GreaterOrEqual => Some(holds(property, Match::AtLeast, value)),
        Comparison::LessOrEqual => Some(holds(property, Match::AtMost, value)),
        _ => equality(how, holds(property, Match::Is, value)),
    }
}

/// Instants are compared in whole ticks, as they are shown.
fn compared_time(how: Comparison, time: Timestamp) -> Predicate {
    let first = whole_ticks(time);
    let next = first.saturating_add(TICK).unwrap_or(Timestamp::MAX);
    let (exact, after) = (first == time, Some(next));
    let from = |from| Predicate::When { from, until: None };
    let until = |until| Predicate::When { from: None, until };
    let same =
        if exact { Predicate::When { from: Some(first), until: after } } else { truth(false) };
    match how {
        Comparison::Equal => same,
        Comparison::NotEqual => not(same),
        Comparison::GreaterOrEqual => from(if exact { Some(first) } else { after }),
        Comparison::Greater => from(after),
        Comparison::Less => until(if exact { Some(first) } else { after }),
        Comparison::LessOrEqual => until(after),
    }
}

/// `collection/$count eq 0` and what means the same.
fn emptiness(property: Property, how: Comparison, value: &Literal) -> Option<Predicate> {
    let some = || holds(property, Match::Any, String::new());
    match (how, value) {
        (Comparison::Equal, Literal::Number(0)) => Some(not(some())),
        (Comparison::NotEqual | Comparison::Greater, Literal::Number(0)) => Some(some()),
        _ => None,
    }
}

fn plain(name: &str, value: &Literal) -> Result<String, Problem> {
    match value {
        Literal::Text(text) | Literal::Word(text) => Ok(text.clone()),
        other => Err(not_comparable(name, other)),
    }
}

fn not_comparable(name: &str, value: &Literal) -> Problem {
    bad_request(format!("$filter: `{name}` cannot be compared with {value}"))
}
