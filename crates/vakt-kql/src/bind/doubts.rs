//! What binds and is probably not meant: warnings and hints, never errors, so that what Kusto takes is
//! taken here.

use super::conversions::{Conversion, is_number};
use super::functions::UserParameter;
use super::overloads::{Any, Arg};
use super::{Binder, RowScope};
use crate::bound::{Rel, Value};
use crate::catalog::{CatalogFunction, CatalogFunctionKind};
use crate::registry::{Operator, OperatorKind};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::{Node, Span};
use crate::types::{ScalarType, Type};

impl<'a> Binder<'a> {
    /// A text that answers nothing.
    pub(crate) fn doubt_nothing(&mut self, root: Node<'a>) {
        if !self.problems.is_empty() {
            return;
        }
        let end = u32::try_from(root.tree().text().trim_end().len()).unwrap_or(u32::MAX);
        let span = Span::new(end, end);
        let named = root.all(NodeKind::LetStatement).next_back().and_then(|own| own.nth(0));
        let Some(name) = named else {
            let help = "Begin with a table: `DeviceEvents | take 10`.";
            self.hint("VK302", span, "there is no query in this text", help);
            return;
        };
        let help = format!("End with what is to be shown: `{}`.", name.text());
        self.warning("VK302", span, "nothing is answered: the text only declares names", help);
    }

    /// A query in the fence of Markdown is one string.
    pub(crate) fn doubt_answer(&mut self, node: Node<'a>) {
        let text = node.text();
        if node.kind() == NodeKind::Literal && text.starts_with("```") && text.contains('\n') {
            let span = Span::new(node.span().start, node.span().start + 3);
            let help = "Remove the lines with three backticks around the query.";
            self.warning("VK303", span, "this is one text in quotes, not a query", help);
        }
    }

