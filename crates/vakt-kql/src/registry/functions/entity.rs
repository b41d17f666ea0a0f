//! Tables, databases and clusters by their names.

use super::super::function::Family::Entity as F;
use super::super::function::Function;
use super::super::function::NullRule::{Answers, Keeps};
use super::super::function::Volatility::Stable;
use super::super::kit::{STRINGS, o, p, pure, scalar, t};
use super::super::signature::ParameterType::Tabular;
use super::super::signature::{Entity, Returns};
use crate::types::ScalarType::{Bool, Long, String, Timespan};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    scalar(F, "cluster", &[o(&[t("name", String)], Returns::Entity(Entity::Cluster))],
        "Another cluster by its name or address.").nulls(Keeps).lasting(Stable),
    scalar(F, "database", &[o(&[t("name", String).optional()], Returns::Entity(Entity::Database))],
        "A database by its name, of this cluster or of the one before the dot.")
        .nulls(Keeps).lasting(Stable),
    scalar(F, "table", &[o(&[
        t("name", String), t("query_data_scope", String).optional(),
    ], Returns::Entity(Entity::Table))],
        "A table by its name, also one whose name is no identifier.").nulls(Keeps).lasting(Stable),
    scalar(F, "external_table", &[
        o(&[
            t("name", String), t("mapping", String).optional(),
        ], Returns::Entity(Entity::ExternalTable)),
        o(&[t("name", String), t("max_age", Timespan)], Returns::Entity(Entity::ExternalTable)),
    ],
        "An external table by its name.").nulls(Keeps).lasting(Stable),
    scalar(F, "materialized_view", &[o(&[
        t("name", String), t("max_age", Timespan).optional(),
    ], Returns::Entity(Entity::MaterializedView))],
        "The kept result of a materialized view.").nulls(Keeps).lasting(Stable),
    scalar(F, "entity_group", &[o(&[t("name", String)], Returns::Entity(Entity::EntityGroup))],
        "A stored group of databases by its name.").nulls(Keeps).lasting(Stable),
    scalar(F, "stored_query_result", &[
        o(&[t("name", String)], Returns::Entity(Entity::StoredQueryResult)),
        o(&[t("name", String), t("index", Long)], Returns::Entity(Entity::StoredQueryResult)),
        o(&[
            t("name", String), t("table_name", String),
        ], Returns::Entity(Entity::StoredQueryResult)),
    ],
        "A result that was stored before, by its name.").nulls(Keeps).lasting(Stable),
    scalar(F, "graph", &[
        o(&[t("name", String), t("snapshot", String).optional()], Returns::Entity(Entity::Graph)),
        o(&[t("name", String), t("volatile", Bool)], Returns::Entity(Entity::Graph)),
    ],
        "A stored graph model, or a snapshot of it, by its name.").nulls(Keeps).lasting(Stable),
    pure(F, "column_names_of", &[o(&[p("table", Tabular)], STRINGS)],
        "The names of the columns of a table, as an array.").nulls(Answers).lasting(Stable),
];
