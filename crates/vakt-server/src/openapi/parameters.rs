//! What may stand in a query or a path.

use serde_json::{Value, json};

/// A parameter of a query.
#[derive(Debug)]
pub(super) struct Parameter {
    name: &'static str,
    kind: Kind,
    about: &'static str,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Number,
    Flag,
}

pub(super) static FILTER: Parameter = Parameter {
    name: "$filter",
    kind: Kind::Text,
    about: "Conditions on properties, such as `status eq 'Active'`.",
};
pub(super) static TOP: Parameter =
    Parameter { name: "$top", kind: Kind::Number, about: "Rows of a page." };
pub(super) static SKIP: Parameter =
    Parameter { name: "$skip", kind: Kind::Number, about: "Rows to pass over." };
pub(super) static ORDER_BY: Parameter =
    Parameter { name: "$orderby", kind: Kind::Text, about: "A property, then `asc` or `desc`." };
pub(super) static COUNT: Parameter =
    Parameter { name: "$count", kind: Kind::Flag, about: "Adds how many rows there are in all." };
pub(super) static SKIP_TOKEN: Parameter = Parameter {
    name: "$skiptoken",
    kind: Kind::Text,
    about: "A place in the list, from `@odata.nextLink`; nothing to make oneself.",
};

pub(super) static TAG: Parameter = Parameter { name: "tag", kind: Kind::Text, about: "The tag." };
pub(super) static BEGINS: Parameter = Parameter {
    name: "useStartsWithFilter",
    kind: Kind::Flag,
    about: "Also tags that begin with it.",
};
pub(super) static STATUS: Parameter =
    Parameter { name: "status", kind: Kind::Text, about: "Only those that stand there." };
pub(super) static SELECT: Parameter =
    Parameter { name: "$select", kind: Kind::Text, about: "Members to show, with commas." };
pub(super) static EXPAND: Parameter = Parameter {
    name: "$expand",
    kind: Kind::Text,
    about: "`alerts` shows those of each incident.",
};
pub(super) static DELTA_TOKEN: Parameter = Parameter {
    name: "$deltatoken",
    kind: Kind::Text,
    about: "A place in the order of changes, from `@odata.deltaLink`; or `latest`.",
};

impl Parameter {
    pub(super) fn to_json(&self) -> Value {
        let schema = match self.kind {
            Kind::Text => json!({ "type": "string" }),
            Kind::Number => json!({ "type": "integer", "format": "int64", "minimum": 0 }),
            Kind::Flag => json!({ "type": "boolean" }),
        };
        json!({ "name": self.name, "in": "query", "description": self.about, "schema": schema })
    }
}

/// The variable places of a path.
pub(super) fn of_path(path: &str) -> Vec<Value> {
    let name = |segment: &str| {
        let name = segment.strip_prefix('{')?.strip_suffix('}')?;
        Some(json!({
            "name": name,
            "in": "path",
            "required": true,
            "schema": { "type": "string", "minLength": 1 },
        }))
    };
    path.split('/').filter_map(name).collect()
}
