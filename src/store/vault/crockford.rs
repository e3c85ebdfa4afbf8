//! Crockford's base32: codes that people read aloud and type. No I, L, O or U; upper and lower case
//! are the same; I and L are read as 1, O as 0; hyphens and blanks are ignored.

use data_encoding::Encoding;

const CROCKFORD: Encoding = data_encoding_macro::new_encoding! {
    symbols: "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
    translate_from: "abcdefghjkmnpqrstvwxyzILOilo",
    translate_to: "ABCDEFGHJKMNPQRSTVWXYZ110110",
    ignore: "- ",
};

/// The characters of a code: eight for each five bytes.
pub(super) fn encode(code: &[u8]) -> String {
    CROCKFORD.encode(code)
}

/// The bytes of a code as a person typed it; none if it is not of this length or not a code at all.
pub(super) fn decode<const BYTES: usize>(typed: &str) -> Option<[u8; BYTES]> {
    CROCKFORD.decode(typed.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_has_its_place() {
        assert_eq!(encode(&[0x00, 0x44, 0x32, 0x14, 0xc7]), "01234567");
        assert_eq!(encode(&[0x42, 0x54, 0xb6, 0x35, 0xcf]), "89ABCDEF");
        assert_eq!(encode(&[0x84, 0x65, 0x3a, 0x56, 0xd7]), "GHJKMNPQ");
        assert_eq!(encode(&[0xc6, 0x75, 0xbe, 0x77, 0xdf]), "RSTVWXYZ");
        assert_eq!(encode(&[0; 5]), "00000000");
        assert_eq!(encode(&[0xff; 5]), "ZZZZZZZZ");
    }

    #[test]
    fn a_code_survives_its_text() {
        for code in [[0; 5], [0xff; 5], [1, 2, 3, 4, 5], [0x80, 0, 0, 0, 1]] {
            assert_eq!(decode(&encode(&code)), Some(code));
        }
    }

    #[test]
    fn it_is_read_with_a_persons_liberties() {
        let code = decode::<5>("01ABCDEF");
        assert!(code.is_some());
        for typed in ["01abcdef", "OLABCDEF", "oiabcdef", "01AB-CDEF", " 01 ab cd ef "] {
            assert_eq!(decode(typed), code, "{typed:?}");
        }
    }

    #[test]
    fn a_longer_code_is_read_the_same_way() {
        let code = decode::<10>("0123-4567 89ab-cdef");
        assert_eq!(code.map(|code| encode(&code)), Some("0123456789ABCDEF".to_owned()));
        for typed in
            ["", "01234567", "0123456789ABCDE", "0123456789ABCDEF0", "零一二三四五六七零一二三四五六七"]
        {
            assert_eq!(decode::<10>(typed), None, "{typed:?}");
        }
        assert_eq!(decode::<10>(&"0".repeat(1_000_000)), None);
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in ["", "-", "01ABCDE", "01ABCDEF0", "01ABCDEU", "01ABCDE!", "零一二三四五六七"] {
            assert_eq!(decode::<5>(typed), None, "{typed:?}");
        }
        assert_eq!(decode::<5>(&"0".repeat(1_000_000)), None);
    }
}
