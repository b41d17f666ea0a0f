#!/usr/bin/env bash
# Tokens per second of one core, as a share of that core's RSA-2048 limit, beside other issuers:
#   scripts/bench-identity/run.sh VAKT_RELEASE_BINARY [PEER…]
# APPS (100000) applications are stored first. Then two measurements: one application asking, by the
# rig, and all of them asking in turn, by spread.lua, with the server's memory after each.
# Needs wrk, taskset, openssl, and the rig beside the checkout (../shared/rigs/bench-identity, whose
# README says what each PEER needs).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
rig=$here/../../../shared/rigs/bench-identity/run.sh
[ -f "$rig" ] || { echo "skipped: no identity bench beside this checkout"; exit 0; }
command -v wrk >/dev/null || { echo "skipped: wrk is not installed"; exit 0; }
vakt=$(realpath "$1"); shift
apps=${APPS:-100000}
tenant=5e1f0c0e-0000-4000-8000-000000000001
work=$(mktemp -d "${BENCH_FOLDER:-${TMPDIR:-/tmp}}/vakt-bench.XXXXXX"); trap 'rm -rf "$work"' EXIT

seed_of() {
    printf '[[tenant]]\nid = "%s"\nname = "Bench"\n' "$tenant"
    for ((n = 1; n <= $1; n++)); do
        printf '[[tenant.app]]\nname = "app %d"\napp_id = "5e1f0c0e-0000-4000-8000-%012x"\nsecret = "bench~Test.Secret_0123456789-AbCdEfGhIjK"\npermissions = ["Microsoft Threat Protection/Incident.Read.All"]\nconsent = true\n' "$n" "$n"
    done
}
form() { echo "grant_type=client_credentials&client_id=$1&client_secret=bench~Test.Secret_0123456789-AbCdEfGhIjK&scope=https%3A%2F%2Fapi.security.microsoft.com%2F.default"; }
serve() { exec taskset -c "${SRV_CPU:-0}" "$vakt" serve --data "$work/data" --listen "127.0.0.1:$1" --plain-http-on-loopback "${@:2}"; }
rss_mib() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"; }

seed_of "$apps" >"$work/seed.toml"
echo "storing $apps applications" >&2
serve 18431 --seed "$work/seed.toml" >"$work/log" 2>&1 & server=$!
until curl -fsS -o /dev/null "http://127.0.0.1:18431/common/discovery/keys" 2>/dev/null; do
    kill -0 "$server" || { cat "$work/log"; exit 1; }
    sleep 1
done
kill "$server"; wait "$server" || true

echo "one application asking:" >&2
export CMD="$vakt serve --data $work/data --listen 127.0.0.1:{port} --plain-http-on-loopback"
export TOKEN_PATH="/$tenant/oauth2/v2.0/token" JWKS_PATH=/common/discovery/keys
BODY=$(form "5e1f0c0e-0000-4000-8000-000000000001") sh "$rig" cmd "$@"

echo "all $apps asking in turn:" >&2
serve 18432 >"$work/log" 2>&1 & server=$!
until curl -fsS -o /dev/null "http://127.0.0.1:18432/common/discovery/keys" 2>/dev/null; do sleep 0.1; done
echo "rss at rest: $(rss_mib "$server") MiB"
APPS=$apps TOKEN_BODY=$(form '%s') taskset -c "${CLI_CPU:-1}" wrk -t1 -c16 "-d${SPREAD_SECS:-120}s" --latency \
    -s "$here/spread.lua" "http://127.0.0.1:18432$TOKEN_PATH"
echo "rss after: $(rss_mib "$server") MiB"
kill "$server"; wait "$server" || true
