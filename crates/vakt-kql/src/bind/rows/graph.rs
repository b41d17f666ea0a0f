//! Graphs: `make-graph` to `graph-to-table`. A graph has columns of nodes and of edges; only
//! `graph-to-table` and the `project` of `graph-match` make rows of it.

use std::sync::Arc;

use super::super::literals::name_of;
use super::super::scope::Symbol;
use super::super::taken::Names;
use super::super::{Binder, Given, ImplicitRows, Projection, RowScope, Style, broken_rows};
use super::columns::Unified;
use super::options::word;
use super::parts::{clause, keyword_span};
use crate::bound::{Expr, GraphShape, Rel, RelOp};
use crate::catalog::{Column, Schema};
use crate::link::Link;
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;
use crate::types::{ScalarType, Type};

/// The graph that rows are, if they are one.
pub(super) fn shape_of(rows: &Rel) -> Option<&GraphShape> {
    match &rows.op {
        RelOp::Graph { graph, .. } => graph.as_ref(),
        RelOp::Shared { rows, .. } => shape_of(rows),
        _ => None,
    }
}

/// The rows that come into a subquery, which may be a graph.
pub(super) fn input_of(input: &ImplicitRows) -> RelOp {
    match &input.graph {
        None => RelOp::Input,
        graph => RelOp::Graph {
            operator: "input",
            inputs: Vec::new(),
            expressions: Vec::new(),
            graph: graph.clone(),
        },
    }
}

/// Names of a pattern: each with the columns it has, and whether it stands for a path of edges.
#[derive(Default)]
struct Pattern {
    names: Vec<(Arc<str>, Schema)>,
    paths: Vec<Arc<str>>,
}

impl<'a> Binder<'a> {
    pub(super) fn make_graph(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let ends: Vec<Node<'a>> = node.all(NodeKind::NameRef).take(2).collect();
        let ends: Vec<Expr> = ends.into_iter().map(|end| self.graph_key(end, &scope)).collect();
        let source = ends.first().map_or(Type::UNKNOWN, |end| end.ty.clone());
        let (mut tables, mut shapes, mut has_nodes) = (Vec::new(), Vec::new(), false);
        for part in node.all(NodeKind::GraphNodes) {
            has_nodes = true;
            if let Some(name) = part.find(NodeKind::Name) {
                shapes.push(Schema::from([Column::new(name_of(name), source.clone())]));
            } else if let Some(table) = part.nth(0) {
                let rows = self.tabular(table);
                if let Some(key) = part.nth(1) {
                    self.graph_key(key, &RowScope::of(&rows));
                }
                shapes.push(rows.columns.clone());
                tables.push(rows);
            }
        }
        let shapes: Vec<&[Column]> = shapes.iter().map(|shape| &**shape).collect();
        let nodes = has_nodes.then(|| Unified::by_name(&shapes).columns.into());
        let shape = GraphShape { edges: input.columns.clone(), nodes };
        let inputs = std::iter::once(input).chain(tables).collect();
        let graph = graph_rows(node, ("make-graph", inputs, ends), shape);
        match (node.find(NodeKind::SubQuery), shape_of(&graph).cloned()) {
            (Some(subquery), Some(shape)) => self.partitioned_graph(node, subquery, (graph, shape)),
            _ => graph,
        }
    }

    /// `partitioned-by column (…)`: the query over a graph for each value of the column.
    fn partitioned_graph(
        &mut self,
        node: Node<'a>,
        subquery: Node<'a>,
        (graph, shape): (Rel, GraphShape),
    ) -> Rel {
        if let Some(by) = node.all(NodeKind::NameRef).nth(2) {
            let value = self.value(Some(by), &RowScope::columns(&shape.edges));
            self.demand_column(&value);
        }
        let columns = graph.columns.clone();
        let input = ImplicitRows { columns, serialized: false, open: false, graph: Some(shape) };
        let rows = self.subquery(subquery, input);
        let (columns, open) = (rows.columns.clone(), rows.open);
        let inner = shape_of(&rows).cloned();
        let operator = "partitioned-by";
        let inputs = vec![graph, rows];
        let op = RelOp::Graph { operator, inputs, expressions: Vec::new(), graph: inner };
        Rel { op, columns, span: node.span(), serialized: false, open }
    }

    /// What nodes are known by.
    fn graph_key(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        let value = self.value(Some(node), scope);
        self.demand_column(&value);
        if value.ty.is_dynamic() {
            let help = "Convert it before: `| extend id = tostring(…)`.";
            let message = "what nodes are known by cannot be dynamic";
            self.error("KS240", node.span(), message, help);
        }
        value
    }

    /// The graph of the input, or an error that there is none.
    fn graph_wanted(&mut self, node: Node<'a>, input: &Rel) -> Option<GraphShape> {
        let shape = shape_of(input).cloned();
        if shape.is_none() && !input.open {
            let span = keyword_span(node);
            let word = node.tree().slice(span).to_owned();
            let message = format!("`{word}` needs a graph, this is a table");
            let help = "Make one first: `| make-graph source --> target`.";
            self.error("KS219", span, message, help);
        }
        shape
    }

