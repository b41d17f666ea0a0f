//! `kind=inner`, `hint.strategy=shuffle`: parameters of operators. Which names are parameters and what
//! their values may be is data.

use super::lists::List;
use super::names::Naming;
use super::{K, N, Parser, T};
use crate::registry::nearest;

/// What a parameter takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value {
    /// A literal or a word, or nothing.
    Any,
    /// A literal or a word.
    Literal,
    /// One of some words, which may be keywords, or any other word or literal.
    Word(&'static [&'static str]),
    /// A scalar expression.
    Text,
    /// A new name.
    Name,
    /// A column.
    Column,
    /// Columns with commas.
    Columns,
}

/// One parameter: its name and what it takes.
pub(super) type Parameter = (&'static str, Value);

/// Which names are taken as parameters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// Those of the operator, and all that any operator has.
    OwnAndKnown,
    /// Only those of the operator.
    Own,
}

/// Whether a name without `=` is a parameter that lacks it, or something else.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Needed,
    Assumed,
}

const STRATEGY: Value = Value::Word(&["auto", "broadcast", "centralized", "shuffle"]);
const CONCURRENCY: Value = Value::Word(&["auto", "left", "local", "right", "unresolved"]);
const SPREAD: Value = Value::Word(&["auto", "local"]);

/// Parameters that are known everywhere.
const KNOWN: &[Parameter] = &[
    ("bagexpansion", Value::Word(&["bag", "array"])),
    ("bin_legacy", Value::Any),
    ("__crossCluster", Value::Any),
    ("__crossDB", Value::Any),
    ("decodeblocks", Value::Literal),
    ("expandoutput", Value::Any),
    ("hint.concurrency", CONCURRENCY),
    ("hint.distribution", Value::Word(&["single", "per_node", "per_shard", "default"])),
    ("hint.materialized", Value::Literal),
    ("hint.num_partitions", Value::Literal),
    ("hint.pass_filters", Value::Any),
    ("hint.pass_filters_column", Value::Column),
    ("hint.progressive_top", Value::Literal),
    ("hint.remote", SPREAD),
    ("hint.shufflekey", Value::Column),
    ("hint.spread", SPREAD),
    ("hint.strategy", STRATEGY),
    ("__id", Value::Any),
    ("isfuzzy", Value::Literal),
    ("__isFuzzy", Value::Literal),
    ("kind", Value::Word(&[])),
    ("__noWithSource", Value::Any),
    ("__packedColumn", Value::Column),
    ("__sourceColumnIndex", Value::Any),
    ("cycles", Value::Word(&["none", "all", "unique_edges"])),
    ("with_match_id", Value::Name),
    ("with_itemindex", Value::Name),
    ("withsource", Value::Name),
    ("with_source", Value::Name),
    ("with_step_name", Value::Name),
    ("force_remote", Value::Literal),
];

pub(super) const NONE: &[Parameter] = &[];
pub(super) const FIND: &[Parameter] = &[("withsource", Value::Name), ("with_source", Value::Name)];
pub(super) const CYCLES: &[Parameter] =
    &[("cycles", Value::Word(&["none", "all", "unique_edges"]))];
pub(super) const PATHS: &[Parameter] = &[("output", Value::Word(&["any", "all"]))];
pub(super) const JOIN: &[Parameter] = &[("hint.remote", CONCURRENCY), ("hint.strategy", STRATEGY)];
pub(super) const COMPONENTS: &[Parameter] =
    &[("kind", Value::Word(&["weak", "strong"])), ("with_component_id", Value::Name)];
pub(super) const MV_EXPAND: &[Parameter] = &[("kind", Value::Word(&["bag", "array"]))];
pub(super) const PARSE: &[Parameter] =
    &[("kind", Value::Word(&["simple", "regex", "relaxed"])), ("flags", Value::Word(&[]))];
pub(super) const PARSE_KV: &[Parameter] = &[
    ("pair_delimiter", Value::Literal),
    ("kv_delimiter", Value::Literal),
    ("regex", Value::Literal),
    ("quote", Value::Literal),
    ("escape", Value::Literal),
    ("greedy", Value::Literal),
];
pub(super) const PARTITION: &[Parameter] =
    &[("hint.strategy", Value::Word(&["shuffle", "native", "legacy"]))];
pub(super) const REDUCE: &[Parameter] =
    &[("threshold", Value::Literal), ("characters", Value::Literal)];
pub(super) const EDGES: &[Parameter] =
    &[("with_source_id", Value::Name), ("with_target_id", Value::Name)];
pub(super) const NODES: &[Parameter] = &[("with_node_id", Value::Name)];
pub(super) const SEARCH: &[Parameter] =
    &[("kind", Value::Word(&["default", "case_insensitive", "case_sensitive"]))];
