//! Which parameter each argument goes to, as the overload's layout says. The layouts are facts of
//! Microsoft's analyzer.

use super::overloads::{Any, Arg, Fit, fit};
use crate::bound::ExprKind;
use crate::registry::{ArgumentKind, Layout, Overload, Parameter, ParameterType};
use crate::types::{ScalarType, Type};

/// The parameter of each argument.
#[derive(Debug)]
pub(crate) enum Places {
    /// One for one.
    Fixed,
    /// By the layout.
    Listed(Vec<Option<usize>>),
}

impl Places {
    pub(crate) fn parameter(
        &self,
        overload: &Overload,
        argument: usize,
    ) -> Option<&'static Parameter> {
        match self {
            Self::Fixed => overload.parameters.get(argument),
            Self::Listed(places) => {
                places.get(argument).copied().flatten().and_then(|at| overload.parameters.get(at))
            }
        }
    }

    /// The first argument of the parameter at this place.
    pub(crate) fn argument_of(&self, parameter: usize, count: usize) -> Option<usize> {
        match self {
            Self::Fixed => (parameter < count).then_some(parameter),
            Self::Listed(places) => places.iter().position(|place| *place == Some(parameter)),
        }
    }

    /// The place of an argument's parameter.
    pub(crate) fn place(&self, overload: &Overload, argument: usize) -> Option<usize> {
        match self {
            Self::Fixed => (argument < overload.parameters.len()).then_some(argument),
            Self::Listed(places) => places.get(argument).copied().flatten(),
        }
    }
}

/// Finds the parameter of each argument.
pub(crate) fn lay_out(overload: &Overload, arguments: &[Arg<'_>]) -> Places {
    let repeated = overload.parameters.iter().any(Parameter::is_repeated);
    match overload.layout {
        Layout::Repeating if repeated => Places::Listed(lay_out_repeating(overload, arguments)),
        Layout::Block if repeated => Places::Listed(lay_out_block(overload, arguments.len())),
        Layout::Fixed | Layout::Repeating | Layout::Block => Places::Fixed,
        layout => Places::Listed(lay_out_special(layout, overload, arguments)),
    }
}

fn lay_out_repeating(overload: &Overload, arguments: &[Arg<'_>]) -> Vec<Option<usize>> {
    let parameters = overload.parameters;
    let mut places: Vec<Option<usize>> = Vec::with_capacity(arguments.len());
    let (mut at, mut taken) = (0, 0_u16);
    for (index, argument) in arguments.iter().enumerate() {
        let mut current = parameters.get(at);
        if at + 1 < parameters.len() && current.is_some_and(|own| taken >= own.count_max) {
            at += 1;
            taken = 0;
            current = parameters.get(at);
        }
        let Some(own) = current else {
            places.push(None);
            continue;
        };
        let needed = taken < own.count_min || (taken == 0 && own.count_min == 0);
        let last = at + 1 == parameters.len();
        if !needed && last && taken >= own.count_max {
            places.push(None);
            continue;
        }
        let next = parameters.get(at + 1);
        if let (false, false, Some(next)) = (needed, last, next) {
            let so_far = Places::Listed(places);
            let fit = |parameter| fit(overload, &so_far, arguments, (index, parameter), false);
            let (mine, other) = (fit(own), fit(next));
            let Places::Listed(before) = so_far else { return Vec::new() };
            places = before;
            if !(mine >= other && mine != Fit::None) && other != Fit::None {
                at += 1;
                taken = 0;
            }
        }
        let _ = argument;
        places.push(Some(at));
        taken += 1;
    }
    places
}

fn lay_out_block(overload: &Overload, count: usize) -> Vec<Option<usize>> {
    let parameters = overload.parameters;
    let first = parameters.iter().position(Parameter::is_repeated).unwrap_or(0);
    let last = parameters.iter().rposition(Parameter::is_repeated).unwrap_or(0);
    let width = last - first + 1;
    let least = parameters.get(first).map_or(0, |own| usize::from(own.count_min)) * width;
    let most = parameters.get(first).map_or(0, |own| usize::from(own.count_max)) * width;
    let behind = parameters.len() - last - 1;
    let possible = count.saturating_sub(first + behind);
    let total = most.min(least.max(possible)).div_ceil(width) * width;
    let end = first + total;
    (0..count)
        .map(|index| {
            if index < first {
                Some(index)
            } else if index < end {
                Some(first + (index - first) % width)
            } else {
                let place = last + 1 + index - end;
                (place < parameters.len()).then_some(place)
            }
        })
        .collect()
}

fn lay_out_special(
    layout: Layout,
    overload: &Overload,
    arguments: &[Arg<'_>],
) -> Vec<Option<usize>> {
    let parameters = overload.parameters;
    let count = arguments.len();
    let is_bool = |argument: &Arg<'_>| argument.ty() == Some(&Type::Scalar(ScalarType::Bool));
    let named = |argument: &Arg<'_>| {
        let name = argument.name.as_ref()?;
        parameters.iter().position(|own| own.name.eq_ignore_ascii_case(name))
    };
    let place = |(index, argument): (usize, &Arg<'_>)| match layout {
        Layout::FlagLast => Some(usize::from(index > 0 && index + 1 == count && is_bool(argument))),
        Layout::NamedTail => match &argument.name {
            Some(_) => named(argument),
            None => (index < parameters.len()).then_some(index),
        },
        Layout::KeysThenFlag => {
            let last = parameters.len() - 1;
            let literal = argument.is_literal() && is_bool(argument);
            if index < 3 {
                Some(index)
            } else if index + 1 == count && (named(argument) == Some(last) || literal) {
                Some(last)
            } else {
                Some(3)
            }
        }
        Layout::CohortThenDimensions => cohort_place(index, arguments),
        Layout::ConditionsThenDimensions => match index {
            0..3 => Some(index),
            _ if is_bool(argument) => Some(3),
            _ => Some(4),
        },
        Layout::Fixed | Layout::Repeating | Layout::Block => Some(index),
    };
    let places = arguments.iter().enumerate().map(place);
    places.map(|place| place.filter(|at| *at < parameters.len())).collect()
}

/// Five in order; the sixth is the cohort if it is constant or no column; then dimensions until a
/// table, and what is behind it.
fn cohort_place(index: usize, arguments: &[Arg<'_>]) -> Option<usize> {
    if index < 5 {
        return Some(index);
    }
    let is_cohort = |argument: &Arg<'_>| match &argument.value {
        Any::Value(value) => value.constant || !matches!(value.kind, ExprKind::Column(_)),
        _ => false,
    };
    let cohort = arguments.get(5).is_some_and(is_cohort);
    if index == 5 && cohort {
        return Some(5);
    }
    let table = arguments.iter().position(|argument| matches!(argument.value, Any::Rows(_)));
    match table {
        Some(table) if index >= table => Some(7 + index - table),
        _ => Some(6),
    }
}
