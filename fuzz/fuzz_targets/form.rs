//! The token request: form body and HTTP Basic. Input: body, line feed, Authorization header.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| vakt_server::fuzzing::token_request(data));
