//! What a link to the consent page says.

use vakt_identity::ConsentRefusal;

/// Longest value that is taken; the page carries them all.
const VALUE_LENGTH_MAX_BYTES: usize = 4 * 1024;
/// Scopes that ask for a person's own sign-in. They come along by habit and mean nothing here.
const SIGN_IN_SCOPES: &[&str] = &["openid", "profile", "email", "offline_access"];

/// Through which address somebody came. They differ in parameters and in the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// `/{tenant}/adminconsent`
    AdminConsent,
    /// `/{tenant}/v2.0/adminconsent`
    AdminConsentV2,
    /// `/{tenant}/oauth2/authorize`
    Authorize,
    /// `/{tenant}/oauth2/v2.0/authorize`
    AuthorizeV2,
}

/// How the answer travels to the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    /// In the address's query.
    Query,
    /// In the address's fragment.
    Fragment,
    /// In a form.
    FormPost,
}

/// The request, read and found complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConsentRequest {
    pub door: Door,
    pub client_id: String,
    pub redirect_uri: Option<String>,
    pub state: Option<String>,
    pub mode: ResponseMode,
    /// `prompt=admin_consent`
    pub is_admin_prompt: bool,
    /// As sent, for the answer.
    pub scope: Option<String>,
    /// Resources that are named, as they are named.
    pub resources: Vec<String>,
}

impl ConsentRequest {
    /// Reads a query. Parameters that are not known are passed over: links carry many.
    pub(crate) fn read(door: Door, query: &str) -> Result<Self, ConsentRefusal> {
        let mut sent = Sent::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            sent.take(&name, &value)?;
        }
        let client_id = sent.client_id.ok_or(ConsentRefusal::MissingParameter("client_id"))?;
        let is_authorize = matches!(door, Door::Authorize | Door::AuthorizeV2);
        if is_authorize {
            check_response_type(sent.response_type)?;
        } else if sent.redirect_uri.is_none() {
            return Err(ConsentRefusal::MissingParameter("redirect_uri"));
        }
        let is_v2 = matches!(door, Door::AdminConsentV2 | Door::AuthorizeV2);
        if is_v2 && sent.scope.is_none() {
            return Err(ConsentRefusal::MissingParameter("scope"));
        }
        let mut resources: Vec<String> = sent.resource.filter(|_| !is_v2).into_iter().collect();
        if let Some(scope) = sent.scope.as_deref().filter(|_| is_v2) {
            resources.extend(resources_of(scope)?);
        }
        Ok(Self {
            door,
            client_id,
            redirect_uri: sent.redirect_uri,
            state: sent.state,
            mode: response_mode(sent.response_mode.as_deref())?,
            is_admin_prompt: is_authorize && is_admin_prompt(sent.prompt.as_deref())?,
            scope: sent.scope,
            resources,
        })
    }
}

/// The parameters as they came; empty ones count as missing.
#[derive(Default)]
struct Sent {
    client_id: Option<String>,
    redirect_uri: Option<String>,
    response_type: Option<String>,
    response_mode: Option<String>,
    prompt: Option<String>,
    scope: Option<String>,
    resource: Option<String>,
    state: Option<String>,
}

impl Sent {
    fn take(&mut self, name: &str, value: &str) -> Result<(), ConsentRefusal> {
        let slot = match name {
            "client_id" => &mut self.client_id,
            "redirect_uri" => &mut self.redirect_uri,
            "response_type" => &mut self.response_type,
            "response_mode" => &mut self.response_mode,
            "prompt" => &mut self.prompt,
            "scope" => &mut self.scope,
            "resource" => &mut self.resource,
            "state" => &mut self.state,
            _ => return Ok(()),
        };
        if value.len() > VALUE_LENGTH_MAX_BYTES {
            return Err(ConsentRefusal::Malformed("a parameter is longer than 4 KiB"));
        }
        if value.is_empty() {
            return Ok(());
        }
        match slot.replace(value.to_owned()) {
            Some(_) => Err(ConsentRefusal::Malformed("a parameter is given twice")),
            None => Ok(()),
        }
    }
}

fn check_response_type(sent: Option<String>) -> Result<(), ConsentRefusal> {
    match sent {
        None => Err(ConsentRefusal::MissingParameter("response_type")),
        Some(one) if one == "code" => Ok(()),
        Some(response_type) => Err(ConsentRefusal::ResponseType { response_type }),
    }
}

