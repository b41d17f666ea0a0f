//! Which overload a call means: the one whose parameters fit the arguments best.
//!
//! The order of fits and the tie rules are facts of Microsoft's analyzer.

use std::sync::Arc;

use super::conversions::{
    Conversion, common, is_assignable, is_container, is_integer, is_number, is_orderable,
    is_summable,
};
use super::places::{Places, lay_out};
use crate::bound::{Expr, ExprKind, Rel, Value};
use crate::registry::{ArgumentKind, Layout, Overload, Parameter, ParameterType};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::{Node, Span};
use crate::types::{ScalarType, Type};

/// What an expression can be.
#[derive(Clone, Debug)]
pub(crate) enum Any {
    /// A value.
    Value(Expr),
    /// Rows.
    Rows(Box<Rel>),
    /// `*`
    Star,
    /// A database, a cluster, a group of them.
    Entity(super::scope::Entity),
}

impl Any {
    /// Rows.
    pub(crate) fn rows(rows: Rel) -> Self {
        Self::Rows(Box::new(rows))
    }
}

/// An argument of a call or operator.
#[derive(Clone, Debug)]
pub(crate) struct Arg<'a> {
    pub(crate) node: Node<'a>,
    /// `name = value`
    pub(crate) name: Option<Arc<str>>,
    pub(crate) value: Any,
}

impl<'a> Arg<'a> {
    /// An argument without a name.
    pub(crate) fn of(node: Node<'a>, value: Any) -> Self {
        Self { node, name: None, value }
    }

    pub(crate) fn span(&self) -> Span {
        self.node.span()
    }

    /// Its type, where it is one value.
    pub(crate) fn ty(&self) -> Option<&Type> {
        match &self.value {
            Any::Value(value) if value.several.as_ref().is_none_or(|all| all.len() == 1) => {
                Some(&value.ty)
            }
            _ => None,
        }
    }

    /// One value or several, not rows.
    pub(crate) fn is_scalar(&self) -> bool {
        matches!(self.value, Any::Value(_))
    }

    pub(crate) fn is_unknown(&self) -> bool {
        self.ty().is_some_and(Type::is_unknown)
    }

    pub(crate) fn is_star(&self) -> bool {
        matches!(self.value, Any::Star)
    }

    /// The constant that is written here, or in the `let` that is named here.
    pub(crate) fn literal(&self) -> Option<&Value> {
        match &self.value {
            Any::Value(value) => literal_of(value),
            _ => None,
        }
    }