    pub(super) fn graph_match(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let shape = self.graph_wanted(node, &input);
        let word = if node.kind() == NodeKind::GraphMatch {
            "graph-match"
        } else {
            "graph-shortest-paths"
        };
        let pattern = self.pattern_names(node, shape.as_ref());
        let names: &[(Arc<str>, Schema)] = &pattern.names;
        let empty = Schema::from([]);
        let nodes = shape.as_ref().and_then(|shape| shape.nodes.as_ref()).unwrap_or(&empty);
        let open = shape.is_none();
        let scope = RowScope { steps: names, graph: Some(nodes), open, ..RowScope::NONE };
        let mut expressions = Vec::new();
        if let Some(condition) = node.find(NodeKind::WhereClause) {
            expressions.push(self.condition(condition.nodes().next(), &scope));
        }
        if node.find(NodeKind::ProjectClause).is_none() {
            return match shape {
                Some(shape) => graph_rows(node, (word, vec![input], expressions), shape),
                None => broken_rows(Some(input), node.span()),
            };
        }
        let mut to = Projection::default();
        for part in clause(node, NodeKind::ProjectClause) {
            self.graph_column(part, &scope, &pattern, &mut to);
        }
        let (columns, values) = to.finish();
        expressions.extend(values);
        let op = RelOp::Graph { operator: word, inputs: vec![input], expressions, graph: None };
        let open = shape.is_none();
        Rel { op, columns, span: node.span(), serialized: false, open }
    }

    /// A column of the `project`: `n.name` is called `n_name`, and what has no name is not there.
    fn graph_column(
        &mut self,
        node: Node<'a>,
        scope: &RowScope<'_>,
        pattern: &Pattern,
        to: &mut Projection,
    ) {
        let path = names_in(node).iter().any(|name| pattern.paths.contains(name));
        let given = Given { ty: path.then_some(Type::DYNAMIC), name: None };
        if matches!(node.kind(), NodeKind::Named | NodeKind::CompoundNamed | NodeKind::Call) {
            self.project(node, scope, (to, Style::Plain), given);
            return;
        }
        let value = self.expr(node, scope);
        let name = self.graph_name(node, &value, scope).unwrap_or_default();
        let ty = given.ty.unwrap_or_else(|| value.ty.clone());
        to.add(Column::new(name, ty), value, None);
    }

    fn graph_name(&self, node: Node<'a>, value: &Expr, scope: &RowScope<'_>) -> Option<String> {
        if !matches!(node.kind(), NodeKind::Path | NodeKind::Element) {
            return self.result_name(node, value, scope);
        }
        let (base, member) = (node.nth(0)?, node.nth(1)?);
        let left = self.graph_name(base, value, scope).unwrap_or_default();
        let right = match member.kind() {
            NodeKind::NameRef => name_of(member).to_string(),
            NodeKind::Literal | NodeKind::CompoundString => {
                crate::ast::string_text(member).into_owned()
            }
            _ => String::new(),
        };
        Some(if left.trim().is_empty() { right } else { format!("{left}_{right}") })
    }

    /// The names of a pattern, and what is wrong with the order of its parts.
    fn pattern_names(&mut self, node: Node<'a>, shape: Option<&GraphShape>) -> Pattern {
        let empty = Schema::from([]);
        let edges = shape.map_or(&empty, |shape| &shape.edges);
        let nodes = shape.and_then(|shape| shape.nodes.as_ref()).unwrap_or(&empty);
        let mut pattern = Pattern::default();
        for chain in node.all(NodeKind::GraphPattern) {
            for (at, part) in chain.nodes().enumerate() {
                let is_node = part.kind() == NodeKind::GraphNode;
                if is_node != (at % 2 == 0) {
                    let (wanted, found) = if is_node { ("edge", "node") } else { ("node", "edge") };
                    let message = format!("an {wanted} must be here, this is a {found}");
                    let message = message.replace("an node", "a node").replace("a edge", "an edge");
                    let help = "Nodes and edges take turns: `(a)-[e]->(b)`.";
                    self.error("KS239", part.span(), message, help);
                }
                let Some(name) = part.find(NodeKind::Name).map(name_of) else { continue };
                if part.find(NodeKind::GraphRange).is_some() {
                    pattern.paths.push(name.clone());
                }
                let columns = if is_node { nodes } else { edges };
                pattern.names.push((name, columns.clone()));
            }
            if chain.nodes().last().is_none_or(|last| last.kind() != NodeKind::GraphNode) {
                let help = "End the pattern with a node: `(b)`.";
                self.error("KS238", chain.span(), "a node is missing in the pattern", help);
            }
        }
        if node.find(NodeKind::GraphPattern).is_none() {
            let help = "Write a pattern: `(a)-[e]->(b)`.";
            self.error("KS217", keyword_span(node), "the pattern is missing", help);
        }
        pattern
    }

