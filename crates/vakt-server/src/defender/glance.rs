//! A glance at an incident's text before it is decoded: its dialect, and how many parts it has.
//! Nothing is kept of it, so that an incident that is too large is refused before it takes memory.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What is seen of an incident.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Glance {
    incident_id: Present,
    id: Present,
    alerts: Alerts,
}

impl Glance {
    /// An incident of the classic dialect, whose parts need no counting.
    pub(super) fn of_classic() -> Self {
        Self { incident_id: Present(true), ..Self::default() }
    }

    /// Whether the mark of the classic dialect is there.
    pub(super) fn is_classic(&self) -> bool {
        self.incident_id.0
    }

    /// Whether the mark of Graph's dialect is there.
    pub(super) fn is_graph(&self) -> bool {
        self.id.0
    }

    /// Alerts, devices and entities, all together.
    pub(super) fn parts(&self) -> usize {
        self.alerts.0
    }
}

/// A member that is there, whatever it holds.
#[derive(Debug, Default)]
struct Present(bool);

impl<'de> Deserialize<'de> for Present {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self(true))
    }
}

/// The parts of a list of alerts.
#[derive(Debug, Default)]
struct Alerts(usize);

/// The parts of an alert: itself, its devices and entities.
struct Alert(usize);

/// How many items a list has.
struct Length(usize);

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Member {
    Devices,
    Entities,
    Evidence,
    #[serde(other)]
    Other,
}

/// What is counted in a list or an object; anything else has nothing of it.
trait Count<'de>: Sized {
    const NOTHING: Self;

    fn of_list<A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error>;

    fn of_object<A: MapAccess<'de>>(object: A) -> Result<Self, A::Error>;
}

struct Counting<T>(PhantomData<T>);

impl<'de, T: Count<'de>> Visitor<'de> for Counting<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_bool<E>(self, _: bool) -> Result<T, E> {
        Ok(T::NOTHING)
    }

    fn visit_i64<E>(self, _: i64) -> Result<T, E> {
        Ok(T::NOTHING)
    }

    fn visit_u64<E>(self, _: u64) -> Result<T, E> {
        Ok(T::NOTHING)
    }

    fn visit_f64<E>(self, _: f64) -> Result<T, E> {
        Ok(T::NOTHING)
    }

    fn visit_str<E>(self, _: &str) -> Result<T, E> {
        Ok(T::NOTHING)
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::NOTHING)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::of_list(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
        T::of_object(object)
    }
}

fn count<'de, T: Count<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(Counting(PhantomData))
}

impl<'de> Deserialize<'de> for Alerts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        count(deserializer)
    }
}

impl<'de> Deserialize<'de> for Alert {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        count(deserializer)
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        count(deserializer)
    }
}

impl<'de> Count<'de> for Alerts {
    const NOTHING: Self = Self(0);

    fn of_list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut parts = 0;
        while let Some(Alert(of_alert)) = list.next_element()? {
            parts += of_alert;
        }
        Ok(Self(parts))
    }

    fn of_object<A: MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
        skip(object).map(|()| Self::NOTHING)
    }
}

impl<'de> Count<'de> for Alert {
    const NOTHING: Self = Self(1);

    fn of_list<A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        Length::of_list(list).map(|_| Self::NOTHING)
    }

    fn of_object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        let mut parts = 1;
        while let Some(member) = object.next_key()? {
            match member {
                Member::Devices | Member::Entities | Member::Evidence => {
                    parts += object.next_value::<Length>()?.0;
                }
                Member::Other => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Self(parts))
    }
}

impl<'de> Count<'de> for Length {
    const NOTHING: Self = Self(0);

    fn of_list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut length = 0;
        while list.next_element::<IgnoredAny>()?.is_some() {
            length += 1;
        }
        Ok(Self(length))
    }

    fn of_object<A: MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
        skip(object).map(|()| Self::NOTHING)
    }
}

fn skip<'de, A: MapAccess<'de>>(mut object: A) -> Result<(), A::Error> {
    while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Glance;

    #[test]
    fn parts_are_counted_whatever_stands_in_their_place() {
        for (text, classic, graph, parts) in [
            ("{}", false, false, 0),
            (r#"{"incidentId":null}"#, true, false, 0),
            (r#"{"id":"1","alerts":null}"#, false, true, 0),
            (r#"{"id":1,"alerts":[1,"a",null,true,1.5,-1,[2],{}]}"#, false, true, 8),
            (r#"{"alerts":{"devices":[1]}}"#, false, false, 0),
            (r#"{"alerts":[{"devices":[{},{}],"entities":[1],"x":[1,2]}]}"#, false, false, 4),
            (
                r#"{"alerts":[{"evidence":[[],[]],"devices":{"a":1},"entities":3}]}"#,
                false,
                false,
                3,
            ),
        ] {
            let glance: Glance = serde_json::from_str(text).unwrap();
            let seen = (glance.is_classic(), glance.is_graph(), glance.parts());
            assert_eq!(seen, (classic, graph, parts), "for {text}");
        }
    }
}
