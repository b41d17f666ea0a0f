//! What single claims mean (documentation pages "Access token claims reference" and "ID token
//! claims reference").

/// What a claim says; empty for one that is not known.
pub fn meaning_of(claim: &str) -> &'static str {
    match claim {
        "aud" => "The audience: the API that the token is for",
        "iss" => "The issuer: the server and tenant that made it",
        "iat" => "When it was issued",
        "nbf" => "When it begins to be good",
        "exp" => "When it ends",
        "tid" => "The tenant",
        "appid" | "azp" => "The application that asked for it",
        "app_displayname" => "The application's name",
        "appidacr" | "azpacr" => {
            "How the application proved itself: 0 not at all, 1 by a secret, 2 by a certificate or an assertion"
        }
        "roles" => "The application permissions that were granted",
        "scp" => "The delegated permissions, of a person",
        "oid" => "The object in the directory that the token stands for",
        "sub" => "Whom the token is about, as this API knows it",
        "idp" => "Who vouched for the one it stands for",
        "idtyp" => "What it stands for: app means an application alone",
        "ver" => "The form of the token",
        "uti" | "jti" => "The token's own number",
        "nonce" => "A number that the client chose",
        "name" | "preferred_username" | "upn" | "unique_name" => "The person, as shown to people",
        "rh" | "aio" | "xms_tcdt" | "wids" | "acr" | "amr" | "acct" => {
            "Of use to the platform only"
        }
        _ => "",
    }
}

/// Is a claim's number a time, in seconds since 1970?
pub fn is_time(claim: &str) -> bool {
    ["iat", "nbf", "exp", "auth_time"].contains(&claim)
}
