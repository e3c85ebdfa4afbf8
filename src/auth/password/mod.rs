//! Passwords: argon2id, kept as PHC strings.
//!
//! A password is brought to Normalization Form KC first, so that it is the same from every keyboard. What was stored
//! before that was so is checked as it was typed, too.

mod guessable;

use super::{AuthError, random_bytes};
use argon2::password_hash::{Error, PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use icu_normalizer::ComposingNormalizerBorrowed;
use std::fmt;

/// The fewest characters of a new password.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// The most bytes of a new password.
pub const PASSWORD_BYTES_MAX: usize = 256;

/// How much work a guess costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCost {
    /// 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's choice.
    Owasp,
    /// 8 KiB, one pass: for tests that log in often. It protects nothing.
    Cheap,
}

impl PasswordCost {
    fn params(self) -> Result<Params, AuthError> {
        let (memory_kib, passes, lanes) = match self {
            Self::Owasp => (19_456, 2, 1),
            Self::Cheap => (8, 1, 1),
        };
        Params::new(memory_kib, passes, lanes, None).map_err(|_| AuthError::HashingFailed)
    }
}

/// Hashes and checks passwords.
///
/// Both take tens of milliseconds of one core and 19 MiB: call them where waiting harms nobody, and
/// let only a few run at a time.
pub struct Passwords {
    argon2: Argon2<'static>,
    /// The hash of a password that nobody knows, checked for logins that do not exist.
    decoy: String,
}

impl Passwords {
    /// Hashes at `cost`; what is stored is checked at the cost that it names itself.
    ///
    /// # Errors
    ///
    /// [`AuthError::NoRandomness`] or [`AuthError::HashingFailed`].
    pub fn new(cost: PasswordCost) -> Result<Self, AuthError> {
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params()?);
        let decoy = phc_string(&argon2, &random_bytes::<32>()?)?;
        Ok(Self { argon2, decoy })
    }

    /// The PHC string to store for a new password of who has this login, with a random salt.
    ///
    /// # Errors
    ///
    /// [`AuthError::PasswordTooShort`], [`AuthError::PasswordTooLong`], [`AuthError::PasswordGuessable`],
    /// [`AuthError::NoRandomness`] or [`AuthError::HashingFailed`].
    pub fn hash(&self, password: &str, login: &str) -> Result<String, AuthError> {
        if password.len() > PASSWORD_BYTES_MAX {
            return Err(AuthError::PasswordTooLong);
        }
        let [password, login] = [password, login].map(in_one_form);
        if password.chars().count() < PASSWORD_CHARS_MIN {
            return Err(AuthError::PasswordTooShort);
        }
        if guessable::is_guessable(&password, &login) {
            return Err(AuthError::PasswordGuessable);
        }
        phc_string(&self.argon2, password.as_bytes())
    }

    /// Whether `password` is the one whose PHC string is `stored`.
    ///
    /// For a login that does not exist, `stored` is `None`: the answer is no, after the same work,
    /// so that the time taken does not tell which logins exist.
    ///
    /// # Errors
    ///
    /// [`AuthError::HashUnreadable`] or [`AuthError::HashingFailed`].
    pub fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, AuthError> {
        let hash = PasswordHash::new(stored.unwrap_or(&self.decoy)).map_err(|_| AuthError::HashUnreadable)?;
        let normal = in_one_form(password);
        let is_right =
            self.is_right(&normal, &hash)? || normal != password && self.is_right(password, &hash)?;
        Ok(is_right && stored.is_some())
    }

    fn is_right(&self, password: &str, hash: &PasswordHash) -> Result<bool, AuthError> {
        match self.argon2.verify_password(password.as_bytes(), hash) {
            Ok(()) => Ok(true),
            Err(Error::PasswordInvalid) => Ok(false),
            Err(_) => Err(AuthError::HashingFailed),
        }
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passwords").field("params", self.argon2.params()).finish_non_exhaustive()
    }
}

fn in_one_form(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfkc().normalize(text).into_owned()
}

