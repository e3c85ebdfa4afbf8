//! Secrets at rest: sealed cells, blind indexes, pick-up codes, the codes of certificates, the seals of batches.
//!
//! What identifies a person is sealed with AES-256-GCM-SIV (RFC 8452) under one key, bound to its
//! table, column and row, so that a ciphertext copied elsewhere does not open. Look-up and
//! uniqueness go by a blind index, HMAC-SHA-256 under another key. Somebody who has the database but not
//! the keys learns lengths and which index values are equal, no more (docs/PRIVACY.md says what that tells).
//!
//! A sealed cell is `key hint (1) | nonce (12) | ciphertext | tag (16)`.

pub mod check_code;
mod crockford;
pub mod places;
mod secret;

pub use secret::SecretKey;

use super::sql::SqlValue;
use crate::domain::binding::OutsideIdentity;
use crate::domain::identity::{IdentityDocument, Mobile};
use crate::domain::ids::{
    ApplicationId, BindingId, CertificateId, IdentityChangeId, OperatorId, RedemptionId, Seq, VolunteerId,
};
use crate::domain::person::{BlindIndex, Person, PersonIndexes};
use crate::domain::text::searched;
use crate::journal::{Nonce as EntryNonce, TreeHash};
use aes_gcm_siv::aead::{Aead, Payload};
use aes_gcm_siv::{Aes256GcmSiv, KeyInit, Nonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::fmt;

const NONCE_BYTES: usize = 12;
const SALT_BYTES: usize = 16;
const PICKUP_CODE_BYTES: usize = 5;
const CERTIFICATE_CODE_BYTES: usize = 10;
const RESET_CODE_BYTES: usize = 10;
/// Twelve characters.
const ACTIVATION_CODE_BYTES: usize = 7;

/// Why a secret could not be sealed, opened or read. No variant carries any part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Neither 64 hexadecimal digits nor 32 bytes in base64.
    #[error("a secret key must be 32 bytes in hexadecimal or base64")]
    KeyUnreadable,
    /// The operating system gives no random bytes.
    #[error("no random bytes to be had")]
    NoRandomness,
    /// Longer than the cipher takes, 64 GiB.
    #[error("too long to be sealed")]
    TooLong,
    /// Changed, moved from another place, sealed with a key that is not here, or never sealed.
    #[error("the sealed value does not open")]
    NotAuthentic,
}

/// The place of one sealed value. What is sealed for one place opens in no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellAddress<'a> {
    /// Name of the table.
    pub table: &'a str,
    /// Name of the column.
    pub column: &'a str,
    /// Primary key of the row.
    pub row: i64,
}

/// A column whose cells are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedColumn {
    pub table: &'static str,
    pub column: &'static str,
    /// The table's primary key, the row's number.
    pub key: &'static str,
}

impl SealedColumn {
    /// All that there are.
    pub const ALL: [Self; 7] = [
        Self { table: "people", column: "content_sealed", key: "volunteer" },
        Self { table: "people", column: "party_sealed", key: "volunteer" },
        Self { table: "certificate_contents", column: "content_sealed", key: "certificate" },
        Self { table: "proposed_identities", column: "content_sealed", key: "identity_change" },
        Self { table: "operator_identities", column: "document_sealed", key: "operator" },
        Self { table: "applicants", column: "content_sealed", key: "application" },
        Self { table: "binding_subjects", column: "subject_sealed", key: "binding" },
    ];

    /// The place of a cell.
    #[must_use]
    pub const fn cell(self, row: i64) -> CellAddress<'static> {
        CellAddress { table: self.table, column: self.column, row }
    }
}

/// The place of what is known of a person.
#[must_use]
pub fn person_content(volunteer: VolunteerId) -> CellAddress<'static> {
    CellAddress { table: "people", column: "content_sealed", row: volunteer.seq().0 }
}

/// The place of what a person's data said of party membership.
#[must_use]
pub fn party_history(volunteer: VolunteerId) -> CellAddress<'static> {
    CellAddress { table: "people", column: "party_sealed", row: volunteer.seq().0 }
}

/// The place of what a certificate says.
#[must_use]
pub fn certificate_content(certificate: CertificateId) -> CellAddress<'static> {
    CellAddress { table: "certificate_contents", column: "content_sealed", row: certificate.seq().0 }
}

