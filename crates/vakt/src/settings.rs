//! The settings in force: flag before environment before profile. (clap has put the first two in
//! order already.)

use std::path::PathBuf;

use secrecy::SecretString;
use vakt_client::{ClientSecret, Cloud};

use crate::args::ConnectionArgs;
use crate::problem::Problem;
use crate::profiles::{Profile, ProfileCloud, Profiles};
use crate::secret_file::read_secret;

/// To which server, and as whom; values that nobody gave are missing.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    url: Option<String>,
    cloud: Option<ProfileCloud>,
    ca: Option<PathBuf>,
    tenant: Option<String>,
    client_id: Option<String>,
    secret: Option<SecretSource>,
}

#[derive(Debug, Clone)]
enum SecretSource {
    Value(SecretString),
    File(PathBuf),
}

impl Settings {
    /// Puts arguments over the named profile, or over the default one.
    pub fn resolve(
        connection: &ConnectionArgs,
        profile: Option<&str>,
        profiles: Option<&Profiles>,
    ) -> anyhow::Result<Self> {
        let mut settings = match profiles {
            Some(profiles) => Self::of_profile(profile, profiles)?,
            None => Self::default(),
        };
        settings.put_over(connection);
        Ok(settings)
    }

    fn of_profile(name: Option<&str>, profiles: &Profiles) -> Result<Self, Problem> {
        let Some(name) = name.or(profiles.default_name()) else { return Ok(Self::default()) };
        let Profile { url, cloud, ca, tenant, client_id, client_secret_file } =
            profiles.find(name)?.clone();
        Ok(Self {
            url,
            cloud,
            ca: ca.map(|path| profiles.path(&path)),
            tenant,
            client_id,
            secret: client_secret_file.map(|path| SecretSource::File(profiles.path(&path))),
        })
    }

    fn put_over(&mut self, given: &ConnectionArgs) {
        if given.url.is_some() && given.url != self.url {
            // Another server: the profile's credential is not for it.
            *self = Self { url: given.url.clone(), ..Self::default() };
        }
        self.ca = given.ca.clone().or(self.ca.take());
        self.tenant = given.tenant.clone().or(self.tenant.take());
        self.client_id = given.client_id.clone().or(self.client_id.take());
        let file = given.client_secret_file.clone().map(SecretSource::File);
        let value = given.client_secret.clone().map(SecretSource::Value);
        self.secret = file.or(value).or(self.secret.take());
    }

    /// The addresses to speak to.
    pub fn cloud(&self) -> anyhow::Result<Cloud> {
        Ok(match (&self.url, self.cloud) {
            (Some(url), _) => Cloud::vakt(url, self.ca.clone())?,
            (None, Some(ProfileCloud::Microsoft)) => Cloud::microsoft()?,
            (None, Some(ProfileCloud::MicrosoftUsGovernment)) => Cloud::microsoft_us_government()?,
            (None, None) => return Err(missing("server", "--url or VAKT_URL").into()),
        })
    }

    /// Tenant id or domain.
    pub fn tenant(&self) -> Result<&str, Problem> {
        self.tenant.as_deref().ok_or_else(|| missing("tenant", "--tenant or VAKT_TENANT"))
    }

    /// Client id and secret; reads the secret's file.
    pub fn credential(&self) -> anyhow::Result<ClientSecret> {
        let client_id = self
            .client_id
            .as_deref()
            .ok_or_else(|| missing("client id", "--client-id or VAKT_CLIENT_ID"))?;
        let secret = match &self.secret {
            Some(SecretSource::Value(secret)) => secret.clone(),
            Some(SecretSource::File(path)) => read_secret(path)?,
            None => {
                let ways = "--client-secret-file or VAKT_CLIENT_SECRET";
                return Err(missing("client secret", ways).into());
            }
        };
        Ok(ClientSecret::new(client_id, secret))
    }
}

fn missing(what: &str, ways: &str) -> Problem {
    Problem::new(format!("no {what} is given"))
        .with_hint(format!("give it with {ways}, or save a profile with `vakt profile add`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_go_over_the_profile() {
        let below = Settings {
            cloud: Some(ProfileCloud::Microsoft),
            tenant: Some("file".into()),
            client_id: Some("file".into()),
            ..Settings::default()
        };
        let mut settings = below.clone();
        settings.put_over(&ConnectionArgs::default());
        assert_eq!(settings.tenant().unwrap(), "file");
        assert_eq!(settings.cloud().unwrap(), Cloud::microsoft().unwrap());
        settings.put_over(&ConnectionArgs {
            url: Some("https://vakt.example".into()),
            tenant: Some("flag".into()),
            client_secret: Some("value".into()),
            client_id: Some("flag".into()),
            ..ConnectionArgs::default()
        });
        assert_eq!(settings.tenant().unwrap(), "flag");
        assert_eq!(settings.cloud().unwrap().login.as_str(), "https://vakt.example/");
        assert_eq!(settings.credential().unwrap().client_id, "flag");
        assert!(!format!("{settings:?}").contains("value"));
    }

    #[test]
    fn a_profiles_credential_stays_with_its_server() {
        let mut settings = Settings {
            url: Some("https://own.example".into()),
            client_id: Some("file".into()),
            ..Settings::default()
        };
        let same =
            ConnectionArgs { url: Some("https://own.example".into()), ..ConnectionArgs::default() };
        settings.put_over(&same);
        assert_eq!(settings.client_id.as_deref(), Some("file"));
        let other = ConnectionArgs {
            url: Some("https://other.example".into()),
            ..ConnectionArgs::default()
        };
        settings.put_over(&other);
        assert_eq!(settings.client_id, None);
    }

    #[test]
    fn missing_values_say_how_to_give_them() {
        let error = Settings::default().tenant().unwrap_err();
        assert_eq!(error.to_string(), "no tenant is given");
        let hint =
            "give it with --tenant or VAKT_TENANT, or save a profile with `vakt profile add`";
        assert_eq!(error.hint(), Some(hint));
    }
}
