//! Identity documents and mobile numbers, checked as far as their form allows.

use super::choice::choice;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

choice! {
    /// As in the identity document.
    pub enum Gender {
        /// 女.
        Female,
        /// 男.
        Male,
    }
}

choice! {
    /// Which document a person is registered with.
    pub enum DocumentKind {
        /// 居民身份证: 18 characters, checked by GB 11643.
        ResidentIdentity,
        /// 护照.
        Passport,
        /// 港澳居民来往内地通行证.
        HongKongMacaoPermit,
        /// 台湾居民来往大陆通行证.
        TaiwanPermit,
        /// 外国人永久居留身份证.
        ForeignPermanentResident,
    }
}

/// An identity document whose number has the form of its kind. Serde reads one that is stored, unchecked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityDocument {
    kind: DocumentKind,
    number: String,
}

/// Why a document was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Not the number of characters, or other characters than the kind has.
    #[error("does not have the form of this document's numbers")]
    Form,
    /// GB 11643-1999: the last character does not follow from the others.
    #[error("the check digit is wrong")]
    CheckDigit,
    /// The number's birth date is not the one given.
    #[error("disagrees with the birth date")]
    BirthDate,
    /// The number's gender is not the one given.
    #[error("disagrees with the gender")]
    Gender,
}

impl IdentityDocument {
    /// A document whose number has the right form and, for a resident identity number, agrees with
    /// itself (GB 11643-1999) and with the person's birth date and gender.
    pub fn new(
        kind: DocumentKind,
        number: &str,
        birth_date: NaiveDate,
        gender: Gender,
    ) -> Result<Self, IdentityError> {
        let number = number.trim().to_ascii_uppercase();
        match kind {
            DocumentKind::ResidentIdentity => check_resident_number(&number, birth_date, gender)?,
            _ => check_other_number(&number)?,
        }
        Ok(Self { kind, number })
    }

    /// A document of somebody of whom nothing else is known: a resident identity number agrees with itself only.
    pub fn by_itself(kind: DocumentKind, number: &str) -> Result<Self, IdentityError> {
        let number = number.trim().to_ascii_uppercase();
        match kind {
            DocumentKind::ResidentIdentity => check_resident_digits(&number)?,
            _ => check_other_number(&number)?,
        }
        Ok(Self { kind, number })
    }

    /// Whether the document of somebody agrees with what is said of their birth date and gender.
    ///
    /// # Errors
    ///
    /// [`IdentityError::BirthDate`] or [`IdentityError::Gender`], where a resident identity number says something else.
    pub fn must_agree(&self, birth_date: NaiveDate, gender: Gender) -> Result<(), IdentityError> {
        match self.kind {
            DocumentKind::ResidentIdentity => check_resident_number(&self.number, birth_date, gender),
            _ => Ok(()),
        }
    }

    /// Which document.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The whole number: personal data, to be sealed before it is stored.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }
}

impl fmt::Debug for IdentityDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.kind, mask(&self.number))
    }
}

/// The number of a document with all but its last two characters hidden; wholly hidden where six would not be left.
///
/// A resident identity number says the birth date, and its check digit makes up for one that is hidden: who sees the
/// first three and the last four beside the birth date has 91 numbers to try. What is left here, a test counts.
#[must_use]
pub fn mask(number: &str) -> String {
    let tail = if number.chars().count() >= 8 { 2 } else { 0 };
    ends(number, 0, tail)
}

/// A mobile number with all but its first three and last two characters hidden: a million are left. Of shorter ones,
/// which are foreign, the last two show.
#[must_use]
pub fn mask_mobile(number: &str) -> String {
    let head = if number.chars().count() >= 11 { 3 } else { 0 };
    ends(number, head, 2)
}

/// A number of which nothing shows but how long it is.
#[must_use]
pub fn hide(number: &str) -> String {
    ends(number, 0, 0)
}

fn ends(number: &str, head: usize, tail: usize) -> String {
    let length = number.chars().count();
    let hide = |(at, c): (usize, char)| if at < head || at + tail >= length { c } else { '*' };
    number.chars().enumerate().map(hide).collect()
}

