//! What a call meets behind its door and before its handler: a fault that was asked for, its quota,
//! and in strict mode what Microsoft would refuse of its query.

use axum::response::Response;
use http::request::Parts;
use jiff::Timestamp;

use crate::access::Caller;
use crate::app::App;
use crate::quota::{Exceeded, Group, Standing};
use crate::strict::QueryRule;

/// What holds on one route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turnstile {
    group: Option<Group>,
    rule: Option<&'static QueryRule>,
}

impl Turnstile {
    /// By the route's line in the table of routes.
    pub(crate) fn of(method: &str, path: &str) -> Self {
        Self { group: Group::of(method, path), rule: QueryRule::of(method, path) }
    }

    /// Counts a call, and says where its caller stands then; one that is refused counts nowhere.
    pub(crate) fn count(
        self,
        app: &App,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Option<Standing>, Exceeded> {
        let who = (caller.tenant, caller.app);
        self.group.map_or(Ok(None), |group| app.quotas.count(group, who, now))
    }

    /// Lets a call through, and says where its caller stands then; or answers in the handler's
    /// place.
    pub(crate) async fn pass(
        self,
        app: &App,
        caller: &Caller,
        head: &Parts,
    ) -> Result<Option<Standing>, Response> {
        let who = (caller.tenant, caller.app);
        let (path, headers) = (head.uri.path(), &head.headers);
        if let Some(fault) = app.faults.of_call(who, path, app.clock.now())
            && let Some(answer) = fault.happen(app, path, headers).await
        {
            return Err(answer);
        }
        let standing = self.count(app, caller, app.clock.now()).map_err(|exceeded| {
            let mut answer = exceeded.problem().answer(app, path, headers);
            exceeded.mark(&mut answer);
            answer
        })?;
        let rule = self.rule.filter(|_| app.strict.is_strict());
        match rule.map(|rule| rule.check(head.uri.query().unwrap_or_default())) {
            Some(Err(problem)) => {
                let mut answer = problem.answer(app, path, headers);
                if let Some(standing) = standing {
                    standing.mark(&mut answer);
                }
                Err(answer)
            }
            _ => Ok(standing),
        }
    }
}
