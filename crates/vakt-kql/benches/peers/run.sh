#!/usr/bin/env bash
# How fast others read KQL, over the same corpus and on the same core as our bench:
#   benches/peers/run.sh CORPUS.jsonl TABLES.json
# Needs cargo, node and npm; packages are installed into a folder that goes away. A line says so where
# one is missing. Ours runs last: `cargo bench -p vakt-kql --bench language`.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
corpus=$(realpath "$1"); tables=$(realpath "$2")
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
core=(); command -v taskset >/dev/null && core=(taskset -c "${BENCH_CPU:-1}")

if command -v npm >/dev/null; then
    (cd "$work" && npm init -y >/dev/null && npm install --silent @kusto/language-service-next@12.4.1)
    (cd "$work" && "${core[@]}" node "$here/analyzer.cjs" "$corpus" "$tables")
else
    echo "skipped: npm is not installed"
fi
cp -r "$here/kqlparser" "$work/kqlparser"
CARGO_TARGET_DIR=$work/target cargo build --quiet --release --manifest-path "$work/kqlparser/Cargo.toml"
"${core[@]}" "$work/target/release/kqlparser-bench" "$corpus"
cd "$here/../.." && "${core[@]}" cargo bench --bench language -- --quiet
