use jiff::SignedDuration;

use super::*;

const CALLER: (TenantId, AppId) = (TenantId::from_u128(1), AppId::from_u128(2));

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_secs(seconds)).unwrap()
}

fn strict() -> Quotas {
    Quotas::new(Strictness::Strict, &[]).unwrap()
}

#[test]
fn a_window_begins_with_a_call_and_ends_for_all_of_them() {
    let quotas = strict();
    for call in 0..50 {
        let standing = quotas.count(Group::IncidentList, CALLER, at(0)).unwrap().unwrap();
        assert_eq!(standing.remaining_calls, 49 - call);
    }
    let refused = |seconds| quotas.count(Group::IncidentList, CALLER, at(seconds)).unwrap_err();
    let expected = Exceeded { calls_max: 50, window_seconds: 60, reset_seconds: 60 };
    assert_eq!(refused(0), expected);
    assert_eq!(refused(59).reset_seconds, 1);
    assert!(quotas.count(Group::IncidentGet, CALLER, at(59)).is_ok(), "another group");
    let other = (CALLER.0, AppId::from_u128(3));
    assert!(quotas.count(Group::IncidentList, other, at(59)).is_ok(), "another application");
    let elsewhere = (TenantId::from_u128(4), CALLER.1);
    assert!(quotas.count(Group::IncidentList, elsewhere, at(59)).is_ok(), "another tenant");
    assert_eq!(
        quotas.count(Group::IncidentList, CALLER, at(60)).unwrap().unwrap().remaining_calls,
        49
    );
}

#[test]
fn the_hours_ceiling_is_met_after_many_minutes() {
    let quotas = strict();
    for minute in 0..30 {
        for _ in 0..50 {
            quotas.count(Group::IncidentList, CALLER, at(minute * 60)).unwrap();
        }
    }
    let refused = quotas.count(Group::IncidentList, CALLER, at(1_800)).unwrap_err();
    let expected = Exceeded { calls_max: 1_500, window_seconds: 3_600, reset_seconds: 1_800 };
    assert_eq!(refused, expected);
    assert_eq!(
        refused.problem().message,
        "API calls quota exceeded! maximum allowed 1500 per 01:00:00"
    );
    assert!(quotas.count(Group::IncidentList, CALLER, at(3_600)).is_ok());
}

#[test]
fn without_ceilings_calls_are_only_counted() {
    let quotas = Quotas::new(Strictness::Lenient, &[]).unwrap();
    for _ in 0..1_000 {
        assert_eq!(quotas.count(Group::Hunting, CALLER, at(0)), Ok(None));
    }
    let [used] = quotas.used(Group::Hunting, CALLER, at(1)).try_into().unwrap();
    assert_eq!((used.calls, used.reset_seconds, used.ceiling.calls_max), (1_000, 59, None));
    let [later] = quotas.used(Group::Hunting, CALLER, at(60)).try_into().unwrap();
    assert_eq!(later.calls, 0);
}

#[test]
fn an_operators_own_ceilings_stand_in_place_of_microsofts() {
    let wishes = ["hunting=2/10".parse().unwrap()];
    for strict in [Strictness::Lenient, Strictness::Strict] {
        let quotas = Quotas::new(strict, &wishes).unwrap();
        quotas.count(Group::Hunting, CALLER, at(0)).unwrap();
        quotas.count(Group::Hunting, CALLER, at(5)).unwrap();
        let refused = quotas.count(Group::Hunting, CALLER, at(5)).unwrap_err();
        assert_eq!((refused.calls_max, refused.reset_seconds), (2, 5));
        // The clock was set back: nobody waits for longer than a window.
        assert!(quotas.count(Group::Hunting, CALLER, at(-3_600)).is_ok());
    }
    let three = [wishes[0]; WINDOWS_OF_GROUP_MAX + 1];
    let fault = Quotas::new(Strictness::Lenient, &three).err();
    assert_eq!(fault, Some(QuotaWishFault::TooMany { group: "hunting" }));
}