pub(super) const UNION: &[Parameter] =
    &[("kind", Value::Word(&["inner", "outer"])), ("best_effort", Value::Literal)];
pub(super) const RENDER: &[Parameter] = &[
    ("kind", Value::Word(&["default", "unstacked", "stacked", "stacked100", "map"])),
    ("title", Value::Text),
    ("accumulate", Value::Literal),
    ("xcolumn", Value::Column),
    ("ycolumns", Value::Columns),
    ("anomalycolumns", Value::Columns),
    ("series", Value::Columns),
    ("xtitle", Value::Text),
    ("ytitle", Value::Text),
    ("xaxis", Value::Word(&["linear", "log"])),
    ("yaxis", Value::Word(&["linear", "log"])),
    ("legend", Value::Word(&["visible", "hidden"])),
    ("ysplit", Value::Word(&["none", "axes", "panels"])),
    ("ymin", Value::Literal),
    ("ymax", Value::Literal),
    ("xmin", Value::Literal),
    ("xmax", Value::Literal),
];

fn find(own: &[Parameter], name: &str) -> Option<Value> {
    own.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

impl Parser {
    /// Parameters side by side.
    pub(super) fn parameters(&mut self, own: &'static [Parameter], sign: Sign) {
        while self.named_parameter(own, Names::OwnAndKnown, sign) {}
    }

    fn named_parameter(&mut self, own: &'static [Parameter], names: Names, sign: Sign) -> bool {
        let length = self.parameter_length(own, names, sign, 0);
        if length == 0 {
            return false;
        }
        let since = self.begin();
        let end = self.span_at(length - 1).end;
        let name = super::Span::new(self.span_at(0).start, end);
        let name = self.slice(name).to_owned();
        let value = find(own, &name).or_else(|| find(KNOWN, &name)).unwrap_or(Value::Any);
        for _ in 0..length {
            self.bump();
        }
        if !self.eat(T::Equal) {
            self.expect(T::Equal, "=", &format!("write `{name} = …`"));
        }
        self.parameter_value(own, &name, value);
        self.close(since, N::NamedParameter);
        true
    }

    /// How many tokens the name of the parameter at an offset has; 0 where none is.
    fn parameter_length(
        &self,
        own: &[Parameter],
        names: Names,
        sign: Sign,
        offset: usize,
    ) -> usize {
        if !Self::is_word_kind(self.kind_at(offset)) {
            return 0;
        }
        let signed = self.kind_at(offset + 1) == T::Equal;
        if sign == Sign::Needed && !signed && self.kind_at(offset + 1) != T::Dot {
            return 0;
        }
        let text = self.text_at(offset);
        let keyword = self.word_at(offset) != K::No;
        let known = names == Names::OwnAndKnown && keyword && find(KNOWN, text).is_some();
        if known || find(own, text).is_some() {
            return usize::from(signed || sign == Sign::Assumed);
        }
        let parts = names == Names::OwnAndKnown
            && text == "hint"
            && self.kind_at(offset + 1) == T::Dot
            && (self.is_glued(offset + 1) && self.is_glued(offset + 2))
            && matches!(self.text_at(offset + 2), "pass_filters" | "pass_filters_column");
        let whole = parts && (sign == Sign::Assumed || self.kind_at(offset + 3) == T::Equal);
        if whole { 3 } else { 0 }
    }

    /// Whether a parameter that any operator may have is at an offset.
    pub(super) fn is_known_parameter(&self, offset: usize) -> bool {
        self.parameter_length(NONE, Names::OwnAndKnown, Sign::Assumed, offset) > 0
    }

    fn parameter_value(&mut self, own: &'static [Parameter], name: &str, value: Value) {
        let found = match value {
            Value::Any => {
                self.any_value();
                true
            }
            Value::Literal => self.any_value(),
            Value::Word(words) => {
                if words.contains(&self.text()) {
                    self.bump();
                    return;
                }
                self.any_value()
            }
            Value::Text => self.path(),
            Value::Name => self.name(N::Name, Naming::Used) || self.any_value(),
            Value::Column => self.name_ref() || self.any_value(),
            Value::Columns => {
                self.column_list(own);
                true
            }
        };
        if !found {
            let help = match value {
                Value::Word(words) if !words.is_empty() => {
                    format!("write one of `{}`", words.join("`, `"))
                }
                _ => format!("write `{name} = …` with a value"),
            };
            self.want(&format!("a value of `{name}`"), &help);
        }
    }

    /// A literal, a word, or a name in brackets.
    fn any_value(&mut self) -> bool {
        if self.literal() {
            return true;
        }
        if self.is_plain_name(0) {
            self.bump();
            return true;
        }
        self.name_ref()
    }

    /// Columns, up to the next parameter.
    fn column_list(&mut self, own: &'static [Parameter]) {
        let name = |parser: &mut Self| parser.name(N::NameRef, Naming::Given);
        if !name(self) {
            self.want("a column", "name a column");
            return;
        }
        loop {
            let comma = self.at(T::Comma);
            let next = self.parameter_length(own, Names::OwnAndKnown, Sign::Assumed, 1) > 0;
            let ends = matches!(self.kind_at(1), T::CloseParen | T::CloseBracket | T::CloseBrace);
            if !comma || next || ends || self.kind_at(1) == T::Bar {
                return;
            }
            self.bump();
            if !name(self) {
                self.want("a column after `,`", "name a column");
                return;
            }
        }
    }

    /// One parameter that may only be here, by its name: `kind = …`.
    pub(super) fn lone_parameter(&mut self, name: &str, words: &'static [&'static str]) -> bool {
        let found = self.text() == name && self.kind_at(1) == T::Equal;
        if found {
            let since = self.begin();
            self.bump();
            self.bump();
            self.parameter_value(NONE, name, Value::Word(words));
            self.close(since, N::NamedParameter);
        }
        found
    }

    /// `with` `(` parameters with commas `)`.
    pub(super) fn with_properties(
        &mut self,
        own: &'static [Parameter],
        property: fn(&mut Self) -> bool,
    ) {
        if !self.at_word(K::With) {
            return;
        }
        let since = self.begin();
        self.bump();
        self.opening(T::OpenParen, "the properties");
        if std::ptr::eq(own, RENDER) {
            self.eat(T::Comma);
        }
        self.list(List::of("a property as `name = value`", property));
        if Self::is_word_kind(self.kind()) && self.kind_at(1) == T::Equal {
            let message = format!("{} is no property that can stand here", self.found());
            let names: Vec<&str> = own.iter().map(|(name, _)| *name).collect();
            let help = match nearest(self.text(), names.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("properties are `{}`", names.join("`, `")),
            };
            self.tell("KS179", self.here(), message, &help);
        }
        self.closing(T::CloseParen);
        self.close(since, N::WithProperties);
    }

    pub(super) fn render_property(&mut self) -> bool {
        self.named_parameter(RENDER, Names::Own, Sign::Assumed)
    }

    pub(super) fn parse_kv_property(&mut self) -> bool {
        self.named_parameter(PARSE_KV, Names::Own, Sign::Assumed)
    }

    pub(super) fn reduce_property(&mut self) -> bool {
        self.named_parameter(REDUCE, Names::OwnAndKnown, Sign::Assumed)
    }

    /// Any name `=` a literal or a word: of externaldata and restrict.
    pub(super) fn free_property(&mut self) -> bool {
        let since = self.begin();
        if !self.name(N::Name, Naming::Given) {
            return false;
        }
        self.expect(T::Equal, "=", "write `name = value`");
        let literal = matches!(
            self.kind(),
            T::String | T::Integer | T::Real | T::Bool | T::TypedLiteral | T::RawGuid
        );
        if literal && self.at(T::RawGuid) {
            self.bump_as(N::Literal);
        } else if literal && self.is_property_literal() {
            self.literal();
        } else if self.is_given_name(0) {
            self.bump();
        } else if !self.name_ref() {
            self.want("a value", "write a literal or a word after `=`");
        }
        self.close(since, N::NamedParameter);
        true
    }

    /// Timespans, decimals and ints are no properties.
    fn is_property_literal(&self) -> bool {
        let text = self.text();
        let refused = ["time", "decimal", "int(", "int32("];
        !self.at(T::TypedLiteral) || !refused.iter().any(|prefix| text.starts_with(prefix))
    }

    /// The old properties of `render`, without `with (…)`.
    pub(super) fn old_render_properties(&mut self) {
        loop {
            let since = self.begin();
            let equal = self.kind_at(1) == T::Equal;
            match (self.text(), equal) {
                ("kind" | "title" | "accumulate", true) => {
                    self.named_parameter(RENDER, Names::Own, Sign::Needed);
                    continue;
                }
                ("with", _) if self.kind_at(1) != T::OpenParen => {
                    self.bump();
                    if !self.any_value() {
                        self.want("a string after `with`", "write `with (title = \"…\")`");
                    }
                }
                ("by", _) => {
                    self.bump();
                    self.old_render_columns();
                }
                _ => return,
            }
            self.close(since, N::NamedParameter);
        }
    }

    fn old_render_columns(&mut self) {
        let element = |parser: &mut Self| parser.name(N::NameRef, Naming::Given);
        let ends = |parser: &Self| {
            matches!(parser.text(), "kind" | "title" | "accumulate" | "with" | "by")
        };
        self.list(List::of("a column", element).required().until(ends));
    }
}
