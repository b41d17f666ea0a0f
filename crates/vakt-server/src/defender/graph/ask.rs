//! What a request asks for, read from its query and headers.

use axum::response::Response;
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use vakt_incidents::Query;
use vakt_wire::graph::{GraphAlert, Object};
use vakt_wire::odata::QueryOptions;

use super::errors::{bad_request, in_graphs_words};
use super::kind::{Kind, Parts};
use super::select::{Shape, Shown, expanded};
use super::to_wire::View;
use super::words::{INCLUDE_LATER, Later};
use crate::defender::query::to_query;
use crate::graph::Call;
use crate::problem::{Problem, json};
use crate::question::{DELTA_TOKEN, Question};

/// What is asked for.
pub(super) struct Ask {
    pub options: QueryOptions,
    pub parts: Parts,
    pub view: View,
}

impl Ask {
    /// What is asked of things of a kind.
    pub(super) fn of<T: Kind>(call: &Call) -> Result<Self, Problem> {
        let options = read_options(&call.uri)?;
        let shape = T::shape();
        let alerts = match expanded(&shape, &options.expand)? {
            Some(expand) => Some(Shown::of(&alert_shape(), &expand.select)?),
            None => None,
        };
        let parts = Parts { members: Shown::of(&shape, &options.select)?, alerts };
        Ok(Self { options, parts, view: view(call) })
    }

    /// The room's query, for a list.
    pub(super) fn query<T: Kind>(&self, question: &Question) -> Result<Query<T>, Problem> {
        // `$top` may ask for more than the usual page.
        let page_size = match self.options.top {
            Some(_) => T::PAGE_SIZE_MAX,
            None => T::PAGE_SIZE_DEFAULT,
        };
        let query = to_query(&self.options, question, page_size).map_err(in_graphs_words)?;
        Ok(Query { without_alerts: self.parts.alerts.is_none(), ..query })
    }

    /// The things as they are shown.
    pub(super) fn objects<T: Kind>(&self, items: &[T::Item]) -> Result<Vec<Object>, Problem> {
        items.iter().map(|item| T::object(item, &self.view, &self.parts)).collect()
    }

    /// The context of what is shown.
    pub(super) fn context(&self, call: &Call, set: &str) -> String {
        let expanded = if self.parts.alerts.is_some() { "(alerts())" } else { "" };
        let selected = self.parts.members.in_context();
        let names = if selected.is_empty() { expanded } else { &selected };
        format!("{}/$metadata#{set}{names}", call.place.root)
    }

    /// One thing.
    pub(super) fn entity<T: Kind>(&self, call: &Call, item: &T::Item) -> Result<Response, Problem> {
        let context = format!("{}/$entity", self.context(call, T::SET));
        let mut members = Object::from_iter([("@odata.context".to_owned(), context.into())]);
        members.extend(T::object(item, &self.view, &self.parts)?);
        Ok(self.answer(&members))
    }

    /// An answer that says which preference it fulfils.
    pub(super) fn answer(&self, body: &impl Serialize) -> Response {
        let mut response = json(StatusCode::OK, body);
        if self.view.later == Later::Named {
            let applied = HeaderValue::from_static(INCLUDE_LATER);
            response.headers_mut().insert("preference-applied", applied);
        }
        response
    }
}

/// How things are shown to a caller.
pub(super) fn view(call: &Call) -> View {
    let base = call.place.base();
    // Nobody looks at a page under the name of an API that is not ours.
    let pages = match base.ends_with("://graph.microsoft.com") {
        true => call.app.names.fallback_base(),
        false => base.to_owned(),
    };
    View { pages, tenant: call.tenant, later: Later::of(call.header("prefer")) }
}

fn alert_shape() -> Shape {
    Shape::of::<GraphAlert>("microsoft.graph.security.alert", &[])
}

fn read_options(uri: &http::Uri) -> Result<QueryOptions, Problem> {
    let options = QueryOptions::parse(uri.query().unwrap_or_default());
    let options = options.map_err(|problem| bad_request(format!("Invalid query. {problem}")))?;
    if options.search.is_some() {
        return Err(bad_request(
            "$search is not supported here; use $filter with contains(property,'text')",
        ));
    }
    // A format is named by clients that could read others; there is one only.
    let known = |name: &&String| *name != "$format" && *name != DELTA_TOKEN;
    match options.unknown.iter().find(known) {
        Some(name) => {
            let name: String = name.chars().take(64).collect();
            Err(bad_request(format!(
                "The query parameter '{name}' is not supported. Use one of $filter, $top, $skip, \
                 $orderby, $count, $select, $expand, $skiptoken."
            )))
        }
        None => Ok(options),
    }
}
