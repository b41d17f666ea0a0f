//! Functions of the text: declared once, bound again for each call with the types of its arguments.

use std::sync::Arc;

use super::conversions::Conversion;
use super::expressions::Wanted;
use super::literals::name_of;
use super::overloads::{Any, Arg};
use super::problems::did_you_mean;
use super::scope::{Symbol, UserFunction};
use super::{Binder, RowScope, broken_rows, broken_value};
use crate::bound::{Expr, ExprKind, Rel, RelOp};
use crate::catalog::{Column, Schema};
use crate::cures::{arguments_found, arguments_wanted};
use crate::link::Link;
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::{Node, Span};
use crate::types::{ScalarType, Type};

/// Nodes that the bodies of called functions may have together: functions that call one another
/// twice would otherwise take for ever.
pub const EXPANSION_STEPS_MAX: u32 = 100_000;

/// A parameter of a function of the text.
#[derive(Clone, Debug)]
pub(crate) struct UserParameter<'a> {
    pub(crate) name: Arc<str>,
    pub(crate) kind: UserParameterKind,
    pub(crate) default: Option<Node<'a>>,
    pub(crate) span: Span,
}

/// What it takes.
#[derive(Clone, Debug)]
pub(crate) enum UserParameterKind {
    Value(Type),
    /// Rows with at least these columns.
    Rows(Schema),
}

