//! What is wrong, in our words, with the cure. Codes are those of Kusto's analyzer.

use super::Binder;
use crate::catalog::Column;
use crate::diagnostic::{PROBLEMS_COUNT_MAX, Problem, Severity, Stage};
use crate::registry::nearest;
use crate::syntax::tree::Span;

impl Binder<'_> {
    /// An error of binding.
    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(code, Severity::Error, span, (message.into(), help.into()));
    }

    /// A warning of binding.
    pub(crate) fn warning(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(code, Severity::Warning, span, (message.into(), help.into()));
    }

    /// A better way to write it.
    pub(crate) fn hint(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(code, Severity::Hint, span, (message.into(), help.into()));
    }

    fn report(
        &mut self,
        code: &'static str,
        severity: Severity,
        span: Span,
        (message, help): (String, String),
    ) {
        // a function called twice says what is wrong in it once
        if self.is_heard(code, span) {
            let stage = Stage::Bind;
            self.problems.push(Problem { code, severity, stage, span, message, help });
        }
    }

    /// The query is too deep or too long to be bound; said once.
    pub(crate) fn too_much(&mut self, span: Span) {
        if self.problems.iter().any(|problem| problem.code == "VK301") {
            return;
        }
        self.error(
            "VK301",
            span,
            "the query is nested too deeply, its functions call one another too often, or its \
             operators have too many columns",
            "Split it with `let`, call functions fewer times within one another, and `project` \
             only the columns that are used.",
        );
    }

    /// Whether a problem of this code at this place would be told; what it says need not be made up
    /// where not.
    pub(crate) fn is_heard(&self, code: &str, span: Span) -> bool {
        let known = |problem: &Problem| problem.code == code && problem.span == span;
        self.muted == 0
            && self.problems.len() < PROBLEMS_COUNT_MAX
            && !self.problems.iter().any(known)
    }

    /// A value where rows are wanted.
    pub(crate) fn not_rows(&mut self, span: Span) {
        let help = "Write a table, a tabular `let`, or a query in parentheses.";
        self.error("KS111", span, "rows are wanted here, this is a value", help);
    }

    /// A column that must be there is not.
    pub(crate) fn unknown_column(&mut self, name: &str, span: Span, columns: &[Column]) {
        if !self.is_heard("KS142", span) {
            return;
        }
        let names = columns.iter().map(|column| &*column.name);
        let help = did_you_mean(name, names)
            .unwrap_or_else(|| "Write a column of the input; `getschema` lists them.".to_owned());
        self.error("KS142", span, format!("there is no column `{name}` here"), help);
    }

    /// Two columns are given one name.
    pub(crate) fn duplicate_column(&mut self, name: &str, span: Span) {
        self.error(
            "KS171",
            span,
            format!("the column `{name}` is there twice"),
            format!("Give one of them another name: `{name}2 = …`."),
        );
    }
}

/// "Did you mean" for a name that is not there.
pub(crate) fn did_you_mean<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    nearest(name, known).map(|near| format!("Did you mean `{near}`?"))
}
