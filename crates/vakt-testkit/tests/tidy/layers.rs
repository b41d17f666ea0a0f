//! Which room may lean on which, and who may see which foreign crate.

use std::process::Command;

use serde_json::Value;

use crate::source::{house, sources};

/// Rooms by level; edges go strictly downward.
const LEVELS: &[(&str, u8)] = &[
    ("vakt-ids", 0),
    ("vakt-wire", 0),
    ("vakt-kql", 0),
    ("vakt-token", 1),
    ("vakt-incidents", 1),
    ("vakt-endpoint", 1),
    ("vakt-events", 1),
    ("vakt-rules", 1),
    ("vakt-identity", 2),
    ("vakt-hunting", 2),
    ("vakt-client", 2),
    ("vakt-lsp", 2),
    ("vakt-storage", 3),
    ("vakt-server", 4),
    ("vakt", 5),
    ("vakt-testkit", 5),
];

/// Edges that would be downward and are unlawful all the same.
const FORBIDDEN: &[(&str, &str, &str)] = &[
    ("vakt-client", "vakt-identity", "the SDK knows the wire, not the house"),
    ("vakt-client", "vakt-incidents", "the SDK knows the wire, not the house"),
    ("vakt-client", "vakt-endpoint", "the SDK knows the wire, not the house"),
    ("vakt-endpoint", "vakt-wire", "the wire is a border, the inside is not"),
    ("vakt-identity", "vakt-wire", "the wire is a border, the inside is not"),
    ("vakt-incidents", "vakt-wire", "the wire is a border, the inside is not"),
    ("vakt-storage", "vakt-wire", "stored forms are not Microsoft's"),
    ("vakt", "vakt-storage", "the command asks the server's room"),
    ("vakt", "vakt-identity", "the command asks the server's room"),
    ("vakt", "vakt-incidents", "the command asks the server's room"),
    ("vakt", "vakt-endpoint", "the command asks the server's room"),
];

/// Foreign crates that only these rooms may see.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("axum", &["vakt-server"]),
    ("axum-server", &["vakt-server"]),
    ("futures-util", &["vakt-storage", "vakt-server"]),
    ("rcgen", &["vakt-server", "vakt-testkit"]),
    ("sqlx", &["vakt-storage"]),
    ("mimalloc", &["vakt"]),
    ("moka", &["vakt-token", "vakt-identity", "vakt-incidents", "vakt-server"]),
    ("reqwest", &["vakt-client"]),
    ("schemars", &["vakt-wire", "vakt-server"]),
    ("saphyr-parser", &["vakt-rules"]),
    ("annotate-snippets", &["vakt-rules"]),
    ("lsp-server", &["vakt-lsp"]),
    ("gen-lsp-types", &["vakt-lsp"]),
    ("clap", &["vakt"]),
    ("anyhow", &["vakt"]),
    ("graviola", &["vakt-token"]),
    ("aws-lc-rs", &["vakt-token", "vakt-identity", "vakt-storage", "vakt-server", "vakt-testkit"]),
    (
        "serde",
        &[
            "vakt-ids",
            "vakt-token",
            "vakt-wire",
            "vakt-storage",
            "vakt-server",
            "vakt-client",
            "vakt-rules",
            "vakt-lsp",
            "vakt",
        ],
    ),
    (
        "serde_json",
        &[
            "vakt-token",
            "vakt-wire",
            "vakt-storage",
            "vakt-server",
            "vakt-client",
            "vakt-rules",
            "vakt-lsp",
            "vakt",
            "vakt-testkit",
        ],
    ),
];

/// Where cryptography may be used, file by file.
const CRYPTO_FILES: &[&str] = &[
    "vakt-identity/src/consent/offer.rs",
    "vakt-identity/src/credential/",
    "vakt-identity/src/people/",
    "vakt-storage/src/rows/digest.rs",
    "vakt-storage/src/seal.rs",
    "vakt-server/src/chance.rs",
    "vakt-server/src/defender/mde/create.rs",
    "vakt-server/src/question.rs",
    "vakt-server/src/pages/",
    "vakt-token/src/",
    "vakt-testkit/",
];

/// A dependency of one of our rooms.
struct Edge {
    from: String,
    to: String,
    is_for_tests: bool,
}

fn edges() -> Vec<Edge> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(house().join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let of_package = |package: &Value| {
        let from = package["name"].as_str().unwrap().to_owned();
        let dependencies = package["dependencies"].as_array().unwrap().clone();
        dependencies.into_iter().map(move |dependency| Edge {
            from: from.clone(),
            to: dependency["name"].as_str().unwrap().to_owned(),
            is_for_tests: dependency["kind"] == "dev",
        })
    };
    packages.flat_map(of_package).collect()
}

fn level(room: &str) -> Option<u8> {
    LEVELS.iter().find(|(name, _)| *name == room).map(|(_, level)| *level)
}

#[test]
fn no_room_leans_upward_or_sideways() {
    let edges = edges();
    assert!(edges.len() > 50, "the manifests were not read");
    for edge in &edges {
        let from = level(&edge.from).unwrap_or_else(|| panic!("{} has no level", edge.from));
        // The command's tests live in the test house's worlds; the test house knows no command.
        if edge.is_for_tests && (edge.from.as_str(), edge.to.as_str()) == ("vakt", "vakt-testkit") {
            continue;
        }
        if let Some(to) = level(&edge.to) {
            assert!(to < from, "{} (level {from}) leans on {} (level {to})", edge.from, edge.to);
        }
    }
}

#[test]
fn no_room_sees_what_is_none_of_its_business() {
    for edge in edges() {
        let forbidden =
            FORBIDDEN.iter().find(|(from, to, _)| (*from, *to) == (&*edge.from, &*edge.to));
        if let (Some((from, to, why)), false) = (forbidden, edge.is_for_tests) {
            panic!("{from} sees {to}: {why}");
        }
        let rooms = ONLY_IN.iter().find(|(name, _)| *name == edge.to);
        if let (Some((name, rooms)), false) = (rooms, edge.is_for_tests) {
            assert!(rooms.contains(&&*edge.from), "{} sees {name}", edge.from);
        }
    }
}

#[test]
fn cryptography_stays_in_its_files() {
    for source in sources() {
        // `rustls::crypto::aws_lc_rs` names a provider of TLS and does no cryptography itself.
        let code = source.code.replace("crypto::aws_lc_rs", "");
        let lawful = CRYPTO_FILES.iter().any(|start| source.name.starts_with(start));
        assert!(lawful || !code.contains("aws_lc_rs::"), "{} uses aws_lc_rs", source.name);
    }
}

#[test]
fn domain_rooms_derive_no_serialisation() {
    for source in sources() {
        let is_domain = ["vakt-identity/", "vakt-incidents/", "vakt-endpoint/"]
            .iter()
            .any(|room| source.name.starts_with(room));
        let serialises =
            ["Serialize", "Deserialize", "serde::"].iter().any(|word| source.code.contains(word));
        assert!(!(is_domain && serialises), "{} serialises", source.name);
    }
}

/// Domain rooms decide and the service waits: everything else in them is a plain function.
#[test]
fn in_domain_rooms_only_services_wait() {
    for source in sources() {
        let domain = ["vakt-identity/src/", "vakt-incidents/src/", "vakt-endpoint/src/"];
        let Some(file) = domain.iter().find_map(|room| source.name.strip_prefix(room)) else {
            continue;
        };
        let waits = source.code.contains(".await");
        assert!(file.starts_with("service") || !waits, "{} waits", source.name);
    }
}
