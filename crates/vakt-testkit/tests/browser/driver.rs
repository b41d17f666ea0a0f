//! Chromium and its driver, with a profile of their own that ends with the test.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use vakt_testkit::World;

use super::axe;
use super::devtools::DevTools;

/// What the page is looked at with.
#[derive(Debug, Clone, Copy)]
pub enum Look {
    /// 1,280 pixels wide, light.
    Desk,
    /// 1,280 pixels wide, dark.
    DeskAtNight,
    /// 1,920 pixels wide, light.
    Wide,
    /// 1,920 pixels wide, dark.
    WideAtNight,
    /// 360 pixels wide, light.
    Phone,
    /// 360 pixels wide, dark.
    PhoneAtNight,
}

/// A running browser.
pub struct Browser {
    client: Client,
    driver: Child,
    world_url: String,
    look: Look,
    _profile: TempDir,
}

/// Is there a browser to test with? Says so if there is none.
pub fn is_installed() -> bool {
    let runs = |name: &str| {
        let mut asked = Command::new(name);
        asked.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        asked.status().is_ok_and(|status| status.success())
    };
    let there = runs("chromium") && runs("chromedriver");
    if !there {
        eprintln!("skipped: chromium is not installed");
    }
    there
}

impl Browser {
    /// Starts a browser that trusts the world's key and no other unknown one, and that finds
    /// `portal.azure.com` at the world's address.
    pub async fn start(world: &World, look: Look) -> Self {
        let profile = TempDir::with_prefix("vakt-browser-").unwrap();
        let (driver, port) = start_driver();
        let capabilities = capabilities(world, look, profile.path());
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        Self { client, driver, world_url: world.url().to_owned(), look, _profile: profile }
    }

    /// Opens a page of the world.
    pub async fn open(&self, target: &str) {
        self.client.goto(&format!("{}{target}", self.world_url)).await.unwrap();
    }

    /// The address shown; the world's own without its beginning.
    pub async fn place(&self) -> String {
        let url = self.client.current_url().await.unwrap().to_string();
        url.strip_prefix(&self.world_url).map(str::to_owned).unwrap_or(url)
    }

