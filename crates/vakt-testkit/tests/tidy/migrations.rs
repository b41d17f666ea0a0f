//! Every migration on disk is embedded, in its turn.

use std::fs;

use crate::source::house;

#[test]
fn every_migration_is_listed_and_numbered_without_a_gap() {
    let storage = house().join("crates/vakt-storage");
    let listed = fs::read_to_string(storage.join("src/migrate.rs")).unwrap();
    let mut backends = 0;
    for folder in fs::read_dir(storage.join("migrations")).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        backends += 1;
        let backend = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let mut names: Vec<String> = fs::read_dir(&folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        for (number, name) in (1..).zip(&names) {
            assert!(name.starts_with(&format!("{number:04}_")), "{backend}/{name} is not in turn");
            let words = name[5..].trim_end_matches(".sql").replace('_', " ");
            let path = format!("../migrations/{backend}/{name}");
            let entry = format!("({number}, \"{words}\", include_str!(\"{path}\"))");
            assert!(listed.contains(&entry), "migrate.rs does not list {entry}");
        }
        assert_eq!(listed.matches(&format!("migrations/{backend}/")).count(), names.len());
    }
    assert!(backends > 0);
}
