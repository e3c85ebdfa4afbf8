//! Why a member of a body, or a parameter, is refused: a word for programs beside the sentence for people.
//!
//! serde hands a fault on as a text and no more, so this is the one place that reads those texts again. What
//! is not known here is `not_allowed`.

use serde::Serialize;
use std::fmt::Write;
use utoipa::ToSchema;

/// Why a member of the body, or a parameter, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldReason {
    /// It is of another type: a text where a number belongs.
    WrongType,
    /// It is none of the words that are taken here.
    NotAChoice,
    /// It is too small or too large, too early or too late.
    OutOfRange,
    /// It has too few or too many characters or items.
    WrongLength,
    /// It is not written as such things are.
    WrongForm,
    /// It has a character that has no place in it, or none that shows.
    WrongCharacter,
    /// Its check digit is wrong: something was mistyped.
    WrongCheckDigit,
    /// It disagrees with another member.
    Disagrees,
    /// It is given twice.
    GivenTwice,
    /// Nothing is known by this name here.
    Unknown,
    /// It is needed.
    Missing,
    /// It is not taken for another reason, which the detail tells.
    NotAllowed,
}

/// What a detail begins with, or holds, and what it means. The first that fits counts.
const BEGINNINGS: &[(&str, FieldReason)] = &[
    ("unknown", FieldReason::Unknown),
    ("missing field", FieldReason::Missing),
    ("duplicate field", FieldReason::GivenTwice),
    ("given more than once", FieldReason::GivenTwice),
    ("each may be named once", FieldReason::GivenTwice),
    ("expected one of", FieldReason::NotAChoice),
    ("expected volunteer, coordinator", FieldReason::NotAChoice),
    ("expected true or false", FieldReason::NotAChoice),
    ("expected an object", FieldReason::WrongType),
    ("expected an array", FieldReason::WrongType),
    ("expected a text", FieldReason::WrongType),
    ("expected a number from", FieldReason::OutOfRange),
    ("expected a number", FieldReason::WrongType),
    ("expected a value of another type", FieldReason::WrongType),
    ("expected a whole number from", FieldReason::OutOfRange),
    ("expected a whole number", FieldReason::WrongType),
    ("expected more than 0", FieldReason::OutOfRange),
    ("must lie between", FieldReason::OutOfRange),
    ("the journal does not reach", FieldReason::OutOfRange),
    ("this instant or day is not over", FieldReason::OutOfRange),
    ("must not be empty", FieldReason::WrongLength),
    ("must be at most", FieldReason::WrongLength),
    ("a password has at", FieldReason::WrongLength),
    ("must have at least one visible", FieldReason::WrongCharacter),
    ("must not", FieldReason::WrongCharacter),
    ("must consist of", FieldReason::WrongCharacter),
    ("the check digit is wrong", FieldReason::WrongCheckDigit),
    ("the document's number disagrees", FieldReason::Disagrees),
    ("the document's number", FieldReason::WrongForm),
    ("not an id of this kind", FieldReason::WrongForm),
];

impl FieldReason {
    /// The reason that a detail tells of.
    #[must_use]
    pub fn of(detail: &str) -> Self {
        let known = BEGINNINGS.iter().find(|(beginning, _)| detail.starts_with(beginning));
        if let Some((_, reason)) = known {
            return *reason;
        }
        match detail.strip_prefix("expected ") {
            Some(rest) if rest.ends_with(" characters") || rest.contains(" items") => Self::WrongLength,
            Some(_) => Self::WrongForm,
            None => Self::NotAllowed,
        }
    }

    /// The sentence in Chinese, with the choices and bounds that the detail names.
    pub(super) fn in_chinese(self, detail: &str) -> String {
        let mut text = String::from(match self {
            Self::WrongType => "类型不对",
            Self::NotAChoice => "不是可选的值",
            Self::OutOfRange => "超出允许的范围",
            Self::WrongLength => "长度或个数不对",
            Self::WrongForm => "格式不对",
            Self::WrongCharacter => "含有不能使用的字符，或者没有可见的字符",
            Self::WrongCheckDigit => "校验码不对，请核对号码",
            Self::Disagrees => "与另一项不一致",
            Self::GivenTwice => "重复",
            Self::Unknown => "没有这一项",
            Self::Missing => "缺少这一项",
            Self::NotAllowed => "不能使用这个值",
        });
        let named = named_in(detail);
        if !named.is_empty() {
            // Writing into a String cannot fail.
            let _ = write!(text, "（{}）", named.join("、"));
        }
        text.push('。');
        text
    }
}

/// What a detail names that is the same in every language: the words it quotes, else its figures and forms.
fn named_in(detail: &str) -> Vec<&str> {
    let quoted: Vec<&str> = detail.split('`').skip(1).step_by(2).collect();
    if !quoted.is_empty() {
        return quoted;
    }
    let is_told = |word: &&str| {
        word.starts_with("U+") || word.contains("YYYY") || word.bytes().any(|b| b.is_ascii_digit())
    };
    detail.split([' ', ',']).filter(is_told).collect()
}
