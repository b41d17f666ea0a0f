//! `$filter` expressions: comparisons, `in`, `startswith` and its kin, `any`, `and`, `or`, `not`.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

/// In the condition of an `any`, the name of the element itself.
pub const ELEMENT: &str = "$it";

/// A filter expression. Property names keep the caller's spelling.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Both hold.
    And(Box<Filter>, Box<Filter>),
    /// One holds.
    Or(Box<Filter>, Box<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// `property op value`.
    Compare(String, Comparison, Literal),
    /// `property in (value, …)`.
    In(String, Vec<Literal>),
    /// `startswith(property, 'text')`.
    Call(Function, String, String),
    /// `collection/any(x: condition)`: one element fulfils it. Names in the condition are those of
    /// the element's properties, or [`ELEMENT`]. Without a condition: there is an element.
    Any(String, Option<Box<Filter>>),
}

/// How a property is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `eq`
    Equal,
    /// `ne`
    NotEqual,
    /// `gt`
    Greater,
    /// `ge`
    GreaterOrEqual,
    /// `lt`
    Less,
    /// `le`
    LessOrEqual,
}

/// Text functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// `startswith`
    StartsWith,
    /// `endswith`
    EndsWith,
    /// `contains`
    Contains,
}

/// A value in a filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// An instant; offsets are turned into UTC.
    Time(Timestamp),
    /// A quoted text.
    Text(String),
    /// An unquoted GUID or enum member.
    Word(String),
}

impl Literal {
    /// What an unquoted word means.
    pub(super) fn from_word(word: &str) -> Self {
        match word {
            "null" => return Self::Null,
            "true" => return Self::Bool(true),
            "false" => return Self::Bool(false),
            _ => {}
        }
        if let Ok(number) = word.parse() {
            return Self::Number(number);
        }
        if let Ok(time) = word.parse() {
            return Self::Time(time);
        }
        // A date alone is midnight, as OData has it.
        match format!("{word}T00:00:00Z").parse() {
            Ok(midnight) if word.len() == 10 => Self::Time(midnight),
            _ => Self::Word(word.to_owned()),
        }
    }
}

impl FromStr for Comparison {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        let all = [
            Self::Equal,
            Self::NotEqual,
            Self::Greater,
            Self::GreaterOrEqual,
            Self::Less,
            Self::LessOrEqual,
        ];
        all.into_iter().find(|c| c.as_str().eq_ignore_ascii_case(word)).ok_or(())
    }
}

impl Comparison {
    /// The OData word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::NotEqual => "ne",
            Self::Greater => "gt",
            Self::GreaterOrEqual => "ge",
            Self::Less => "lt",
            Self::LessOrEqual => "le",
        }
    }
}

impl FromStr for Function {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        let all = [Self::StartsWith, Self::EndsWith, Self::Contains];
        all.into_iter().find(|f| f.as_str().eq_ignore_ascii_case(word)).ok_or(())
    }
}

impl Function {
    /// The OData word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StartsWith => "startswith",
            Self::EndsWith => "endswith",
            Self::Contains => "contains",
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Time(time) => time.fmt(f),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Word(word) => f.write_str(word),
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, Scope::Object)
    }
}

/// Where names are looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// The listed object.
    Object,
    /// An element of an `any`, written as `x`.
    Element,
}

impl Scope {
    fn name(self, name: &str) -> String {
        match (self, name) {
            (Self::Object, _) => name.to_owned(),
            (Self::Element, ELEMENT) => "x".to_owned(),
            (Self::Element, _) => format!("x/{name}"),
        }
    }
}

impl Filter {
    fn write(&self, f: &mut fmt::Formatter<'_>, scope: Scope) -> fmt::Result {
        match self {
            Self::And(a, b) => {
                a.write_in_and(f, scope)?;
                f.write_str(" and ")?;
                b.write_in_and(f, scope)
            }
            Self::Or(a, b) => {
                a.write(f, scope)?;
                f.write_str(" or ")?;
                b.write(f, scope)
            }
            Self::Not(inner) => {
                f.write_str("not (")?;
                inner.write(f, scope)?;
                f.write_str(")")
            }
            Self::Compare(name, op, value) => {
                write!(f, "{} {} {value}", scope.name(name), op.as_str())
            }
            Self::In(name, values) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                write!(f, "{} in ({})", scope.name(name), values.join(","))
            }
            Self::Call(function, name, text) => {
                let text = Literal::Text(text.clone());
                write!(f, "{}({},{text})", function.as_str(), scope.name(name))
            }
            Self::Any(name, None) => write!(f, "{}/any()", scope.name(name)),
            Self::Any(name, Some(condition)) => {
                write!(f, "{}/any(x:", scope.name(name))?;
                condition.write(f, Scope::Element)?;
                f.write_str(")")
            }
        }
    }

    fn write_in_and(&self, f: &mut fmt::Formatter<'_>, scope: Scope) -> fmt::Result {
        if !matches!(self, Self::Or(..)) {
            return self.write(f, scope);
        }
        f.write_str("(")?;
        self.write(f, scope)?;
        f.write_str(")")
    }
}
