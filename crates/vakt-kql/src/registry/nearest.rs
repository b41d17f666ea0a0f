//! "Did you mean": the nearest of many names.

/// Longer names are not compared: nobody misspells them by hand.
const NAME_LENGTH_CHARS_MAX: usize = 64;

/// The candidate that is nearest to `name`, or `None` where none is near enough.
///
/// What differs only by case or by `_` and `-` comes first, then what is a few letters off (one in
/// three of the name at most; a transposition is one). Of equals the first is taken.
pub fn nearest<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = letters(name);
    if wanted.is_empty() || wanted.len() > NAME_LENGTH_CHARS_MAX {
        return None;
    }
    let limit = 1 + wanted.len() / 4;
    let wanted_sketch = sketch(name);
    let mut best: Option<(usize, &'n str)> = None;
    for candidate in candidates {
        if candidate.len() > 2 * NAME_LENGTH_CHARS_MAX || is_far(&wanted_sketch, candidate, limit) {
            continue;
        }
        let letters = letters(candidate);
        if letters.len().abs_diff(wanted.len()) > limit {
            continue;
        }
        let distance = distance(&wanted, &letters);
        let near = distance <= limit && distance < wanted.len().min(letters.len());
        if near && best.is_none_or(|(other, _)| distance < other) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Which letters and digits a name has, and how many characters.
struct Sketch {
    letters: u64,
    count: usize,
}

fn sketch(name: &str) -> Sketch {
    let mut sketch = Sketch { letters: 0, count: 0 };
    for byte in name.bytes() {
        let bit = match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => letter - b'a',
            digit @ b'0'..=b'9' => digit - b'0' + 26,
            b'_' | b'-' | b' ' => continue,
            _ => 63,
        };
        sketch.letters |= 1 << bit;
        sketch.count += 1;
    }
    sketch
}

/// Whether so few slips cannot make one of the other: quick, and right for most names. A slip changes
/// two letters at most.
fn is_far(wanted: &Sketch, candidate: &str, limit: usize) -> bool {
    if !candidate.is_ascii() || wanted.letters >> 63 == 1 {
        return false;
    }
    let other = sketch(candidate);
    let differing = (wanted.letters ^ other.letters).count_ones() as usize;
    wanted.count.abs_diff(other.count) > limit || differing > 2 * limit
}

/// Lower case, without what people forget.
fn letters(name: &str) -> Vec<char> {
    name.chars()
        .filter(|letter| !matches!(letter, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .take(NAME_LENGTH_CHARS_MAX + 1)
        .collect()
}

/// Insertions, deletions, replacements and swaps of neighbours.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut line = Vec::with_capacity(right.len() + 1);
        line.push(row + 1);
        for (column, other) in right.iter().enumerate() {
            let at =
                |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX - 1);
            let replaced = at(&above, column) + usize::from(letter != other);
            let mut best = replaced.min(at(&above, column + 1) + 1).min(at(&line, column) + 1);
            let swapped = row > 0
                && column > 0
                && left.get(row - 1) == Some(other)
                && right.get(column - 1) == Some(letter);
            if swapped {
                best = best.min(at(&before, column - 1) + 1);
            }
            line.push(best);
        }
        before = std::mem::replace(&mut above, line);
    }
    above.last().copied().unwrap_or_default()
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
