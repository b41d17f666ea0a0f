//! Encodings of texts.

use super::super::function::Family::Encoding as F;
use super::super::function::Function;
use super::super::kit::{ARRAY, o, p, pure, t, to};
use super::super::signature::Overload;
use super::super::signature::ParameterType::Array;
use crate::types::ScalarType::{Guid, String};

#[rustfmt::skip]
const TEXT_TO_TEXT: &[Overload] = &[
    to(&[t("string", String)], String),
];

#[rustfmt::skip]
pub(super) static ROWS: &[Function] = &[
    pure(F, "url_encode", &[to(&[t("url", String)], String)],
        "The text with the characters escaped that a URL cannot have, a blank as `+`."),
    pure(F, "url_encode_component", &[to(&[t("url", String)], String)],
        "The text with the characters escaped that a part of a URL cannot have."),
    pure(F, "url_decode", &[to(&[t("encoded_url", String)], String)],
        "The text of which a URL has the escaped form."),
    pure(F, "base64_encodestring", TEXT_TO_TEXT,
        "The old name of `base64_encode_tostring`.").instead("base64_encode_tostring"),
    pure(F, "base64_encode_tostring", TEXT_TO_TEXT, "The Base64 form of the bytes of a text."),
    pure(F, "base64_decode_toarray", &[o(&[t("base64_string", String)], ARRAY)],
        "The bytes of a Base64 text, as an array of numbers."),
    pure(F, "base64_encode_fromarray", &[to(&[p("base64_string_decoded_as_array", Array)], String)],
        "The Base64 form of an array of bytes."),
    pure(F, "base64_decodestring", &[to(&[t("base64_string", String)], String)],
        "The old name of `base64_decode_tostring`.").instead("base64_decode_tostring"),
    pure(F, "base64_decode_tostring", &[to(&[t("base64_string", String)], String)],
        "The text of which this is the Base64 form."),
    pure(F, "base64_decode_toguid", &[to(&[t("base64_string", String)], Guid)],
        "The guid of which this is the Base64 form."),
    pure(F, "base64_encode_fromguid", &[to(&[t("guid", Guid)], String)],
        "The Base64 form of a guid."),
    pure(F, "zlib_decompress_from_base64_string", TEXT_TO_TEXT,
        "The text of which this is the Base64 form, compressed by zlib."),
    pure(F, "zlib_compress_to_base64_string", TEXT_TO_TEXT,
        "The Base64 form of the text, compressed by zlib."),
    pure(F, "gzip_decompress_from_base64_string", TEXT_TO_TEXT,
        "The text of which this is the Base64 form, compressed by gzip."),
    pure(F, "gzip_compress_to_base64_string", TEXT_TO_TEXT,
        "The Base64 form of the text, compressed by gzip."),
    pure(F, "__lz4_compress_dynamic_array_to_base64_string", &[to(&[p("dynamic", Array)], String)],
        "The Base64 form of an array, compressed by LZ4.").not_offered(),
    pure(F, "punycode_to_string", TEXT_TO_TEXT, "The Unicode text of a Punycode text."),
    pure(F, "punycode_from_string", TEXT_TO_TEXT, "The Punycode text of a Unicode text."),
    pure(F, "punycode_domain_from_string", TEXT_TO_TEXT, "The domain with its labels in Punycode."),
    pure(F, "punycode_domain_to_string", TEXT_TO_TEXT, "The domain with its labels in Unicode."),
];
