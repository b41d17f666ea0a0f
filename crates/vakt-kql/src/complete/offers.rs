//! The lists from which a place is served.

use super::context::Context;
use super::place::Place;
use super::{COMPLETIONS_COUNT_MAX, Completion, CompletionKind};
use crate::catalog::{Catalog, CatalogFunction, CatalogFunctionKind, Column};
use crate::registry::{
    CONSTRUCTS, Construct, ConstructKind, Function, FunctionKind, OPERATORS, OperatorKind, find,
    functions,
};

/// The types that may be written.
const TYPES: &[&str] = &[
    "bool", "datetime", "decimal", "dynamic", "guid", "int", "long", "real", "string", "timespan",
];

/// Words that follow the values of an operator.
const CLAUSES: &[(&str, &[&str])] = &[
    ("find", &["where", "project"]),
    ("make-series", &["default", "on", "from", "to", "step", "by"]),
    ("mv-apply", &["to", "limit", "on"]),
    ("mv-expand", &["to", "limit"]),
    ("parse", &["with"]),
    ("parse-kv", &["as"]),
    ("parse-where", &["with"]),
    ("project-reorder", &["asc", "desc", "granny-asc", "granny-desc"]),
    ("range", &["from", "to", "step"]),
    ("reduce", &["with"]),
    ("sample-distinct", &["of"]),
    ("sort", &["asc", "desc", "nulls first", "nulls last"]),
    ("summarize", &["by"]),
    ("top", &["by", "asc", "desc", "nulls first", "nulls last"]),
    ("top-hitters", &["of", "by"]),
    ("top-nested", &["of", "by", "asc", "desc"]),
];

/// Collects what is offered.
pub(super) struct Offers<'c> {
    context: &'c Context<'c>,
    catalog: &'c Catalog,
    typed: String,
    found: Vec<Completion>,
}

impl<'c> Offers<'c> {
    pub(super) fn new(context: &'c Context<'c>, catalog: &'c Catalog) -> Self {
        let typed = context.text.get(context.typed.range()).unwrap_or_default().to_lowercase();
        Self { context, catalog, typed, found: Vec::new() }
    }

    /// In order: by kind, as a place asked for them, then as the lists have them.
    pub(super) fn finish(mut self) -> Vec<Completion> {
        self.found.truncate(COMPLETIONS_COUNT_MAX);
        self.found
    }

    /// All that fits a place.
    pub(super) fn at(&mut self, place: Place<'_>) {
        match place {
            Place::Nothing => {}
            Place::Statement => {
                self.rows();
                self.constructs(ConstructKind::Statement);
            }
            Place::Rows(operator) => {
                self.options(operator);
                self.rows();
            }
            Place::LetValue => {
                self.rows();
                self.functions_and_literals();
            }
            Place::Operator => self.constructs(ConstructKind::Operator),
            Place::Values(words) => self.words(words, CompletionKind::Value),
            Place::Options(operator) => self.options(Some(operator)),
            Place::Plugin(operator) => {
                self.options(Some(operator));
                self.registered(FunctionKind::Plugin);
            }
            Place::Invoked => self.invoked(),
            Place::Type => self.words(TYPES, CompletionKind::Type),
            Place::Columns(operator) => {
                self.columns();
                self.options(Some(operator));
            }
            Place::Value { aggregates, options } => {
                self.values(aggregates);
                if options.is_some_and(|operator| operator.name == "summarize") {
                    self.words(&["by"], CompletionKind::Keyword);
                }
                self.options(options);
            }
            Place::Argument { function, number, aggregates } => {
                self.parameter(function, number);
                self.values(aggregates && find(FunctionKind::Aggregate, function).is_none());
            }
            Place::Item => {
                self.values(false);
                self.tables();
            }
            Place::On { depth, on } => self.on(depth, on),
            Place::AfterValue(operator) => self.after_value(operator),
            Place::Words(words) => self.words(words, CompletionKind::Keyword),
        }
    }

    fn offer(
        &mut self,
        label: &str,
        kind: CompletionKind,
        detail: impl Into<String>,
        insert: String,
    ) {
        let begins =
            label.get(..self.typed.len()).is_some_and(|start| start.to_lowercase() == self.typed);
        let inside = self.typed.len() > 2 && label.to_lowercase().contains(&self.typed);
        if (begins || inside) && !self.found.iter().any(|other| other.label == label) {
            let (detail, replace) = (detail.into(), self.context.typed);
            self.found.push(Completion { label: label.to_owned(), kind, detail, insert, replace });
        }
    }

    fn words(&mut self, words: &[&str], kind: CompletionKind) {
        for word in words {
            self.offer(word, kind, "", (*word).to_owned());
        }
    }

    fn rows(&mut self) {
        self.lets();
        self.tables();
        for function in self.catalog.functions() {
            if function.kind == CatalogFunctionKind::Source {
                self.catalog_function(function);
            }
        }
        self.constructs(ConstructKind::Source);
        for row in CONSTRUCTS.iter().filter(|row| row.begins && !row.hidden) {
            self.construct(row, CompletionKind::Statement);
        }
    }

    fn tables(&mut self) {
        for table in self.catalog.tables() {
            let detail = format!("{} columns", table.columns.len());
            self.offer(&table.name, CompletionKind::Table, detail, bracketed(&table.name));
        }
    }

