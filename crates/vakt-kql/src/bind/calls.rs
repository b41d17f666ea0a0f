//! Calls: which function is meant, what its arguments are, what it gives.

use super::checks::Callee;
use super::conversions::dynamic_of;
use super::expressions::Wanted;
use super::literals::name_of;
use super::overloads::{Any, Arg, best};
use super::places::lay_out;
use super::problems::did_you_mean;
use super::returns::{Answer, Chosen};
use super::scope::{ScopeKind, Symbol};
use super::{Binder, RowScope, broken_rows, broken_value};
use crate::ast::name_text;
use crate::bound::{Argument, Expr, ExprKind, Rel, RelOp};
use crate::catalog::CatalogFunctionKind;
use crate::cures::{arguments_found, arguments_wanted};
use crate::registry::{self, ArgumentKind, Function, FunctionKind, Overload, Returns};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::{Node, Span};
use crate::types::{ScalarType, Type};

impl<'a> Binder<'a> {
    /// A call by its name, without anything before a dot.
    pub(crate) fn call(&mut self, node: Node<'a>, scope: &RowScope<'_>, wanted: Wanted) -> Any {
        let Some(callee) = node.nth(0) else { return Any::Value(broken_value(node.span())) };
        let name = name_text(callee);
        if let Some(function) = self.built_in(&name, scope) {
            return self.call_built_in(function, node, scope);
        }
        match self.scopes.find(&name).cloned() {
            Some(Symbol::Function(function)) => {
                let arguments = self.arguments(node, scope, None);
                return self.call_function(&function, arguments, callee.span());
            }
            Some(Symbol::Pattern(pattern)) => return self.call_pattern(pattern, node, scope),
            _ => {}
        }
        if self.catalog.function(&name).is_some() {
            return Any::rows(self.call_catalog(node, None, scope));
        }
        // nobody knows whether it aggregates, so columns may be its arguments
        let aggregate = scope.kind == ScopeKind::Aggregate;
        let inner = if aggregate { scope.kind(ScopeKind::Normal) } else { *scope };
        self.arguments(node, &inner, None);
        self.unknown_function(&name, callee.span(), scope, wanted)
    }

