//! The description of the threat-protection API: whole, fresh, and served.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use vakt_server::{is_described, openapi_document, route_ledger};
use vakt_testkit::World;

/// Methods that a path of the description may have.
const METHODS: [&str; 5] = ["get", "post", "patch", "put", "delete"];

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/openapi.json")
}

#[test]
fn the_committed_description_is_fresh() {
    let made = format!("{:#}\n", openapi_document());
    let kept = fs::read_to_string(committed()).unwrap_or_default();
    if made != kept {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("openapi.json");
        fs::write(&fresh, &made).unwrap();
        panic!("docs/reference/openapi.json is old: copy {} over it", fresh.display());
    }
}

#[test]
fn it_has_the_routes_of_the_ledger_and_no_others() {
    let ledger = route_ledger().into_iter().map(|(name, _)| name);
    let wanted: BTreeSet<String> =
        ledger.filter(|name| is_described(name.split_once(' ').unwrap().1)).collect();
    let document = openapi_document();
    let mut described = BTreeSet::new();
    for (path, of_path) in document["paths"].as_object().unwrap() {
        for (method, operation) in of_path.as_object().unwrap() {
            assert!(METHODS.contains(&method.as_str()), "{method} {path}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}");
            for status in ["400", "401", "403", "404", "429", "500", "503"] {
                assert!(responses.contains_key(status), "{method} {path} lacks {status}");
            }
            assert!(!operation["x-app-roles"].as_array().unwrap().is_empty(), "{method} {path}");
            described.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    assert_eq!(described, wanted, "a route needs a line in server/src/openapi/operations.rs");
    assert!(described.len() >= 10, "{described:?}");
}

#[test]
fn every_reference_leads_somewhere_and_every_id_is_its_own() {
    let document = openapi_document();
    let text = document.to_string();
    let references = text.split("\"$ref\":\"#").skip(1);
    let mut followed = 0;
    for reference in references.map(|rest| rest.split('"').next().unwrap()) {
        followed += 1;
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
    assert!(followed > 20, "only {followed} references");
    let ids: Vec<&str> = text.split("\"operationId\":\"").skip(1).collect();
    let ids: Vec<&str> = ids.iter().map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[tokio::test]
async fn it_is_served() {
    let world = World::start().await;
    assert_eq!(world.get("/vakt/v1/openapi.json").await.expect(200), openapi_document());
}
