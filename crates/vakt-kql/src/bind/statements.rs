//! Statements: `let`, `set`, `declare`, and the expressions that are answered.

use std::sync::Arc;

use super::expressions::Wanted;
use super::functions::UserParameterKind;
use super::literals::name_of;
use super::overloads::Any;
use super::scope::{Entity, Symbol};
use super::{Binder, RowScope, broken_rows, broken_value};
use crate::bound::{Expr, Rel, RelOp};
use crate::catalog::Column;
use crate::link::Link;
use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::Node;

/// What Kusto's tools take after `#`; none of it changes what a query means here.
const DIRECTIVES: [&str; 14] = [
    "automate",
    "browse",
    "connect",
    "crp",
    "database",
    "download",
    "qp",
    "query",
    "run",
    "save",
    "sqr",
    "truesight",
    "upload",
    "welcome",
];

/// An option that is set: its name, and its value when one is said.
type SetOption = (Arc<str>, Option<Expr>);

/// At most so many `let`s stand in a query or in the body of a function.
pub const LETS_COUNT_MAX: usize = 2_000;

impl<'a> Binder<'a> {
    /// All statements: what is answered, and the options that are set.
    pub(crate) fn query(&mut self, root: Node<'a>) -> (Vec<Rel>, Vec<SetOption>) {
        let (mut results, mut options) = (Vec::new(), Vec::new());
        self.directives(root);
        for statement in root.nodes() {
            match statement.kind() {
                NodeKind::LetStatement => self.let_statement(statement),
                NodeKind::SetStatement => options.push(self.set_statement(statement)),
                NodeKind::DeclareStatement => self.query_parameters(statement),
                NodeKind::AliasStatement => self.alias_statement(statement),
                NodeKind::PatternStatement => self.pattern_statement(statement),
                NodeKind::ExpressionStatement => {
                    if let Some(expression) = statement.nodes().next() {
                        results.push(self.answered(expression));
                    }
                }
                _ => {}
            }
        }
        if results.is_empty() {
            self.doubt_nothing(root);
        }
        (results, options)
    }

    /// Lines before the query that begin with `#`.
    fn directives(&mut self, root: Node<'a>) {
        for (id, token) in root.tokens().filter(|(_, token)| token.kind == TokenKind::Directive) {
            let text = root.tree().token_text(id).trim_start_matches('#');
            let name = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            if !DIRECTIVES.contains(&name) {
                let message = format!("there is no directive `#{name}`");
                let help = "Begin the line with `//` if it is a comment.";
                self.error("KS250", token.span, message, help);
            }
        }
    }

    /// What is answered: rows, or a value as one row.
    fn answered(&mut self, node: Node<'a>) -> Rel {
        let span = node.span();
        self.doubt_answer(node);
        match self.any(node, &RowScope::NONE, Wanted::Value) {
            Any::Rows(rows) => *rows,
            Any::Value(value) if value.ty.is_unknown() => broken_rows(None, span),
            Any::Value(value) => {
                let columns = Arc::from([Column::new("print_0", value.ty.clone())]);
                Rel {
                    op: RelOp::Print(vec![value]),
                    columns,
                    open: false,
                    ..broken_rows(None, span)
                }
            }
            Any::Star | Any::Entity(_) => {
                self.not_rows(span);
                broken_rows(None, span)
            }
        }
    }

    /// `let name = …`.
    pub(crate) fn let_statement(&mut self, node: Node<'a>) {
        let (Some(name_node), Some(value)) = (node.nth(0), node.nth(1)) else { return };
        let name = name_of(name_node);
        if self.scopes.count_here() >= LETS_COUNT_MAX {
            self.too_much(name_node.span());
            return;
        }
        let symbol = match value.kind() {
            NodeKind::Function => {
                Some(Symbol::Function(Arc::new(self.declare_function(name.clone(), value))))
            }
            kind => {
                let found = self.any(value, &RowScope::NONE, Wanted::Value);
                self.let_symbol(found, value, kind == NodeKind::Materialize)
            }
        };
        if name.is_empty() {
            return;
        }
        if self.scopes.is_declared_here(&name) {
            let message = format!("`{name}` is declared twice");
            let help = format!("Give this one another name: `let {name}2 = …;`.");
            self.error("KS201", name_node.span(), message, help);
        }
        if let Some(symbol) = symbol {
            self.scopes.declare(name, symbol);
        }
    }

