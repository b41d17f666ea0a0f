# deps: py-core
"""MSAL and requests against faults: requests waits as Retry-After says, MSAL holds back and comes again."""
from cf import *
import time
import msal
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


def set_fault(**fault):
    fault = {"appId": CLIENT, **fault}
    status, _, body = http("POST", URL + "/vakt/v1/faults", fault, {"Content-Type": "application/json"}, get_token("api://vakt"))
    check(status == 201, f"setting a fault: {status} {str(body)[:120]}")


def api_call():
    app = msal.ConfidentialClientApplication(CLIENT, client_credential=SECRET, authority=f"{URL}/{TENANT}", instance_discovery=False)
    token = app.acquire_token_for_client([XDR + "/.default"])["access_token"]
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=Retry(total=3, status_forcelist=[429], respect_retry_after_header=True)))
    set_fault(next=2, status=429, retryAfterSeconds=1, routePrefix="/api/incidents")
    began = time.monotonic()
    answer = session.get(API + "/api/incidents", headers={"Authorization": "Bearer " + token}, timeout=20)
    waited = time.monotonic() - began
    seen = [one.status for one in answer.raw.retries.history]
    check(answer.status_code == 200 and seen == [429, 429], f"{answer.status_code} after {seen}")
    check(2 <= waited < 6, f"waited {waited:.1f} s for two times Retry-After: 1")


def token_request():
    app = msal.ConfidentialClientApplication(CLIENT, client_credential=SECRET, authority=f"{URL}/{TENANT}", instance_discovery=False)
    set_fault(status=503, retryAfterSeconds=1, target="token")
    began = time.monotonic()
    for asked in ["the first", "one within Retry-After, which MSAL answers itself,"]:
        try:
            check(False, f"{asked} was answered: {str(app.acquire_token_for_client([XDR + '/.default']))[:80]}")
        except msal.exceptions.MsalServiceError as error:
            check("503" in str(error), str(error))
    if time.monotonic() - began < 1:
        time.sleep(1.2)
    later = app.acquire_token_for_client([XDR + "/.default"])
    check("access_token" in later, f"later: {str(later)[:160]}")


def main():
    api_call()
    token_request()


run(main)
