//! Names of columns that are taken.

use std::sync::Arc;

use super::scope::place_of;
use crate::catalog::Schema;
use crate::named::Named;

/// Names that are taken, where they stand, and the last suffix each got.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Its names are taken at their places. Those of which more is told are entries too.
    input: Schema,
    entries: Vec<Entry>,
    /// A key of each entry: most that differ, differ in it, and keys are quick to look through.
    keys: Vec<u32>,
    /// Only where there are many entries.
    index: Named<Arc<str>, usize>,
}

#[derive(Debug)]
struct Entry {
    name: Arc<str>,
    suffix: u32,
    place: Option<usize>,
    declared: bool,
}

/// Where a name was found.
#[derive(Clone, Copy, Debug)]
enum Found {
    Entry(usize),
    Input(usize),
}

/// FNV-1a.
fn key(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |key, byte| (key ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// So many entries are found faster one by one.
const ENTRIES_SCANNED_MAX: usize = 48;
/// So many columns of the input are found faster one by one.
const INPUT_SCANNED_MAX: usize = 128;

impl Names {
    /// Those of the input, each at its place: the first names of all.
    pub(crate) fn of(input: &Schema) -> Self {
        let mut names = Self::default();
        if input.len() <= INPUT_SCANNED_MAX {
            names.input = input.clone();
            return names;
        }
        for (place, column) in input.iter().enumerate() {
            names.insert(column.name.clone(), Some(place));
        }
        names
    }

    /// None yet, with room for so many.
    pub(crate) fn with_room(count: usize) -> Self {
        let (entries, keys) = (Vec::with_capacity(count), Vec::with_capacity(count));
        Self { entries, keys, ..Self::default() }
    }

    fn entry_at(&self, name: &str) -> Option<usize> {
        if self.entries.is_empty() {
            return None;
        }
        if self.index.is_empty() {
            let wanted = key(name);
            let same = |at: &usize| self.entries.get(*at).is_some_and(|entry| *entry.name == *name);
            let keys = self.keys.iter().enumerate().filter(|(_, own)| **own == wanted);
            return keys.map(|(at, _)| at).find(same);
        }
        self.index.get(name).copied()
    }

    fn find(&self, name: &str) -> Option<Found> {
        let entry = self.entry_at(name).map(Found::Entry);
        entry.or_else(|| place_of(&self.input, name).map(Found::Input))
    }

    /// The entry of a name, made where there is none.
    fn entry(&mut self, name: &Arc<str>, found: Option<Found>) -> usize {
        match found {
            Some(Found::Entry(at)) => return at,
            Some(Found::Input(place)) => self.insert(name.clone(), Some(place)),
            None => self.insert(name.clone(), None),
        }
        self.entries.len() - 1
    }

    /// A name that is no entry yet.
    fn insert(&mut self, name: Arc<str>, place: Option<usize>) {
        if !self.index.is_empty() {
            self.index.insert(name.clone(), self.entries.len());
        }
        self.keys.push(key(&name));
        self.entries.push(Entry { name, suffix: 0, place, declared: false });
        if self.entries.len() == ENTRIES_SCANNED_MAX {
            let names = self.entries.iter().enumerate();
            self.index = names.map(|(at, entry)| (entry.name.clone(), at)).collect();
        }
    }

    /// The name itself if it is free, else `base` (or the name) with the next free number.
    pub(crate) fn unique(&mut self, name: &Arc<str>, base: Option<&str>) -> Arc<str> {
        let Some(found) = self.find(name) else {
            self.insert(name.clone(), None);
            return name.clone();
        };
        let at = self.entry(name, Some(found));
        let mut suffix = self.entries.get(at).map_or(0, |entry| entry.suffix);
        loop {
            suffix += 1;
            let new: Arc<str> = format!("{}{suffix}", base.unwrap_or(name)).into();
            if self.find(&new).is_none() {
                if let Some(entry) = self.entries.get_mut(at) {
                    entry.suffix = suffix;
                }
                self.insert(new.clone(), None);
                return new;
            }
        }
    }

    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        match self.find(name)? {
            Found::Entry(at) => self.entries.get(at).and_then(|entry| entry.place),
            Found::Input(place) => Some(place),
        }
    }

    /// The place of the name that was added last.
    pub(crate) fn last_at(&mut self, place: usize) {
        if let Some(entry) = self.entries.last_mut() {
            entry.place = Some(place);
        }
    }

    pub(crate) fn is_declared(&self, name: &str) -> bool {
        self.entry_at(name).and_then(|at| self.entries.get(at)).is_some_and(|entry| entry.declared)
    }

    /// Declares the name that was added last.
    pub(crate) fn declare_last(&mut self) {
        if let Some(entry) = self.entries.last_mut() {
            entry.declared = true;
        }
    }

    pub(crate) fn declare(&mut self, name: &Arc<str>) {
        let at = self.entry(name, self.find(name));
        if let Some(entry) = self.entries.get_mut(at) {
            entry.declared = true;
        }
    }
}