/// A name for strangers' eyes: its first character shows, and its last where there are three or more;
/// a name of one character is hidden. `王小明` is `王*明`, `王明` is `王*`.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    match characters[..] {
        [] => String::new(),
        [_] => "*".to_owned(),
        [first, _] => format!("{first}*"),
        [first, .., last] => format!("{first}{}{last}", "*".repeat(characters.len() - 2)),
    }
}

/// 17 digits and the character that follows from them.
fn check_resident_digits(number: &str) -> Result<(), IdentityError> {
    let bytes = number.as_bytes();
    let digits_then_check = bytes.len() == 18
        && bytes[..17].iter().all(u8::is_ascii_digit)
        && (bytes[17].is_ascii_digit() || bytes[17] == b'X');
    if !digits_then_check {
        return Err(IdentityError::Form);
    }
    if bytes[17] != check_character(&bytes[..17]) {
        return Err(IdentityError::CheckDigit);
    }
    Ok(())
}

fn check_resident_number(number: &str, birth_date: NaiveDate, gender: Gender) -> Result<(), IdentityError> {
    check_resident_digits(number)?;
    let bytes = number.as_bytes();
    if number[6..14] != birth_date.format("%Y%m%d").to_string() {
        return Err(IdentityError::BirthDate);
    }
    let male = (bytes[16] - b'0') % 2 == 1;
    match gender {
        Gender::Male if !male => Err(IdentityError::Gender),
        Gender::Female if male => Err(IdentityError::Gender),
        Gender::Male | Gender::Female => Ok(()),
    }
}

