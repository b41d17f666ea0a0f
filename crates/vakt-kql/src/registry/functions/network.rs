//! Network addresses.

use super::super::function::Family::Network as F;
use super::super::function::Function;
use super::super::kit::{ARRAY, o, p, pure, scalar, t, to};
use super::super::signature::ParameterType::{Array, Scalar, StringOrDynamic};
use super::super::signature::REPEATS_COUNT_MAX as MANY;
use crate::types::ScalarType::{Bool, Long, String};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "parse_ipv4", &[to(&[t("ip", String)], Long)], "The address as a number."),
    pure(F, "parse_ipv4_mask", &[to(&[t("ip", String), t("prefix", Long)], Long)],
        "The address and the length of its prefix as a number."),
    pure(F, "parse_ipv6", &[to(&[t("ip", String)], String)],
        "The address in full IPv6 form, IPv4 too."),
    pure(F, "parse_ipv6_mask", &[to(&[t("ip", String), t("prefix", Long)], String)],
        "The address and the length of its prefix in full IPv6 form."),
    pure(F, "ipv4_compare", &[to(&[
        t("ip1", String), t("ip2", String), t("prefix", Long).optional(),
    ], Long)],
        "Compares two IPv4 addresses under a prefix: -1, 0 or 1."),
    pure(F, "ipv4_is_match", &[to(&[
        t("ip1", String), t("ip2", String), t("prefix", Long).optional(),
    ], Bool)],
        "True if two IPv4 addresses are equal under a prefix."),
    pure(F, "ipv6_compare", &[to(&[
        t("ip1", String), t("ip2", String), t("prefix", Long).optional(),
    ], Long)],
        "Compares two IPv6 or IPv4 addresses under a prefix: -1, 0 or 1."),
    pure(F, "ipv4_is_private", &[to(&[t("ip", String)], Bool)],
        "True if the IPv4 address is in a private network."),
    pure(F, "ipv6_is_match", &[to(&[
        t("ip1", String), t("ip2", String), t("prefix", Long).optional(),
    ], Bool)],
        "True if two IPv6 or IPv4 addresses are equal under a prefix."),
    pure(F, "ipv6_is_in_range", &[to(&[t("ip", String), t("ip_range", String)], Bool)],
        "True if the IPv6 address is in the range of a CIDR text."),
    scalar(F, "ipv6_is_in_any_range", &[
        to(&[p("ip", StringOrDynamic), t("ranges", String).times(1, MANY)], Bool).repeating(),
        to(&[p("ip", StringOrDynamic), p("ranges", Array)], Bool),
    ],
        "True if the IPv6 address is in any of several ranges."),
    pure(F, "ipv4_is_in_range", &[to(&[t("ip", String), t("ip_range", String)], Bool)],
        "True if the IPv4 address is in the range of a CIDR text."),
    scalar(F, "ipv4_is_in_any_range", &[
        to(&[p("ip", StringOrDynamic), t("ranges", String).times(1, MANY)], Bool).repeating(),
        to(&[p("ip", StringOrDynamic), p("ranges", Array)], Bool),
    ],
        "True if the IPv4 address is in any of several ranges."),
    pure(F, "ipv4_netmask_suffix", &[to(&[t("ip", String)], Long)],
        "The length of the prefix of an IPv4 address."),
    scalar(F, "__ipv6_lookup_ranges", &[o(&[p("ip", StringOrDynamic), p("ranges", Array)], ARRAY)],
        "The ranges by which `ipv6_lookup` finds an address.").not_offered(),
    pure(F, "format_ipv4", &[to(&[p("ip", Scalar), t("prefix", Long).optional()], String)],
        "The IPv4 address of a number, cut to a prefix."),
    pure(F, "format_ipv4_mask", &[to(&[p("ip", Scalar), t("prefix", Long)], String)],
        "The IPv4 address of a number, cut to a prefix, in CIDR form."),
    scalar(F, "has_ipv4", &[to(&[p("source", StringOrDynamic), t("ip", String)], Bool)],
        "True if the text has the IPv4 address as a term."),
    scalar(F, "has_ipv4_prefix", &[to(&[
        p("source", StringOrDynamic), t("ip_prefix", String),
    ], Bool)],
        "True if the text has an IPv4 address with the prefix."),
    scalar(F, "has_any_ipv4", &[
        to(&[p("source", StringOrDynamic), t("ips", String).times(1, MANY)], Bool).repeating(),
        to(&[p("source", StringOrDynamic), p("ips", Array)], Bool),
    ],
        "True if the text has any of the IPv4 addresses as a term."),
    scalar(F, "has_any_ipv4_prefix", &[
        to(&[
            p("source", StringOrDynamic), t("ip_prefixes", String).times(1, MANY),
        ], Bool).repeating(),
        to(&[p("source", StringOrDynamic), p("ip_prefixes", Array)], Bool),
    ],
        "True if the text has an IPv4 address with any of the prefixes."),
    pure(F, "ipv4_range_to_cidr_list", &[o(&[t("start_ip", String), t("end_ip", String)], ARRAY)],
        "The CIDR texts that together cover a range of IPv4 addresses, as an array."),
];
