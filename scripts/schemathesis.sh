#!/usr/bin/env bash
# Asks a server of this checkout whatever its own OpenAPI description allows, and more, by schemathesis:
# no 5xx, no status and no shape that is not described.   scripts/schemathesis.sh VAKT_BINARY [EXAMPLES (25)]
# schemathesis is installed once, from PyPI, into a cache folder (SCHEMATHESIS_CACHE).
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
vakt=$(realpath "$1")
examples=${2:-25}
cache=${SCHEMATHESIS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vakt-schemathesis}
[ -x "$cache/bin/python" ] || python3 -m venv "$cache"
[ -x "$cache/bin/schemathesis" ] || "$cache/bin/pip" install -q --disable-pip-version-check "schemathesis==4.32.5"

work=$(mktemp -d)
"$vakt" serve --data "$work/data" --listen 127.0.0.1:0 --seed "$here/examples/rig.toml" --faults \
    --ready-file "$work/ready.json" --log warn 2>"$work/serve.log" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 400); do [ -e "$work/ready.json" ] && break; sleep 0.05; done
[ -e "$work/ready.json" ] || { cat "$work/serve.log" >&2; exit 1; }

seed() { sed -n "s/^$1 = \"\(.*\)\"/\1/p" "$here/examples/rig.toml" | head -1; }
member() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$work/ready.json" | head -1; }
url=$(member url) ca=$(member ca)
token() {
    curl -fsS --cacert "$ca" "$url/$(seed id)/oauth2/v2.0/token" -d grant_type=client_credentials \
        -d "client_id=$(seed app_id)" --data-urlencode "client_secret=$(seed secret)" -d "scope=$1/.default" |
        sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p'
}
curl -fsS --cacert "$ca" -H "Authorization: Bearer $(token "$url")" \
    "$url/vakt/v1/openapi.json" >"$work/openapi.json"
# A token for the server's address is for all of Microsoft's APIs; the routes about faults are Vakt's own.
failed=0
# What it keeps of a run is of no use after it.
cd "$work"
for part in "--exclude-path-regex /vakt/v1/faults:$url" \
    "--include-path-regex /vakt/v1/faults:api://vakt"; do
    # shellcheck disable=SC2086 # the option and its value are two words
    "$cache/bin/schemathesis" run "$work/openapi.json" --url "$url" --tls-verify "$ca" ${part%%:*} \
        -H "Authorization: Bearer $(token "${part#*:}")" --checks not_a_server_error,status_code_conformance,response_schema_conformance,content_type_conformance \
        --max-examples "$examples" --workers 1 --request-timeout 30 --seed 1 --no-color || failed=1
done
grep -E "ERROR|panicked" "$work/serve.log" | head -20 || true
exit $failed
