//! Passwords: what a new one must be like, and how it is kept and compared. Unlike secrets, which
//! are made here and long, passwords are chosen by people: they get a hash that costs memory.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};

use super::person::StoredPassword;

/// Shortest password: shorter ones are guessed from a stolen database whatever the hash.
pub const PASSWORD_LENGTH_MIN_CHARS: usize = 12;
/// Longest password: room for any phrase or generator, and no more work than that.
pub const PASSWORD_LENGTH_MAX_CHARS: usize = 128;
/// Memory of one hash, in KiB. With two passes it takes some 30 ms of a core: a person does not
/// notice, and a guesser's graphics card runs out of memory before it runs out of cores.
pub const HASH_MEMORY_KIB: u32 = 19 * 1024;
/// Passes over that memory.
const HASH_PASSES: u32 = 2;
/// Lanes: one, since the server already has a core per request.
const HASH_LANES: u32 = 1;
/// Most memory that a hash brought from elsewhere may ask for, in KiB: each sign-in would take it.
const FOREIGN_MEMORY_MAX_KIB: u32 = 256 * 1024;
/// Most passes that a hash brought from elsewhere may ask for.
const FOREIGN_PASSES_MAX: u32 = 16;
/// How many different characters a password has at least.
const DIFFERENT_CHARS_MIN: usize = 5;

/// Beginnings of passwords that everybody tries first; with digits and signs behind them, they are
/// long enough for the rule and still guessed at once.
const COMMON_WORDS: &[&str] = &[
    "password",
    "passwort",
    "administrator",
    "admin",
    "welcome",
    "letmein",
    "changeme",
    "qwerty",
    "qwertz",
    "iloveyou",
    "sunshine",
    "football",
    "princess",
    "dragon",
    "monkey",
    "summer",
    "winter",
    "spring",
    "autumn",
    "secret",
    "vakt",
    "microsoft",
    "defender",
    "security",
];

/// A hash that no password has. Unknown user names are checked against it, so that they take as
/// long as known ones. Its parameters must be those of the constants above; a test says so.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a password is not acceptable. Texts are for the person who chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Too short.
    #[error("a password has at least {PASSWORD_LENGTH_MIN_CHARS} characters; a few words do well")]
    TooShort,
    /// Too long.
    #[error("a password has at most {PASSWORD_LENGTH_MAX_CHARS} characters")]
    TooLong,
    /// One of those that are tried first.
    #[error("this password is one of the first that guessers try; choose another")]
    Common,
    /// The user name, more or less.
    #[error("the password contains the user name; choose one that does not")]
    HoldsUserName,
    /// Not an argon2id hash, or one that would cost too much.
    #[error("the hash is not argon2id in PHC form with at most 256 MiB of memory and 16 passes")]
    NotAHash,
    /// The hash function failed.
    #[error("the password could not be hashed; try again")]
    Hashing,
}

/// A password to be used once, out of random bytes: five groups of four, 100 bits, without letters
/// that look like digits.
pub fn one_time_password(random: [u8; 20]) -> SecretString {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let pick = |byte: &u8| ALPHABET.get(usize::from(byte % 32)).copied().unwrap_or(b'a');
    let letters: String = random.iter().map(pick).map(char::from).collect();
    let chars: Vec<char> = letters.chars().collect();
    let groups: Vec<String> = chars.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-").into()
}

/// May this be a new password of that person?
pub fn check_password(password: &SecretString, user_name: &str) -> Result<(), PasswordFault> {
    let text = password.expose_secret();
    let length = text.chars().count();
    if length < PASSWORD_LENGTH_MIN_CHARS {
        return Err(PasswordFault::TooShort);
    }
    if length > PASSWORD_LENGTH_MAX_CHARS {
        return Err(PasswordFault::TooLong);
    }
    let lower = text.to_lowercase();
    let local_part = user_name.split('@').next().unwrap_or_default().to_lowercase();
    if local_part.chars().count() >= 4 && lower.contains(&local_part) {
        return Err(PasswordFault::HoldsUserName);
    }
    if is_common(&lower) { Err(PasswordFault::Common) } else { Ok(()) }
}

