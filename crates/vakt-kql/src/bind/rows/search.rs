//! `search` and `find`: rows of several tables that meet a condition.

use std::sync::Arc;

use super::super::literals::name_of;
use super::super::overloads::{Any, Arg};
use super::super::scope::{Symbol, place_of};
use super::super::{Binder, RowScope, broken_value};
use super::columns::Unified;
use super::options::word;
use super::parts::expressions;
use super::union::branch_name;
use crate::bound::{Argument, Expr, ExprKind, Rel, RelOp, Search, SearchBranch, Value};
use crate::catalog::{Column, Schema};
use crate::registry::OperatorKind;
use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::{Node, Span};
use crate::types::{ScalarType, Type};

/// Tables that are searched, each with what `withsource` calls it.
type Tables = Vec<(Arc<str>, Rel)>;

impl<'a> Binder<'a> {
    pub(super) fn search(&mut self, node: Node<'a>, input: Option<Rel>) -> Rel {
        let within = node.find(NodeKind::InTables);
        if let (Some(_), Some(_)) = (within, &input) {
            self.must_be_first(node);
        }
        let open = input.as_ref().is_some_and(|input| input.open);
        let tables = self.searched(within, input, node.span());
        let open = open || tables.iter().any(|(_, rows)| rows.open);
        let unified = unify(&tables, Unified::by_name_and_type);
        let over: Schema = unified.columns.into();
        let scope = RowScope { open, terms: true, ..RowScope::columns(&over) };
        let predicate = self.search_condition(condition_of(node), &scope);
        let source = Column::new("$table", ScalarType::String);
        let columns: Schema = std::iter::once(source).chain(over.iter().cloned()).collect();
        let branches = tables.into_iter().zip(unified.places).map(|((name, rows), reads)| {
            let places = std::iter::once(None).chain(reads.iter().copied()).collect();
            SearchBranch { name, rows, reads, places }
        });
        let branches = branches.collect();
        let case_sensitive = word(node, "kind").as_deref() == Some("case_sensitive");
        let search =
            Search { branches, over, predicate, with_source: Some(0), pack: None, case_sensitive };
        searched(node, search, columns, open)
    }

    pub(super) fn find(&mut self, node: Node<'a>) -> Rel {
        let tables = self.searched(node.find(NodeKind::InTables), None, node.span());
        let open = tables.iter().any(|(_, rows)| rows.open);
        let unified = unify(&tables, Unified::by_name);
        let over: Schema = unified.columns.clone().into();
        let scope = RowScope { open, terms: true, ..RowScope::columns(&over) };
        let condition = condition_of(node);
        let predicate = self.search_condition(condition, &scope);
        let named = condition.map_or_else(Vec::new, |condition| columns_in(condition, &over));
        let everywhere = condition.is_some_and(|condition| self.asks_everything(condition));
        let found = found_tables(&tables, &named, everywhere, &over);
        let mut columns = self.find_columns(node, (&tables, &found), (&over, &named));
        let explicit = project_of(node, &["project"]).is_some();
        columns = self.without(node, columns, &over);
        let source = word(node, "withsource").unwrap_or_else(|| Arc::from("source_"));
        let source = Column::new(source, ScalarType::String);
        let all: Schema = std::iter::once(source).chain(columns.iter().cloned()).collect();
        let pack = all.iter().position(|column| &*column.name == "pack_");
        let place = |reads: &[Option<usize>], column: &Column| {
            place_of(&over, &column.name).and_then(|at| reads.get(at).copied().flatten())
        };
        let branches = tables.into_iter().zip(unified.places).enumerate();
        let branches = branches.filter(|(at, _)| found.contains(at));
        let branches = branches.map(|(_, ((name, rows), reads))| {
            let own = columns.iter().map(|column| place(&reads, column));
            let places = std::iter::once(None).chain(own).collect();
            SearchBranch { name, rows, reads, places }
        });
        let branches = branches.collect();
        let search = Search {
            branches,
            over: over.clone(),
            predicate,
            with_source: Some(0),
            pack,
            case_sensitive: false,
        };
        searched(node, search, all, open && !explicit)
    }

