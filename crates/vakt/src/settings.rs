//! The settings in force: flag before environment before profile. (clap has put the first two in
//! order already.)

use std::path::PathBuf;

use anyhow::Context as _;
use secrecy::SecretString;
use vakt_client::{ClientCertificate, ClientSecret, Cloud, Credential, FederatedToken};

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
    proof: Option<ProofSource>,
}

/// Where the proof is that the application is who it says.
#[derive(Debug, Clone)]
enum ProofSource {
    Secret(SecretString),
    SecretFile(PathBuf),
    Certificate(PathBuf),
    FederatedToken(PathBuf),
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
        let profile = profiles.find(name)?.clone();
        let secret = profile.client_secret_file;
        let (certificate, token) = (profile.certificate, profile.federated_token_file);
        let path = |path: PathBuf| profiles.path(&path);
        Ok(Self {
            url: profile.url,
            cloud: profile.cloud,
            ca: profile.ca.map(path),
            tenant: profile.tenant,
            client_id: profile.client_id,
            proof: certificate
                .map(|file| ProofSource::Certificate(path(file)))
                .or_else(|| token.map(|file| ProofSource::FederatedToken(path(file))))
                .or_else(|| secret.map(|file| ProofSource::SecretFile(path(file)))),
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
        self.proof = proof_of(given).or(self.proof.take()).or_else(|| {
            // Set by a platform for whatever runs on it, not by somebody for this command.
            given.azure_federated_token_file.clone().map(ProofSource::FederatedToken)
        });
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

    /// The server alone, for a profile of another application.
    pub fn server_profile(&self) -> anyhow::Result<Profile> {
        let cannot = |path: &PathBuf| format!("{} cannot be read", path.display());
        let ca = self.ca.as_ref();
        let ca = ca.map(|path| path.canonicalize().with_context(|| cannot(path))).transpose()?;
        Ok(Profile { url: self.url.clone(), cloud: self.cloud, ca, ..Profile::default() })
    }

    /// Tenant id or domain.
    pub fn tenant(&self) -> Result<&str, Problem> {
        self.tenant.as_deref().ok_or_else(|| missing("tenant", "--tenant or VAKT_TENANT"))
    }

    /// Client id and proof; reads the file that holds the proof, but for a token, which is read
    /// when it is used.
    pub fn credential(&self) -> anyhow::Result<Credential> {
        let client_id = self
            .client_id
            .as_deref()
            .ok_or_else(|| missing("client id", "--client-id or VAKT_CLIENT_ID"))?;
        Ok(match &self.proof {
            Some(ProofSource::Secret(secret)) => {
                ClientSecret::new(client_id, secret.clone()).into()
            }
            Some(ProofSource::SecretFile(path)) => {
                ClientSecret::new(client_id, read_secret(path)?).into()
            }
            Some(ProofSource::Certificate(path)) => {
                ClientCertificate::from_pem_file(client_id, path)?.into()
            }
            Some(ProofSource::FederatedToken(path)) => FederatedToken::new(client_id, path).into(),
            None => {
                let ways = "--client-secret-file, VAKT_CLIENT_SECRET or --certificate";
                return Err(missing("client secret or certificate", ways).into());
            }
        })
    }
}

/// The proof that was given for this command: by flag before by environment.
fn proof_of(given: &ConnectionArgs) -> Option<ProofSource> {
    let certificate = given.certificate.clone().map(ProofSource::Certificate);
    let token = given.federated_token_file.clone().map(ProofSource::FederatedToken);
    let file = given.client_secret_file.clone().map(ProofSource::SecretFile);
    let value = given.client_secret.clone().map(ProofSource::Secret);
    certificate.or(token).or(file).or(value)
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
        assert_eq!(settings.credential().unwrap().client_id(), "flag");
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
    fn proofs_have_an_order() {
        let file = |name: &str| Some(PathBuf::from(name));
        let azure = ConnectionArgs { azure_federated_token_file: file("a"), ..Default::default() };
        let value = ConnectionArgs { client_secret: Some("v".into()), ..azure.clone() };
        let secret = ConnectionArgs { client_secret_file: file("s"), ..value.clone() };
        let token = ConnectionArgs { federated_token_file: file("f"), ..value.clone() };
        let certificate = ConnectionArgs { certificate: file("c"), ..value.clone() };
        let profile = Some(ProofSource::SecretFile("p".into()));
        for (below, given, expected) in [
            (None, &azure, "FederatedToken(\"a\")"),
            (profile.clone(), &azure, "SecretFile(\"p\")"),
            (profile.clone(), &value, "Secret(SecretBox<str>([REDACTED]))"),
            (profile.clone(), &secret, "SecretFile(\"s\")"),
            (profile.clone(), &token, "FederatedToken(\"f\")"),
            (profile, &certificate, "Certificate(\"c\")"),
        ] {
            let mut settings = Settings { proof: below, ..Settings::default() };
            settings.put_over(given);
            assert_eq!(format!("{:?}", settings.proof.unwrap()), expected);
        }
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
