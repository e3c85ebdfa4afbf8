//! What people write in cells: words, lists, numbers, in English or Chinese, in characters of any width.

use crate::api::language::Language;
use crate::domain::calendar::DayKind;
use crate::domain::evidence::Evidence;
use crate::domain::identity::{DocumentKind, Gender, IdentityError, MobileError};
use crate::domain::text::{Label, TextError};
use icu_normalizer::ComposingNormalizerBorrowed;

/// What is wrong with a cell, in the language of the file's headings.
pub trait Told {
    fn told(&self, language: Language) -> String;
}

/// What was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    pub english: &'static str,
    pub chinese: &'static str,
}

impl Told for Expected {
    fn told(&self, language: Language) -> String {
        match language {
            Language::English => self.english.to_owned(),
            Language::Chinese => self.chinese.to_owned(),
        }
    }
}

impl Told for TextError {
    fn told(&self, language: Language) -> String {
        match (language, self) {
            (Language::English, error) => error.to_string(),
            (Language::Chinese, Self::Empty) => "不能为空".to_owned(),
            (Language::Chinese, Self::TooLong { max }) => format!("最多 {max} 个字符"),
            (Language::Chinese, Self::Control) => "不能含有控制字符".to_owned(),
            (Language::Chinese, Self::NothingVisible) => "没有可见的字符".to_owned(),
            (Language::Chinese, Self::Invisible { code }) => {
                format!("不能含有不可见或格式字符 U+{code:04X}")
            }
            (Language::Chinese, Self::PrivateUse { code }) => format!("不能含有自造字符 U+{code:04X}"),
            (Language::Chinese, Self::Noncharacter { code }) => {
                format!("不能含有 U+{code:04X}，它不是字符")
            }
            (Language::Chinese, Self::MixedScripts) => "不能混用多种文字".to_owned(),
            (Language::Chinese, Self::TakenForLatin) => "不能全用形似拉丁字母的字母".to_owned(),
            (Language::Chinese, Self::NotACode) => "只能由字母 A-Z、数字、连字符、点和下划线组成".to_owned(),
        }
    }
}

impl Told for IdentityError {
    fn told(&self, language: Language) -> String {
        match (language, self) {
            (Language::English, error) => error.to_string(),
            (Language::Chinese, Self::Form) => "不符合该证件号码的格式".to_owned(),
            (Language::Chinese, Self::CheckDigit) => "校验码不对".to_owned(),
            (Language::Chinese, Self::BirthDate) => "与出生日期不符".to_owned(),
            (Language::Chinese, Self::Gender) => "与性别不符".to_owned(),
        }
    }
}

impl Told for MobileError {
    fn told(&self, language: Language) -> String {
        match language {
            Language::English => self.to_string(),
            Language::Chinese => "应为以 1 开头的 11 位数字，或 + 和国家代码".to_owned(),
        }
    }
}

/// In plain characters: full-width digits, letters and marks are the ASCII ones, and no space is around it.
pub fn plain(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfkc().normalize(text).trim().to_owned()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number as it is told by its digits, which a spreadsheet may show with a fraction of nothing: `13800138000.0`.
pub fn number(text: &str) -> String {
    let text = plain(text);
    let is_nothing = |fraction: &str| !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0');
    match text.split_once('.') {
        Some((whole, fraction)) if is_digits(whole) && is_nothing(fraction) => whole.to_owned(),
        _ => text,
    }
}

/// What is written at the end of an identity number for the letter X.
const FOR_X: [char; 8] = ['×', '✕', '✖', '╳', '⨯', 'Х', 'х', 'Χ'];

/// The number of a document without spaces, in plain characters.
pub fn document_number(text: &str) -> String {
    let text: String = plain(text).split_whitespace().collect();
    match text.strip_suffix(FOR_X) {
        Some(digits) if digits.len() == 17 && is_digits(digits) => format!("{digits}X"),
        _ => text.to_ascii_uppercase(),
    }
}

/// What is known of an identity number that went through a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// It was kept as a figure: the last digits are lost.
    Rounded,
    /// Its last three digits are zeros, as a spreadsheet leaves them that keeps fifteen. Few people have such a number.
    Perhaps,
}

/// Whether a spreadsheet took a long number for a figure: `1.10105E+17`, `110105194912310000`, or one with a fraction.
pub fn rounding(text: &str) -> Option<Rounding> {
    let text = plain(text);
    let is_figure =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let has_exponent = text.split_once(['E', 'e']).is_some_and(|(figure, power)| {
        is_figure(figure) && is_digits(power.trim_start_matches('+')) && text.contains(['.', '+'])
    });
    let has_fraction = text
        .split_once('.')
        .is_some_and(|(whole, part)| whole.len() > 15 && is_digits(whole) && is_digits(part));
    if has_exponent || has_fraction {
        Some(Rounding::Rounded)
    } else if text.len() == 18 && is_digits(&text) && text.ends_with("000") {
        Some(Rounding::Perhaps)
    } else {
        None
    }
}

