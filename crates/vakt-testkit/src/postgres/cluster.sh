# A PostgreSQL of a test process's own: made in a temporary folder, and gone when stdin ends, which
# it does when the process does, whatever way it ends. Says the folder, which has the socket in it.
# $1: the folder of PostgreSQL's programs.
set -eu
bin=$1
folder=$(mktemp -d "${TMPDIR:-/tmp}/vakt-pg-XXXXXX")
server=
trap '[ -z "$server" ] || { kill -INT "$server"; wait "$server" || :; }; rm -rf "$folder"' EXIT
# Its own order of texts is not that of bytes, so that nobody relies on that.
new() { "$bin/initdb" -D "$folder/data" -U vakt -A trust -E UTF8 --no-sync "$@" >"$folder/log" 2>&1; }
new --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US || { rm -rf "$folder/data"; new --locale=C; } || { cat "$folder/log" >&2; exit 1; }
# One account needs its password.
{ echo "local all guarded scram-sha-256"; cat "$folder/data/pg_hba.conf"; } >"$folder/hba"
mv "$folder/hba" "$folder/data/pg_hba.conf"
"$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c max_connections=400 \
    -c fsync=off -c full_page_writes=off >>"$folder/log" 2>&1 &
server=$!
until "$bin/pg_isready" -q -h "$folder"; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; server=; exit 1; }
    sleep 0.05
done
echo "$folder"
cat >/dev/null
