//! The operators that come after `|`, one function each; those with a grammar of their own are in the
//! modules beside this one.

use super::lists::List;
use super::names::Naming;
use super::parameters::{self, NONE, Sign};
use super::{K, N, Parser, T, tables};

const COLUMN: &str = "name a column, or compute one as `name = expression`";
const CONDITION: &str = "write a condition, as `Column == \"value\"`";
const COUNT: &str = "write a whole number, as `10`";

/// The node of an operator, and what reads the rest of it after its keyword.
type Production = (N, fn(&mut Parser));

impl Parser {
    /// Whether a keyword that begins an operator is here. Some of them are names as well.
    pub(super) fn at_operator(&self) -> bool {
        let call = self.kind_at(1) == T::OpenParen;
        match self.word() {
            K::Count | K::Range => !call,
            K::InternalExecuteAndCache | K::InternalPartitionby | K::InlineExternalTable => true,
            K::No => false,
            word => Self::production(word).is_some(),
        }
    }

    pub(super) fn similar_operator(&self, word: &str) -> Option<&'static str> {
        tables::similar_operator(word)
    }

    /// Reads an operator, if one begins here.
    pub(super) fn operator(&mut self) -> bool {
        let call = self.kind_at(1) == T::OpenParen;
        if call && matches!(self.word(), K::Count | K::Range) {
            return false;
        }
        if self.at_word(K::InlineExternalTable) {
            return self.inline_external_table();
        }
        let Some((kind, production)) = Self::production(self.word()) else { return false };
        if !self.enter() {
            return true;
        }
        let since = self.begin();
        self.bump();
        production(self);
        self.close(since, kind);
        self.leave();
        true
    }

    fn production(word: K) -> Option<Production> {
        Self::row_production(word).or_else(|| Self::rare_production(word))
    }

    /// Operators of everyday queries.
    fn row_production(word: K) -> Option<Production> {
        Some(match word {
            K::Where => (N::Where, Self::where_),
            K::Extend => (N::Extend, |p| p.columns(true)),
            K::Project => (N::Project, |p| p.columns(false)),
            K::Summarize => (N::Summarize, Self::summarize),
            K::Join => (N::Join, Self::join),
            K::Lookup => (N::Lookup, Self::lookup),
            K::Sort | K::Order => (N::Sort, Self::sort),
            K::Distinct => (N::Distinct, Self::distinct),
            K::Take | K::Limit => (N::Take, |p| p.number_of_rows("take")),
            K::Sample => (N::Sample, |p| p.number_of_rows("sample")),
            K::Top => (N::Top, Self::top),
            K::Union => (N::Union, Self::union),
            K::Count => (N::Count, Self::count),
            K::ProjectAway => (N::ProjectAway, Self::name_patterns),
            K::ProjectKeep => (N::ProjectKeep, Self::name_patterns),
            K::ProjectRename => (N::ProjectRename, |p| p.columns(false)),
            K::ProjectReorder => (N::ProjectReorder, Self::project_reorder),
            K::ProjectByNames => (N::ProjectByNames, Self::project_by_names),
            K::MvExpand => (N::MvExpand, Self::mv_expand),
            K::MvApply => (N::MvApply, Self::mv_apply),
            K::Parse => (N::Parse, Self::parse),
            K::ParseWhere => (N::ParseWhere, Self::parse),
            K::ParseKv => (N::ParseKv, Self::parse_kv),
            K::Evaluate => (N::Evaluate, Self::evaluate),
            K::Invoke => (N::Invoke, Self::invoke),
            K::Render => (N::Render, Self::render),
            K::Print => (N::Print, |p| p.columns(true)),
            K::Range => (N::Range, Self::range),
            K::Serialize => (N::Serialize, Self::serialize),
            K::MakeSeries => (N::MakeSeries, Self::make_series),
            K::Search => (N::Search, Self::search),
            K::Find => (N::Find, Self::find),
            _ => return None,
        })
    }

    fn rare_production(word: K) -> Option<Production> {
        Some(match word {
            K::As => (N::As, Self::as_),
            K::AssertSchema => (N::AssertSchema, |p| p.required_row_schema("assert-schema")),
            K::Consume => (N::Consume, |p| p.parameters(NONE, Sign::Assumed)),
            K::InternalExecuteAndCache => (N::ExecuteAndCache, |_| {}),
            K::Facet => (N::Facet, Self::facet),
            K::Fork => (N::Fork, Self::fork),
            K::Getschema => (N::GetSchema, |p| {
                p.lone_parameter("kind", &["csl"]);
            }),
            K::GraphMatch => (N::GraphMatch, |p| p.graph_match(parameters::CYCLES)),
            K::GraphShortestPaths => (N::GraphShortestPaths, |p| p.graph_match(parameters::PATHS)),
            K::GraphToTable => (N::GraphToTable, Self::graph_to_table),
            K::GraphMarkComponents => {
                (N::GraphMarkComponents, |p| p.parameters(parameters::COMPONENTS, Sign::Needed))
            }
            K::GraphWhereNodes => (N::GraphWhereNodes, Self::graph_condition),
            K::GraphWhereEdges => (N::GraphWhereEdges, Self::graph_condition),
            K::MacroExpand => (N::MacroExpand, Self::macro_expand),
            K::MakeGraph => (N::MakeGraph, Self::make_graph),
            K::InternalPartitionby => (N::Partition, Self::partition_by),
            K::Partition => (N::Partition, Self::partition),
            K::Reduce => (N::Reduce, Self::reduce),
            K::SampleDistinct => (N::SampleDistinct, Self::sample_distinct),
            K::Scan => (N::Scan, Self::scan),
            K::TopHitters => (N::TopHitters, Self::top_hitters),
            K::TopNested => (N::TopNested, Self::top_nested),
            _ => return None,
        })
    }

    fn where_(&mut self) {
        self.parameters(NONE, Sign::Needed);
        self.required_named("a condition after `where`", CONDITION);
    }

    /// Expressions with or without names. `required` asks for one at least.
    fn columns(&mut self, required: bool) {
        let list = List::of("a column", Self::named).help(COLUMN);
        self.list(if required { list.required() } else { list });
    }

    fn summarize(&mut self) {
        self.parameters(NONE, Sign::Needed);
        self.list(
            List::of("an aggregate", Self::named).until(|p| p.at_word(K::By) || p.at_list_end()),
        );
        if !self.at_word(K::By) {
            return;
        }
        let since = self.begin();
        self.bump();
        let ends = |p: &Self| p.at_list_end() || (p.at_bin_clause() && p.is_literal_at(2));
        self.list(List::of("a group key", Self::named).required().until(ends));
        if self.at_bin_clause() {
            let bin = self.begin();
            self.bump();
            self.bump();
            self.required_unnamed("the size of the bins", COUNT);
            self.close(bin, N::BinClause);
        }
        self.close(since, N::ByClause);
    }

    fn at_bin_clause(&self) -> bool {
        self.at_word(K::Bin) && self.kind_at(1) == T::Equal
    }

    fn is_literal_at(&self, offset: usize) -> bool {
        matches!(
            self.kind_at(offset),
            T::String | T::Bool | T::Integer | T::Real | T::Timespan | T::TypedLiteral | T::RawGuid
        )
    }

    fn join(&mut self) {
        self.parameters(parameters::JOIN, Sign::Needed);
        self.required_unnamed("a table to join with", "write `join (Table) on Column`");
        if self.at_word(K::On) {
            self.on_clause();
        } else if self.at_word(K::Where) {
            self.where_clause();
        }
    }

    fn lookup(&mut self) {
        self.parameters(NONE, Sign::Needed);
        self.required_unnamed("a table to look up in", "write `lookup (Table) on Column`");
        if self.at_word(K::On) {
            self.on_clause();
        } else {
            let message = format!("expected `on`, found {}", self.found());
            self.tell("KS006", self.here(), message, "write `on Column`");
        }
    }

    fn on_clause(&mut self) {
        let since = self.begin();
        self.bump();
        let list = List::of("a column", Self::unnamed);
        self.list(list.required().open_ended());
        self.close(since, N::OnClause);
    }

    /// `where` inside of join.
    fn where_clause(&mut self) {
        let since = self.begin();
        self.bump();
        self.required_unnamed("a condition after `where`", CONDITION);
        self.close(since, N::WhereClause);
    }

    fn by_keyword(&mut self, operator: &str) {
        if !self.eat_word(K::By) {
            self.expect_word(K::By, "by", &format!("write `{operator} by Column`"));
        }
    }

    fn sort(&mut self) {
        self.parameters(NONE, Sign::Assumed);
        self.by_keyword("sort");
        self.list(List::of("a column", Self::ordered).required());
    }

    /// An expression with its direction.
    pub(super) fn ordered(&mut self) -> bool {
        let since = self.begin();
        if !self.named() {
            return false;
        }
        let directed = self.direction();
        if self.at_word(K::Nulls) {
            self.bump();
            if !self.eat_word(K::First) && !self.eat_word(K::Last) {
                let message = format!("expected `first` or `last`, found {}", self.found());
                self.tell("KS006", self.here(), message, "write `nulls first` or `nulls last`");
            }
            self.close(since, N::Ordered);
        } else if directed {
            self.close(since, N::Ordered);
        }
        true
    }

    pub(super) fn direction(&mut self) -> bool {
        let found = matches!(self.word(), K::Asc | K::Desc | K::GrannyAsc | K::GrannyDesc);
        if found {
            self.bump();
        }
        found
    }

    fn distinct(&mut self) {
        self.parameters(NONE, Sign::Needed);
        self.list(List::of("a column or `*`", |p| p.star() || p.named()).required());
    }

    fn number_of_rows(&mut self, operator: &str) {
        self.parameters(NONE, Sign::Needed);
        if !self.named() {
            self.want(&format!("a number after `{operator}`"), COUNT);
        }
    }

    fn top(&mut self) {
        self.parameters(NONE, Sign::Needed);
        self.required_named("a number after `top`", COUNT);
        self.by_keyword("top 10");
        if !self.ordered() {
            self.want("a column after `by`", "name the column to sort by");
        }
    }

    fn union(&mut self) {
        self.parameters(parameters::UNION, Sign::Needed);
        let table = |p: &mut Self| p.paren() || p.wildcard_entity();
        self.list(List::of("a table", table).required());
    }

    fn count(&mut self) {
        if self.eat_word(K::As) {
            if self.is_identifier(0) {
                self.bump_as(N::Name);
            } else {
                self.want("a name after `as`", "write `count as Name`");
            }
        }
    }

    fn name_patterns(&mut self) {
        self.list(List::of("a column", |p| p.wildcard_name() || p.name_ref()));
    }

    fn project_reorder(&mut self) {
        self.list(List::of("a column", |p| {
            let since = p.begin();
            let found = p.wildcard_name() || p.name_ref();
            if found && p.direction() {
                p.close(since, N::Ordered);
            }
            found
        }));
    }

    fn project_by_names(&mut self) {
        self.list(List::of("a name", Self::unnamed));
    }

    fn parse_kv(&mut self) {
        self.required_unnamed("the text to parse", COLUMN);
        self.expect_word(K::As, "as", "write `parse-kv Column as (name: type, …)`");
        self.required_row_schema("as");
        self.with_properties(parameters::PARSE_KV, Self::parse_kv_property);
    }

    fn evaluate(&mut self) {
        self.parameters(NONE, Sign::Assumed);
        if self.is_call() {
            self.call();
        } else if self.is_name_at(0) {
            let name = self.text().to_owned();
            let since = self.begin();
            self.name_ref();
            self.expect(T::OpenParen, "(", &format!("write `{name}(…)`"));
            self.close(since, N::Call);
        } else {
            self.want(
                "a plugin after `evaluate`",
                "write a call, as `evaluate bag_unpack(Column)`",
            );
        }
        self.evaluate_schema();
    }

    fn invoke(&mut self) {
        let since = self.begin();
        if !self.is_call() {
            self.want("a function call after `invoke`", "write `invoke Function(…)`");
            return;
        }
        self.call();
        while self.at(T::Dot) && self.is_call_at(1) {
            self.bump();
            self.call();
            self.close(since, N::Path);
        }
    }

    fn render(&mut self) {
        if tables::CHARTS.contains(&self.text()) || self.is_identifier(0) {
            self.bump();
        } else {
            let message = format!("expected a kind of chart, found {}", self.found());
            self.tell(
                "KS006",
                self.here(),
                message,
                "write `render timechart`, `barchart`, `table`, …",
            );
        }
        self.old_render_properties();
        self.with_properties(parameters::RENDER, Self::render_property);
    }

    fn range(&mut self) {
        let help = "write `range Name from 1 to 10 step 1`";
        self.required_name("a name after `range`");
        self.expect_word(K::From, "from", help);
        self.required_unnamed("the first value", help);
        self.expect_word(K::To, "to", help);
        self.required_unnamed("the last value", help);
        self.expect_word(K::Step, "step", help);
        self.required_unnamed("the step", help);
    }

    fn serialize(&mut self) {
        self.parameters(NONE, Sign::Needed);
        self.list(List::of("a column", Self::named));
    }

    fn as_(&mut self) {
        self.parameters(NONE, Sign::Needed);
        self.required_name("a name after `as`");
    }

    fn sample_distinct(&mut self) {
        let help = "write `sample-distinct 10 of Column`";
        self.parameters(NONE, Sign::Needed);
        self.required_named("a number", help);
        self.expect_word(K::Of, "of", help);
        self.required_named("a column after `of`", help);
    }

    fn reduce(&mut self) {
        self.parameters(parameters::REDUCE, Sign::Assumed);
        let since = self.begin();
        self.by_keyword("reduce");
        self.required_named("a column after `by`", COLUMN);
        self.close(since, N::ByClause);
        if self.eat_word(K::With) {
            self.list(List::of("a parameter", Self::reduce_property));
        }
    }

    fn top_hitters(&mut self) {
        let help = "write `top-hitters 10 of Column by Weight`";
        self.required_named("a number", help);
        self.expect_word(K::Of, "of", help);
        self.required_named("a column after `of`", help);
        if self.at_word(K::By) {
            let since = self.begin();
            self.bump();
            self.required_named("a weight after `by`", help);
            self.close(since, N::ByClause);
        }
    }

    fn facet(&mut self) {
        self.by_keyword("facet");
        let ends = |p: &Self| p.at_word(K::With) || p.at_list_end();
        self.list(List::of("a column", Self::simple_path).required().until(ends));
        if !self.eat_word(K::With) {
            return;
        }
        if self.at(T::OpenParen) {
            self.subquery(true);
        } else if !self.operator() {
            self.want("an operator after `with`", "write `with (take 10)`");
        }
    }

    fn fork(&mut self) {
        let mut count = 0;
        loop {
            let since = self.begin();
            let length = self.name_length(0);
            if length > 0 && self.kind_at(length) == T::Equal {
                self.name(N::Name, Naming::Used);
                self.bump();
            } else if !self.at(T::OpenParen) {
                break;
            }
            self.subquery(false);
            self.close(since, N::ForkBranch);
            count += 1;
        }
        if count == 0 {
            self.want("a branch after `fork`", "write `fork (where …) (where …)`");
        }
    }

    fn partition(&mut self) {
        self.parameters(parameters::PARTITION, Sign::Assumed);
        self.by_keyword("partition");
        if !self.simple_path() {
            self.want("a column after `by`", "name the column to part the rows by");
        }
        if self.eat_word(K::In) && !self.partition_scope() {
            self.want("a scope after `in`", "write a function call or a dynamic literal");
        }
        match self.kind() {
            T::OpenBrace => self.partition_query(),
            T::OpenParen => self.subquery(true),
            _ => self.want("a subquery", "write `(operators)` after the column"),
        }
    }

    fn partition_scope(&mut self) -> bool {
        (self.is_call() && self.call()) || (self.at_word(K::Dynamic) && self.literal())
    }

    /// `{` query `}`.
    fn partition_query(&mut self) {
        let since = self.begin();
        self.opening(T::OpenBrace, "the query");
        if !self.pipe() {
            self.want("a query", "write a query between the braces");
        }
        self.closing(T::CloseBrace);
        self.close(since, N::SubQuery);
    }

    fn partition_by(&mut self) {
        self.parameters(parameters::PARTITION, Sign::Assumed);
        if !self.simple_path() {
            self.want("a column", "name the column to part the rows by");
        }
        if self.eat_word(K::Id) && !self.literal() {
            self.want("a literal after `id`", "write a GUID or a string");
        }
        self.required_subquery("the subquery");
    }
}
