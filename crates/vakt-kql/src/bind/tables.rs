//! Rows, databases and clusters by functions: `table("T")`, `database("x").T`.

use std::sync::Arc;

use super::literals::name_of;
use super::overloads::{Any, Arg};
use super::scope::{Entity, Symbol};
use super::{Binder, RowScope, broken_rows, broken_value};
use crate::bound::{Rel, RelOp};
use crate::registry;
use crate::syntax::tree::{Node, Span};

impl<'a> Binder<'a> {
    /// `cluster(…)`, `database(…)`, `table(…)` and their like, perhaps behind a dot.
    pub(crate) fn entity_call(
        &mut self,
        entity: registry::Entity,
        arguments: &[Arg<'a>],
        (span, path): (Span, Option<&Entity>),
    ) -> Any {
        let first = arguments.first();
        let at = first.map_or(span, Arg::span);
        let name = first.and_then(Arg::text).map(str::to_owned);
        match entity {
            registry::Entity::Cluster => {
                let name = name.unwrap_or_default();
                if !name.is_empty() {
                    let message = format!("the cluster `{name}` is not known here");
                    self.unknown_entity(
                        ("KS207", true),
                        at,
                        message,
                        "Its columns cannot be checked.",
                    );
                }
                Any::Entity(Entity::Cluster(name.into()))
            }
            registry::Entity::Database => self.database(name, path, (at, arguments.is_empty())),
            registry::Entity::Table => self.table_call(name, path, (span, at)),
            registry::Entity::ExternalTable => {
                self.other_table(("KS209", "external table"), name, (span, at), path)
            }
            registry::Entity::MaterializedView => {
                self.other_table(("KS210", "materialized view"), name, (span, at), path)
            }
            registry::Entity::StoredQueryResult => {
                self.other_table(("KS248", "stored query result"), name, (span, at), path)
            }
            registry::Entity::EntityGroup => {
                let name = name.unwrap_or_default();
                let message = format!("there is no entity group `{name}`");
                self.unknown_entity(("KS247", false), at, message, "Write `entity_group [ … ]`.");
                Any::Entity(Entity::Group(Vec::new()))
            }
            registry::Entity::Graph => {
                let name = name.unwrap_or_default();
                let message = format!("there is no graph `{name}`");
                self.unknown_entity(("KS260", false), at, message, "Make one with `make-graph`.");
                Any::rows(broken_rows(None, span))
            }
        }
    }

    fn unknown_entity(
        &mut self,
        (code, warns): (&'static str, bool),
        span: Span,
        message: String,
        help: &str,
    ) {
        if self.fuzzy {
            self.warning("KS205", span, message, help);
        } else if warns {
            self.warning(code, span, message, help);
        } else {
            self.error(code, span, message, help);
        }
    }

    fn database(
        &mut self,
        name: Option<String>,
        path: Option<&Entity>,
        (at, current): (Span, bool),
    ) -> Any {
        let Some(name) = name else {
            let name = if current { "" } else { "*" };
            return Any::Entity(Entity::Database(name.into()));
        };
        let known = self.databases.iter().any(|own| own.eq_ignore_ascii_case(&name));
        if path.is_none() && !known {
            let message = format!("there is no database `{name}` here");
            let help = "Leave `database(…)` out: all tables are in one database.";
            self.unknown_entity(("KS208", false), at, message, help);
        }
        let name: Arc<str> = if name.is_empty() { "*".into() } else { name.into() };
        Any::Entity(Entity::Database(name))
    }

    fn table_call(
        &mut self,
        name: Option<String>,
        path: Option<&Entity>,
        (span, at): (Span, Span),
    ) -> Any {
        let Some(name) = name else { return Any::rows(broken_rows(None, span)) };
        let here = path.is_none_or(|path| *path == Entity::Database("".into()));
        if !here {
            return Any::rows(broken_rows(None, span));
        }
        if path.is_none() {
            match self.scopes.find(&name).cloned() {
                Some(Symbol::Rows { rows, materialized }) => {
                    return Any::rows(Rel {
                        columns: rows.columns.clone(),
                        span,
                        serialized: rows.serialized,
                        open: rows.open,
                        op: RelOp::Shared { name: name.into(), rows, materialized },
                    });
                }
                Some(Symbol::Function(function)) if function.parameters.is_empty() => {
                    return self.call_function(&function, Vec::new(), span);
                }
                Some(_) => return Any::Value(broken_value(span)),
                None => {}
            }
        }
        if let Some(table) = self.catalog.table(&name) {
            return Any::rows(Rel {
                op: RelOp::Table(table.name.clone()),
                columns: table.columns.clone(),
                open: false,
                ..broken_rows(None, span)
            });
        }
        let matching = name.contains('*') && self.catalog.tables_like(&name).next().is_some();
        if !matching {
            let help = self.catalog.closest_table(&name).map_or_else(
                || "Write the name of a table.".to_owned(),
                |near| format!("Did you mean `{near}`?"),
            );
            let message = format!("there is no table `{name}`");
            self.unknown_entity(("KS204", false), at, message, &help);
        }
        Any::rows(broken_rows(None, span))
    }

    fn other_table(
        &mut self,
        (code, what): (&'static str, &str),
        name: Option<String>,
        (span, at): (Span, Span),
        _path: Option<&Entity>,
    ) -> Any {
        if let Some(name) = name {
            let message = format!("there is no {what} `{name}`");
            self.unknown_entity((code, false), at, message, "Write the name of a table.");
        }
        Any::rows(broken_rows(None, span))
    }

    /// A call behind a database or cluster.
    pub(crate) fn entity_path_call(
        &mut self,
        entity: Entity,
        (node, selector): (Node<'a>, Node<'a>),
        scope: &RowScope<'_>,
    ) -> Any {
        let name = selector.nth(0).map(name_of).unwrap_or_default();
        let arguments = self.arguments(selector, scope, None);
        let entities = match &entity {
            Entity::Cluster(_) => &["database"][..],
            Entity::Database(_) => &[
                "table",
                "external_table",
                "materialized_view",
                "entity_group",
                "stored_query_result",
                "graph",
            ][..],
            Entity::Group(_) => &["database", "table"][..],
        };
        if entities.contains(&&*name)
            && let Some(function) = registry::scalar(&name)
            && let Some(overload) = function.overloads.first()
            && let registry::Returns::Entity(named) = overload.returns
        {
            return self.entity_call(named, &arguments, (node.span(), Some(&entity)));
        }
        if entity == Entity::Database("".into()) {
            let help = "Write it without `database()`.";
            let span = selector.span();
            self.error(
                "KS211",
                span,
                format!("there is no function `{name}` in the database"),
                help,
            );
        }
        Any::rows(broken_rows(None, node.span()))
    }
}
