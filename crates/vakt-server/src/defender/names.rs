//! Microsoft's two sets of names for services, detectors and kinds of evidence: Graph's and the
//! classic ones. The classic ones are stored; a name that is in neither table is turned from one
//! spelling (camelCase) into the other (PascalCase).

use vakt_incidents::EntityKind;

/// Names of services: Graph's, the classic one.
const SERVICES: &[(&str, &str)] = &[
    ("microsoftDefenderForEndpoint", "MicrosoftDefenderATP"),
    ("microsoftDefenderForIdentity", "AzureATP"),
    ("microsoftDefenderForCloudApps", "MicrosoftCloudAppSecurity"),
    ("microsoftDefenderForOffice365", "OfficeATP"),
    ("microsoft365Defender", "MicrosoftThreatProtection"),
    ("azureAdIdentityProtection", "AzureADIdentityProtection"),
];

/// Names of detectors: Graph's, the classic one.
const DETECTORS: &[(&str, &str)] = &[
    ("microsoftDefenderForEndpoint", "WindowsDefenderAtp"),
    ("antivirus", "WindowsDefenderAv"),
    ("microsoftDefenderForIdentity", "AzureATP"),
    ("cloudAppSecurity", "MCAS"),
    ("microsoftDefenderForOffice365", "OfficeATP"),
    ("smartScreen", "WindowsDefenderSmartScreen"),
];

/// Kinds of evidence: Graph's, the classic one, the one that is stored.
const KINDS: &[(&str, &str, EntityKind)] = &[
    ("user", "User", EntityKind::User),
    ("ip", "Ip", EntityKind::Ip),
    ("url", "Url", EntityKind::Url),
    ("file", "File", EntityKind::File),
    ("process", "Process", EntityKind::Process),
    ("mailbox", "MailBox", EntityKind::Mailbox),
    ("analyzedMessage", "MailMessage", EntityKind::Mail),
    ("mailCluster", "MailCluster", EntityKind::MailCluster),
    ("registryValue", "Registry", EntityKind::Registry),
    ("registryKey", "Registry", EntityKind::Registry),
    ("securityGroup", "SecurityGroup", EntityKind::SecurityGroup),
];

/// The stored name of a service, from Graph's or the classic one.
pub(super) fn service_of_graph(name: &str) -> String {
    classic(SERVICES, name)
}

/// Graph's name of a service.
pub(super) fn service_to_graph(name: &str) -> String {
    graph(SERVICES, name)
}

/// The stored name of a detector, from Graph's or the classic one.
pub(super) fn detector_of_graph(name: &str) -> String {
    classic(DETECTORS, name)
}

/// Graph's name of a detector.
pub(super) fn detector_to_graph(name: &str) -> String {
    graph(DETECTORS, name)
}

fn classic(names: &[(&str, &str)], name: &str) -> String {
    let known = |(graph, classic): &&(&str, &str)| {
        graph.eq_ignore_ascii_case(name) || classic.eq_ignore_ascii_case(name)
    };
    names.iter().find(known).map_or_else(|| pascal(name), |(_, classic)| (*classic).to_owned())
}

fn graph(names: &[(&str, &str)], name: &str) -> String {
    let known = names.iter().find(|(_, classic)| classic.eq_ignore_ascii_case(name));
    known.map_or_else(|| camel(name), |(graph, _)| (*graph).to_owned())
}

/// The kind of an entity with this classic name, in any case.
pub(super) fn kind_of_classic(name: &str) -> EntityKind {
    let found = KINDS.iter().find(|(_, classic, _)| classic.eq_ignore_ascii_case(name));
    found.map_or_else(|| EntityKind::Other(name.to_owned()), |(_, _, kind)| kind.clone())
}

/// The classic name of a kind.
pub(super) fn kind_to_classic(kind: &EntityKind) -> &str {
    match (kind, KINDS.iter().find(|(_, _, known)| known == kind)) {
        (EntityKind::Other(name), _) => name,
        (_, found) => found.map_or("", |(_, classic, _)| classic),
    }
}

/// The kind with this name of Graph's: `user` out of `#microsoft.graph.security.userEvidence`.
pub(super) fn kind_of_graph(odata_type: &str) -> EntityKind {
    let name = graph_word(odata_type);
    let found = KINDS.iter().find(|(graph, _, _)| graph.eq_ignore_ascii_case(name));
    found.map_or_else(|| EntityKind::Other(pascal(name)), |(_, _, kind)| kind.clone())
}

/// Graph's word for a kind: `user`, to be followed by `Evidence`.
pub(super) fn kind_to_graph(kind: &EntityKind) -> String {
    match (kind, KINDS.iter().find(|(_, _, known)| known == kind)) {
        (EntityKind::Other(name), _) => camel(name),
        (_, found) => found.map_or_else(String::new, |(graph, _, _)| (*graph).to_owned()),
    }
}

/// `user` out of `#microsoft.graph.security.userEvidence`.
pub(super) fn graph_word(odata_type: &str) -> &str {
    let name = odata_type.rsplit('.').next().unwrap_or_default();
    name.strip_suffix("Evidence").unwrap_or(name)
}

/// The stored word of a kind, from any name of it, for filters.
pub(super) fn stored_kind(name: &str) -> String {
    let word = graph_word(name);
    if word.eq_ignore_ascii_case(EntityKind::DEVICE) {
        return EntityKind::DEVICE.to_owned();
    }
    let known = |(graph, classic, _): &&(&str, &str, EntityKind)| {
        graph.eq_ignore_ascii_case(word) || classic.eq_ignore_ascii_case(word)
    };
    let kind = KINDS.iter().find(known).map(|(_, _, kind)| kind.clone());
    kind.unwrap_or_else(|| EntityKind::Other(pascal(word))).to_text().into_owned()
}

/// `Running` out of `running`.
pub(super) fn pascal(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `running` out of `Running`.
pub(super) fn camel(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
