//! Functions of `let`: parameters and body.

use super::lists::List;
use super::{K, N, Parser, T};

impl Parser {
    /// Whether `let x =` is followed by a function and not by an expression in parentheses.
    pub(super) fn is_function(&self) -> bool {
        let at = usize::from(self.at_word(K::View));
        if self.kind_at(at) != T::OpenParen {
            return false;
        }
        if matches!(self.kind_at(at + 1), T::CloseParen | T::Star) {
            return true;
        }
        let length = self.given_name_length(at + 1);
        length > 0 && self.kind_at(at + 1 + length) == T::Colon
    }

    /// `view`? Parameters FunctionBody.
    pub(super) fn function(&mut self) {
        let since = self.begin();
        self.eat_word(K::View);
        self.parameter_list();
        self.function_body(true);
        self.close(since, N::Function);
    }

    pub(super) fn parameter_list(&mut self) {
        let since = self.begin();
        self.opening(T::OpenParen, "the parameters");
        self.list(List::of("a parameter as `name: type`", Self::parameter));
        self.closing(T::CloseParen);
        self.close(since, N::Parameters);
    }

    /// `{` statements, expression `}`. Bodies of patterns hold no declarations.
    pub(super) fn function_body(&mut self, declarations: bool) {
        if !self.enter() {
            return;
        }
        let since = self.begin();
        if !self.opening(T::OpenBrace, "the body of the function") {
            self.closed(T::OpenBrace);
            self.close(since, N::FunctionBody);
            return self.leave();
        }
        loop {
            if self.at_word(K::Let) {
                self.let_statement();
            } else if declarations && self.at_word(K::Declare) {
                self.declare_statement();
            } else {
                break;
            }
            self.expect(T::Semicolon, ";", "end the statement with `;`");
        }
        let expression = self.begin();
        if self.pipe() {
            self.close(expression, N::ExpressionStatement);
        }
        self.eat(T::Semicolon);
        self.closing(T::CloseBrace);
        self.close(since, N::FunctionBody);
        self.leave();
    }
}
