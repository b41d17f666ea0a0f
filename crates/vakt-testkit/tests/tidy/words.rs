//! Words that must not be in the sources, or only in one place.

use crate::source::sources;

/// Calls that read the clock, and who may.
const CLOCK_FILES: &[&str] = &["vakt-server/src/clock.rs", "vakt/src/clock.rs"];

#[test]
fn only_the_clocks_read_the_clock() {
    for source in sources() {
        if CLOCK_FILES.contains(&source.name.as_str()) {
            continue;
        }
        for call in ["Timestamp::now", "SystemTime::now", "Zoned::now"] {
            assert!(!source.code.contains(call), "{} calls {call}", source.name);
        }
    }
}

#[test]
fn only_one_file_asks_for_chance() {
    for source in sources() {
        let asks = source.code.contains("rand::fill") || source.code.contains("thread_rng");
        let lawful = source.name == "vakt-server/src/chance.rs";
        assert!(lawful || !asks, "{} asks for chance", source.name);
    }
}

#[test]
fn nothing_is_left_to_be_done_in_running_code() {
    for source in sources() {
        for call in ["todo!", "unimplemented!", "dbg!"] {
            assert!(!source.code.contains(call), "{} has {call}", source.name);
        }
    }
}

#[test]
fn notes_to_self_name_an_issue() {
    // Written in two pieces, or this file would be its own first finding.
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    for source in sources() {
        for (number, line) in (1..).zip(source.text.lines()) {
            let note = words
                .iter()
                .any(|word| line.split(|c: char| !c.is_alphanumeric()).any(|part| part == *word));
            let numbered =
                line.split('#').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            assert!(!note || numbered, "{}:{number}: {line}", source.name);
        }
    }
}

#[test]
fn every_shipped_file_opens_with_what_it_is_for() {
    for source in sources().into_iter().filter(|source| source.ships()) {
        assert!(source.text.starts_with("//! "), "{} opens without a word", source.name);
    }
}

#[test]
fn exceptions_give_a_reason() {
    for source in sources() {
        for (at, _) in source.code.match_indices("#[expect(") {
            let rest = &source.code[at..];
            let attribute = &rest[..rest.find(")]").unwrap()];
            assert!(attribute.contains("reason ="), "{}: {attribute}", source.name);
        }
        assert!(!source.code.contains("#[allow("), "{} allows; it should expect", source.name);
    }
}