    /// The function of the language that a name means here.
    fn built_in(&self, name: &str, scope: &RowScope<'_>) -> Option<&'static Function> {
        if scope.kind == ScopeKind::Plugin {
            return registry::plugin(name);
        }
        if scope.kind == ScopeKind::Aggregate
            && let Some(aggregate) = registry::aggregate(name)
        {
            return Some(aggregate);
        }
        let graph = matches!(
            name,
            "all"
                | "any"
                | "map"
                | "inner_nodes"
                | "node_id"
                | "node_degree_in"
                | "node_degree_out"
                | "labels"
        );
        if graph && scope.graph.is_none() { None } else { registry::scalar(name) }
    }

    fn unknown_function(
        &mut self,
        name: &str,
        span: Span,
        scope: &RowScope<'_>,
        wanted: Wanted,
    ) -> Any {
        if scope.kind != ScopeKind::Aggregate && registry::aggregate(name).is_some() {
            let message = format!("the aggregate `{name}` is not allowed here");
            let help = "Use it in `summarize`, and filter or compute on its result behind it.";
            self.error("KS144", span, message, help);
            return Any::Value(broken_value(span));
        }
        if scope.kind != ScopeKind::Plugin && registry::plugin(name).is_some() {
            let message = format!("the plugin `{name}` is not allowed here");
            self.error("KS126", span, message, format!("Write `… | evaluate {name}(…)`."));
            return Any::Value(broken_value(span));
        }
        if scope.kind == ScopeKind::Plugin {
            let help = registry::closest(FunctionKind::Plugin, name).map_or_else(
                || "See the list of plugins in the reference.".to_owned(),
                |near| format!("Did you mean `{near}`?"),
            );
            self.error("KS124", span, format!("there is no plugin `{name}`"), help);
            return Any::rows(broken_rows(None, span));
        }
        if self.fuzzy {
            self.warning("KS205", span, format!("there is no function `{name}`"), "");
            return Any::rows(broken_rows(None, span));
        }
        if wanted == Wanted::Value && name.starts_with("__") {
            return Any::Value(broken_value(span));
        }
        let heard = self.is_heard("KS211", span);
        let help = if heard { self.function_help(name, scope) } else { String::new() };
        self.error("KS211", span, format!("there is no function `{name}`"), help);
        match wanted {
            Wanted::Rows => Any::rows(broken_rows(None, span)),
            Wanted::Value => Any::Value(broken_value(span)),
        }
    }

    fn function_help(&self, name: &str, scope: &RowScope<'_>) -> String {
        let own = self.scopes.seen();
        let own = own.iter().filter(|(_, symbol)| matches!(symbol, Symbol::Function(_)));
        let near = did_you_mean(name, own.map(|(name, _)| &***name));
        let aggregates = (scope.kind == ScopeKind::Aggregate)
            .then(|| registry::closest(FunctionKind::Aggregate, name))
            .flatten();
        let scalars = || registry::closest(FunctionKind::Scalar, name);
        let catalog = || self.catalog.closest_function(name);
        near.or_else(|| {
            let near = aggregates.or_else(scalars).or_else(catalog)?;
            Some(format!("Did you mean `{near}`?"))
        })
        .unwrap_or_else(|| format!("Define it before: `let {name} = (…) {{ … }};`."))
    }

    /// The arguments as they are written.
    pub(crate) fn arguments(
        &mut self,
        node: Node<'a>,
        scope: &RowScope<'_>,
        overload: Option<&'static Overload>,
    ) -> Vec<Arg<'a>> {
        let Some(list) = node.find(NodeKind::Arguments) else { return Vec::new() };
        let mut arguments: Vec<Arg<'a>> = Vec::with_capacity(list.children().len() / 2);
        for (index, argument) in list.nodes().enumerate() {
            let kind = overload.and_then(|own| parameter_kind(own, index));
            let value = self.argument(argument, scope, kind, arguments.first());
            let name = (argument.kind() == NodeKind::Named)
                .then(|| argument.nth(0).map(name_of))
                .flatten();
            arguments.push(Arg { node: argument, name, value });
        }
        arguments
    }

    fn argument(
        &mut self,
        node: Node<'a>,
        scope: &RowScope<'_>,
        kind: Option<ArgumentKind>,
        first: Option<&Arg<'a>>,
    ) -> Any {
        let first_columns = match first {
            Some(Arg { value: Any::Rows(rows), .. }) => Some(&rows.columns),
            _ => None,
        };
        let first_parts = match first {
            Some(Arg { value: Any::Value(value), .. }) => value.several.as_ref(),
            _ => None,
        };
        match (kind, first_columns, first_parts) {
            (Some(ArgumentKind::Aggregate), ..) => {
                self.any(node, &scope.kind(ScopeKind::Aggregate), Wanted::Value)
            }
            (Some(ArgumentKind::ColumnOfFirst), Some(columns), _) => {
                let inner = RowScope { columns: Some(columns), right: None, ..*scope };
                self.any(node, &inner, Wanted::Value)
            }
            (Some(ArgumentKind::OfElements), _, Some(parts)) => {
                let inner = RowScope { columns: Some(parts), right: None, ..*scope };
                self.any(node, &inner, Wanted::Value)
            }
            _ => self.any(node, scope, Wanted::Value),
        }
    }

