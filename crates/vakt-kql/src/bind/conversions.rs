//! The arithmetic of types: what widens to what, what several values have in common.
//!
//! The facts are those of Microsoft's analyzer.

use std::sync::Arc;

use crate::types::{ScalarType, Type};

/// How far a value may be from the type wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Conversion {
    /// Only the type itself.
    None,
    /// What widens without loss: int to long to real to decimal.
    Promotable,
    /// Anything, where dynamic is wanted.
    Dynamic,
    /// What widens in either direction.
    Compatible,
    /// Anything.
    Any,
}

/// An array of anything.
pub(crate) fn any_array() -> Type {
    Type::Array(Arc::new(Type::DYNAMIC))
}

/// A bag of which nothing is known.
pub(crate) fn any_bag() -> Type {
    Type::Bag(Arc::from([]))
}

/// A dynamic that holds a value of this type.
pub(crate) fn dynamic_of(ty: &Type) -> Type {
    match ty {
        Type::Scalar(ScalarType::Int | ScalarType::Long) => Type::Holding(ScalarType::Long),
        Type::Scalar(
            inner @ (ScalarType::Bool
            | ScalarType::Real
            | ScalarType::Datetime
            | ScalarType::Timespan
            | ScalarType::Guid
            | ScalarType::String),
        ) => Type::Holding(*inner),
        Type::Scalar(_) => Type::DYNAMIC,
        other => other.clone(),
    }
}

/// A dynamic array with elements of this type.
pub(crate) fn array_of(element: Option<&Type>) -> Type {
    let element = match element {
        None => Type::DYNAMIC,
        Some(Type::Holding(inner)) => Type::Scalar(*inner),
        Some(Type::Scalar(ScalarType::Int)) => Type::Scalar(ScalarType::Long),
        Some(Type::Scalar(ScalarType::Decimal | ScalarType::Type | ScalarType::Unknown)) => {
            Type::DYNAMIC
        }
        Some(other) => other.clone(),
    };
    Type::Array(Arc::new(element))
}

/// Whether `target` holds every value of `source`.
pub(crate) fn is_wider(target: ScalarType, source: ScalarType) -> bool {
    use ScalarType::{Decimal, Dynamic, Int, Long, Real, String};
    matches!(
        (target, source),
        (Long, Int) | (Real, Int | Long) | (Decimal, Int | Long | Real) | (String, Dynamic)
    )
}

/// Whether a value of `source` becomes one of `target` by itself.
pub(crate) fn is_promotable(source: &Type, target: &Type) -> bool {
    match (source, target) {
        (Type::Scalar(source), Type::Scalar(target)) if is_wider(*target, *source) => true,
        (Type::Array(_) | Type::Bag(_), Type::Scalar(ScalarType::Dynamic)) => true,
        _ => false,
    }
}

/// Whether a value of `source` may stand where `target` is wanted.
pub(crate) fn is_assignable(target: &Type, source: &Type, allowed: Conversion) -> bool {
    if target == source || source.is_unknown() || target.is_unknown() {
        return true;
    }
    let some = allowed != Conversion::None;
    match (target, source) {
        (Type::Scalar(ScalarType::Dynamic), source)
            if source.is_dynamic() || allowed >= Conversion::Dynamic =>
        {
            true
        }
        (Type::Array(element), Type::Array(_)) if some && **element == Type::DYNAMIC => true,
        (Type::Bag(known), Type::Bag(_)) if some && known.is_empty() => true,
        (Type::Holding(target), Type::Holding(source)) => {
            is_assignable(&Type::Scalar(*target), &Type::Scalar(*source), allowed)
        }
        (Type::Scalar(_), Type::Scalar(_) | Type::Holding(_)) => match allowed {
            Conversion::Promotable => is_promotable(source, target),
            Conversion::Compatible => {
                is_promotable(source, target) || is_promotable(target, source)
            }
            Conversion::Any => true,
            Conversion::None | Conversion::Dynamic => false,
        },
        (Type::Array(target), Type::Array(source)) => is_assignable(source, target, allowed),
        (Type::Bag(target), Type::Bag(source)) => {
            target.iter().all(|(name, _)| source.iter().any(|(own, _)| own == name))
        }
        _ => false,
    }
}

