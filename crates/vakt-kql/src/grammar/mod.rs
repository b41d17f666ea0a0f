//! Tokens to tree, by recursive descent: one function per production, which gives whether it read
//! anything. What is accepted is what the reference grammar accepts; what is not gets one problem
//! where it begins, and reading goes on at the next `|`, `;` or closing bracket.

mod entities;
mod expressions;
mod flow;
mod functions;
mod graphs;
mod lists;
mod literals;
mod names;
mod operators;
mod parameters;
mod primaries;
mod recovery;
mod scans;
mod schemas;
mod series;
mod sources;
mod statements;
mod tables;

use crate::cures;
use crate::diagnostic::{PROBLEMS_COUNT_MAX, Problem, Severity, Stage};
use crate::lex::keyword::{Keyword as K, Place};
use crate::lex::{Lexed, Mark, lex};
use crate::syntax::kinds::{NodeKind as N, TokenKind as T};
use crate::syntax::tree::{Checkpoint, Span, TokenId, Tree, TreeBuilder};

/// Deepest nesting of parentheses, subqueries and function bodies in one another: deeper text is a
/// mistake or an attack, and recursion must stay bounded. Chains (`a or b or …`, `| … | …`) do not
/// count: they are as long as the text.
pub const QUERY_NESTING_DEPTH_MAX: usize = 200;
/// Productions that one nesting may pass through on its way down.
const PRODUCTIONS_PER_NESTING: usize = 2;
/// Longest text of a query. Kusto's own limit is 2,000,000 characters.
pub const QUERY_LENGTH_BYTES_MAX: usize = 2_000_000;
/// Most words, values and signs of a query, so that the densest is answered within 100 ms. A list of
/// 32,768 values has 65,536.
pub const QUERY_TOKENS_COUNT_MAX: usize = 200_000;

/// What is wrong so many tokens after a problem follows from it, unless `|` or `;` is between them.
const FOLLOWING_TOKENS_MAX: usize = 2;

/// Whether a word is an operator that stands behind `|`.
pub(crate) fn is_operator(word: &str) -> bool {
    tables::OPERATORS.contains(&word)
}

/// Reads a whole text. One that is too long is not read at all.
pub(crate) fn parse(text: &str) -> (Tree, Vec<Problem>) {
    let (lexed, refusal) = match read_tokens(text) {
        Ok(lexed) => (lexed, None),
        Err(refusal) => (lex("", 0), Some(refusal)),
    };
    let mut parser = Parser::new(text.to_owned(), lexed);
    if let Some(message) = refusal {
        parser.tell("VK002", Span::new(0, 0), message, "move long lists of values to a table");
    }
    parser.query();
    parser.finish()
}

/// The tokens, or why they are too many.
fn read_tokens(text: &str) -> Result<Lexed, String> {
    let bytes = text.len();
    if bytes > QUERY_LENGTH_BYTES_MAX {
        return Err(format!(
            "the query has {bytes} bytes; at most {QUERY_LENGTH_BYTES_MAX} are read"
        ));
    }
    let lexed = lex(text, QUERY_TOKENS_COUNT_MAX);
    if lexed.tokens.len() > QUERY_TOKENS_COUNT_MAX + 1 {
        return Err(format!(
            "the query has more than {QUERY_TOKENS_COUNT_MAX} words, values and signs; no more are read"
        ));
    }
    Ok(lexed)
}

/// Where the grammar is in the tokens, and the tree so far.
struct Parser {
    builder: TreeBuilder,
    marks: Vec<Mark>,
    pos: usize,
    depth: usize,
    problems: Vec<Problem>,
    /// The token that a problem was told at last.
    told_at: Option<usize>,
    /// Nothing more is told until the next `|` or `;`.
    quiet: bool,
    /// Open parentheses, brackets and braces around this place.
    open: [usize; 3],
    /// The parentheses that hold a query, once somebody asked.
    queries: Option<Vec<usize>>,
}

impl Parser {
    fn new(text: String, lexed: Lexed) -> Self {
        Self {
            builder: TreeBuilder::new(text, lexed.tokens),
            marks: lexed.marks,
            pos: 0,
            depth: 0,
            problems: lexed.problems,
            told_at: None,
            quiet: false,
            open: [0; 3],
            queries: None,
        }
    }

    fn finish(mut self) -> (Tree, Vec<Problem>) {
        self.problems.sort_by_key(|problem| problem.span.start);
        self.problems.truncate(PROBLEMS_COUNT_MAX);
        let tree = self.builder.finish();
        cures::refine_parsed(&tree, &mut self.problems);
        (tree, self.problems)
    }

    // ---- looking ------------------------------------------------------------------------------

    fn mark_at(&self, offset: usize) -> Mark {
        let end = Mark { kind: T::EndOfText, word: K::No, place: Place::Anywhere };
        self.marks.get(self.pos + offset).copied().unwrap_or(end)
    }

    fn kind(&self) -> T {
        self.mark_at(0).kind
    }

    fn kind_at(&self, offset: usize) -> T {
        self.mark_at(offset).kind
    }

    fn word(&self) -> K {
        self.mark_at(0).word
    }

    fn word_at(&self, offset: usize) -> K {
        self.mark_at(offset).word
    }

    fn at(&self, kind: T) -> bool {
        self.kind() == kind
    }

    fn at_word(&self, word: K) -> bool {
        self.word() == word
    }

    fn at_end(&self) -> bool {
        self.at(T::EndOfText)
    }

    /// Where the token at an offset is.
    fn span_at(&self, offset: usize) -> Span {
        let tokens = self.builder.tokens();
        let token = tokens.get(self.pos + offset).or_else(|| tokens.last());
        token.map_or(Span::default(), |token| token.span)
    }

