# deps: py-core
"""azure-identity: WorkloadIdentityCredential and DefaultAzureCredential out of the environment of a pod."""
import os
from cf import *
from azure.identity import DefaultAzureCredential, WorkloadIdentityCredential


def main():
    token_file = env.get("FEDERATED_TOKEN_FILE")
    if not token_file:
        return f"skip {NAME}: no FEDERATED_TOKEN_FILE"
    os.environ.update(AZURE_TENANT_ID=TENANT, AZURE_CLIENT_ID=CLIENT, AZURE_FEDERATED_TOKEN_FILE=token_file, AZURE_AUTHORITY_HOST=URL)
    for credential in [
        WorkloadIdentityCredential(disable_instance_discovery=True),
        DefaultAzureCredential(disable_instance_discovery=True),
    ]:
        claims = want_token(credential.get_token(XDR + "/.default").token, XDR)
        check(claims.get("appidacr") == "2", f"appidacr {claims.get('appidacr')!r}")


run(main)
