//! The directory of one tenant, changed over Graph as an administrator's script does it.

use serde_json::{Value, json};

use crate::http::{Answer, Https, Request};

/// Graph with an administrator's token.
pub struct Directory {
    https: Https,
    token: String,
}

/// An application made by a test.
#[derive(Debug, Clone)]
pub struct Registered {
    /// Object id of the registration.
    pub object: String,
    /// Client id.
    pub app_id: String,
    /// Object id of the service principal.
    pub principal: String,
    /// Secret.
    pub secret: String,
    /// The secret's key id.
    pub key_id: String,
}

impl Directory {
    pub(crate) fn new(https: Https, token: String) -> Self {
        Self { https, token }
    }

    /// Sends a request below `/v1.0`.
    pub async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let request = Request::new(method, format!("/v1.0{path}"));
        self.send_raw(match body {
            Some(body) => request.json(body),
            None => request,
        })
        .await
    }

    /// Sends a request as it is, but for the token.
    pub async fn send_raw(&self, request: Request) -> Answer {
        self.https.send(request.bearer(&self.token)).await
    }

    /// GET that must succeed.
    pub async fn get(&self, path: &str) -> Value {
        self.send("GET", path, None).await.expect(200)
    }

    /// POST that must answer with this status.
    pub async fn post(&self, path: &str, status: u16, body: &Value) -> Value {
        self.send("POST", path, Some(body)).await.expect(status)
    }

    /// PATCH that must succeed.
    pub async fn patch(&self, path: &str, body: &Value) {
        self.send("PATCH", path, Some(body)).await.expect(204);
    }

    /// DELETE that must succeed.
    pub async fn delete(&self, path: &str) {
        self.send("DELETE", path, None).await.expect(204);
    }

    /// An application with a secret and a service principal; `more` is added to its creation.
    pub async fn register(&self, name: &str, more: Value) -> Registered {
        let mut new = json!({ "displayName": name });
        new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let application = self.post("/applications", 201, &new).await;
        let (object, app_id) = (text(&application["id"]), text(&application["appId"]));
        let secret = self.add_secret(&object, &json!({})).await;
        let new = json!({ "appId": app_id });
        let principal = self.post("/servicePrincipals", 201, &new).await;
        Registered {
            object,
            app_id,
            principal: text(&principal["id"]),
            secret: text(&secret["secretText"]),
            key_id: text(&secret["keyId"]),
        }
    }

    /// A new secret.
    pub async fn add_secret(&self, object: &str, credential: &Value) -> Value {
        let body = json!({ "passwordCredential": credential });
        self.post(&format!("/applications/{object}/addPassword"), 200, &body).await
    }

    /// The service principal of an application.
    pub async fn principal_of(&self, app_id: &str) -> Value {
        self.get(&format!("/servicePrincipals(appId='{app_id}')")).await
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
