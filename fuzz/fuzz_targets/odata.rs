//! The query of an address: `$filter`, `$search`, `$orderby` and the rest.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vakt_wire::odata::{QueryOptions, Search, parse_filter};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = QueryOptions::parse(text);
    let _ = Search::parse(text);
    let _ = parse_filter(text);
    vakt_server::fuzzing::directory_query(text);
});
