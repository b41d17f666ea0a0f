//! axe-core, run in the page: rules of WCAG 2.2 AA that a program can judge. `.ci/run` fetches it
//! from npm into the build folder; where it is not, the tests say so.

use std::path::PathBuf;
use std::sync::LazyLock;

/// Its source, if it is there.
pub static SOURCE: LazyLock<Option<String>> = LazyLock::new(|| {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("axe");
    let source = std::fs::read_to_string(folder.join("node_modules/axe-core/axe.min.js")).ok();
    if source.is_none() {
        eprintln!("skipped: axe-core is not in {}", folder.display());
    }
    source
});

/// Judges the page; gives each broken rule with the elements that break it.
pub const JUDGE: &str = r#"
    const done = arguments[arguments.length - 1];
    const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    axe.run(document, { runOnly: { type: "tag", values: rules } }).then(
        found => done(found.passes.length < 5 ? ["axe looked at nothing"] : found.violations.map(one => one.id + ": " + one.help + " " + one.nodes
            .map(node => node.html.slice(0, 160) + " " + (node.any[0]?.message ?? "")).join(" | "))),
        error => done(["axe failed: " + error])
    );
"#;
