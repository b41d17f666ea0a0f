//! The scalar functions, by family.

mod binary;
mod binning;
mod condition;
mod context;
mod conversion;
mod dynamic;
mod encoding;
mod entity;
mod geo;
mod graph;
mod hash;
mod math;
mod network;
mod parsing;
mod series;
mod sketch;
mod text;
mod time;
mod units;
mod window;

use super::function::Function;

/// All tables, in the order of the reference.
pub(super) static TABLES: &[&[Function]] = &[
    entity::ROWS,
    text::ROWS,
    condition::ROWS,
    conversion::ROWS,
    parsing::ROWS,
    encoding::ROWS,
    time::ROWS,
    hash::ROWS,
    binning::ROWS,
    binary::ROWS,
    dynamic::ROWS,
    sketch::ROWS,
    series::ROWS,
    math::ROWS,
    units::ROWS,
    geo::ROWS,
    graph::ROWS,
    network::ROWS,
    context::ROWS,
    window::ROWS,
];
