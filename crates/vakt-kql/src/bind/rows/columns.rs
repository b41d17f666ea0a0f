//! Lists of columns that become one: names that clash get numbers, unions merge by name and type.

use std::collections::HashSet;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::super::taken::Names;
use crate::catalog::Column;
use crate::named::{Named, with_room};
use crate::types::{ScalarType, Type};

/// Numbers the names that come again. The first of each name keeps it, and no number makes a name
/// that a later column has: `c, c, c1` becomes `c, c2, c1`.
pub(crate) fn make_unique(columns: &mut [Column]) {
    for (place, name) in numbered(columns) {
        if let Some(column) = columns.get_mut(place) {
            column.name = name;
        }
    }
}

/// The places of the names that come again, with the names they get.
fn numbered(columns: &[Column]) -> Vec<(usize, Arc<str>)> {
    // with the last number that each name got
    let mut names: Named<&str, u32> = with_room(columns.len());
    let mut again = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        match names.entry(&column.name) {
            Entry::Vacant(free) => drop(free.insert(0)),
            Entry::Occupied(_) => again.push((place, &column.name)),
        }
    }
    let mut given: HashSet<Arc<str>, _> = HashSet::with_hasher(names.hasher().clone());
    let mut renamed = Vec::with_capacity(again.len());
    for (place, name) in again {
        let mut number = names.get(&**name).copied().unwrap_or_default();
        let new = loop {
            number += 1;
            let new: Arc<str> = format!("{name}{number}").into();
            if !names.contains_key(&*new) && given.insert(new.clone()) {
                break new;
            }
        };
        names.insert(name, number);
        renamed.push((place, new));
    }
    renamed
}

/// Columns of several inputs as those of one, and where each comes from.
#[derive(Debug, Default)]
pub(crate) struct Unified {
    /// What comes out, in the order of first appearance.
    pub(crate) columns: Vec<Column>,
    /// For each input, for each column that comes out, its place in the input.
    pub(crate) places: Vec<Vec<Option<usize>>>,
}

/// Columns of several inputs, those of one name together.
struct ByName {
    names: Vec<SameName>,
    /// Each column of each input.
    sources: Vec<Source>,
}

/// All columns of one name.
struct SameName {
    /// The first of them, with the type that it and those like it have.
    column: Column,
    /// Further types.
    others: Vec<Type>,
}

/// A column: which name and which of its types, and where it comes from.
struct Source {
    name: usize,
    ty: usize,
    input: usize,
    place: usize,
}

impl ByName {
    fn of(inputs: &[&[Column]]) -> Self {
        let count = inputs.iter().map(|columns| columns.len()).sum();
        let mut all = Self { names: Vec::new(), sources: Vec::with_capacity(count) };
        let mut index: Named<&str, usize> = with_room(count);
        for (input, columns) in inputs.iter().enumerate() {
            for (place, column) in columns.iter().enumerate() {
                let name = *index.entry(&column.name).or_insert(all.names.len());
                let ty = match all.names.get_mut(name) {
                    Some(same) => same.add(column),
                    None => {
                        all.names.push(SameName { column: column.clone(), others: Vec::new() });
                        0
                    }
                };
                all.sources.push(Source { name, ty, input, place });
            }
        }
        all
    }
}

impl SameName {
    /// Which type of the name a column has. Whatever is in a dynamic, it is of one type with any
    /// other dynamic.
    fn add(&mut self, column: &Column) -> usize {
        self.column.implicit &= column.implicit;
        let scalar = column.ty.scalar();
        let mut types = std::iter::once(&mut self.column.ty).chain(&mut self.others);
        if let Some((at, ty)) = types.by_ref().enumerate().find(|(_, ty)| ty.scalar() == scalar) {
            if *ty != column.ty {
                *ty = Type::Scalar(scalar);
            }
            return at;
        }
        self.others.push(column.ty.clone());
        self.others.len()
    }

    fn types(&self) -> impl Iterator<Item = &Type> {
        std::iter::once(&self.column.ty).chain(&self.others)
    }
}

impl Unified {
    /// Fills in where each column comes from; `of` says which column that comes out it is.
    fn locate(&mut self, inputs: usize, sources: &[Source], of: impl Fn(&Source) -> Option<usize>) {
        self.places = vec![vec![None; self.columns.len()]; inputs];
        for source in sources {
            let places = self.places.get_mut(source.input);
            let slot = places.zip(of(source)).and_then(|(places, at)| places.get_mut(at));
            if let Some(slot) = slot.filter(|slot| slot.is_none()) {
                *slot = Some(source.place);
            }
        }
    }

