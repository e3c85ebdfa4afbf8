//! Checkpoints: the tree's size and root, signed (C2SP tlog-checkpoint in a C2SP signed-note).
//!
//! The log's keys are of Ed25519 and have the text form of signed notes, which carries the log's name
//! (its origin): `PRIVATE+KEY+NAME+ID+DATA` for who signs, `NAME+ID+DATA` for who checks.

use super::proof::TreeHead;
use super::tree::TreeHash;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::{Engine, engine::general_purpose::STANDARD};
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// What is wrong with a key or a signed note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    #[error("not a log's key: expected NAME+ID+DATA, for private keys after PRIVATE+KEY+")]
    KeyUnreadable,
    #[error("the keys of one log bear different names, or there is none")]
    KeysOfDifferentLogs,
    #[error("not a signed checkpoint")]
    Malformed,
    #[error("the checkpoint is of another log")]
    AnotherLog,
    #[error("none of the known keys has signed the checkpoint")]
    NotSigned,
    #[error("a signature on the checkpoint is forged")]
    BadSignature,
}

/// The keys that sign a log's checkpoints: one, and while it is being replaced, two.
pub struct LogKeys {
    origin: String,
    keys: Vec<LogKey>,
}

struct LogKey {
    pair: Ed25519KeyPair,
    public: LogVerifier,
}

/// A public key that checks a log's checkpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogVerifier {
    origin: String,
    id: [u8; 4],
    public: [u8; 32],
}

/// The kind of signature in keys and ids: Ed25519.
const ED25519_KIND: u8 = 1;
const PRIVATE: &str = "PRIVATE+KEY+";

impl LogKeys {
    /// The text of a private key for the log of this name (its origin: a host and path, say, without
    /// white space and `+`), from 32 random bytes.
    pub fn private_text(origin: &str, seed: &[u8; 32]) -> Result<String, NoteError> {
        let key = LogKey::new(origin, seed)?;
        Ok(private_key_text(origin, (ED25519_KIND, key.public.id), seed))
    }

    /// Reads private keys, one a line; all of the same log. Each signs every checkpoint.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let keys = lines.map(LogKey::parse).collect::<Result<Vec<_>, _>>()?;
        let origin = keys.first().map(|key| key.public.origin.clone());
        let origin = origin.filter(|origin| keys.iter().all(|key| key.public.origin == *origin));
        Ok(Self { origin: origin.ok_or(NoteError::KeysOfDifferentLogs)?, keys })
    }

    /// The name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The public halves.
    #[must_use]
    pub fn verifiers(&self) -> Vec<LogVerifier> {
        self.keys.iter().map(|key| key.public.clone()).collect()
    }

    /// A signed checkpoint.
    #[must_use]
    pub fn sign(&self, head: TreeHead) -> String {
        let text = checkpoint_text(&self.origin, head);
        let line = |LogKey { pair, public }: &LogKey| {
            let signature = [&public.id[..], pair.sign(text.as_bytes()).as_ref()].concat();
            ["— ", &self.origin, " ", &STANDARD.encode(signature), "\n"].concat()
        };
        text.clone() + "\n" + &self.keys.iter().map(line).collect::<String>()
    }
}

impl fmt::Debug for LogKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogKeys").field("public", &self.verifiers()).finish_non_exhaustive()
    }
}

impl LogKey {
    fn new(origin: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| NoteError::KeyUnreadable)?;
        let public = pair.public_key().as_ref().try_into().map_err(|_| NoteError::KeyUnreadable)?;
        Ok(Self { pair, public: LogVerifier::new(origin, public)? })
    }

    fn parse(line: &str) -> Result<Self, NoteError> {
        let (origin, id, seed) = read_private_key(line, ED25519_KIND)?;
        let key = Self::new(origin, &seed)?;
        if key.public.id == id { Ok(key) } else { Err(NoteError::KeyUnreadable) }
    }
}

impl LogVerifier {
    fn new(origin: &str, public: [u8; 32]) -> Result<Self, NoteError> {
        Ok(Self { origin: origin.to_owned(), id: key_id(origin, ED25519_KIND, &public)?, public })
    }
}

impl FromStr for LogVerifier {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let (origin, id, public) = read_key(text.trim(), ED25519_KIND)?;
        let key = Self::new(origin, public)?;
        if key.id == id { Ok(key) } else { Err(NoteError::KeyUnreadable) }
    }
}

impl fmt::Display for LogVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&key_text(&self.origin, (ED25519_KIND, self.id), &self.public))
    }
}

/// The id of a public key of a kind under a name.
pub(super) fn key_id(name: &str, kind: u8, public: &[u8; 32]) -> Result<[u8; 4], NoteError> {
    let is_name = !name.is_empty() && !name.contains(|c: char| c == '+' || c.is_whitespace());
    if !is_name {
        return Err(NoteError::KeyUnreadable);
    }
    let digest = Sha256::new().chain_update(name).chain_update([b'\n', kind]).chain_update(public).finalize();
    Ok([digest[0], digest[1], digest[2], digest[3]])
}

/// `NAME+ID+DATA`
pub(super) fn key_text(name: &str, (kind, id): (u8, [u8; 4]), key: &[u8; 32]) -> String {
    let data = STANDARD.encode([&[kind], &key[..]].concat());
    format!("{name}+{}+{data}", HEXLOWER.encode(&id))
}

pub(super) fn private_key_text(name: &str, kind_and_id: (u8, [u8; 4]), seed: &[u8; 32]) -> String {
    format!("{PRIVATE}{}", key_text(name, kind_and_id, seed))
}

pub(super) fn read_private_key(text: &str, kind: u8) -> Result<(&str, [u8; 4], [u8; 32]), NoteError> {
    read_key(text.trim().strip_prefix(PRIVATE).ok_or(NoteError::KeyUnreadable)?, kind)
}

