//! Whether a text is of what names and other words are made of. Bytes that are read in another encoding than they were
//! written in come out as letters that nobody writes beside one another: лѩ÷, Ren茅e, 鐜嬫槑.

use encoding_rs::GB18030;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, Script};
use std::collections::BTreeSet;

/// Whether each word of a text could have been written by somebody, whatever encoding it came in.
pub fn is_plausible(text: &str) -> bool {
    words(text).all(|word| could_be_written(&word))
}

/// The same, of what could be UTF-8 as well and was read as GB18030: no character is rare, and at least half of each word
/// are of the 3,755 commonest. UTF-8 that is taken for GB18030 comes out as others.
pub fn is_plausible_gb18030(text: &str) -> bool {
    words(text).all(|word| could_be_written(&word) && is_of_common_characters(&word))
}

/// Letters, and what stands between them that parts no words. What does not show speaks for nothing.
fn words(text: &str) -> impl Iterator<Item = Vec<char>> + '_ {
    let parts = |c: char| {
        let is_no_letter = c.is_whitespace() || c == '·' || category(c) == GeneralCategory::Format;
        is_no_letter || (c.is_ascii() && !c.is_ascii_alphanumeric()) || is_punctuation(c)
    };
    text.split(parts).filter(|word| !word.is_ascii()).map(|word| word.chars().collect())
}

/// Punctuation as it is written in Chinese and in books; none of what Latin-1 has, which is mostly misread.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3020}')
        || matches!(c, '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF5E}')
}

fn could_be_written(word: &[char]) -> bool {
    let letters: Vec<char> = word.iter().copied().filter(|c| is_letter(*c)).collect();
    word.first().is_some_and(|c| !is_mark(*c))
        && word.iter().all(|c| is_letter(*c) || is_mark(*c) || is_digit_or_late_symbol(*c))
        && are_written_together(&letters)
        && !is_han_within_latin(word)
}

fn are_written_together(letters: &[char]) -> bool {
    let of_none = [Script::Common, Script::Inherited];
    let scripts: BTreeSet<Script> =
        letters.iter().map(|c| script(*c)).filter(|script| !of_none.contains(script)).collect();
    let of_east_asia = [Script::Han, Script::Hiragana, Script::Katakana, Script::Bopomofo, Script::Hangul];
    let mut others = scripts.iter().copied().filter(|script| !of_east_asia.contains(script));
    match (others.next(), others.next()) {
        (None, _) => true,
        (Some(_), Some(_)) => false,
        (Some(Script::Latin), None) if scripts.len() > 1 => {
            letters.iter().all(|c| script(*c) != Script::Latin || c.is_ascii())
        }
        (Some(Script::Latin), None) => letters.iter().any(char::is_ascii),
        (Some(Script::Cyrillic), None) => {
            scripts.len() == 1 && letters.len() > 1 && is_present_cyrillic(letters)
        }
        (Some(_), None) => scripts.len() == 1 && letters.len() > 1,
    }
}

/// Letters that some language writes today, none small before a capital.
fn is_present_cyrillic(letters: &[char]) -> bool {
    let is_present = |c: &char| matches!(c, '\u{401}'..='\u{45F}' | '\u{490}'..='\u{4E9}');
    let is_out_of_order = |pair: &[char]| pair[0].is_lowercase() && pair[1].is_uppercase();
    letters.iter().all(is_present) && !letters.windows(2).any(is_out_of_order)
}

/// `Ren茅e`: a Chinese character between small Latin letters.
fn is_han_within_latin(word: &[char]) -> bool {
    let runs_on = |c: char| c.is_ascii_lowercase();
    word.windows(3).any(|three| runs_on(three[0]) && script(three[1]) == Script::Han && runs_on(three[2]))
}

/// Whether all Chinese characters are of GB/T 2312, and half of them of its first level, the commonest.
fn is_of_common_characters(word: &[char]) -> bool {
    let han = || word.iter().filter(|c| script(**c) == Script::Han);
    let common = han().filter(|c| matches!(lead_in_gb2312(**c), Some(0xB0..=0xD7))).count();
    han().all(|c| lead_in_gb2312(*c).is_some()) && 2 * common >= han().count()
}

/// The first byte of a Chinese character of GB/T 2312.
fn lead_in_gb2312(c: char) -> Option<u8> {
    let mut utf8 = [0; 4];
    let (bytes, _, _) = GB18030.encode(c.encode_utf8(&mut utf8));
    match bytes[..] {
        [lead @ 0xB0..=0xF7, 0xA1..=0xFE] => Some(lead),
        _ => None,
    }
}

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

fn is_letter(c: char) -> bool {
    use GeneralCategory as Is;
    let letters = [
        Is::UppercaseLetter,
        Is::LowercaseLetter,
        Is::TitlecaseLetter,
        Is::ModifierLetter,
        Is::OtherLetter,
        Is::LetterNumber,
    ];
    letters.contains(&category(c))
}

fn is_mark(c: char) -> bool {
    use GeneralCategory as Is;
    [Is::NonspacingMark, Is::SpacingMark, Is::EnclosingMark].contains(&category(c))
}

/// Digits of any script, and symbols beyond Latin-1: ℃, №, ★.
fn is_digit_or_late_symbol(c: char) -> bool {
    use GeneralCategory as Is;
    let symbols = [
        Is::MathSymbol,
        Is::CurrencySymbol,
        Is::ModifierSymbol,
        Is::OtherSymbol,
        Is::OtherNumber,
        Is::OtherPunctuation,
    ];
    category(c) == Is::DecimalNumber || (c >= '\u{2000}' && symbols.contains(&category(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_plausible() {
        for text in [
            "谢雪梅,女,1990-05-10",
            "王䶮",
            "赵𠮷",
            "古丽·买买提",
            "Renée, Şahin, İnönü",
            "Иван Петров",
            "山田さくら",
            "Ελένη",
            "محمد",
            "高一A班",
            "3年级（2）班",
            "志愿服务★★★ 25℃",
            "O’Neill—“好”",
            "ᠮᠣᠩᠭᠣᠯ",
        ] {
            assert!(is_plausible(text), "{text}");
        }
        for text in ["谢雪梅", "翟瑾", "平顶山市教育体育局", "高一A班"] {
            assert!(is_plausible_gb18030(text), "{text}");
        }
    }

    #[test]
    fn what_comes_of_misreading_is_not() {
        for text in ["лѩ÷", "ѩл", "Сл÷", "сС", "Ó¢", "ÐÕÃû", "é", "\u{301}a", "Ñİл", "\u{E000}", "л", "谢л"]
        {
            assert!(!is_plausible(text), "{text}");
        }
        for text in ["鐜嬫槑", "寮犱笁", "Ren茅e", "袠胁邪薪", "璋㈤洩姊"] {
            assert!(!is_plausible_gb18030(text), "{text}");
        }
    }
}