/// People sign in here to consent, and to nothing else: other prompts have no answer.
fn is_admin_prompt(prompt: Option<&str>) -> Result<bool, ConsentRefusal> {
    let words: Vec<&str> = prompt.unwrap_or_default().split_whitespace().collect();
    let is_admin = words.contains(&"admin_consent");
    if is_admin || words.contains(&"consent") {
        return Ok(is_admin);
    }
    let why = "this server signs people in to consent only, so the link must have prompt=consent";
    Err(ConsentRefusal::Malformed(why))
}

fn response_mode(sent: Option<&str>) -> Result<ResponseMode, ConsentRefusal> {
    match sent {
        None | Some("query") => Ok(ResponseMode::Query),
        Some("fragment") => Ok(ResponseMode::Fragment),
        Some("form_post") => Ok(ResponseMode::FormPost),
        Some(_) => {
            Err(ConsentRefusal::Malformed("response_mode is not query, fragment or form_post"))
        }
    }
}

/// The resources of `<resource>/.default …`; `.default` alone names none.
fn resources_of(scope: &str) -> Result<Vec<String>, ConsentRefusal> {
    let named = scope.split_whitespace().filter(|one| !SIGN_IN_SCOPES.contains(one));
    let refused = || ConsentRefusal::Scope { scope: scope.to_owned() };
    let mut resources = Vec::new();
    let mut is_any = false;
    for one in named {
        let resource = one.strip_suffix(".default").ok_or_else(refused)?;
        let resource = resource.strip_suffix('/').unwrap_or(resource);
        is_any = true;
        if !resource.is_empty() {
            resources.push(resource.to_owned());
        }
    }
    if is_any { Ok(resources) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTNER: &str = "prompt=consent&client_id=abc&response_type=code&sso_reload=true";

    #[test]
    fn links_are_complete_or_say_what_is_missing() {
        use Door::*;
        for (door, query, code) in [
            (Authorize, PARTNER, None),
            (Authorize, "prompt=admin_consent&client_id=a&response_type=code", None),
            (Authorize, "prompt=consent&response_type=code", Some(900_144)),
            (Authorize, "prompt=consent&client_id=&response_type=code", Some(900_144)),
            (Authorize, "prompt=consent&client_id=a", Some(900_144)),
            (Authorize, "prompt=consent&client_id=a&response_type=id_token", Some(70_005)),
            (Authorize, "client_id=a&response_type=code", Some(9_002_313)),
            (Authorize, "prompt=none&client_id=a&response_type=code", Some(9_002_313)),
            (
                Authorize,
                "prompt=consent&client_id=a&client_id=b&response_type=code",
                Some(9_002_313),
            ),
            (Authorize, &format!("{PARTNER}&response_mode=web_message"), Some(9_002_313)),
            (AuthorizeV2, PARTNER, Some(900_144)),
            (AuthorizeV2, &format!("{PARTNER}&scope=https://x/.default+openid"), None),
            (AuthorizeV2, &format!("{PARTNER}&scope=openid+profile"), Some(70_011)),
            (AuthorizeV2, &format!("{PARTNER}&scope=https://x/User.Read"), Some(70_011)),
            (AdminConsent, "client_id=a&redirect_uri=https://p.example", None),
            (AdminConsent, "client_id=a", Some(900_144)),
            (AdminConsentV2, "client_id=a&redirect_uri=https://p.example", Some(900_144)),
            (AdminConsentV2, "client_id=a&redirect_uri=https://p.example&scope=.default", None),
        ] {
            let found = ConsentRequest::read(door, query).err().map(|refusal| refusal.code());
            assert_eq!(found, code, "{door:?} {query}");
        }
    }

    #[test]
    fn resources_are_those_that_are_named() {
        for (scope, expected) in [
            ("https://graph.microsoft.com/.default", &["https://graph.microsoft.com"][..]),
            ("openid api://a/.default https://b//.default", &["api://a", "https://b/"]),
            (".default", &[]),
            ("/.default offline_access", &[]),
        ] {
            assert_eq!(resources_of(scope).unwrap(), expected, "for {scope}");
        }
    }
}