/// `女`, `男`, `female`, `male`.
pub fn gender(text: &str) -> Result<Gender, Expected> {
    let words: &[(Gender, &[&str])] =
        &[(Gender::Female, &["female", "f", "女", "女性"]), (Gender::Male, &["male", "m", "男", "男性"])];
    word(text, words)
        .ok_or(Expected { english: "expected female (女) or male (男)", chinese: "应为男或女" })
}

/// `是`, `否`, `yes`, `no`.
pub fn yes_or_no(text: &str) -> Result<bool, Expected> {
    let words: &[(bool, &[&str])] = &[(true, &["yes", "y", "是", "√"]), (false, &["no", "n", "否", "×"])];
    word(text, words)
        .ok_or(Expected { english: "expected yes (是) or no (否)", chinese: "应为是或否" })
}

/// Whether somebody is a party member: yes or no, or the political status by its name.
pub fn party_member(text: &str) -> Result<bool, Expected> {
    let words: &[(bool, &[&str])] = &[
        (true, &["党员", "中共党员"]),
        (false, &["群众", "团员", "共青团员", "少先队员", "非党员", "无党派人士"]),
    ];
    let expected = Expected {
        english: "expected yes (是) or no (否)",
        chinese: "应为是或否，或中共党员、共青团员、群众",
    };
    yes_or_no(text).or_else(|_| word(text, words).ok_or(expected))
}

/// The kinds of documents, by the API's names or the documents' own.
pub fn document_kind(text: &str) -> Result<DocumentKind, Expected> {
    use DocumentKind as Kind;
    word(
        text,
        &[
            (Kind::ResidentIdentity, &[Kind::ResidentIdentity.into_str(), "居民身份证", "身份证"]),
            (Kind::Passport, &[Kind::Passport.into_str(), "护照"]),
            (
                Kind::HongKongMacaoPermit,
                &[Kind::HongKongMacaoPermit.into_str(), "港澳居民来往内地通行证", "港澳通行证"],
            ),
            (Kind::TaiwanPermit, &[Kind::TaiwanPermit.into_str(), "台湾居民来往大陆通行证", "台胞证"]),
            (
                Kind::ForeignPermanentResident,
                &[Kind::ForeignPermanentResident.into_str(), "外国人永久居留身份证"],
            ),
        ],
    )
    .ok_or(Expected {
        english: "expected resident_identity (居民身份证), passport (护照), hong_kong_macao_permit \
                  (港澳居民来往内地通行证), taiwan_permit (台湾居民来往大陆通行证) or foreign_permanent_resident \
                  (外国人永久居留身份证)",
        chinese: "应为居民身份证、护照、港澳居民来往内地通行证、台湾居民来往大陆通行证或外国人永久居留身份证",
    })
}

/// The kinds of evidence.
pub fn evidence(text: &str) -> Result<Evidence, Expected> {
    word(
        text,
        &[
            (Evidence::Scan, &[Evidence::Scan.into_str(), "扫码"]),
            (Evidence::Geo, &[Evidence::Geo.into_str(), "定位"]),
            (Evidence::Leader, &[Evidence::Leader.into_str(), "负责人确认"]),
            (Evidence::Import, &[Evidence::Import.into_str(), "导入"]),
            (Evidence::Backfill, &[Evidence::Backfill.into_str(), "补录"]),
            (Evidence::Claimed, &[Evidence::Claimed.into_str(), "自报"]),
        ],
    )
    .ok_or(Expected {
        english: "expected scan (扫码), geo (定位), leader (负责人确认), import (导入) or backfill (补录)",
        chinese: "应为扫码、定位、负责人确认、导入或补录",
    })
}

/// Whether people work on a day.
pub fn day_kind(text: &str) -> Result<DayKind, Expected> {
    let words: &[(DayKind, &[&str])] = &[
        (DayKind::Working, &["working", "上班", "班", "工作日"]),
        (DayKind::Rest, &["rest", "休息", "休", "放假", "休息日"]),
    ];
    word(text, words)
        .ok_or(Expected {
            english: "expected working (上班) or rest (休息)", chinese: "应为上班或休息"
        })
}

fn word<T: Copy>(text: &str, words: &[(T, &[&str])]) -> Option<T> {
    let text = plain(text);
    words
        .iter()
        .find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(&text)))
        .map(|(value, _)| *value)
}

/// Most labels in one cell, as in one request of the API.
const MOST_LABELS: usize = 20;

/// Why a list of labels was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelsError {
    #[error("each of the list {0}")]
    Label(#[from] TextError),
    #[error("at most {MOST_LABELS} in one cell")]
    TooMany,
}