    /// A call of a function, aggregate or plugin of the language.
    pub(crate) fn call_built_in(
        &mut self,
        function: &'static Function,
        node: Node<'a>,
        scope: &RowScope<'_>,
    ) -> Any {
        let kind = match (function.kind, scope.kind) {
            (FunctionKind::Aggregate | FunctionKind::Plugin, _) => ScopeKind::Normal,
            (FunctionKind::Scalar, ScopeKind::Aggregate) => ScopeKind::Aggregate,
            (FunctionKind::Scalar, _) => ScopeKind::Normal,
        };
        let only = match function.overloads {
            [only] => Some(only),
            _ => None,
        };
        let inner = scope.kind(kind);
        let arguments = self.arguments(node, &inner, only);
        self.call_with(function, (node, arguments), &inner)
    }

    fn call_with(
        &mut self,
        function: &'static Function,
        (node, arguments): (Node<'a>, Vec<Arg<'a>>),
        scope: &RowScope<'_>,
    ) -> Any {
        let callee = node.nth(0).unwrap_or(node);
        let found = best(function.overloads, &arguments, false);
        let chosen = match found.as_slice() {
            [only] => function.overloads.get(*only).map(|overload| (*only, overload)),
            _ => None,
        };
        let name = function.name;
        let Some((place, overload)) = chosen else {
            self.no_overload(function, callee.span(), &arguments);
            let ty = self.shared_answer(function.overloads, found.as_slice(), &arguments, scope);
            return Any::Value(Expr { ty, ..broken_value(node.span()) });
        };
        let called = Callee { name, span: callee.span(), operator: false };
        self.check_arguments(called, overload, &arguments);
        self.warn_of_old(function, callee.span());
        self.doubt_call(name, &arguments, callee.span());
        if let Returns::Entity(entity) = overload.returns {
            return self.entity_call(entity, &arguments, (node.span(), None));
        }
        let places = lay_out(overload, &arguments);
        let call = Chosen {
            function: Some(function),
            overload,
            places: &places,
            arguments: &arguments,
            scope,
        };
        let answer = self.answer(&call);
        let ty = self.held_type(answer.ty.clone(), &arguments, |binder, plain| {
            let found = best(function.overloads, plain, false);
            binder.shared_answer(function.overloads, found.as_slice(), plain, scope)
        });
        let constant = function.foldable && all_constant(&arguments);
        Any::Value(called_value(
            (name, place),
            arguments,
            (Answer { ty, ..answer }, constant),
            node,
        ))
    }

    fn warn_of_old(&mut self, function: &'static Function, span: Span) {
        if let (true, Some(other)) = (function.deprecated, function.alternative) {
            let message = format!("`{}` is an old name", function.name);
            self.hint("KS500", span, message, format!("Write `{other}` instead."));
        }
    }

