//! Bounded text: trimmed, at most `MAX` characters, on one line, and of nothing but what shows.
//!
//! What somebody tells is read strictly (`FromStr`, and [`TEXT`] at the edges); what is stored already is read as it
//! was taken once, however much stricter the rules have become since ([`Text::stored`], and serde elsewhere).

mod told;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;
use std::str::FromStr;

/// The name by which a text announces itself to serde, so that a reader of requests knows that it has to be
/// [`told`](as_told) by the present rules.
pub const TEXT: &str = "hourbook::Text";

/// Text of 1 to `MAX` Unicode scalar values, trimmed, on one line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(String);

/// A name shown to people.
pub type Name = Text<100>;
/// A reason or remark in a person's words; kept beside the journal, never in it.
pub type Note = Text<500>;
/// A few words that others read, such as of a rating; kept as a [`Note`].
pub type Remark = Text<200>;
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
    /// White space, marks and the like alone.
    #[error("must have at least one visible character")]
    NothingVisible,
    /// A character that does not show, or turns the direction of writing, where no script needs it.
    #[error("must not contain the invisible or formatting character U+{code:04X}")]
    Invisible {
        /// Its number.
        code: u32,
    },
    /// Has no meaning outside the program that made it.
    #[error("must not contain the private-use character U+{code:04X}")]
    PrivateUse {
        /// Its number.
        code: u32,
    },
    /// Is none, by the standard.
    #[error("must not contain U+{code:04X}, which is no character")]
    Noncharacter {
        /// Its number.
        code: u32,
    },
    /// Letters of several scripts that are not written together.
    #[error("must not mix letters of several scripts")]
    MixedScripts,
    /// Not Latin, though every letter looks so.
    #[error("must not consist of letters that are taken for Latin ones")]
    TakenForLatin,
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

    /// A text that was taken once, by the rules of then.
    pub fn stored(raw: &str) -> Result<Self, TextError> {
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

/// Whatever is short enough for a remark is so for a note.
impl From<Remark> for Note {
    fn from(remark: Remark) -> Self {
        Self(remark.0)
    }
}

/// A text as it is kept, if it may be told so: in one form, with nothing in it that does not show.
pub fn as_told(raw: &str) -> Result<String, TextError> {
    let text = told::composed(raw);
    told::check(&text)?;
    Ok(text)
}

/// A text as searches compare it: spaces and capitals make no difference, nor do full-width forms.
#[must_use]
pub fn searched(text: &str) -> String {
    told::searched(text)
}

impl<const MAX: usize> FromStr for Text<MAX> {
    type Err = TextError;

    fn from_str(raw: &str) -> Result<Self, TextError> {
        Self::stored(&as_told(raw)?)
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Reader<const MAX: usize>;

        impl<'de, const MAX: usize> Visitor<'de> for Reader<MAX> {
            type Value = Text<MAX>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<Text<MAX>, D::Error> {
                Text::stored(&String::deserialize(input)?).map_err(de::Error::custom)
            }
        }

        input.deserialize_newtype_struct(TEXT, Reader)
    }
}

/// The name by which somebody logs in: in small letters, of one script, so that two that look alike are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct LoginName(Name);

impl LoginName {
    /// A login that was taken once, by the rules of then.
    pub fn stored(raw: &str) -> Result<Self, TextError> {
        Name::stored(raw).map(Self)
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for LoginName {
    type Err = TextError;

    fn from_str(raw: &str) -> Result<Self, TextError> {
        let name: Name = told::login(&as_told(raw)?).parse()?;
        told::check_login(name.as_str())?;
        Ok(Self(name))
    }
}

impl fmt::Display for LoginName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<LoginName> for Name {
    fn from(login: LoginName) -> Self {
        login.0
    }
}

impl<'de> Deserialize<'de> for LoginName {
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
    fn a_text_that_does_not_show_is_none() {
        for nothing in ["\u{301}", "\u{2800}", "\u{2800} \u{2800}"] {
            assert_eq!(nothing.parse::<Name>(), Err(TextError::NothingVisible), "{nothing:?}");
        }
        for hidden in [
            "\u{200B}",
            "\u{2060}\u{2060}",
            "\u{3164}",
            "\u{AD}",
            "\u{115F}",
            "\u{FFA0}",
            "张三\u{200B}",
            "王\u{202E}明小",
            "a\u{2066}b\u{2069}",
            "张\u{FEFF}三",
            "\u{34F}a",
            "a\u{200D}b",
            "a\u{200C}b",
            "张三\u{200D}",
            "\u{FE0F}",
            "a\u{E0100}",
            "a\u{E0041}",
            "a\u{2065}b",
            "\u{180E}a",
        ] {
            assert!(matches!(hidden.parse::<Name>(), Err(TextError::Invisible { .. })), "{hidden:?}");
        }
        for none in ["\u{FFFE}李", "a\u{FDD0}", "\u{10FFFF}"] {
            assert!(matches!(none.parse::<Name>(), Err(TextError::Noncharacter { .. })), "{none:?}");
        }
        assert_eq!("\u{E000}".parse::<Name>(), Err(TextError::PrivateUse { code: 0xE000 }));
        assert_eq!("a\u{2028}b".parse::<Name>(), Err(TextError::Control));
    }

    #[test]
    fn what_a_script_needs_is_taken() {
        for text in [
            "张\u{3000}三",
            "李 四",
            "李𢚯",
            "赵𤭢",
            "葛\u{E0100}城",
            "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "👩\u{200D}🏫",
            "👩🏽\u{200D}🏫",
            "❤\u{FE0F}\u{200D}🔥",
            "ᠮᠣᠩᠭᠣᠯ\u{180E}ᠠ",
            "ᠠ\u{180B}",
            "བོད་ཡིག",
            "古丽·买买提",
            "O’Neill",
            "あ\u{3099}",
        ] {
            assert!(text.parse::<Name>().is_ok(), "{text:?}: {:?}", text.parse::<Name>());
        }
    }

    #[test]
    fn what_looks_the_same_is_kept_in_one_form() {
        assert_eq!("Rene\u{301}".parse::<Name>().unwrap().as_str(), "Ren\u{E9}");
        for spaced in ["张\u{3000}三", "张 三", " 张三 ", "张\u{200B}三"] {
            assert_eq!(searched(spaced), "张三");
        }
        assert_eq!(searched("Ｌｉ Si"), "lisi");
    }

    #[test]
    fn what_is_stored_is_read_as_it_was_taken() {
        assert_eq!(Name::stored("张三\u{200B}").unwrap().as_str(), "张三\u{200B}");
        assert_eq!(serde_json::from_str::<Name>("\"\u{202E}a\"").unwrap().as_str(), "\u{202E}a");
    }

    #[test]
    fn two_logins_that_look_alike_are_one() {
        for login in ["Zhou", "ＺＨＯＵ", " zhou ", "ｚhou"] {
            assert_eq!(login.parse::<LoginName>().unwrap().as_str(), "zhou", "{login}");
        }
        for login in ["周老师", "周 li", "王3", "root-1", "иван", "ᠠᠮ"] {
            assert!(login.parse::<LoginName>().is_ok(), "{login}");
        }
        assert_eq!("zh\u{43E}u".parse::<LoginName>(), Err(TextError::MixedScripts));
        assert_eq!("\u{430}\u{441}\u{435}".parse::<LoginName>(), Err(TextError::TakenForLatin));
        assert!(matches!("zh\u{200B}ou".parse::<LoginName>(), Err(TextError::Invisible { .. })));
    }

    #[test]
    fn a_code_is_kept_in_capitals() {
        assert_eq!("school-3".parse::<UnitCode>().unwrap().as_str(), "SCHOOL-3");
        assert_eq!("第三中学".parse::<UnitCode>(), Err(TextError::NotACode));
    }
}
