//! What a redirect URI must be to be of use: where answers of consent are sent.

use url::Url;

/// Longest redirect URI (Entra's own limit).
const LENGTH_MAX_CHARS: usize = 256;
/// Most redirect URIs of one application (Entra's own limit).
const URIS_MAX: usize = 256;

/// One address to a line; empty lines do not count. Says what is wrong with the first that is.
pub(super) fn read_all(text: &str) -> Result<Vec<String>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut uris: Vec<String> = Vec::new();
    for line in lines {
        check(line)?;
        if !uris.iter().any(|one| one == line) {
            uris.push(line.to_owned());
        }
    }
    if uris.len() > URIS_MAX {
        return Err(format!(
            "At most {URIS_MAX} redirect URIs are kept; these are {}.",
            uris.len()
        ));
    }
    Ok(uris)
}

/// An https address, or one of the person's own machine, without a fragment or a star.
pub(super) fn check(text: &str) -> Result<(), String> {
    let shown: String = text.chars().take(80).collect();
    if text.chars().count() > LENGTH_MAX_CHARS {
        return Err(format!("“{shown}…” is longer than {LENGTH_MAX_CHARS} characters."));
    }
    if text.contains(['#', '*']) || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(format!("“{shown}” must have no #, no * and no spaces."));
    }
    let example = "Write it whole, such as https://portal.azure.com.";
    let url = Url::parse(text).map_err(|_| format!("“{shown}” is not an address. {example}"))?;
    let is_local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    match url.scheme() {
        "https" if url.has_host() => Ok(()),
        "http" if is_local => Ok(()),
        _ => Err(format!(
            "“{shown}” must begin with https:// (http:// is for localhost only). {example}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_that_answers_can_be_sent_to() {
        for (text, lawful) in [
            ("https://portal.azure.com", true),
            ("http://localhost:8080/done", true),
            ("http://127.0.0.1/done", true),
            ("http://portal.azure.com", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("portal.azure.com", false),
            ("https://x.example/#a", false),
            ("https://*.example", false),
            ("https://x.example/a b", false),
            ("https://", false),
        ] {
            assert_eq!(check(text).is_ok(), lawful, "{text}");
        }
        assert!(check(&format!("https://{}", "a".repeat(260))).is_err());
        let twice = read_all(" https://a.example \n\nhttps://a.example\n").unwrap();
        assert_eq!(twice, ["https://a.example"]);
    }
}
