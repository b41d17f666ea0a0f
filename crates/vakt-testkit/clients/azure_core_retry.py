# deps: py-core
"""azure-core's pipeline with azure-identity: its retry policy sees 429, waits, and gets 200."""
from cf import *
import time
from azure.core import PipelineClient
from azure.core.pipeline.policies import BearerTokenCredentialPolicy, RetryPolicy, SansIOHTTPPolicy
from azure.core.rest import HttpRequest
from azure.identity import ClientSecretCredential


class Seen(SansIOHTTPPolicy):
    """Notes each answer on its way up, below the retry policy."""

    def __init__(self):
        self.statuses = []

    def on_response(self, request, response):
        self.statuses.append(response.http_response.status_code)


def main():
    fault = {"appId": CLIENT, "next": 1, "status": 429, "retryAfterSeconds": 2, "routePrefix": "/api/incidents"}
    status, _, body = http("POST", URL + "/vakt/v1/faults", fault, {"Content-Type": "application/json"}, get_token("api://vakt"))
    check(status == 201, f"setting a fault: {status} {str(body)[:120]}")
    credential = ClientSecretCredential(TENANT, CLIENT, SECRET, authority=URL, disable_instance_discovery=True)
    seen = Seen()
    policies = [RetryPolicy(), BearerTokenCredentialPolicy(credential, XDR + "/.default"), seen]
    with PipelineClient(API, policies=policies) as client:
        began = time.monotonic()
        answer = client.send_request(HttpRequest("GET", API + "/api/incidents"))
        waited = time.monotonic() - began
    check(answer.status_code == 200 and seen.statuses == [429, 200], f"{seen.statuses}")
    check(2 <= waited < 6, f"waited {waited:.1f} s for Retry-After: 2")


run(main)
