//! What all pages for people have in common: the look, the headers, cookies, forms and faults.
//! Pages work without scripts and load nothing. Start with [`Visit`] and [`answered`].

mod cookies;
mod fault;
mod fields;
mod onward;
mod page;
mod visit;

pub(crate) use cookies::Kind;
pub(crate) use fault::{Fault, Stop};
pub(crate) use fields::Fields;
pub(crate) use onward::Onward;
pub(crate) use page::Page;
pub(crate) use visit::{SignedIn, Visit, answered, token_of};

/// The style of all pages. It is part of each page, so that none has to be fetched.
pub(crate) const STYLE: &str = include_str!("../../templates/style.css");
