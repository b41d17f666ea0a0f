//! The journey in words, step by step; silent when JSON is wanted.

use std::io;

use secrecy::ExposeSecret;
use vakt_client::TokenAnswer;
use vakt_wire::defender::Incident;
use vakt_wire::graph::{Application, ServicePrincipal};

use super::steps::TYPED;
use super::{Secret, Stage};
use crate::inspection::Inspection;
use crate::print::{Printer, visible};

/// Incidents that are shown; the rest is counted.
const SHOWN_MAX: usize = 12;

/// Tells the steps as they are done.
pub struct Teller {
    printer: Printer,
}

impl Teller {
    pub fn new(printer: Printer) -> Self {
        Self { printer }
    }

    fn say(&self, lines: &[String]) -> io::Result<()> {
        if self.printer.is_json() {
            return Ok(());
        }
        lines.iter().try_for_each(|line| self.printer.line(&visible(line)))
    }

    fn step(&self, number: u32, title: &str, lines: &[String]) -> io::Result<()> {
        let mut text = vec![String::new(), format!("{number}. {title}")];
        text.extend(lines.iter().map(|line| format!("   {line}")));
        self.say(&text)
    }

    pub fn open(&self, stage: &Stage) -> io::Result<()> {
        self.say(&[
            "Create an app to access Microsoft Threat Protection without a user".into(),
            format!("on {}, in the tenant {} ({})", stage.url, stage.tenant_name, stage.tenant),
        ])
    }

    pub fn registered(&self, application: &Application) -> io::Result<()> {
        self.step(
            1,
            "Register an application",
            &[
                format!("name            {}", application.display_name),
                format!("application id  {}", application.app_id),
                format!("object id       {}", application.id),
            ],
        )
    }

    pub fn found_api(&self, api: &ServicePrincipal) -> io::Result<()> {
        let line = format!("typed `{TYPED}`, found {} ({})", api.display_name, api.app_id);
        self.step(2, "Find the API by typing its name", &[line])
    }

    pub fn added_permissions(&self, permissions: &[String]) -> io::Result<()> {
        self.step(3, "Add application permissions", permissions)
    }

    pub fn consented(&self, permissions: &[String]) -> io::Result<()> {
        let line = format!("{} permissions granted for the whole tenant", permissions.len());
        self.step(4, "Grant consent", &[line])
    }

    pub fn added_secret(&self, secret: &Secret) -> io::Result<()> {
        let expires = secret.expires.map_or_else(String::new, |time| time.to_string());
        self.step(
            5,
            "Add a secret",
            &[
                format!("value    {} (shown once)", secret.value.expose_secret()),
                format!("id       {}", secret.key_id),
                format!("expires  {expires}"),
            ],
        )
    }

    pub fn got_tokens(&self, v1: &TokenAnswer, v2: &TokenAnswer) -> anyhow::Result<()> {
        let line = |name: &str, answer: &TokenAnswer| -> anyhow::Result<String> {
            let mut json = answer.to_json()?;
            if let Some(token) = json.get_mut("access_token") {
                let start: String = token.as_str().unwrap_or_default().chars().take(24).collect();
                *token = format!("{start}...").into();
            }
            Ok(format!("{name}  {json}"))
        };
        let lines = [line("v1", v1)?, line("v2", v2)?];
        Ok(self.step(6, "Get an access token, at the v1 and at the v2 endpoint", &lines)?)
    }

    pub fn validated(&self, inspection: &Inspection) -> anyhow::Result<()> {
        let json = inspection.to_json();
        let claims = serde_json::to_string_pretty(json.get("claims").unwrap_or(&json))?;
        let mut lines: Vec<String> = claims.lines().map(str::to_owned).collect();
        lines.extend(inspection.to_words());
        Ok(self.step(7, "Validate the token", &lines)?)
    }

    pub fn listed(&self, incidents: &[Incident]) -> io::Result<()> {
        let title = format!("Use it: GET /api/incidents ({} incidents)", incidents.len());
        self.step(8, &title, &[])?;
        if self.printer.is_json() {
            return Ok(());
        }
        self.printer.table(
            ["  ID", "SEVERITY", "STATUS", "LAST UPDATE", "ALERTS", "NAME"],
            incidents.iter().take(SHOWN_MAX).map(row),
        )?;
        let more = incidents.len().saturating_sub(SHOWN_MAX);
        self.say(&[format!("   and {more} more")])
    }
}

fn row(incident: &Incident) -> [String; 6] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let updated = incident.last_update_time.map_or_else(String::new, |time| {
        time.to_string().chars().take(19).collect::<String>().replace('T', " ")
    });
    [
        format!("  {}", incident.incident_id),
        text(&incident.severity),
        text(&incident.status),
        updated,
        incident.alerts.len().to_string(),
        text(&incident.incident_name),
    ]
}
