//! `$filter` of incidents, alerts and evidence.

use vakt_incidents::{Comparison, Condition, Labelled, Predicate, Value};
use vakt_wire::odata::{self, ELEMENT, Filter, Function, Literal};

use super::bad;
use super::properties::{Collection, Kind, Noun, Property};
use crate::problem::Problem;

/// The room's predicate of a filter.
pub(super) fn to_predicate<T: Noun>(filter: &Filter) -> Result<Predicate<T>, Problem> {
    Ok(match filter {
        Filter::And(a, b) => Predicate::All(vec![to_predicate(a)?, to_predicate(b)?]),
        Filter::Or(a, b) => Predicate::Any(vec![to_predicate(a)?, to_predicate(b)?]),
        Filter::Not(inner) => Predicate::Not(Box::new(to_predicate(inner)?)),
        Filter::Compare(name, comparison, literal) => compare(name, *comparison, literal)?,
        Filter::In(name, literals) => {
            let one = |literal| compare(name, odata::Comparison::Equal, literal);
            Predicate::Any(literals.iter().map(one).collect::<Result<_, _>>()?)
        }
        Filter::Call(function, name, text) => call(*function, name, text)?,
        Filter::Any(name, inner) => any(name, inner.as_deref())?,
    })
}

fn compare<T: Noun>(
    name: &str,
    comparison: odata::Comparison,
    literal: &Literal,
) -> Result<Predicate<T>, Problem> {
    let (property, cast) = property::<T>(name)?;
    let value = value(&property, name, literal)?;
    let ordered = matches!(property.kind, Kind::Number | Kind::Time);
    let comparison = match comparison {
        odata::Comparison::Equal => Comparison::Is,
        odata::Comparison::NotEqual => {
            let is = holds::<T>(&property, Comparison::Is, value);
            return Ok(with_cast(cast, Predicate::Not(Box::new(is))));
        }
        other if !ordered => {
            let word = other.as_str();
            let message =
                format!("`{name}` can be compared with `eq`, `ne` and `in`, not `{word}`");
            return Err(bad("$filter", &message));
        }
        odata::Comparison::Greater => Comparison::Greater,
        odata::Comparison::GreaterOrEqual => Comparison::AtLeast,
        odata::Comparison::Less => Comparison::Less,
        odata::Comparison::LessOrEqual => Comparison::AtMost,
    };
    Ok(with_cast(cast, holds::<T>(&property, comparison, value)))
}

fn holds<T: Noun>(
    property: &Property<T::Field>,
    comparison: Comparison,
    value: Value,
) -> Predicate<T> {
    Predicate::Holds(T::is(Condition { field: property.field, comparison, value }))
}

/// A property that was reached through a type is one of that type only.
fn with_cast<T: Noun>(cast: Option<Predicate<T>>, predicate: Predicate<T>) -> Predicate<T> {
    match cast {
        Some(cast) => Predicate::All(vec![cast, predicate]),
        None => predicate,
    }
}

fn call<T: Noun>(function: Function, name: &str, text: &str) -> Result<Predicate<T>, Problem> {
    let comparison = comparison_of(function);
    let (property, cast) = property::<T>(name)?;
    if !matches!(property.kind, Kind::Text | Kind::Translated(_)) {
        let message = format!("`{}` works on texts, and `{name}` is none", function.as_str());
        return Err(bad("$filter", &message));
    }
    Ok(with_cast(cast, holds::<T>(&property, comparison, Value::Text(text.to_owned()))))
}

fn comparison_of(function: Function) -> Comparison {
    match function {
        Function::StartsWith => Comparison::StartsWith,
        Function::EndsWith => Comparison::EndsWith,
        Function::Contains => Comparison::Contains,
    }
}

/// A property, and what else must hold because of the type it was reached through.
type Reached<T> = (Property<<T as Noun>::Field>, Option<Predicate<T>>);

fn property<T: Noun>(name: &str) -> Result<Reached<T>, Problem> {
    let (cast, rest) = T::cast(name);
    let known = |property: &&Property<T::Field>| {
        property.names.iter().any(|known| known.eq_ignore_ascii_case(rest))
    };
    let found = T::properties().iter().find(known);
    found.map(|property| (*property, cast)).ok_or_else(|| unknown::<T>(name))
}

