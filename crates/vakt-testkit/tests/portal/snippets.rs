//! The code that the portal fills in runs as it is pasted, where its language is installed.

use std::process::{Command, Stdio};

use vakt_testkit::cast::{IMPORTER, SIEM};
use vakt_testkit::people::RITA;
use vakt_testkit::{Visitor, World};

/// Id of the code, the program that runs it, and how it is told what to run.
const RUNS: &[(&str, &str, &[&str])] = &[
    ("code-python", "python3", &["-c"]),
    ("code-curl", "bash", &["-c"]),
    ("code-node", "node", &["--input-type=module", "-e"]),
];

/// The text of the element with this id, as a browser shows it.
fn code(page: &str, id: &str) -> String {
    let rest = page.split(&format!("<pre id=\"{id}\"")).nth(1).unwrap();
    let text = rest.split_once('>').unwrap().1.split("</pre>").next().unwrap();
    let signs = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    signs.iter().fold(text.to_owned(), |text, (escaped, sign)| text.replace(escaped, sign))
}

fn is_installed(program: &str) -> bool {
    let mut asked = Command::new(program);
    let asked = asked.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let there = asked.is_ok_and(|status| status.success());
    if !there {
        eprintln!("skipped: {program} is not installed");
    }
    there
}

#[tokio::test(flavor = "multi_thread")]
async fn pasted_code_lists_incidents() {
    let world = World::with_people().await;
    world.import(&IMPORTER, &[vakt_testkit::incidents::full(4711)]).await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let page = rita.get(&format!("/portal/applications/{}/code", SIEM.id)).await;
    let authority = world.server().folder().join("tls/ca.pem");
    for (id, program, arguments) in RUNS {
        if !is_installed(program) {
            continue;
        }
        let mut run = Command::new(program);
        run.args(*arguments).arg(code(page.text(), id)).env("APP_SECRET", SIEM.secret);
        for name in ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"] {
            run.env(name, &authority);
        }
        let output = tokio::task::spawn_blocking(move || run.output()).await.unwrap().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let failed = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("4711"), "{id}: {said} {failed}");
    }
}
