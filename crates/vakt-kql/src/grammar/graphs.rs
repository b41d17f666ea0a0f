//! Operators on graphs. Arrows are read from their single characters: `--` is two tokens.

use super::lists::List;
use super::parameters::{self, Parameter, Sign};
use super::{K, N, Parser, T};

const GRAPH: &str = "write `make-graph Source --> Target with Nodes on Id`";
const PATTERN: &str = "write a pattern, as `(a)-[e]->(b)`";

impl Parser {
    /// Takes these tokens if they stand here without blanks between them.
    fn arrow(&mut self, kinds: &[T]) -> bool {
        let fits = kinds.iter().enumerate().all(|(offset, kind)| {
            self.kind_at(offset) == *kind && (offset == 0 || self.is_glued(offset))
        });
        if fits {
            for _ in kinds {
                self.bump();
            }
        }
        fits
    }

    pub(super) fn make_graph(&mut self) {
        self.parameters(&[], Sign::Needed);
        self.required_name_ref("the column of the edges' source");
        let directed = self.arrow(&[T::Minus, T::Minus, T::Greater]);
        if !directed && !self.arrow(&[T::Minus, T::Minus]) {
            let message = format!("expected `-->` or `--`, found {}", self.found());
            self.tell("KS005", self.here(), message, GRAPH);
        }
        self.required_name_ref("the column of the edges' target");
        if self.at_word(K::WithNodeId) {
            let since = self.begin();
            self.bump();
            self.expect(T::Equal, "=", "write `with_node_id = Name`");
            self.required_name("a name after `=`");
            self.close(since, N::GraphNodes);
        } else if self.eat_word(K::With) {
            let ends = |p: &Self| p.at_word(K::PartitionedBy) || p.at_list_end();
            self.list(List::of("a table of nodes", Self::graph_nodes).required().until(ends));
        }
        if self.eat_word(K::PartitionedBy) {
            if !self.simple_path() {
                self.want("a column after `partitioned-by`", GRAPH);
            }
            self.required_subquery("the subquery");
        }
    }

    /// Table `on` column.
    fn graph_nodes(&mut self) -> bool {
        let since = self.begin();
        if !self.signed() {
            return false;
        }
        self.expect_word(K::On, "on", GRAPH);
        self.required_name_ref("the column of the nodes' id");
        self.close(since, N::GraphNodes);
        true
    }

    pub(super) fn graph_match(&mut self, own: &'static [Parameter]) {
        self.parameters(own, Sign::Needed);
        self.list(List::of("a pattern", Self::graph_pattern).required().open_ended());
        if self.at_word(K::Where) {
            let since = self.begin();
            self.bump();
            if !self.unnamed() && !self.operator() {
                self.want("a condition after `where`", "write a condition, as `a.name == \"x\"`");
            }
            self.close(since, N::WhereClause);
        }
        if self.at_word(K::Project) {
            let since = self.begin();
            self.bump();
            self.list(List::of("a column", Self::named).required());
            self.close(since, N::ProjectClause);
        }
    }

    fn graph_pattern(&mut self) -> bool {
        let since = self.begin();
        if !self.graph_node() && !self.graph_edge() {
            self.want("a node in parentheses", PATTERN);
        }
        while self.graph_node() || self.graph_edge() {}
        self.close(since, N::GraphPattern);
        true
    }

    fn graph_node(&mut self) -> bool {
        if !self.at(T::OpenParen) {
            return false;
        }
        let since = self.begin();
        self.opening(T::OpenParen, "the node");
        self.name(N::Name, super::names::Naming::Used);
        self.closing(T::CloseParen);
        self.close(since, N::GraphNode);
        true
    }

    fn graph_edge(&mut self) -> bool {
        let since = self.begin();
        let simple = self.arrow(&[T::Minus, T::Minus, T::Greater])
            || self.arrow(&[T::Less, T::Minus, T::Minus])
            || self.arrow(&[T::Minus, T::Minus]);
        if !simple && !self.named_edge() {
            return false;
        }
        self.close(since, N::GraphEdge);
        true
    }

    /// `-[name*1..3]->`.
    fn named_edge(&mut self) -> bool {
        if !self.arrow(&[T::Minus, T::OpenBracket])
            && !self.arrow(&[T::Less, T::Minus, T::OpenBracket])
        {
            return false;
        }
        self.name(N::Name, super::names::Naming::Used);
        if self.at(T::Star) {
            let since = self.begin();
            self.bump();
            if !self.signed() {
                self.want("the least number of steps", "write `*1..3`");
            }
            self.expect(T::DotDot, "..", "write `*1..3`");
            if !self.signed() {
                self.want("the greatest number of steps", "write `*1..3`");
            }
            self.close(since, N::GraphRange);
        }
        if !self.arrow(&[T::CloseBracket, T::Minus, T::Greater])
            && !self.arrow(&[T::CloseBracket, T::Minus])
        {
            let message = format!("expected `]->` or `]-`, found {}", self.found());
            self.tell("KS005", self.here(), message, PATTERN);
        }
        true
    }

    pub(super) fn graph_to_table(&mut self) {
        let list = List::of("`nodes` or `edges`", Self::graph_output).required();
        self.list(list.open_ended());
    }

    fn graph_output(&mut self) -> bool {
        let own = match self.word() {
            K::Nodes => parameters::NODES,
            K::Edges => parameters::EDGES,
            _ => return false,
        };
        let since = self.begin();
        self.bump();
        if self.eat_word(K::As) {
            self.required_name("a name after `as`");
        }
        self.parameters(own, Sign::Needed);
        self.close(since, N::GraphOutput);
        true
    }

    pub(super) fn graph_condition(&mut self) {
        self.required_unnamed("a condition", "write a condition on the properties");
    }
}
