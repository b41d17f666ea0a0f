# deps: py-core
"""azure-identity, async: CertificateCredential and WorkloadIdentityCredential over its own HTTP stack."""
from cf import *
import asyncio
from azure.identity.aio import CertificateCredential, WorkloadIdentityCredential
from azure.core.pipeline.transport import AsyncioRequestsTransport


async def ask():
    for more in [{}, {"send_certificate_chain": True}]:
        async with CertificateCredential(TENANT, CLIENT, CERT, authority=URL, transport=AsyncioRequestsTransport(), **more) as credential:
            want_token((await credential.get_token(XDR + "/.default")).token, XDR)
    token_file = env.get("FEDERATED_TOKEN_FILE")
    if token_file:
        async with WorkloadIdentityCredential(tenant_id=TENANT, client_id=CLIENT, token_file_path=token_file, authority=URL, transport=AsyncioRequestsTransport()) as credential:
            want_token((await credential.get_token(XDR + "/.default")).token, XDR)


def main():
    if not CERT:
        return f"skip {NAME}: no CLIENT_CERT_PEM"
    asyncio.run(ask())


run(main)
