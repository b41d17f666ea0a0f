# deps: py-core
"""MSAL Python with a certificate: by thumbprint, by public certificate, and with the chain sent."""
from cf import *
import msal
from cryptography import x509
from cryptography.hazmat.primitives import hashes


def main():
    if not CERT:
        return f"skip {NAME}: no CLIENT_CERT_PEM"
    pem = open(CERT).read()
    certificate = x509.load_pem_x509_certificate(pem[pem.index("-----BEGIN CERTIFICATE"):].encode())
    for how, credential in [
        ("thumbprint", {"private_key": pem, "thumbprint": certificate.fingerprint(hashes.SHA1()).hex()}),
        ("public certificate", {"private_key": pem, "public_certificate": pem}),
        ("both", {"private_key": pem, "thumbprint": certificate.fingerprint(hashes.SHA1()).hex(), "public_certificate": pem}),
    ]:
        for base, more in [(URL, {"instance_discovery": False}), (KNOWN, {})]:
            app = msal.ConfidentialClientApplication(CLIENT, authority=f"{base}/{TENANT}", client_credential=credential, **more)
            answer = app.acquire_token_for_client([XDR + "/.default"])
            check("access_token" in answer, f"{how} at {base}: {answer.get('error_description')}")
            claims = want_token(answer["access_token"], XDR)
            check(claims.get("appidacr") == "2", f"{how}: appidacr {claims.get('appidacr')!r}")


run(main)
