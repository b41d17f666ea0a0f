//! Hashes.

use super::super::function::Family::Hash as F;
use super::super::function::Function;
use super::super::function::NullRule::Answers;
use super::super::kit::{p, pure, to};
use super::super::signature::ParameterType::{Integer, NotDynamic, Scalar};
use super::super::signature::REPEATS_COUNT_MAX as MANY;
use crate::types::ScalarType::{Long, String};

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "__hash_crc32", &[to(&[
        p("source", NotDynamic), p("mod", Integer), p("seed", Integer),
    ], Long)],
        "The CRC-32 of a value.").not_offered(),
    pure(F, "__hash_djb2", &[to(&[p("source", NotDynamic), p("mod", Integer).optional()], Long)],
        "The DJB2 hash of a value.").not_offered(),
    pure(F, "hash", &[to(&[p("source", NotDynamic), p("mod", Integer).optional()], Long)],
        "A hash of a value by an algorithm that may change, or its remainder.").nulls(Answers),
    pure(F, "hash_sha256", &[to(&[p("source", NotDynamic)], String)],
        "The SHA-256 of a value, as hexadecimal text.").nulls(Answers),
    pure(F, "hash_md5", &[to(&[p("source", NotDynamic)], String)],
        "The MD5 of a value, as hexadecimal text.").nulls(Answers),
    pure(F, "hash_sha1", &[to(&[p("source", NotDynamic)], String)],
        "The SHA-1 of a value, as hexadecimal text.").nulls(Answers),
    pure(F, "hash_xxhash64", &[to(&[p("source", NotDynamic), p("mod", Integer).optional()], Long)],
        "The xxHash64 of a value, or its remainder.").nulls(Answers),
    pure(F, "__hash_xxh64", &[to(&[
        p("source", NotDynamic), p("mod", Integer), p("seed", Integer),
    ], Long)],
        "The xxHash64 of a value with a seed.").not_offered(),
    pure(F, "hash_combine", &[to(&[p("source", Scalar).times(2, MANY)], Long).repeating()],
        "One hash of several hashes.").nulls(Answers),
    pure(F, "hash_many", &[to(&[p("source", NotDynamic).times(1, MANY)], Long).repeating()],
        "One hash of several values.").nulls(Answers),
    pure(F, "__hash_many_crc32", &[to(&[p("arg", Scalar).times(1, 2)], Long).repeating()],
        "The CRC-32 of several values.").not_offered(),
];
