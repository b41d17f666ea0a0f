//! The people of the world, and an application that other tenants are asked to let in.

use toml::{Table, Value};

use crate::cast::{self, CONTOSO, FABRIKAM};

/// A person of the seed.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// User name.
    pub user_name: &'static str,
    /// Name.
    pub name: &'static str,
    /// Role.
    pub role: &'static str,
    /// The second factor, in base32.
    pub totp: Option<&'static str>,
    /// The password is to be changed first.
    pub must_change: bool,
}

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";
/// Its hash, cheap so that tests are quick.
const PASSWORD_HASH: &str = "$argon2id$v=19$m=64,t=1,p=1$c2FsdCBvZiB0aGUgY2FzdA$TD9qYXZ1+MFt98gc8feU8H/pPLAxybIhcoU6PU65CEs";

const fn person(user_name: &'static str, name: &'static str, role: &'static str) -> Person {
    Person { user_name, name, role, totp: None, must_change: false }
}

/// Administers Contoso.
pub const ADA: Person =
    person("ada@contoso.onmicrosoft.com", "Ada Lovelace", "Global Administrator");
/// Administers Contoso's applications.
pub const CARL: Person =
    person("carl@contoso.com", "Carl Gauss", "Cloud Application Administrator");
/// Looks at Contoso.
pub const RITA: Person = person("rita@contoso.com", "Rita Levi", "Global Reader");
/// Administers Contoso, with an authenticator.
pub const TOMA: Person = Person {
    totp: Some("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
    ..person("toma@contoso.com", "Toma Otp", "Global Administrator")
};
/// Administers Contoso, and has not signed in yet.
pub const NELL: Person = Person {
    must_change: true,
    ..person("nell@contoso.com", "Nell Newcomer", "Global Administrator")
};
/// Administers Fabrikam.
pub const GRACE: Person =
    person("grace@fabrikam.onmicrosoft.com", "Grace Hopper", "Global Administrator");

/// The publisher's tenant.
pub const TAILSPIN: &str = "7a115919-0000-4000-8000-000000000003";
/// The publisher's application, offered to all.
pub const CONNECTOR: &str = "c0c0c0c0-0000-4000-8000-0000000000e1";
/// The same publisher's application for its own tenant.
pub const HOUSEHOLD: &str = "c0c0c0c0-0000-4000-8000-0000000000e2";
/// Offered to all, and asks for nothing of Microsoft Graph.
pub const READER: &str = "c0c0c0c0-0000-4000-8000-0000000000e3";
/// The publisher's administration of its own applications.
pub const PUBLISHER_ADMIN: &str = "c0c0c0c0-0000-4000-8000-0000000000e4";
/// Where [`CONNECTOR`] receives answers.
pub const CONNECTOR_REPLY: &str = "https://portal.azure.com";
/// Secret of all four.
pub const PUBLISHER_SECRET: &str = "publisher-secret-0123456789-01234";

/// The whole cast, its people and the publisher, as a seed file.
pub fn seed() -> String {
    let tenants = vec![
        with_people(CONTOSO.id, CONTOSO.name, &[ADA, CARL, RITA, TOMA, NELL]),
        with_people(FABRIKAM.id, FABRIKAM.name, &[GRACE]),
    ];
    let people = Table::from_iter([("tenant".to_owned(), Value::Array(tenants))]);
    format!("{}\n{people}\n{}", cast::seed(), publisher())
}

fn with_people(id: &str, name: &str, people: &[Person]) -> Value {
    let people = people.iter().map(|person| Value::Table(person.to_toml())).collect();
    Value::Table(Table::from_iter([
        ("id".to_owned(), id.into()),
        ("name".to_owned(), name.into()),
        ("person".to_owned(), Value::Array(people)),
    ]))
}

impl Person {
    fn to_toml(self) -> Table {
        let mut table = Table::from_iter([
            ("user_name".to_owned(), Value::from(self.user_name)),
            ("name".to_owned(), self.name.into()),
            ("role".to_owned(), self.role.into()),
            ("password_hash".to_owned(), PASSWORD_HASH.into()),
            ("must_change_password".to_owned(), self.must_change.into()),
        ]);
        table.extend(self.totp.map(|secret| ("totp_secret".to_owned(), secret.into())));
        table
    }
}

fn publisher() -> String {
    format!(
        r#"
[[tenant]]
id = "{TAILSPIN}"
name = "Tailspin Toys"
domains = ["tailspin.onmicrosoft.com"]

[[tenant.app]]
name = "Tailspin Incident Connector"
app_id = "{CONNECTOR}"
secret = "{PUBLISHER_SECRET}"
multi_tenant = true
redirect_uris = ["{CONNECTOR_REPLY}"]
permissions = [
    "Microsoft Threat Protection/Incident.Read.All",
    "Microsoft Threat Protection/AdvancedHunting.Read.All",
    "Microsoft Graph/SecurityIncident.Read.All",
]

[[tenant.app]]
name = "Tailspin Household"
app_id = "{HOUSEHOLD}"
secret = "{PUBLISHER_SECRET}"
redirect_uris = ["https://household.tailspin.example/done"]

[[tenant.app]]
name = "Tailspin Incident Reader"
app_id = "{READER}"
secret = "{PUBLISHER_SECRET}"
multi_tenant = true
redirect_uris = ["https://reader.tailspin.example/done", "http://localhost:9/done"]
permissions = ["Microsoft Threat Protection/Incident.Read.All"]

[[tenant.app]]
name = "Tailspin administration"
app_id = "{PUBLISHER_ADMIN}"
secret = "{PUBLISHER_SECRET}"
permissions = ["Microsoft Graph/Application.ReadWrite.All"]
consent = true
"#
    )
}
