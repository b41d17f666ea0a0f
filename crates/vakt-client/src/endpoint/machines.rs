//! Machines, and what is to be done to them.

use serde_json::{Value, json};
use vakt_wire::endpoint::{ActionRequest, Machine, MachineAction};
use vakt_wire::import::ImportAnswer;

use super::{Endpoint, EndpointQuery};
use crate::client::to_json;
use crate::cloud::CloudKind;
use crate::error::{ClientError, ErrorKind};
use crate::pager::Pager;
use crate::transport::{Method, Repeat, Request};
use crate::web_address::with_path;

/// Most machines in one request of an import.
const BATCH_MACHINES_MAX: usize = 500;

/// What can be asked to be done to a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionVerb {
    /// Cut it off the network.
    Isolate,
    /// Let it back.
    Unisolate,
    /// Scan it for malware.
    Scan,
    /// Let only signed code run on it.
    Restrict,
    /// Let any code run again.
    Unrestrict,
    /// Collect evidence from it.
    Collect,
    /// Take it out of the service.
    Offboard,
    /// Stop a file and lock it away.
    StopFile,
}

impl ActionVerb {
    /// The last segment of its path.
    fn segment(self) -> &'static str {
        match self {
            Self::Isolate => "isolate",
            Self::Unisolate => "unisolate",
            Self::Scan => "runAntiVirusScan",
            Self::Restrict => "restrictCodeExecution",
            Self::Unrestrict => "unrestrictCodeExecution",
            Self::Collect => "collectInvestigationPackage",
            Self::Offboard => "offboard",
            Self::StopFile => "StopAndQuarantineFile",
        }
    }
}

impl<'a> Endpoint<'a> {
    /// Machines that fit, page by page.
    pub fn machines(&self, query: &EndpointQuery) -> Pager<'a, Machine> {
        self.list("machines", query)
    }

    /// One machine, by id or full name.
    pub async fn machine(&self, name: &str) -> Result<Machine, ClientError> {
        self.get(&["machines", name]).await.map_err(|error| match error.kind() {
            ErrorKind::NotFound => error.with_hint("`vakt machine list` shows the machines"),
            _ => error,
        })
    }

    /// Asks for something to be done to a machine.
    pub async fn request_action(
        &self,
        machine: &str,
        verb: ActionVerb,
        wish: &ActionRequest,
    ) -> Result<MachineAction, ClientError> {
        self.post(&["machines", machine, verb.segment()], wish).await
    }

    /// Machine actions that fit, page by page, newest first.
    pub fn machine_actions(&self, query: &EndpointQuery) -> Pager<'a, MachineAction> {
        self.list("machineactions", query)
    }

    /// Takes machines into a Vakt server, as Microsoft's API returns them. Repeating it does no
    /// harm.
    pub async fn import_machines(&self, machines: &[Value]) -> Result<ImportAnswer, ClientError> {
        let cloud = self.client.cloud();
        if cloud.kind != CloudKind::Vakt {
            let text = "machines can be imported into a Vakt server only";
            return Err(ClientError::new(ErrorKind::Configuration, text)
                .with_hint("choose a server with --profile or VAKT_URL"));
        }
        let mut all = ImportAnswer::default();
        for (number, batch) in machines.chunks(BATCH_MACHINES_MAX).enumerate() {
            let url = with_path(&cloud.api, &["vakt", "v1", "machines", "import"]);
            let mut request =
                Request::json(Method::Post, url, to_json(&json!({ "value": batch }))?);
            request.repeat = Repeat::Safe;
            let answer: ImportAnswer = self.client.read(self.resource(), request).await?;
            let first = (number * BATCH_MACHINES_MAX) as u64;
            all.created += answer.created;
            all.updated += answer.updated;
            all.unchanged += answer.unchanged;
            all.refused.extend(answer.refused.into_iter().map(|mut problem| {
                problem.index += first;
                problem
            }));
            for member in answer.ignored_members {
                if !all.ignored_members.contains(&member) {
                    all.ignored_members.push(member);
                }
            }
        }
        Ok(all)
    }
}