    /// The same, if it is a text.
    pub(crate) fn text(&self) -> Option<&str> {
        match self.literal() {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether it is written as a literal.
    pub(crate) fn is_literal(&self) -> bool {
        let mut node = self.node;
        if node.kind() == NodeKind::Named {
            node = node.nth(1).unwrap_or(node);
        }
        matches!(
            node.kind(),
            NodeKind::Literal
                | NodeKind::CompoundString
                | NodeKind::TypeOf
                | NodeKind::DynamicLiteral
        )
    }
}

/// The constant that a value is, also through the name of a `let`.
pub(crate) fn literal_of(value: &Expr) -> Option<&Value> {
    match &value.kind {
        ExprKind::Literal(value) => Some(value),
        ExprKind::Shared { value, .. } => literal_of(value),
        _ => None,
    }
}

/// How well an argument fits its parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    None,
    Unknown,
    Dynamic,
    Compatible,
    Promoted,
    NotType,
    OneOfMany,
    Scalar,
    Summable,
    Orderable,
    Number,
    Integer,
    Tabular,
    Exact,
}

/// How well the argument at `index` fits a parameter. `coerce`: functions of the text convert.
pub(crate) fn fit(
    overload: &Overload,
    places: &Places,
    arguments: &[Arg<'_>],
    (index, parameter): (usize, &Parameter),
    coerce: bool,
) -> Fit {
    let Some(argument) = arguments.get(index) else { return Fit::None };
    if argument.is_unknown() {
        return Fit::Unknown;
    }
    if parameter.tilde && argument.is_literal() && argument.text() == Some("~") {
        return Fit::Exact;
    }
    let starred = matches!(parameter.kind, ArgumentKind::StarOnly | ArgumentKind::StarAllowed);
    if argument.is_star() {
        return if starred { Fit::Exact } else { Fit::None };
    }
    if parameter.kind == ArgumentKind::StarOnly {
        return Fit::None;
    }
    if let ParameterType::SameAs(other) = parameter.ty {
        let Some(other) = places.parameter(overload, usize::from(other)) else { return Fit::None };
        return fit(overload, places, arguments, (index, other), coerce);
    }
    if is_common(parameter.ty) {
        return fit_common(overload, places, arguments, (argument, parameter));
    }
    fit_type(argument, parameter.ty, coerce)
}

fn fit_type(argument: &Arg<'_>, wanted: ParameterType, coerce: bool) -> Fit {
    let given = |fits: bool, fit: Fit| if fits { fit } else { Fit::None };
    match wanted {
        ParameterType::Any => return Fit::Unknown,
        ParameterType::Tabular => {
            return given(matches!(argument.value, Any::Rows(_)), Fit::Tabular);
        }
        ParameterType::Scalar => return given(argument.is_scalar(), Fit::Scalar),
        _ => {}
    }
    let Some(ty) = argument.ty() else { return Fit::None };
    match wanted {
        ParameterType::OneOf(types) => fit_declared(ty, types, coerce),
        ParameterType::Integer => given(is_integer(ty), Fit::Integer),
        ParameterType::StringOrDynamic => given(ty.is_dynamic() || is_string(ty), Fit::OneOfMany),
        ParameterType::StringOrArray => given(is_string_or_array(ty), Fit::OneOfMany),
        ParameterType::IntegerOrArray => given(is_integer_or_array(ty), Fit::OneOfMany),
        ParameterType::Array => given(is_array(ty), Fit::OneOfMany),
        ParameterType::Bag => given(is_bag(ty), Fit::OneOfMany),
        ParameterType::ArrayOrBag => given(is_container(ty), Fit::OneOfMany),
        ParameterType::Number => given(is_number(ty), Fit::Number),
        ParameterType::NumberOrBool => given(is_number(ty) || is_bool(ty), Fit::Number),
        ParameterType::Summable => given(is_summable(ty), Fit::Summable),
        ParameterType::Orderable => given(is_orderable(ty), Fit::Orderable),
        ParameterType::NotBool => given(!is_bool(ty), Fit::NotType),
        ParameterType::NotRealOrBool => given(!is_bool(ty) && !is_real(ty), Fit::NotType),
        ParameterType::NotDynamic => given(!ty.is_dynamic(), Fit::NotType),
        ParameterType::Any
        | ParameterType::Tabular
        | ParameterType::Scalar
        | ParameterType::SameAs(_)
        | ParameterType::CommonScalar
        | ParameterType::CommonOrderable
        | ParameterType::CommonScalarOrDynamic => Fit::None,
    }
}

fn fit_declared(ty: &Type, types: &[ScalarType], coerce: bool) -> Fit {
    let any = |allowed: Conversion| {
        types.iter().any(|wanted| is_assignable(&Type::Scalar(*wanted), ty, allowed))
    };
    if any(Conversion::None) {
        if types.len() == 1 { Fit::Exact } else { Fit::OneOfMany }
    } else if any(Conversion::Promotable) {
        Fit::Promoted
    } else if coerce && any(Conversion::Dynamic) {
        Fit::Dynamic
    } else if coerce && any(Conversion::Compatible) {
        Fit::Compatible
    } else {
        Fit::None
    }
}

fn fit_common(
    overload: &Overload,
    places: &Places,
    arguments: &[Arg<'_>],
    (argument, parameter): (&Arg<'_>, &Parameter),
) -> Fit {
    let Some(shared) = common_argument(overload, places, arguments, false) else {
        return Fit::None;
    };
    let Some(ty) = argument.ty() else { return Fit::None };
    let fits = |allowed| is_assignable(&shared, ty, allowed);
    if fits(Conversion::None) {
        Fit::Exact
    } else if fits(Conversion::Promotable) {
        Fit::Promoted
    } else if fits(Conversion::Dynamic) {
        Fit::Dynamic
    } else if parameter.ty == ParameterType::CommonScalarOrDynamic && *ty == Type::DYNAMIC {
        Fit::Exact
    } else {
        Fit::None
    }
}

/// Shares its type with others.
pub(crate) fn is_common(ty: ParameterType) -> bool {
    matches!(
        ty,
        ParameterType::CommonScalar
            | ParameterType::CommonOrderable
            | ParameterType::CommonScalarOrDynamic
    )
}

/// The type that the arguments of the common parameters share.
pub(crate) fn common_argument(
    overload: &Overload,
    places: &Places,
    arguments: &[Arg<'_>],
    without_dynamic: bool,
) -> Option<Type> {
    let mut found: Option<Type> = None;
    for (index, argument) in arguments.iter().enumerate() {
        let Some(parameter) = places.parameter(overload, index) else { continue };
        let Some(ty) = argument.ty() else { continue };
        if without_dynamic && ty.is_dynamic() {
            continue;
        }
        let allowed = match parameter.ty {
            ParameterType::CommonScalar => Conversion::Promotable,
            ParameterType::CommonOrderable if is_orderable(ty) => Conversion::Promotable,
            ParameterType::CommonScalarOrDynamic => Conversion::Dynamic,
            _ => continue,
        };
        found = Some(match found {
            None => ty.clone(),
            Some(before) => common(&before, ty, allowed)?,
        });
    }
    if found.is_none() && without_dynamic {
        return common_argument(overload, places, arguments, false);
    }
    found
}

/// How well an overload fits: arguments that fit, the worst and the best of the fits.
#[derive(Clone, Copy, Debug)]
struct Score {
    count: usize,
    worst: Fit,
    best: Fit,
}

fn score(overload: &Overload, arguments: &[Arg<'_>]) -> Score {
    let places = lay_out(overload, arguments);
    let mut score = Score { count: 0, worst: Fit::Exact, best: Fit::None };
    for index in 0..arguments.len() {
        let fit = places.parameter(overload, index).map_or(Fit::None, |parameter| {
            fit(overload, &places, arguments, (index, parameter), false)
        });
        score.count += usize::from(fit != Fit::None);
        score.worst = score.worst.min(fit);
        score.best = score.best.max(fit);
    }
    score
}

/// The overloads that fit best, by place.
#[derive(Debug)]
pub(crate) enum Best {
    /// The call is clear.
    One(usize),
    Several(Vec<usize>),
}

impl Best {
    pub(crate) fn as_slice(&self) -> &[usize] {
        match self {
            Self::One(place) => std::slice::from_ref(place),
            Self::Several(places) => places,
        }
    }
}

/// The overloads that fit best.
pub(crate) fn best(overloads: &[Overload], arguments: &[Arg<'_>], all_must_fit: bool) -> Best {
    let count = arguments.len();
    match overloads {
        [] => return Best::Several(Vec::new()),
        [_] => return Best::One(0),
        _ => {}
    }
    let takes = |count: usize| {
        move |own: &&Overload| {
            (own.arguments_count_min()..=own.arguments_count_max()).contains(&count)
        }
    };
    let fitting = |count: usize| {
        let places = overloads.iter().enumerate().filter(move |(_, own)| takes(count)(own));
        places.map(|(place, _)| place).collect::<Vec<usize>>()
    };
    let mut found = fitting(count);
    if found.is_empty() {
        let most = overloads.iter().map(Overload::arguments_count_max).max().unwrap_or(0);
        found = fitting(most);
    }
    if found.len() < 2 {
        return Best::Several(found);
    }
    let mut scored: Vec<(usize, Score)> = found
        .into_iter()
        .filter_map(|place| Some((place, score(overloads.get(place)?, arguments))))
        .collect();
    let mut most = scored.iter().map(|(_, score)| score.count).max().unwrap_or(0);
    if all_must_fit {
        most = most.max(count);
    }
    scored.retain(|(_, score)| score.count == most);
    clearest(&scored, count)
}

/// The one that is better than all others, or all of them.
fn clearest(scored: &[(usize, Score)], count: usize) -> Best {
    let all = || Best::Several(scored.iter().map(|(place, _)| *place).collect());
    let Some((first, rest)) = scored.split_first() else { return all() };
    let mut best = first;
    for other in rest {
        match compare(other.1, best.1, count) {
            std::cmp::Ordering::Greater => best = other,
            std::cmp::Ordering::Equal => return all(),
            std::cmp::Ordering::Less => {}
        }
    }
    let beaten = scored.iter().filter(|other| other.0 != best.0);
    for other in beaten {
        if compare(best.1, other.1, count).is_le() {
            return all();
        }
    }
    Best::One(best.0)
}

fn compare(left: Score, right: Score, count: usize) -> std::cmp::Ordering {
    if left.count == count && right.count < count {
        return std::cmp::Ordering::Greater;
    }
    let by_worst = left.worst.cmp(&right.worst);
    by_worst.then(left.best.cmp(&right.best)).then(left.count.cmp(&right.count))
}

fn is_bool(ty: &Type) -> bool {
    *ty == Type::Scalar(ScalarType::Bool) || ty.is_unknown()
}

fn is_real(ty: &Type) -> bool {
    *ty == Type::Scalar(ScalarType::Real) || ty.is_unknown()
}

fn is_string(ty: &Type) -> bool {
    *ty == Type::Scalar(ScalarType::String)
}

/// A dynamic that may be an array.
pub(crate) fn is_array(ty: &Type) -> bool {
    *ty == Type::DYNAMIC || matches!(ty, Type::Array(_))
}

/// A dynamic that may be a bag.
pub(crate) fn is_bag(ty: &Type) -> bool {
    *ty == Type::DYNAMIC || matches!(ty, Type::Bag(_))
}

pub(crate) fn is_string_or_array(ty: &Type) -> bool {
    is_string(ty) || *ty == Type::DYNAMIC || is_list_of(ty, ScalarType::String)
}

pub(crate) fn is_integer_or_array(ty: &Type) -> bool {
    is_integer(ty) || *ty == Type::DYNAMIC || is_list_of(ty, ScalarType::Long)
}

/// A dynamic value or array of this type, or an array of anything.
fn is_list_of(ty: &Type, wanted: ScalarType) -> bool {
    match ty {
        Type::Holding(inner) => *inner == wanted,
        Type::Array(element) => **element == Type::Scalar(wanted) || **element == Type::DYNAMIC,
        _ => false,
    }
}
