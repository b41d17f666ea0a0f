//! What a query may read: tables with their columns, and the functions of the catalog.
//!
//! [`Catalog::hunting`] is the one of advanced hunting; others are made by [`CatalogBuilder`], for
//! instance from a file that the command read.

use std::sync::{Arc, OnceLock};

use crate::hunting;
use crate::named::Named;
use crate::registry::{Prepared, nearest};
use crate::types::{ScalarType, Type};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, exact: names are case-sensitive.
    pub name: Arc<str>,
    /// Its type, with what is known of the inside of a dynamic.
    pub ty: Type,
    /// A second name of another column (`TimeGenerated` beside `Timestamp`). It is found by name,
    /// and left out of an answer in which nobody named it.
    pub implicit: bool,
}

impl Column {
    /// An ordinary column.
    pub fn new(name: impl Into<Arc<str>>, ty: impl Into<Type>) -> Self {
        Self { name: name.into(), ty: ty.into(), implicit: false }
    }
}

/// The columns of a table or of rows, shared.
pub type Schema = Arc<[Column]>;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, exact.
    pub name: Arc<str>,
    /// Its columns in order, implicit ones last.
    pub columns: Schema,
}

impl Table {
    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| &*column.name == name)
    }
}

/// How a function of the catalog is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CatalogFunctionKind {
    /// `rows | invoke f(…)`: all columns of the input, then the function's. A name that is taken gets
    /// the next free number (`SHA1` makes `SHA11`).
    Enrich,
    /// `f(…)`: a table by itself.
    Source,
}

/// A parameter of such a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogParameter {
    /// Its name.
    pub name: Arc<str>,
    /// Its type.
    pub ty: ScalarType,
    /// What it is when left out, as a literal of KQL; required where absent.
    pub default: Option<Arc<str>>,
    /// A column, written bare or as a string: `FileProfile(SHA1)`, `FileProfile("SHA1")`.
    pub bare_column: bool,
}

/// A function that the catalog has, beside those of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogFunction {
    /// Its name, exact.
    pub name: Arc<str>,
    /// How it is used.
    pub kind: CatalogFunctionKind,
    /// What it takes, in order.
    pub parameters: Arc<[CatalogParameter]>,
    /// The columns it gives or adds.
    pub returns: Schema,
    /// One sentence, for editors.
    pub summary: &'static str,
}

/// Tables and functions by name.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    tables: Named<Arc<str>, Arc<Table>>,
    /// Sorted, without aliases.
    names: Vec<Arc<str>>,
    /// The same, prepared for misspelt ones.
    near: Prepared,
    /// Former name to name.
    aliases: Named<Arc<str>, Arc<str>>,
    functions: Named<Arc<str>, Arc<CatalogFunction>>,
}

impl Catalog {
    /// The tables and functions of advanced hunting, made once.
    pub fn hunting() -> &'static Self {
        static CATALOG: OnceLock<Catalog> = OnceLock::new();
        CATALOG.get_or_init(hunting::catalog)
    }

    /// The table of this name or former name, exact.
    pub fn table(&self, name: &str) -> Option<&Arc<Table>> {
        self.tables.get(name).or_else(|| self.tables.get(self.aliases.get(name)?))
    }

    /// All tables by name, without former names.
    pub fn tables(&self) -> impl Iterator<Item = &Arc<Table>> {
        self.names.iter().filter_map(|name| self.tables.get(name))
    }

    /// The tables whose names fit the pattern, in the order of names. `*` is any text, also in the
    /// middle. Former names do not count.
    pub fn tables_like(&self, pattern: &str) -> impl Iterator<Item = &Arc<Table>> {
        self.tables().filter(move |table| fits(pattern, &table.name))
    }

    /// The function of this name, exact.
    pub fn function(&self, name: &str) -> Option<&Arc<CatalogFunction>> {
        self.functions.get(name)
    }

    /// All functions, by name.
    pub fn functions(&self) -> impl Iterator<Item = &Arc<CatalogFunction>> {
        let mut all: Vec<_> = self.functions.values().collect();
        all.sort_by(|left, right| left.name.cmp(&right.name));
        all.into_iter()
    }

    /// Former names, each with the name of today.
    pub fn aliases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.aliases.iter().map(|(old, new)| (&**old, &**new))
    }

    /// The table that was meant: the same name in another case, or a few letters off.
    pub fn closest_table(&self, name: &str) -> Option<&str> {
        self.near.nearest(name)
    }

    /// The function that was meant.
    pub fn closest_function(&self, name: &str) -> Option<&str> {
        nearest(name, self.functions().map(|function| &*function.name))
    }
}

