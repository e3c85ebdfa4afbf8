//! Bounded text: trimmed, not empty, without control characters, at most `MAX` characters.

use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;
use std::str::FromStr;

/// Text of 1 to `MAX` Unicode scalar values, trimmed, on one line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(String);

/// A name shown to people.
pub type Name = Text<100>;
/// A reason or remark in a person's words; kept beside the journal, never in it.
pub type Note = Text<500>;
/// A short label: a brand, a category, a skill.
pub type Label = Text<40>;

/// Why a text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// More than the place has room for.
    #[error("must be at most {max} characters")]
    TooLong {
        /// The most characters that the place takes.
        max: usize,
    },
    /// A control character, NUL or line break among them.
    #[error("must not contain control characters")]
    Control,
    /// Something else than the characters that a code may have.
    #[error("must consist of letters A-Z, digits, hyphen, dot and underscore")]
    NotACode,
}

impl<const MAX: usize> Text<MAX> {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> FromStr for Text<MAX> {
    type Err = TextError;

    fn from_str(raw: &str) -> Result<Self, TextError> {
        let text = raw.trim();
        if text.is_empty() {
            Err(TextError::Empty)
        } else if text.chars().any(char::is_control) {
            Err(TextError::Control)
        } else if text.chars().count() > MAX {
            Err(TextError::TooLong { max: MAX })
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(de::Error::custom)
    }
}

/// A unit's code (单位代码): 1 to 32 of `A-Z 0-9 - . _`, unique among all units, kept in capitals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct UnitCode(String);

impl UnitCode {
    /// The code itself, in capitals.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for UnitCode {
    type Err = TextError;

    fn from_str(raw: &str) -> Result<Self, TextError> {
        let code = Text::<32>::from_str(raw)?.0.to_ascii_uppercase();
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        code.chars().all(allowed).then_some(Self(code)).ok_or(TextError::NotACode)
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for UnitCode {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_bounded_by_characters_not_bytes() {
        assert_eq!("  志愿红 ".parse::<Text<3>>().unwrap().as_str(), "志愿红");
        assert_eq!("志愿红队".parse::<Text<3>>(), Err(TextError::TooLong { max: 3 }));
        assert_eq!(" \u{3000} ".parse::<Name>(), Err(TextError::Empty));
        assert_eq!("a\0b".parse::<Name>(), Err(TextError::Control));
    }

    #[test]
    fn a_code_is_kept_in_capitals() {
        assert_eq!("school-3".parse::<UnitCode>().unwrap().as_str(), "SCHOOL-3");
        assert_eq!("第三中学".parse::<UnitCode>(), Err(TextError::NotACode));
    }
}
