//! A browser cut down to what HTTP sees of it: cookies are kept, forms are filled in and sent, and
//! redirects are followed only when a test says so.

use std::collections::BTreeMap;

use crate::http::{Answer, Https, Request};
use crate::people::{PASSWORD, Person};
use crate::world::World;

/// A browser of one person, who has not signed in yet.
pub struct Visitor {
    https: Https,
    origin: String,
    cookies: BTreeMap<String, String>,
    /// The address of the last page that was opened.
    place: String,
}

impl Visitor {
    /// A browser with nothing in it.
    pub fn of(world: &World) -> Self {
        let (https, origin) = (world.https().clone(), world.url().to_owned());
        Self { https, origin, cookies: BTreeMap::new(), place: String::new() }
    }

    /// A browser in which somebody has signed in with a password.
    pub async fn signed_in(world: &World, person: &Person) -> Self {
        let mut visitor = Self::of(world);
        let answer = visitor.sign_in("/vakt/account", person.user_name, PASSWORD).await;
        assert_eq!((answer.status, answer.header("location")), (303, Some("/vakt/account")));
        visitor
    }

    /// Opens the sign-in page on the way to somewhere, and sends its form.
    pub async fn sign_in(&mut self, onward: &str, user: &str, password: &str) -> Answer {
        let onward: String = form_urlencoded::byte_serialize(onward.as_bytes()).collect();
        let page = self.get(&format!("/vakt/sign-in?return={onward}")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        self.submit(&page, &[("user", user), ("password", password)]).await
    }

    /// Opens a page.
    pub async fn get(&mut self, target: &str) -> Answer {
        target.clone_into(&mut self.place);
        self.send(Request::get(target)).await
    }

    /// Sends the first form of a page that has the first of these fields or buttons (the first form
    /// without any), with what is hidden in it; headers are those of a browser. A form without an
    /// address of its own is sent to that of the last page that was opened.
    pub async fn submit(&mut self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let (action, hidden) = form_with(page.text(), fields.first().map(|(name, _)| *name));
        let mut all = hidden;
        all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let action = if action.is_empty() { self.place.clone() } else { action };
        let request = Request::post(action)
            .header("origin", &self.origin)
            .header("referer", &format!("{}{}", self.origin, self.place))
            .header("sec-fetch-site", "same-origin")
            .form(&all);
        self.send(request).await
    }

    /// Sends a request with the cookies, and keeps those that are set.
    pub async fn send(&mut self, mut request: Request) -> Answer {
        if !self.cookies.is_empty() {
            let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
            request = request.header("cookie", &pairs.collect::<Vec<_>>().join("; "));
        }
        let answer = self.https.send(request).await;
        for line in answer.headers.get_all("set-cookie") {
            self.keep(line.to_str().unwrap());
        }
        answer
    }

    fn keep(&mut self, line: &str) {
        let (pair, attributes) = line.split_once("; ").unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        assert!(name.starts_with("__Host-"), "{line}");
        for wanted in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(attributes.split("; ").any(|one| one == wanted), "{line}");
        }
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Puts a cookie in, as a thief would.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }
}

/// Address and hidden fields of the form that has a field or button of this name.
fn form_with(html: &str, name: Option<&str>) -> (String, Vec<(String, String)>) {
    let forms = html.split("<form ").skip(1).map(|rest| rest.split("</form>").next().unwrap());
    let has = |form: &&str| name.is_none_or(|name| form.contains(&format!("name=\"{name}\"")));
    let form = forms.into_iter().find(has);
    let form = form.unwrap_or_else(|| panic!("no form with {name:?}: {html}"));
    let inputs = form.split("<input ").skip(1).filter(|input| input.contains("type=\"hidden\""));
    let field = |input: &str| (attribute(input, "name"), attribute(input, "value"));
    let tag = form.split('>').next().unwrap();
    let action = if tag.contains("action=\"") { attribute(tag, "action") } else { String::new() };
    (action, inputs.map(field).collect())
}

fn attribute(tag: &str, name: &str) -> String {
    let (_, rest) = tag.split_once(&format!("{name}=\"")).unwrap();
    let text = rest.split('"').next().unwrap();
    let mut plain = text.to_owned();
    for (escaped, character) in
        [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")]
    {
        plain = plain.replace(escaped, character);
    }
    plain
}
