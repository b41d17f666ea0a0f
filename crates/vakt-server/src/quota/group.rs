//! Which routes count together, and how many calls Microsoft takes of each kind. Both are data: a
//! new route of the threat-protection API needs a line in [`ROUTES`], if none fits it yet.

/// Routes that count together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// The classic list of incidents.
    IncidentList,
    /// One incident, classic.
    IncidentGet,
    /// Changes of incidents, classic.
    IncidentChange,
    /// Alerts, machines and indicators of Defender for Endpoint.
    Endpoint,
    /// Alerts in Graph's dialect.
    SecurityAlerts,
    /// Incidents in Graph's dialect.
    SecurityIncidents,
    /// Hunting, in every dialect.
    Hunting,
}

/// What is published of a group.
#[derive(Debug)]
pub(crate) struct GroupRow {
    /// The group.
    pub group: Group,
    /// Its name in `--quota`, and in the list of limits.
    pub name: &'static str,
    /// Microsoft's ceilings, as far as they are documented.
    pub microsofts: &'static [MicrosoftCeiling],
}

/// How many calls one application may make in one tenant within a window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MicrosoftCeiling {
    pub window_seconds: u32,
    /// `None`: Microsoft publishes no number, and calls are only counted.
    pub calls_max: Option<u32>,
}

const MINUTE_SECONDS: u32 = 60;
const HOUR_SECONDS: u32 = 3_600;

const fn per_minute(calls: u32) -> MicrosoftCeiling {
    MicrosoftCeiling { window_seconds: MINUTE_SECONDS, calls_max: Some(calls) }
}

const fn per_hour(calls: u32) -> MicrosoftCeiling {
    MicrosoftCeiling { window_seconds: HOUR_SECONDS, calls_max: Some(calls) }
}

/// How many groups there are.
pub(crate) const GROUPS: usize = 7;

/// Every group, in the order of [`Group`]. Numbers are those of Microsoft's pages on the classic
/// incidents, Defender for Endpoint, the hunting APIs and Graph's throttling limits.
pub(crate) static TABLE: [GroupRow; GROUPS] = [
    GroupRow {
        group: Group::IncidentList,
        name: "incidents-list",
        microsofts: &[per_minute(50), per_hour(1_500)],
    },
    GroupRow {
        group: Group::IncidentGet,
        name: "incidents-get",
        microsofts: &[per_minute(100), per_hour(1_500)],
    },
    GroupRow {
        group: Group::IncidentChange,
        name: "incidents-change",
        microsofts: &[per_minute(50), per_hour(1_500)],
    },
    GroupRow {
        group: Group::Endpoint,
        name: "endpoint",
        microsofts: &[per_minute(100), per_hour(1_500)],
    },
    GroupRow {
        group: Group::SecurityAlerts,
        name: "security-alerts",
        microsofts: &[per_minute(150)],
    },
    GroupRow {
        group: Group::SecurityIncidents,
        name: "security-incidents",
        microsofts: &[MicrosoftCeiling { window_seconds: MINUTE_SECONDS, calls_max: None }],
    },
    GroupRow { group: Group::Hunting, name: "hunting", microsofts: &[per_minute(45)] },
];

/// Method, how the path starts, and the group; the first line that fits counts. `*` is every
/// method. Paths are those of the table of routes, but for Graph's root and for a version after
/// `/api`.
const ROUTES: &[(&str, &str, Option<Group>)] = &[
    ("GET", "/api/incidents/{id}", Some(Group::IncidentGet)),
    ("GET", "/api/incidents", Some(Group::IncidentList)),
    ("*", "/api/incidents", Some(Group::IncidentChange)),
    ("*", "/api/advancedhunting", Some(Group::Hunting)),
    ("*", "/api/advancedqueries", Some(Group::Hunting)),
    // The portal's consent has its name below `/api` too.
    ("*", "/api/RegisteredApplications", None),
    ("*", "/api", Some(Group::Endpoint)),
    ("*", "/security/incidents", Some(Group::SecurityIncidents)),
    ("*", "/security/alerts_v2", Some(Group::SecurityAlerts)),
    ("*", "/security/runHuntingQuery", Some(Group::Hunting)),
];

impl Group {
    /// The group of a route, by its line in the table of routes.
    pub(crate) fn of(method: &str, path: &str) -> Option<Self> {
        let path = unversioned(path);
        let fits = |(of_method, start, _): &&(&str, &str, Option<Self>)| {
            (*of_method == "*" || *of_method == method) && starts_with(&path, start)
        };
        ROUTES.iter().find(fits).and_then(|(_, _, group)| *group)
    }

    /// What is published of it.
    pub(crate) fn row(self) -> &'static GroupRow {
        let [list, get, change, endpoint, alerts, incidents, hunting] = &TABLE;
        match self {
            Self::IncidentList => list,
            Self::IncidentGet => get,
            Self::IncidentChange => change,
            Self::Endpoint => endpoint,
            Self::SecurityAlerts => alerts,
            Self::SecurityIncidents => incidents,
            Self::Hunting => hunting,
        }
    }

    /// The group of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.group)
    }
}

/// A route's path without its version: the same route has several.
pub(crate) fn unversioned(path: &str) -> String {
    let of_api = path.strip_prefix("/api/v1.0/").map(|rest| format!("/api/{rest}"));
    let of_graph = ["/v1.0/", "/beta/"].iter().find_map(|root| path.strip_prefix(root));
    of_api.or(of_graph.map(|rest| format!("/{rest}"))).unwrap_or_else(|| path.to_owned())
}

/// Compares segment by segment; variable places fit each other whatever their names are.
fn starts_with(path: &str, start: &str) -> bool {
    let mut path = path.split('/');
    let same =
        |one: &str, other: &str| one == other || (one.starts_with('{') && other.starts_with('{'));
    start.split('/').all(|segment| path.next().is_some_and(|of_path| same(of_path, segment)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_count_with_their_kind() {
        for (method, path, group) in [
            ("GET", "/api/incidents", Some(Group::IncidentList)),
            ("GET", "/api/v1.0/incidents", Some(Group::IncidentList)),
            ("GET", "/api/incidents/{key}", Some(Group::IncidentGet)),
            ("PATCH", "/api/incidents/{id}", Some(Group::IncidentChange)),
            ("GET", "/api/alerts", Some(Group::Endpoint)),
            ("POST", "/api/machines/{id}/isolate", Some(Group::Endpoint)),
            ("POST", "/api/advancedqueries/run", Some(Group::Hunting)),
            ("GET", "/v1.0/security/incidents/{id}", Some(Group::SecurityIncidents)),
            ("PATCH", "/beta/security/alerts_v2/{id}", Some(Group::SecurityAlerts)),
            ("POST", "/security/runHuntingQuery", Some(Group::Hunting)),
            ("POST", "/api/RegisteredApplications/{key}/Consent", None),
            ("GET", "/v1.0/applications", None),
            ("POST", "/vakt/v1/incidents/import", None),
            ("GET", "/apix", None),
        ] {
            assert_eq!(Group::of(method, path), group, "{method} {path}");
        }
    }

    #[test]
    fn each_row_is_where_its_group_looks_for_it() {
        for row in &TABLE {
            assert_eq!(row.group.row().name, row.name);
            assert_eq!(Group::named(row.name), Some(row.group));
            assert!(row.microsofts.len() <= super::super::WINDOWS_OF_GROUP_MAX, "{}", row.name);
        }
    }
}
