# Shortcuts. Plain cargo does everything as well; `just` lists them.

default:
    @just --list

# what CI checks, quickest first
check:
    cargo fmt --check
    cargo clippy --workspace --all-targets -- -D warnings
    cargo test --workspace

# all tests
test:
    cargo test --workspace

# the journey, on a server that keeps running
demo:
    cargo run -- demo

# a release binary
release:
    cargo build --release

# real Microsoft clients against this checkout, when the rig is there
rig *CASES:
    cargo build
    scripts/client-rig.sh "${CARGO_TARGET_DIR:-target}/debug/vakt" {{CASES}}

# whatever the OpenAPI description allows, against this checkout
schemathesis *EXAMPLES:
    cargo build
    scripts/schemathesis.sh "${CARGO_TARGET_DIR:-target}/debug/vakt" {{EXAMPLES}}

# tokens per second on one core against that core's RSA limit, when the rig is there
bench-identity: release
    scripts/bench-identity/run.sh "${CARGO_TARGET_DIR:-target}/release/vakt"

# licences, advisories, duplicates
deny:
    cargo deny check
