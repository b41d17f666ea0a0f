//! The pages in a real browser, driven as a person would: on a phone and on a desk, by day and by
//! night. Screenshots are kept in the target folder, below `tmp/pages`.

mod album;
mod axe;
mod devtools;
mod driver;
mod hostile;
mod incidents;
mod journeys;
mod keyboard;
mod looking;
mod pictures;
mod portal;
mod signing_in;
mod views;