pub(super) fn read_key(text: &str, kind: u8) -> Result<(&str, [u8; 4], [u8; 32]), NoteError> {
    let read = || {
        let mut parts = text.splitn(3, '+');
        let (origin, id, data) = (parts.next()?, parts.next()?, parts.next()?);
        let id = HEXLOWER_PERMISSIVE.decode(id.as_bytes()).ok()?.try_into().ok()?;
        let data = STANDARD.decode(data).ok()?;
        let (its_kind, key) = data.split_first()?;
        Some((origin, id, (*its_kind == kind).then(|| key.try_into().ok())??))
    };
    read().ok_or(NoteError::KeyUnreadable)
}

fn checkpoint_text(origin: &str, head: TreeHead) -> String {
    format!("{origin}\n{}\n{}\n", head.size, STANDARD.encode(head.root.0))
}

/// What is signed of a note, and the lines of its signatures.
pub(super) fn body_and_signatures(note: &str) -> Result<(&str, &str), NoteError> {
    let at = note.find("\n\n").ok_or(NoteError::Malformed)?;
    Ok((&note[..=at], &note[at + 2..]))
}

/// The tree head of a checkpoint that at least one of the keys has signed; a signature that bears the id
/// of one of them and is not its own is never passed over.
pub fn open_checkpoint(note: &str, keys: &[LogVerifier]) -> Result<TreeHead, NoteError> {
    let (text, signatures) = note.split_once("\n\n").ok_or(NoteError::Malformed)?;
    let text = format!("{text}\n");
    let (origin, head) = read_checkpoint(&text)?;
    if keys.iter().all(|key| key.origin != origin) {
        return Err(NoteError::AnotherLog);
    }
    let mut is_signed = false;
    for line in signatures.lines() {
        let line = line.strip_prefix("— ").ok_or(NoteError::Malformed)?;
        let (name, signature) = line.split_once(' ').ok_or(NoteError::Malformed)?;
        let signature = STANDARD.decode(signature).map_err(|_| NoteError::Malformed)?;
        let (id, signature) = signature.split_at_checked(4).ok_or(NoteError::Malformed)?;
        for key in keys.iter().filter(|key| key.origin == name && key.id == id) {
            let public = UnparsedPublicKey::new(&ED25519, &key.public);
            public.verify(text.as_bytes(), signature).map_err(|_| NoteError::BadSignature)?;
            is_signed = true;
        }
    }
    if is_signed { Ok(head) } else { Err(NoteError::NotSigned) }
}

/// The origin and tree head that a checkpoint's text names; other lines may follow (extensions).
fn read_checkpoint(text: &str) -> Result<(&str, TreeHead), NoteError> {
    let read = || {
        let mut lines = text.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let is_plain = size == "0" || !size.starts_with(['0', '+']);
        let size = is_plain.then(|| size.parse().ok())??;
        let root = TreeHash(STANDARD.decode(root).ok()?.try_into().ok()?);
        Some((origin, TreeHead { size, root }))
    };
    read().ok_or(NoteError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "hours.example.org/log";

    fn keys(seed: u8) -> LogKeys {
        LogKeys::parse(&LogKeys::private_text(ORIGIN, &[seed; 32]).unwrap()).unwrap()
    }

    fn head() -> TreeHead {
        TreeHead { size: 4711, root: TreeHash([9; 32]) }
    }

    #[test]
    fn a_signed_checkpoint_opens_with_its_key_and_no_other() {
        let note = keys(1).sign(head());
        assert_eq!(open_checkpoint(&note, &keys(1).verifiers()), Ok(head()));
        assert_eq!(open_checkpoint(&note, &keys(2).verifiers()), Err(NoteError::NotSigned));
        assert_eq!(open_checkpoint(&note, &[]), Err(NoteError::AnotherLog));
        let both = [keys(2).verifiers(), keys(1).verifiers()].concat();
        assert_eq!(open_checkpoint(&note, &both), Ok(head()));
    }

    #[test]
    fn a_change_of_any_byte_is_noticed() {
        let note = keys(1).sign(head());
        for at in 0..note.len() {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            assert!(open_checkpoint(&changed, &keys(1).verifiers()).is_err(), "byte {at}: {changed}");
        }
    }

    #[test]
    fn while_keys_change_both_sign() {
        let text = [1, 2].map(|seed| LogKeys::private_text(ORIGIN, &[seed; 32]).unwrap()).join("\n");
        let note = LogKeys::parse(&text).unwrap().sign(head());
        for seed in [1, 2] {
            assert_eq!(open_checkpoint(&note, &keys(seed).verifiers()), Ok(head()));
        }
        let other = LogKeys::private_text("another.example.org", &[1; 32]).unwrap();
        assert!(matches!(LogKeys::parse(&format!("{text}\n{other}")), Err(NoteError::KeysOfDifferentLogs)));
        assert!(matches!(LogKeys::parse("\n"), Err(NoteError::KeysOfDifferentLogs)));
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        for verifier in keys(3).verifiers() {
            assert_eq!(verifier.to_string().parse(), Ok(verifier.clone()));
        }
        let text = LogKeys::private_text(ORIGIN, &[3; 32]).unwrap();
        for wrong in ["", "PRIVATE+KEY+", &text[..text.len() - 4], &text.replace("log", "lag"), &text[12..]] {
            assert!(LogKeys::parse(wrong).is_err(), "{wrong}");
        }
        for name in ["", "two words", "a+b"] {
            assert_eq!(LogKeys::private_text(name, &[3; 32]), Err(NoteError::KeyUnreadable), "{name}");
        }
        assert!(!format!("{:?}", keys(3)).contains(&text[text.len() - 20..]), "a private key is shown");
    }
}
