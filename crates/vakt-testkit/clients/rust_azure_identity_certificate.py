# deps: py-core
"""azure_identity for Rust: ClientCertificateCredential, with and without the chain. Its source is in rust/ beside this
file; scripts/client-rig.sh builds it where it can, and this says so where it could not."""
import os, subprocess
from cf import *

PROGRAM = env.get("VAKT_RUST_CLIENT", "")


def main():
    if not CERT or not os.path.exists(PROGRAM):
        return f"skip {NAME}: the Rust client was not built, or there is no CLIENT_CERT_PEM"
    pfx = os.path.join(env["HOME"], "client.pfx")
    subprocess.run(["openssl", "pkcs12", "-export", "-in", CERT, "-out", pfx, "-passout", "pass:"], check=True)
    for chain in ["false", "true"]:
        more = {"AZURE_AUTHORITY_HOST": URL, "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN": chain}
        done = subprocess.run([PROGRAM, pfx, XDR + "/.default"], capture_output=True, text=True, env={**env, **more})
        check(done.returncode == 0, f"chain {chain}: {done.stderr}")
        check(want_token(done.stdout.strip(), XDR).get("appidacr") == "2", "appidacr")


run(main)
