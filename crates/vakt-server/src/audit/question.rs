//! What a log is asked, from OData's options to the room's query. Each dialect has names of its own
//! for the same properties; all of them are understood everywhere.

use http::Uri;
use jiff::{SignedDuration, Timestamp};
use vakt_identity::audit::{AuditOrder, AuditQuery};
use vakt_wire::odata::{Comparison, ELEMENT, Filter, Literal, QueryOptions};

/// Lines of a page if nothing else is asked for, and at most (Graph's own numbers).
const PAGE_SIZE_MAX: u32 = 1_000;

/// A property that can be asked about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Property {
    Time,
    App,
    ErrorCode,
    Result,
    Activity,
    Correlation,
}

/// Names of properties: Graph's of sign-ins, Graph's of changes, the hunting table's.
const PROPERTIES: &[(&str, Property)] = &[
    ("createdDateTime", Property::Time),
    ("activityDateTime", Property::Time),
    ("Timestamp", Property::Time),
    ("appId", Property::App),
    ("initiatedBy/app/appId", Property::App),
    ("ApplicationId", Property::App),
    ("status/errorCode", Property::ErrorCode),
    ("ErrorCode", Property::ErrorCode),
    ("result", Property::Result),
    ("activityDisplayName", Property::Activity),
    ("correlationId", Property::Correlation),
];

fn property(name: &str) -> Option<Property> {
    PROPERTIES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, it)| *it)
}

/// A question to a log.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    query: AuditQuery,
    /// It asks for what there is not, such as people's sign-ins.
    is_empty: bool,
}

impl Question {
    /// Reads the options; the error says what to ask instead.
    pub(crate) fn of(options: &QueryOptions) -> Result<Self, String> {
        let refused = [
            (options.skip.is_some(), "$skip is not supported; follow @odata.nextLink"),
            (options.search.is_some(), "$search is not supported; use $filter"),
            (!options.expand.is_empty(), "$expand is not supported; leave it out"),
            (options.count, "$count is not supported; leave it out"),
        ];
        if let Some((_, why)) = refused.into_iter().find(|(given, _)| *given) {
            return Err(why.to_owned());
        }
        let query = AuditQuery {
            order: order(options)?,
            top: options.top.unwrap_or(PAGE_SIZE_MAX).clamp(1, PAGE_SIZE_MAX),
            after: options.skip_token.as_deref().map(cursor).transpose()?,
            ..AuditQuery::default()
        };
        let mut question = Self { query, is_empty: false };
        if let Some(filter) = &options.filter {
            question.narrow(filter)?;
        }
        Ok(question)
    }

    /// The room's query; none if nothing can fit.
    pub(crate) fn query(&self) -> Option<&AuditQuery> {
        (!self.is_empty).then_some(&self.query)
    }

    fn narrow(&mut self, filter: &Filter) -> Result<(), String> {
        match filter {
            Filter::And(a, b) => {
                self.narrow(a)?;
                self.narrow(b)
            }
            Filter::Compare(name, comparison, value) => self.compare(name, *comparison, value),
            Filter::Any(name, Some(inner)) if name.eq_ignore_ascii_case("signInEventTypes") => {
                self.keep_kind(inner)
            }
            other => Err(unsupported(other)),
        }
    }

    fn compare(
        &mut self,
        name: &str,
        comparison: Comparison,
        value: &Literal,
    ) -> Result<(), String> {
        let filter = || unsupported(&Filter::Compare(name.into(), comparison, value.clone()));
        let Some(property) = property(name) else { return Err(filter()) };
        let equal = comparison == Comparison::Equal;
        match (property, value) {
            (Property::Time, Literal::Time(time)) => self.keep_time(comparison, *time, &filter),
            (Property::App, Literal::Text(id) | Literal::Word(id)) if equal => {
                match id.parse() {
                    Ok(app) => self.keep(|query| &mut query.app, app),
                    // What is no id is nobody's id.
                    Err(_) => self.is_empty = true,
                }
                Ok(())
            }
            (Property::ErrorCode, Literal::Number(code)) => {
                self.keep_code(comparison, *code, &filter)
            }
            (Property::Result, Literal::Text(word) | Literal::Word(word)) if equal => {
                match word.to_ascii_lowercase().as_str() {
                    "success" => self.keep(|query| &mut query.succeeded, true),
                    "failure" => self.keep(|query| &mut query.succeeded, false),
                    _ => self.is_empty = true,
                }
                Ok(())
            }
            (Property::Activity, Literal::Text(word)) if equal => {
                self.keep(|query| &mut query.activity, word.clone());
                Ok(())
            }
            (Property::Correlation, Literal::Text(id) | Literal::Word(id)) if equal => {
                self.keep(|query| &mut query.correlation, id.to_ascii_lowercase());
                Ok(())
            }
            _ => Err(filter()),
        }
    }

