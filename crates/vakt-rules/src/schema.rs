//! Reads a file of tables into a catalog.
//!
//! `{"tables": {NAME: {"columns": [[NAME, TYPE], …]}}, "aliases": {OLD: NAME},
//! "columnAliases": {ALIAS: COLUMN}}`. A table may also be the list of its columns alone, and a column
//! an object of `name` and `type`. Other members are for other readers.

use std::fmt;

use serde_json::Value;
use vakt_kql::catalog::{Catalog, CatalogBuilder};
use vakt_kql::types::ScalarType;

/// What is wrong with such a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaProblem(String);

impl fmt::Display for SchemaProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SchemaProblem {}

/// The catalog of a file's text. The functions of advanced hunting are in it too.
///
/// ```
/// let text = r#"{"tables": {"Sign": {"columns": [["Who", "string"]]}}, "aliases": {"Old": "Sign"}}"#;
/// let catalog = vakt_rules::read_schema(text)?;
/// assert!(catalog.table("Old").is_some_and(|table| table.column("Who").is_some()));
/// # Ok::<(), vakt_rules::SchemaProblem>(())
/// ```
pub fn read_schema(text: &str) -> Result<Catalog, SchemaProblem> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| SchemaProblem(format!("it is not JSON: {error}")))?;
    let tables = value.get("tables").and_then(Value::as_object);
    let tables = tables.ok_or_else(|| SchemaProblem("it has no object `tables`".into()))?;
    let mut builder = CatalogBuilder::new().hunting_functions();
    for (name, table) in tables {
        builder = builder.table(name.as_str(), columns(name, table)?);
    }
    for (old, new) in texts(&value, "aliases")? {
        builder = builder.alias(old, new);
    }
    for (alias, of) in texts(&value, "columnAliases")? {
        builder = builder.column_alias(alias, of);
    }
    Ok(builder.build())
}

fn columns<'v>(name: &str, table: &'v Value) -> Result<Vec<(&'v str, ScalarType)>, SchemaProblem> {
    let columns = table.get("columns").unwrap_or(table).as_array();
    let columns =
        columns.ok_or_else(|| SchemaProblem(format!("table `{name}` has no list `columns`")))?;
    columns.iter().map(|one| column(name, one)).collect()
}

fn column<'v>(table: &str, column: &'v Value) -> Result<(&'v str, ScalarType), SchemaProblem> {
    let name_and_type = match column {
        Value::Array(pair) => (pair.first(), pair.get(1)),
        object => (object.get("name"), object.get("type")),
    };
    let (Some(name), Some(ty)) =
        (name_and_type.0.and_then(Value::as_str), name_and_type.1.and_then(Value::as_str))
    else {
        return Err(SchemaProblem(format!(
            "a column of table `{table}` is no pair of name and type: {column}"
        )));
    };
    let ty = ScalarType::parse(ty).ok_or_else(|| {
        SchemaProblem(format!("column `{name}` of table `{table}` has the unknown type `{ty}`"))
    })?;
    Ok((name, ty))
}

fn texts<'v>(value: &'v Value, member: &str) -> Result<Vec<(&'v str, &'v str)>, SchemaProblem> {
    let pairs: Option<Vec<_>> = match value.get(member) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Object(object)) => {
            object.iter().map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect()
        }
        Some(_) => None,
    };
    pairs.ok_or_else(|| SchemaProblem(format!("`{member}` is no object of names")))
}

#[cfg(test)]
mod tests {
    use super::read_schema;

    #[test]
    fn schemas_say_what_is_wrong_with_them() {
        for (text, expected) in [
            ("{", "it is not JSON: EOF while parsing an object at line 1 column 1"),
            ("{}", "it has no object `tables`"),
            (r#"{"tables": {"T": {}}}"#, "table `T` has no list `columns`"),
            (
                r#"{"tables": {"T": {"columns": [["A"]]}}}"#,
                r#"a column of table `T` is no pair of name and type: ["A"]"#,
            ),
            (
                r#"{"tables": {"T": [{"name": "A", "type": "varchar"}]}}"#,
                "column `A` of table `T` has the unknown type `varchar`",
            ),
            (r#"{"tables": {}, "aliases": ["x"]}"#, "`aliases` is no object of names"),
        ] {
            assert_eq!(read_schema(text).unwrap_err().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn second_names_are_found() {
        let text = r#"{"tables": {"T": [["At", "datetime"]], "U": [{"name": "B", "type": "long"}]},
            "aliases": {"Old": "T"}, "columnAliases": {"When": "At"}}"#;
        let catalog = read_schema(text).unwrap();
        let names = |table: &str| -> Vec<String> {
            let columns = catalog.table(table).unwrap().columns.iter();
            columns.map(|column| column.name.to_string()).collect()
        };
        assert_eq!(names("Old"), ["At", "When"]);
        assert_eq!(names("U"), ["B"]);
    }
}
