//! Where in a query a cursor stands, read off the tokens before it. Wrong or half-written text is
//! the rule here, so nothing asks for a tree.

use crate::registry::{Construct, construct};
use crate::syntax::kinds::TokenKind;
use crate::syntax::tree::{Span, Token};

/// The tokens before a cursor, and what is open around it.
pub(super) struct Context<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token>,
    /// The word that is being written; empty where none is.
    pub(super) typed: Span,
    /// From the whole text inwards.
    pub(super) levels: Vec<Level>,
}

/// One bracket that is open, or the whole text.
pub(super) struct Level {
    /// The bracket.
    pub(super) opener: Option<usize>,
    /// Where the statement begins in it.
    pub(super) statement: usize,
    /// Where the pipe begins: behind the `=` of a `let`.
    pub(super) first: usize,
    /// The last `|`.
    pub(super) bar: Option<usize>,
    /// Commas since the bracket, bar or semicolon.
    pub(super) commas: usize,
}

/// What a bracket holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket<'t> {
    /// The whole text, or the body of a function: statements.
    Statements,
    /// A pipe of its own.
    Pipe,
    /// A pipe over rows from outside: `mv-apply … on (`.
    Implicit,
    /// The arguments of a function.
    Call(&'t str),
    /// The right side of `in` and `has_any`.
    List,
    /// `with (` of an operator.
    Options(&'static Construct),
    /// Columns with types.
    Schema,
    /// `typeof(`.
    Type,
    /// An expression.
    Group,
}

impl<'t> Context<'t> {
    /// Of the tokens of the text before the cursor, without the end of text. `None` in a comment.
    pub(super) fn new(text: &'t str, mut tokens: Vec<Token>) -> Option<Self> {
        let end = u32::try_from(text.len()).ok()?;
        tokens.retain(|token| token.kind != TokenKind::EndOfText);
        let after = tokens.last().map_or(0, |token| token.span.end);
        let rest = text.get(after as usize..)?;
        let line = rest.rsplit('\n').next().unwrap_or_default();
        if line.contains("//") {
            return None;
        }
        let typed = pop_typed(text, &mut tokens, end);
        let mut context = Self { text, tokens, typed, levels: Vec::new() };
        context.levels = context.read_levels();
        Some(context)
    }

    fn read_levels(&self) -> Vec<Level> {
        let mut levels = vec![Level::new(None, 0)];
        for (place, token) in self.tokens.iter().enumerate() {
            match token.kind {
                TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => {
                    levels.push(Level::new(Some(place), place + 1));
                }
                TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                    if levels.len() > 1 {
                        levels.pop();
                    }
                }
                _ => {
                    if let Some(level) = levels.last_mut() {
                        self.read_token(level, place, token.kind);
                    }
                }
            }
        }
        levels
    }

    fn read_token(&self, level: &mut Level, place: usize, kind: TokenKind) {
        match kind {
            TokenKind::Semicolon => *level = Level::new(level.opener, place + 1),
            TokenKind::Bar => {
                level.bar = Some(place);
                level.commas = 0;
            }
            TokenKind::Comma => level.commas += 1,
            TokenKind::Equal if place == level.statement + 2 && self.begins_let(level) => {
                level.first = place + 1;
            }
            _ => {}
        }
    }

    fn begins_let(&self, level: &Level) -> bool {
        self.word(level.statement) == Some("let")
    }

    /// The text of a token.
    pub(super) fn token(&self, place: usize) -> Option<&'t str> {
        self.text.get(self.tokens.get(place)?.span.range())
    }

    /// The text of a token that is a word.
    pub(super) fn word(&self, place: usize) -> Option<&'t str> {
        let token = self.tokens.get(place)?;
        if is_word(token.kind) { self.token(place) } else { None }
    }

    /// The last token before the cursor.
    pub(super) fn last(&self) -> Option<(TokenKind, &'t str)> {
        let place = self.tokens.len().checked_sub(1)?;
        Some((self.tokens.get(place)?.kind, self.token(place)?))
    }

    /// What the bracket of a level holds.
    pub(super) fn bracket(&self, depth: usize) -> Bracket<'t> {
        let Some(opener) = self.levels.get(depth).and_then(|level| level.opener) else {
            return Bracket::Statements;
        };
        match self.tokens.get(opener).map(|token| token.kind) {
            Some(TokenKind::OpenBrace) => Bracket::Statements,
            Some(TokenKind::OpenParen) => self.parenthesis(depth, opener),
            _ => Bracket::Group,
        }
    }

    fn parenthesis(&self, depth: usize, opener: usize) -> Bracket<'t> {
        let Some(parent) = depth.checked_sub(1).and_then(|depth| self.levels.get(depth)) else {
            return Bracket::Group;
        };
        let before = opener.checked_sub(1).and_then(|place| self.word(place));
        let outer = || self.bracket(depth - 1);
        if opener == parent.first
            && parent.bar.is_none()
            && matches!(outer(), Bracket::Statements | Bracket::Pipe | Bracket::List)
        {
            return Bracket::Pipe;
        }
        match before {
            Some("toscalar" | "materialize" | "totable" | "view") => return Bracket::Pipe,
            Some("in" | "in~" | "!in" | "!in~" | "has_any" | "has_all") => return Bracket::List,
            Some("typeof") => return Bracket::Type,
            Some("datatable" | "externaldata" | "external_data") => return Bracket::Schema,
            _ => {}
        }
        let operator = self.operator(parent);
        let name = operator.map_or("", |operator| operator.name);
        let on = self.clause(parent, "on");
        match (name, before) {
            ("join" | "lookup" | "union", _) if on.is_none() => return Bracket::Pipe,
            ("mv-apply", Some("on")) | ("facet", Some("with")) | ("fork", _) => {
                return Bracket::Implicit;
            }
            (_, Some("with")) => {
                return operator.map_or(Bracket::Group, Bracket::Options);
            }
            _ => {}
        }
        let touches =
            opener.checked_sub(1).and_then(|place| self.tokens.get(place)).is_some_and(|token| {
                Some(token.span.end) == self.tokens.get(opener).map(|open| open.span.start)
            });
        match before {
            Some(word) if touches && construct(word).is_none() => Bracket::Call(word),
            _ if name == "partition" => Bracket::Implicit,
            _ => Bracket::Group,
        }
    }

    /// The operator that the last part of a level is about; `None` in front of the first bar, unless
    /// an operator stands there.
    pub(super) fn operator(&self, level: &Level) -> Option<&'static Construct> {
        construct(self.word(level.part())?)
    }

    /// The place of a word such as `by` or `on` in the last part of a level, outside its brackets.
    pub(super) fn clause(&self, level: &Level, word: &str) -> Option<usize> {
        let mut depth = 0;
        let mut found = None;
        for place in level.part() + 1..self.tokens.len() {
            match self.tokens.get(place).map(|token| token.kind) {
                Some(TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace) => {
                    depth += 1;
                }
                Some(TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace) => {
                    depth -= 1;
                }
                _ if depth == 0 && self.word(place) == Some(word) => found = Some(place),
                _ => {}
            }
        }
        found
    }

    /// Names of `let` before the cursor, each with whether it is a function.
    pub(super) fn lets(&self) -> Vec<(&'t str, bool)> {
        let mut lets = Vec::new();
        for place in 0..self.tokens.len() {
            let is_let = self.word(place) == Some("let")
                && self.tokens.get(place + 2).is_some_and(|token| token.kind == TokenKind::Equal);
            if let (true, Some(name)) = (is_let, self.word(place + 1)) {
                let function = match self.tokens.get(place + 3).map(|token| token.kind) {
                    Some(TokenKind::OpenParen) => self.is_function(place + 3),
                    _ => self.word(place + 3) == Some("view"),
                };
                lets.push((name, function));
            }
        }
        lets
    }

    /// Whether a `{` follows the parenthesis that opens here.
    fn is_function(&self, opener: usize) -> bool {
        let mut depth = 0;
        for place in opener..self.tokens.len() {
            match self.tokens.get(place).map(|token| token.kind) {
                Some(TokenKind::OpenParen) => depth += 1,
                Some(TokenKind::CloseParen) => {
                    depth -= 1;
                    if depth == 0 {
                        let next = self.tokens.get(place + 1).map(|token| token.kind);
                        return next == Some(TokenKind::OpenBrace);
                    }
                }
                _ => {}
            }
        }
        false
    }
}

impl Level {
    const fn new(opener: Option<usize>, first: usize) -> Self {
        Self { opener, statement: first, first, bar: None, commas: 0 }
    }

    /// Where the last part of the pipe begins.
    pub(super) fn part(&self) -> usize {
        self.bar.map_or(self.first, |bar| bar + 1)
    }
}

/// Words in any dress.
pub(super) const fn is_word(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Word | TokenKind::DashedWord | TokenKind::SignedWord | TokenKind::Bool
    )
}

/// Takes off the word at the end, with a `hint.` that it belongs to.
fn pop_typed(text: &str, tokens: &mut Vec<Token>, end: u32) -> Span {
    let mut typed = match tokens.last() {
        Some(last) if last.span.end == end && is_word(last.kind) => last.span,
        _ => Span::new(end, end),
    };
    if !typed.is_empty() {
        tokens.pop();
    }
    if let [.., word, dot] = tokens.as_slice()
        && dot.kind == TokenKind::Dot
        && dot.span.end == typed.start
        && text.get(word.span.range()) == Some("hint")
    {
        typed = word.span.to(typed);
        tokens.truncate(tokens.len() - 2);
    }
    typed
}