    pub(super) fn graph_where(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let Some(shape) = self.graph_wanted(node, &input) else {
            return broken_rows(Some(input), node.span());
        };
        let on_nodes = node.kind() == NodeKind::GraphWhereNodes;
        let empty = Schema::from([]);
        let columns = match (on_nodes, &shape.nodes) {
            (true, Some(nodes)) => nodes,
            (true, None) => &empty,
            (false, _) => &shape.edges,
        };
        let nodes = shape.nodes.as_ref().unwrap_or(&empty);
        let scope = RowScope { graph: Some(nodes), ..RowScope::columns(columns) };
        let condition = self.condition(node.nodes().next(), &scope);
        let word = if on_nodes { "graph-where-nodes" } else { "graph-where-edges" };
        graph_rows(node, (word, vec![input], vec![condition]), shape)
    }

    pub(super) fn graph_mark_components(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let Some(shape) = self.graph_wanted(node, &input) else {
            return broken_rows(Some(input), node.span());
        };
        let name = word(node, "with_component_id").unwrap_or_else(|| Arc::from("ComponentId"));
        let column = Column::new(name, ScalarType::Long);
        let nodes = shape.nodes.iter().flat_map(|nodes| nodes.iter().cloned());
        let nodes = Some(nodes.chain([column]).collect());
        let shape = GraphShape { nodes, ..shape };
        graph_rows(node, ("graph-mark-components", vec![input], Vec::new()), shape)
    }

    pub(super) fn graph_to_table(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let shape = self.graph_wanted(node, &input);
        let outputs: Vec<Node<'a>> = node.all(NodeKind::GraphOutput).collect();
        if outputs.len() > 2 {
            let help = "Write `nodes`, `edges`, or both.";
            let message = "a graph has nodes and edges, and no more";
            self.error("KS230", node.span(), message, help);
        }
        let (Some(shape), Some(first)) = (shape, outputs.first()) else {
            return broken_rows(Some(input), node.span());
        };
        if let [one, other] = outputs.as_slice()
            && one.has_word("nodes") == other.has_word("nodes")
        {
            let help = "Write `nodes as N, edges as E`.";
            self.error("KS229", node.span(), "one output is the nodes, the other the edges", help);
        }
        let several = outputs.len() > 1;
        let table = |output: Node<'a>, input: Rel| {
            let columns = output_columns(output, &shape);
            let operator = if output.has_word("nodes") { "nodes" } else { "edges" };
            let op = RelOp::Graph {
                operator,
                inputs: vec![input],
                expressions: Vec::new(),
                graph: None,
            };
            Rel { op, columns, span: output.span(), serialized: false, open: false }
        };
        for output in outputs.iter().filter(|_| several) {
            let Some(name) = output.find(NodeKind::Name).filter(|_| output.has_word("as")) else {
                let help = "Name both: `nodes as N, edges as E`.";
                self.error("KS273", output.span(), "each of several tables needs a name", help);
                continue;
            };
            let rows = Link::new(table(*output, input.clone()));
            self.scopes.declare(name_of(name), Symbol::Rows { rows, materialized: false });
        }
        let first = outputs.iter().find(|output| output.has_word("nodes")).unwrap_or(first);
        table(*first, input)
    }
}

fn graph_rows(
    node: Node<'_>,
    (operator, inputs, expressions): (&'static str, Vec<Rel>, Vec<Expr>),
    shape: GraphShape,
) -> Rel {
    let op = RelOp::Graph { operator, inputs, expressions, graph: Some(shape) };
    let columns = Schema::from([]);
    Rel { op, columns, span: node.span(), serialized: false, open: false }
}

/// The columns of `nodes` or `edges`, with the ids that are asked for before them.
fn output_columns(output: Node<'_>, shape: &GraphShape) -> Schema {
    let nodes = output.has_word("nodes");
    let ids: &[&str] =
        if nodes { &["with_node_id"] } else { &["with_source_id", "with_target_id"] };
    let own = if nodes { shape.nodes.as_ref() } else { Some(&shape.edges) };
    let ids = ids.iter().filter_map(|id| word(output, id));
    let ids = ids.map(|name| Column::new(name, ScalarType::Long));
    let mut names = Names::default();
    let all = ids.chain(own.into_iter().flat_map(|own| own.iter().cloned()));
    all.map(|column| Column { name: names.unique(&column.name, None), ..column }).collect()
}

/// All names that are used in an expression.
fn names_in(node: Node<'_>) -> Vec<Arc<str>> {
    let (mut names, mut parts) = (Vec::new(), vec![node]);
    while let Some(part) = parts.pop() {
        if part.kind() == NodeKind::NameRef {
            names.push(name_of(part));
        }
        parts.extend(part.nodes());
    }
    names
}
