//! What is pasted into the inspector is in no file of the server's folder, and in no line of its log,
//! however much it logs.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use vakt_testkit::cast::SIEM;
use vakt_testkit::people::RITA;
use vakt_testkit::{ClientSigner, Visitor, World};

use super::inspector::{INSPECTOR, inspected};

const MTP: &str = "https://api.security.microsoft.com";
const UNLISTED: &str = "https://unlisted.example/.well-known/openid-configuration";

/// The log of all servers of this suite, as much as there is of it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Listens from now on.
    fn start() -> Self {
        let log = Self::default();
        let subscriber = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE);
        subscriber.with_ansi(false).with_writer(log.clone()).try_init().unwrap();
        log
    }

    fn holds(&self, text: &str) -> bool {
        holds(&self.0.lock().unwrap(), text)
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn nothing_that_was_pasted_is_kept() {
    let log = Log::start();
    let world = World::with_people().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let key = ClientSigner::new(0);
    let header = json!({ "alg": "RS256", "kid": key.jwk().kid, "typ": "JWT" });
    let foreign = key.sign(&header, &json!({ "iss": "https://unlisted.example", "sub": "job" }));
    let ours = world.token(MTP).await;
    let address = format!("https://other.example/#access_token={foreign}");
    let broken = format!("{ours}.{}", "cut-off-by-nobody".repeat(3));
    for (token, discovery, status) in [
        (&ours, "", 200),
        (&foreign, UNLISTED, 200),
        (&broken, "", 400),
        // What belongs into the other field.
        (&foreign, &*foreign, 200),
        (&foreign, &*address, 200),
    ] {
        let answer = inspected(&mut rita, token, discovery).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let last = token.rsplit_once('.').unwrap().1;
        assert_eq!(holders(world.server().folder(), last), Vec::<String>::new());
        assert!(!log.holds(last), "the log holds {last}");
    }
    let page = rita.get(&format!("{INSPECTOR}?token={ours}")).await;
    assert!(!page.text().contains("signature right"), "addresses are no place for tokens");
    assert!(!holders(world.server().folder(), SIEM.name).is_empty(), "the folder was searched");
    assert!(log.holds("unlisted.example"), "the log was listened to");
}

/// Files of a folder that hold a text.
fn holders(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holders(&path, text));
        } else if let Ok(bytes) = std::fs::read(&path)
            && holds(&bytes, text)
        {
            found.push(path.display().to_string());
        }
    }
    found
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}
