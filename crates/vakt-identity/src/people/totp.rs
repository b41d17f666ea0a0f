//! The second factor: time-based one-time codes (RFC 6238), in the form that every authenticator
//! program knows: HMAC-SHA-1, six digits, 30 seconds.

use aws_lc_rs::hmac;
use jiff::Timestamp;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::person::TotpSecret;

/// Length of a new secret: that of the hash, as RFC 4226 advises.
pub const TOTP_SECRET_BYTES: usize = 20;
/// Digits of a code.
pub const TOTP_CODE_LENGTH_DIGITS: usize = 6;
/// How long a code is shown.
const STEP_SECONDS: i64 = 30;
/// Steps before and after the present one whose codes count: clocks differ, people type slowly.
const STEPS_ASIDE_MAX: i64 = 1;
/// RFC 4648. Authenticators take secrets in this alphabet.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

impl TotpSecret {
    /// A new secret out of random bytes.
    pub fn new(random: [u8; TOTP_SECRET_BYTES]) -> Self {
        Self(Zeroizing::new(random.to_vec()))
    }

    /// Reads the base32 form of a whole secret.
    pub fn from_base32(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(TOTP_SECRET_BYTES));
        let (mut bits, mut held) = (0_u32, 0_u32);
        for letter in text.bytes() {
            let value = BASE32.iter().position(|known| *known == letter.to_ascii_uppercase())?;
            held = (held << 5) | u32::try_from(value).ok()?;
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                bytes.push(u8::try_from((held >> bits) & 0xff).ok()?);
                held &= (1 << bits) - 1;
            }
        }
        (bytes.len() == TOTP_SECRET_BYTES && bits == 0).then_some(Self(bytes))
    }

    /// The base32 form, for an authenticator. Who sees it has the second factor.
    pub fn to_base32(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(self.0.len().div_ceil(5) * 8));
        let letter = |value: u32| BASE32.get(value as usize % 32).copied().map_or('A', char::from);
        let (mut bits, mut held) = (0_u32, 0_u32);
        for byte in self.0.iter() {
            held = (held << 8) | u32::from(*byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                text.push(letter(held >> bits));
                held &= (1 << bits) - 1;
            }
        }
        if bits > 0 {
            text.push(letter(held << (5 - bits)));
        }
        text
    }

    /// The `otpauth://` address that authenticators read from a picture; `escape` writes a text so
    /// that it can be part of an address.
    pub fn enrolment_uri(
        &self,
        issuer: &str,
        user_name: &str,
        escape: &dyn Fn(&str) -> String,
    ) -> Zeroizing<String> {
        let (issuer, user_name, secret) = (escape(issuer), escape(user_name), self.to_base32());
        Zeroizing::new(format!(
            "otpauth://totp/{issuer}:{user_name}?secret={}&issuer={issuer}\
             &algorithm=SHA1&digits={TOTP_CODE_LENGTH_DIGITS}&period={STEP_SECONDS}",
            secret.as_str()
        ))
    }

    /// The time step whose code this is, if it is near `now` and after `last_step`: each code counts
    /// once, so that one who looks over a shoulder comes too late.
    pub fn accepts(&self, code: &str, now: Timestamp, last_step: Option<i64>) -> Option<i64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let present = now.as_second().div_euclid(STEP_SECONDS);
        let near = present - STEPS_ASIDE_MAX..=present + STEPS_ASIDE_MAX;
        let mut steps = near.filter(|step| last_step.is_none_or(|last| last < *step));
        steps.find(|step| bool::from(self.code(*step).as_bytes().ct_eq(code.as_bytes())))
    }

    /// The code of the present, as an authenticator shows it.
    pub fn code_at(&self, now: Timestamp) -> String {
        self.code(now.as_second().div_euclid(STEP_SECONDS))
    }

    /// RFC 4226, 5.3.
    fn code(&self, step: i64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let offset = tag.as_ref().last().map_or(0, |last| usize::from(last & 0x0f));
        let picked = tag.as_ref().iter().skip(offset).take(4);
        let number = picked.fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
        format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the RFC's appendix B.
    fn secret() -> TotpSecret {
        TotpSecret::new(*b"12345678901234567890")
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        // Appendix B has eight digits; ours are the last six.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(secret().code_at(at(seconds)), code, "at {seconds}");
        }
    }

    #[test]
    fn a_code_counts_near_its_time_and_only_once() {
        let (secret, now) = (secret(), at(1_111_111_111));
        let step = 1_111_111_111 / 30;
        for (shift, accepted) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            let code = secret.code_at(at(1_111_111_111 + shift));
            let found = secret.accepts(&code, now, None);
            assert_eq!(found, accepted.then_some(step + shift / 30), "{shift} s aside");
        }
        let code = secret.code_at(now);
        assert_eq!(secret.accepts(&code, now, Some(step - 1)), Some(step));
        assert_eq!(secret.accepts(&code, now, Some(step)), None);
        assert_eq!(secret.accepts(&code, now, Some(step + 1)), None);
        assert_eq!(secret.accepts("050 471 ", now, None), Some(step));
        for wrong in ["", "05047", "0504711", "abcdef", "000000"] {
            assert_eq!(secret.accepts(wrong, now, None), None, "for {wrong:?}");
        }
    }

    #[test]
    fn the_text_form_is_read_back_and_nothing_else_is() {
        let text = secret().to_base32();
        assert_eq!(text.as_str(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(TotpSecret::from_base32(&text), Some(secret()));
        assert_eq!(TotpSecret::from_base32(&text.to_lowercase()), Some(secret()));
        for wrong in ["", "GEZDGNBV", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", &format!("{}A", &*text)] {
            assert_eq!(TotpSecret::from_base32(wrong), None, "for {wrong}");
        }
    }

    #[test]
    fn authenticators_are_told_everything() {
        let escape = |text: &str| text.replace('@', "%40").replace(' ', "%20");
        let uri = secret().enrolment_uri("Vakt Contoso", "ada@contoso.com", &escape);
        assert_eq!(
            uri.as_str(),
            "otpauth://totp/Vakt%20Contoso:ada%40contoso.com?secret=\
             GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Vakt%20Contoso&algorithm=SHA1&digits=6&period=30"
        );
    }
}
