#!/usr/bin/env bash
# Tokens per second of one core, as a share of that core's RSA-2048 limit.
#   scripts/bench-identity.sh VAKT_RELEASE_BINARY
# Needs wrk, taskset, openssl, and the rig beside the checkout (../shared/rigs/bench-identity).
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
rig=$here/../shared/rigs/bench-identity/run.sh
[ -f "$rig" ] || { echo "skipped: no identity bench beside this checkout"; exit 0; }
command -v wrk >/dev/null || { echo "skipped: wrk is not installed"; exit 0; }
vakt=$(realpath "$1")
seed() { sed -n "s/^$1 = \"\(.*\)\"/\1/p" "$here/examples/rig.toml" | head -1; }
export CMD="$vakt serve --data {tmp}/data --listen 127.0.0.1:{port} --plain-http-on-loopback --seed $here/examples/rig.toml"
export TOKEN_PATH="/$(seed id)/oauth2/v2.0/token" JWKS_PATH=/common/discovery/keys
export BODY="grant_type=client_credentials&client_id=$(seed app_id)&client_secret=$(seed secret)&scope=https%3A%2F%2Fapi.security.microsoft.com%2F.default"
sh "$rig" cmd
