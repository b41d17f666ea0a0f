#!/usr/bin/env bash
# Drives a real, unmodified LSP client (pygls) against this checkout's language server over stdio.
#   scripts/lsp-client.sh VAKT_BINARY
# The client is installed once, from PyPI, into a cache folder (LSP_CLIENT_CACHE).
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
vakt=$(realpath "$1")
cache=${LSP_CLIENT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vakt-lsp-client}
command -v python3 >/dev/null || { echo "skipped: there is no python3"; exit 0; }
want="pygls==2.1.1"
if [ "$(cat "$cache/installed" 2>/dev/null)" != "$want" ]; then
    rm -rf "$cache"
    { python3 -m venv "$cache" && "$cache/bin/pip" install -q --disable-pip-version-check "$want"; } ||
        { echo "skipped: $want cannot be installed"; exit 0; }
    echo "$want" >"$cache/installed"
fi
"$cache/bin/python" "$here/crates/vakt-testkit/clients/lsp/pygls_client.py" "$vakt"
