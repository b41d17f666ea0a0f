//! A small corpus of incidents, every one telling something the others do not.

use serde_json::{Value, json};

/// An incident of the classic dialect with nothing but its number, name and times.
pub fn plain(id: i64, created: &str, updated: &str) -> Value {
    json!({
        "incidentId": id,
        "incidentName": format!("Incident {id}"),
        "createdTime": created,
        "lastUpdateTime": updated,
    })
}

/// An incident with everything the classic dialect can say of one.
pub fn full(id: i64) -> Value {
    json!({
        "incidentId": id,
        "redirectIncidentId": null,
        "incidentName": "Multi-stage incident on one endpoint",
        "createdTime": "2026-02-27T08:00:00.5Z",
        "lastUpdateTime": "2026-02-28T09:30:00.1234567Z",
        "assignedTo": "analyst@contoso.com",
        "classification": "TruePositive",
        "determination": "Malware",
        "status": "InProgress",
        "severity": "High",
        "tags": ["ransomware", "tier-0"],
        "comments": [{
            "comment": "isolated the machine",
            "createdBy": "analyst@contoso.com",
            "createdTime": "2026-02-28T09:00:00Z",
        }],
        "alerts": [alert(id)],
    })
}

fn alert(incident: i64) -> Value {
    json!({
        "alertId": format!("da{incident}00"),
        "incidentId": incident,
        "serviceSource": "MicrosoftDefenderATP",
        "creationTime": "2026-02-27T08:00:00.5Z",
        "lastUpdatedTime": "2026-02-28T09:30:00Z",
        "resolvedTime": null,
        "firstActivity": "2026-02-27T07:55:00Z",
        "lastActivity": "2026-02-27T08:10:00Z",
        "title": "Suspicious PowerShell command line",
        "description": "A suspicious command line was seen.",
        "category": "Execution",
        "status": "New",
        "severity": "Medium",
        "investigationId": 12,
        "investigationState": "Running",
        "classification": null,
        "determination": null,
        "detectionSource": "WindowsDefenderAtp",
        "assignedTo": null,
        "actorName": "STORM-0001",
        "threatFamilyName": "Wacatac",
        "mitreTechniques": ["T1059.001"],
        "devices": [device()],
        "entities": [process()],
    })
}

fn device() -> Value {
    json!({
        "mdatpDeviceId": "24c222b0b60fe148eeece49ac83910cc6a7ef491",
        "aadDeviceId": null,
        "deviceDnsName": "ws1.contoso.com",
        "osPlatform": "Windows11",
        "version": "23H2",
        "osProcessor": "x64",
        "osBuild": 22631,
        "healthStatus": "Active",
        "riskScore": "High",
        "rbacGroupName": "workstations",
        "rbacGroupId": 7,
        "firstSeen": "2025-11-01T00:00:00Z",
        "tags": ["lab"],
    })
}

fn process() -> Value {
    json!({
        "entityType": "Process",
        "sha1": "5de8139332ac119239bbb5b76a9a2bd3b6c5a111",
        "fileName": "powershell.exe",
        "filePath": "C:\\Windows\\System32",
        "processId": 4711,
        "processCommandLine": "powershell.exe -enc AAAA",
        "processCreationTime": "2026-02-27T07:55:00.7Z",
        "parentProcessId": 4242,
        "accountName": "alice",
        "domainName": "CONTOSO",
    })
}

/// An incident as Graph returns it with `$expand=alerts`.
pub fn graph() -> Value {
    json!({
        "@odata.type": "#microsoft.graph.security.incident",
        "id": "2972395",
        "incidentWebUrl": "https://security.microsoft.com/incidents/2972395",
        "redirectIncidentId": null,
        "displayName": "Multi-stage incident",
        "createdDateTime": "2026-02-13T09:43:03.6966667Z",
        "lastUpdateDateTime": "2026-02-13T09:46:53.89Z",
        "assignedTo": "kai@contoso.com",
        "classification": "truePositive",
        "determination": "multiStagedAttack",
        "status": "active",
        "severity": "medium",
        "customTags": ["Demo"],
        "systemTags": ["Defender Experts"],
        "comments": [{
            "comment": "Demo incident",
            "createdByDisplayName": "kai@contoso.com",
            "createdDateTime": "2026-02-13T09:45:00Z",
        }],
        "alerts": [graph_alert()],
    })
}

fn graph_alert() -> Value {
    json!({
            "@odata.type": "#microsoft.graph.security.alert",
            "id": "da637551227677560813_-961444813",
            "status": "new",
            "severity": "low",
            "classification": "unknown",
            "determination": null,
            "serviceSource": "microsoftDefenderForEndpoint",
            "detectionSource": "antivirus",
            "title": "Suspicious execution of hidden file",
            "category": "DefenseEvasion",
            "createdDateTime": "2026-02-13T09:45:00Z",
            "lastUpdateDateTime": "2026-02-13T09:46:00Z",
            "firstActivityDateTime": "2026-02-13T09:30:00Z",
            "lastActivityDateTime": "2026-02-13T09:31:00Z",
            "mitreTechniques": ["T1564.001"],
            "evidence": graph_evidence(),
    })
}

fn graph_evidence() -> Value {
    json!([
        {
            "@odata.type": "#microsoft.graph.security.deviceEvidence",
            "mdeDeviceId": "73e7e2de709dff64ef64b1d0c30e67fab63279db",
            "deviceDnsName": "tvm-example1",
            "osPlatform": "WindowsServer2016",
            "healthStatus": "active",
            "riskScore": "medium",
            "tags": ["Test Machine"],
        },
        {
            "@odata.type": "#microsoft.graph.security.fileEvidence",
            "fileDetails": {
                "sha1": "5f1e8acedc065031aad553b710838eb366cfee9a",
                "fileName": "MsSense.exe",
                "filePath": "C:\\Program Files",
            },
        },
        {
            "@odata.type": "#microsoft.graph.security.userEvidence",
            "userAccount": { "accountName": "kai", "domainName": "CONTOSO" },
        },
        { "@odata.type": "#microsoft.graph.security.kubernetesPodEvidence" },
    ])
}