/// Few different characters, a row of neighbours, or a common word with nothing but digits and
/// signs around it.
fn is_common(lower: &str) -> bool {
    let mut different: Vec<char> = lower.chars().collect();
    let steps = different.windows(2).filter(|pair| match pair {
        [a, b] => u32::from(*a).abs_diff(u32::from(*b)) <= 1,
        _ => false,
    });
    let is_row = steps.count() + 2 >= different.len();
    different.sort_unstable();
    different.dedup();
    let core = lower.trim_matches(|c: char| !c.is_alphabetic());
    let plain: String = core.chars().map(plain_letter).filter(|c| c.is_alphabetic()).collect();
    let is_word = COMMON_WORDS.iter().any(|word| plain.replace(word, "").chars().count() < 3);
    different.len() < DIFFERENT_CHARS_MIN || is_row || is_word
}

/// Signs that stand for letters in the passwords of those who think themselves clever.
fn plain_letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        other => other,
    }
}

impl StoredPassword {
    /// Hashes a password that was checked; takes some 30 ms and [`HASH_MEMORY_KIB`].
    pub fn of(password: &SecretString, salt: [u8; 16]) -> Result<Self, PasswordFault> {
        let hashed = hasher()?.hash_password_with_salt(password.expose_secret().as_bytes(), &salt);
        hashed.map(|hash| Self(hash.to_string())).map_err(|_| PasswordFault::Hashing)
    }

    /// Takes over a hash that was made elsewhere.
    pub fn from_phc(text: &str) -> Result<Self, PasswordFault> {
        let parsed = PasswordHash::new(text).map_err(|_| PasswordFault::NotAHash)?;
        let params = Params::try_from(&parsed).map_err(|_| PasswordFault::NotAHash)?;
        let lawful = parsed.algorithm == Algorithm::Argon2id.ident()
            && params.m_cost() <= FOREIGN_MEMORY_MAX_KIB
            && params.t_cost() <= FOREIGN_PASSES_MAX
            && parsed.salt.is_some()
            && parsed.hash.is_some();
        if lawful { Ok(Self(text.to_owned())) } else { Err(PasswordFault::NotAHash) }
    }

    /// A hash that no password has, and that takes as long to compare as any.
    pub fn nobodys() -> Self {
        Self(NOBODYS.to_owned())
    }

    /// Is this the password? Takes as long for each wrong one, and for longer ones than could ever
    /// be set.
    pub fn matches(&self, password: &SecretString) -> bool {
        let text = password.expose_secret();
        let Ok(hash) = PasswordHash::new(&self.0) else { return false };
        let end = text.char_indices().nth(PASSWORD_LENGTH_MAX_CHARS).map(|(at, _)| at);
        let head = end.and_then(|end| text.get(..end)).unwrap_or(text);
        let same = Argon2::default().verify_password(head.as_bytes(), &hash).is_ok();
        same && end.is_none()
    }
}

