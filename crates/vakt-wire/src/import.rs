//! Vakt's own route `POST /vakt/v1/incidents/import`: incidents as Microsoft's APIs return them
//! go in, a count of what became of them comes out.

use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Largest request body of an import, in bytes; longer files are sent in several requests.
pub const IMPORT_BODY_MAX_BYTES: usize = 16 * 1024 * 1024;

/// Most incidents in one request.
pub const IMPORT_INCIDENTS_MAX: usize = 10_000;

/// Body of an import: a page of either dialect, each incident kept as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct ImportRequest {
    /// The incidents, [`IMPORT_INCIDENTS_MAX`] at most.
    #[serde(deserialize_with = "bounded")]
    pub value: Vec<serde_json::Value>,
}

/// The same body, with the text of each incident where it stands in the body.
#[derive(Debug, Clone, Deserialize)]
pub struct ImportTexts<'a> {
    /// The incidents, [`IMPORT_INCIDENTS_MAX`] at most.
    #[serde(borrow, deserialize_with = "bounded")]
    pub value: Vec<&'a RawValue>,
}

/// Stops reading at the limit: a body may be small and hold millions of items.
fn bounded<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Items<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> serde::de::Visitor<'de> for Items<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "an array of at most {IMPORT_INCIDENTS_MAX} incidents")
        }

        fn visit_seq<A: serde::de::SeqAccess<'de>>(
            self,
            mut seq: A,
        ) -> Result<Self::Value, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = seq.next_element()? {
                if items.len() == IMPORT_INCIDENTS_MAX {
                    return Err(serde::de::Error::invalid_length(items.len() + 1, &self));
                }
                items.push(item);
            }
            Ok(items)
        }
    }

    deserializer.deserialize_seq(Items(PhantomData))
}

/// What an import did. Everything counted as stored is on disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportAnswer {
    /// Incidents that were new.
    pub created: u64,
    /// Incidents that replaced an older state.
    pub updated: u64,
    /// Incidents whose stored state is as new or newer.
    pub unchanged: u64,
    /// Incidents that were refused; the others of the request are stored all the same.
    pub refused: Vec<ImportProblem>,
    /// Members nobody knew, each once, as paths such as `alerts[].foo`.
    pub ignored_members: Vec<String>,
}

/// Why one incident was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportProblem {
    /// Position in the request, counted from 0.
    pub index: u64,
    /// What is wrong with it.
    pub reason: String,
}
