use super::*;
use crate::domain::ids::Seq;
use data_encoding::HEXLOWER;
use std::collections::HashSet;

const MOBILE: CellAddress = CellAddress { table: "volunteer", column: "mobile", row: 7 };
const NUMBER: &str = "+8613800000000";

/// The key whose 32 bytes all are `byte`.
fn key(byte: u8) -> SecretKey {
    format!("{byte:02x}").repeat(32).parse().unwrap()
}

fn vault() -> Vault {
    Vault::new(&key(1), &key(2))
}

fn sealed() -> Vec<u8> {
    vault().seal(MOBILE, NUMBER.as_bytes()).unwrap()
}

fn redemption(seq: i64) -> RedemptionId {
    RedemptionId::new(Seq(seq))
}

fn bytes(hex: &str) -> Vec<u8> {
    HEXLOWER.decode(hex.as_bytes()).unwrap()
}

#[test]
fn what_is_sealed_opens_in_its_place() {
    for plaintext in ["", "x", NUMBER, &"长".repeat(10_000)] {
        let sealed = vault().seal(MOBILE, plaintext.as_bytes()).unwrap();
        assert_eq!(sealed.len(), plaintext.len() + 29);
        assert_eq!(vault().open(MOBILE, &sealed), Ok(plaintext.as_bytes().to_vec()));
    }
}

#[test]
fn moved_to_another_place_it_does_not_open() {
    for other in [
        CellAddress { table: "operator", ..MOBILE },
        CellAddress { column: "document_number", ..MOBILE },
        CellAddress { row: 8, ..MOBILE },
        CellAddress { row: -7, ..MOBILE },
        CellAddress { row: 7 << 32, ..MOBILE },
        CellAddress { table: MOBILE.column, column: MOBILE.table, ..MOBILE },
        CellAddress { table: "volunteerm", column: "obile", ..MOBILE },
        CellAddress { table: "", column: "volunteermobile", ..MOBILE },
    ] {
        assert_eq!(vault().open(other, &sealed()), Err(VaultError::NotAuthentic), "{other:?}");
    }
}

#[test]
fn a_single_changed_bit_is_noticed() {
    let sealed = sealed();
    for place in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[place / 8] ^= 1 << (place % 8);
        assert_eq!(vault().open(MOBILE, &changed), Err(VaultError::NotAuthentic), "bit {place}");
    }
}

#[test]
fn shortened_or_lengthened_it_does_not_open() {
    let sealed = sealed();
    for length in 0..sealed.len() {
        assert_eq!(vault().open(MOBILE, &sealed[..length]), Err(VaultError::NotAuthentic));
    }
    assert_eq!(vault().open(MOBILE, &[&sealed[..], &[0]].concat()), Err(VaultError::NotAuthentic));
}

#[test]
fn sealed_twice_it_looks_different_and_never_like_the_plaintext() {
    let many: HashSet<_> = (0..100).map(|_| sealed()).collect();
    assert_eq!(many.len(), 100);
    for sealed in many {
        assert!(!sealed.windows(5).any(|part| NUMBER.as_bytes().windows(5).any(|own| own == part)));
    }
}

#[test]
fn another_program_finds_the_same_format() {
    // Computed with OpenSSL's AES-256-GCM-SIV, through Python's cryptography.
    let foreign =
        bytes("14000102030405060708090a0b584cbdcc575ae8d28bfa9c6865c99ff7cc545d4645bcc72d1f8d29936938");
    assert_eq!(vault().open(MOBILE, &foreign), Ok(NUMBER.as_bytes().to_vec()));
}

#[test]
fn a_former_key_opens_what_it_sealed_and_seals_nothing_more() {
    let rotated = Vault::new(&key(3), &key(2)).with_previous(&key(1));
    assert_eq!(rotated.open(MOBILE, &sealed()), Ok(NUMBER.as_bytes().to_vec()));
    let anew = rotated.seal(MOBILE, NUMBER.as_bytes()).unwrap();
    assert_eq!(vault().open(MOBILE, &anew), Err(VaultError::NotAuthentic));
    assert_eq!(rotated.open(MOBILE, &anew), Ok(NUMBER.as_bytes().to_vec()));
    assert_eq!(rotated.blind_index("mobile", NUMBER), vault().blind_index("mobile", NUMBER));
}