/// The place of what was proposed in a change of identity.
#[must_use]
pub fn proposed_identity(change: IdentityChangeId) -> CellAddress<'static> {
    CellAddress { table: "proposed_identities", column: "content_sealed", row: change.seq().0 }
}

/// The place of who applies.
#[must_use]
pub fn applicant(application: ApplicationId) -> CellAddress<'static> {
    CellAddress { table: "applicants", column: "content_sealed", row: application.seq().0 }
}

/// The place of who somebody is outside.
#[must_use]
pub fn bound_subject(binding: BindingId) -> CellAddress<'static> {
    CellAddress { table: "binding_subjects", column: "subject_sealed", row: binding.seq().0 }
}

/// The place of the number of the document by which an operator is known.
#[must_use]
pub fn operator_document(operator: OperatorId) -> CellAddress<'static> {
    CellAddress { table: "operator_identities", column: "document_sealed", row: operator.seq().0 }
}

/// Seals and opens, indexes blindly, and derives pick-up codes, codes of certificates and the seals of batches.
pub struct Vault {
    current: SealingKey,
    previous: Vec<SealingKey>,
    index_mac: Hmac<Sha256>,
    pickup_mac: Hmac<Sha256>,
    certificate_mac: Hmac<Sha256>,
    batch_mac: Hmac<Sha256>,
    row_mac: Hmac<Sha256>,
    nonce_mac: Hmac<Sha256>,
    status_mac: Hmac<Sha256>,
    index_check: [u8; 32],
    reset_mac: Hmac<Sha256>,
    activation_mac: Hmac<Sha256>,
    check_mac: Hmac<Sha256>,
}

/// A cipher and the byte that tells which cipher sealed a value. Two keys may share a hint; both
/// are then tried.
struct SealingKey {
    hint: u8,
    check: [u8; 32],
    cipher: Aes256GcmSiv,
}

impl Vault {
    /// A vault that seals with `encryption` and indexes with `blind_index`.
    ///
    /// The first can be replaced, see [`Self::with_previous`]; the second cannot, short of computing
    /// every index and pick-up code again.
    #[must_use]
    pub fn new(encryption: &SecretKey, blind_index: &SecretKey) -> Self {
        Self {
            current: SealingKey::new(encryption),
            previous: Vec::new(),
            index_mac: subkey(blind_index, "hourbook blind index"),
            pickup_mac: subkey(blind_index, "hourbook pick-up code"),
            certificate_mac: subkey(blind_index, "hourbook certificate code"),
            batch_mac: subkey(blind_index, "hourbook batch seal"),
            row_mac: subkey(blind_index, "hourbook row seal"),
            nonce_mac: subkey(blind_index, "hourbook entry nonce"),
            status_mac: subkey(blind_index, "hourbook status list"),
            index_check: check(blind_index),
            reset_mac: subkey(blind_index, "hourbook reset code"),
            activation_mac: subkey(blind_index, "hourbook activation code"),
            check_mac: subkey(blind_index, "hourbook check code"),
        }
    }

    /// Opens also what a former encryption key sealed.
    #[must_use]
    pub fn with_previous(mut self, encryption: &SecretKey) -> Self {
        self.previous.push(SealingKey::new(encryption));
        self
    }

    /// By what the encryption keys are known again: that which encrypts, then those of before.
    pub fn encryption_checks(&self) -> impl Iterator<Item = [u8; 32]> {
        std::iter::once(&self.current).chain(&self.previous).map(|key| key.check)
    }

    /// By what the blind-index key is known again.
    #[must_use]
    pub const fn blind_index_check(&self) -> [u8; 32] {
        self.index_check
    }

    /// Seals `plaintext` for `sql_value`. Sealed twice, it looks different.
    ///
    /// # Errors
    ///
    /// [`VaultError::NoRandomness`] or [`VaultError::TooLong`].
    pub fn seal(&self, sql_value: CellAddress, plaintext: &[u8]) -> Result<Vec<u8>, VaultError> {
        let nonce = random_bytes::<NONCE_BYTES>()?;
        let payload = Payload { msg: plaintext, aad: &sql_value.associated_data() };
        let ciphertext =
            self.current.cipher.encrypt(&Nonce::from(nonce), payload).map_err(|_| VaultError::TooLong)?;
        Ok([&[self.current.hint], &nonce[..], &ciphertext].concat())
    }

