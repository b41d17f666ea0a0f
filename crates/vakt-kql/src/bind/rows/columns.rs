//! Lists of columns that become one: names that clash get numbers, unions merge by name and type.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::taken::Names;
use crate::catalog::Column;
use crate::types::{ScalarType, Type};

/// Numbers the names that come again. The first of each name keeps it, and no number makes a name
/// that a later column has: `c, c, c1` becomes `c, c2, c1`.
pub(crate) fn make_unique(columns: &mut [Column]) {
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(columns.len());
    let mut again = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        if *first.entry(&column.name).or_insert(place) != place {
            again.push(place);
        }
    }
    if again.is_empty() {
        return;
    }
    let mut names = Names::default();
    for place in first.into_values() {
        if let Some(column) = columns.get(place) {
            names.unique(&column.name, None);
        }
    }
    for place in again {
        if let Some(column) = columns.get_mut(place) {
            column.name = names.unique(&column.name, None);
        }
    }
}

/// Columns of several inputs as those of one, and where each comes from.
#[derive(Debug, Default)]
pub(crate) struct Unified {
    /// What comes out, in the order of first appearance.
    pub(crate) columns: Vec<Column>,
    /// For each input, for each column that comes out, its place in the input.
    pub(crate) places: Vec<Vec<Option<usize>>>,
}

/// All columns of one name.
#[derive(Debug)]
struct SameName {
    column: Column,
    /// Type by type: the type, and input and place of each.
    types: Vec<(Type, Vec<(usize, usize)>)>,
}

fn by_name(inputs: &[&[Column]]) -> Vec<SameName> {
    let mut groups: Vec<SameName> = Vec::new();
    let mut index: HashMap<&str, usize> = HashMap::new();
    for (input, columns) in inputs.iter().enumerate() {
        for (place, column) in columns.iter().enumerate() {
            let group = *index.entry(&column.name).or_insert(groups.len());
            match groups.get_mut(group) {
                Some(group) => group.add(column, (input, place)),
                None => groups.push(SameName {
                    column: column.clone(),
                    types: vec![(column.ty.clone(), vec![(input, place)])],
                }),
            }
        }
    }
    groups
}

impl SameName {
    /// Whatever is in a dynamic, it is of one type with any other dynamic.
    fn add(&mut self, column: &Column, at: (usize, usize)) {
        self.column.implicit &= column.implicit;
        let scalar = column.ty.scalar();
        match self.types.iter_mut().find(|(ty, _)| ty.scalar() == scalar) {
            Some((ty, places)) => {
                if *ty != column.ty {
                    *ty = Type::Scalar(scalar);
                }
                places.push(at);
            }
            None => self.types.push((column.ty.clone(), vec![at])),
        }
    }
}

impl Unified {
    fn over(inputs: &[&[Column]]) -> Self {
        Self { columns: Vec::new(), places: vec![Vec::new(); inputs.len()] }
    }

    fn add(&mut self, column: Column, sources: &[(usize, usize)]) {
        self.columns.push(column);
        for (input, places) in self.places.iter_mut().enumerate() {
            places.push(sources.iter().find(|(from, _)| *from == input).map(|(_, place)| *place));
        }
    }

    /// As `union` does: one column for each name and type. A name with several types becomes one
    /// column for each, `a_long` and `a_string`.
    pub(crate) fn by_name_and_type(inputs: &[&[Column]]) -> Self {
        let (mut unified, mut names) = (Self::over(inputs), Names::default());
        for group in by_name(inputs) {
            let split = group.types.len() > 1;
            for (ty, sources) in &group.types {
                let name: Arc<str> = if split {
                    format!("{}_{ty}", group.column.name).into()
                } else {
                    group.column.name.clone()
                };
                let name = names.unique(&name, None);
                unified.add(Column { name, ty: ty.clone(), ..group.column.clone() }, sources);
            }
        }
        unified
    }

    /// As the condition of `find` sees them: one column for each name; of several types it is the
    /// widest number, else dynamic.
    pub(crate) fn by_name(inputs: &[&[Column]]) -> Self {
        let mut unified = Self::over(inputs);
        for SameName { mut column, types } in by_name(inputs) {
            column.ty =
                types.iter().map(|(ty, _)| ty.clone()).reduce(wider).unwrap_or(Type::UNKNOWN);
            let sources: Vec<_> = types.into_iter().flat_map(|(_, places)| places).collect();
            unified.add(column, &sources);
        }
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
