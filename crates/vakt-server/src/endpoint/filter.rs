//! `$filter` and `$orderby` of the endpoint lists, from the wire's words to the room's.

use vakt_endpoint::{
    ActionField, ActionKind, ActionStatus, Comparison, Condition, DeviceValue, Exposure, Health,
    IndicatorField, IndicatorKind, IndicatorSeverity, Kind, MachineField, Onboarding, Order,
    Predicate, Property, Response, Risk, Value,
};
use vakt_wire::odata::{self, ELEMENT, Filter, Function, Literal};

use super::errors::odata_error;
use super::words::WireWord;
use crate::problem::Problem;

/// A property that has a name on the wire.
pub(super) trait WireField: Property {
    /// The names, without regard to case.
    fn names() -> &'static [(&'static str, Self)];
    /// The house's word for a word of this property.
    fn word(self, text: &str) -> Result<&'static str, String>;
    /// In which order a list comes that was not asked for one.
    fn usual_order() -> Order<Self>;
}

fn house<T: WireWord>(text: &str) -> Result<&'static str, String> {
    T::read(text).map(T::house)
}

impl WireField for MachineField {
    fn names() -> &'static [(&'static str, Self)] {
        &[
            ("id", Self::Id),
            ("computerDnsName", Self::Name),
            ("firstSeen", Self::FirstSeen),
            ("lastSeen", Self::LastSeen),
            ("osPlatform", Self::Platform),
            ("version", Self::Release),
            ("healthStatus", Self::Health),
            ("onboardingStatus", Self::Onboarding),
            ("riskScore", Self::Risk),
            ("exposureLevel", Self::Exposure),
            ("deviceValue", Self::Value),
            ("aadDeviceId", Self::Directory),
            ("lastIpAddress", Self::Address),
            ("lastExternalIpAddress", Self::ExternalAddress),
            ("rbacGroupName", Self::GroupName),
            ("rbacGroupId", Self::GroupId),
            ("machineTags", Self::Tags),
        ]
    }

    fn word(self, text: &str) -> Result<&'static str, String> {
        match self {
            Self::Onboarding => house::<Onboarding>(text),
            Self::Risk => house::<Risk>(text),
            Self::Exposure => house::<Exposure>(text),
            Self::Value => house::<DeviceValue>(text),
            _ => house::<Health>(text),
        }
    }

    /// Machines are seen all the time: only their ids stand still while somebody reads on.
    fn usual_order() -> Order<Self> {
        Order { by: Self::Id, descending: false }
    }
}

impl WireField for ActionField {
    fn names() -> &'static [(&'static str, Self)] {
        &[
            ("id", Self::Id),
            ("status", Self::Status),
            ("machineId", Self::Machine),
            ("type", Self::Kind),
            ("requestor", Self::Requestor),
            ("creationDateTimeUtc", Self::Created),
            ("lastUpdateDateTimeUtc", Self::Updated),
            ("lastUpdateTimeUtc", Self::Updated),
        ]
    }

    fn word(self, text: &str) -> Result<&'static str, String> {
        match self {
            Self::Kind => house::<ActionKind>(text),
            _ => house::<ActionStatus>(text),
        }
    }

    /// Newest first, as the documentation's example of the latest two has it.
    fn usual_order() -> Order<Self> {
        Order { by: Self::Created, descending: true }
    }
}

