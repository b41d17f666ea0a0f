//! Lists with commas, as every production has them.

use super::{Parser, T};

/// What a list is made of and where it ends.
#[derive(Clone, Copy)]
pub(super) struct List<'a> {
    /// Reads one element.
    element: fn(&mut Parser) -> bool,
    /// Where the list ends although an element could begin here. A list without it is over after an
    /// element that no comma follows.
    ends: Option<fn(&Parser) -> bool>,
    /// The element in words, for messages: `a column`.
    what: &'a str,
    help: Option<&'a str>,
    required: Required,
    trailing: Trailing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Required {
    Yes,
    No,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Trailing {
    Allowed,
    Refused,
}

impl<'a> List<'a> {
    /// Any number of elements, up to a closing bracket, `|` or `;`.
    pub(super) fn of(what: &'a str, element: fn(&mut Parser) -> bool) -> Self {
        let ends: Option<fn(&Parser) -> bool> = Some(Parser::at_list_end);
        let (required, trailing) = (Required::No, Trailing::Refused);
        Self { element, ends, what, help: None, required, trailing }
    }

    /// What to do where an element is missing.
    pub(super) fn help(self, help: &'a str) -> Self {
        Self { help: Some(help), ..self }
    }

    /// One or more.
    pub(super) fn required(self) -> Self {
        Self { required: Required::Yes, ..self }
    }

    /// A comma after the last element is taken.
    pub(super) fn trailing(self) -> Self {
        Self { trailing: Trailing::Allowed, ..self }
    }

    pub(super) fn until(self, ends: fn(&Parser) -> bool) -> Self {
        Self { ends: Some(ends), ..self }
    }

    pub(super) fn open_ended(self) -> Self {
        Self { ends: None, ..self }
    }
}

impl Parser {
    pub(super) fn at_list_end(&self) -> bool {
        matches!(
            self.kind(),
            T::CloseParen | T::CloseBracket | T::CloseBrace | T::Bar | T::Semicolon | T::EndOfText
        )
    }

    pub(super) fn list(&mut self, list: List<'_>) {
        let mut found = self.list_element(list);
        if !found && (self.at(T::Comma) || list.required == Required::Yes) {
            self.want_element(list, "");
            found = self.at(T::Comma);
        }
        let mut told = false;
        while found {
            if self.eat(T::Comma) {
                found = self.list_element(list);
                if !found && list.trailing == Trailing::Refused {
                    self.want_element(list, " after `,`");
                    found = self.at(T::Comma);
                }
                continue;
            }
            if self.is_list_over(list) {
                return;
            }
            // A comma is missing, or what follows is not part of the list.
            let (before, place) = (self.pos, self.here());
            let message = format!("expected `,` before {}", self.found());
            found = self.list_element(list);
            if found && !told {
                told = true;
                let after = std::mem::replace(&mut self.pos, before);
                let help = "put `,` between the elements of a list, or `//` before a comment";
                self.tell("KS005", place, message, help);
                self.pos = after;
            }
        }
    }

    fn list_element(&mut self, list: List<'_>) -> bool {
        !list.ends.is_some_and(|ends| ends(self)) && (list.element)(self)
    }

    fn is_list_over(&self, list: List<'_>) -> bool {
        let Some(ends) = list.ends else { return true };
        ends(self) || self.at_end() || self.at_operator()
    }

    fn want_element(&mut self, list: List<'_>, place: &str) {
        let what = format!("{}{place}", list.what);
        match list.help {
            Some(help) => self.want(&what, help),
            None => self.want(&what, &format!("add {}", list.what)),
        }
    }
}
