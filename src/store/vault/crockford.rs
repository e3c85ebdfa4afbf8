//! Crockford's base32: codes that people read aloud and type. No I, L, O or U; upper and lower case
//! are one; I and L are taken for 1, O for 0, and hyphens and blanks do not count.

/// Bytes of a code.
pub(super) const CODE_BYTES: usize = 5;
/// Characters of a code: five bits each.
const CODE_CHARS: usize = 8;
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The eight characters of five bytes, the highest bits first.
pub(super) fn encode(code: [u8; CODE_BYTES]) -> String {
    let bits = code.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..CODE_CHARS)
        .rev()
        .map(|place| (bits >> (5 * place)).to_le_bytes()[0] & 31)
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

/// The five bytes of eight characters, typed with a person's liberties.
pub(super) fn decode(typed: &str) -> Option<[u8; CODE_BYTES]> {
    let mut bits = 0_u64;
    let mut count = 0;
    for digit in typed.chars().filter(|typed| !matches!(typed, '-' | ' ')) {
        bits = bits << 5 | value(digit)?;
        count += 1;
    }
    let [_, _, _, code @ ..] = bits.to_be_bytes();
    (count == CODE_CHARS).then_some(code)
}

/// The bytes of twice eight characters.
pub(super) fn decode_pair(typed: &str) -> Option<[[u8; CODE_BYTES]; 2]> {
    let digits = typed.chars().filter(|typed| !matches!(typed, '-' | ' ')).take(2 * CODE_CHARS + 1);
    let digits: String = digits.collect();
    let (front, back) = digits.split_at_checked(CODE_CHARS)?;
    Some([decode(front)?, decode(back)?])
}

fn value(typed: char) -> Option<u64> {
    let digit = match typed.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    DIGITS.iter().zip(0..).find_map(|(known, value)| (char::from(*known) == digit).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_has_its_place() {
        assert_eq!(encode([0x00, 0x44, 0x32, 0x14, 0xc7]), "01234567");
        assert_eq!(encode([0x42, 0x54, 0xb6, 0x35, 0xcf]), "89ABCDEF");
        assert_eq!(encode([0x84, 0x65, 0x3a, 0x56, 0xd7]), "GHJKMNPQ");
        assert_eq!(encode([0xc6, 0x75, 0xbe, 0x77, 0xdf]), "RSTVWXYZ");
        assert_eq!(encode([0; 5]), "00000000");
        assert_eq!(encode([0xff; 5]), "ZZZZZZZZ");
    }

    #[test]
    fn a_code_survives_its_text() {
        for code in [[0; 5], [0xff; 5], [1, 2, 3, 4, 5], [0x80, 0, 0, 0, 1]] {
            assert_eq!(decode(&encode(code)), Some(code));
        }
    }

    #[test]
    fn it_is_read_with_a_persons_liberties() {
        let code = decode("01ABCDEF");
        assert!(code.is_some());
        for typed in ["01abcdef", "OLABCDEF", "oiabcdef", "01AB-CDEF", " 01 ab cd ef "] {
            assert_eq!(decode(typed), code, "{typed:?}");
        }
    }

    #[test]
    fn a_pair_is_two_codes_in_a_row() {
        assert_eq!(
            decode_pair("0123-4567 89ab-cdef").map(|pair| pair.map(encode).concat()),
            Some("0123456789ABCDEF".to_owned())
        );
        for typed in
            ["", "01234567", "0123456789ABCDE", "0123456789ABCDEF0", "零一二三四五六七零一二三四五六七"]
        {
            assert_eq!(decode_pair(typed), None, "{typed:?}");
        }
        assert_eq!(decode_pair(&"0".repeat(1_000_000)), None);
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in ["", "-", "01ABCDE", "01ABCDEF0", "01ABCDEU", "01ABCDE!", "零一二三四五六七"] {
            assert_eq!(decode(typed), None, "{typed:?}");
        }
        assert_eq!(decode(&"0".repeat(1_000_000)), None);
    }
}