impl WireField for IndicatorField {
    fn names() -> &'static [(&'static str, Self)] {
        &[
            ("id", Self::Id),
            ("indicatorValue", Self::Value),
            ("indicatorType", Self::Kind),
            ("action", Self::Response),
            ("severity", Self::Severity),
            ("title", Self::Title),
            ("application", Self::Application),
            ("creationTimeDateTimeUtc", Self::Created),
            ("lastUpdateTime", Self::Updated),
            ("expirationTime", Self::Expires),
            ("createdBy", Self::MadeBy),
            ("createdByDisplayName", Self::MadeByName),
            ("createdBySource", Self::MadeByName),
            ("source", Self::MadeByName),
            ("generateAlert", Self::WantsAlert),
            ("externalId", Self::ExternalId),
        ]
    }

    fn word(self, text: &str) -> Result<&'static str, String> {
        match self {
            Self::Kind => house::<IndicatorKind>(text),
            Self::Response => house::<Response>(text),
            Self::Severity => house::<IndicatorSeverity>(text),
            _ if text.eq_ignore_ascii_case("true") => Ok("true"),
            _ if text.eq_ignore_ascii_case("false") => Ok("false"),
            _ => Err(format!("`{text}` is neither true nor false")),
        }
    }

    fn usual_order() -> Order<Self> {
        Order { by: Self::Id, descending: false }
    }
}

/// The room's predicate of a filter.
pub(super) fn to_predicate<F: WireField>(filter: &Filter) -> Result<Predicate<F>, Problem> {
    Ok(match filter {
        Filter::And(a, b) => Predicate::All(vec![to_predicate(a)?, to_predicate(b)?]),
        Filter::Or(a, b) => Predicate::Any(vec![to_predicate(a)?, to_predicate(b)?]),
        Filter::Not(inner) => Predicate::Not(Box::new(to_predicate(inner)?)),
        Filter::Compare(name, comparison, literal) => compare(field(name)?, *comparison, literal)?,
        Filter::In(name, literals) => one_of(field(name)?, literals)?,
        Filter::Call(function, name, text) => call(field(name)?, *function, text)?,
        Filter::Any(name, inner) => {
            let field: F = field(name)?;
            if field.kind() != Kind::Texts {
                return Err(bad(format!("`{name}` is not a list, and has no `any`")));
            }
            match inner {
                Some(inner) => element(field, inner)?,
                None => holds(field, Comparison::StartsWith, Value::Text(String::new())),
            }
        }
    })
}

/// A condition on one element of a list.
fn element<F: WireField>(field: F, inner: &Filter) -> Result<Predicate<F>, Problem> {
    match inner {
        Filter::Or(a, b) => Ok(Predicate::Any(vec![element(field, a)?, element(field, b)?])),
        Filter::Compare(name, odata::Comparison::Equal, literal) if name == ELEMENT => {
            compare(field, odata::Comparison::Equal, literal)
        }
        Filter::In(name, literals) if name == ELEMENT => one_of(field, literals),
        Filter::Call(function, name, text) if name == ELEMENT => call(field, *function, text),
        _ => Err(bad(
            "within `any` an element is compared with `eq`, `in` and the text functions, joined \
             by `or`"
                .into(),
        )),
    }
}

fn one_of<F: WireField>(field: F, literals: &[Literal]) -> Result<Predicate<F>, Problem> {
    let one = |literal| compare(field, odata::Comparison::Equal, literal);
    Ok(Predicate::Any(literals.iter().map(one).collect::<Result<_, _>>()?))
}

fn compare<F: WireField>(
    field: F,
    comparison: odata::Comparison,
    literal: &Literal,
) -> Result<Predicate<F>, Problem> {
    let value = value(field, literal)?;
    let comparison = match comparison {
        odata::Comparison::Equal => Comparison::Is,
        odata::Comparison::NotEqual => {
            return Ok(Predicate::Not(Box::new(holds(field, Comparison::Is, value))));
        }
        other if !matches!(field.kind(), Kind::Number | Kind::Time) => {
            let word = other.as_str();
            return Err(bad(format!(
                "`{}` can be compared with `eq`, `ne` and `in`, not `{word}`",
                name_of(field)
            )));
        }
        odata::Comparison::Greater => Comparison::Greater,
        odata::Comparison::GreaterOrEqual => Comparison::AtLeast,
        odata::Comparison::Less => Comparison::Less,
        odata::Comparison::LessOrEqual => Comparison::AtMost,
    };
    Ok(holds(field, comparison, value))
}