    fn lets(&mut self) {
        for (name, function) in self.context.lets() {
            let insert = if function { format!("{name}(") } else { name.to_owned() };
            self.offer(name, CompletionKind::Let, "let", insert);
        }
    }

    fn constructs(&mut self, kind: ConstructKind) {
        let shown = match kind {
            ConstructKind::Operator => CompletionKind::Operator,
            _ => CompletionKind::Statement,
        };
        for row in CONSTRUCTS.iter().filter(|row| row.kind == kind && !row.hidden) {
            self.construct(row, shown);
        }
    }

    fn construct(&mut self, row: &'static Construct, kind: CompletionKind) {
        for name in [row.name].iter().chain(row.spellings) {
            self.offer(name, kind, row.summary, (*name).to_owned());
        }
    }

    fn options(&mut self, operator: Option<&'static Construct>) {
        let Some(operator) = operator else { return };
        for option in operator.options.iter().filter(|option| !option.hidden) {
            let detail = option.describe();
            self.offer(option.name, CompletionKind::Option, detail, format!("{}=", option.name));
        }
    }

    fn registered(&mut self, kind: FunctionKind) {
        for row in functions(kind).filter(|row| !row.hidden) {
            self.function(row);
        }
    }

    fn function(&mut self, row: &'static Function) {
        let kind = match row.kind {
            FunctionKind::Scalar => CompletionKind::Function,
            FunctionKind::Aggregate => CompletionKind::Aggregate,
            FunctionKind::Plugin => CompletionKind::Plugin,
        };
        let detail = row.signatures().into_iter().next().unwrap_or_default();
        let closing = if row.arguments_count_max() == 0 { ")" } else { "" };
        self.offer(row.name, kind, detail, format!("{}({closing}", row.name));
    }

    fn catalog_function(&mut self, function: &CatalogFunction) {
        let insert = format!("{}(", function.name);
        self.offer(&function.name, CompletionKind::CatalogFunction, function.summary, insert);
    }

    fn invoked(&mut self) {
        for (name, function) in self.context.lets() {
            if function {
                self.offer(name, CompletionKind::Let, "let", format!("{name}("));
            }
        }
        for function in self.catalog.functions() {
            if function.kind == CatalogFunctionKind::Enrich {
                self.catalog_function(function);
            }
        }
    }

    fn columns(&mut self) {
        for column in self.context.columns(self.catalog).iter() {
            self.column(column, "");
        }
    }

    fn column(&mut self, column: &Column, before: &str) {
        let insert = format!("{before}{}", bracketed(&column.name));
        let label = format!("{before}{}", column.name);
        self.offer(&label, CompletionKind::Column, column.ty.to_string(), insert);
    }

    fn values(&mut self, aggregates: bool) {
        self.columns();
        self.lets();
        if aggregates {
            self.registered(FunctionKind::Aggregate);
        }
        self.functions_and_literals();
    }

    fn functions_and_literals(&mut self) {
        self.registered(FunctionKind::Scalar);
        self.constructs(ConstructKind::Form);
        for ty in TYPES {
            self.offer(ty, CompletionKind::Type, format!("a {ty} literal"), format!("{ty}("));
        }
    }

    /// The words that this parameter takes.
    fn parameter(&mut self, function: &str, number: usize) {
        for kind in [FunctionKind::Scalar, FunctionKind::Aggregate, FunctionKind::Plugin] {
            let overloads = find(kind, function).map_or(&[][..], |row| row.overloads);
            for overload in overloads {
                let Some(parameter) = overload.parameters.get(number) else { continue };
                for value in parameter.values {
                    self.offer(
                        value,
                        CompletionKind::Value,
                        parameter.name,
                        format!("\"{value}\""),
                    );
                }
            }
        }
    }

    /// Columns that both sides have come first, then `$left` and `$right`.
    fn on(&mut self, depth: usize, on: usize) {
        let left = self.context.columns(self.catalog);
        let right = self.context.right_columns(depth, on, self.catalog);
        let last = self.context.tokens.len().checked_sub(2).and_then(|at| self.context.word(at));
        match last {
            Some("$left") => return left.iter().for_each(|column| self.column(column, "")),
            Some("$right") => return right.iter().for_each(|column| self.column(column, "")),
            _ => {}
        }
        for column in
            left.iter().filter(|column| super::columns::find(&right, &column.name).is_some())
        {
            self.column(column, "");
        }
        self.words(&["$left", "$right"], CompletionKind::Keyword);
    }

    fn after_value(&mut self, operator: Option<&'static Construct>) {
        let clauses = operator.and_then(|operator| {
            CLAUSES.iter().find(|(name, _)| *name == operator.name).map(|(_, words)| *words)
        });
        self.words(clauses.unwrap_or_default(), CompletionKind::Keyword);
        for row in OPERATORS {
            let sign = matches!(
                row.kind,
                OperatorKind::Negate | OperatorKind::Plus | OperatorKind::Search
            );
            if !sign {
                let kind = CompletionKind::ScalarOperator;
                self.offer(row.text, kind, row.summary, row.text.to_owned());
            }
        }
    }
}

/// As it must be written: `['a b']` for what is no identifier.
fn bracketed(name: &str) -> String {
    let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !name.starts_with(|first: char| first.is_ascii_digit());
    if plain {
        name.to_owned()
    } else {
        format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
    }
}
