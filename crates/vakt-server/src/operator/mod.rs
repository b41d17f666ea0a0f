//! Vakt's own API: what the operator does with tenants and keys, and a tenant's administrators
//! with people. Handlers take a [`Call`] and give an answer or why not.

mod call;
mod errors;
mod keys;
mod tenants;
mod to_wire;

pub(crate) use call::{Call, answered};
pub(crate) use errors::Refused;
pub(crate) use keys::{list_keys, make_key, retire_key};
pub(crate) use tenants::{delete_tenant, get_tenant, list_tenants};
