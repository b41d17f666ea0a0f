#!/usr/bin/env bash
# Asks this checkout the open part of the KQL corpus, and holds the answers against those of Microsoft's
# own analyzer and engine.   scripts/kql-conformance.sh VAKT_BINARY
# Needs the corpus beside the checkout (../shared/oracle/kql); without it this says so and passes.
# The numbers are what must be right at least, and wrong at most; they only ever get stricter.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
vakt=$(realpath "$1")
oracle=$here/../shared/oracle/kql
schema=$here/../shared/schema/hunting-tables.json
[ -f "$oracle/compare.py" ] || { echo "skipped: no KQL corpus beside this checkout"; exit 0; }
command -v python3 >/dev/null || { echo "skipped: there is no python3"; exit 0; }

# mode, file, right at least, wrong at most, further arguments of the engine
ask() {
    local mode=$1 file=$2 right=$3 wrong=$4
    shift 4
    python3 "$oracle/compare.py" --engine "'$vakt' kql batch --mode $mode $*" --mode "$mode" \
        --min-right "$right" --max-wrong "$wrong" "$oracle/$file.jsonl"
}

# engine, docs and loco were asked where there are no tables.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo '{"tables": {}}' >"$work/none.json"

ask parse corpus 1579 0
ask parse engine 861 0
ask parse docs 324 0
ask parse loco 199 0
ask bind schema 997 0
# The same from the file of tables: what it says is what is built in.
ask bind schema 997 0 --schema "'$schema'"
ask bind engine 849 0 --schema "'$work/none.json'"
ask bind docs 323 1 --schema "'$work/none.json'"
ask bind loco 199 0 --schema "'$work/none.json'"
