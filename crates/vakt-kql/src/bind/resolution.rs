//! Which overload an operator means, and the type that comes out. Where two sides of a plain type meet,
//! that is a fact of the registry: it is found once in the life of the process.

use std::sync::OnceLock;

use super::overloads::{Any, Arg, best};
use super::places::lay_out;
use super::returns::Chosen;
use super::{Binder, RowScope};
use crate::registry::{OPERATOR_KINDS_COUNT, Operator};
use crate::types::{SCALAR_TYPES_COUNT, ScalarType, Type};

/// The overload, if one is clear, and the type that comes out.
type Resolution = (Option<usize>, Type);

/// What is known of two plain sides, by operator, left type and right type.
static KNOWN: [OnceLock<Plain>; OPERATOR_KINDS_COUNT * SCALAR_TYPES_COUNT * SCALAR_TYPES_COUNT] =
    [const { OnceLock::new() }; OPERATOR_KINDS_COUNT * SCALAR_TYPES_COUNT * SCALAR_TYPES_COUNT];

/// A resolution whose type is plain too.
#[derive(Clone, Copy)]
struct Plain {
    overload: Option<u8>,
    ty: ScalarType,
}

impl Plain {
    fn of(resolution: &Resolution) -> Option<Self> {
        let (overload, Type::Scalar(ty)) = resolution else { return None };
        let overload = overload.map(u8::try_from).transpose().ok()?;
        Some(Self { overload, ty: *ty })
    }
}

impl<'a> Binder<'a> {
    /// The overload of an operator that its operands mean. `all`: each operand must fit.
    pub(crate) fn resolve(
        &self,
        operator: &'static Operator,
        arguments: &[Arg<'a>],
        all: bool,
        scope: &RowScope<'_>,
    ) -> Resolution {
        let known = if all { place_of(operator, arguments) } else { None };
        if let Some(plain) = known.and_then(OnceLock::get) {
            return (plain.overload.map(usize::from), Type::Scalar(plain.ty));
        }
        let resolution = self.find_overload(operator, arguments, all, scope);
        if let (Some(known), Some(plain)) = (known, Plain::of(&resolution)) {
            let _ = known.set(plain);
        }
        resolution
    }

    fn find_overload(
        &self,
        operator: &'static Operator,
        arguments: &[Arg<'a>],
        all: bool,
        scope: &RowScope<'_>,
    ) -> Resolution {
        let mut found = best(operator.overloads, arguments, all);
        if let [only] = found.as_slice()
            && let Some(overload) = operator.overloads.get(*only)
        {
            let places = lay_out(overload, arguments);
            let function = None;
            let call = Chosen { function, overload, places: &places, arguments, scope };
            return (Some(*only), self.answer(&call).ty);
        }
        if found.as_slice().is_empty() && all {
            found = best(operator.overloads, arguments, false);
        }
        (None, self.shared_answer(operator.overloads, found.as_slice(), arguments, scope))
    }
}

/// Where it is remembered, for two sides that are one value of a plain type each.
fn place_of(operator: &Operator, arguments: &[Arg<'_>]) -> Option<&'static OnceLock<Plain>> {
    let [left, right] = arguments else { return None };
    let (left, right) = (plain_type(left)?, plain_type(right)?);
    let row = operator.kind as usize * SCALAR_TYPES_COUNT + left as usize;
    KNOWN.get(row * SCALAR_TYPES_COUNT + right as usize)
}

fn plain_type(argument: &Arg<'_>) -> Option<ScalarType> {
    match (&argument.value, argument.ty()) {
        (Any::Value(_), Some(Type::Scalar(ty))) => Some(*ty),
        _ => None,
    }
}
