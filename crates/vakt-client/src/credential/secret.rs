//! Client id and secret.

use secrecy::SecretString;

/// An application and its secret; the secret has no face in `Debug`.
#[derive(Debug, Clone)]
pub struct ClientSecret {
    /// Client id.
    pub client_id: String,
    /// The secret's value.
    pub secret: SecretString,
}

impl ClientSecret {
    /// Puts the two together.
    pub fn new(client_id: impl Into<String>, secret: SecretString) -> Self {
        Self { client_id: client_id.into(), secret }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_secret() {
        let shown = format!("{:?}", ClientSecret::new("app", "hush-hush".into()));
        assert!(shown.contains("app") && !shown.contains("hush"), "{shown}");
    }
}
