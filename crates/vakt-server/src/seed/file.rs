//! The seed file's shape. Unknown keys are errors, so that a misspelt one is never passed over.

use std::fmt;
use std::path::Path;

use secrecy::SecretString;
use serde::{Deserialize, Deserializer};

use super::SeedError;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeedFile {
    #[serde(default)]
    pub tenant: Vec<SeedTenant>,
}

/// `[[tenant]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeedTenant {
    #[serde(default, deserialize_with = "id")]
    pub id: Option<vakt_ids::TenantId>,
    pub name: String,
    #[serde(default)]
    pub domains: Vec<String>,
    #[serde(default)]
    pub app: Vec<SeedApp>,
    #[serde(default)]
    pub person: Vec<SeedPerson>,
    #[serde(default)]
    pub incidents: Vec<SeedIncidents>,
    #[serde(default)]
    pub machines: Vec<SeedMachines>,
}

/// `[[tenant.app]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeedApp {
    pub name: String,
    #[serde(default, deserialize_with = "id")]
    pub app_id: Option<vakt_ids::AppId>,
    #[serde(default, deserialize_with = "id")]
    pub object_id: Option<vakt_ids::ObjectId>,
    #[serde(default)]
    pub secret: Option<SecretString>,
    /// Files of certificates, PEM or DER: one, or a list.
    #[serde(default, deserialize_with = "one_or_many")]
    pub certificate: Vec<String>,
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    #[serde(default)]
    pub federated: Vec<SeedFederated>,
    #[serde(default)]
    pub multi_tenant: bool,
    #[serde(default)]
    pub permissions: Vec<String>,
    #[serde(default)]
    pub consent: bool,
}

impl fmt::Debug for SeedApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SeedApp({})", self.name)
    }
}

/// `[[tenant.person]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeedPerson {
    pub user_name: String,
    pub name: String,
    pub role: String,
    #[serde(default)]
    pub password: Option<SecretString>,
    #[serde(default)]
    pub password_file: Option<String>,
    #[serde(default)]
    pub password_hash: Option<SecretString>,
    #[serde(default)]
    pub must_change_password: bool,
    #[serde(default)]
    pub totp_secret: Option<SecretString>,
}

impl fmt::Debug for SeedPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SeedPerson({})", self.user_name)
    }
}

/// `[[tenant.app.federated]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeedFederated {
    pub name: String,
    pub issuer: String,
    pub subject: String,
    #[serde(default = "exchange_audience")]
    pub audience: String,
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Named {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Named::deserialize(deserializer)? {
        Named::One(file) => vec![file],
        Named::Many(files) => files,
    })
}

fn exchange_audience() -> String {
    "api://AzureADTokenExchange".into()
}

/// `[[tenant.incidents]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeedIncidents {
    pub file: String,
}

/// `[[tenant.machines]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeedMachines {
    pub file: String,
}

fn id<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr<Err = vakt_ids::NotAnId>,
{
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

impl SeedFile {
    /// Reads a text; a problem comes with its line, counted from 1.
    pub(crate) fn parse(text: &str) -> Result<Self, (usize, String)> {
        toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let before = text.get(..start).unwrap_or(text);
            (before.matches('\n').count() + 1, error.message().to_owned())
        })
    }

    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Result<Self, SeedError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| SeedError::Read { path: path.to_owned(), source })?;
        Self::parse(&text).map_err(|(line, message)| SeedError::Parse {
            path: path.to_owned(),
            line,
            message,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let text = "[[tenant]]\nname = 'x'\n[[tenant.app]]\nname = 'y'\nsecrte = 'z'\n";
        let (line, message) = SeedFile::parse(text).unwrap_err();
        assert_eq!(line, 5);
        assert!(message.contains("unknown field `secrte`"), "{message}");
    }
}