    fn let_symbol(&mut self, found: Any, node: Node<'a>, materialized: bool) -> Option<Symbol<'a>> {
        Some(match found {
            Any::Rows(rows) => Symbol::Rows { rows: Link::new(*rows), materialized },
            Any::Value(value) => {
                if value.several.as_ref().is_some_and(|all| all.len() != 1) {
                    let help = "Take one of the values.";
                    self.error(
                        "KS139",
                        node.span(),
                        "a `let` holds one value, here are several",
                        help,
                    );
                }
                Symbol::Value(Link::new(value))
            }
            Any::Entity(entity) => Symbol::Entity(entity),
            Any::Star => Symbol::Value(Link::new(broken_value(node.span()))),
        })
    }

    /// `set name = value`.
    fn set_statement(&mut self, node: Node<'a>) -> SetOption {
        let name = node.nth(0).map(name_of).unwrap_or_default();
        let value = node.nth(1).map(|value| match value.kind() {
            NodeKind::Name => broken_value(value.span()),
            _ => self.expr(value, &RowScope::NONE),
        });
        if let Some(value) = &value
            && name.starts_with("query_bin_auto_")
        {
            self.scopes.declare(name.clone(), Symbol::Value(Link::new(value.clone())));
        }
        (name, value)
    }

    /// `declare query_parameters (…)`.
    pub(crate) fn query_parameters(&mut self, node: Node<'a>) {
        let parameters: Vec<Node<'a>> = node.all(NodeKind::Parameter).collect();
        let nested = node.find(NodeKind::Parameters);
        let nested = nested.into_iter().flat_map(|list| list.all(NodeKind::Parameter));
        for parameter in parameters.into_iter().chain(nested) {
            let Some(own) = self.parameter(parameter) else { continue };
            let UserParameterKind::Value(ty) = own.kind else { continue };
            let default = own.default.map(|default| self.expr(default, &RowScope::NONE));
            let constant = default.is_some();
            let value = default.unwrap_or_else(|| broken_value(parameter.span()));
            let value = Expr { ty, constant, several: None, ..value };
            self.scopes.declare(own.name, Symbol::Value(Link::new(value)));
        }
    }

    /// `alias database x = …`.
    fn alias_statement(&mut self, node: Node<'a>) {
        let (Some(name), Some(value)) = (node.nth(0), node.nth(1)) else { return };
        match self.any(value, &RowScope::NONE, Wanted::Value) {
            Any::Entity(Entity::Database(_)) => self.databases.push(name_of(name)),
            Any::Value(value) if value.ty.is_unknown() => {}
            _ => {
                let help = "Write `database(\"…\")` or `cluster(\"…\").database(\"…\")`.";
                self.error("KS114", value.span(), "a database is wanted here", help);
            }
        }
    }

    fn pattern_statement(&mut self, node: Node<'a>) {
        let Some(name) = node.find(NodeKind::Name) else { return };
        self.scopes.declare(name_of(name), Symbol::Pattern(node));
    }

    /// A call of a pattern: the bodies of the matches that fit.
    pub(crate) fn call_pattern(
        &mut self,
        pattern: Node<'a>,
        call: Node<'a>,
        scope: &RowScope<'_>,
    ) -> Any {
        let span = call.span();
        let arguments = self.arguments(call, scope, None);
        let texts: Vec<Option<&str>> = arguments.iter().map(|argument| argument.text()).collect();
        let fits = |entry: &Node<'a>| {
            let values = entry.find(NodeKind::Arguments).into_iter().flat_map(Node::nodes);
            values.zip(&texts).all(|(value, text)| Some(&*crate::ast::string_text(value)) == *text)
        };
        let found: Vec<Node<'a>> = pattern.all(NodeKind::PatternMatch).filter(fits).collect();
        if found.is_empty() && pattern.find(NodeKind::PatternMatch).is_some() {
            let help = "Write one of the values that the pattern lists.";
            self.error("KS188", span, "the pattern has no match for these values", help);
        }
        Any::rows(broken_rows(None, span))
    }
}
