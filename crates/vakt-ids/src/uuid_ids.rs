//! Ids that are GUIDs. Text form: lower case, hyphenated; read in any case.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::text::{NotAnId, parse_guid};

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $expected:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a GUID that is known to name this kind of thing.
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// Wraps 128 bits, for ids that are written in the source.
            pub const fn from_u128(id: u128) -> Self {
                Self(Uuid::from_u128(id))
            }

            /// Makes a version 4 GUID of 16 random bytes; the caller brings the chance.
            pub fn from_random_bytes(bytes: [u8; 16]) -> Self {
                Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }

            /// The GUID inside.
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                parse_guid(text, $expected).map(Self)
            }
        }
    };
}

uuid_id!(
    /// A directory (tenant).
    TenantId,
    "a tenant id (a GUID)"
);
uuid_id!(
    /// An application's client id, the same in every tenant.
    AppId,
    "an application id (a GUID)"
);
uuid_id!(
    /// An object of one directory: an application or a service principal.
    ObjectId,
    "an object id (a GUID)"
);
uuid_id!(
    /// A credential of an application.
    KeyId,
    "a key id (a GUID)"
);
uuid_id!(
    /// An app role, as the resource that offers it numbers it.
    RoleId,
    "an app role id (a GUID)"
);
uuid_id!(
    /// A granted app role.
    AssignmentId,
    "an app role assignment id (a GUID)"
);
uuid_id!(
    /// Granted delegated permissions.
    GrantId,
    "a permission grant id (a GUID)"
);
uuid_id!(
    /// Something that is to be done to a device.
    MachineActionId,
    "a machine action id (a GUID)"
);
uuid_id!(
    /// A view of the queue of incidents that a person saved.
    ViewId,
    "a view's id (a GUID)"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_urns_and_bare_digits_are_refused() {
        for text in [
            "",
            "{8ee8fdad-f234-4243-8f3b-15c294843740}",
            "urn:uuid:8ee8fdad-f234-4243-8f3b-15c294843740",
            "8ee8fdadf23442438f3b15c294843740",
            "8ee8fdad-f234-4243-8f3b-15c29484374g",
        ] {
            assert!(text.parse::<TenantId>().is_err(), "{text} was read as an id");
        }
    }
}
