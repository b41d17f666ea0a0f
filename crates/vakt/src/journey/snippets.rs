//! The page's snippets, filled in with this application and this server, ready to paste.

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use vakt_wire::graph::Application;

use super::Stage;

const CURL: &str = r#"TOKEN=$(curl -sS --cacert '{ca}' -X POST -H "Content-Type: application/x-www-form-urlencoded" -d "grant_type=client_credentials" -d "client_id={app}" -d "scope=https://api.security.microsoft.com/.default" -d "client_secret={secret}" "{url}/{tenant}/oauth2/v2.0/token" | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
curl -sS --cacert '{ca}' -H "Authorization: Bearer $TOKEN" "{url}/api/incidents?\$top=3""#;

const PYTHON: &str = r#"import json, ssl, urllib.parse, urllib.request

tenantId = '{tenant}'
appId = '{app}'
appSecret = '{secret}'
trust = ssl.create_default_context(cafile='{ca}')

url = "{url}/%s/oauth2/token" % (tenantId)
body = {
    'resource' : 'https://api.security.microsoft.com',
    'client_id' : appId,
    'client_secret' : appSecret,
    'grant_type' : 'client_credentials'
}
data = urllib.parse.urlencode(body).encode("utf-8")
response = urllib.request.urlopen(urllib.request.Request(url, data), context=trust)
aadToken = json.loads(response.read())["access_token"]

req = urllib.request.Request("{url}/api/incidents", headers={'Authorization': 'Bearer ' + aadToken})
incidents = json.loads(urllib.request.urlopen(req, context=trust).read())["value"]
print(len(incidents), "incidents")"#;

const POWERSHELL: &str = r#"# PowerShell 7
$tenantId = '{tenant}'
$appId = '{app}'
$appSecret = '{secret}'

$authBody = [Ordered] @{
    resource = 'https://api.security.microsoft.com'
    client_id = "$appId"
    client_secret = "$appSecret"
    grant_type = 'client_credentials'
}
# -SkipCertificateCheck: this machine does not know the demo's certificate authority
$authResponse = Invoke-RestMethod -Method Post -Uri "{url}/$tenantId/oauth2/token" -Body $authBody -SkipCertificateCheck -ErrorAction Stop
$token = $authResponse.access_token
(Invoke-RestMethod -Uri "{url}/api/incidents" -Headers @{ Authorization = "Bearer $token" } -SkipCertificateCheck).value | Select-Object incidentId, severity, status, incidentName"#;

const CSHARP: &str = r#"// dotnet add package Microsoft.Identity.Client
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

string tenantId = "{tenant}";
string appId = "{app}";
string appSecret = "{secret}";

var app = ConfidentialClientApplicationBuilder.Create(appId)
    .WithClientSecret(appSecret)
    .WithAuthority($"{url}/{tenantId}", validateAuthority: false)
    .WithInstanceDiscovery(false)
    .WithHttpClientFactory(new DemoTrust())
    .Build();
var scopes = new[] { "https://api.security.microsoft.com/.default" };
string token = (await app.AcquireTokenForClient(scopes).ExecuteAsync()).AccessToken;

var request = new HttpRequestMessage(HttpMethod.Get, "{url}/api/incidents");
request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
var response = await new DemoTrust().GetHttpClient().SendAsync(request);
Console.WriteLine(await response.Content.ReadAsStringAsync());

class DemoTrust : IMsalHttpClientFactory
{
    static readonly X509Certificate2 Ca = new(@"{ca}");

    static readonly HttpClient Http = new(new HttpClientHandler
    {
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(Ca);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return chain.Build(certificate!);
        }
    });

    public HttpClient GetHttpClient() => Http;
}"#;

/// The four snippets.
pub struct Snippets {
    curl: String,
    python: String,
    powershell: String,
    csharp: String,
}

impl Snippets {
    /// Fills them in.
    pub fn fill(stage: &Stage, application: &Application, secret: &SecretString) -> Self {
        let fill = |template: &str| {
            // `{tenantId}` of C# is not a place of ours and stays.
            template
                .replace("{url}", &stage.url)
                .replace("{ca}", &stage.ca)
                .replace("{tenant}", &stage.tenant)
                .replace("{app}", &application.app_id)
                .replace("{secret}", secret.expose_secret())
        };
        Self {
            curl: fill(CURL),
            python: fill(PYTHON),
            powershell: fill(POWERSHELL),
            csharp: fill(CSHARP),
        }
    }

    /// One after another, under headings.
    pub fn to_words(&self) -> String {
        let all = [
            ("curl", &self.curl),
            ("Python", &self.python),
            ("PowerShell", &self.powershell),
            ("C#", &self.csharp),
        ];
        let one = |(name, text): (&str, &String)| format!("\n---- {name} ----\n{text}");
        let texts: Vec<String> = all.into_iter().map(one).collect();
        format!("\nThe page's code for this application, ready to paste:\n{}\n", texts.join("\n"))
    }

    /// By language.
    pub fn to_json(&self) -> Value {
        json!({
            "curl": self.curl,
            "python": self.python,
            "powershell": self.powershell,
            "csharp": self.csharp,
        })
    }
}