fn hasher() -> Result<Argon2<'static>, PasswordFault> {
    let params = Params::new(HASH_MEMORY_KIB, HASH_PASSES, HASH_LANES, None);
    let params = params.map_err(|_| PasswordFault::Hashing)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_passwords_are_long_and_not_the_first_that_is_tried() {
        for (password, expected) in [
            ("correct horse battery", Ok(())),
            ("zweiundvierzig Möwen", Ok(())),
            ("short", Err(PasswordFault::TooShort)),
            ("elevenchars", Err(PasswordFault::TooShort)),
            ("Password1234!", Err(PasswordFault::Common)),
            ("P@ssw0rd2026!!", Err(PasswordFault::Common)),
            ("aaaaaaaaaaaaaaaa", Err(PasswordFault::Common)),
            ("abababababababab", Err(PasswordFault::Common)),
            ("abcdefghijklmnop", Err(PasswordFault::Common)),
            ("123456789012345", Err(PasswordFault::Common)),
            ("Welcome2026!Welcome", Err(PasswordFault::Common)),
            ("x-Lovelace-91-harbour", Err(PasswordFault::HoldsUserName)),
        ] {
            let found = check_password(&password.into(), "lovelace@contoso.com");
            assert_eq!(found, expected, "for {password}");
        }
        let long = |chars| {
            check_password(
                &"ä7-kQz".chars().cycle().take(chars).collect::<String>().into(),
                "a@b.c",
            )
        };
        assert_eq!(long(PASSWORD_LENGTH_MAX_CHARS), Ok(()));
        assert_eq!(long(PASSWORD_LENGTH_MAX_CHARS + 1), Err(PasswordFault::TooLong));
    }

    #[test]
    fn a_password_is_known_again_and_no_other_is() {
        let kept = StoredPassword::of(&"correct horse battery".into(), [7; 16]).unwrap();
        assert!(kept.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", kept.0);
        for (password, expected) in [
            ("correct horse battery", true),
            ("correct horse batter", false),
            ("Correct horse battery", false),
            (" correct horse battery", false),
            ("", false),
        ] {
            assert_eq!(kept.matches(&password.into()), expected, "for {password}");
        }
        assert_ne!(StoredPassword::of(&"correct horse battery".into(), [8; 16]).unwrap(), kept);
        assert_eq!(format!("{kept:?}"), "StoredPassword(hidden)");
    }

    #[test]
    fn what_is_longer_than_any_password_is_wrong_even_if_it_begins_like_one() {
        let longest: String = "ä7-kQz".chars().cycle().take(PASSWORD_LENGTH_MAX_CHARS).collect();
        let kept = StoredPassword::of(&longest.clone().into(), [7; 16]).unwrap();
        assert!(kept.matches(&longest.clone().into()));
        assert!(!kept.matches(&format!("{longest}x").into()));
    }

    #[test]
    fn passwords_to_be_used_once_are_acceptable_ones() {
        let made = one_time_password(std::array::from_fn(|at| u8::try_from(at * 13).unwrap()));
        assert_eq!(made.expose_secret(), "ap4h-wbq5-ixcr-6jyd-s7kz");
        assert_eq!(check_password(&made, "admin@contoso.com"), Ok(()));
    }

    #[test]
    fn an_unknown_user_name_costs_what_a_known_one_costs() {
        let ours = StoredPassword::of(&"correct horse battery".into(), [7; 16]).unwrap();
        let head = |kept: &StoredPassword| kept.0.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(head(&StoredPassword::nobodys()), head(&ours));
        assert_eq!(StoredPassword::from_phc(NOBODYS), Ok(StoredPassword::nobodys()));
        assert!(!StoredPassword::nobodys().matches(&"".into()));
    }

    #[test]
    fn hashes_from_elsewhere_must_be_argon2id_and_affordable() {
        let with = |head: &str| NOBODYS.replace("$argon2id$v=19$m=19456,t=2,p=1$", head);
        for (head, lawful) in [
            ("$argon2id$v=19$m=65536,t=3,p=4$", true),
            ("$argon2i$v=19$m=65536,t=3,p=4$", false),
            ("$argon2id$v=19$m=4194304,t=3,p=4$", false),
            ("$argon2id$v=19$m=65536,t=4000,p=4$", false),
            ("$2b$12$", false),
            ("", false),
        ] {
            assert_eq!(StoredPassword::from_phc(&with(head)).is_ok(), lawful, "for {head}");
        }
        assert!(StoredPassword::from_phc("$argon2id$v=19$m=65536,t=3,p=4").is_err());
    }
}