/// ISO 7064 MOD 11-2 over the first 17 digits.
fn check_character(digits: &[u8]) -> u8 {
    let sum = digits.iter().fold(0u32, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    match (12 - sum) % 11 {
        10 => b'X',
        value => b'0' + u8::try_from(value).unwrap_or_default(),
    }
}

fn check_other_number(number: &str) -> Result<(), IdentityError> {
    let fits = (5..=20).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then_some(()).ok_or(IdentityError::Form)
}

/// A mobile number: of the mainland (11 digits from 1), or with a country code (`+` and 7 to 15 digits).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Mobile(String);

/// The text is not a mobile number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 11 digits that start with 1, or + and a country code")]
pub struct MobileError;

impl Mobile {
    /// The whole number: personal data, to be sealed before it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Mobile {
    type Err = MobileError;

    fn from_str(raw: &str) -> Result<Self, MobileError> {
        let text: String = raw.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let is_home = |s: &str| s.len() == 11 && s.starts_with('1') && digits(s);
        let is_abroad =
            |s: &str| s.strip_prefix('+').is_some_and(|rest| (7..=15).contains(&rest.len()) && digits(rest));
        let number = match text.strip_prefix("+86") {
            Some(rest) => Some(rest).filter(|rest| is_home(rest)),
            None => Some(&*text).filter(|text| is_home(text) || is_abroad(text)),
        };
        number.map(|number| Self(number.to_owned())).ok_or(MobileError)
    }
}

impl TryFrom<String> for Mobile {
    type Error = MobileError;

    fn try_from(raw: String) -> Result<Self, MobileError> {
        raw.parse()
    }
}

impl From<Mobile> for String {
    fn from(mobile: Mobile) -> Self {
        mobile.0
    }
}

impl fmt::Debug for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&mask_mobile(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resident(number: &str, birth: &str, gender: Gender) -> Result<IdentityDocument, IdentityError> {
        IdentityDocument::new(DocumentKind::ResidentIdentity, number, birth.parse().unwrap(), gender)
    }

    /// The standard's own two examples.
    #[test]
    fn the_examples_of_gb_11643_pass() {
        assert!(resident("11010519491231002X", "1949-12-31", Gender::Female).is_ok());
        assert!(resident("440524188001010014", "1880-01-01", Gender::Male).is_ok());
        assert!(resident("11010519491231002x", "1949-12-31", Gender::Female).is_ok());
    }

    #[test]
    fn each_disagreement_is_named() {
        use IdentityError::{BirthDate, CheckDigit, Form, Gender as WrongGender};
        let cases = [
            ("110105194912310021", "1949-12-31", Gender::Female, CheckDigit),
            ("11010519491231002X", "1949-12-30", Gender::Female, BirthDate),
            ("11010519491231002X", "1949-12-31", Gender::Male, WrongGender),
            ("11010519491231002", "1949-12-31", Gender::Female, Form),
            ("1101051949123100２X", "1949-12-31", Gender::Female, Form),
        ];
        for (number, birth, gender, error) in cases {
            assert_eq!(resident(number, birth, gender), Err(error), "{number}");
        }
    }

    #[test]
    fn every_single_wrong_digit_is_found() {
        let good = "11010519491231002X";
        for at in 0..17 {
            let wrong = if &good[at..=at] == "9" { "0" } else { "9" };
            let number = format!("{}{wrong}{}", &good[..at], &good[at + 1..]);
            assert_eq!(
                resident(&number, "1949-12-31", Gender::Female),
                Err(IdentityError::CheckDigit),
                "{number}"
            );
        }
    }

    #[test]
    fn a_mask_shows_an_end_only() {
        for (number, masked) in [
            ("11010519491231002X", "****************2X"),
            ("110***********002X", "****************2X"),
            ("E12345678", "*******78"),
            ("E1234567", "******67"),
            ("E123456", "*******"),
            ("E1234", "*****"),
        ] {
            assert_eq!(mask(number), masked);
            assert_eq!(hide(number), "*".repeat(number.len()));
        }
        for (number, masked) in
            [("13800138000", "138******00"), ("+85212345678", "+85*******78"), ("+1234567", "******67")]
        {
            assert_eq!(mask_mobile(number), masked);
        }
    }

    /// How many resident identity numbers of a province fit what is known: each has a thousand codes of areas.
    fn numbers_left(birth: &str, gender: Gender, masked: &str) -> usize {
        let birth: NaiveDate = birth.parse().unwrap();
        let fits =
            |number: &str| masked.chars().zip(number.chars()).all(|(shown, c)| shown == '*' || shown == c);
        let digits = (410_000..411_000).flat_map(|area| {
            (0..1_000).map(move |order| format!("{area}{}{order:03}", birth.format("%Y%m%d")))
        });
        let numbers = digits.map(|digits| {
            let check = char::from(check_character(digits.as_bytes()));
            format!("{digits}{check}")
        });
        numbers.filter(|number| fits(number) && check_resident_number(number, birth, gender).is_ok()).count()
    }

    #[test]
    fn mask_birth_date_and_gender_leave_thousands_of_numbers() {
        let (number, birth) = ("41040219900520123X", "1990-05-20");
        let digits = format!("{}{}", &number[..17], char::from(check_character(&number.as_bytes()[..17])));
        let left = |masked: &str| numbers_left(birth, Gender::Male, masked);
        // The area's first three characters and the last four, as was shown once.
        assert_eq!(left(&format!("{}{}{}", &digits[..3], "*".repeat(11), &digits[14..])), 91);
        assert_eq!(left(&mask(&digits)), 9_091);
        assert_eq!(left(&hide(&digits)), 500_000);
    }

    #[test]
    fn a_masked_name_shows_its_ends() {
        for (name, masked) in [
            ("王", "*"),
            ("王明", "王*"),
            ("王小明", "王*明"),
            ("欧阳小明", "欧**明"),
            ("古丽·买买提", "古****提"),
        ] {
            assert_eq!(mask_name(name), masked);
        }
    }

    #[test]
    fn a_mobile_number_is_kept_in_one_form() {
        for text in ["13800138000", "+86 138-0013-8000", "138 0013 8000"] {
            assert_eq!(text.parse::<Mobile>().unwrap().as_str(), "13800138000");
        }
        assert_eq!("+85212345678".parse::<Mobile>().unwrap().as_str(), "+85212345678");
        for text in ["1380013800", "23800138000", "+1", "abc", "", "+86+8613586", "+86+85212345678"] {
            assert_eq!(text.parse::<Mobile>(), Err(MobileError), "{text}");
        }
    }
}
