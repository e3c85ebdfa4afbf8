//! What a text may be made of when somebody tells it: nothing that does not show, and one form of what looks the
//! same.

use super::TextError;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::props::{DefaultIgnorableCodePoint, ExtendedPictographic, GeneralCategory, Script};
use icu_properties::{CodePointMapData, CodePointSetData};
use std::collections::BTreeSet;

const ZERO_WIDTH_NON_JOINER: char = '\u{200C}';
const ZERO_WIDTH_JOINER: char = '\u{200D}';
/// Takes up room, and shows nothing.
const BLANK_BRAILLE: char = '\u{2800}';

/// Scripts in which a joiner between two letters changes how they are written.
const JOINING_SCRIPTS: [Script; 17] = [
    Script::Arabic,
    Script::Bengali,
    Script::Devanagari,
    Script::Gujarati,
    Script::Gurmukhi,
    Script::Kannada,
    Script::Khmer,
    Script::Malayalam,
    Script::Mongolian,
    Script::Myanmar,
    Script::Nko,
    Script::Oriya,
    Script::Sinhala,
    Script::Syriac,
    Script::Tamil,
    Script::Telugu,
    Script::Tibetan,
];

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

fn is_ignorable(c: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

fn is_pictograph(c: char) -> bool {
    CodePointSetData::new::<ExtendedPictographic>().contains(c)
}

fn is_mark(c: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    matches!(category(c), EnclosingMark | NonspacingMark | SpacingMark)
}

fn is_letter(c: char) -> bool {
    use GeneralCategory as Is;
    matches!(
        category(c),
        Is::UppercaseLetter
            | Is::LowercaseLetter
            | Is::TitlecaseLetter
            | Is::ModifierLetter
            | Is::OtherLetter
    )
}

/// Whether there is something to see of it by itself.
fn is_visible(c: char) -> bool {
    use GeneralCategory as Is;
    let shows_nothing = matches!(
        category(c),
        Is::SpaceSeparator | Is::LineSeparator | Is::ParagraphSeparator | Is::Control | Is::Format
    );
    !(shows_nothing || is_mark(c) || is_ignorable(c) || c == BLANK_BRAILLE)
}

const fn is_noncharacter(c: char) -> bool {
    let code = c as u32;
    code & 0xFFFE == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF)
}

/// The text as it is kept: trimmed, in Normalization Form C.
pub(super) fn composed(raw: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(raw.trim()).into_owned()
}

/// Refuses what does not show, what turns the direction of writing, and what is no character.
pub(super) fn check(text: &str) -> Result<(), TextError> {
    let chars: Vec<char> = text.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        check_character(c, &chars[..at], &chars[at + 1..])?;
    }
    if chars.is_empty() {
        Err(TextError::Empty)
    } else if chars.iter().any(|c| is_visible(*c)) {
        Ok(())
    } else {
        Err(TextError::NothingVisible)
    }
}

fn check_character(c: char, before: &[char], after: &[char]) -> Result<(), TextError> {
    use GeneralCategory as Is;
    let code = c as u32;
    match category(c) {
        Is::Control | Is::LineSeparator | Is::ParagraphSeparator => Err(TextError::Control),
        Is::PrivateUse => Err(TextError::PrivateUse { code }),
        _ if is_noncharacter(c) => Err(TextError::Noncharacter { code }),
        Is::Format if !joins(c, before, after) => Err(TextError::Invisible { code }),
        Is::Format => Ok(()),
        _ if is_ignorable(c) && !selects_variant(c, before) => Err(TextError::Invisible { code }),
        _ => Ok(()),
    }
}

/// Whether a format character stands where its script needs it: between two letters, or two pictographs.
fn joins(c: char, before: &[char], after: &[char]) -> bool {
    let is_skin_tone = |c: char| ('\u{1F3FB}'..='\u{1F3FF}').contains(&c);
    let base = before.iter().rev().copied().find(|c| !is_mark(*c) && !is_skin_tone(*c));
    let (Some(base), Some(&next)) = (base, after.first()) else { return false };
    let between_letters = |scripts: &[Script]| {
        is_letter(base) && is_letter(next) && script(base) == script(next) && scripts.contains(&script(base))
    };
    match c {
        ZERO_WIDTH_JOINER if is_pictograph(base) => is_pictograph(next),
        ZERO_WIDTH_JOINER | ZERO_WIDTH_NON_JOINER => between_letters(&JOINING_SCRIPTS),
        '\u{180E}' => between_letters(&[Script::Mongolian]),
        _ => false,
    }
}

/// Whether a variation selector follows something that has variants.
fn selects_variant(c: char, before: &[char]) -> bool {
    let Some(&base) = before.last() else { return false };
    match c {
        '\u{FE00}'..='\u{FE0F}' => is_visible(base),
        '\u{E0100}'..='\u{E01EF}' => script(base) == Script::Han,
        '\u{180B}'..='\u{180D}' | '\u{180F}' => script(base) == Script::Mongolian && is_letter(base),
        _ => false,
    }
}

/// The text as searches compare it: compatible forms are one (full-width letters among them), capitals are small
/// letters, and what does not show is left out, spaces among them.
pub(super) fn searched(text: &str) -> String {
    let shows = |c: &char| !(c.is_whitespace() || is_ignorable(*c) || *c == BLANK_BRAILLE);
    compatible(text).chars().filter(shows).collect()
}

/// A log-in name as it is kept: compatible forms are one, capitals are small letters, spaces in a row are one.
pub(super) fn login(text: &str) -> String {
    compatible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn compatible(text: &str) -> String {
    let compatible = ComposingNormalizerBorrowed::new_nfkc();
    compatible.normalize(&compatible.normalize(text).to_lowercase()).into_owned()
}

/// Letters that are taken for Latin ones, of scripts whose capitals and small letters came from the same source.
const TAKEN_FOR_LATIN: &str = "асԁеһіјӏорԛѕԝхуἱӧαεικνορυχւօսցհո";

/// Refuses a log-in name that may be taken for another: of letters of several scripts (Chinese, Japanese and
/// Korean beside Latin apart), or of others than Latin ones that all look Latin.
pub(super) fn check_login(login: &str) -> Result<(), TextError> {
    let letters: Vec<char> = login.chars().filter(|c| is_letter(*c)).collect();
    let of_no_script = [Script::Common, Script::Inherited];
    let scripts: BTreeSet<Script> =
        letters.iter().map(|c| script(*c)).filter(|script| !of_no_script.contains(script)).collect();
    let beside_latin =
        [Script::Han, Script::Bopomofo, Script::Hiragana, Script::Katakana, Script::Hangul, Script::Latin];
    let is_one_way_of_writing = scripts.len() <= 1 || scripts.iter().all(|s| beside_latin.contains(s));
    let is_taken_for_latin = |c: &char| {
        let base =
            DecomposingNormalizerBorrowed::new_nfd().normalize(c.encode_utf8(&mut [0; 4])).chars().next();
        base.is_some_and(|base| TAKEN_FOR_LATIN.contains(base))
    };
    if !is_one_way_of_writing {
        Err(TextError::MixedScripts)
    } else if !letters.is_empty() && letters.iter().all(is_taken_for_latin) {
        Err(TextError::TakenForLatin)
    } else {
        Ok(())
    }
}