impl<'a> Binder<'a> {
    /// Declares a function: its body is bound once, with what its parameters say.
    pub(crate) fn declare_function(&mut self, name: Arc<str>, node: Node<'a>) -> UserFunction<'a> {
        let parameters = self.parameters(node);
        let function = UserFunction {
            name,
            node,
            scope: self.scopes.here(),
            view: node.has_word("view"),
            parameters: parameters.into(),
        };
        let symbols = function
            .parameters
            .iter()
            .map(|parameter| (parameter.name.clone(), declared_symbol(parameter)));
        let symbols = symbols.collect();
        self.body(&function, symbols);
        function
    }

    fn parameters(&mut self, node: Node<'a>) -> Vec<UserParameter<'a>> {
        let Some(list) = node.find(NodeKind::Parameters) else { return Vec::new() };
        let mut parameters: Vec<UserParameter<'a>> = Vec::new();
        let mut values = false;
        for parameter in list.all(NodeKind::Parameter) {
            let Some(own) = self.parameter(parameter) else { continue };
            match own.kind {
                UserParameterKind::Value(_) => values = true,
                UserParameterKind::Rows(_) if values => {
                    let help = "Write the tabular parameters before the others.";
                    self.error("KS226", parameter.span(), "tabular parameters come first", help);
                }
                UserParameterKind::Rows(_) => {}
            }
            self.doubt_parameter(&parameters, &own);
            parameters.push(own);
        }
        parameters
    }

    /// A parameter of a function, of `declare query_parameters`, of `scan`'s `declare`.
    pub(crate) fn parameter(&mut self, node: Node<'a>) -> Option<UserParameter<'a>> {
        let name = node.find(NodeKind::Name)?;
        let default = node.find(NodeKind::DefaultValue).and_then(|value| value.nodes().next());
        let kind = match node.find(NodeKind::SchemaType) {
            Some(schema) => UserParameterKind::Rows(self.schema_type(schema)),
            None => UserParameterKind::Value(
                node.find(NodeKind::TypeName).map_or(Type::UNKNOWN, |ty| self.type_name(ty)),
            ),
        };
        if let (Some(default), UserParameterKind::Value(ty)) = (default, &kind) {
            self.check_default(default, ty);
        }
        Some(UserParameter { name: name_of(name), kind, default, span: node.span() })
    }

    fn check_default(&mut self, default: Node<'a>, ty: &Type) {
        let Any::Value(value) = self.any(default, &RowScope::NONE, Wanted::Value) else { return };
        let literal = Arg::of(default, Any::Value(value.clone())).is_literal();
        let negative = default.kind() == NodeKind::Unary;
        if !literal && !negative && !value.ty.is_unknown() {
            let help = "Write a literal, or leave the default out.";
            self.error("KS132", default.span(), "a default must be a literal", help);
        } else if !super::checks::is_type(&value.ty, ty, Conversion::Compatible) {
            let message = format!("the default is {}, the parameter {ty}", value.ty);
            self.error("KS141", default.span(), message, format!("Write a {ty}."));
        }
    }

    /// `(name: type, …)` or `(*)`.
    pub(crate) fn schema_type(&mut self, node: Node<'a>) -> Schema {
        let columns = node.all(NodeKind::NameAndType).map(|column| {
            let ty = column.find(NodeKind::TypeName).map_or(Type::UNKNOWN, |ty| self.type_name(ty));
            Column::new(column.nth(0).map(name_of).unwrap_or_default(), ty)
        });
        columns.collect()
    }

    /// The type that a word names.
    pub(crate) fn type_name(&mut self, node: Node<'a>) -> Type {
        let word = node.text();
        if let Some(ty) = ScalarType::parse(word) {
            return ty.into();
        }
        if word == "type" {
            return ScalarType::Type.into();
        }
        const TYPES: [&str; 10] = [
            "string", "long", "int", "real", "bool", "datetime", "timespan", "dynamic", "guid",
            "decimal",
        ];
        if !word.is_empty() {
            let help = did_you_mean(word, TYPES.into_iter())
                .unwrap_or_else(|| format!("Write one of {}.", TYPES.join(", ")));
            self.error("KS160", node.span(), format!("there is no type `{word}`"), help);
        }
        Type::UNKNOWN
    }

    /// A call with its arguments.
    pub(crate) fn call_function(
        &mut self,
        function: &Arc<UserFunction<'a>>,
        arguments: Vec<Arg<'a>>,
        span: Span,
    ) -> Any {
        let Some(places) = self.check_call(function, &arguments, span) else {
            return self.expand(function, Vec::new(), span);
        };
        let mut given: Vec<Option<Any>> = function.parameters.iter().map(|_| None).collect();
        for (argument, place) in arguments.into_iter().zip(places) {
            if let Some(slot) = place.and_then(|place| given.get_mut(place)) {
                *slot = Some(argument.value);
            }
        }
        self.expand(function, given, span)
    }

    /// The body of a function with what its parameters stand for.
    fn expand(
        &mut self,
        function: &Arc<UserFunction<'a>>,
        mut given: Vec<Option<Any>>,
        span: Span,
    ) -> Any {
        if self.expansion_steps > EXPANSION_STEPS_MAX {
            self.too_much(span);
            return Any::Value(broken_value(span));
        }
        given.resize_with(function.parameters.len(), || None);
        self.muted += 1;
        let pairs = function.parameters.iter().zip(given);
        let symbols = pairs
            .map(|(parameter, value)| {
                (parameter.name.clone(), self.argument_symbol(parameter, value))
            })
            .collect();
        let result = if self.enter(span) {
            let result = self.body(function, symbols);
            self.leave();
            result
        } else {
            Any::Value(broken_value(span))
        };
        self.muted -= 1;
        match result {
            Any::Value(value) => Any::Value(Expr {
                ty: value.ty.clone(),
                kind: ExprKind::Shared { name: function.name.clone(), value: Link::new(value) },
                several: None,
                span,
                constant: false,
            }),
            other => other,
        }
    }

    fn argument_symbol(&mut self, parameter: &UserParameter<'a>, value: Option<Any>) -> Symbol<'a> {
        match (&parameter.kind, value) {
            (UserParameterKind::Rows(_), Some(Any::Rows(rows))) => {
                Symbol::Rows { rows: Link::new(*rows), materialized: false }
            }
            (UserParameterKind::Value(ty), Some(Any::Value(value))) => {
                let ty = ty.clone();
                let constant = value.constant && super::overloads::literal_of(&value).is_some();
                Symbol::Value(Link::new(Expr { ty, constant, several: None, ..value }))
            }
            (UserParameterKind::Value(ty), None) if parameter.default.is_some() => {
                let ty = ty.clone();
                let default = parameter.default.map(|node| self.expr(node, &RowScope::NONE));
                let value = default.unwrap_or_else(|| broken_value(parameter.span));
                Symbol::Value(Link::new(Expr { ty, constant: true, ..value }))
            }
            _ => declared_symbol(parameter),
        }
    }

    fn body(&mut self, function: &UserFunction<'a>, symbols: Vec<(Arc<str>, Symbol<'a>)>) -> Any {
        let before = self.scopes.open(function.scope);
        let next_column = std::mem::replace(&mut self.next_column, 1);
        for (name, symbol) in symbols {
            self.scopes.declare(name, symbol);
        }
        let mut result = None;
        for statement in
            function.node.find(NodeKind::FunctionBody).into_iter().flat_map(Node::nodes)
        {
            match statement.kind() {
                NodeKind::LetStatement => self.let_statement(statement),
                NodeKind::ExpressionStatement => {
                    let expression = statement.nodes().next();
                    result = expression.map(|node| self.any(node, &RowScope::NONE, Wanted::Value));
                }
                NodeKind::Missing | NodeKind::Error => {}
                _ => result = Some(self.any(statement, &RowScope::NONE, Wanted::Value)),
            }
        }
        self.next_column = next_column;
        self.scopes.close(before);
        result.unwrap_or_else(|| Any::Value(broken_value(function.node.span())))
    }

    /// The parameter of each argument; nothing where the number of arguments is wrong.
    fn check_call(
        &mut self,
        function: &UserFunction<'a>,
        arguments: &[Arg<'a>],
        span: Span,
    ) -> Option<Vec<Option<usize>>> {
        let parameters = &function.parameters;
        let least = parameters.iter().filter(|own| own.default.is_none()).count();
        if !(least..=parameters.len()).contains(&arguments.len()) {
            let message = format!(
                "`{}` takes {}, {}",
                function.name,
                arguments_wanted(least, Some(parameters.len())),
                arguments_found(arguments.len())
            );
            let names: Vec<&str> = parameters.iter().map(|own| &*own.name).collect();
            let help = format!("Write `{}({})`.", function.name, names.join(", "));
            self.error("KS119", span, message, help);
            return None;
        }
        let problems = self.problems.len();
        let places = self.named_places(function, arguments);
        for (argument, place) in arguments.iter().zip(&places) {
            let Some(parameter) = place.and_then(|place| parameters.get(place)) else { continue };
            self.check_user_argument(&function.name, argument, parameter);
        }
        for (index, parameter) in parameters.iter().enumerate() {
            let told = self.problems.len() > problems;
            if !told && parameter.default.is_none() && !places.contains(&Some(index)) {
                let message = format!(
                    "the parameter `{}` of `{}` is not given",
                    parameter.name, function.name
                );
                self.error("KS197", span, message, format!("Add `{}=…`.", parameter.name));
            }
        }
        Some(places)
    }

    fn named_places(
        &mut self,
        function: &UserFunction<'a>,
        arguments: &[Arg<'a>],
    ) -> Vec<Option<usize>> {
        let parameters = &function.parameters;
        let (mut disordered, mut reported) = (false, false);
        let mut places = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            let Some(name) = &argument.name else {
                if disordered && !reported {
                    let help = "Name this argument too, or put it before the named ones.";
                    self.error(
                        "KS195",
                        argument.span(),
                        "an argument without a name follows named ones",
                        help,
                    );
                    reported = true;
                }
                places.push(Some(index));
                continue;
            };
            let place = parameters.iter().position(|own| own.name == *name);
            if place.is_none() {
                let names = parameters.iter().map(|own| &*own.name);
                let help = did_you_mean(name, names)
                    .unwrap_or_else(|| "See how it is declared.".to_owned());
                let message = format!("`{}` has no parameter `{name}`", function.name);
                let name = argument.node.nth(0).map_or(argument.span(), Node::span);
                self.error("KS196", name, message, help);
            }
            disordered |= place != Some(index);
            places.push(place);
        }
        places
    }

    fn check_user_argument(
        &mut self,
        function: &str,
        argument: &Arg<'a>,
        parameter: &UserParameter<'a>,
    ) {
        let span = argument.span();
        if argument.is_star() {
            let help = "Name what is meant.";
            self.error("KS191", span, "`*` is not allowed as an argument here", help);
        }
        let wanted = match &parameter.kind {
            UserParameterKind::Rows(wanted) => wanted,
            UserParameterKind::Value(ty) => {
                self.doubt_argument((function, &parameter.name), ty, argument);
                return;
            }
        };
        let Any::Rows(rows) = &argument.value else {
            if !argument.is_unknown() {
                self.not_rows(span);
            }
            return;
        };
        let fits = |column: &Column| {
            let own = rows.columns.iter().find(|own| own.name == column.name);
            own.is_some_and(|own| {
                super::conversions::is_assignable(&column.ty, &own.ty, Conversion::None)
            })
        };
        if let Some(missing) = wanted.iter().find(|column| !fits(column)) {
            let message = format!("these rows lack the column `{}: {}`", missing.name, missing.ty);
            let help = "Add it with `extend`, or rename one with `project-rename`.";
            self.error("KS249", span, message, help);
        }
    }
}

/// What a parameter stands for while nothing is given.
fn declared_symbol<'a>(parameter: &UserParameter<'a>) -> Symbol<'a> {
    match &parameter.kind {
        UserParameterKind::Value(ty) => Symbol::Value(Link::new(Expr {
            ty: ty.clone(),
            constant: true,
            ..broken_value(parameter.span)
        })),
        UserParameterKind::Rows(columns) => Symbol::Rows {
            rows: Link::new(Rel {
                op: RelOp::Input,
                columns: columns.clone(),
                open: false,
                ..broken_rows(None, parameter.span)
            }),
            materialized: false,
        },
    }
}