fn call<F: WireField>(field: F, function: Function, text: &str) -> Result<Predicate<F>, Problem> {
    if !matches!(field.kind(), Kind::Text | Kind::Texts) {
        let (function, name) = (function.as_str(), name_of(field));
        return Err(bad(format!("`{function}` works on texts, and `{name}` is none")));
    }
    let comparison = match function {
        Function::StartsWith => Comparison::StartsWith,
        Function::EndsWith => Comparison::EndsWith,
        Function::Contains => Comparison::Contains,
    };
    Ok(holds(field, comparison, Value::Text(text.to_owned())))
}

fn holds<F: Property>(field: F, comparison: Comparison, value: Value) -> Predicate<F> {
    Predicate::Holds(Condition { field, comparison, value })
}

fn value<F: WireField>(field: F, literal: &Literal) -> Result<Value, Problem> {
    let wrong = |wanted: &str| {
        bad(format!("`{}` is compared with {wanted}, not {literal}", name_of(field)))
    };
    match (field.kind(), literal) {
        (_, Literal::Null) if field.may_be_null() => Ok(Value::Null),
        (Kind::Text | Kind::Texts, Literal::Text(text) | Literal::Word(text)) => {
            Ok(Value::Text(text.clone()))
        }
        (Kind::Text, Literal::Number(number)) => Ok(Value::Text(number.to_string())),
        (Kind::Text | Kind::Texts, _) => Err(wrong("a text in single quotes")),
        (Kind::Word, Literal::Text(text) | Literal::Word(text)) => word(field, text),
        (Kind::Word, Literal::Bool(truth)) => word(field, if *truth { "true" } else { "false" }),
        (Kind::Word, _) => Err(wrong("one of its words in single quotes")),
        (Kind::Number, Literal::Number(number)) => Ok(Value::Number(*number)),
        (Kind::Number, Literal::Text(text)) => {
            text.parse().map(Value::Number).map_err(|_| wrong("a number"))
        }
        (Kind::Number, _) => Err(wrong("a number")),
        (Kind::Time, Literal::Time(time)) => Ok(Value::Time(*time)),
        (Kind::Time, Literal::Text(text)) => {
            text.parse().map(Value::Time).map_err(|_| wrong("a time such as 2026-01-31T00:00:00Z"))
        }
        (Kind::Time, _) => Err(wrong("a time such as 2026-01-31T00:00:00Z")),
    }
}

fn word<F: WireField>(field: F, text: &str) -> Result<Value, Problem> {
    field.word(text).map(|word| Value::Text(word.to_owned())).map_err(bad)
}

fn field<F: WireField>(name: &str) -> Result<F, Problem> {
    let found = F::names().iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, field)| *field).ok_or_else(|| {
        let known: Vec<&str> = F::names().iter().map(|(name, _)| *name).collect();
        bad(format!("`{name}` is not a property to filter by; use one of {}", known.join(", ")))
    })
}

/// The wire's name of a property; an order is written down by it.
pub(super) fn name_of<F: WireField>(field: F) -> &'static str {
    let found = F::names().iter().find(|(_, known)| *known == field);
    found.map_or("", |(name, _)| *name)
}

fn bad(message: String) -> Problem {
    odata_error(&format!("$filter: {message}"))
}

/// The room's order; the usual one when nothing was asked for.
pub(super) fn to_order<F: WireField>(keys: &[odata::OrderBy]) -> Result<Order<F>, Problem> {
    let Some(key) = keys.first() else { return Ok(F::usual_order()) };
    let named = F::names().iter().find(|(name, _)| name.eq_ignore_ascii_case(&key.property));
    named.and_then(|(_, field)| Order::by(*field, key.descending)).ok_or_else(|| {
        let can = F::names().iter().filter(|(_, field)| Order::by(*field, false).is_some());
        let can: Vec<&str> = can.map(|(name, _)| *name).collect();
        odata_error(&format!("$orderby: `{}` is not one of {}", key.property, can.join(", ")))
    })
}
