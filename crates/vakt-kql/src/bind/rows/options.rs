//! The options of an operator: `kind=inner`, `hint.strategy=shuffle`, `with (title="…")`.

use std::sync::Arc;

use super::super::literals::name_of;

use super::super::{Binder, RowScope};
use crate::ast::string_text;
use crate::bound::{Expr, ExprKind, Value};
use crate::registry::{Construct, NamedOption, OptionValue, construct};
use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::{Element, Node, Span};
use crate::types::{ScalarType, Type};

/// One option as it is written.
#[derive(Clone, Debug)]
pub(super) struct OptionUse<'a> {
    pub(super) name: Arc<str>,
    /// Of the name.
    pub(super) span: Span,
    node: Node<'a>,
    value: Option<Element>,
}

/// All options of an operator, also those in its `with (…)`.
pub(super) fn options<'a>(node: Node<'a>) -> impl Iterator<Item = OptionUse<'a>> {
    let own = node.all(NodeKind::NamedParameter);
    let with = node.all(NodeKind::WithProperties);
    own.chain(with.flat_map(|with| with.all(NodeKind::NamedParameter))).filter_map(option)
}

fn option(node: Node<'_>) -> Option<OptionUse<'_>> {
    let tree = node.tree();
    let mut parts = node.children().iter();
    let (name, span) = match parts.next()? {
        Element::Node(id) => (name_of(tree.node(*id)), tree.node(*id).span()),
        Element::Token(id) => (tree.token_text(*id).into(), tree.token(*id)?.span),
    };
    let equal = |part: &Element| matches!(part, Element::Token(id) if tree.token_text(*id) == "=");
    let value = parts.find(|part| !equal(part)).copied();
    Some(OptionUse { name, span, node, value })
}

/// The value of an option as a word, without quotes.
pub(super) fn word(node: Node<'_>, name: &str) -> Option<Arc<str>> {
    options(node).find(|option| canonical(&option.name) == name)?.word()
}

/// The value of an option that is true or false.
pub(super) fn flag(node: Node<'_>, name: &str) -> Option<bool> {
    word(node, name).map(|word| word.eq_ignore_ascii_case("true"))
}

/// The hints among the options, in words.
pub(super) fn hints(node: Node<'_>) -> Vec<(Arc<str>, Arc<str>)> {
    options(node)
        .filter(|option| option.name.starts_with("hint."))
        .filter_map(|option| Some((option.name.clone(), option.word()?)))
        .collect()
}

/// Former spellings.
fn canonical(name: &str) -> &str {
    match name {
        "with_source" => "withsource",
        "__isFuzzy" => "isfuzzy",
        other => other,
    }
}

impl<'a> OptionUse<'a> {
    /// The value as a word, without quotes.
    pub(super) fn word(&self) -> Option<Arc<str>> {
        let tree = self.node.tree();
        match self.value? {
            Element::Token(id) => Some(tree.token_text(id).into()),
            Element::Node(id) => {
                let node = tree.node(id);
                match node.kind() {
                    NodeKind::Name | NodeKind::NameRef => Some(name_of(node)),
                    NodeKind::Literal if self.literal() == Some(TokenKind::String) => {
                        Some(string_text(node).as_ref().into())
                    }
                    NodeKind::Missing => None,
                    _ => Some(node.text().into()),
                }
            }
        }
    }

    /// The token, where the value is a literal.
    fn literal(&self) -> Option<TokenKind> {
        let Element::Node(id) = self.value? else { return None };
        let node = self.node.tree().node(id);
        let literal = matches!(node.kind(), NodeKind::Literal | NodeKind::CompoundString);
        literal.then(|| node.tokens().last().map(|(_, token)| token.kind)).flatten()
    }

    fn value_node(&self) -> Option<Node<'a>> {
        match self.value? {
            Element::Node(id) => Some(self.node.tree().node(id)),
            Element::Token(_) => None,
        }
    }

    /// Of the value, or of the name where there is none.
    fn value_span(&self) -> Span {
        let tree = self.node.tree();
        match self.value {
            Some(Element::Node(id)) => tree.node(id).span(),
            Some(Element::Token(id)) => tree.token(id).map_or(self.span, |token| token.span),
            None => self.span,
        }
    }
}

impl<'a> Binder<'a> {
    /// The options of an operator as values; words are texts.
    pub(super) fn option_values(
        &mut self,
        node: Node<'a>,
        scope: &RowScope<'_>,
    ) -> Vec<(Arc<str>, Expr)> {
        let all: Vec<_> = options(node).collect();
        all.into_iter()
            .map(|option| (option.name.clone(), self.option_value(&option, scope)))
            .collect()
    }

