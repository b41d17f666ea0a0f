# deps: py-core
"""azure-identity, sync: CertificateCredential with and without the chain, ClientAssertionCredential."""
from cf import *
import time, uuid
import jwt
from azure.identity import CertificateCredential, ClientAssertionCredential
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization


def main():
    if not CERT:
        return f"skip {NAME}: no CLIENT_CERT_PEM"
    own = {"authority": URL, "disable_instance_discovery": True}
    for more in [own, {**own, "send_certificate_chain": True}, {}]:
        token = CertificateCredential(TENANT, CLIENT, CERT, **more).get_token(MDE + "/.default").token
        check(want_token(token, MDE).get("appidacr") == "2", "appidacr")
    pem = open(CERT, "rb").read()
    key = serialization.load_pem_private_key(pem, None)
    certificate = x509.load_pem_x509_certificate(pem[pem.index(b"-----BEGIN CERTIFICATE"):])

    def assertion():
        now = int(time.time())
        claims = {"iss": CLIENT, "sub": CLIENT, "aud": f"{URL}/{TENANT}/oauth2/v2.0/token", "nbf": now, "exp": now + 300, "jti": str(uuid.uuid4())}
        return jwt.encode(claims, key, "RS256", headers={"kid": certificate.fingerprint(hashes.SHA1()).hex().upper()})

    credential = ClientAssertionCredential(TENANT, CLIENT, assertion, **own)
    want_token(credential.get_token(XDR + "/.default").token, XDR)


run(main)