    /// Takes a condition over; two that contradict each other leave nothing.
    fn keep<T: PartialEq>(&mut self, place: fn(&mut AuditQuery) -> &mut Option<T>, value: T) {
        let kept = place(&mut self.query);
        if kept.as_ref().is_some_and(|kept| *kept != value) {
            self.is_empty = true;
        }
        *kept = Some(value);
    }

    fn keep_time(
        &mut self,
        comparison: Comparison,
        time: Timestamp,
        filter: &dyn Fn() -> String,
    ) -> Result<(), String> {
        // The log's times are whole ticks of 100 ns.
        let next = time.saturating_add(SignedDuration::from_nanos(100)).unwrap_or(time);
        let (from, until) = match comparison {
            Comparison::Equal => (Some(time), Some(next)),
            Comparison::GreaterOrEqual => (Some(time), None),
            Comparison::Greater => (Some(next), None),
            Comparison::Less => (None, Some(time)),
            Comparison::LessOrEqual => (None, Some(next)),
            Comparison::NotEqual => return Err(filter()),
        };
        let query = &mut self.query;
        query.from = query.from.max(from);
        query.until = match (query.until, until) {
            (Some(known), Some(until)) => Some(known.min(until)),
            (known, until) => known.or(until),
        };
        Ok(())
    }

    fn keep_code(
        &mut self,
        comparison: Comparison,
        code: i64,
        filter: &dyn Fn() -> String,
    ) -> Result<(), String> {
        match (comparison, code) {
            (Comparison::Equal, 0) => self.keep(|query| &mut query.succeeded, true),
            (Comparison::NotEqual | Comparison::Greater, 0) => {
                self.keep(|query| &mut query.succeeded, false);
            }
            (Comparison::Equal, code) => match u32::try_from(code) {
                Ok(code) => self.keep(|query| &mut query.error_code, code),
                Err(_) => self.is_empty = true,
            },
            _ => return Err(filter()),
        }
        Ok(())
    }

    /// Sign-ins here are those of service principals, and there are no others.
    fn keep_kind(&mut self, condition: &Filter) -> Result<(), String> {
        let Filter::Compare(name, comparison, Literal::Text(kind)) = condition else {
            return Err(unsupported(condition));
        };
        let is_ours = kind.eq_ignore_ascii_case("servicePrincipal");
        match comparison {
            _ if name != ELEMENT => return Err(unsupported(condition)),
            Comparison::Equal => self.is_empty |= !is_ours,
            Comparison::NotEqual => self.is_empty |= is_ours,
            _ => return Err(unsupported(condition)),
        }
        Ok(())
    }
}

fn unsupported(filter: &Filter) -> String {
    format!(
        "$filter: `{filter}` is not supported. Join comparisons with `and`: the time (eq, ge, gt, \
         le, lt), the error code (eq, ne 0), and eq of the application's id, the correlation id, \
         the result and the activity"
    )
}

fn order(options: &QueryOptions) -> Result<AuditOrder, String> {
    match &options.order_by[..] {
        [] => Ok(AuditOrder::NewestFirst),
        [key] if property(&key.property) == Some(Property::Time) => Ok(match key.descending {
            true => AuditOrder::NewestFirst,
            false => AuditOrder::OldestFirst,
        }),
        _ => Err("$orderby: only the time is supported, asc or desc".to_owned()),
    }
}

fn cursor(token: &str) -> Result<i64, String> {
    token.parse().map_err(|_| "$skiptoken: follow @odata.nextLink unchanged".to_owned())
}

