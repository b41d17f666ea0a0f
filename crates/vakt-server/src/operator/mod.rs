//! Vakt's own API: what the operator does with tenants and keys, and a tenant's administrators
//! with people. Handlers take a [`Call`] and give an answer or why not.

mod call;
mod errors;
mod export;
mod keys;
mod lines;
mod new_tenant;
mod people;
mod tenants;
mod to_wire;

pub(crate) use call::{BODY_MAX_BYTES, Call, operator_route};
pub(crate) use errors::Refused;
pub(crate) use export::export_tenant;
pub(crate) use keys::{list_keys, make_key, retire_key};
pub(crate) use people::{
    add_person, change_person, get_person, list_people, remove_person, reset_password,
    reset_second_factor, unlock_person,
};
pub(crate) use tenants::{delete_tenant, get_tenant, list_tenants, make_tenant};