/// The column that was meant.
pub fn closest_column<'c>(columns: &'c [Column], name: &str) -> Option<&'c str> {
    nearest(name, columns.iter().map(|column| &*column.name))
}

/// Whether a name fits a pattern in which `*` is any text.
pub fn fits(pattern: &str, name: &str) -> bool {
    let Some((head, mut rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(head) else { return false };
    while let Some((part, after)) = rest.split_once('*') {
        let Some(at) = name.find(part) else { return false };
        name = name.get(at + part.len()..).unwrap_or_default();
        rest = after;
    }
    name.ends_with(rest)
}

/// Makes a [`Catalog`].
#[derive(Debug, Default)]
pub struct CatalogBuilder {
    tables: Vec<(Arc<str>, Vec<Column>)>,
    column_aliases: Vec<(Arc<str>, Arc<str>)>,
    catalog: Catalog,
}

impl CatalogBuilder {
    /// Without tables and functions.
    pub fn new() -> Self {
        Self::default()
    }

    /// A table with its columns in order. A second one of the same name replaces the first.
    #[must_use]
    pub fn table<N: Into<Arc<str>>>(
        mut self,
        name: impl Into<Arc<str>>,
        columns: impl IntoIterator<Item = (N, ScalarType)>,
    ) -> Self {
        let columns = columns.into_iter().map(|(name, ty)| Column::new(name, ty)).collect();
        self.tables.push((name.into(), columns));
        self
    }

    /// A former name of a table.
    #[must_use]
    pub fn alias(mut self, old: impl Into<Arc<str>>, new: impl Into<Arc<str>>) -> Self {
        self.catalog.aliases.insert(old.into(), new.into());
        self
    }

    /// A second name for a column of every table that has `of` and not yet `alias`.
    #[must_use]
    pub fn column_alias(mut self, alias: impl Into<Arc<str>>, of: impl Into<Arc<str>>) -> Self {
        self.column_aliases.push((alias.into(), of.into()));
        self
    }

    /// A function.
    #[must_use]
    pub fn function(mut self, function: CatalogFunction) -> Self {
        self.catalog.functions.insert(function.name.clone(), Arc::new(function));
        self
    }

    /// The functions of advanced hunting, for a schema of other tables.
    #[must_use]
    pub fn hunting_functions(self) -> Self {
        hunting::functions().into_iter().fold(self, Self::function)
    }

    /// The catalog.
    pub fn build(self) -> Catalog {
        let Self { tables, column_aliases, mut catalog } = self;
        for (name, mut columns) in tables {
            for (alias, of) in &column_aliases {
                let known = columns.iter().any(|column| column.name == *alias);
                let ty = columns
                    .iter()
                    .find(|column| column.name == *of)
                    .map(|column| column.ty.clone());
                if let (false, Some(ty)) = (known, ty) {
                    columns.push(Column { name: alias.clone(), ty, implicit: true });
                }
            }
            let table = Table { name: name.clone(), columns: columns.into() };
            catalog.tables.insert(name, Arc::new(table));
        }
        catalog.names = catalog.tables.keys().cloned().collect();
        catalog.names.sort();
        catalog.near = Prepared::of(catalog.names.iter().cloned());
        catalog
    }
}

#[cfg(test)]
mod tests {
    use super::{Catalog, fits};

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, name, expected) in [
            ("Device*", "DeviceEvents", true),
            ("*Events", "DeviceEvents", true),
            ("D*ce*s", "DeviceEvents", true),
            ("*", "DeviceEvents", true),
            ("DeviceEvents", "DeviceEvents", true),
            ("device*", "DeviceEvents", false),
            ("Device*Info", "DeviceEvents", false),
            ("*ents*ents", "DeviceEvents", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "for {pattern}");
        }
    }

    #[test]
    fn the_tables_of_hunting_are_there() {
        let catalog = Catalog::hunting();
        assert_eq!(catalog.tables().count(), 65);
        assert!(catalog.tables().all(|table| table.columns.len() > 2));
        let processes = catalog.table("ProcessCreationEvents").expect("the former name");
        assert_eq!(&*processes.name, "DeviceProcessEvents");
        let last = processes.columns.last().expect("columns");
        assert_eq!((&*last.name, last.implicit), ("TimeGenerated", true));
        assert_eq!(catalog.closest_table("deviceprocessevent"), Some("DeviceProcessEvents"));
        assert_eq!(catalog.tables_like("DeviceTvm*").count(), 12);
        let names: Vec<_> = catalog.functions().map(|function| function.name.to_string()).collect();
        assert_eq!(names, ["AssignedIPAddresses", "DeviceFromIP", "FileProfile", "SeenBy"]);
    }
}