    /// Opens what was sealed for `sql_value`.
    ///
    /// # Errors
    ///
    /// [`VaultError::NotAuthentic`].
    pub fn open(&self, sql_value: CellAddress, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        std::iter::once(&self.current)
            .chain(&self.previous)
            .find_map(|key| key.opens(sql_value, sealed))
            .ok_or(VaultError::NotAuthentic)
    }

    /// Whether the key in use sealed this.
    #[must_use]
    pub fn is_sealed_now(&self, cell: CellAddress, sealed: &[u8]) -> bool {
        self.current.opens(cell, sealed).is_some()
    }

    /// The byte with which whatever the key in use seals begins.
    #[must_use]
    pub const fn hint(&self) -> u8 {
        self.current.hint
    }

    /// The blind indexes by which a person is found: of document kind and number, of the mobile, and of name, birth
    /// date and mobile together.
    #[must_use]
    pub fn person_indexes(&self, person: &Person) -> PersonIndexes {
        let (name, mobile) = (searched(person.name.as_str()), person.mobile.as_str());
        PersonIndexes {
            identity: self.identity_index(&person.document),
            mobile: self.mobile_index(&person.mobile),
            likeness: self.blind_index("likeness", format!("{}:{mobile}:{name}", person.birth_date)),
        }
    }

    /// By what somebody is found who has a part of this name, or by whom the part is found: each two letters beside each
    /// other, as [`searched`] has them, as sixteen bits. So few that a rare pair is among others with the same bits, and
    /// so many that hardly anybody is opened in vain.
    pub fn name_pairs(&self, name: &str) -> impl DoubleEndedIterator<Item = i64> {
        let letters: Vec<char> = searched(name).chars().collect();
        let pairs: Vec<String> = letters.windows(2).map(String::from_iter).collect();
        pairs.into_iter().map(|pair| {
            let [high, low, ..] = self.blind_index("name pair", pair);
            i64::from(u16::from_be_bytes([high, low]))
        })
    }

    /// The blind index of a document.
    #[must_use]
    pub fn identity_index(&self, document: &IdentityDocument) -> BlindIndex {
        self.blind_index("identity", format!("{}:{}", document.kind().into_str(), document.number()))
    }

    /// The blind index of a mobile number.
    #[must_use]
    pub fn mobile_index(&self, mobile: &Mobile) -> BlindIndex {
        self.blind_index("mobile", mobile.as_str())
    }

    /// The blind index of who somebody is outside.
    #[must_use]
    pub fn subject_index(&self, identity: &OutsideIdentity) -> BlindIndex {
        let OutsideIdentity { provider, app, subject } = identity;
        self.blind_index("outside identity", format!("{provider}:{app}:{}", subject.as_str()))
    }

    /// A fingerprint of `text` for look-up and uniqueness, always the same; equal texts under
    /// another `purpose` have unrelated ones. The caller brings the text into its one normal form.
    #[must_use]
    pub fn blind_index(&self, purpose: &str, text: impl AsRef<[u8]>) -> [u8; 32] {
        self.index_mac
            .clone()
            .chain_update(length_prefix(purpose))
            .chain_update(purpose)
            .chain_update(text)
            .finalize()
            .into_bytes()
            .into()
    }

    /// The code with which a volunteer picks up a gift: 8 characters, 40 bits, that follow from the
    /// redemption and the key, so that they are stored nowhere.
    #[must_use]
    pub fn pickup_code(&self, redemption: RedemptionId) -> String {
        let tag = self.pickup_mac_of(redemption).finalize().into_bytes();
        crockford::encode(&tag[..PICKUP_CODE_BYTES])
    }

    /// Whether `presented`, as a person typed it, is the code of this redemption. Takes the same
    /// time however much of a code of the right shape is right.
    #[must_use]
    pub fn pickup_code_matches(&self, redemption: RedemptionId, presented: &str) -> bool {
        let code = crockford::decode::<PICKUP_CODE_BYTES>(presented);
        code.is_some_and(|code| self.pickup_mac_of(redemption).verify_truncated_left(&code).is_ok())
    }

