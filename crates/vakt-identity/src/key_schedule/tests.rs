use super::*;

fn at(hours: i64) -> Timestamp {
    later(Timestamp::UNIX_EPOCH, hours)
}

/// A key by its name, when it signs from, and when it was retired, in hours.
fn key(kid: &str, signs_from: i64, retired_at: Option<i64>) -> StoredSigningKey {
    StoredSigningKey {
        kid: kid.into(),
        pkcs8: None,
        certificate_der: Vec::new(),
        created_at: at(signs_from - KEY_PUBLISHED_FIRST_HOURS),
        signs_from: at(signs_from),
        retired_at: retired_at.map(at),
    }
}

/// `a` signed until 100, `b` signs until 200, `c` waits; `z` went long ago.
fn four() -> Vec<StoredSigningKey> {
    vec![key("b", 100, None), key("z", -100, Some(50)), key("c", 200, None), key("a", 0, None)]
}

fn states(stored: &[StoredSigningKey], hours: i64) -> String {
    let shown = key_schedule(stored, at(hours));
    let one = |key: &KeyStatus| format!("{} {}", key.kid, key.state.as_str());
    shown.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_key_waits_signs_rests_and_is_retired() {
    for (hours, expected) in [
        (-1, "c waiting, b waiting, a signing, z retired"),
        (0, "c waiting, b waiting, a signing, z retired"),
        (99, "c waiting, b waiting, a signing, z retired"),
        (100, "c waiting, b signing, a resting, z retired"),
        (200, "c signing, b resting, a resting, z retired"),
    ] {
        assert_eq!(states(&four(), hours), expected, "at {hours} h");
    }
    assert_eq!(states(&[], 0), "");
    let forced = [key("b", 100, Some(150)), key("a", 0, None)];
    assert_eq!(states(&forced, 160), "b retired, a signing", "an older one steps in");
}

#[test]
fn a_key_is_needed_for_a_day_and_two_hours_after_it_signed() {
    let over = |hours: i64| {
        let schedule = key_schedule(&four(), at(hours));
        let over = schedule.into_iter().filter(|key| key.is_over(at(hours)));
        over.map(|key| key.kid).collect::<Vec<_>>().join(" ")
    };
    for (hours, expected) in [(125, ""), (126, "a"), (225, "a"), (226, "b a"), (9_999, "b a")] {
        assert_eq!(over(hours), expected, "at {hours} h");
    }
}

#[test]
fn one_key_may_wait_and_only_so_many_be_published() {
    let new = |from: i64| key("new", from, None);
    check_rotation(&[], &new(24), at(0)).unwrap();
    check_rotation(&four(), &new(225), at(201)).unwrap();
    let waiting = check_rotation(&four(), &new(174), at(150)).unwrap_err().to_string();
    assert!(waiting.starts_with("key c is published already and signs from 1970-"), "{waiting}");
    check_rotation(&four(), &new(150), at(150)).unwrap();
    let many: Vec<_> = (0..8).map(|n| key(&n.to_string(), n, None)).collect();
    check_rotation(&many, &new(150), at(150)).unwrap_err();
}

#[test]
fn a_key_that_is_needed_goes_only_by_force_and_the_last_one_never() {
    use Retirement::{AtOnce, WhenOver};
    for (kid, how, hours, refusal) in [
        ("a", WhenOver, 125, Some("validators may need it until 1970-")),
        ("a", WhenOver, 126, None),
        ("a", AtOnce, 101, None),
        ("b", WhenOver, 101, Some("it signs; rotate first")),
        ("b", AtOnce, 101, None),
        ("c", WhenOver, 101, None),
        ("z", AtOnce, 101, Some("it is retired already")),
    ] {
        let checked = check_retirement(&four(), kid, how, at(hours)).map_err(|e| e.to_string());
        let fits = match (&checked, refusal) {
            (Ok(()), None) => true,
            (Err(said), Some(wanted)) => said.contains(wanted),
            _ => false,
        };
        assert!(fits, "{kid} {how:?} at {hours} h: {checked:?}");
    }
    assert!(check_retirement(&four(), "nobody", AtOnce, at(0)).is_err());
    let last = [key("a", 0, None), key("c", 200, None)];
    assert!(check_retirement(&last, "a", AtOnce, at(100)).is_err(), "one that waits cannot sign");
}
