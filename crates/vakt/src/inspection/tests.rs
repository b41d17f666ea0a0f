use super::*;

/// A token without a signature; only its payload matters here.
fn inspection(payload: serde_json::Value, verification: Verification, now: i64) -> Inspection {
    let token = UntrustedToken {
        header: serde_json::from_str(r#"{"alg":"RS256","kid":"k"}"#).unwrap(),
        header_json: serde_json::json!({ "alg": "RS256", "kid": "k" }),
        claims: vakt_token::SeenClaims::from_json(&payload),
        payload,
    };
    Inspection::new(token, verification, Timestamp::from_second(now).unwrap())
}

fn check(inspection: &Inspection, expected: &[&str]) {
    let words = inspection.to_words();
    assert_eq!(words.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn a_good_token_is_explained() {
    let payload = serde_json::json!({
        "aud": "https://api.security.microsoft.com", "exp": 3600, "nbf": 0, "tid": "t",
        "appid": "a", "app_displayname": "siem", "roles": ["Incident.Read.All"],
    });
    let verified = Verification::Verified { key_id: "k".into() };
    let inspection = inspection(payload, verified, 60);
    check(
        &inspection,
        &[
            "This token is for the application `siem` (a) in the tenant t.",
            "It is good for Microsoft Threat Protection (https://api.security.microsoft.com).",
            "It expires in 59 minutes, at 1970-01-01 01:00:00Z.",
            "Its roles: Incident.Read.All.",
            "Its signature is right, made with the issuer's key k.",
            "Its roles allow these calls:",
            "  GET /api/incidents",
            "  GET /api/incidents/{id}",
            "Its roles do not allow:",
            "  PATCH /api/incidents/{id}: that needs Incident.ReadWrite.All",
            "  POST /api/advancedhunting/run: that needs AdvancedHunting.Read.All",
        ],
    );
    assert!(inspection.is_acceptable());
    let json = inspection.to_json();
    assert_eq!(json["verified"]["state"], "verified");
    assert_eq!(json["can"][0], "GET /api/incidents");
    assert_eq!(json["cannot"][0]["needsAnyOf"][0], "Incident.ReadWrite.All");
}

#[test]
fn bad_news_is_not_hidden() {
    let payload = serde_json::json!({
        "aud": "https://api.securitycenter.windows.com", "exp": 0, "tid": "t", "azp": "a",
    });
    let wrong = Verification::Wrong { reason: "the signature does not fit".into() };
    let inspection = inspection(payload, wrong, 7200);
    check(
        &inspection,
        &[
            "This token is for the application a in the tenant t.",
            "It is good for WindowsDefenderATP (https://api.securitycenter.windows.com).",
            "It EXPIRED 2 hours ago, at 1970-01-01 00:00:00Z: get a new one with `vakt token get`.",
            "It has no roles: add permissions with `vakt app permission add`, run `vakt app consent`, and get a new token.",
            "Its signature is WRONG, do not believe a word of it: the signature does not fit.",
            "Its roles do not allow:",
            "  GET /api/alerts: that needs Alert.Read.All or Alert.ReadWrite.All",
            "  GET /api/machines: that needs Machine.Read.All or Machine.ReadWrite.All",
            "  POST /api/advancedqueries/run: that needs AdvancedQuery.Read.All",
            "It cannot call https://api.security.microsoft.com/api/incidents: that needs a token for https://api.security.microsoft.com.",
        ],
    );
    assert!(!inspection.is_acceptable());
}

#[test]
fn strange_tokens_are_explained_too() {
    let payload = serde_json::json!({ "aud": "api://own", "scp": "Files.Read" });
    let unknown = Verification::Unknown { reason: "it was not asked for".into() };
    let inspection = inspection(payload, unknown, 0);
    check(
        &inspection,
        &[
            "This token is for a person who uses an application it does not name, with: Files.Read.",
            "It is good for the API api://own.",
            "It names no end: nobody should accept it.",
            "It has no roles: add permissions with `vakt app permission add`, run `vakt app consent`, and get a new token.",
            "Its signature was not checked: it was not asked for.",
        ],
    );
    assert!(inspection.is_acceptable());
}