    /// The tables named, or the input, or all there are.
    fn searched(&mut self, within: Option<Node<'a>>, input: Option<Rel>, span: Span) -> Tables {
        let rows: Vec<Rel> = match (within, input) {
            (Some(within), _) => {
                let parts: Vec<_> = expressions(within).collect();
                parts.into_iter().flat_map(|part| self.table_or_tables(part)).collect()
            }
            (None, Some(input)) => vec![input],
            (None, None) => self.afford_tables(Self::all_tables, span),
        };
        rows.into_iter().enumerate().map(|(at, rows)| (branch_name(&rows, at), rows)).collect()
    }

    fn all_tables(&mut self) -> Vec<Rel> {
        let tables = self.catalog.tables().map(|table| Rel {
            op: RelOp::Table(table.name.clone()),
            columns: table.columns.clone(),
            span: Default::default(),
            serialized: false,
            open: false,
        });
        let mut all: Vec<Rel> = tables.collect();
        all.extend(self.views_like("*"));
        all
    }

    /// What `find` gives: the columns asked for, or those that all tables have with those that the
    /// condition names, and the rest in a bag.
    fn find_columns(
        &mut self,
        node: Node<'a>,
        (tables, found): (&Tables, &[usize]),
        (over, named): (&Schema, &[usize]),
    ) -> Vec<Column> {
        let tables: Vec<&Rel> =
            found.iter().filter_map(|at| tables.get(*at)).map(|(_, rows)| rows).collect();
        if let Some(project) = project_of(node, &["project"]) {
            return self.asked_columns(project, over, &tables);
        }
        let schemas: Vec<&[Column]> = tables.iter().map(|rows| &*rows.columns).collect();
        let mut common = Unified::by_name(&schemas);
        common.keep_common();
        let mut columns = common.columns;
        for place in named {
            if let Some(column) = over.get(*place)
                && !columns.contains(column)
            {
                columns.push(column.clone());
            }
        }
        if leaves_columns(&tables, &columns) {
            columns.push(Column::new("pack_", Type::DYNAMIC));
        }
        Unified::by_name_and_type(&[&columns]).columns
    }

    /// The columns of `project`.
    fn asked_columns(&mut self, node: Node<'a>, over: &Schema, tables: &[&Rel]) -> Vec<Column> {
        let scope = RowScope::columns(over);
        let mut columns: Vec<Column> = Vec::new();
        let count = node.nodes().count();
        for (at, part) in node.nodes().enumerate() {
            match part.kind() {
                NodeKind::Pack if at + 1 == count => {
                    columns.push(Column::new("pack_", Type::DYNAMIC));
                }
                NodeKind::Pack => {
                    let help = "Put `pack(*)` behind the columns.";
                    self.error("KS185", part.span(), "`pack(*)` must be the last", help);
                }
                NodeKind::TypedColumn => {
                    let column = part.nth(0).map(|name| self.value(Some(name), &scope));
                    let ty = part.nth(1).map_or(Type::UNKNOWN, |ty| self.type_name(ty));
                    if column.is_some_and(|column| self.demand_column(&column)) {
                        let name = part.nth(0).map(name_of).unwrap_or_default();
                        columns.push(Column::new(name, ty));
                    }
                }
                _ => {
                    let value = self.value(Some(part), &scope);
                    if self.demand_column(&value) {
                        columns.push(Column::new(name_of(part), value.ty));
                    }
                }
            }
        }
        let _ = tables;
        columns
    }