fn phc_string(argon2: &Argon2, password: &[u8]) -> Result<String, AuthError> {
    match argon2.hash_password(password) {
        Ok(hash) => Ok(hash.to_string()),
        Err(Error::RngFailure) => Err(AuthError::NoRandomness),
        Err(_) => Err(AuthError::HashingFailed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "correct horse 电池 staple";

    fn cheap() -> Passwords {
        Passwords::new(PasswordCost::Cheap).unwrap()
    }

    #[test]
    fn only_the_password_itself_is_right() {
        let stored = cheap().hash(PASSWORD, "zhou").unwrap();
        assert_eq!(cheap().verify(PASSWORD, Some(&stored)), Ok(true));
        for wrong in ["", "correct horse", &PASSWORD.to_uppercase(), &format!("{PASSWORD} ")] {
            assert_eq!(cheap().verify(wrong, Some(&stored)), Ok(false), "{wrong}");
        }
    }

    #[test]
    fn the_stored_text_names_argon2id_and_the_cost_and_has_its_own_salt() {
        let passwords = Passwords::new(PasswordCost::Owasp).unwrap();
        let [one, two] = [(); 2].map(|()| passwords.hash(PASSWORD, "zhou").unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, two);
        assert!(cheap().hash(PASSWORD, "zhou").unwrap().starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    }

    #[test]
    fn what_was_stored_at_another_cost_stays_good() {
        let stored = Passwords::new(PasswordCost::Owasp).unwrap().hash(PASSWORD, "zhou").unwrap();
        assert_eq!(cheap().verify(PASSWORD, Some(&stored)), Ok(true));
    }

    #[test]
    fn a_hash_made_by_another_program_is_understood() {
        // argon2-cffi 25.1: PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
        let stored = "$argon2id$v=19$m=19456,t=2,p=1$OBMYcHPrkslW2bHQ4KVvxg$vWJO4rGtfD1DtyDZ8RsLegnpHClM0uk/WXcty1NnG58";
        assert_eq!(cheap().verify("password for a test", Some(stored)), Ok(true));
        assert_eq!(cheap().verify("password for a rest", Some(stored)), Ok(false));
    }

    #[test]
    fn a_password_is_the_same_from_every_keyboard_and_as_it_was_before() {
        let stored = cheap().hash("ｃｏｒｒｅｃｔ\u{3000}horse é", "zhou").unwrap();
        for same in ["correct horse é", "correct horse e\u{301}", "ｃorrect horse é"] {
            assert_eq!(cheap().verify(same, Some(&stored)), Ok(true), "{same}");
        }
        // Kept as it was typed, when nothing was brought to a form.
        let former = phc_string(&cheap().argon2, "ｐassword\u{3000}8".as_bytes()).unwrap();
        assert_eq!(cheap().verify("ｐassword\u{3000}8", Some(&former)), Ok(true));
        assert_eq!(cheap().verify("password 8", Some(&former)), Ok(false));
    }

    #[test]
    fn what_is_guessed_first_is_no_password() {
        for guessed in ["password1234", "123456789012", "zhou20261130"] {
            assert_eq!(cheap().hash(guessed, "Ｚhou"), Err(AuthError::PasswordGuessable), "{guessed}");
        }
    }

    #[test]
    fn no_password_at_all_opens_an_unknown_login() {
        let unlucky = Passwords { decoy: cheap().hash(PASSWORD, "zhou").unwrap(), ..cheap() };
        assert_eq!(unlucky.verify(PASSWORD, None), Ok(false));
    }

    #[test]
    fn an_unknown_login_is_refused_after_the_same_work() {
        // What a check costs stands in the hash that is checked, before salt and sum.
        let cost_of = |hash: &str| hash.rsplitn(3, '$').last().map(str::to_owned);
        let mut passwords = Passwords::new(PasswordCost::Owasp).unwrap();
        let stored = passwords.hash(PASSWORD, "zhou").unwrap();
        assert_eq!(cost_of(&passwords.decoy), cost_of(&stored));
        assert_eq!(passwords.verify(PASSWORD, None), Ok(false));
        // And it is checked.
        passwords.decoy.clear();
        assert_eq!(passwords.verify(PASSWORD, None), Err(AuthError::HashUnreadable));
    }

    #[test]
    fn the_length_of_a_new_password_is_bounded() {
        // Characters count, not bytes; and those of the normal form: the ligature is three of them.
        assert_eq!(cheap().hash("湛河边的柳树绿了又绿啊", "zhou"), Err(AuthError::PasswordTooShort));
        assert!(cheap().hash("湛河边的柳树绿了又绿啊哦", "zhou").is_ok());
        assert!(cheap().hash("vK7-mqW2-\u{FB03}", "zhou").is_ok());
        let longest: String = "vK7-mqW2".chars().cycle().take(PASSWORD_BYTES_MAX - 1).chain(['!']).collect();
        assert!(cheap().hash(&longest, "zhou").is_ok());
        assert_eq!(cheap().hash(&format!("{longest}x"), "zhou"), Err(AuthError::PasswordTooLong));
    }

    #[test]
    fn a_stored_text_that_is_no_hash_is_an_error_and_never_a_yes() {
        for stored in ["", "plain", "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$AAAA"] {
            assert_ne!(cheap().verify(PASSWORD, Some(stored)), Ok(true), "{stored}");
        }
        assert_eq!(cheap().verify(PASSWORD, Some("plain")), Err(AuthError::HashUnreadable));
    }

    #[test]
    fn the_debug_text_shows_no_hash() {
        let passwords = cheap();
        assert!(!format!("{passwords:?}").contains(&passwords.decoy));
    }
}