fn unknown<T: Noun>(name: &str) -> Problem {
    let names = T::properties().iter().filter_map(|property| property.names.first());
    let lists = T::collections().iter().map(|(name, _)| *name);
    let lists: Vec<String> = lists.map(|name| format!("{name}/any(…)")).collect();
    let known: Vec<&str> = names.copied().chain(lists.iter().map(String::as_str)).collect();
    let message =
        format!("`{name}` is not a property to filter by; use one of {}", known.join(", "));
    bad("$filter", &message)
}

fn any<T: Noun>(name: &str, inner: Option<&Filter>) -> Result<Predicate<T>, Problem> {
    let collection = T::collections().iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    let Some((_, collection)) = collection else { return Err(unknown::<T>(name)) };
    match collection {
        Collection::Words(label) => {
            let word = |comparison, word: &str| {
                let word = word.to_owned();
                Predicate::Holds(T::has(Labelled { label: *label, comparison, word }))
            };
            match inner {
                None => Ok(word(Comparison::StartsWith, "")),
                Some(inner) => words(name, inner, &word),
            }
        }
        Collection::Elements(read) => read(inner),
    }
}

/// A condition on the words of a list. `and` and `not` speak of one word and are not offered:
/// nobody asks for a tag that is two texts at once.
fn words<T: Noun>(
    name: &str,
    filter: &Filter,
    word: &impl Fn(Comparison, &str) -> Predicate<T>,
) -> Result<Predicate<T>, Problem> {
    let text = |literal: &Literal| match literal {
        Literal::Text(text) | Literal::Word(text) => Ok(text.clone()),
        other => {
            let message = format!("`{name}` holds texts, and {other} is none");
            Err(bad("$filter", &message))
        }
    };
    match filter {
        Filter::Or(a, b) => Ok(Predicate::Any(vec![words(name, a, word)?, words(name, b, word)?])),
        Filter::Compare(element, odata::Comparison::Equal, literal) if element == ELEMENT => {
            Ok(word(Comparison::Is, &text(literal)?))
        }
        Filter::In(element, literals) if element == ELEMENT => {
            let one = |literal| Ok(word(Comparison::Is, &text(literal)?));
            Ok(Predicate::Any(literals.iter().map(one).collect::<Result<_, Problem>>()?))
        }
        Filter::Call(function, element, text) if element == ELEMENT => {
            Ok(word(comparison_of(*function), text))
        }
        _ => {
            let message = format!(
                "`{name}/any(…)` takes `eq`, `in`, `startswith`, `endswith`, `contains` and `or` \
                 on its element"
            );
            Err(bad("$filter", &message))
        }
    }
}

fn value<F>(property: &Property<F>, name: &str, literal: &Literal) -> Result<Value, Problem> {
    let wrong = |wanted: &str| {
        bad("$filter", &format!("`{name}` is compared with {wanted}, not {literal}"))
    };
    const A_TIME: &str = "a time such as 2026-01-31T00:00:00Z";
    if *literal == Literal::Null {
        return match property.null {
            Some(word) => Ok(Value::Text(word.to_owned())),
            None => Ok(Value::Null),
        };
    }
    match (property.kind, literal) {
        (Kind::Number, Literal::Number(number)) => Ok(Value::Number(*number)),
        (Kind::Number, Literal::Text(text)) => {
            text.parse().map(Value::Number).map_err(|_| wrong("a number"))
        }
        (Kind::Number, _) => Err(wrong("a number")),
        (Kind::Time, Literal::Time(time)) => Ok(Value::Time(*time)),
        (Kind::Time, Literal::Text(text)) => {
            text.parse().map(Value::Time).map_err(|_| wrong(A_TIME))
        }
        (Kind::Time, _) => Err(wrong(A_TIME)),
        (Kind::Text, Literal::Text(text) | Literal::Word(text)) => Ok(Value::Text(text.clone())),
        (Kind::Text, Literal::Number(number)) => Ok(Value::Text(number.to_string())),
        (Kind::Translated(translate), Literal::Text(text) | Literal::Word(text)) => {
            Ok(Value::Text(translate(text)))
        }
        (Kind::Word(read), Literal::Text(text) | Literal::Word(text)) => {
            read(text).map(Value::Text).map_err(|message| bad("$filter", &message))
        }
        (Kind::Word(_), _) => Err(wrong("one of its words in single quotes")),
        (Kind::Text | Kind::Translated(_), _) => Err(wrong("a text in single quotes")),
    }
}
