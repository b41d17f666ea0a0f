//! The next step after a refusal, by number and by status.

use crate::error::ErrorKind;

/// What to do about a refused token request.
pub(crate) fn for_aadsts(number: u32) -> &'static str {
    match number {
        7_000_215 => {
            "send the secret's value, not its id; `vakt app secret list` shows the first characters"
        }
        7_000_222 => "run `vakt app secret add` for a new secret",
        7_000_216 | 7_000_218 => {
            "give a credential: --client-secret-file, VAKT_CLIENT_SECRET, --certificate or --federated-token-file"
        }
        700_027 => {
            "register the certificate with `vakt app certificate add`; `vakt app certificate list` shows which are known and how long they last"
        }
        700_024 => "check this machine's clock: the assertion was made or read at the wrong time",
        50_012 => "call the server by the name it is known by: the assertion was for that address",
        70_021 | 700_211..=700_213 => {
            "compare the token's issuer, subject and audience with `vakt app federated list`"
        }
        700_016 | 700_038 | 70_001 | 700_011 => {
            "check client id and tenant; `vakt app list` shows the applications"
        }
        7_000_229 => "run `vakt app consent`: it creates the service principal",
        7_000_112 => "run `vakt app enable`",
        90_002 | 900_023 | 9_001_023 => "name the tenant by its id or one of its domains",
        500_011 => "check the spelling of the resource, such as https://api.security.microsoft.com",
        70_011 | 1_002_012 | 700_022 => {
            "ask for one resource, such as https://api.security.microsoft.com"
        }
        501_051 => "the API accepts assigned clients only: run `vakt app consent`",
        _ => "the number is explained at https://login.microsoftonline.com/error",
    }
}

/// What to do about an API's refusal.
pub(crate) fn for_kind(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::Unauthorized => {
            Some("the token was not accepted here: `vakt token inspect` says what it is good for")
        }
        ErrorKind::Forbidden => Some(
            "add the permission with `vakt app permission add`, run `vakt app consent`, and get a new token",
        ),
        ErrorKind::Throttled => Some("wait a minute and ask less often"),
        ErrorKind::Server => Some("try again later; the server's log has more"),
        _ => None,
    }
}