    /// Without what `project-away` names; `*` leaves only an asked-for `pack_`.
    fn without(&mut self, node: Node<'a>, columns: Vec<Column>, over: &Schema) -> Vec<Column> {
        let Some(away) = project_of(node, &["project-away"]) else { return columns };
        let asked = project_of(node, &["project"])
            .is_some_and(|project| project.find(NodeKind::Pack).is_some());
        let scope = RowScope::columns(over);
        let mut left = columns;
        for part in away.nodes() {
            if part.kind() == NodeKind::Star || part.text() == "*" {
                left.retain(|column| asked && &*column.name == "pack_");
            } else {
                let value = self.value(Some(part), &scope);
                self.demand_column(&value);
                let name = name_of(part);
                left.retain(|column| column.name != name);
            }
        }
        left
    }

    /// A condition in which a text or number that stands alone is a term that any column may have.
    fn search_condition(&mut self, node: Option<Node<'a>>, scope: &RowScope<'_>) -> Expr {
        let Some(node) = node else { return broken_value(Span::default()) };
        let value = self.terms(node, scope);
        self.demand_condition(&value);
        value
    }

    fn terms(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        if !self.enter(node.span()) {
            return broken_value(node.span());
        }
        let value = self.terms_inside(node, scope);
        self.leave();
        value
    }

    fn terms_inside(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        // a long chain of `or` is a loop, not a recursion
        let (mut chain, mut left) = (Vec::new(), node);
        while left.kind() == NodeKind::Binary && logic(left).is_some() {
            chain.push(left);
            let Some(next) = left.nth(0) else { break };
            left = next;
        }
        let mut value = self.term(left, scope);
        let mut before = left;
        for node in chain.into_iter().rev() {
            let (Some(kind), Some(right)) = (logic(node), node.nth(1)) else { continue };
            let other = self.term(right, scope);
            let arguments =
                vec![Arg::of(before, Any::Value(value)), Arg::of(right, Any::Value(other))];
            value = self.operate(kind.row(), arguments, (node, node.span()), scope);
            before = node;
        }
        value
    }

    /// A part of a condition; what is no bool and is the same for all rows is a term.
    fn term(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        match node.kind() {
            NodeKind::Paren => {
                return match node.nodes().next() {
                    Some(inner) => self.terms(inner, scope),
                    None => broken_value(node.span()),
                };
            }
            NodeKind::Binary if logic(node).is_some() => return self.terms(node, scope),
            NodeKind::Star => return all_rows(node),
            NodeKind::Call if node.nth(0).is_some_and(|name| name.text() == "not") => {
                let inner = node.find(NodeKind::Arguments).and_then(|list| list.nodes().next());
                if let Some(inner) = inner {
                    let value = self.terms(inner, scope);
                    self.demand_condition(&value);
                    let arguments = vec![Argument::Value(value)];
                    return bool_call("not", arguments, node);
                }
            }
            _ => {}
        }
        let value = self.expr(node, scope);
        let is_term = value.constant
            && !matches!(
                value.ty.scalar(),
                ScalarType::Bool | ScalarType::Dynamic | ScalarType::Unknown
            );
        if !is_term {
            return value;
        }
        let any = Expr {
            kind: ExprKind::AnyColumn,
            ty: Type::DYNAMIC,
            several: None,
            span: node.span(),
            constant: false,
        };
        let arguments = vec![Argument::Value(any), Argument::Value(value)];
        bool_call(OperatorKind::Search.row().text, arguments, node)
    }

    /// Whether the condition asks all columns: `*`, or a bare term.
    fn asks_everything(&self, node: Node<'a>) -> bool {
        let mut parts = vec![node];
        while let Some(part) = parts.pop() {
            if part.kind() == NodeKind::Star {
                return true;
            }
            parts.extend(part.nodes());
        }
        self.has_term(node)
    }