    fn option_value(&mut self, option: &OptionUse<'a>, scope: &RowScope<'_>) -> Expr {
        let span = option.value_span();
        match option.value_node() {
            Some(node) if !matches!(node.kind(), NodeKind::Name | NodeKind::NameRef) => {
                self.value(Some(node), scope)
            }
            _ => {
                let kind = ExprKind::Literal(Value::String(option.word().unwrap_or_default()));
                let ty = Type::Scalar(ScalarType::String);
                Expr { kind, ty, several: None, span, constant: true }
            }
        }
    }

    /// Says which options are unknown, there twice, or of wrong values.
    pub(super) fn check_options(&mut self, node: Node<'a>, scope: &RowScope<'_>) {
        let mut seen: Vec<Arc<str>> = Vec::new();
        let mut row: Option<&'static Construct> = None;
        for option in options(node) {
            let keyword = || node.first_token().map_or("", |(id, _)| node.tree().token_text(id));
            row = row.or_else(|| construct(keyword()));
            let Some(row) = row else { return };
            let name = canonical(&option.name);
            match row.options.iter().find(|known| known.name == name) {
                Some(known) => self.check_option(&option, known, scope),
                None if node.kind() == NodeKind::ExternalData => {}
                None => self.unknown_option(&option, row),
            }
            let repeats = matches!(name, "hint.shufflekey" | "quote" | "escape");
            if !repeats && seen.iter().any(|other| canonical(other) == name) {
                let message = format!("`{name}` is there twice");
                self.error("KS180", option.span, message, "Leave one of them out.");
            }
            seen.push(option.name.clone());
        }
    }

    fn unknown_option(&mut self, option: &OptionUse<'a>, row: &Construct) {
        let known: Vec<_> =
            row.options.iter().filter(|known| !known.hidden).map(|known| known.name).collect();
        let help = if known.is_empty() {
            "Leave it out.".to_owned()
        } else {
            format!("It takes `{}`.", known.join("`, `"))
        };
        let message = format!("`{}` is no option of `{}`", option.name, row.name);
        self.warning("KS179", option.span, message, help);
    }

    fn check_option(&mut self, option: &OptionUse<'a>, known: &NamedOption, scope: &RowScope<'_>) {
        use TokenKind as T;
        let literal = option.literal();
        let is_number = matches!(literal, Some(T::Integer | T::Real | T::TypedLiteral));
        match known.value {
            OptionValue::Bool if literal != Some(T::Bool) => {
                self.wrong_option("KS223", option, "`true` or `false`");
            }
            OptionValue::Integer if !is_number => {
                self.wrong_option("KS221", option, "a whole number");
            }
            OptionValue::Number if !is_number => self.wrong_option("KS224", option, "a number"),
            OptionValue::Literal if literal.is_none() => {
                self.wrong_option("KS226", option, "a literal");
            }
            OptionValue::Text => self.check_text_option(option, scope),
            OptionValue::Word(words) => self.check_word(option, words),
            OptionValue::WordOrNumber(words) if !is_number => self.check_word(option, words),
            OptionValue::Column | OptionValue::Columns => self.check_column_option(option, scope),
            _ => {}
        }
    }

    fn check_text_option(&mut self, option: &OptionUse<'a>, scope: &RowScope<'_>) {
        let value = self.option_value(option, scope);
        let text = matches!(
            value.ty.scalar(),
            ScalarType::String | ScalarType::Dynamic | ScalarType::Unknown
        );
        if !text {
            self.wrong_option("KS141", option, "a text in quotes");
        }
    }

    fn check_column_option(&mut self, option: &OptionUse<'a>, scope: &RowScope<'_>) {
        for name in option.node.all(NodeKind::NameRef) {
            let value = self.expr(name, scope);
            self.demand_column(&value);
        }
    }

    fn check_word(&mut self, option: &OptionUse<'a>, words: &'static [&'static str]) {
        let Some(word) = option.word() else { return };
        let loose = option.name.starts_with("hint.");
        let fits = |known: &&str| **known == *word || (loose && known.eq_ignore_ascii_case(&word));
        if !words.is_empty() && !words.iter().any(fits) {
            let near = crate::registry::nearest(&word, words.iter().copied());
            let wanted = near.map_or_else(
                || format!("one of `{}`", words.join("`, `")),
                |near| format!("`{near}`"),
            );
            self.wrong_option("KS005", option, &wanted);
        }
    }

    fn wrong_option(&mut self, code: &'static str, option: &OptionUse<'a>, wanted: &str) {
        let Some(word) = option.word() else { return };
        let message = format!("`{}` cannot be `{word}`", option.name);
        self.error(code, option.value_span(), message, format!("Write {wanted}."));
    }
}
