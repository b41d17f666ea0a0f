#!/usr/bin/env bash
# Drives real, unmodified LSP clients against this checkout's language server over stdio: pygls, and
# the protocol library of VS Code.   scripts/lsp-client.sh VAKT_BINARY
# They are installed once, from PyPI and npm, into a cache folder (LSP_CLIENT_CACHE).
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
clients=$here/crates/vakt-testkit/clients/lsp
vakt=$(realpath "$1")
cache=${LSP_CLIENT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vakt-lsp-client}
pygls="pygls==2.1.1"
vscode="vscode-languageserver-protocol@3.18.5"
mkdir -p "$cache"

installed() { [ "$(cat "$cache/$1.installed" 2>/dev/null)" = "$2" ]; }

# One after the other, so that a failure of the first does not hide the second's.
failed=0
if installed py "$pygls" || { python3 -m venv "$cache/py" && "$cache/py/bin/pip" install -q --disable-pip-version-check "$pygls"; }; then
    echo "$pygls" >"$cache/py.installed"
    "$cache/py/bin/python" "$clients/pygls_client.py" "$vakt" || failed=1
else
    echo "skipped: $pygls cannot be installed"
fi
if installed node "$vscode" || npm install --silent --no-audit --no-fund --prefix "$cache/node" "$vscode"; then
    echo "$vscode" >"$cache/node.installed"
    node "$clients/vscode_client.mjs" "$vakt" "$cache/node/node_modules" || failed=1
else
    echo "skipped: $vscode cannot be installed"
fi
exit $failed
