//! Start and stop.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use tokio::task::JoinHandle;
use vakt_storage::Store;

use crate::app::App;
use crate::folder::{DataFolder, FolderError, io_error};
use crate::housekeeping;
use crate::listener::{listen, tls_config};
use crate::open::open_app;
use crate::options::ServeOptions;
use crate::ready::{Ready, ReadyTenant};
use crate::seed::Seeded;
use crate::start_error::StartError;

/// How long running requests may take to end once a stop was asked for.
const STOP_GRACE_SECONDS: u64 = 2;
/// A server that answers.
pub struct Running {
    ready: Ready,
    seeded: Seeded,
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
    housekeeping: JoinHandle<()>,
    app: Arc<App>,
    store: Arc<dyn Store>,
    _folder: DataFolder,
}

impl Running {
    /// Address, CA and tenants.
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// What the seed made.
    pub fn seeded(&self) -> &Seeded {
        &self.seeded
    }

    /// The application behind the routes, for tests that look inside.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Stops: no new connections, running requests get a few seconds, then the database closes.
    pub async fn stop(self) {
        self.handle.graceful_shutdown(Some(Duration::from_secs(STOP_GRACE_SECONDS)));
        if let Ok(Err(error)) = self.task.await {
            tracing::warn!(%error, "the listener ended with an error");
        }
        self.housekeeping.abort();
        self.app.sign_ins.close().await;
        self.store.close().await;
    }
}

/// Starts a server. When this returns, it answers, and the ready file is written.
pub async fn start(mut options: ServeOptions) -> Result<Running, StartError> {
    if let Some(path) = &options.ready_file {
        forget(path)?;
    }
    let address = options.listen;
    let failed = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    options.listen = listener.local_addr().map_err(failed)?;
    let mut opened = open_app(&options).await?;
    let tls = opened.certificate.take().map(tls_config).transpose()?;
    let handle = Handle::new();
    let task = listen(opened.app.clone(), listener, tls, handle.clone()).map_err(failed)?;
    let ready = Ready {
        url: opened.app.names.fallback_base(),
        ca: opened.ca.as_ref().map(|path| path.display().to_string()),
        tenants: ready_tenants(&opened.app).await?,
    };
    if let Some(path) = &options.ready_file {
        ready.write(path)?;
    }
    Ok(Running {
        ready,
        seeded: opened.seeded,
        handle,
        task,
        housekeeping: tokio::spawn(housekeeping::run(
            opened.app.clone(),
            options.audit_retention_days,
        )),
        app: opened.app,
        store: opened.store,
        _folder: opened.folder,
    })
}

/// Removes an earlier run's ready file: nobody must take it for this run's.
fn forget(path: &Path) -> Result<(), FolderError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(io_error("remove the old ready file", path, error))
        }
        _ => Ok(()),
    }
}

async fn ready_tenants(app: &App) -> Result<Vec<ReadyTenant>, StartError> {
    let tenants = app.identity.store().tenants().await?;
    let one = |tenant: vakt_identity::Tenant| ReadyTenant {
        id: tenant.id.to_string(),
        name: tenant.name,
        domains: tenant.domains.into_iter().map(|domain| domain.name).collect(),
    };
    Ok(tenants.into_iter().map(one).collect())
}