impl Told for LabelsError {
    fn told(&self, language: Language) -> String {
        match (language, self) {
            (Language::English, error) => error.to_string(),
            (Language::Chinese, Self::Label(error)) => format!("每一项{}", error.told(language)),
            (Language::Chinese, Self::TooMany) => format!("每格最多 {MOST_LABELS} 项"),
        }
    }
}

/// Labels parted by `;`, `；` or `、`.
pub fn labels(text: &str) -> Result<Vec<Label>, LabelsError> {
    let parts = text.split([';', '；', '、']).map(str::trim).filter(|part| !part.is_empty());
    let labels = parts.map(str::parse).collect::<Result<Vec<Label>, TextError>>()?;
    if labels.len() <= MOST_LABELS { Ok(labels) } else { Err(LabelsError::TooMany) }
}

/// Occasions: one to four digits.
pub fn whole_number(text: &str) -> Result<i64, Expected> {
    let text = number(text);
    let read =
        Some(&text).filter(|text| is_digits(text) && text.len() <= 4).and_then(|text| text.parse().ok());
    read.ok_or(Expected { english: "expected a whole number", chinese: "应为整数" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    #[test]
    fn words_are_known_in_both_languages() {
        assert_eq!((gender("女"), gender("Male")), (Ok(Gender::Female), Ok(Gender::Male)));
        assert_eq!((yes_or_no("是"), yes_or_no("ＮＯ")), (Ok(true), Ok(false)));
        assert_eq!((evidence("补录"), evidence("scan")), (Ok(Evidence::Backfill), Ok(Evidence::Scan)));
        assert_eq!(document_kind("护照"), Ok(DocumentKind::Passport));
        assert_eq!(document_kind("resident_identity"), Ok(DocumentKind::ResidentIdentity));
        assert!(gender("未知").is_err() && yes_or_no("").is_err() && evidence("hearsay").is_err());
        assert_eq!((day_kind("班"), day_kind("放假")), (Ok(DayKind::Working), Ok(DayKind::Rest)));
        assert!(day_kind("周末").is_err());
        assert!(document_kind("驾驶证").unwrap_err().english.contains("居民身份证"));
        for (text, member) in [("中共党员", true), ("群众", false), ("否", false)] {
            assert_eq!(party_member(text), Ok(member), "{text}");
        }
        assert!(party_member("预备").is_err());
    }

    #[test]
    fn every_word_of_the_domain_can_be_written() {
        for &known in Evidence::VARIANTS {
            assert_eq!(evidence(known.into_str()), Ok(known));
        }
    }

    #[test]
    fn numbers_are_read_in_characters_of_any_width() {
        for text in ["13800138000", "１３８００１３８０００", "13800138000.0", " 13800138000.00 "]
        {
            assert_eq!(number(text), "13800138000", "{text}");
        }
        assert_eq!((number("138.5").as_str(), number("1.380E10").as_str()), ("138.5", "1.380E10"));
        for text in [
            "11010519491231002X",
            "１１０１０５１９４９１２３１００２Ｘ",
            "11010519491231002×",
            "110105 19491231 002x",
            "11010519491231002Х",
        ] {
            assert_eq!(document_number(text), "11010519491231002X", "{text}");
        }
        assert_eq!(document_number("e×"), "E×", "only at the end of a resident's number");
        assert_eq!((whole_number("３"), whole_number("3.0")), (Ok(3), Ok(3)));
        assert!(
            whole_number("-1").is_err() && whole_number("2.5").is_err() && whole_number("12345").is_err()
        );
    }

    #[test]
    fn a_number_that_a_spreadsheet_rounded_is_told_apart() {
        for text in
            ["1.10105E+17", "9.9E+17", "9.9e+17", "9E+17", "1.1E17", "１.１Ｅ＋17", "110105194912310000.0"]
        {
            assert_eq!(rounding(text), Some(Rounding::Rounded), "{text}");
        }
        for text in ["110105194912310000", "990000198501088000", "９９００００１９８５０１０８８０００"]
        {
            assert_eq!(rounding(text), Some(Rounding::Perhaps), "{text}");
        }
        for text in [
            "11010519491231002X",
            "E1234567",
            "12E45678",
            "000",
            "13800138000",
            "",
            "E+",
            "110105194912310001",
        ] {
            assert_eq!(rounding(text), None, "{text}");
        }
    }

    #[test]
    fn lists_are_parted_by_any_of_three_marks() {
        let texts =
            |labels: Vec<Label>| labels.iter().map(|label| label.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(texts(labels("急救; 英语；摄影、 ").unwrap()), ["急救", "英语", "摄影"]);
        assert_eq!(labels(";"), Ok(vec![]));
        assert_eq!(labels(&"长".repeat(41)), Err(LabelsError::Label(TextError::TooLong { max: 40 })));
        assert_eq!(labels(&"a;".repeat(21)), Err(LabelsError::TooMany));
    }
}