    fn no_overload(&mut self, function: &'static Function, span: Span, arguments: &[Arg<'a>]) {
        let name = function.name;
        let (least, most) = (function.arguments_count_min(), function.arguments_count_max());
        if arguments.is_empty() && least > 0 {
            let message =
                format!("`{name}` takes {}, here is none", arguments_wanted(least, Some(most)));
            let code = if least == most { "KS119" } else { "KS120" };
            self.error(code, span, message, signature_help(function));
            return;
        }
        if arguments.iter().any(Arg::is_unknown) {
            return;
        }
        if !(least..=most).contains(&arguments.len()) {
            let (wanted, found) =
                (arguments_wanted(least, Some(most)), arguments_found(arguments.len()));
            let message = format!("`{name}` takes {wanted}, {found}");
            self.error("KS127", span, message, signature_help(function));
            return;
        }
        let text = Type::Scalar(ScalarType::String);
        let message = format!("`{name}` cannot be called with ({})", type_list(arguments));
        let help = if arguments.iter().any(|argument| argument.ty() == Some(&text)) {
            "Convert the text first: `tolong(…)`, `todouble(…)` or `todatetime(…)`.".to_owned()
        } else {
            signature_help(function)
        };
        self.error("KS127", span, message, help);
    }

    /// The type that all the overloads give.
    pub(crate) fn shared_answer(
        &self,
        overloads: &'static [Overload],
        found: &[usize],
        arguments: &[Arg<'a>],
        scope: &RowScope<'_>,
    ) -> Type {
        let mut shared: Option<Type> = None;
        for place in found {
            let Some(overload) = overloads.get(*place) else { continue };
            let places = lay_out(overload, arguments);
            let function = None;
            let call = Chosen { function, overload, places: &places, arguments, scope };
            let ty = self.answer(&call).ty;
            if shared.as_ref().is_some_and(|before| *before != ty) {
                return Type::UNKNOWN;
            }
            shared = Some(ty);
        }
        shared.unwrap_or(Type::UNKNOWN)
    }

    /// Where dynamics that hold a known type come in and an unknown dynamic comes out, the call is
    /// tried with the types they hold.
    pub(crate) fn held_type(
        &mut self,
        ty: Type,
        arguments: &[Arg<'a>],
        again: impl FnOnce(&mut Self, &[Arg<'a>]) -> Type,
    ) -> Type {
        let holds = |argument: &Arg<'_>| matches!(argument.ty(), Some(Type::Holding(_)));
        if ty != Type::DYNAMIC || !arguments.iter().any(holds) {
            return ty;
        }
        let mut plain = arguments.to_vec();
        for argument in &mut plain {
            if let Any::Value(value) = &mut argument.value
                && let Type::Holding(inner) = value.ty
            {
                value.ty = Type::Scalar(inner);
            }
        }
        let found = again(self, &plain);
        if found.is_dynamic() || found.is_unknown() { ty } else { dynamic_of(&found) }
    }

    /// `rows | invoke f(…)`: the call with the rows as its first argument.
    pub(crate) fn invoke_call(&mut self, node: Node<'a>, input: Rel, scope: &RowScope<'_>) -> Rel {
        let Some(callee) = node.nth(0) else { return broken_rows(Some(input), node.span()) };
        let name = name_of(callee);
        if self.catalog.function(&name).is_some() && self.scopes.find(&name).is_none() {
            return self.call_catalog(node, Some(input), scope);
        }
        let Some(Symbol::Function(function)) = self.scopes.find(&name).cloned() else {
            self.arguments(node, &RowScope::NONE, None);
            self.unknown_function(&name, callee.span(), &RowScope::NONE, Wanted::Rows);
            return broken_rows(None, node.span());
        };
        let mut arguments = self.arguments(node, &RowScope::NONE, None);
        arguments.insert(0, Arg::of(callee, Any::rows(input)));
        match self.call_function(&function, arguments, callee.span()) {
            Any::Rows(rows) => *rows,
            Any::Value(value) if value.ty.is_unknown() => broken_rows(None, node.span()),
            _ => {
                self.not_rows(node.span());
                broken_rows(None, node.span())
            }
        }
    }

    /// A function of the catalog: `FileProfile`.
    fn call_catalog(&mut self, node: Node<'a>, input: Option<Rel>, _scope: &RowScope<'_>) -> Rel {
        let callee = node.nth(0).unwrap_or(node);
        let name = name_of(callee);
        let Some(function) = self.catalog.function(&name).cloned() else {
            return broken_rows(input, node.span());
        };
        let row = input.as_ref().map_or(RowScope::NONE, RowScope::of);
        let arguments = self.arguments(node, &row, None);
        self.check_catalog_count(&function, callee.span(), arguments.len());
        self.doubt_column(&function, input.as_ref(), &arguments);
        let enrich = function.kind == CatalogFunctionKind::Enrich;
        let (mut columns, mut names) = (Vec::new(), super::taken::Names::default());
        if let (true, Some(input)) = (enrich, &input) {
            columns.extend(input.columns.iter().cloned());
        }
        for column in &columns {
            names.unique(&column.name, None);
        }
        for column in function.returns.iter() {
            let name = names.unique(&column.name, None);
            columns.push(crate::catalog::Column { name, ..column.clone() });
        }
        let open = input.as_ref().is_some_and(|input| input.open);
        let arguments = arguments.into_iter().map(into_argument).collect();
        Rel {
            op: RelOp::CatalogFunction {
                input: input.map(Box::new),
                name: function.name.clone(),
                arguments,
            },
            columns: columns.into(),
            span: node.span(),
            serialized: false,
            open,
        }
    }

    fn check_catalog_count(
        &mut self,
        function: &crate::catalog::CatalogFunction,
        span: Span,
        count: usize,
    ) {
        let parameters = &function.parameters;
        let least = parameters.iter().filter(|own| own.default.is_none()).count();
        if !(least..=parameters.len()).contains(&count) {
            let message = format!(
                "`{}` takes {}, {}",
                function.name,
                arguments_wanted(least, Some(parameters.len())),
                arguments_found(count)
            );
            let names: Vec<&str> = parameters.iter().map(|own| &*own.name).collect();
            let help = format!("Write `{}({})`.", function.name, names.join(", "));
            self.error("KS119", span, message, help);
        }
    }
}

/// The kind of the parameter at a place, as far as it is told without knowing the arguments.
fn parameter_kind(overload: &Overload, index: usize) -> Option<ArgumentKind> {
    let last = overload.parameters.len().checked_sub(1)?;
    overload.parameters.get(index.min(last)).map(|own| own.kind)
}

fn signature_help(function: &Function) -> String {
    let mut forms: Vec<String> = function
        .overloads
        .iter()
        .filter(|own| !own.hidden)
        .take(3)
        .map(|own| {
            let names: Vec<&str> = own.parameters.iter().map(|own| own.name).collect();
            format!("`{}({})`", function.name, names.join(", "))
        })
        .collect();
    forms.dedup();
    format!("Write {}.", forms.join(" or "))
}

/// The types of arguments, for messages.
pub(crate) fn type_list(arguments: &[Arg<'_>]) -> String {
    let names: Vec<&str> = arguments
        .iter()
        .map(|argument| match argument.ty() {
            Some(ty) => ty.scalar().name(),
            None if argument.is_star() => "*",
            None if argument.is_scalar() => "several values",
            None => "rows",
        })
        .collect();
    names.join(", ")
}

/// Whether all are known before any row is read.
pub(crate) fn all_constant(arguments: &[Arg<'_>]) -> bool {
    arguments.iter().all(|argument| match &argument.value {
        Any::Value(value) => value.constant,
        _ => false,
    })
}

/// Arguments as an engine sees them.
pub(crate) fn into_arguments(arguments: Vec<Arg<'_>>) -> Vec<Argument> {
    // in a list of their own: they are smaller, and the old one would be cut
    let mut all = Vec::with_capacity(arguments.len());
    for argument in arguments {
        all.push(into_argument(argument));
    }
    all
}

/// An argument as an engine sees it.
pub(crate) fn into_argument(argument: Arg<'_>) -> Argument {
    let span = argument.span();
    match argument.value {
        Any::Value(value) => Argument::Value(value),
        Any::Rows(rows) => Argument::Rows(rows),
        Any::Star => Argument::Value(Expr {
            kind: ExprKind::Columns(Vec::new()),
            ty: Type::Scalar(ScalarType::Dynamic),
            several: None,
            span,
            constant: false,
        }),
        Any::Entity(_) => Argument::Value(broken_value(span)),
    }
}

/// The value of a call.
pub(crate) fn called_value(
    (name, overload): (&'static str, usize),
    arguments: Vec<Arg<'_>>,
    (answer, constant): (Answer, bool),
    node: Node<'_>,
) -> Expr {
    let arguments = into_arguments(arguments);
    Expr {
        kind: ExprKind::Call { name, overload, arguments },
        ty: answer.ty,
        several: answer.several,
        span: node.span(),
        constant,
    }
}