/// The type that both have; nothing where there is none.
pub(crate) fn common(left: &Type, right: &Type, allowed: Conversion) -> Option<Type> {
    if left == right {
        return Some(left.clone());
    }
    if left.is_unknown() || right.is_unknown() {
        return Some(Type::UNKNOWN);
    }
    if *left == Type::DYNAMIC || *right == Type::DYNAMIC {
        return Some(Type::DYNAMIC);
    }
    if allowed >= Conversion::Promotable {
        if is_promotable(left, right) {
            return Some(right.clone());
        }
        if is_promotable(right, left) {
            return Some(left.clone());
        }
    }
    let held = |left: ScalarType, right: ScalarType| {
        common(&left.into(), &right.into(), allowed).map(|ty| dynamic_of(&ty))
    };
    let found = match (left, right) {
        (Type::Array(_), Type::Array(_)) => Some(any_array()),
        (Type::Bag(left), Type::Bag(right)) => Some(common_bag(left, right)),
        (Type::Holding(left), Type::Holding(right) | Type::Scalar(right))
        | (Type::Scalar(left), Type::Holding(right)) => held(*left, *right),
        _ => None,
    };
    if found.is_some() {
        return found;
    }
    let both = left.is_dynamic() && right.is_dynamic();
    (both || allowed >= Conversion::Dynamic).then_some(Type::DYNAMIC)
}

/// The properties that both bags have.
fn common_bag(left: &[(Arc<str>, Type)], right: &[(Arc<str>, Type)]) -> Type {
    let both = left.iter().filter_map(|(name, ty)| {
        let (_, other) = right.iter().rev().find(|(own, _)| own == name)?;
        Some((name.clone(), common(ty, other, Conversion::Dynamic)?))
    });
    Type::Bag(both.collect())
}

/// The type that all have.
pub(crate) fn common_of<'t>(
    types: impl IntoIterator<Item = &'t Type>,
    allowed: Conversion,
) -> Option<Type> {
    let mut types = types.into_iter();
    let mut found = types.next()?.clone();
    for ty in types {
        found = common(&found, ty, allowed)?;
    }
    Some(found)
}

/// int made long.
pub(crate) fn promoted(ty: Type) -> Type {
    if ty == Type::Scalar(ScalarType::Int) { ScalarType::Long.into() } else { ty }
}

/// The widest of the numbers among them.
pub(crate) fn widest<'t>(types: impl IntoIterator<Item = &'t Type>) -> Option<Type> {
    let mut found: Option<ScalarType> = None;
    for ty in types {
        if let Type::Scalar(scalar) = ty
            && is_number(ty)
            && found.is_none_or(|widest| is_wider(*scalar, widest))
        {
            found = Some(*scalar);
        }
    }
    found.map(Type::from)
}

/// int, long.
pub(crate) fn is_integer(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(ScalarType::Int | ScalarType::Long | ScalarType::Unknown))
}

/// int, long, real, decimal.
pub(crate) fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(scalar) if scalar.is_numeric() || *scalar == ScalarType::Unknown)
}

/// Numbers, times.
pub(crate) fn is_summable(ty: &Type) -> bool {
    is_number(ty) || matches!(ty, Type::Scalar(ScalarType::Datetime | ScalarType::Timespan))
}

/// Numbers, times, texts, truths.
pub(crate) fn is_orderable(ty: &Type) -> bool {
    is_summable(ty) || matches!(ty, Type::Scalar(ScalarType::Bool | ScalarType::String))
}

/// A dynamic that may be an array or a bag.
pub(crate) fn is_container(ty: &Type) -> bool {
    ty.is_dynamic() && !matches!(ty, Type::Holding(_))
}
