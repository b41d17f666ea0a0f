#!/usr/bin/env bash
# One incident by its number, beside the least that axum over TLS can do, on one core, turn about:
#   scripts/bench-incidents/get-one.sh VAKT_RELEASE_BINARY HELLO_RELEASE_EXAMPLE
# Needs wrk, taskset, jq and curl.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
vakt=$(realpath "$1"); hello=$(realpath "$2")
for tool in wrk taskset jq curl; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done
work=$(mktemp -d "${TMPDIR:-/tmp}/vakt-bench.XXXXXX"); trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT
seed() { sed -n "s/^$1 = \"\(.*\)\"/\1/p" "$here/examples/rig.toml" | head -1; }

taskset -c 0 "$vakt" serve --data "$work/data" --listen 127.0.0.1:18450 --seed "$here/examples/rig.toml" >"$work/log" 2>&1 & server=$!
until curl -fsSk -o /dev/null https://127.0.0.1:18450/vakt/v1/health 2>/dev/null; do
    kill -0 "$server" || { cat "$work/log"; exit 1; }
    sleep 0.1
done
token=$(curl -fsSk "https://127.0.0.1:18450/$(seed id)/oauth2/v2.0/token" -d grant_type=client_credentials -d "client_id=$(seed app_id)" \
    --data-urlencode "client_secret=$(seed secret)" -d scope=https://api.security.microsoft.com/.default | jq -r .access_token)
id=$(curl -fsSk https://127.0.0.1:18450/api/incidents -H "Authorization: Bearer $token" | jq -r '.value[0].incidentId')
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/key.pem" -out "$work/cert.pem" -days 1 -subj /CN=localhost 2>/dev/null
taskset -c 0 "$hello" "$work/cert.pem" "$work/key.pem" 18451 >"$work/hello.log" 2>&1 & bare=$!
sleep 1
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
micros() { # PID URL [HEADER]: microseconds of processor time for a request
    local before after answers
    before=$(ticks "$1")
    answers=$(taskset -c 1 wrk -t1 -c16 -d1s ${3:+-H "$3"} "$2" | awk '/requests in/ { print $1 } /Non-2xx/ { exit 1 }') || { echo "a request was refused" >&2; exit 1; }
    after=$(ticks "$1")
    awk -v n="$answers" -v ticks="$((after - before))" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.1f\n", ticks / hz * 1e6 / n }'
}
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
# Turn about, a second each: a machine's speed changes from one minute to the next.
for _ in $(seq "${ROUNDS:-25}"); do
    micros "$server" "https://127.0.0.1:18450/api/incidents/$id" "Authorization: Bearer $token" >>"$work/incident"
    micros "$bare" https://127.0.0.1:18451/hello >>"$work/hello"
done
one=$(median <"$work/incident"); least=$(median <"$work/hello")
awk -v one="$one" -v least="$least" -v id="$id" 'BEGIN { printf "incident %d: %s us of processor time, a hello %s us: %.0f %%\n", id, one, least, 100 * least / one }'
