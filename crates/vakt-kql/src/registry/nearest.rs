//! "Did you mean": the nearest of many names.

use std::sync::Arc;

/// Longer names are not compared: nobody misspells them by hand.
const NAME_LENGTH_CHARS_MAX: usize = 64;

/// The candidate that is nearest to `name`, or `None` where none is near enough.
///
/// What differs only by case or by `_` and `-` comes first, then what is a few letters off (one in
/// three of the name at most; a transposition is one). Of equals the first is taken.
pub fn nearest<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let prepared = candidates.into_iter().map(|candidate| (candidate, sketch(candidate)));
    let mut search = Search::of(name)?;
    for (candidate, sketch) in prepared {
        search.consider(candidate, &sketch);
    }
    search.best()
}

/// Names that are often searched, prepared once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prepared {
    names: Vec<(Arc<str>, Sketch)>,
}

impl Prepared {
    pub(crate) fn of(names: impl IntoIterator<Item = Arc<str>>) -> Self {
        let with_sketch = |name: Arc<str>| {
            let sketch = sketch(&name);
            (name, sketch)
        };
        Self { names: names.into_iter().map(with_sketch).collect() }
    }

    /// As [`nearest`].
    pub(crate) fn nearest(&self, name: &str) -> Option<&str> {
        let mut search = Search::of(name)?;
        for (candidate, sketch) in &self.names {
            search.consider(candidate, sketch);
        }
        search.best()
    }
}

/// A search, and the nearest so far.
struct Search<'n> {
    wanted: Letters,
    sketch: Sketch,
    limit: usize,
    best: Option<(usize, &'n str)>,
}

impl<'n> Search<'n> {
    fn of(name: &str) -> Option<Self> {
        let wanted = letters(name);
        let comparable = (1..=NAME_LENGTH_CHARS_MAX).contains(&wanted.count);
        let limit = 1 + wanted.count / 4;
        comparable.then(|| Self { wanted, sketch: sketch(name), limit, best: None })
    }

    fn consider(&mut self, candidate: &'n str, sketch: &Sketch) {
        let limit = self.limit;
        if candidate.len() > 2 * NAME_LENGTH_CHARS_MAX || is_far(&self.sketch, sketch, limit) {
            return;
        }
        let letters = letters(candidate);
        let (wanted, letters) = (self.wanted.as_slice(), letters.as_slice());
        if letters.len().abs_diff(wanted.len()) > limit {
            return;
        }
        // Only what is nearer than the best is of interest, and less far than the whole name.
        let below = self.best.map_or(limit + 1, |(distance, _)| distance);
        let below = below.min(wanted.len().min(letters.len()));
        if let Some(distance) = distance(wanted, letters, below) {
            self.best = Some((distance, candidate));
        }
    }

    fn best(self) -> Option<&'n str> {
        self.best.map(|(_, candidate)| candidate)
    }
}

/// How many of each letter a name has, and how many characters.
#[derive(Clone, Debug)]
struct Sketch {
    letters: [u8; 32],
    count: usize,
    /// Whether there are only letters and digits that the counts tell apart.
    plain: bool,
}

/// Where digits are counted, all together.
const DIGITS: u8 = 26;

fn sketch(name: &str) -> Sketch {
    let mut sketch = Sketch { letters: [0; 32], count: 0, plain: true };
    for byte in name.bytes() {
        let slot = match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => letter - b'a',
            b'0'..=b'9' => DIGITS,
            b'_' | b'-' | b' ' => continue,
            _ => {
                sketch.plain = false;
                continue;
            }
        };
        if let Some(count) = sketch.letters.get_mut(usize::from(slot)) {
            *count = count.saturating_add(1);
        }
        sketch.count += 1;
    }
    sketch
}

/// Whether so few slips cannot make one of the other: quick, and right for most names. A slip changes
/// two counts by one at most.
fn is_far(wanted: &Sketch, other: &Sketch, limit: usize) -> bool {
    if !wanted.plain || !other.plain {
        return false;
    }
    let counts = wanted.letters.iter().zip(&other.letters);
    let differing: u32 = counts.map(|(one, other)| u32::from(one.abs_diff(*other))).sum();
    wanted.count.abs_diff(other.count) > limit || differing as usize > 2 * limit
}

/// A name in lower case, without what people forget: at most one more than are compared.
struct Letters {
    letters: [char; NAME_LENGTH_CHARS_MAX + 1],
    count: usize,
}

impl Letters {
    fn as_slice(&self) -> &[char] {
        self.letters.get(..self.count).unwrap_or_default()
    }
}

fn letters(name: &str) -> Letters {
    let mut all = Letters { letters: ['\0'; NAME_LENGTH_CHARS_MAX + 1], count: 0 };
    let letters = name.chars().filter(|letter| !matches!(letter, '_' | '-' | ' '));
    for (slot, letter) in all.letters.iter_mut().zip(letters.flat_map(char::to_lowercase)) {
        *slot = letter;
        all.count += 1;
    }
    all
}

type Line = [usize; NAME_LENGTH_CHARS_MAX + 2];

/// Insertions, deletions, replacements and swaps of neighbours, where they are fewer than `below`.
fn distance(left: &[char], right: &[char], below: usize) -> Option<usize> {
    const FAR: usize = usize::MAX / 2;
    let at = |line: &Line, index: usize| line.get(index).copied().unwrap_or(FAR);
    let mut before: Line = [FAR; NAME_LENGTH_CHARS_MAX + 2];
    let mut above: Line = std::array::from_fn(|column| column);
    for (row, letter) in left.iter().enumerate() {
        let mut line: Line = [FAR; NAME_LENGTH_CHARS_MAX + 2];
        let mut beside = row + 1;
        let mut least = beside;
        for (slot, value) in line.iter_mut().take(1).zip([beside]) {
            *slot = value;
        }
        for (column, other) in right.iter().enumerate() {
            let replaced = at(&above, column) + usize::from(letter != other);
            let mut best = replaced.min(at(&above, column + 1) + 1).min(beside + 1);
            let swapped = row > 0
                && column > 0
                && left.get(row - 1) == Some(other)
                && right.get(column - 1) == Some(letter);
            if swapped {
                best = best.min(at(&before, column - 1) + 1);
            }
            if let Some(slot) = line.get_mut(column + 1) {
                *slot = best;
            }
            beside = best;
            least = least.min(best);
        }
        // A swap reaches back over one line, so the line before counts too.
        if least > below {
            return None;
        }
        before = std::mem::replace(&mut above, line);
    }
    let distance = at(&above, right.len());
    (distance < below).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_name() {
        let names = ["tolower", "strlen", "bin", "parse_json", "array_length", "DeviceEvents"];
        for (slip, expected) in [
            ("ToLower", Some("tolower")),
            ("to_lower", Some("tolower")),
            ("tolwoer", Some("tolower")),
            ("parsejson", Some("parse_json")),
            ("arraylenght", Some("array_length")),
            ("deviceevent", Some("DeviceEvents")),
            ("len", None),
            ("x", None),
            ("", None),
            ("somethingelse", None),
        ] {
            assert_eq!(nearest(slip, names), expected, "for {slip}");
        }
    }
}
