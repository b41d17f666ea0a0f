//! Passwords that are made here: read from one screen and typed into another, once.

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

/// Letters and digits that are not mistaken for one another.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
/// Characters between two hyphens.
const GROUP_LENGTH: usize = 4;

/// Eighty bits of chance as `k3fx-92pm-…`: nobody guesses it before it is changed.
pub(super) fn one_time_password(chance: [u8; 10]) -> SecretString {
    let mut text = Zeroizing::new(String::with_capacity(19));
    let bits = chance.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    for place in 0..16 {
        if place > 0 && place % GROUP_LENGTH == 0 {
            text.push('-');
        }
        let index = usize::try_from(bits >> (5 * place) & 31).unwrap_or(0);
        text.extend(ALPHABET.get(index).map(|letter| char::from(*letter)));
    }
    text.as_str().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn every_bit_counts_and_four_letters_make_a_group() {
        let first = one_time_password([0; 10]);
        assert_eq!(first.expose_secret(), "aaaa-aaaa-aaaa-aaaa");
        for bit in 0..80 {
            let mut chance = [0; 10];
            chance[bit / 8] = 1 << (bit % 8);
            assert_ne!(one_time_password(chance).expose_secret(), first.expose_secret());
        }
        assert_eq!(one_time_password([0xff; 10]).expose_secret(), "9999-9999-9999-9999");
    }
}
