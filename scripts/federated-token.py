"""Makes what a foreign issuer would: a key document and a token of one hour.
   federated-token.py ISSUER SUBJECT FOLDER      writes FOLDER/keys.json and FOLDER/token
"""
import base64, json, subprocess, sys, time

issuer, subject, folder = sys.argv[1:]


def openssl(*arguments, data=None):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


def text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


key = f"{folder}/issuer.key"
openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key)
modulus = bytes.fromhex(openssl("rsa", "-in", key, "-noout", "-modulus").decode().strip().split("=")[1])
jwk = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "one", "n": text(modulus), "e": "AQAB"}
json.dump({"keys": [jwk]}, open(f"{folder}/keys.json", "w"))
now = int(time.time())
claims = {"iss": issuer, "sub": subject, "aud": "api://AzureADTokenExchange", "iat": now, "nbf": now, "exp": now + 3600}
signed = ".".join(text(json.dumps(part).encode()) for part in ({"alg": "RS256", "typ": "JWT", "kid": "one"}, claims))
signature = openssl("dgst", "-sha256", "-sign", key, data=signed.encode())
open(f"{folder}/token", "w").write(f"{signed}.{text(signature)}")
