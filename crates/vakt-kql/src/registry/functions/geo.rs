//! The globe.

use super::super::function::Family::Geo as F;
use super::super::function::Function;
use super::super::function::NullRule::Answers;
use super::super::function::Volatility::Stable;
use super::super::kit::{SHAPE, STRING_ARRAYS, STRINGS, o, p, pure, t, to};
use super::super::signature::ParameterType::{Array, Bag, Number, NumberOrBool, StringOrArray};
use crate::types::ScalarType::{Bool, Dynamic, Int, Real, String};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "geo_from_wkt", &[o(&[p("wkt", StringOrArray)], SHAPE)],
        "The GeoJSON shape of a WKT text."),
    pure(F, "geo_angle", &[to(&[
        p("p1_longitude", Number), p("p1_latitude", Number), p("p2_longitude", Number),
        p("p2_latitude", Number), p("p3_longitude", Number), p("p3_latitude", Number),
    ], Real)],
        "The angle between two lines that meet in the middle point, in degrees clockwise."),
    pure(F, "geo_azimuth", &[to(&[
        p("p1_longitude", Number), p("p1_latitude", Number), p("p2_longitude", Number),
        p("p2_latitude", Number),
    ], Real)],
        "The direction from one point to another, in degrees clockwise from north."),
    pure(F, "geo_closest_point_on_line", &[o(&[
        p("longitude", Number), p("latitude", Number), p("lineString", Bag),
    ], SHAPE)],
        "The point of a line that is nearest to a point."),
    pure(F, "geo_closest_point_on_polygon", &[o(&[
        p("longitude", Number), p("latitude", Number), p("polygon", Bag),
    ], SHAPE)],
        "The point of a polygon's border that is nearest to a point."),
    pure(F, "geo_distance_2points", &[to(&[
        p("p1_longitude", Number), p("p1_latitude", Number), p("p2_longitude", Number),
        p("p2_latitude", Number), p("use_spheroid", NumberOrBool).optional(),
    ], Real)],
        "The shortest way between two points, in metres."),
    pure(F, "geo_distance_point_to_line", &[to(&[
        p("longitude", Number), p("latitude", Number), p("lineString", Bag),
    ], Real)],
        "The shortest way from a point to a line, in metres."),
    pure(F, "geo_distance_point_to_polygon", &[to(&[
        p("longitude", Number), p("latitude", Number), p("polygon", Bag),
    ], Real)],
        "The shortest way from a point to a polygon, in metres."),
    pure(F, "geo_point_in_circle", &[to(&[
        p("p_longitude", Number), p("p_latitude", Number), p("pc_longitude", Number),
        p("pc_latitude", Number), p("c_radius", Number),
    ], Bool)],
        "True if the point is in the circle."),
    pure(F, "geo_point_in_polygon", &[to(&[
        p("longitude", Number), p("latitude", Number), p("polygon", Bag),
    ], Bool)],
        "True if the point is in the polygon."),
    pure(F, "geo_intersects_2lines", &[to(&[p("lineString1", Bag), p("lineString2", Bag)], Bool)],
        "True if two lines meet."),
    pure(F, "geo_intersects_line_with_polygon", &[to(&[
        p("lineString", Bag), p("polygon", Bag),
    ], Bool)],
        "True if a line and a polygon meet."),
    pure(F, "geo_intersects_2polygons", &[to(&[p("polygon1", Bag), p("polygon2", Bag)], Bool)],
        "True if two polygons meet."),
    pure(F, "geo_intersection_2lines", &[o(&[p("lineString1", Bag), p("lineString2", Bag)], SHAPE)],
        "Where two lines meet."),
    pure(F, "geo_intersection_line_with_polygon", &[o(&[
        p("lineString", Bag), p("polygon", Bag),
    ], SHAPE)],
        "Where a line and a polygon meet."),
    pure(F, "geo_intersection_2polygons", &[o(&[p("polygon1", Bag), p("polygon2", Bag)], SHAPE)],
        "Where two polygons meet."),
    pure(F, "geo_union_polygons_array", &[o(&[p("polygons", Array)], SHAPE)],
        "The union of an array of polygons."),
    pure(F, "geo_simplify_polygons_array", &[o(&[
        p("polygons", Array), p("tolerance", Number).optional(),
    ], SHAPE)],
        "An array of polygons with fewer corners, borders between them kept."),
    pure(F, "geo_union_lines_array", &[o(&[p("lineStrings", Array)], SHAPE)],
        "The union of an array of lines."),
    pure(F, "geo_polygon_to_h3cells", &[o(&[
        p("polygon", Bag), p("resolution", Number).optional(), p("radius", Number).optional(),
    ], STRINGS)],
        "The H3 cells that cover a polygon."),
    pure(F, "geo_polygon_to_s2cells", &[o(&[
        p("polygon", Bag), p("level", Number).optional(), p("radius", Number).optional(),
    ], STRINGS)],
        "The S2 cells that cover a polygon."),
    pure(F, "__geo_polygon_s2cell_covering_level", &[to(&[p("polygon", Bag)], Int)],
        "The level of S2 cells that suits a polygon.").not_offered(),
    pure(F, "geo_polygon_densify", &[o(&[
        p("polygon", Bag), p("tolerance", Number).optional(),
        p("preserve_crossing", NumberOrBool).optional(),
    ], SHAPE)],
        "The polygon with corners added to its long edges."),
    pure(F, "geo_polygon_area", &[to(&[p("polygon", Bag)], Real)],
        "The area of a polygon, in square metres."),
    pure(F, "geo_polygon_buffer", &[o(&[
        p("polygon", Bag), p("radius", Number), p("tolerance", Number).optional(),
    ], SHAPE)],
        "The polygon with a margin around it."),
    pure(F, "geo_polygon_centroid", &[o(&[p("polygon", Bag)], SHAPE)],
        "The centre of mass of a polygon."),
    pure(F, "__geo_polygon_validate", &[to(&[p("polygon", Bag)], String)],
        "What is wrong with a polygon.").not_offered().nulls(Answers),
    pure(F, "geo_polygon_perimeter", &[to(&[p("polygon", Bag)], Real)],
        "The length of a polygon's border, in metres."),
    pure(F, "geo_polygon_simplify", &[o(&[
        p("polygon", Bag), p("tolerance", Number).optional(),
    ], SHAPE)],
        "The polygon with fewer corners."),
    pure(F, "__geo_line_s2cell_covering_level", &[to(&[p("lineString", Bag)], Int)],
        "The level of S2 cells that suits a line.").not_offered(),
    pure(F, "geo_line_length", &[to(&[p("lineString", Bag)], Real)],
        "The length of a line, in metres."),
    pure(F, "geo_line_buffer", &[o(&[
        p("lineString", Bag), p("radius", Number), p("tolerance", Number).optional(),
    ], SHAPE)],
        "The line with a margin around it."),
    pure(F, "geo_line_centroid", &[o(&[p("lineString", Bag)], SHAPE)],
        "The centre of mass of a line."),
    pure(F, "geo_line_densify", &[o(&[
        p("lineString", Bag), p("tolerance", Number).optional(),
        p("preserve_crossing", NumberOrBool).optional(),
    ], SHAPE)],
        "The line with points added to its long edges."),
    pure(F, "geo_line_simplify", &[o(&[
        p("lineString", Bag), p("tolerance", Number).optional(),
    ], SHAPE)],
        "The line with fewer points."),
    pure(F, "geo_line_locate_point", &[to(&[
        p("lineString", Bag), p("longitude", Number), p("latitude", Number),
        p("use_spheroid", NumberOrBool).optional(),
    ], Real)],
        "Where along a line a point is nearest, from 0 to 1."),
    pure(F, "geo_line_interpolate_point", &[o(&[
        p("lineString", Bag), p("fraction", Number),
    ], SHAPE)],
        "The point at a share of a line's length."),
    pure(F, "__geo_line_validate", &[to(&[p("lineString", Bag)], String)],
        "What is wrong with a line.").not_offered().nulls(Answers),
    pure(F, "geo_line_to_s2cells", &[o(&[
        p("lineString", Bag), p("level", Number).optional(), p("radius", Number).optional(),
    ], STRINGS)],
        "The S2 cells that cover a line."),
    pure(F, "__geo_length_to_s2cell_level", &[to(&[p("length", Number)], Int)],
        "The level of S2 cells that suits a length.").not_offered(),
    pure(F, "geo_point_to_geohash", &[to(&[
        p("longitude", Number), p("latitude", Number), p("accuracy", Number).optional(),
    ], String)],
        "The geohash of a point."),
    pure(F, "geo_geohash_to_central_point", &[o(&[t("geohash", String)], SHAPE)],
        "The centre of a geohash."),
    pure(F, "geo_geohash_to_polygon", &[o(&[t("geohash", String)], SHAPE)],
        "The border of a geohash."),
    pure(F, "geo_geohash_neighbors", &[o(&[t("geohash", String)], STRINGS)],
        "The geohashes around one."),
    pure(F, "geo_point_buffer", &[o(&[
        p("longitude", Number), p("latitude", Number), p("radius", Number),
        p("tolerance", Number).optional(),
    ], SHAPE)],
        "The circle around a point, as a polygon."),
    pure(F, "geo_point_to_s2cell", &[to(&[
        p("longitude", Number), p("latitude", Number), p("level", Number).optional(),
    ], String)],
        "The S2 cell of a point."),
    pure(F, "geo_s2cell_to_central_point", &[o(&[t("s2cell", String)], SHAPE)],
        "The centre of an S2 cell."),
    pure(F, "geo_s2cell_to_polygon", &[o(&[t("s2cell", String)], SHAPE)],
        "The border of an S2 cell."),
    pure(F, "geo_s2cell_neighbors", &[o(&[t("s2cell", String)], STRINGS)],
        "The S2 cells around one."),
    pure(F, "geo_point_to_h3cell", &[to(&[
        p("longitude", Number), p("latitude", Number), p("resolution", Number).optional(),
    ], String)],
        "The H3 cell of a point."),
    pure(F, "geo_h3cell_to_central_point", &[o(&[t("h3cell", String)], SHAPE)],
        "The centre of an H3 cell."),
    pure(F, "geo_h3cell_to_polygon", &[o(&[t("h3cell", String)], SHAPE)],
        "The border of an H3 cell."),
    pure(F, "geo_h3cell_neighbors", &[o(&[t("h3cell", String)], STRINGS)],
        "The H3 cells around one."),
    pure(F, "geo_h3cell_children", &[o(&[
        t("h3cell", String), p("resolution", Number).optional(),
    ], STRINGS)],
        "The H3 cells within one."),
    pure(F, "geo_h3cell_parent", &[to(&[
        t("h3cell", String), p("resolution", Number).optional(),
    ], String)],
        "The H3 cell that holds one."),
    pure(F, "geo_h3cell_rings", &[o(&[t("h3cell", String), p("distance", Number)], STRING_ARRAYS)],
        "The rings of H3 cells around one."),
    pure(F, "geo_h3cell_level", &[to(&[t("h3cell", String)], Int)],
        "The resolution of an H3 cell."),
    pure(F, "geo_info_from_ip_address", &[to(&[t("ip", String)], Dynamic)],
        "Country, city and place of an address, as a bag.").lasting(Stable),
];
