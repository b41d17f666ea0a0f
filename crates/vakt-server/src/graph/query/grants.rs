//! Lists of grants: as they were made, with conditions on the two ends and on nothing else.

use vakt_identity::GrantQuery;
use vakt_ids::ObjectId;
use vakt_wire::odata::{Comparison, Filter, Literal, QueryOptions};

use super::{Question, cursor, page_size};
use crate::graph::errors::unsupported;
use crate::graph::keys::body_id;
use crate::problem::Problem;

/// A kind of grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::graph) enum Grants {
    /// Roles of applications.
    Roles,
    /// Delegated permissions.
    Delegated,
}

impl Grants {
    /// How the client's end is called.
    fn client(self) -> &'static str {
        match self {
            Self::Roles => "principalId",
            Self::Delegated => "clientId",
        }
    }

    /// Conditions that all of them fulfil.
    fn is_always_so(self, name: &str, value: &Literal) -> bool {
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        match (self, value) {
            (Self::Roles, Literal::Text(text)) => is("principalType") && text == "ServicePrincipal",
            (Self::Delegated, Literal::Text(text)) => is("consentType") && text == "AllPrincipals",
            (Self::Delegated, Literal::Null) => is("principalId"),
            _ => false,
        }
    }
}

/// The room's query.
pub(in crate::graph) fn to_grant_query(
    options: &QueryOptions,
    grants: Grants,
    question: &Question,
) -> Result<GrantQuery, Problem> {
    if !options.order_by.is_empty() || options.search.is_some() || options.skip.is_some() {
        return Err(unsupported(
            "grants are listed as they were made; leave out $orderby, $search and $skip",
        ));
    }
    let mut query = GrantQuery {
        client: None,
        resource: None,
        top: page_size(options)?,
        after: cursor(options, question)?,
        count: options.count,
    };
    let mut open: Vec<&Filter> = options.filter.iter().collect();
    while let Some(filter) = open.pop() {
        match filter {
            Filter::And(a, b) => open.extend([a.as_ref(), b.as_ref()]),
            Filter::Compare(name, Comparison::Equal, value) if grants.is_always_so(name, value) => {
            }
            Filter::Compare(name, Comparison::Equal, Literal::Text(id) | Literal::Word(id)) => {
                let end = if name.eq_ignore_ascii_case(grants.client()) {
                    &mut query.client
                } else if name.eq_ignore_ascii_case("resourceId") {
                    &mut query.resource
                } else {
                    return Err(refused(filter, grants));
                };
                *end = Some(body_id::<ObjectId>(name, id)?);
            }
            other => return Err(refused(other, grants)),
        }
    }
    Ok(query)
}

fn refused(filter: &Filter, grants: Grants) -> Problem {
    unsupported(format!(
        "$filter: `{filter}` is not supported; use {} eq '…' and resourceId eq '…'",
        grants.client()
    ))
}