/// The address of the next page: the same question, from a line on.
pub(crate) fn next_link(base: &str, uri: &Uri, number: i64) -> String {
    let is_token = |pair: &&str| {
        let key = pair.split('=').next().unwrap_or_default();
        matches!(key.to_ascii_lowercase().as_str(), "$skiptoken" | "%24skiptoken" | "skiptoken")
    };
    let pairs = uri.query().unwrap_or_default().split('&');
    let mut pairs: Vec<&str> = pairs.filter(|pair| !pair.is_empty() && !is_token(pair)).collect();
    let token = format!("$skiptoken={number}");
    pairs.push(&token);
    format!("{base}{}?{}", uri.path(), pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(query: &str) -> Result<Question, String> {
        Question::of(&QueryOptions::parse(query).unwrap())
    }

    #[test]
    fn every_dialects_names_are_understood() {
        let app = "5e5e5e5e-0000-4000-8000-0000000000a1";
        for (filter, expected) in [
            ("createdDateTime ge 2026-03-01", "from 2026-03-01T00:00:00Z"),
            ("Timestamp gt 2026-03-01T00:00:00Z", "from 2026-03-01T00:00:00.0000001Z"),
            ("activityDateTime lt 2026-03-01", "until 2026-03-01T00:00:00Z"),
            (
                "createdDateTime ge 2026-03-01 and createdDateTime ge 2026-03-02",
                "from 2026-03-02T00:00:00Z",
            ),
            (
                "createdDateTime le 2026-03-01 and createdDateTime le 2026-03-02",
                "until 2026-03-01T00:00:00.0000001Z",
            ),
            (&format!("appId eq '{app}'"), &format!("app {app}")),
            (&format!("initiatedBy/app/appId eq '{app}'"), &format!("app {app}")),
            (&format!("ApplicationId eq {app}"), &format!("app {app}")),
            ("appId eq 'x'", "nothing"),
            ("status/errorCode eq 7000215", "code 7000215"),
            ("ErrorCode eq 0", "succeeded true"),
            ("status/errorCode ne 0", "succeeded false"),
            ("ErrorCode eq 1 and ErrorCode eq 2", "nothing"),
            ("result eq 'failure'", "succeeded false"),
            ("activityDisplayName eq 'Add application'", "activity Add application"),
            ("correlationId eq 'ABC'", "correlation abc"),
            ("signInEventTypes/any(t: t eq 'servicePrincipal')", ""),
            ("signInEventTypes/any(t: t eq 'interactiveUser')", "nothing"),
            ("signInEventTypes/any(t: t ne 'servicePrincipal')", "nothing"),
        ] {
            let question = ask(&format!("$filter={filter}")).unwrap();
            assert_eq!(described(&question), expected, "for {filter}");
        }
    }

    fn described(question: &Question) -> String {
        let Some(query) = question.query() else { return "nothing".into() };
        let parts = [
            query.from.map(|time| format!("from {time}")),
            query.until.map(|time| format!("until {time}")),
            query.app.map(|app| format!("app {app}")),
            query.succeeded.map(|it| format!("succeeded {it}")),
            query.error_code.map(|code| format!("code {code}")),
            query.activity.as_ref().map(|word| format!("activity {word}")),
            query.correlation.as_ref().map(|id| format!("correlation {id}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_cannot_be_asked_is_said_and_not_passed_over() {
        for query in [
            "$filter=appId eq 'a' or appId eq 'b'",
            "$filter=not (appId eq 'a')",
            "$filter=startswith(appDisplayName,'a')",
            "$filter=createdDateTime ne 2026-03-01",
            "$filter=status/errorCode gt 5",
            "$filter=signInEventTypes/any(t: t gt 'a')",
            "$orderby=appId",
            "$orderby=createdDateTime,appId",
            "$skip=5",
            "$count=true",
            "$skiptoken=x",
        ] {
            assert!(ask(query).is_err(), "{query} was read");
        }
    }

    #[test]
    fn the_next_page_is_the_same_question_from_a_line_on() {
        let uri =
            Uri::from_static("/v1.0/auditLogs/signIns?$top=2&$skiptoken=9&$filter=a%20eq%201");
        assert_eq!(
            next_link("https://h", &uri, 7),
            "https://h/v1.0/auditLogs/signIns?$top=2&$filter=a%20eq%201&$skiptoken=7"
        );
    }
}
