//! Consent at the wire.
