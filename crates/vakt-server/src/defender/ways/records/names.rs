//! Hunting's words for what other dialects name in one word.

use crate::defender::names::{detector_of_graph, service_of_graph};

/// Services whose names here are not Graph's with spaces in them.
const SERVICES: &[(&str, &str)] = &[
    ("Microsoft Defender ATP", "microsoftDefenderForEndpoint"),
    ("Azure ATP", "microsoftDefenderForIdentity"),
    ("Microsoft Cloud App Security", "microsoftDefenderForCloudApps"),
    ("Office 365 ATP", "microsoftDefenderForOffice365"),
    ("Microsoft Defender XDR", "microsoft365Defender"),
    ("Microsoft Threat Protection", "microsoft365Defender"),
    ("AAD Identity Protection", "azureAdIdentityProtection"),
    ("Microsoft Entra ID Protection", "azureAdIdentityProtection"),
    ("App Governance", "microsoftAppGovernance"),
    ("Microsoft Data Loss Prevention", "dataLossPrevention"),
];

/// Detectors whose names here are not Graph's with spaces in them.
const DETECTORS: &[(&str, &str)] = &[
    ("EDR", "microsoftDefenderForEndpoint"),
    ("Windows Defender AV", "antivirus"),
    ("Microsoft Cloud App Security", "cloudAppSecurity"),
    ("Microsoft Defender for Cloud Apps", "cloudAppSecurity"),
    ("Office 365 ATP", "microsoftDefenderForOffice365"),
    ("Azure ATP", "microsoftDefenderForIdentity"),
    ("Custom TI", "customTi"),
    ("Custom detection", "customDetection"),
    ("Automated investigation", "automatedInvestigation"),
    ("Microsoft Threat Experts", "microsoftThreatExperts"),
];

/// The stored name of a service.
pub(super) fn service(name: &str) -> String {
    service_of_graph(&in_one_word(SERVICES, name))
}

/// The stored name of a detector.
pub(super) fn detector(name: &str) -> String {
    detector_of_graph(&in_one_word(DETECTORS, name))
}

fn in_one_word(names: &[(&str, &str)], name: &str) -> String {
    let name = name.trim();
    let known = names.iter().find(|(hunting, _)| hunting.eq_ignore_ascii_case(name));
    known.map_or_else(|| name.split_whitespace().collect(), |(_, word)| (*word).to_owned())
}

/// The techniques of a text such as `["PowerShell (T1059.001)"]`, by their numbers.
pub(super) fn techniques(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
    let mut found: Vec<String> = Vec::new();
    for word in words.filter(|word| is_technique(word)) {
        if !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
    }
    found
}

fn is_technique(word: &str) -> bool {
    let Some(number) = word.strip_prefix('T') else { return false };
    let (main, sub) = number.split_once('.').map_or((number, None), |(a, b)| (a, Some(b)));
    let digits = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    digits(main, 4) && sub.is_none_or(|sub| digits(sub, 3))
}

/// The words of a list, which may be its JSON text or have commas between them.
pub(super) fn list(text: &str) -> Vec<String> {
    let words: Vec<String> = serde_json::from_str(text)
        .unwrap_or_else(|_| text.split(',').map(|word| word.trim().to_owned()).collect());
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_hunting_become_those_that_are_stored() {
        for (name, expected) in [
            ("Microsoft Defender for Endpoint", "MicrosoftDefenderATP"),
            ("Microsoft Defender for Office 365", "OfficeATP"),
            ("Microsoft Cloud App Security", "MicrosoftCloudAppSecurity"),
            ("Microsoft Defender XDR", "MicrosoftThreatProtection"),
            ("AAD Identity Protection", "AzureADIdentityProtection"),
            ("Microsoft Sentinel", "MicrosoftSentinel"),
        ] {
            assert_eq!(service(name), expected, "for {name}");
        }
        for (name, expected) in [
            ("EDR", "WindowsDefenderAtp"),
            ("Antivirus", "WindowsDefenderAv"),
            ("Custom detection", "CustomDetection"),
        ] {
            assert_eq!(detector(name), expected, "for {name}");
        }
    }

    #[test]
    fn techniques_and_lists_are_taken_out_of_texts() {
        let text = r#"["PowerShell (T1059.001)","Phishing (T1566)","T1566","TA0001","T12"]"#;
        assert_eq!(techniques(text), ["T1059.001", "T1566"]);
        assert!(techniques("").is_empty());
        assert_eq!(list(r#"["Execution","Malware"]"#), ["Execution", "Malware"]);
        assert_eq!(list("Execution, Malware"), ["Execution", "Malware"]);
        assert!(list("[]").is_empty());
    }
}