    /// The end of the token before.
    fn last_end(&self) -> u32 {
        let before = self.pos.checked_sub(1).and_then(|before| self.builder.tokens().get(before));
        before.map_or(0, |token| token.span.end)
    }

    fn slice(&self, span: Span) -> &str {
        self.builder.text().get(span.range()).unwrap_or_default()
    }

    fn text_at(&self, offset: usize) -> &str {
        self.slice(self.span_at(offset))
    }

    fn text(&self) -> &str {
        self.text_at(0)
    }

    /// Whether nothing is between the token at an offset and the one before it.
    fn is_glued(&self, offset: usize) -> bool {
        let before = (self.pos + offset).checked_sub(1);
        let before = before.and_then(|before| self.builder.tokens().get(before));
        before.is_some_and(|before| before.span.end == self.span_at(offset).start)
    }

    /// Whether a line begins between the token before and this one.
    fn is_first_on_line(&self) -> bool {
        let between = Span::new(self.last_end(), self.span_at(0).start);
        self.pos == 0 || self.slice(between).contains('\n')
    }

    // ---- taking -------------------------------------------------------------------------------

    /// Takes the token into the node that is being built.
    fn bump(&mut self) {
        if self.at_end() {
            return;
        }
        self.take();
    }

    fn take(&mut self) {
        match self.kind() {
            T::Bar | T::Semicolon => {
                self.quiet = false;
                self.told_at = None;
            }
            _ => {}
        }
        self.builder.token(TokenId(u32::try_from(self.pos).unwrap_or(u32::MAX)));
        self.pos += 1;
    }

    fn eat(&mut self, kind: T) -> bool {
        let found = self.at(kind);
        if found {
            self.bump();
        }
        found
    }

    fn eat_word(&mut self, word: K) -> bool {
        let found = self.at_word(word);
        if found {
            self.bump();
        }
        found
    }

    // ---- building -----------------------------------------------------------------------------

    fn begin(&self) -> Checkpoint {
        self.builder.checkpoint()
    }

    fn close(&mut self, since: Checkpoint, kind: N) {
        let here = self.last_end();
        self.builder.close(since, kind, here);
    }

    fn bump_as(&mut self, kind: N) {
        let since = self.begin();
        self.bump();
        self.close(since, kind);
    }

    fn missing(&mut self) {
        let since = self.begin();
        self.close(since, N::Missing);
    }

    // ---- telling ------------------------------------------------------------------------------

    fn tell(&mut self, code: &'static str, span: Span, message: String, help: &str) {
        if !self.is_heard() {
            return;
        }
        self.told_at = Some(self.pos);
        if self.at(T::Bad) && self.problems.iter().any(|told| told.code == "KS002") {
            return;
        }
        let help = help.to_owned();
        let (severity, stage) = (Severity::Error, Stage::Parse);
        self.problems.push(Problem { code, severity, stage, span, message, help });
    }

    /// Whether a problem here would be told; where not, its words need not be made up.
    fn is_heard(&self) -> bool {
        let follows = |told: usize| self.pos <= told + FOLLOWING_TOKENS_MAX;
        let follows = self.told_at.is_some_and(follows);
        !self.quiet && !follows && self.problems.len() < 2 * PROBLEMS_COUNT_MAX
    }

    /// The token here as it is shown in a message.
    fn found(&self) -> String {
        if self.at_end() {
            return "the end of the query".to_owned();
        }
        let text = self.text();
        let line = text.lines().next().unwrap_or_default();
        let shown: String = line.chars().take(40).collect();
        if shown.len() < text.len() { format!("`{shown}…`") } else { format!("`{shown}`") }
    }

    /// Where a problem with the token here is shown: the token, or the end of what is before it.
    fn here(&self) -> Span {
        if self.at_end() { Span::new(self.last_end(), self.last_end()) } else { self.span_at(0) }
    }

    /// Something must be here and is not: told, and marked in the tree.
    fn want(&mut self, what: &str, help: &str) {
        if self.is_heard() {
            let message = format!("expected {what}, found {}", self.found());
            self.tell_wanted("KS006", message, help);
        }
        self.missing();
    }

    fn tell_wanted(&mut self, code: &'static str, message: String, help: &str) {
        let here = self.here();
        if self.mark_at(0).place != Place::Anywhere && self.is_word_here() && self.is_name_like() {
            let help = format!("write `['{}']` if it is meant as a name", self.text());
            self.tell(code, here, message, &help);
        } else {
            self.tell(code, here, message, help);
        }
    }

    fn expect(&mut self, kind: T, text: &str, help: &str) -> bool {
        let found = self.eat(kind);
        if !found {
            let message = format!("expected `{text}`, found {}", self.found());
            self.tell("KS005", self.here(), message, help);
        }
        found
    }

    fn expect_word(&mut self, word: K, text: &str, help: &str) -> bool {
        let found = self.eat_word(word);
        if !found {
            let message = format!("expected `{text}`, found {}", self.found());
            self.tell("KS005", self.here(), message, help);
        }
        found
    }

    // ---- bounds -------------------------------------------------------------------------------

    /// Goes one production down, unless that is too deep: then the rest is skipped.
    fn enter(&mut self) -> bool {
        self.depth += 1;
        if self.depth <= QUERY_NESTING_DEPTH_MAX * PRODUCTIONS_PER_NESTING {
            return true;
        }
        self.depth -= 1;
        if self.at_end() {
            return false;
        }
        let message =
            format!("the query is nested deeper than {QUERY_NESTING_DEPTH_MAX} levels here");
        self.tell("VK001", self.here(), message, "name inner parts with `let`");
        self.quiet = true;
        let since = self.begin();
        while !self.at_end() {
            self.take();
            self.quiet = true;
        }
        self.close(since, N::Error);
        false
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }
}
