//! The house's conscience: its laws, read off the manifests and the sources. A rule that no test
//! enforces is decoration.

mod layers;
mod measures;
mod migrations;
mod source;
mod words;
