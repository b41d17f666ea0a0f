//! What the query runs on, and for whom.

use super::super::function::Family::Context as F;
use super::super::function::Function;
use super::super::function::NullRule::Answers;
use super::super::function::ResultName::PrefixOnly;
use super::super::function::Volatility::{Stable, Volatile};
use super::super::kit::{STRINGS, field, o, p, scalar, t, to};
use super::super::signature::ParameterType::{Scalar, StringOrArray};
use super::super::signature::{Declared, Field, REPEATS_COUNT_MAX as MANY, Returns};
use crate::types::ScalarType::{Bool, Datetime, Dynamic, Guid, Long, String};

#[rustfmt::skip]
const PRINCIPAL: &[Field] = &[
    field("UserPrincipalName", String),
    field("IdentityProvider", String),
    field("Authority", String),
    field("Mfa", String),
    field("Type", String),
    field("DisplayName", String),
    field("ObjectId", String),
    field("FQN", String),
    field("Notes", String),
];

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    scalar(F, "current_cluster_endpoint", &[to(&[], String)],
        "The address of the cluster that runs the query.").nulls(Answers).lasting(Stable),
    scalar(F, "current_database", &[to(&[], String)],
        "The name of the database in scope.").nulls(Answers).lasting(Stable),
    scalar(F, "current_principal", &[to(&[], String)],
        "Who runs the query.").nulls(Answers).lasting(Stable),
    scalar(F, "current_principal_details", &[o(&[], Returns::Declared(Declared::Bag(PRINCIPAL)))],
        "What is known of who runs the query, as a bag.").nulls(Answers).lasting(Stable),
    scalar(F, "current_principal_is_member_of", &[to(&[
        p("group", StringOrArray).times(1, 64),
    ], Bool).repeating()],
        "True if who runs the query is in any of the groups.").nulls(Answers).lasting(Stable),
    scalar(F, "extent_id", &[to(&[], Guid)],
        "The id of the piece of storage that holds the row.").nulls(Answers).lasting(Stable),
    scalar(F, "extentid", &[to(&[], Guid)],
        "The old name of `extent_id`.").instead("extent_id").nulls(Answers).lasting(Stable),
    scalar(F, "extent_tags", &[o(&[], STRINGS)],
        "The tags of the piece of storage that holds the row, as an array.")
        .nulls(Answers).lasting(Stable),
    scalar(F, "current_node_id", &[to(&[], String)],
        "The id of the node that runs this part of the query.")
        .not_offered().nulls(Answers).lasting(Stable),
    scalar(F, "ingestion_time", &[to(&[], Datetime)],
        "When the row came in, null where that is not kept.")
        .prefixed(PrefixOnly, "$IngestionTime").nulls(Answers).lasting(Stable),
    scalar(F, "row_id", &[to(&[], String)],
        "The id of the row within its table.").nulls(Answers).lasting(Stable),
    scalar(F, "cursor_after", &[to(&[t("cursor", String)], Bool)],
        "True for rows that came in after a cursor.").nulls(Answers).lasting(Stable),
    scalar(F, "cursor_before_or_at", &[to(&[t("cursor", String)], Bool)],
        "True for rows that came in before a cursor or at it.").nulls(Answers).lasting(Stable),
    scalar(F, "cursor_current", &[to(&[], String)],
        "The cursor of this moment.").nulls(Answers).lasting(Stable),
    scalar(F, "current_cursor", &[to(&[], String)],
        "The old name of `cursor_current`.")
        .instead("cursor_current").nulls(Answers).lasting(Stable),
    scalar(F, "rowstore_ordinal_range", &[to(&[], Dynamic)],
        "The places of the row in the store of rows.").not_offered().nulls(Answers).lasting(Stable),
    scalar(F, "estimate_data_size", &[
        to(&[p("column", Scalar).column().times(1, MANY)], Long).repeating(),
        to(&[p("column", Scalar).star_only()], Long),
    ],
        "About how many bytes the columns of the row take.").nulls(Answers),
    scalar(F, "new_guid", &[to(&[], Guid)], "A new guid.").nulls(Answers).lasting(Volatile),
];
