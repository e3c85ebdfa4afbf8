//! The fonts that certificates are set in, in turn: each character in the first that has it, so that none becomes a box
//! or is left out. Where none has it, that is told.

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};
use krilla::text::Font;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use ttf_parser::Face;

/// Fonts at hand, the preferred first. One is read when the first character needs it.
#[derive(Debug)]
pub struct Fonts(Vec<FontFile>);

/// A font in a file, which may be a collection.
#[derive(Debug)]
struct FontFile {
    path: PathBuf,
    index: u32,
    read: OnceLock<Option<LoadedFont>>,
}

/// A font that was read.
pub struct LoadedFont {
    bytes: Arc<Vec<u8>>,
    index: u32,
    /// As it is drawn with.
    pub font: Font,
}

/// Text that is set in one font.
#[derive(Debug)]
pub struct Run<'f> {
    pub font: &'f Font,
    pub text: String,
    /// At size 1.
    width: f32,
}

impl Run<'_> {
    #[must_use]
    pub fn width(&self, size: f32) -> f32 {
        self.width * size
    }
}

impl LoadedFont {
    /// Reads a font.
    pub fn read(path: &Path, index: u32) -> Result<Self, String> {
        let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let bytes = Arc::new(bytes);
        let no_font = || format!("{} has no font {index}", path.display());
        Face::parse(&bytes, index).map_err(|_| no_font())?;
        let font = Font::new(bytes.clone().into(), index).ok_or_else(no_font)?;
        Ok(Self { bytes, index, font })
    }

    /// How wide these characters are at size 1, if the font has them all.
    fn width_of(&self, cluster: &[char]) -> Option<f32> {
        let face = Face::parse(&self.bytes, self.index).ok()?;
        let units = f32::from(face.units_per_em());
        let widths = cluster.iter().map(|c| match face.glyph_index(*c) {
            Some(glyph) if glyph.0 != 0 => {
                Some(f32::from(face.glyph_hor_advance(glyph).unwrap_or_default()) / units)
            }
            _ => does_not_show(*c).then_some(0.0),
        });
        widths.sum()
    }
}

impl std::fmt::Debug for LoadedFont {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoadedFont").field("index", &self.index).finish_non_exhaustive()
    }
}

impl Fonts {
    /// The fonts of these files, each by its place in a collection, in turn.
    pub fn of_files(files: impl IntoIterator<Item = (PathBuf, u32)>) -> Self {
        let file = |(path, index)| FontFile { path, index, read: OnceLock::new() };
        Self(files.into_iter().map(file).collect())
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn loaded(&self) -> impl Iterator<Item = &LoadedFont> {
        self.0.iter().filter_map(|file| {
            let read = || LoadedFont::read(&file.path, file.index);
            let told = |error| tracing::warn!(%error, "a font for certificates cannot be read");
            file.read.get_or_init(|| read().map_err(told).ok()).as_ref()
        })
    }

    /// The text in the fonts that have its characters; or those that none has.
    pub fn set(&self, text: &str) -> Result<Vec<Run<'_>>, BTreeSet<char>> {
        let (mut runs, mut missing) = (Vec::<Run>::new(), BTreeSet::new());
        for cluster in clusters(text) {
            let found = self.loaded().find_map(|loaded| Some((&loaded.font, loaded.width_of(&cluster)?)));
            let Some((font, width)) = found else {
                missing.extend(cluster.into_iter().filter(|c| !self.have(*c)));
                continue;
            };
            match runs.last_mut() {
                Some(run) if run.font == font => {
                    run.text.extend(cluster);
                    run.width += width;
                }
                _ => runs.push(Run { font, text: cluster.into_iter().collect(), width }),
            }
        }
        if missing.is_empty() { Ok(runs) } else { Err(missing) }
    }

    fn have(&self, c: char) -> bool {
        self.loaded().any(|font| font.width_of(&[c]).is_some())
    }

    /// How wide the text is set; a character that no font has counts as a whole one, since it is refused anyway.
    #[must_use]
    pub fn width_of(&self, text: &str, size: f32) -> f32 {
        let width =
            |cluster: Vec<char>| self.loaded().find_map(|font| font.width_of(&cluster)).unwrap_or(1.0);
        clusters(text).map(width).sum::<f32>() * size
    }
}

/// Characters with what is written onto them.
fn clusters(text: &str) -> impl Iterator<Item = Vec<char>> {
    let mut chars = text.chars().peekable();
    std::iter::from_fn(move || {
        let mut cluster = vec![chars.next()?];
        while let Some(c) = chars.next_if(|c| is_mark(*c) || does_not_show(*c)) {
            cluster.push(c);
        }
        Some(cluster)
    })
}

fn is_mark(c: char) -> bool {
    use GeneralCategory as Is;
    let marks = [Is::NonspacingMark, Is::SpacingMark, Is::EnclosingMark];
    marks.contains(&CodePointMapData::<GeneralCategory>::new().get(c))
}

fn does_not_show(c: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHINESE: &str = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc";
    const LATIN: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

    fn fonts(files: &[&str]) -> Fonts {
        Fonts::of_files(files.iter().map(|path| (PathBuf::from(path), 0)))
    }

    #[test]
    fn each_character_is_set_in_the_first_font_that_has_it() {
        let fonts = fonts(&[CHINESE, LATIN]);
        let texts = |text: &str| fonts.set(text).unwrap().into_iter().map(|run| run.text).collect::<Vec<_>>();
        assert_eq!(texts("王小明 Li"), ["王小明 Li"]);
        let several = texts("王გ明იx");
        assert_eq!(several.concat(), "王გ明იx");
        assert!(several.len() > 1, "{several:?}");
        assert!(fonts.set("").unwrap().is_empty());
        assert_eq!(texts("葛\u{E0100}城").concat(), "葛\u{E0100}城", "a variant falls back to the character");
    }

    #[test]
    fn what_no_font_has_is_told_and_not_left_out() {
        let missing = |files: &[&str], text: &str| {
            fonts(files).set(text).err().map(|missing| missing.into_iter().collect())
        };
        assert_eq!(missing(&[CHINESE, LATIN], "李𢶯赵𤭢𢶯"), Some("𢶯𤭢".to_owned()));
        assert_eq!(missing(&[LATIN], "王 Li"), Some("王".to_owned()));
        assert_eq!(missing(&[CHINESE, LATIN], "王小明 Şahin"), None);
        assert_eq!(missing(&[], "a"), Some("a".to_owned()));
        assert_eq!(missing(&["/nowhere"], "a"), Some("a".to_owned()));
    }

    #[test]
    fn widths_are_those_of_the_fonts() {
        let fonts = fonts(&[CHINESE, LATIN]);
        assert!((fonts.width_of("王小明", 10.0) - 30.0).abs() < 0.1);
        assert!(fonts.width_of("WWW", 10.0) > 2.0 * fonts.width_of("iii", 10.0));
        assert!((fonts.width_of("e\u{301}", 10.0) - fonts.width_of("e", 10.0)).abs() < 0.1);
    }

    #[test]
    fn what_is_no_font_is_named() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        assert!(LoadedFont::read(Path::new(file), 0).is_err_and(|words| words.contains("Cargo.toml")));
        assert!(LoadedFont::read(Path::new("/nowhere"), 0).is_err_and(|words| words.contains("/nowhere")));
    }
}
