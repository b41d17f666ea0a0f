//! "Did you mean": names that are nearly what was typed.

/// Most names that are suggested.
const SUGGESTIONS_MAX: usize = 3;

/// The names nearest to `typed`, best first. A name that contains the text, or the other way
/// round, is near; otherwise a third of the letters may differ.
pub(super) fn similar_names<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = typed.to_lowercase();
    let mut near: Vec<(usize, &str)> = names
        .filter_map(|name| {
            let folded = name.to_lowercase();
            let distance = edit_distance(&typed, &folded);
            let contained = typed.len() > 2 && (folded.contains(&typed) || typed.contains(&folded));
            (contained || distance * 3 <= typed.chars().count()).then_some((distance, name))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(SUGGESTIONS_MAX).map(|(_, name)| name).collect()
}

/// ` Did you mean …?` or nothing.
pub(super) fn did_you_mean(names: &[&str]) -> Option<String> {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    (!quoted.is_empty()).then(|| format!("did you mean {}?", quoted.join(" or ")))
}

/// How many letters must be put in, taken out or replaced (Levenshtein).
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut left = i + 1;
        next.push(left);
        for ((to, above), diagonal) in b.iter().zip(row.iter().skip(1)).zip(&row) {
            let replaced = diagonal + usize::from(from != *to);
            left = replaced.min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["Incident.Read.All", "Incident.ReadWrite.All", "AdvancedHunting.Read.All"];
        for (typed, expected) in [
            ("Incidents.Read.All", vec!["Incident.Read.All", "Incident.ReadWrite.All"]),
            ("incident.read.al", vec!["Incident.Read.All"]),
            ("hunting", vec!["AdvancedHunting.Read.All"]),
            ("Mail.Send", vec![]),
        ] {
            assert_eq!(similar_names(typed, names.into_iter()), expected, "for {typed}");
        }
    }

    #[test]
    fn distances() {
        for (a, b, expected) in [("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3)] {
            assert_eq!(edit_distance(a, b), expected);
        }
    }
}
