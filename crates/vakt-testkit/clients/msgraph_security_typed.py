# deps: py-core
"""msgraph-sdk for Python: incidents with alerts and evidence as typed objects, the alerts of one incident, and changes of both."""
from cf import *
import asyncio
from azure.identity import ClientSecretCredential


async def main():
    from kiota_abstractions.base_request_configuration import RequestConfiguration
    from msgraph import GraphServiceClient
    from msgraph.generated.models.security.alert import Alert
    from msgraph.generated.models.security.alert_comment import AlertComment
    from msgraph.generated.models.security.alert_evidence import AlertEvidence
    from msgraph.generated.models.security.alert_status import AlertStatus
    from msgraph.generated.models.security.device_evidence import DeviceEvidence
    from msgraph.generated.models.security.incident import Incident
    from msgraph.generated.models.security.incident_status import IncidentStatus
    from msgraph.generated.security.incidents.incidents_request_builder import IncidentsRequestBuilder as B

    graph = GraphServiceClient(ClientSecretCredential(TENANT, CLIENT, SECRET), ["https://graph.microsoft.com/.default"])
    query = RequestConfiguration(query_parameters=B.IncidentsRequestBuilderGetQueryParameters(expand=["alerts"], orderby=["createdDateTime asc"], top=50))
    page = await graph.security.incidents.get(request_configuration=query)
    check(len(page.value) >= 3, f"{len(page.value)} incidents")
    alerts = [alert for incident in page.value for alert in incident.alerts]
    evidence = [piece for alert in alerts for piece in alert.evidence]
    check(alerts and evidence, f"{len(alerts)} alerts, {len(evidence)} pieces of evidence")
    for incident in page.value:
        check(isinstance(incident, Incident) and incident.status and incident.severity and incident.classification and incident.determination, f"incident {incident.id}: {incident.status} {incident.severity} {incident.classification} {incident.determination}")
        check(incident.tenant_id == TENANT and incident.created_date_time.tzinfo and incident.incident_web_url, f"incident {incident.id}: {incident.tenant_id} {incident.created_date_time}")
    for alert in alerts:
        check(isinstance(alert, Alert) and alert.status and alert.severity and alert.service_source and alert.detection_source, f"alert {alert.id}: {alert.status} {alert.severity} {alert.service_source} {alert.detection_source}")
        check(alert.incident_id in {incident.id for incident in page.value} and alert.first_activity_date_time, f"alert {alert.id}: {alert.incident_id}")
    untyped = {piece.odata_type for piece in evidence if type(piece) is AlertEvidence}
    check(not untyped, f"evidence without a type of its own: {untyped}")
    devices = [piece for piece in evidence if isinstance(piece, DeviceEvidence)]
    check(devices and all(device.device_dns_name for device in devices), f"{len(devices)} devices")

    first = next(incident for incident in page.value if incident.alerts)
    of_first = await graph.security.incidents.by_incident_id(first.id).alerts.get()
    check({alert.id for alert in of_first.value} == {alert.id for alert in first.alerts}, f"alerts of {first.id}: {[alert.id for alert in of_first.value]}")
    one = await graph.security.alerts_v2.by_alert_id(first.alerts[0].id).get()
    check(one.id == first.alerts[0].id and one.title == first.alerts[0].title and len(one.evidence) == len(first.alerts[0].evidence), f"alert {one.id}")

    changed = await graph.security.incidents.by_incident_id(first.id).patch(Incident(status=IncidentStatus.InProgress, custom_tags=["typed"]))
    check(changed.status == IncidentStatus.InProgress and changed.custom_tags == ["typed"] and changed.last_modified_by == "rig", f"changed: {changed.status} {changed.custom_tags} {changed.last_modified_by}")
    changed = await graph.security.alerts_v2.by_alert_id(one.id).patch(Alert(status=AlertStatus.Resolved))
    check(changed.status == AlertStatus.Resolved and changed.resolved_date_time, f"changed: {changed.status} {changed.resolved_date_time}")
    answered = await graph.security.alerts_v2.by_alert_id(one.id).comments.post([AlertComment(comment="typed")])
    check(answered and answered[-1].comment == "typed" and answered[-1].created_by_display_name == "rig", f"answered comments {answered}")
    again = await graph.security.alerts_v2.by_alert_id(one.id).get()
    check([comment.comment for comment in again.comments][-1] == "typed", f"comments {again.comments}")


run(lambda: asyncio.run(main()))