#[test]
fn two_keys_with_one_hint_are_both_tried() {
    let hint = SealingKey::new(&key(1)).hint;
    let twin = (0..=u32::MAX)
        .map(|number| format!("{number:064x}").parse::<SecretKey>().unwrap())
        .find(|key| SealingKey::new(key).hint == hint)
        .unwrap();
    let rotated = Vault::new(&twin, &key(2)).with_previous(&key(1));
    assert_eq!(rotated.open(MOBILE, &sealed()), Ok(NUMBER.as_bytes().to_vec()));
}

#[test]
fn the_blind_index_is_stable_and_apart_by_purpose_text_and_key() {
    // Computed with Python's hmac.
    let expected = bytes("4ccf4dff3bd7eda32cfcc11fb8e3be20dafcfbe910f9c69458ee35462c65017d");
    let index = vault().blind_index("mobile", NUMBER);
    assert_eq!(index[..], expected);
    assert_eq!(vault().blind_index("mobile", NUMBER), index);
    for other in [
        vault().blind_index("document", NUMBER),
        vault().blind_index("mobile", "+8613800000001"),
        vault().blind_index("mobile+", &NUMBER[1..]),
        vault().blind_index("", format!("mobile{NUMBER}")),
        Vault::new(&key(1), &key(3)).blind_index("mobile", NUMBER),
    ] {
        assert_ne!(other, index);
    }
    assert_eq!(Vault::new(&key(9), &key(2)).blind_index("mobile", NUMBER), index);
}

#[test]
fn a_pickup_code_is_stable_and_belongs_to_its_redemption_and_key() {
    // Computed with Python's hmac.
    assert_eq!(vault().pickup_code(redemption(42)), "8F8JQFGM");
    let codes: HashSet<_> = (1..=10_000).map(|seq| vault().pickup_code(redemption(seq))).collect();
    assert!(codes.len() > 9_990, "{} different codes", codes.len());
    assert_ne!(Vault::new(&key(1), &key(3)).pickup_code(redemption(42)), "8F8JQFGM");
}

#[test]
fn only_the_right_pickup_code_matches() {
    let code = vault().pickup_code(redemption(42));
    let spoken = format!("{}-{}", &code[..4], &code[4..]).to_lowercase();
    assert!(vault().pickup_code_matches(redemption(42), &code));
    assert!(vault().pickup_code_matches(redemption(42), &spoken));
    assert!(!vault().pickup_code_matches(redemption(43), &code));
    for place in 0..code.len() {
        let mut wrong = code.clone();
        wrong.replace_range(place..=place, if &code[place..=place] == "0" { "1" } else { "0" });
        assert!(!vault().pickup_code_matches(redemption(42), &wrong), "{wrong}");
    }
    for wrong in ["", &code[1..], &format!("{code}0"), "取货码"] {
        assert!(!vault().pickup_code_matches(redemption(42), wrong), "{wrong}");
    }
}

#[test]
fn salts_differ() {
    let salts: HashSet<_> = (0..1_000).map(|_| vault().salt().unwrap()).collect();
    assert_eq!(salts.len(), 1_000);
}

#[test]
fn the_debug_text_shows_nothing() {
    assert_eq!(format!("{:?}", vault()), "Vault { .. }");
}

#[test]
fn a_certificates_code_is_its_own_and_as_people_type_it() {
    let certificate = |seq| CertificateId::new(Seq(seq));
    let code = vault().certificate_code(certificate(7));
    assert_eq!((code.len(), code.matches('-').count()), (19, 3));
    assert!(vault().certificate_code_matches(certificate(7), &code));
    assert!(vault().certificate_code_matches(certificate(7), &code.to_lowercase().replace('-', " ")));
    assert!(!vault().certificate_code_matches(certificate(8), &code));
    assert!(!Vault::new(&key(1), &key(3)).certificate_code_matches(certificate(7), &code));
    let last = if code.ends_with('0') { "1" } else { "0" };
    for wrong in ["", "0", &code[..18], &format!("{}{last}", &code[..18]), &format!("{code}0")] {
        assert!(!vault().certificate_code_matches(certificate(7), wrong), "{wrong:?}");
    }
    assert!(!code.replace('-', "").starts_with(&vault().pickup_code(redemption(7))));
}