    /// As `union` does: one column for each name and type. A name with several types becomes one
    /// column for each, `a_long` and `a_string`.
    pub(crate) fn by_name_and_type(inputs: &[&[Column]]) -> Self {
        let ByName { names: all, sources } = ByName::of(inputs);
        let columns = Vec::with_capacity(all.len());
        let mut unified = Self { columns, places: Vec::new() };
        let mut first = Vec::with_capacity(all.len());
        // Where no name is split, the names differ already.
        let split = all.iter().any(|same| !same.others.is_empty());
        let mut taken = split.then(|| Names::with_room(all.len()));
        for same in all {
            first.push(unified.columns.len());
            let Some(taken) = &mut taken else {
                unified.columns.push(same.column);
                continue;
            };
            let name = |ty: &Type| -> Arc<str> {
                if same.others.is_empty() {
                    same.column.name.clone()
                } else {
                    format!("{}_{ty}", same.column.name).into()
                }
            };
            for ty in same.types() {
                let name = taken.unique(&name(ty), None);
                unified.columns.push(Column { name, ty: ty.clone(), ..same.column.clone() });
            }
        }
        unified.locate(inputs.len(), &sources, |source| Some(first.get(source.name)? + source.ty));
        unified
    }

    /// As the condition of `find` sees them: one column for each name; of several types it is the
    /// widest number, else dynamic.
    pub(crate) fn by_name(inputs: &[&[Column]]) -> Self {
        let ByName { names, sources } = ByName::of(inputs);
        let widest = |same: SameName| {
            let ty = same.types().cloned().reduce(wider).unwrap_or(Type::UNKNOWN);
            Column { ty, ..same.column }
        };
        let columns = names.into_iter().map(widest).collect();
        let mut unified = Self { columns, places: Vec::new() };
        unified.locate(inputs.len(), &sources, |source| Some(source.name));
        unified
    }

    /// Only the columns that every input has.
    pub(crate) fn keep_common(&mut self) {
        let keep: Vec<bool> = (0..self.columns.len())
            .map(|at| self.places.iter().all(|places| places.get(at).copied().flatten().is_some()))
            .collect();
        retain(&mut self.columns, &keep);
        for places in &mut self.places {
            retain(places, &keep);
        }
    }
}

fn retain<T>(list: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    list.retain(|_| keep.next().copied().unwrap_or_default());
}

/// The type that values of both can have: the wider number, else dynamic.
fn wider(left: Type, right: Type) -> Type {
    let rank = |ty: &Type| match ty.scalar() {
        ScalarType::Int => Some(0),
        ScalarType::Long => Some(1),
        ScalarType::Real => Some(2),
        ScalarType::Decimal => Some(3),
        _ => None,
    };
    match (rank(&left), rank(&right)) {
        (Some(one), Some(other)) => {
            if one >= other {
                left
            } else {
                right
            }
        }
        _ if left == right => left,
        _ => Type::DYNAMIC,
    }
}

#[cfg(test)]
mod tests {
    use super::{Unified, make_unique};
    use crate::catalog::Column;
    use crate::types::ScalarType;

    fn columns(text: &str) -> Vec<Column> {
        text.split_whitespace()
            .map(|part| {
                let (name, ty) = part.split_once(':').unwrap_or((part, "long"));
                Column::new(name, ScalarType::parse(ty).unwrap())
            })
            .collect()
    }

    fn text(columns: &[Column]) -> String {
        let one = |column: &Column| match column.ty.scalar() {
            ScalarType::Long => column.name.to_string(),
            ty => format!("{}:{ty}", column.name),
        };
        columns.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_that_come_again_get_the_next_free_number() {
        for (before, after) in [
            ("a b", "a b"),
            ("c c c1", "c c2 c1"),
            ("k v k v v1", "k v k1 v2 v1"),
            ("c c c", "c c1 c2"),
        ] {
            let mut columns = columns(before);
            make_unique(&mut columns);
            assert_eq!(text(&columns), after, "for {before}");
        }
    }

    #[test]
    fn unions_merge_by_name_and_split_by_type() {
        for (left, right, all, common) in [
            ("a b", "b c", "a b c", "b"),
            ("a", "a:string", "a a:string", "a"),
            ("a:int", "a:real b", "a_int:int a_real:real b", "a"),
        ] {
            let (left, right) = (columns(left), columns(right));
            let unified = Unified::by_name_and_type(&[&left, &right]);
            let expected = all.replace("a a:string", "a_long a_string:string");
            assert_eq!(text(&unified.columns), expected);
            let mut unified = Unified::by_name(&[&left, &right]);
            unified.keep_common();
            let names: Vec<_> = unified.columns.iter().map(|column| &*column.name).collect();
            assert_eq!(names.join(" "), common);
        }
    }
}
