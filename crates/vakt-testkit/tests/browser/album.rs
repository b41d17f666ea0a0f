//! Where pictures of pages go: each page at two widths and in both themes, as high as it is, with
//! its title in an index. What is pictured is judged too.

use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::driver::Browser;

/// Width, height of the window, and most height of a picture, in pixels.
const SIZES: [(u32, u32, u32); 2] = [(1920, 1080, 1600), (360, 740, 2000)];

/// Pictures of pages.
pub struct Album {
    folder: PathBuf,
    index: String,
}

impl Album {
    /// An empty one: what was there is thrown away.
    pub fn new() -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder, index: String::new() }
    }

    /// Waits until the page shows this text, judges it and takes its pictures.
    pub async fn take(&mut self, browser: &Browser, part: &str, (name, title): (&str, &str)) {
        browser.see(part).await;
        for (width, height, most) in SIZES {
            let metrics = json!({
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
            });
            browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
            for theme in ["light", "dark"] {
                let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
                let features = json!({ "features": features });
                browser.devtools("Emulation.setEmulatedMedia", features).await;
                browser.judge(&format!("{name} {width} {theme}")).await;
                let script = "scrollTo(0, 0); return document.documentElement.scrollHeight";
                let whole = browser.ask(script).await.as_f64().unwrap();
                let clip = json!({
                    "x": 0, "y": 0, "width": width, "height": whole.min(f64::from(most)), "scale": 1,
                });
                let shot = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
                let answer = browser.devtools("Page.captureScreenshot", shot).await;
                let picture = STANDARD.decode(answer["data"].as_str().unwrap()).unwrap();
                let file = self.folder.join(format!("{name}-{width}-{theme}.png"));
                std::fs::write(file, picture).unwrap();
            }
        }
        browser.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await;
        self.index.push_str(&format!("{name}\t{title}\n"));
    }

    /// Writes down which pages there are.
    pub fn close(self) {
        std::fs::write(self.folder.join("index.tsv"), self.index).unwrap();
    }
}
