#!/usr/bin/env bash
# Drives real, unmodified Microsoft clients against a server of this checkout.
#   scripts/client-rig.sh [--postgres] VAKT_BINARY [CASE...]
# Cases as the rig names them, or files; default: those that must pass, and our own of
# crates/vakt-testkit/clients. With --postgres the server's database is
# in a PostgreSQL of its own, as the tests have it.
# Needs the rig beside the checkout (../shared/rigs/clients); without it this says so and passes.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
rig=$here/../shared/rigs/clients/run.sh
postgres=
[ "$1" = --postgres ] && { postgres=yes; shift; }
vakt=$1
shift
cases=("$@")
[ ${#cases[@]} = 0 ] && cases=(a1 a2 a5 b01 b04 b05 b09 b12 b13 b15 b17 c1 c3 c5 c7 d1 d8 d11 e1 e3 e6 "$here"/crates/vakt-testkit/clients/*.{py,mjs})
[ -x "$rig" ] || [ -f "$rig" ] || { echo "skipped: no client rig beside this checkout"; exit 0; }

if [ -n "$postgres" ]; then
    programs=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -1)
    [ -n "$programs" ] || { echo "skipped: PostgreSQL is not installed"; exit 0; }
    [ "$(id -u)" = 0 ] && as=(setpriv --reuid=postgres --regid=postgres --clear-groups) || as=()
    # It ends when its stdin does, which is when this script ends.
    coproc CLUSTER { cd /; exec "${as[@]}" sh -c "$(cat "$here/crates/vakt-testkit/src/postgres/cluster.sh")" cluster "${programs%/initdb}"; }
    read -r socket <&"${CLUSTER[0]}"
    export VAKT_DATABASE_URL="postgres://vakt@localhost/postgres?host=$socket"
fi

work=$(mktemp -d)
# The one client that has to be built; the case that needs it says so where it was not.
cache=${RIG_CACHE:-/tmp/rig-clients-cache}
rust=$cache/vakt-rust-client/debug/certificate
CARGO_TARGET_DIR=$cache/vakt-rust-client cargo build --quiet --manifest-path "$here/crates/vakt-testkit/clients/rust/Cargo.toml" \
    2>"$work/rust.log" || echo "note: the Rust client was not built: $(tail -1 "$work/rust.log")"

# A certificate of the application, and an issuer whose token it trusts: the server knows the issuer's
# keys from a file, so that nobody has to be asked.
issuer=https://issuer.example
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=rig client" -keyout "$work/client.key" -out "$work/client.crt" 2>/dev/null
cat "$work/client.key" "$work/client.crt" >"$work/client.pem"
python3 "$here/scripts/federated-token.py" "$issuer" repo:contoso/app:ref:refs/heads/main "$work"
sed -e "s,^file = \"\.\./,file = \"$here/," -e "0,/^consent = true/s,^consent = true,consent = true\ncertificate = \"client.crt\"\n\n[[tenant.app.federated]]\nname = \"rig\"\nissuer = \"$issuer\"\nsubject = \"repo:contoso/app:ref:refs/heads/main\"," \
    "$here/examples/rig.toml" >"$work/rig.toml"
"$vakt" serve --data "$work/data" --listen 127.0.0.1:0 --seed "$work/rig.toml" --federation-keys "$issuer=$work/keys.json" \
    --take-over-microsoft-names --faults --ready-file "$work/ready.json" --log warn 2>"$work/serve.log" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 200); do [ -e "$work/ready.json" ] && break; sleep 0.05; done
[ -e "$work/ready.json" ] || { cat "$work/serve.log" >&2; exit 1; }

seed() { sed -n "s/^$1 = \"\(.*\)\"/\1/p" "$here/examples/rig.toml" | head -1; }
member() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$work/ready.json" | head -1; }
VAKT_URL=$(member url) VAKT_CA=$(member ca) TENANT_ID=$(seed id) CLIENT_ID=$(seed app_id) \
    CLIENT_SECRET=$(seed secret) VAKT_RUST_CLIENT=$rust CLIENT_CERT_PEM=$work/client.pem FEDERATED_TOKEN_FILE=$work/token RIG_TLS=${RIG_TLS:-pass} bash "$rig" "${cases[@]}"