    /// Waits until the address begins like this and the page there has loaded: a button starts the
    /// way there, and does not wait for its end.
    pub async fn arrive(&self, beginning: &str) -> String {
        let mut place = String::new();
        for _ in 0..200 {
            place = self.place().await;
            if place.starts_with(beginning) && self.has_loaded().await {
                return place;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("still at {place}, and not at {beginning}");
    }

    async fn has_loaded(&self) -> bool {
        self.ask("return document.readyState").await == "complete"
    }

    /// The text of the page.
    pub async fn text(&self) -> String {
        self.client.find(Locator::Css("body")).await.unwrap().text().await.unwrap()
    }

    /// Waits until the page shows this text, and gives all of it.
    pub async fn see(&self, part: &str) -> String {
        let mut text = String::new();
        for _ in 0..200 {
            let script = "return document.readyState === 'complete' ? document.body.innerText : ''";
            text = self.ask(script).await.as_str().unwrap_or_default().to_owned();
            if text.contains(part) {
                return text;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{part} is not in: {text}\n{}", self.state().await);
    }

    /// Where the focus is, and which fields are filled, for who has to find out why a page did not
    /// go on. Not what they are filled with.
    async fn state(&self) -> Value {
        let script = "return {
            place: location.pathname, loading: document.readyState,
            focus: document.activeElement?.outerHTML.slice(0, 80),
            filled: [...document.querySelectorAll('input:not([type=hidden])')]
                .filter(one => one.value !== '').map(one => one.name),
        }";
        self.ask(script).await
    }

    /// Loads the page again until it shows this text: some things are told a moment later.
    pub async fn see_after_loading_again(&self, part: &str) {
        for _ in 0..100 {
            if self.text().await.contains(part) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            self.client.refresh().await.unwrap();
        }
        panic!("{part} is not in: {}", self.text().await);
    }

    /// Types into the field with this id once it has the focus. A page that asks for the focus gets
    /// it with its first picture, which may come after the page has loaded.
    pub async fn type_in(&self, id: &str, keys: &str) {
        for _ in 0..200 {
            if self.ask("return document.activeElement.id").await == *id {
                return self.type_text(keys).await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{id} has not got the focus: {}", self.state().await);
    }

    /// Types into the field with the focus, as if there was nothing but a keyboard.
    pub async fn type_text(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Presses the button that shows this text.
    pub async fn press(&self, label: &str) {
        let path = format!("//button[normalize-space()='{label}']");
        let button = self.client.wait().for_element(Locator::XPath(&path)).await;
        let button = button.unwrap_or_else(|error| panic!("no button {label}: {error}"));
        button.click().await.unwrap();
    }

    /// Follows the first link that shows this text.
    pub async fn follow(&self, label: &str) {
        let path = format!("//a[normalize-space()='{label}']");
        let link = self.client.wait().for_element(Locator::XPath(&path)).await;
        let link = link.unwrap_or_else(|error| panic!("no link {label}: {error}"));
        link.click().await.unwrap();
    }

    /// Clicks the element with this id, such as a box.
    pub async fn click(&self, id: &str) {
        self.client.wait().for_element(Locator::Id(id)).await.unwrap().click().await.unwrap();
    }

    /// The text of the element with this id.
    pub async fn text_of(&self, id: &str) -> String {
        self.client.wait().for_element(Locator::Id(id)).await.unwrap().text().await.unwrap()
    }

    /// Fills the field with this id.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.client.wait().for_element(Locator::Id(id)).await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn ask(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Gives the browser's developer tools a command.
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        self.client.issue_cmd(DevTools { command, parameters }).await.unwrap()
    }

    /// Keeps a picture, and judges the page.
    pub async fn look_at(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages");
        std::fs::create_dir_all(&folder).unwrap();
        let picture = self.client.screenshot().await.unwrap();
        std::fs::write(folder.join(format!("{name}-{:?}.png", self.look)), picture).unwrap();
        self.judge(&format!("{name} {:?}", self.look)).await;
    }

    /// Looks for what everybody needs: labels, a language, one heading, a title, no scrolling
    /// sideways, and what axe-core knows of.
    pub async fn judge(&self, name: &str) {
        let found = self.ask(SURVEY).await;
        assert_eq!(found["unlabelled"], json!([]), "{name}");
        assert_eq!((&found["lang"], &found["headings"]), (&json!("en"), &json!(1)), "{name}");
        assert_eq!(found["small"], json!([]), "{name}: targets below 24 pixels");
        let (wide, inner) = (found["wide"].as_f64().unwrap(), found["inner"].as_f64().unwrap());
        assert!(wide <= inner, "{name}: {wide} pixels wide in {inner}");
        assert!(found["title"].as_str().unwrap().ends_with(" – Vakt"), "{name}: {found}");
        if let Some(source) = axe::SOURCE.as_ref() {
            self.ask(source).await;
            let broken = self.client.execute_async(axe::JUDGE, Vec::new()).await.unwrap();
            assert_eq!(broken, json!([]), "{name}");
        }
    }

    /// Ends the browser.
    pub async fn close(self) {
        self.client.clone().close().await.unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends its browser with itself.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Looks over a page for what people need who do not see it, or see it small.
const SURVEY: &str = r#"
    const shown = [...document.querySelectorAll("input:not([type=hidden])")];
    const fields = "button, summary, input:not([type=hidden])";
    const buttons = [...document.querySelectorAll(fields)].filter(one => one.checkVisibility());
    return {
        unlabelled: shown.filter(i => i.labels.length === 0).map(i => i.name),
        small: buttons.filter(b => b.getBoundingClientRect().height < 24).map(b => b.outerHTML),
        lang: document.documentElement.lang,
        headings: document.querySelectorAll("h1").length,
        title: document.title,
        wide: document.documentElement.scrollWidth,
        inner: window.innerWidth,
    };
"#;

/// Starts a driver. It takes any free port of IPv4 and ends if that of IPv6 is not free too, as
/// happens beside other servers that come and go.
fn start_driver() -> (Child, u16) {
    for _ in 0..20 {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        match port_of(&mut driver) {
            Some(port) => return (driver, port),
            None => drop(driver.wait()),
        }
    }
    panic!("chromedriver ends before it listens; run `chromedriver --port=0` to see why");
}

/// The driver says where it listens, unless it ends before.
fn port_of(driver: &mut Child) -> Option<u16> {
    let lines = BufReader::new(driver.stdout.take()?).lines();
    let mut lines = lines.map_while(Result::ok);
    let line = lines.find(|line| line.contains("started successfully on port"))?;
    line.trim_end_matches('.').rsplit(' ').next()?.parse().ok()
}

fn capabilities(world: &World, look: Look, profile: &Path) -> Map<String, Value> {
    let port = world.url().rsplit_once(':').unwrap().1;
    let theme = match look {
        Look::Desk | Look::Phone | Look::Wide => 1,
        Look::DeskAtNight | Look::PhoneAtNight | Look::WideAtNight => 0,
    };
    let size = match look {
        Look::Wide | Look::WideAtNight => "--window-size=1920,1200",
        _ => "--window-size=1280,1100",
    };
    let mut options = json!({
        "args": [
            "--headless=new",
            // Root has no sandbox of its own to give; the browser sees the test's server only.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            size,
            format!("--user-data-dir={}", profile.display()),
            format!("--ignore-certificate-errors-spki-list={}", key_of(world)),
            format!("--host-resolver-rules=MAP portal.azure.com 127.0.0.1:{port}"),
            format!("--blink-settings=preferredColorScheme={theme}"),
        ],
    });
    if matches!(look, Look::Phone | Look::PhoneAtNight) {
        let metrics = json!({ "width": 360, "height": 800, "pixelRatio": 2, "touch": true });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    Map::from_iter([("goog:chromeOptions".to_owned(), options)])
}

/// The hash of the server's public key, by which the browser knows it. The test's clock stands at
/// another day than the browser's, so a certificate cannot be judged by its dates.
fn key_of(world: &World) -> String {
    let pem = std::fs::read(world.server().folder().join("tls/server.pem")).unwrap();
    let certificate = CertificateDer::from_pem_slice(&pem).unwrap();
    let (_, parsed) = x509_parser::parse_x509_certificate(&certificate).unwrap();
    STANDARD.encode(digest(&SHA256, parsed.tbs_certificate.subject_pki.raw))
}
