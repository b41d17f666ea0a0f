#!/usr/bin/env bash
# Fuzzes each target for so many seconds (600), two at a time:  scripts/fuzz.sh [SECONDS] [TARGET…]
# An input may take 5 seconds and 512 MiB at most. Ends with 1 if any target found something.
set -euo pipefail
cd "$(dirname "$0")/../fuzz"
seconds=${1:-600}; shift || true
targets=("$@"); [ ${#targets[@]} -gt 0 ] || targets=(token assertion form odata seed kql)
host=$(rustc -vV | sed -n 's/^host: //p')
# The language alone is built in seconds, the server in minutes.
if [ "${targets[*]}" = kql ]; then cargo +nightly fuzz build --no-default-features kql; else cargo +nightly fuzz build; fi
run() {
    mkdir -p "corpus/$1" "artifacts/$1"
    "${CARGO_TARGET_DIR:-target}/$host/release/$1" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=512 -max_len=8192 \
        -print_final_stats=1 -artifact_prefix="artifacts/$1/" "corpus/$1" "seeds/$1" >"artifacts/$1.log" 2>&1 \
        && echo "$1: nothing found; $(sed -n 's/^stat::number_of_executed_units: *//p' "artifacts/$1.log") inputs, peak $(sed -n 's/^stat::peak_rss_mb: *//p' "artifacts/$1.log") MiB" \
        || { echo "$1: FOUND SOMETHING, see fuzz/artifacts/$1.log"; return 1; }
}
failed=0
while [ ${#targets[@]} -gt 0 ]; do
    pids=()
    for target in "${targets[@]:0:2}"; do run "$target" & pids+=($!); done
    for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
    targets=("${targets[@]:2}")
done
exit $failed
