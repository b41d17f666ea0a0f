//! What every command is given: the printer, the profiles, the way to a server.

use std::path::PathBuf;
use std::sync::Arc;

use vakt_client::{Client, HttpsTransport};

use crate::args::{ConnectionArgs, GlobalArgs};
use crate::clock;
use crate::print::Printer;
use crate::problem::Problem;
use crate::profiles::{Profile, Profiles};
use crate::settings::Settings;

/// The surroundings of a command.
#[derive(Debug)]
pub struct Context {
    /// Where output goes.
    pub printer: Printer,
    global: GlobalArgs,
}

impl Context {
    /// From the arguments that all commands share.
    pub fn new(global: GlobalArgs) -> Self {
        Self { printer: Printer::new(global.output), global }
    }

    /// The folder of `profiles.toml`.
    pub fn config_dir(&self) -> Result<PathBuf, Problem> {
        let GlobalArgs { config_dir, config_home, home, .. } = &self.global;
        let own = config_dir.clone();
        let of_user = config_home.as_ref().filter(|dir| dir.is_absolute());
        own.or_else(|| of_user.map(|dir| dir.join("vakt")))
            .or_else(|| home.as_ref().map(|home| home.join(".config").join("vakt")))
            .ok_or_else(|| {
                Problem::new("there is no home folder to keep profiles in")
                    .with_hint("name a folder with --config-dir or VAKT_CONFIG_DIR")
            })
    }

    /// The saved profiles.
    pub fn profiles(&self) -> anyhow::Result<Profiles> {
        Profiles::load(&self.config_dir()?)
    }

    /// The settings in force: flag, then environment, then profile.
    pub fn settings(&self, connection: &ConnectionArgs) -> anyhow::Result<Settings> {
        // Without a home folder there are no profiles, and flags may do.
        let profiles = match self.config_dir() {
            Ok(dir) => Some(Profiles::load(&dir)?),
            Err(_) => None,
        };
        Settings::resolve(connection, self.global.profile.as_deref(), profiles.as_ref())
    }

    /// A profile like the one in use, for another application: same server, same authority.
    pub fn sibling_profile(&self, connection: &ConnectionArgs) -> anyhow::Result<Profile> {
        self.settings(connection)?.server_profile()
    }

    /// A client for the server and the application that the settings name.
    pub fn connect(&self, connection: &ConnectionArgs) -> anyhow::Result<Client> {
        client(&self.settings(connection)?)
    }

    /// A client for what a profile names, whatever the arguments and the environment say.
    pub fn connect_profile(&self, name: &str) -> anyhow::Result<Client> {
        let profiles = self.profiles()?;
        client(&Settings::resolve(&ConnectionArgs::default(), Some(name), Some(&profiles))?)
    }
}

fn client(settings: &Settings) -> anyhow::Result<Client> {
    let cloud = settings.cloud()?;
    let transport = Arc::new(HttpsTransport::new(&cloud)?);
    let (tenant, credential) = (settings.tenant()?, settings.credential()?);
    Ok(Client::new(cloud, tenant, credential, transport, Arc::new(clock::now)))
}
