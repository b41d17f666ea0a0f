//! Paths of graphs.

use super::super::function::Family::Graph as F;
use super::super::function::Function;
use super::super::kit::{STRINGS, computed, o, p, scalar, t, to};
use super::super::signature::ArgumentKind::OfElements;
use super::super::signature::Computed::{ArrayOfSecond, NodesOfGraph};
use super::super::signature::ParameterType::Scalar;
use crate::types::ScalarType::{Bool, Long, String};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    scalar(F, "all", &[to(&[
        p("pattern_element", Scalar), t("expression", Bool).as_kind(OfElements),
    ], Bool)],
        "True if the condition holds for all edges or nodes of a path."),
    scalar(F, "any", &[to(&[
        p("pattern_element", Scalar), t("expression", Bool).as_kind(OfElements),
    ], Bool)],
        "True if the condition holds for some edge or node of a path."),
    scalar(F, "map", &[computed(&[
        p("pattern_element", Scalar), p("expression", Scalar).as_kind(OfElements),
    ], ArrayOfSecond)],
        "The value of an expression for each edge or node of a path, as an array."),
    scalar(F, "inner_nodes", &[computed(&[p("edge", Scalar)], NodesOfGraph)],
        "The nodes within a path, as its scope."),
    scalar(F, "node_id", &[to(&[p("node", Scalar).optional()], String)], "The id of a node."),
    scalar(F, "node_degree_in", &[to(&[p("node", Scalar).optional()], Long)],
        "Counts the edges into a node."),
    scalar(F, "node_degree_out", &[to(&[p("node", Scalar).optional()], Long)],
        "Counts the edges out of a node."),
    scalar(F, "labels", &[o(&[p("pattern_element", Scalar).optional()], STRINGS)],
        "The labels of a node or edge, as an array."),
];
