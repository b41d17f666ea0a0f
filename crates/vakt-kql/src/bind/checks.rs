//! What is wrong with the arguments of a call whose overload is clear.

use super::Binder;
use super::conversions::{
    Conversion, is_assignable, is_container, is_integer, is_number, is_orderable, is_summable,
};
use super::overloads::{
    Any, Arg, Fit, common_argument, fit, is_array, is_bag, is_common, is_integer_or_array,
    is_string_or_array,
};
use super::places::{Places, lay_out};
use crate::bound::{ExprKind, Value};
use crate::cures::{arguments_found, arguments_wanted};
use crate::registry::{ArgumentKind, Layout, Overload, Parameter, ParameterType};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Span;
use crate::types::{ScalarType, Type};

/// Who is called: an operator may take what a function may not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Callee<'s> {
    pub(crate) name: &'s str,
    pub(crate) span: Span,
    pub(crate) operator: bool,
}

impl<'a> Binder<'a> {
    /// Says what is wrong with the arguments.
    pub(crate) fn check_arguments(
        &mut self,
        callee: Callee<'_>,
        overload: &Overload,
        arguments: &[Arg<'a>],
    ) {
        if !self.check_count(callee, overload, arguments.len()) {
            return;
        }
        let places = lay_out(overload, arguments);
        let shares = (0..arguments.len())
            .any(|index| places.parameter(overload, index).is_some_and(|own| is_common(own.ty)));
        if shares && common_argument(overload, &places, arguments, false).is_none() {
            let message = format!("the arguments of `{}` have no type in common", callee.name);
            let help = "Convert them to one type, with `tostring(…)` or `tolong(…)`.";
            self.error("KS232", callee.span, message, help);
            return;
        }
        for (index, argument) in arguments.iter().enumerate() {
            if let Some(parameter) = places.parameter(overload, index) {
                self.check_argument(callee, (overload, &places, arguments), (index, parameter));
                let _ = argument;
            }
        }
    }

    /// The number of arguments.
    fn check_count(&mut self, callee: Callee<'_>, overload: &Overload, count: usize) -> bool {
        let (least, most) = (overload.arguments_count_min(), overload.arguments_count_max());
        if (least..=most).contains(&count) {
            if overload.layout == Layout::Block && !fits_block(overload, count) {
                let message =
                    format!("`{}` takes its arguments in groups, one is cut off", callee.name);
                let help = "Add what is missing behind the last one, or take it away.";
                self.error("KS121", callee.span, message, help);
                return false;
            }
            return true;
        }
        let repeated = overload.parameters.iter().any(Parameter::is_repeated);
        let code = if repeated && least != most { "KS120" } else { "KS119" };
        if repeated && count > most {
            let found = arguments_found(count);
            let message = format!("`{}` takes at most {most} arguments, {found}", callee.name);
            let help = "Take some away; a long list of values belongs in a table.";
            self.error(code, callee.span, message, help);
            return false;
        }
        let wanted = arguments_wanted(least, (!(repeated && most > 100)).then_some(most));
        let found = arguments_found(count);
        let message = format!("`{}` takes {wanted}, {found}", callee.name);
        let names: Vec<&str> = overload.parameters.iter().map(|own| own.name).collect();
        let help = format!("Write `{}({})`.", callee.name, names.join(", "));
        self.error(code, callee.span, message, help);
        false
    }

    fn check_argument(
        &mut self,
        callee: Callee<'_>,
        (overload, places, arguments): (&Overload, &Places, &[Arg<'a>]),
        (index, parameter): (usize, &Parameter),
    ) {
        let Some(argument) = arguments.get(index) else { return };
        let span = argument.span();
        if argument.is_star() && !callee.operator {
            if !matches!(parameter.kind, ArgumentKind::StarOnly | ArgumentKind::StarAllowed) {
                let help = "Name the columns one by one.";
                self.error("KS191", span, format!("`*` is not allowed in `{}`", callee.name), help);
            }
            return;
        }
        if parameter.tilde && argument.is_literal() && argument.text() == Some("~") {
            return;
        }
        if argument.node.kind() == NodeKind::CompoundNamed {
            let help = "Give the argument alone, without names.";
            self.error("KS194", span, "an argument cannot have several names", help);
        }
        if argument.is_unknown() {
            return;
        }
        self.check_argument_type(callee, (overload, places, arguments), (index, parameter));
        self.check_argument_kind(callee, argument, parameter);
    }

    fn check_argument_type(
        &mut self,
        callee: Callee<'_>,
        (overload, places, arguments): (&Overload, &Places, &[Arg<'a>]),
        (index, parameter): (usize, &Parameter),
    ) {
        let Some(argument) = arguments.get(index) else { return };
        let span = argument.span();
        if parameter.ty == ParameterType::Tabular {
            if !matches!(argument.value, Any::Rows(_)) {
                let help = "Write a table or a query in parentheses.";
                self.error("KS111", span, "rows are wanted here, this is a value", help);
            }
            return;
        }
        if parameter.ty == ParameterType::Any {
            return;
        }
        if !argument.is_scalar() {
            self.not_scalar(span);
            return;
        }
        let found = argument.ty().map_or("several values", |ty| ty.scalar().name());
        let Some((code, wanted)) = wrong_type((overload, places, arguments), (index, parameter))
        else {
            return;
        };
        let message = format!("`{}` takes {wanted} here, this is {found}", callee.name);
        let help = conversion_help(&wanted);
        self.error(code, span, message, help);
    }

    fn check_argument_kind(
        &mut self,
        callee: Callee<'_>,
        argument: &Arg<'a>,
        parameter: &Parameter,
    ) {
        let span = argument.span();
        let Any::Value(value) = &argument.value else { return };
        let name = callee.name;
        match parameter.kind {
            ArgumentKind::Column | ArgumentKind::ColumnOfFirst | ArgumentKind::ColumnOfBoth => {
                let bare = argument.node.kind() != NodeKind::Paren;
                if !(bare && matches!(value.kind, ExprKind::Column(_))) {
                    let help = "Write the name of a column; make one with `extend` before.";
                    self.error("KS109", span, format!("`{name}` takes a column here"), help);
                }
            }
            ArgumentKind::Constant if !value.constant => {
                let help = "Write a literal, or a `let` that is one.";
                self.error("KS129", span, format!("`{name}` takes a constant here"), help);
            }
            ArgumentKind::Literal | ArgumentKind::LiteralNotEmpty if !argument.is_literal() => {
                let help = "Write the value itself, not a name or an expression.";
                self.error("KS131", span, format!("`{name}` takes a literal here"), help);
            }
            ArgumentKind::Literal if !parameter.values.is_empty() => {
                let text = match argument.literal() {
                    Some(Value::String(text)) => text.to_string(),
                    Some(Value::Long(number)) => number.to_string(),
                    Some(Value::Bool(flag)) => flag.to_string(),
                    _ => argument.node.text().to_owned(),
                };
                if !parameter.values.iter().any(|value| value.eq_ignore_ascii_case(&text)) {
                    let help = format!("Write one of {}.", listed(parameter.values));
                    self.error("KS140", span, format!("`{name}` does not know `{text}`"), help);
                }
            }
            ArgumentKind::LiteralNotEmpty if argument.text() == Some("") => {
                let help = "Write a text between the quotes.";
                self.error("KS133", span, format!("`{name}` takes a text that is not empty"), help);
            }
            _ => {}
        }
    }

    /// Rows where a value is wanted.
    pub(crate) fn not_scalar(&mut self, span: Span) {
        let help = "Take one value of it with `toscalar(…)`, or use `in (…)` for a list.";
        self.error("KS108", span, "a value is wanted here, these are rows", help);
    }
}

fn listed(values: &[&str]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    quoted.join(", ")
}

fn fits_block(overload: &Overload, count: usize) -> bool {
    let repeated = overload.parameters.iter().filter(|own| own.is_repeated()).count();
    let fixed = overload.parameters.len() - repeated;
    repeated == 0 || count.saturating_sub(fixed).is_multiple_of(repeated)
}

fn conversion_help(wanted: &str) -> String {
    for ty in ["string", "long", "int", "real", "bool", "datetime", "timespan", "decimal", "guid"] {
        if wanted == "bool" {
            return "Compare it, as `… == \"text\"`, or convert it with `tobool(…)`.".to_owned();
        }
        if wanted == ty {
            return format!("Convert it with `to{ty}(…)`.");
        }
    }
    match wanted {
        "dynamic" | "an array" | "a bag" => "Read a text with `parse_json(…)`.".to_owned(),
        "a number" | "a whole number" => "Convert it with `tolong(…)` or `toreal(…)`.".to_owned(),
        _ => "Convert it, or use another expression.".to_owned(),
    }
}

/// The code and what is wanted, where the type is wrong.
fn wrong_type(
    (overload, places, arguments): (&Overload, &Places, &[Arg<'_>]),
    (index, parameter): (usize, &Parameter),
) -> Option<(&'static str, String)> {
    let argument = arguments.get(index)?;
    let given = argument.ty();
    let is = |test: fn(&Type) -> bool| given.is_some_and(test);
    let wrong =
        |fits: bool, code: &'static str, wanted: &str| (!fits).then(|| (code, wanted.to_owned()));
    match parameter.ty {
        ParameterType::OneOf(types) => {
            let fits = fit(overload, places, arguments, (index, parameter), false) != Fit::None;
            if fits {
                return None;
            }
            let names: Vec<&str> = types.iter().map(|ty| ty.name()).collect();
            wrong(false, "KS107", &names.join(" or "))
        }
        ParameterType::Integer => wrong(is(is_integer), "KS134", "a whole number"),
        ParameterType::IntegerOrArray => {
            wrong(is(is_integer_or_array), "KS136", "a whole number or an array")
        }
        ParameterType::StringOrDynamic => {
            wrong(is(is_text_or_dynamic), "KS141", "string or dynamic")
        }
        ParameterType::StringOrArray => {
            wrong(is(is_string_or_array), "KS233", "string or an array of them")
        }
        ParameterType::Array => wrong(is(is_array), "KS234", "an array"),
        ParameterType::Bag => wrong(is(is_bag), "KS235", "a bag"),
        ParameterType::ArrayOrBag => wrong(is(is_container), "KS234", "an array"),
        ParameterType::Number => wrong(is(is_number), "KS137", "a number"),
        ParameterType::NumberOrBool => wrong(is(is_number_or_bool), "KS137", "a number or bool"),
        ParameterType::Summable => {
            wrong(is(is_summable), "KS138", "a number, datetime or timespan")
        }
        ParameterType::Orderable => wrong(is(is_orderable), "KS206", "a value that has an order"),
        ParameterType::NotBool => wrong(!is(is_bool), "KS116", "anything but bool"),
        ParameterType::NotRealOrBool => {
            wrong(!is(is_bool) && !is(is_real), "KS116", "anything but real and bool")
        }
        ParameterType::NotDynamic => wrong(!is(Type::is_dynamic), "KS116", "anything but dynamic"),
        ParameterType::SameAs(other) => {
            let wanted = arguments.get(usize::from(other))?.ty()?;
            let fits = given.is_some_and(|given| is_type(given, wanted, Conversion::None));
            wrong(fits, "KS141", wanted.scalar().name())
        }
        ParameterType::CommonScalar | ParameterType::CommonOrderable => {
            if parameter.ty == ParameterType::CommonOrderable && !is(is_orderable) {
                return wrong(false, "KS206", "a value that has an order");
            }
            let wanted = common_argument(overload, places, arguments, false)?;
            let fits = given.is_none_or(|given| is_type(given, &wanted, Conversion::Promotable));
            wrong(fits, "KS141", wanted.scalar().name())
        }
        ParameterType::Any
        | ParameterType::Scalar
        | ParameterType::Tabular
        | ParameterType::CommonScalarOrDynamic => None,
    }
}

/// Whether a value of the type may stand where the other is wanted.
pub(crate) fn is_type(given: &Type, wanted: &Type, allowed: Conversion) -> bool {
    if *wanted == Type::DYNAMIC {
        return given.is_dynamic() || given.is_unknown();
    }
    is_assignable(wanted, given, allowed)
}

fn is_bool(ty: &Type) -> bool {
    *ty == Type::Scalar(ScalarType::Bool)
}

fn is_real(ty: &Type) -> bool {
    *ty == Type::Scalar(ScalarType::Real)
}

fn is_number_or_bool(ty: &Type) -> bool {
    is_number(ty) || is_bool(ty)
}

fn is_text_or_dynamic(ty: &Type) -> bool {
    ty.is_dynamic() || *ty == Type::Scalar(ScalarType::String)
}