    /// The code that stands on a certificate beside its number: 16 characters in groups of four, 80
    /// bits, that follow from the certificate and the key, so that they are stored nowhere.
    #[must_use]
    pub fn certificate_code(&self, certificate: CertificateId) -> String {
        let tag = self.certificate_mac_of(certificate).finalize().into_bytes();
        in_groups(&crockford::encode(&tag[..CERTIFICATE_CODE_BYTES]))
    }

    /// Whether `presented`, as a person typed it, is the code of this certificate. Takes the same time
    /// however much of a code of the right shape is right.
    #[must_use]
    pub fn certificate_code_matches(&self, certificate: CertificateId, presented: &str) -> bool {
        let code = crockford::decode::<CERTIFICATE_CODE_BYTES>(presented);
        code.is_some_and(|code| self.certificate_mac_of(certificate).verify_truncated_left(&code).is_ok())
    }

    /// The one-time code that an entry gave an operator to set a password with: 16 characters in groups of four, 80 bits,
    /// that follow from both and the key, so that they are stored nowhere.
    #[must_use]
    pub fn reset_code(&self, operator: OperatorId, entry: Seq) -> String {
        let tag = self.reset_mac_of(operator, entry).finalize().into_bytes();
        in_groups(&crockford::encode(&tag[..RESET_CODE_BYTES]))
    }

    /// Whether `presented`, as a person typed it, is that code. Takes the same time however much of a code of the right
    /// shape is right.
    #[must_use]
    pub fn reset_code_matches(&self, operator: OperatorId, entry: Seq, presented: &str) -> bool {
        let code = crockford::decode::<RESET_CODE_BYTES>(presented);
        code.is_some_and(|code| self.reset_mac_of(operator, entry).verify_truncated_left(&code).is_ok())
    }

    /// The activation code that an entry gave a volunteer: 12 characters in groups of four, 56 bits, that follow from both
    /// and the key, so that they are stored nowhere.
    #[must_use]
    pub fn activation_code(&self, volunteer: VolunteerId, entry: Seq) -> String {
        let tag = self.activation_mac_of(volunteer, entry).finalize().into_bytes();
        in_groups(&crockford::encode(&tag[..ACTIVATION_CODE_BYTES]))
    }

    /// Whether `presented`, as a person typed it, is that code. Takes the same time however much of a code of the right
    /// shape is right.
    #[must_use]
    pub fn activation_code_matches(&self, volunteer: VolunteerId, entry: Seq, presented: &str) -> bool {
        let code = crockford::decode::<ACTIVATION_CODE_BYTES>(presented);
        code.is_some_and(|code| self.activation_mac_of(volunteer, entry).verify_truncated_left(&code).is_ok())
    }

    /// The seal of a batch: only who has the key can make it.
    #[must_use]
    pub fn batch_seal(&self, batch: &[u8]) -> [u8; 32] {
        self.batch_mac.clone().chain_update(batch).finalize().into_bytes().into()
    }

    /// Whether a seal is of this batch.
    #[must_use]
    pub fn is_batch_seal(&self, batch: &[u8], seal: &[u8; 32]) -> bool {
        self.batch_mac.clone().chain_update(batch).verify_slice(seal).is_ok()
    }

    /// The seal of a row of a table beside the journal: only who has the key can make it.
    #[must_use]
    pub fn row_seal(&self, table: &str, row: &[SqlValue]) -> [u8; 32] {
        self.row_mac_of(table, row).finalize().into_bytes().into()
    }

    /// Whether a seal is of this row.
    #[must_use]
    pub fn is_row_seal(&self, table: &str, row: &[SqlValue], seal: &[u8]) -> bool {
        self.row_mac_of(table, row).verify_slice(seal).is_ok()
    }

    /// Each value stands behind its kind and its length; what is null is so in a column of any type.
    fn row_mac_of(&self, table: &str, row: &[SqlValue]) -> Hmac<Sha256> {
        let named = self.row_mac.clone().chain_update(length_prefix(table)).chain_update(table);
        row.iter().fold(named, |mac, value| {
            let (kind, bytes): (u8, &[u8]) = match value {
                SqlValue::Int(Some(number)) => (1, &number.to_be_bytes()),
                SqlValue::Text(Some(text)) => (2, text.as_bytes()),
                SqlValue::Bytes(Some(bytes)) => (3, bytes),
                SqlValue::Int(None) | SqlValue::Text(None) | SqlValue::Bytes(None) => (0, &[]),
            };
            mac.chain_update([kind]).chain_update((bytes.len() as u64).to_be_bytes()).chain_update(bytes)
        })
    }

