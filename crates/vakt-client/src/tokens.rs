//! One token request and its answer, at either endpoint.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use url::{Url, form_urlencoded};
use vakt_wire::entra::{TokenAnswerV1, TokenAnswerV2};

use crate::answer::{read, token_refusal};
use crate::credential::{Credential, Proof};
use crate::error::{ClientError, ErrorKind};
use crate::retry::send_patiently;
use crate::transport::{Body, Method, Repeat, Request, Transport};
use crate::web_address::with_path;

/// RFC 7523's name for a JWT that stands in for a secret.
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Which of the two token endpoints is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenEndpoint {
    /// `/oauth2/token`, takes `resource`.
    V1,
    /// `/oauth2/v2.0/token`, takes `scope`.
    V2,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct TokenRequest<'a> {
    /// Which endpoint.
    pub endpoint: TokenEndpoint,
    /// Tenant id or domain.
    pub tenant: &'a str,
    /// Who asks.
    pub credential: &'a Credential,
    /// The API, such as `https://api.security.microsoft.com`.
    pub resource: &'a str,
}

/// The answer, as the endpoint gave it. Its `Debug` does not show the token.
pub enum TokenAnswer {
    /// Strings.
    V1(TokenAnswerV1),
    /// Numbers.
    V2(TokenAnswerV2),
}

/// Asks for a token at `now`. A refusal is an error with code, AADSTS number and hint.
pub async fn request_token(
    transport: &dyn Transport,
    login: &Url,
    request: &TokenRequest<'_>,
    now: Timestamp,
) -> Result<TokenAnswer, ClientError> {
    let response = send_patiently(transport, &to_http(login, request, now).await?).await?;
    if response.status != 200 {
        return Err(token_refusal(&response));
    }
    match request.endpoint {
        TokenEndpoint::V1 => read(&response).map(TokenAnswer::V1),
        TokenEndpoint::V2 => read(&response).map(TokenAnswer::V2),
    }
}

async fn to_http(
    login: &Url,
    request: &TokenRequest<'_>,
    now: Timestamp,
) -> Result<Request, ClientError> {
    let TokenRequest { endpoint, tenant, credential, resource } = *request;
    let (url, name, value) = match endpoint {
        TokenEndpoint::V1 => {
            (with_path(login, &[tenant, "oauth2", "token"]), "resource", resource.to_owned())
        }
        TokenEndpoint::V2 => {
            let url = with_path(login, &[tenant, "oauth2", "v2.0", "token"]);
            (url, "scope", format!("{resource}/.default"))
        }
    };
    // An assertion is for the very address it is sent to. What a discovery document says instead
    // could be another server's address, and the assertion be passed on to that one.
    let proof = credential.prove(url.as_str(), now).await?;
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials");
    form.append_pair("client_id", credential.client_id());
    match &proof {
        Proof::Secret(secret) => form.append_pair("client_secret", secret.expose_secret()),
        Proof::Assertion(assertion) => form
            .append_pair("client_assertion_type", ASSERTION_TYPE)
            .append_pair("client_assertion", assertion.expose_secret()),
    };
    let form = form.append_pair(name, &value).finish();
    let content_type = "application/x-www-form-urlencoded";
    Ok(Request {
        method: Method::Post,
        url,
        bearer: None,
        body: Some(Body { content_type, bytes: form.into_bytes() }),
        repeat: Repeat::Safe,
    })
}

impl TokenAnswer {
    /// The token.
    pub fn access_token(&self) -> SecretString {
        match self {
            Self::V1(answer) => answer.access_token.as_str().into(),
            Self::V2(answer) => answer.access_token.as_str().into(),
        }
    }

    /// The whole answer as JSON, token included.
    pub fn to_json(&self) -> Result<serde_json::Value, ClientError> {
        let json = match self {
            Self::V1(answer) => serde_json::to_value(answer),
            Self::V2(answer) => serde_json::to_value(answer),
        };
        json.map_err(|error| {
            ClientError::new(ErrorKind::UnexpectedAnswer, "the answer cannot be written as JSON")
                .with_source(error)
        })
    }

    /// When it expires, if it was issued at `now`. An unreadable lifetime counts as none.
    pub fn expires_at(&self, now: Timestamp) -> Timestamp {
        let seconds = match self {
            Self::V1(answer) => answer.expires_in.parse().unwrap_or(0),
            Self::V2(answer) => i64::from(answer.expires_in),
        };
        now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(now)
    }
}

