//! `GET /error?code=N`, the address that error bodies name: what the number means and what to do.

use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};

use crate::edge::Head;

/// Number, meaning, next step.
const EXPLANATIONS: &[(u32, &str, &str)] = &[
    (
        50_049,
        "The host name asked about is not one this server answers for.",
        "Ask about the server's own name, or start it with --take-over-microsoft-names.",
    ),
    (
        70_011,
        "The scope does not name a resource.",
        "Ask for <resource>/.default, such as https://api.security.microsoft.com/.default.",
    ),
    (70_003, "The grant type is not supported.", "Send grant_type=client_credentials."),
    (
        90_002,
        "The tenant in the address is not known here.",
        "Use the tenant's id or one of its domains; `vakt serve` prints them when it starts.",
    ),
    (
        90_033,
        "The server failed for a moment.",
        "Try again; if it persists, give the operator the trace id.",
    ),
    (
        90_055,
        "Too many requests came with a wrong credential, from one address or for one application.",
        "Put the credential right: a right one is always taken. The number of seconds in the answer's \
         Retry-After is when a wrong one is told apart again.",
    ),
    (
        500_011,
        "The resource is not known in the tenant.",
        "Check its spelling; `GET /v1.0/servicePrincipals` lists the resources and their names.",
    ),
    (
        501_051,
        "The resource gives tokens only to applications with a role of its own, and this one has none.",
        "Grant the application a role of the resource, then ask again.",
    ),
    (
        700_016,
        "The application is not registered in the tenant and not offered to it.",
        "Check the application id and the tenant; `vakt app list` shows the applications.",
    ),
    (700_022, "The scope names more than one resource.", "Ask for one token for each resource."),
    (
        700_021,
        "The assertion speaks for another application than client_id names.",
        "Send the application id as client_id, and as `iss` and `sub` of the assertion.",
    ),
    (
        700_023,
        "The assertion was made for another server or tenant.",
        "Set its `aud` to the token endpoint of this server that discovery names.",
    ),
    (
        700_024,
        "The assertion is not valid yet, has expired, or is good for longer than a day.",
        "Set the clocks of both machines right; make an assertion for each few minutes.",
    ),
    (
        700_027,
        "No certificate of the application that is valid now fits the assertion.",
        "Register the certificate whose private key signs, and compare the thumbprint in the text with it.",
    ),
    (
        700_211,
        "No federated credential of the application has the token's issuer.",
        "Add one with exactly the `iss` of the token, slash and case included.",
    ),
    (
        700_212,
        "No federated credential of the application has the token's audience.",
        "Ask the issuer for a token with the audience of the credential, usually api://AzureADTokenExchange.",
    ),
    (
        700_213,
        "No federated credential of the application has the token's subject.",
        "Add one with exactly the `sub` of the token, in the same case.",
    ),
    (
        700_229,
        "The assertion is a token of this server itself.",
        "Use a secret, a certificate, or the token of another issuer.",
    ),
    (
        700_038,
        "The application id is reserved and cannot ask for tokens.",
        "Use the id that `vakt app create` printed.",
    ),
    (
        900_023,
        "The tenant in the address is neither an id nor a domain name.",
        "Use the tenant's id or one of its domains.",
    ),
    (
        900_144,
        "A parameter is missing from the form.",
        "Send the parameter that the text names, in the body, as application/x-www-form-urlencoded.",
    ),
    (900_561, "The token endpoint was called with another method than POST.", "Send a POST."),
    (
        901_002,
        "The v2.0 endpoint was given `resource`.",
        "Send scope=<resource>/.default, or use the v1 endpoint /oauth2/token.",
    ),
    (
        7_000_272,
        "The issuer does not publish the key that signed the token.",
        "Let the issuer publish it; this server asks again after a while.",
    ),
    (
        5_002_738,
        "The assertion is signed with an algorithm that is not accepted.",
        "Sign with RS256; with a certificate PS256 is fine too.",
    ),
    (
        50_027,
        "The assertion is no JWT of the form that is wanted.",
        "Send a signed JWT of three parts, at most 32 KiB; the server's log names the part that is wrong.",
    ),
    (90_014, "The assertion lacks a claim.", "Add the claim that the text names."),
    (
        1_002_012,
        "The scope does not end in /.default.",
        "Applications ask for <resource>/.default and receive the roles they were granted.",
    ),
    (
        7_000_112,
        "The application's service principal is disabled in the tenant.",
        "Set accountEnabled of the service principal to true.",
    ),
    (
        7_000_215,
        "The secret is wrong.",
        "Send the secret's value and not its id; `vakt app secret list` shows each secret's first characters, `vakt app secret add` makes a new one.",
    ),
    (7_000_216, "No secret was sent.", "Send client_secret in the form, or HTTP Basic."),
    (
        7_000_222,
        "The secret has expired.",
        "Run `vakt app secret add`, use the new value, then remove the old one.",
    ),
    (
        7_000_229,
        "The application has no service principal in the tenant.",
        "Run `vakt app consent`.",
    ),
    (
        9_001_023,
        "The address names no tenant, and the application does not settle it.",
        "Name the tenant by its id or a domain.",
    ),
    (
        9_002_313,
        "The request is malformed: no form, a parameter given twice, or two different credentials.",
        "Send one form in UTF-8, each parameter once, and the secret either in it or in HTTP Basic.",
    ),
];

/// What a number means, in a sentence.
pub(crate) fn meaning(code: u32) -> Option<&'static str> {
    EXPLANATIONS.iter().find(|(number, ..)| *number == code).map(|(_, meaning, _)| *meaning)
}

/// The page.
pub(crate) async fn explain(head: Head) -> Response {
    let pairs = head.uri.query().unwrap_or_default().split('&');
    let code = pairs.filter_map(|pair| pair.strip_prefix("code=")).find_map(|n| n.parse().ok());
    let found = EXPLANATIONS.iter().find(|(number, ..)| Some(*number) == code);
    let (status, text) = match (found, code) {
        (Some((number, meaning, cure)), _) => {
            (StatusCode::OK, format!("AADSTS{number}\n\n{meaning}\n\nWhat to do: {cure}\n"))
        }
        (None, Some(code)) => (
            StatusCode::NOT_FOUND,
            format!("AADSTS{code} is not a number this server answers with.\n"),
        ),
        (None, None) => {
            (StatusCode::BAD_REQUEST, "Name the number, as in /error?code=7000215.\n".into())
        }
    };
    let mut response = Response::new(axum::body::Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    response
}