    /// The nonce of the entry that follows the one of this hash: who has not the key cannot tell it from random
    /// bytes. An entry that is decided again after a lost commit is the same, byte for byte.
    #[must_use]
    pub fn entry_nonce(&self, seq: Seq, previous: TreeHash) -> EntryNonce {
        let mac = self.nonce_mac.clone().chain_update(seq.0.to_be_bytes()).chain_update(previous.0);
        let mut nonce = [0; SALT_BYTES];
        nonce.copy_from_slice(&mac.finalize().into_bytes()[..SALT_BYTES]);
        EntryNonce(nonce)
    }

    /// Random bytes to salt one commitment in the journal.
    ///
    /// # Errors
    ///
    /// [`VaultError::NoRandomness`].
    pub fn salt(&self) -> Result<[u8; SALT_BYTES], VaultError> {
        random_bytes()
    }

    fn pickup_mac_of(&self, redemption: RedemptionId) -> Hmac<Sha256> {
        self.pickup_mac.clone().chain_update(redemption.seq().0.to_be_bytes())
    }

    fn reset_mac_of(&self, operator: OperatorId, entry: Seq) -> Hmac<Sha256> {
        let of = self.reset_mac.clone().chain_update(operator.seq().0.to_be_bytes());
        of.chain_update(entry.0.to_be_bytes())
    }

    fn activation_mac_of(&self, volunteer: VolunteerId, entry: Seq) -> Hmac<Sha256> {
        let of = self.activation_mac.clone().chain_update(volunteer.seq().0.to_be_bytes());
        of.chain_update(entry.0.to_be_bytes())
    }

    fn certificate_mac_of(&self, certificate: CertificateId) -> Hmac<Sha256> {
        self.certificate_mac.clone().chain_update(certificate.seq().0.to_be_bytes())
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}

impl SealingKey {
    fn new(key: &SecretKey) -> Self {
        let fingerprint = Sha256::new()
            .chain_update("hourbook encryption key hint")
            .chain_update(key.as_bytes())
            .finalize();
        Self { hint: fingerprint[0], check: check(key), cipher: Aes256GcmSiv::new(key.as_bytes().into()) }
    }

    /// What this key sealed for a cell.
    fn opens(&self, cell: CellAddress, sealed: &[u8]) -> Option<Vec<u8>> {
        let ([hint], rest) = sealed.split_first_chunk()?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_BYTES>()?;
        if *hint != self.hint {
            return None;
        }
        let payload = Payload { msg: ciphertext, aad: &cell.associated_data() };
        self.cipher.decrypt(&Nonce::from(*nonce), payload).ok()
    }
}

impl CellAddress<'_> {
    /// No two places give the same bytes: each name stands behind its length.
    fn associated_data(self) -> Vec<u8> {
        [
            &length_prefix(self.table)[..],
            self.table.as_bytes(),
            &length_prefix(self.column)[..],
            self.column.as_bytes(),
            &self.row.to_be_bytes()[..],
        ]
        .concat()
    }
}

/// A code as people read it, in groups of four.
fn in_groups(code: &str) -> String {
    let digits: Vec<char> = code.chars().collect();
    digits.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

fn length_prefix(text: &str) -> [u8; 8] {
    (text.len() as u64).to_be_bytes()
}

/// An independent key for one use of `key`.
fn subkey(key: &SecretKey, purpose: &str) -> Hmac<Sha256> {
    let derived = mac_with(key.as_bytes()).chain_update(purpose).finalize().into_bytes();
    mac_with(&derived.into())
}

/// By what a key is known again: it tells nobody the key.
fn check(key: &SecretKey) -> [u8; 32] {
    subkey(key, "hourbook key check").finalize().into_bytes().into()
}

/// HMAC-SHA-256 under a key of 32 bytes, which stands zero-padded at the head of its block.
fn mac_with(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Hmac::new(&block.into())
}

fn random_bytes<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
