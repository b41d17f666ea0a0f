//! Certificates of applications.

use serde_json::{Map, Value, json};
use vakt_wire::graph::KeyCredential;

use super::Graph;
use crate::client::to_json_value;
use crate::error::ClientError;
use crate::transport::Method;

impl Graph<'_> {
    /// Replaces an application's certificates. Those that are there already are named by key id
    /// and need no bytes.
    pub async fn replace_certificates(
        &self,
        object_id: &str,
        certificates: &[KeyCredential],
    ) -> Result<(), ClientError> {
        let list: Vec<Value> =
            certificates.iter().map(without_nulls).collect::<Result<_, ClientError>>()?;
        let body = json!({ "keyCredentials": list });
        self.change(Method::Patch, &["applications", object_id], &body).await
    }
}

/// Members that are not set stay out of the body: null is not the same to everyone.
fn without_nulls(certificate: &KeyCredential) -> Result<Value, ClientError> {
    let members: Map<String, Value> = match to_json_value(certificate)? {
        Value::Object(members) => {
            members.into_iter().filter(|(_, value)| !value.is_null()).collect()
        }
        _ => Map::new(),
    };
    Ok(Value::Object(members))
}
