//! Rows: sources, and the operators on them. One file for each family; what they share is in
//! `parts` (the nodes), `columns` (lists of columns), `demands` (types) and `options`.

mod columns;
mod demands;
mod evaluate;
mod expand;
mod filter;
mod graph;
mod join;
mod macros;
mod names;
mod open;
mod options;
mod output;
mod parse;
mod parts;
mod project;
mod scan;
mod search;
mod sources;
mod subquery;
mod summarize;
mod union;

use super::{Binder, RowScope, Style, broken_rows};
use crate::bound::{Rel, RelOp};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;

/// Queries within one another, as the right side of a join or the list of an `in`: deeper is a
/// mistake or an attack, and each takes stack.
pub const QUERIES_NESTED_MAX: u32 = 32;

/// Operators behind one another: what is bound is a chain of the same length, which is also dropped
/// link by link.
pub const PIPE_OPERATORS_COUNT_MAX: usize = 5_000;

impl<'a> Binder<'a> {
    /// Rows of a source, a name, a call, or operators behind one another. `scope` is the row around
    /// (of `x in (T | …)`), which names of tables are looked up in too.
    pub(crate) fn rows(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Rel {
        let own = u32::from(node.kind() != NodeKind::Paren && node.kind() != NodeKind::NameRef);
        if self.queries_around + own > QUERIES_NESTED_MAX {
            self.too_much(node.span());
            return broken_rows(None, node.span());
        }
        if !self.enter(node.span()) {
            return broken_rows(None, node.span());
        }
        self.queries_around += own;
        let rows = self.rows_inside(node, scope);
        self.queries_around -= own;
        self.leave();
        rows
    }

    fn rows_inside(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Rel {
        // a long chain of pipes is a loop, not a recursion
        let around = self.fuzzy;
        let mut operators = Vec::new();
        let mut source = node;
        while source.kind() == NodeKind::Pipe {
            let (Some(left), Some(operator)) = (source.nth(0), source.nth(1)) else { break };
            operators.push((operator, source.span(), self.fuzzy));
            if operators.len() > PIPE_OPERATORS_COUNT_MAX {
                self.fuzzy = around;
                self.too_much(operator.span());
                return broken_rows(None, node.span());
            }
            if operator.kind() == NodeKind::Union {
                self.fuzzy = options::flag(operator, "isfuzzy").unwrap_or(self.fuzzy);
            }
            source = left;
        }
        let mut rows = self.source(source, scope);
        for (operator, span, fuzzy) in operators.into_iter().rev() {
            self.fuzzy = fuzzy;
            rows = self.operator(operator, Some(rows), scope);
            rows.span = span;
        }
        self.fuzzy = around;
        rows
    }

    /// What begins a chain.
    fn source(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Rel {
        match node.kind() {
            NodeKind::ImplicitInput => match self.inputs.last() {
                Some(input) => Rel {
                    op: graph::input_of(input),
                    columns: input.columns.clone(),
                    span: node.span(),
                    serialized: input.serialized,
                    open: input.open,
                },
                None => broken_rows(None, node.span()),
            },
            NodeKind::NameRef
            | NodeKind::Path
            | NodeKind::Call
            | NodeKind::Paren
            | NodeKind::Element
            | NodeKind::Materialize
            | NodeKind::ToTable
            | NodeKind::EntityGroup => self.named_rows(node, scope),
            _ => self.operator(node, None, scope),
        }
    }

    /// An operator on its input, or one that begins a chain (`print`, `range`, `union`, `search`, …).
    pub(crate) fn operator(
        &mut self,
        node: Node<'a>,
        input: Option<Rel>,
        scope: &RowScope<'_>,
    ) -> Rel {
        let incoming = input.as_ref().map_or(0, |input| input.columns.len());
        if !self.afford(incoming, node.span()) || !self.enter(node.span()) {
            return broken_rows(input, node.span());
        }
        let row = input.as_ref().map_or(RowScope::NONE, RowScope::of);
        self.check_options(node, &row);
        let rows = match input {
            Some(input) if input.open => {
                let keeps = keeps_columns(node.kind());
                self.inferring(keeps, |binder| binder.beginning_or_not(node, Some(input), scope))
            }
            input => self.beginning_or_not(node, input, scope),
        };
        self.leave();
        rows
    }

    /// What may begin a chain, or must.
    fn beginning_or_not(
        &mut self,
        node: Node<'a>,
        input: Option<Rel>,
        scope: &RowScope<'_>,
    ) -> Rel {
        use NodeKind as N;
        match node.kind() {
            N::Union => return self.union(node, input),
            N::Search => return self.search(node, input),
            N::Evaluate => return self.evaluate(node, input),
            N::Print | N::Range | N::Find | N::MacroExpand if input.is_some() => {
                self.must_be_first(node);
            }
            _ => {}
        }
        match node.kind() {
            N::Print => self.print(node),
            N::Range => self.range(node),
            N::Find => self.find(node),
            N::DataTable => self.datatable(node),
            N::ExternalData => self.externaldata(node),
            N::ContextualDataTable | N::InlineExternalTable | N::MaterializedViewCombine => {
                self.foreign(node)
            }
            N::DataScope => match node.nodes().next() {
                Some(inner) => self.rows(inner, scope),
                None => broken_rows(input, node.span()),
            },
            N::MacroExpand => self.macro_expand(node),
            N::WildcardName => {
                let help = "Stars are for `union`, `search in` and `find in`.";
                self.error("KS268", node.span(), "a name with `*` is not allowed here", help);
                broken_rows(None, node.span())
            }
            N::Missing | N::Error => broken_rows(input, node.span()),
            _ => match input {
                Some(input) => self.on_rows(node, input),
                None => {
                    self.cannot_be_first(node);
                    let rows = broken_rows(None, node.span());
                    self.inferring(false, |binder| binder.on_rows(node, rows))
                }
            },
        }
    }

    /// What needs an input.
    fn on_rows(&mut self, node: Node<'a>, input: Rel) -> Rel {
        use NodeKind as N;
        match node.kind() {
            N::Where => self.where_rows(node, input),
            N::Extend => self.extend(node, input, Style::Extend),
            N::Project => self.project_rows(node, input),
            N::Summarize => self.summarize(node, input),
            N::Join => self.join(node, input),
            N::Lookup => self.lookup(node, input),
            N::Sort => self.sort(node, input),
            N::Top => self.top(node, input),
            N::Take => self.take(node, input),
            N::Count => self.count(node, input),
            N::Distinct => self.distinct(node, input),
            N::ProjectAway => self.project_away(node, input, false),
            N::ProjectKeep => self.project_away(node, input, true),
            N::ProjectRename => self.project_rename(node, input),
            N::ProjectReorder => self.project_reorder(node, input),
            N::ProjectByNames => self.project_by_names(node, input),
            N::MvExpand => self.mv_expand(node, input),
            N::MvApply => self.mv_apply(node, input),
            N::Parse | N::ParseWhere => self.parse_text(node, input),
            N::ParseKv => self.parse_kv(node, input),
            N::MakeSeries => self.make_series(node, input),
            N::Invoke => match node.find(N::Call) {
                Some(call) => self.invoke_call(call, input, &RowScope::NONE),
                None => broken_rows(Some(input), node.span()),
            },
            N::Serialize => self.serialize(node, input),
            N::As => self.as_name(node, input),
            N::Render => self.render(node, input),
            N::GetSchema => self.get_schema(node, input),
            _ => self.seldom(node, input),
        }
    }

    /// The rest of them.
    fn seldom(&mut self, node: Node<'a>, input: Rel) -> Rel {
        use NodeKind as N;
        match node.kind() {
            N::Sample => self.sample(node, input),
            N::SampleDistinct => self.sample_distinct(node, input),
            N::TopHitters => self.top_hitters(node, input),
            N::TopNested => self.top_nested(node, input),
            N::Scan => self.scan(node, input),
            N::Partition => self.partition(node, input),
            N::Fork => self.fork(node, input),
            N::Facet => self.facet(node, input),
            N::Reduce => self.reduce(node, input),
            N::AssertSchema => self.assert_schema(node, input),
            N::Consume => self.consume(input),
            N::ExecuteAndCache => input,
            N::MakeGraph => self.make_graph(node, input),
            N::GraphMatch | N::GraphShortestPaths => self.graph_match(node, input),
            N::GraphWhereNodes | N::GraphWhereEdges => self.graph_where(node, input),
            N::GraphMarkComponents => self.graph_mark_components(node, input),
            N::GraphToTable => self.graph_to_table(node, input),
            _ => broken_rows(Some(input), node.span()),
        }
    }

    fn cannot_be_first(&mut self, node: Node<'a>) {
        let span = parts::keyword_span(node);
        let word = node.tree().slice(span).to_owned();
        let message = format!("`{word}` has no rows to work on");
        let help = format!("Begin with a table: `DeviceEvents | {word} …`.");
        self.error("KS174", span, message, help);
    }

    fn must_be_first(&mut self, node: Node<'a>) {
        let span = parts::keyword_span(node);
        let word = node.tree().slice(span).to_owned();
        let message = format!("`{word}` makes rows by itself and cannot stand behind `|`");
        let help = "Begin a query with it, or meet both with `union` or `join`.";
        self.error("KS175", span, message, help);
    }
}

/// Whether the columns of the input are among those that come out.
fn keeps_columns(kind: NodeKind) -> bool {
    use NodeKind as N;
    matches!(
        kind,
        N::Where
            | N::Extend
            | N::Sort
            | N::Top
            | N::Take
            | N::Sample
            | N::MvExpand
            | N::MvApply
            | N::Parse
            | N::ParseWhere
            | N::ParseKv
            | N::Serialize
            | N::Render
            | N::As
            | N::Scan
    )
}