    /// Whether a text stands alone as a condition.
    fn has_term(&self, node: Node<'a>) -> bool {
        let logic = || matches!(super::parts::operator_text(node), "and" | "or");
        match node.kind() {
            NodeKind::CompoundString => true,
            NodeKind::Literal => {
                node.first_token().is_some_and(|(_, token)| token.kind == TokenKind::String)
            }
            NodeKind::Paren => node.nodes().any(|inner| self.has_term(inner)),
            NodeKind::Binary if logic() => node.nodes().any(|inner| self.has_term(inner)),
            NodeKind::NameRef => match self.scopes.find(&name_of(node)) {
                Some(Symbol::Value(value)) => {
                    value.constant && value.ty.scalar() == ScalarType::String
                }
                _ => false,
            },
            _ => false,
        }
    }
}

/// `and`, `or`.
fn logic(node: Node<'_>) -> Option<OperatorKind> {
    match super::parts::operator_text(node) {
        "and" => Some(OperatorKind::And),
        "or" => Some(OperatorKind::Or),
        _ => None,
    }
}

fn bool_call(name: &'static str, arguments: Vec<Argument>, node: Node<'_>) -> Expr {
    Expr {
        kind: ExprKind::Call { name, overload: 0, arguments },
        ty: Type::Scalar(ScalarType::Bool),
        several: None,
        span: node.span(),
        constant: false,
    }
}

/// `*` as a condition.
fn all_rows(node: Node<'_>) -> Expr {
    let kind = ExprKind::Literal(Value::Bool(true));
    let ty = Type::Scalar(ScalarType::Bool);
    Expr { kind, ty, several: None, span: node.span(), constant: true }
}

fn condition_of<'a>(node: Node<'a>) -> Option<Node<'a>> {
    expressions(node).find(|part| {
        !matches!(part.kind(), NodeKind::InTables | NodeKind::FindProject | NodeKind::DataScope)
    })
}

/// The `project`, `project-smart` or `project-away` of a find.
fn project_of<'a>(node: Node<'a>, words: &[&str]) -> Option<Node<'a>> {
    node.all(NodeKind::FindProject).find(|project| words.iter().any(|word| project.has_word(word)))
}

fn unify(tables: &Tables, how: impl Fn(&[&[Column]]) -> Unified) -> Unified {
    let schemas: Vec<&[Column]> = tables.iter().map(|(_, rows)| &*rows.columns).collect();
    how(&schemas)
}

/// The places of the columns that a condition names, each once, in order.
fn columns_in(node: Node<'_>, over: &Schema) -> Vec<usize> {
    let (mut places, mut parts) = (Vec::new(), vec![node]);
    while let Some(part) = parts.pop() {
        if part.kind() == NodeKind::NameRef {
            places.extend(place_of(over, &name_of(part)).filter(|place| !places.contains(place)));
        }
        let skipped = match part.kind() {
            NodeKind::Path => part.nth(1),
            NodeKind::Call => part.nth(0),
            _ => None,
        };
        let inner = part.nodes().filter(|inner| skipped.is_none_or(|skip| skip.id() != inner.id()));
        let inner: Vec<_> = inner.collect();
        parts.extend(inner.into_iter().rev());
    }
    places
}

/// The tables that can hold a row: those that have a column of the condition.
fn found_tables(tables: &Tables, named: &[usize], everywhere: bool, over: &Schema) -> Vec<usize> {
    let holds = |rows: &Rel| {
        let mut names = named.iter().filter_map(|place| over.get(*place));
        rows.open || names.any(|column| place_of(&rows.columns, &column.name).is_some())
    };
    let all = everywhere || tables.len() == 1;
    let places = tables.iter().enumerate();
    places.filter(|(_, (_, rows))| all || holds(rows)).map(|(place, _)| place).collect()
}

/// Whether a table has more columns than come out.
fn leaves_columns(tables: &[&Rel], columns: &[Column]) -> bool {
    let missing = |column: &Column| place_of(columns, &column.name).is_none();
    tables.iter().any(|rows| !rows.open && rows.columns.iter().any(missing))
}

fn searched(node: Node<'_>, search: Search, columns: Schema, open: bool) -> Rel {
    let op = RelOp::Search(Box::new(search));
    Rel { op, columns, span: node.span(), serialized: false, open }
}
