//! Cosignatures of witnesses (C2SP tlog-cosignature, Ed25519): that at some time this was the largest tree that the
//! witness had seen of the log, and that it goes on from every one before.

use super::note::{
    NoteError, body_and_signatures, key_id, key_text, private_key_text, read_key, read_private_key,
};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::fmt;
use std::str::FromStr;

/// The kind of signature in keys and ids: a timestamped Ed25519 cosignature.
const COSIGNATURE_KIND: u8 = 4;

/// A witness's private key.
pub struct Cosigner {
    pair: Ed25519KeyPair,
    public: CosignerVerifier,
}

/// A public key that checks a witness's cosignatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CosignerVerifier {
    name: String,
    id: [u8; 4],
    public: [u8; 32],
}

impl Cosigner {
    /// The text of a private key for the witness of this name, from 32 random bytes.
    pub fn private_text(name: &str, seed: &[u8; 32]) -> Result<String, NoteError> {
        let cosigner = Self::new(name, seed)?;
        Ok(private_key_text(name, (COSIGNATURE_KIND, cosigner.public.id), seed))
    }

    /// Reads a private key.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let (name, id, seed) = read_private_key(text, COSIGNATURE_KIND)?;
        let cosigner = Self::new(name, &seed)?;
        if cosigner.public.id == id { Ok(cosigner) } else { Err(NoteError::KeyUnreadable) }
    }

    fn new(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| NoteError::KeyUnreadable)?;
        let public = pair.public_key().as_ref().try_into().map_err(|_| NoteError::KeyUnreadable)?;
        Ok(Self { pair, public: CosignerVerifier::new(name, public)? })
    }

    /// The public half.
    #[must_use]
    pub const fn verifier(&self) -> &CosignerVerifier {
        &self.public
    }

    /// The checkpoint with a cosignature of this time, in seconds since 1970. Who asks has checked that the tree
    /// goes on from all that this witness cosigned.
    ///
    /// # Errors
    ///
    /// [`NoteError::Malformed`] where it is no note.
    pub fn cosign(&self, note: &str, seconds: u64) -> Result<String, NoteError> {
        let (body, _) = body_and_signatures(note)?;
        let signature = self.pair.sign(message(body, seconds).as_bytes());
        let data = [&self.public.id[..], &seconds.to_be_bytes(), signature.as_ref()].concat();
        Ok(format!("{note}— {} {}\n", self.public.name, STANDARD.encode(data)))
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cosigner").field("public", &self.public).finish_non_exhaustive()
    }
}

impl CosignerVerifier {
    fn new(name: &str, public: [u8; 32]) -> Result<Self, NoteError> {
        Ok(Self { name: name.to_owned(), id: key_id(name, COSIGNATURE_KIND, &public)?, public })
    }

    /// When this witness cosigned the checkpoint, in seconds since 1970.
    ///
    /// # Errors
    ///
    /// [`NoteError::NotSigned`] where it did not, [`NoteError::BadSignature`] where its name stands under what it did not
    /// sign.
    pub fn cosigned_at(&self, note: &str) -> Result<u64, NoteError> {
        let (body, signatures) = body_and_signatures(note)?;
        for line in signatures.lines() {
            let (name, data) =
                line.strip_prefix("— ").and_then(|line| line.split_once(' ')).ok_or(NoteError::Malformed)?;
            let data = STANDARD.decode(data).map_err(|_| NoteError::Malformed)?;
            if name != self.name || !data.starts_with(&self.id) {
                continue;
            }
            let (seconds, signature) = data[4..].split_first_chunk::<8>().ok_or(NoteError::Malformed)?;
            let seconds = u64::from_be_bytes(*seconds);
            let public = UnparsedPublicKey::new(&ED25519, &self.public);
            let verified = public.verify(message(body, seconds).as_bytes(), signature);
            return verified.map(|()| seconds).map_err(|_| NoteError::BadSignature);
        }
        Err(NoteError::NotSigned)
    }
}

impl fmt::Display for CosignerVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&key_text(&self.name, (COSIGNATURE_KIND, self.id), &self.public))
    }
}

impl FromStr for CosignerVerifier {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let (name, id, public) = read_key(text.trim(), COSIGNATURE_KIND)?;
        let key = Self::new(name, public)?;
        if key.id == id { Ok(key) } else { Err(NoteError::KeyUnreadable) }
    }
}

/// What is signed: the format, the time, and the whole body of the note.
fn message(body: &str, seconds: u64) -> String {
    format!("cosignature/v1\ntime {seconds}\n{body}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{LogKeys, TreeHash, TreeHead, open_checkpoint};

    const NAME: &str = "witness.example.org/w1";

    fn cosigner(seed: u8) -> Cosigner {
        Cosigner::parse(&Cosigner::private_text(NAME, &[seed; 32]).unwrap()).unwrap()
    }

    #[test]
    fn a_cosignature_is_over_the_time_and_the_whole_body() {
        let log = LogKeys::parse(&LogKeys::private_text("hours.example.org/log", &[1; 32]).unwrap()).unwrap();
        let head = TreeHead { size: 4711, root: TreeHash([9; 32]) };
        let note = log.sign(head);
        let cosigned = cosigner(2).cosign(&note, 1_679_315_147).unwrap();
        assert!(cosigned.starts_with(&note));
        assert_eq!(cosigner(2).verifier().cosigned_at(&cosigned), Ok(1_679_315_147));
        // The log's own signature is still there, and passes the other over.
        assert_eq!(open_checkpoint(&cosigned, &log.verifiers()), Ok(head));
        assert_eq!(cosigner(3).verifier().cosigned_at(&cosigned), Err(NoteError::NotSigned));
        assert_eq!(cosigner(2).verifier().cosigned_at(&note), Err(NoteError::NotSigned));
        let other = cosigned.replace("4711", "4712");
        assert_eq!(cosigner(2).verifier().cosigned_at(&other), Err(NoteError::BadSignature));
        let message = message(body_and_signatures(&note).unwrap().0, 1_679_315_147);
        let root = STANDARD.encode([9; 32]);
        assert_eq!(
            message,
            format!("cosignature/v1\ntime 1679315147\nhours.example.org/log\n4711\n{root}\n")
        );
        // Id, time and signature: 4, 8 and 64 bytes.
        let data = cosigned.lines().last().unwrap().rsplit_once(' ').unwrap().1;
        assert_eq!(STANDARD.decode(data).unwrap().len(), 76);
    }

    #[test]
    fn keys_are_read_as_they_are_written_and_are_no_logs_keys() {
        let public = cosigner(3).verifier().clone();
        assert_eq!(public.to_string().parse(), Ok(public.clone()));
        assert!(public.to_string().parse::<super::super::LogVerifier>().is_err());
        let text = Cosigner::private_text(NAME, &[3; 32]).unwrap();
        assert!(LogKeys::parse(&text).is_err());
        assert!(Cosigner::parse(&text.replace("w1", "w2")).is_err());
        assert!(!format!("{:?}", cosigner(3)).contains(&text[text.len() - 20..]), "a private key is shown");
    }
}