    /// Two parameters of one name.
    pub(crate) fn doubt_parameter(
        &mut self,
        parameters: &[UserParameter<'a>],
        own: &UserParameter<'a>,
    ) {
        if parameters.iter().any(|before| before.name == own.name) {
            let message = format!("the parameter `{}` is there twice", own.name);
            let help = format!("Give one of them another name: `{}2`.", own.name);
            self.warning("VK304", own.span, message, help);
        }
    }

    /// A literal whose text is no value of its type.
    pub(crate) fn doubt_literal(&mut self, node: Node<'_>, ty: ScalarType) {
        let text = node.text();
        if !text.contains('(') || ty == ScalarType::Datetime && !is_clearly_no_datetime(text) {
            return;
        }
        let example = match ty {
            ScalarType::Datetime => "datetime(2024-01-31 12:00)",
            ScalarType::Guid => "guid(00000000-0000-0000-0000-000000000000)",
            ScalarType::Timespan => "time(1.12:00:00)` or `36h",
            ScalarType::Bool => "bool(true)",
            ScalarType::Unknown => return,
            _ => "1",
        };
        let message = format!("`{text}` is no {} and becomes null", ty.name());
        self.warning("VK305", node.span(), message, format!("Write it as `{example}`."));
    }

    /// Sums and products of moments.
    pub(crate) fn doubt_operation(
        &mut self,
        operator: &Operator,
        arguments: &[Arg<'a>],
        span: Span,
    ) {
        let factor = matches!(operator.kind, OperatorKind::Multiply | OperatorKind::Divide);
        if !factor && operator.kind != OperatorKind::Add {
            return;
        }
        let moment =
            |argument: &Arg<'_>| argument.ty() == Some(&Type::Scalar(ScalarType::Datetime));
        let text = operator.text;
        if !factor && arguments.iter().all(moment) {
            let help = "Add a timespan, as `1h`; the time between two datetimes is `a - b`.";
            self.warning("VK306", span, "two datetimes are added", help);
        } else if factor && arguments.iter().any(moment) {
            let help = "Compute with the time since another datetime: `(a - b)`.";
            self.warning("VK306", span, format!("`{text}` on a datetime gives no datetime"), help);
        }
    }

    /// Calls of the language that give something else than was probably wanted.
    pub(crate) fn doubt_call(&mut self, name: &str, arguments: &[Arg<'a>], span: Span) {
        match (name, arguments) {
            ("arg_max" | "arg_min", [only]) => {
                let message = format!("`{name}` of one column gives nothing but its value");
                let help = format!("Name what to keep: `{name}({}, *)`.", only.node.text());
                self.hint("VK307", span, message, help);
            }
            ("iff" | "iif", [_, yes, no]) => {
                let (Some(left), Some(right)) = (yes.ty(), no.ty()) else { return };
                if !comparable(left, right) {
                    let (left, right) = (left.scalar().name(), right.scalar().name());
                    let message = format!("one branch of `{name}` is {left}, the other {right}");
                    let help = "Convert one of them, as `tostring(…)`.";
                    self.warning("VK308", no.span(), message, help);
                }
            }
            _ => {}
        }
    }

    /// Values of a list that can equal nothing on the left.
    pub(crate) fn doubt_members(&mut self, operator: &Operator, arguments: &[Arg<'a>]) {
        let Some((left, items)) = arguments.split_first() else { return };
        let Some(wanted) = left.ty() else { return };
        if !operator.text.trim_start_matches('!').starts_with("in") {
            return;
        }
        // `Port in ("53")` is left alone: a text with a digit in it may be read as the other type
        let digits = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
        let odd = |item: &&Arg<'a>| {
            let differs = item.ty().is_some_and(|ty| !comparable(wanted, ty));
            differs && !item.text().is_some_and(digits)
        };
        let Some(item) = items.iter().find(odd) else { return };
        let found = item.ty().map_or("rows", |ty| ty.scalar().name());
        let wanted = wanted.scalar().name();
        let message = format!("this value is {found}, what it is compared with is {wanted}");
        self.warning("VK309", item.span(), message, format!("Convert it: `to{wanted}(…)`."));
    }

    /// A value of another type than the parameter says.
    pub(crate) fn doubt_argument(
        &mut self,
        (function, parameter): (&str, &str),
        wanted: &Type,
        argument: &Arg<'a>,
    ) {
        let span = argument.span();
        let help = format!("`{parameter}` is declared as {wanted}: convert the value first.");
        if matches!(argument.value, Any::Rows(_)) {
            let message = format!("`{function}` takes {wanted} here, these are rows");
            self.warning("VK310", span, message, "Take one value: `toscalar(…)`.");
        } else if let Some(found) = argument.ty()
            && !super::checks::is_type(found, wanted, Conversion::Compatible)
            && !comparable(found, wanted)
        {
            let message = format!("`{function}` takes {wanted} here, this is {}", found.scalar());
            self.warning("VK310", span, message, help);
        }
    }

    /// `invoke FileProfile("SHA1")`: a text where a column is meant.
    pub(crate) fn doubt_column(
        &mut self,
        function: &CatalogFunction,
        input: Option<&Rel>,
        arguments: &[Arg<'a>],
    ) {
        let (Some(input), Some(first)) = (input, arguments.first()) else { return };
        let Some(text) = first.text().filter(|_| first.is_literal()) else { return };
        let known = input.columns.iter().any(|column| *column.name == *text);
        if function.kind != CatalogFunctionKind::Enrich || known || input.open {
            return;
        }
        let names = input.columns.iter().map(|column| &*column.name);
        let help = super::problems::did_you_mean(text, names)
            .unwrap_or_else(|| "Write a column of the input; `getschema` lists them.".to_owned());
        self.warning("VK311", first.span(), format!("there is no column `{text}` here"), help);
    }

    /// `Column : "x"` outside of `search`.
    pub(crate) fn doubt_colon(&mut self, span: Span, scope: &RowScope<'_>) {
        if !scope.terms {
            let help = "Write `==` for the whole text, `has` for a word in it.";
            self.hint("VK312", span, "`:` looks for a word in the text", help);
        }
    }

    /// A regular expression whose brackets do not match.
    pub(crate) fn doubt_pattern(&mut self, operator: &Operator, arguments: &[Arg<'a>]) {
        if operator.kind != OperatorKind::MatchesRegex {
            return;
        }
        let Some(right) = arguments.get(1) else { return };
        let Some(Value::String(pattern)) = right.literal() else { return };
        if let Some(bracket) = unbalanced(pattern) {
            let message = format!("a `{bracket}` in the regular expression has no partner");
            let help = format!("Close it, or write `\\\\{bracket}` for the character itself.");
            self.warning("VK313", right.span(), message, help);
        }
    }
}

/// Of the many forms of a datetime, Kusto reads more than are known here: only what has the form of
/// ISO 8601, or no digit at all, is told.
fn is_clearly_no_datetime(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit();
    let inner =
        text.split_once('(').map_or(text, |(_, inner)| inner).trim_start_matches(['"', '\'']);
    let year = inner.bytes().take(4).all(digit) && inner.as_bytes().get(4) == Some(&b'-');
    year || !inner.bytes().any(digit)
}

/// Whether values of the two can be equal; what is not known can.
fn comparable(left: &Type, right: &Type) -> bool {
    let loose = |ty: &Type| ty.is_unknown() || ty.is_dynamic();
    loose(left) || loose(right) || left == right || is_number(left) && is_number(right)
}

/// A bracket of a regular expression that has no partner.
fn unbalanced(pattern: &str) -> Option<char> {
    let (mut open, mut class) = (0_usize, None);
    let mut letters = pattern.chars().enumerate().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            '[' if class.is_none() => {
                class = Some(at);
                // a `]` that comes first is a character of the class
                letters.next_if(|(_, next)| *next == '^');
                letters.next_if(|(_, next)| *next == ']');
            }
            ']' => class = None,
            _ if class.is_some() => {}
            '(' => open += 1,
            ')' => match open.checked_sub(1) {
                Some(outer) => open = outer,
                None => return Some(')'),
            },
            _ => {}
        }
    }
    if class.is_some() { Some('[') } else { (open > 0).then_some('(') }
}
