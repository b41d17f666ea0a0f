//! Schemas of foreign types, for `#[schemars(with = "…")]` on members.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// An instant as it is written: RFC 3339 in UTC.
pub struct Instant;

impl JsonSchema for Instant {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Instant".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}
