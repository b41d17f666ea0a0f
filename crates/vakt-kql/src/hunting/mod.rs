//! The tables and functions of advanced hunting.

mod functions;

use crate::catalog::{Catalog, CatalogBuilder};
use crate::types::ScalarType;

pub(crate) use functions::functions;

const TABLES: &str = include_str!("tables.txt");

/// Former names of tables that queries still use, each with the name of today.
const ALIASES: &[(&str, &str)] = &[
    ("AccountInfo", "IdentityInfo"),
    ("DeviceFileCertificateInfoBeta", "DeviceFileCertificateInfo"),
    ("FileCreationEvents", "DeviceFileEvents"),
    ("GraphApiAuditEvents", "GraphAPIAuditEvents"),
    ("ImageLoadEvents", "DeviceImageLoadEvents"),
    ("LogonEvents", "DeviceLogonEvents"),
    ("MachineInfo", "DeviceInfo"),
    ("MachineNetworkInfo", "DeviceNetworkInfo"),
    ("MiscEvents", "DeviceEvents"),
    ("NetworkCommunicationEvents", "DeviceNetworkEvents"),
    ("ProcessCreationEvents", "DeviceProcessEvents"),
    ("RegistryEvents", "DeviceRegistryEvents"),
];

/// The catalog of advanced hunting.
pub(crate) fn catalog() -> Catalog {
    let builder = CatalogBuilder::new().column_alias("TimeGenerated", "Timestamp");
    let builder =
        tables().into_iter().fold(builder, |builder, (name, columns)| builder.table(name, columns));
    let builder = ALIASES.iter().fold(builder, |builder, (old, new)| builder.alias(*old, *new));
    builder.hunting_functions().build()
}

type Columns = Vec<(&'static str, ScalarType)>;

fn tables() -> Vec<(&'static str, Columns)> {
    let mut tables: Vec<(&'static str, Columns)> = Vec::new();
    for line in TABLES.lines().filter(|line| !line.starts_with('#')) {
        if !line.starts_with(' ') {
            tables.push((line.trim(), Vec::new()));
            continue;
        }
        let columns = line.split(',').filter_map(|column| {
            let (name, ty) = column.trim().split_once(' ')?;
            Some((name, ScalarType::parse(ty)?))
        });
        if let Some((_, all)) = tables.last_mut() {
            all.extend(columns);
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::{TABLES, tables};

    #[test]
    fn every_word_of_the_tables_is_read() {
        let read: usize = tables().iter().map(|(_, columns)| columns.len() * 2 + 1).sum();
        let words: usize = TABLES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split_whitespace().count())
            .sum();
        assert_eq!(read, words);
    }
}
