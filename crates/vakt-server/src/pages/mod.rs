//! What all pages for people have in common: the look, the headers, cookies, forms and faults.
//! Pages work without scripts, and load nothing but what [`assets`] serves. Start with [`Visit`] and
//! [`answered`]; pages of the portal start with `portal/mod.rs`.

pub(crate) mod assets;
mod cookies;
mod fault;
mod fields;
mod onward;
mod page;
mod theme;
mod visit;

pub(crate) use cookies::Kind;
pub(crate) use fault::{Fault, FaultWords, Stop};
pub(crate) use fields::Fields;
pub(crate) use onward::Onward;
pub(crate) use page::Page;
pub(crate) use theme::Theme;
pub(crate) use visit::{SignedIn, Visit, answered, token_of};
