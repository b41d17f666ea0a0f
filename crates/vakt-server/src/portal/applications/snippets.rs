//! Code in seven languages that asks for a token and lists incidents, filled in.

use vakt_ids::{AppId, TenantId};

/// Code to paste.
pub(super) struct Snippet {
    /// Id of its element in the page.
    pub id: &'static str,
    pub name: &'static str,
    /// What it needs to run.
    pub note: &'static str,
    pub code: String,
}

/// Id, name, note and code; `{url}`, `{tenant}` and `{app}` stand for what is filled in.
const SNIPPETS: &[(&str, &str, &str, &str)] = &[
    ("code-powershell", "PowerShell", "PowerShell 7; set $env:APP_SECRET first.", POWERSHELL),
    ("code-csharp", "C#", "A console application of .NET 8; set APP_SECRET first.", CSHARP),
    ("code-python", "Python", "Python 3, nothing to install; set APP_SECRET first.", PYTHON),
    ("code-curl", "curl", "Any POSIX shell; set APP_SECRET first.", CURL),
    (
        "code-rust",
        "Rust",
        "reqwest with `json`, serde_json, tokio with `full`; set APP_SECRET first.",
        RUST,
    ),
    ("code-go", "Go", "Go 1.21, nothing to install; set APP_SECRET first.", GO),
    ("code-node", "Node", "Node 18, nothing to install; set APP_SECRET first.", NODE),
];

/// All of them, for one application on this server.
pub(super) fn filled(url: &str, tenant: TenantId, app: AppId) -> Vec<Snippet> {
    let (tenant, app) = (tenant.to_string(), app.to_string());
    let fill = |code: &str| {
        let code = code.replace("{url}", url).replace("{tenant}", &tenant);
        code.replace("{app}", &app).trim().to_owned()
    };
    let one = |(id, name, note, code): &(&'static str, &'static str, &'static str, &str)| Snippet {
        id,
        name,
        note,
        code: fill(code),
    };
    SNIPPETS.iter().map(one).collect()
}

const POWERSHELL: &str = r#"
$tenantId = '{tenant}'
$appId = '{app}'

$body = [Ordered] @{
    resource      = 'https://api.security.microsoft.com'
    client_id     = $appId
    client_secret = $env:APP_SECRET
    grant_type    = 'client_credentials'
}
$answer = Invoke-RestMethod -Method Post -Uri "{url}/$tenantId/oauth2/token" -Body $body -ErrorAction Stop
$headers = @{ Authorization = "Bearer $($answer.access_token)" }
(Invoke-RestMethod -Uri '{url}/api/incidents' -Headers $headers).value |
    Select-Object incidentId, severity, status, incidentName
"#;

const CSHARP: &str = r#"
using System.Net.Http.Headers;
using System.Text.Json;

using var http = new HttpClient();
var form = new FormUrlEncodedContent(new Dictionary<string, string>
{
    ["grant_type"] = "client_credentials",
    ["client_id"] = "{app}",
    ["client_secret"] = Environment.GetEnvironmentVariable("APP_SECRET")!,
    ["scope"] = "https://api.security.microsoft.com/.default",
});
var answer = await http.PostAsync("{url}/{tenant}/oauth2/v2.0/token", form);
var text = await answer.Content.ReadAsStringAsync();
if (!answer.IsSuccessStatusCode) throw new Exception(text);
var token = JsonDocument.Parse(text).RootElement.GetProperty("access_token").GetString();

http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
Console.WriteLine(await http.GetStringAsync("{url}/api/incidents"));
"#;

const PYTHON: &str = r#"
import json, os, urllib.parse, urllib.request

form = urllib.parse.urlencode({
    "grant_type": "client_credentials",
    "client_id": "{app}",
    "client_secret": os.environ["APP_SECRET"],
    "scope": "https://api.security.microsoft.com/.default",
}).encode()
with urllib.request.urlopen("{url}/{tenant}/oauth2/v2.0/token", form) as answer:
    token = json.load(answer)["access_token"]

request = urllib.request.Request("{url}/api/incidents")
request.add_header("Authorization", "Bearer " + token)
with urllib.request.urlopen(request) as answer:
    for incident in json.load(answer)["value"]:
        print(incident["incidentId"], incident["severity"], incident["incidentName"])
"#;

const CURL: &str = r#"
TOKEN=$(curl -sS -X POST "{url}/{tenant}/oauth2/v2.0/token" \
  -d grant_type=client_credentials \
  -d client_id={app} \
  --data-urlencode "client_secret=$APP_SECRET" \
  -d scope=https://api.security.microsoft.com/.default |
  sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
curl -sS -H "Authorization: Bearer $TOKEN" "{url}/api/incidents"
"#;

const RUST: &str = r#"
use serde_json::Value;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let http = reqwest::Client::new();
    let secret = std::env::var("APP_SECRET")?;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "{app}"),
        ("client_secret", &secret),
        ("scope", "https://api.security.microsoft.com/.default"),
    ];
    let request = http.post("{url}/{tenant}/oauth2/v2.0/token").form(&form);
    let answer: Value = request.send().await?.json().await?;
    let token = answer["access_token"].as_str().ok_or(answer.to_string())?;

    let request = http.get("{url}/api/incidents").bearer_auth(token);
    println!("{}", request.send().await?.text().await?);
    Ok(())
}
"#;

const GO: &str = r#"
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
)

func main() {
	answer, err := http.PostForm("{url}/{tenant}/oauth2/v2.0/token", url.Values{
		"grant_type":    {"client_credentials"},
		"client_id":     {"{app}"},
		"client_secret": {os.Getenv("APP_SECRET")},
		"scope":         {"https://api.security.microsoft.com/.default"},
	})
	if err != nil {
		log.Fatal(err)
	}
	var token struct {
		AccessToken string `json:"access_token"`
		Error       string `json:"error_description"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&token); err != nil || token.Error != "" {
		log.Fatal(err, token.Error)
	}

	request, _ := http.NewRequest("GET", "{url}/api/incidents", nil)
	request.Header.Set("Authorization", "Bearer "+token.AccessToken)
	incidents, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	text, _ := io.ReadAll(incidents.Body)
	fmt.Println(string(text))
}
"#;

const NODE: &str = r#"
// save as incidents.mjs
const answer = await fetch("{url}/{tenant}/oauth2/v2.0/token", {
  method: "POST",
  body: new URLSearchParams({
    grant_type: "client_credentials",
    client_id: "{app}",
    client_secret: process.env.APP_SECRET,
    scope: "https://api.security.microsoft.com/.default",
  }),
});
const { access_token: token, error_description: refusal } = await answer.json();
if (!token) throw new Error(refusal);

const incidents = await fetch("{url}/api/incidents", {
  headers: { Authorization: `Bearer ${token}` },
});
for (const incident of (await incidents.json()).value) {
  console.log(incident.incidentId, incident.severity, incident.incidentName);
}
"#;
