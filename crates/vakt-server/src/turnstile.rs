//! What a call meets behind its door and before its handler: a fault that was asked for, its quota,
//! and in strict mode what Microsoft would refuse of its query.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use crate::access::Caller;
use crate::app::App;
use crate::quota::Group;
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

    /// Lets a call through, or answers in the handler's place.
    pub(crate) async fn pass(
        self,
        app: &App,
        caller: &Caller,
        request: Request,
        next: Next,
    ) -> Response {
        let who = (caller.tenant, caller.app);
        if let Some(fault) = app.faults.of_call(who, request.uri().path(), app.clock.now()) {
            let (path, headers) = (request.uri().path().to_owned(), request.headers().clone());
            if let Some(answer) = fault.happen(app, &path, &headers).await {
                return answer;
            }
        }
        let path = request.uri().path();
        let counted = self.group.map(|group| app.quotas.count(group, who, app.clock.now()));
        let standing = match counted {
            Some(Err(exceeded)) => {
                let mut answer = exceeded.problem().answer(app, path, request.headers());
                exceeded.mark(&mut answer);
                return answer;
            }
            Some(Ok(standing)) => standing,
            None => None,
        };
        let rule = self.rule.filter(|_| app.strict.is_strict());
        let refused =
            rule.and_then(|rule| rule.check(request.uri().query().unwrap_or_default()).err());
        let mut answer = match refused {
            Some(problem) => problem.answer(app, path, request.headers()),
            None => next.run(request).await,
        };
        if let Some(standing) = standing {
            standing.mark(&mut answer);
        }
        answer
    }
}