impl fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenAnswer(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::{ClientCertificate, ClientSecret, FederatedToken};
    use crate::script::{Script, answer};

    const V1: &str = r#"{"token_type":"Bearer","expires_in":"3599","ext_expires_in":"3599","expires_on":"1","not_before":"1","resource":"r","access_token":"tok"}"#;
    const V2: &str =
        r#"{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"tok"}"#;

    #[tokio::test]
    async fn both_endpoints_are_spoken() {
        let login = Url::parse("https://vakt.example").unwrap();
        let credential = ClientSecret::new("app", "s~+/=&%#".into()).into();
        let head =
            "grant_type=client_credentials&client_id=app&client_secret=s%7E%2B%2F%3D%26%25%23";
        for (endpoint, body, path, tail) in [
            (TokenEndpoint::V1, V1, "/contoso/oauth2/token", "&resource=https%3A%2F%2Fapi%2F"),
            (
                TokenEndpoint::V2,
                V2,
                "/contoso/oauth2/v2.0/token",
                "&scope=https%3A%2F%2Fapi%2F%2F.default",
            ),
        ] {
            let script = Script::new(vec![answer(200, body)]);
            let resource = "https://api/";
            let request =
                TokenRequest { endpoint, tenant: "contoso", credential: &credential, resource };
            let now = Timestamp::from_second(1000).unwrap();
            let got = request_token(&script, &login, &request, now).await.unwrap();
            assert_eq!(got.access_token().expose_secret(), "tok");
            assert_eq!(got.expires_at(now).as_second(), 4599);
            let sent = script.sent();
            assert_eq!(sent[0].url.path(), path);
            let form = String::from_utf8(sent[0].body.clone().unwrap().bytes).unwrap();
            assert_eq!(form, format!("{head}{tail}"));
            assert!(!format!("{got:?} {:?}", sent[0]).contains("tok}"));
        }
    }

    /// The form that is sent for a credential, as names and values.
    async fn form_of(credential: Credential) -> Vec<(String, String)> {
        let login = Url::parse("https://vakt.example").unwrap();
        let script = Script::new(vec![answer(200, V2)]);
        let endpoint = TokenEndpoint::V2;
        let request =
            TokenRequest { endpoint, tenant: "contoso", credential: &credential, resource: "r" };
        let now = Timestamp::from_second(1000).unwrap();
        request_token(&script, &login, &request, now).await.unwrap();
        let body = script.sent()[0].body.clone().unwrap().bytes;
        form_urlencoded::parse(&body).into_owned().collect()
    }

    #[tokio::test]
    async fn assertions_take_the_place_of_a_secret() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        std::fs::write(&file, "e.y.J\n").unwrap();
        let (key, certificate) = crate::credential::pair();
        let pem = format!("{key}{certificate}");
        let certificate = ClientCertificate::from_pem("app", pem.as_bytes()).unwrap();
        for credential in [FederatedToken::new("app", file).into(), certificate.into()] {
            let is_federated = matches!(credential, Credential::Federated(_));
            let form = form_of(credential).await;
            let names: Vec<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
            let expected =
                ["grant_type", "client_id", "client_assertion_type", "client_assertion", "scope"];
            assert_eq!(names, expected);
            assert_eq!((form[1].1.as_str(), form[2].1.as_str()), ("app", ASSERTION_TYPE));
            let assertion = &form[3].1;
            if is_federated {
                assert_eq!(assertion, "e.y.J");
            } else {
                let seen = vakt_token::inspect(assertion).unwrap().claims;
                let endpoint = "https://vakt.example/contoso/oauth2/v2.0/token";
                assert_eq!(
                    (seen.aud.as_deref(), seen.iss.as_deref()),
                    (Some(endpoint), Some("app"))
                );
                assert_eq!(seen.exp.unwrap().as_second(), 1600);
            }
        }
    }

    #[tokio::test]
    async fn answers_of_the_wrong_kind_are_named() {
        let login = Url::parse("https://vakt.example").unwrap();
        let credential = ClientSecret::new("app", "s".into()).into();
        let endpoint = TokenEndpoint::V2;
        let request =
            TokenRequest { endpoint, tenant: "t", credential: &credential, resource: "r" };
        let script = Script::new(vec![answer(200, "<html>"), answer(404, "<html>")]);
        for expected in [
            "the answer of https://vakt.example/ does not have the expected shape",
            "https://vakt.example/ answered with HTTP status 404",
        ] {
            let now = Timestamp::UNIX_EPOCH;
            let error = request_token(&script, &login, &request, now).await.unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
    }
}
