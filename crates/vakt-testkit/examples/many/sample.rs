//! The incidents: each with an alert on a device, by an account, about a file; or bare.

use std::fmt::Write;

/// Seconds between two incidents that come in order.
const SECONDS_APART: usize = 2;

/// What the incidents are like.
#[derive(Clone, Copy)]
pub struct Sample {
    pub with_alerts: bool,
    /// Exports come in the order of time; this one does not.
    pub scattered: bool,
    /// Only one in a thousand is open.
    pub mostly_resolved: bool,
}

impl Sample {
    /// A body with some incidents.
    pub fn body(self, ids: impl Iterator<Item = usize>) -> String {
        let mut body = String::with_capacity(16 * 1024 * 1024);
        body.push_str(r#"{"value":["#);
        for (index, id) in ids.enumerate() {
            if index > 0 {
                body.push(',');
            }
            self.write(&mut body, id, None);
        }
        body.push_str("]}");
        body
    }

    /// When an incident was created.
    fn time(self, id: usize) -> String {
        let seconds = match self.scattered {
            true => id * 60 % (28 * 86_400),
            false => id * SECONDS_APART,
        };
        let (day, hour) = (1 + seconds / 86_400, seconds / 3_600 % 24);
        let (minute, second) = (seconds / 60 % 60, seconds % 60);
        format!("2026-01-{day:02}T{hour:02}:{minute:02}:{second:02}.{:07}Z", id % 10_000_000)
    }

    /// Writes an incident as the classic API has it, changed last at its creation or as said.
    pub fn write(self, text: &mut String, id: usize, changed: Option<&str>) {
        let time = self.time(id);
        let changed = changed.unwrap_or(&time);
        let severity = ["Low", "Medium", "High", "Informational"][id % 4];
        let status = match self.mostly_resolved && !id.is_multiple_of(1_000) {
            true => "Resolved",
            false => ["Active", "InProgress", "Resolved"][id % 3],
        };
        let (classification, determination) =
            [("Unknown", "NotAvailable"), ("TruePositive", "Malware"), ("FalsePositive", "Clean")]
                [id % 3];
        let owner = id % 500;
        let _ = write!(
            text,
            r#"{{"incidentId":{id},"incidentName":"Suspicious activity {id}","createdTime":"{time}","lastUpdateTime":"{changed}","assignedTo":"analyst{owner}@contoso.com","classification":"{classification}","determination":"{determination}","status":"{status}","severity":"{severity}","tags":[],"comments":[],"alerts":["#
        );
        if self.with_alerts {
            let host = id % 20_000;
            let _ = write!(
                text,
                r#"{{"alertId":"da{id:024x}","incidentId":{id},"serviceSource":"MicrosoftDefenderATP","creationTime":"{time}","lastUpdatedTime":"{time}","firstActivity":"{time}","lastActivity":"{time}","title":"Suspicious activity {id}","category":"Execution","status":"New","severity":"{severity}","detectionSource":"WindowsDefenderAtp","mitreTechniques":["T1059"],"devices":[{{"mdatpDeviceId":"{host:040x}","deviceDnsName":"host{host}.contoso.com","osPlatform":"Windows11"}}],"entities":[{{"entityType":"User","accountName":"user{owner}","domainName":"contoso","userSid":"S-1-5-21-1-2-3-{owner}"}},{{"entityType":"File","fileName":"tool{host}.exe","sha256":"{id:064x}"}}]}}"#
            );
        }
        text.push_str("]}");
    }
}
