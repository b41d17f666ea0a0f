//! Servers and applications under names: `profiles.toml` in the configuration folder. Secrets are
//! in files of their own beside it, readable by their owner only.

mod name;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::ValueEnum;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::private_file;
use crate::problem::Problem;

const FILE_NAME: &str = "profiles.toml";
const SECRETS_FOLDER: &str = "secrets";

/// One server and one application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Address of a Vakt server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A cloud of Microsoft, if there is no `url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud: Option<ProfileCloud>,
    /// PEM file of a certificate authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<PathBuf>,
    /// Tenant id or domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// Client id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// File of the client's secret; relative to the configuration folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret_file: Option<PathBuf>,
    /// PEM file of the client's certificate and private key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<PathBuf>,
    /// File with a token of an issuer that the application trusts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub federated_token_file: Option<PathBuf>,
}

/// A cloud of Microsoft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum ProfileCloud {
    /// The public cloud.
    Microsoft,
    /// The cloud for the US government.
    MicrosoftUsGovernment,
}

/// The file, and the folder it is in.
#[derive(Debug)]
pub struct Profiles {
    dir: PathBuf,
    document: Document,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
    #[serde(default)]
    profiles: BTreeMap<String, Profile>,
}

impl Profiles {
    /// Reads the profiles in a folder; a missing file is an empty one.
    pub fn load(dir: &Path) -> anyhow::Result<Self> {
        let path = dir.join(FILE_NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => {
                let text = format!("{} cannot be read", path.display());
                return Err(anyhow::Error::from(error).context(text));
            }
        };
        let document = toml::from_str(&text).map_err(|error| {
            Problem::new(format!("{}: {}", path.display(), error.message()))
                .with_hint("correct the file, or remove it and run `vakt profile add`")
        })?;
        Ok(Self { dir: dir.to_owned(), document })
    }

    /// All of them, by name.
    pub fn all(&self) -> &BTreeMap<String, Profile> {
        &self.document.profiles
    }

    /// Name of the default profile.
    pub fn default_name(&self) -> Option<&str> {
        self.document.default.as_deref()
    }

    /// The profile of this name.
    pub fn find(&self, name: &str) -> Result<&Profile, Problem> {
        self.document.profiles.get(name).ok_or_else(|| {
            let names: Vec<&str> = self.document.profiles.keys().map(String::as_str).collect();
            let hint = match names.is_empty() {
                true => "there are none yet: run `vakt init` or `vakt profile add`".to_owned(),
                false => format!("there are: {}", names.join(", ")),
            };
            Problem::new(format!("there is no profile `{name}`")).with_hint(hint)
        })
    }

    /// A path of a profile, as seen from the configuration folder.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.dir.join(path)
    }

    /// Saves a profile, in place of one of the same name, and its secret in a file of its own. It
    /// becomes the default if there is none.
    pub fn save_profile(
        &mut self,
        name: &str,
        mut profile: Profile,
        secret: Option<&SecretString>,
    ) -> anyhow::Result<()> {
        name::check(name)?;
        if let Some(secret) = secret {
            let file = Path::new(SECRETS_FOLDER).join(format!("{name}.secret"));
            private_file::write(&self.dir.join(&file), secret.expose_secret().as_bytes())?;
            profile.client_secret_file = Some(file);
        }
        let kept = profile.client_secret_file.clone();
        let before = self.document.profiles.insert(name.to_owned(), profile);
        self.document.default.get_or_insert_with(|| name.to_owned());
        self.write()?;
        let orphan = before.and_then(|profile| profile.client_secret_file);
        self.remove_secret(orphan.filter(|file| kept.as_ref() != Some(file)))
    }

    /// Makes a profile the default one.
    pub fn set_default(&mut self, name: &str) -> anyhow::Result<()> {
        self.find(name)?;
        self.document.default = Some(name.to_owned());
        self.write()
    }

    /// Removes a profile, and its secret if we keep it.
    pub fn remove(&mut self, name: &str) -> anyhow::Result<()> {
        let profile = self.find(name)?.clone();
        self.document.profiles.remove(name);
        if self.default_name() == Some(name) {
            self.document.default = None;
        }
        self.write()?;
        self.remove_secret(profile.client_secret_file)
    }

    /// Removes a secret's file if we made it; others are the user's own.
    fn remove_secret(&self, file: Option<PathBuf>) -> anyhow::Result<()> {
        match file.filter(|file| file.starts_with(SECRETS_FOLDER)) {
            Some(file) => private_file::remove(&self.dir.join(file)),
            None => Ok(()),
        }
    }

    fn write(&self) -> anyhow::Result<()> {
        let text = toml::to_string_pretty(&self.document).context("profiles cannot be written")?;
        private_file::write(&self.dir.join(FILE_NAME), text.as_bytes())
    }
}

#[cfg(test)]
mod tests;
