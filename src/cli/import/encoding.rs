//! In which encoding a file is: as its byte order mark says, else as all its lines together do. UTF-8 and GB18030,
//! which spreadsheets write in China, have bytes in common: a line speaks for the one in which it can be read, and
//! where it can be read in both, for the one in which it is made of what people write. Where lines contradict each
//! other, or none tells, the file is refused: somebody has to say it.

use super::plausible::{is_plausible, is_plausible_gb18030};
use super::unreadable::{MOST_ROW_BYTES, Unreadable};
use clap::ValueEnum;
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// An encoding that somebody names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NamedEncoding {
    #[value(name = "utf-8", alias = "utf8")]
    Utf8,
    /// GBK and GB 2312 are parts of it
    #[value(name = "gb18030", aliases = ["gbk", "gb2312"])]
    Gb18030,
    #[value(name = "utf-16le", aliases = ["utf-16", "utf16"])]
    Utf16LittleEndian,
    #[value(name = "utf-16be")]
    Utf16BigEndian,
}

impl From<NamedEncoding> for &'static Encoding {
    fn from(named: NamedEncoding) -> Self {
        match named {
            NamedEncoding::Utf8 => UTF_8,
            NamedEncoding::Gb18030 => GB18030,
            NamedEncoding::Utf16LittleEndian => UTF_16LE,
            NamedEncoding::Utf16BigEndian => UTF_16BE,
        }
    }
}

/// Reads a file to its end for what it is written in.
pub fn decide(path: &Path) -> Result<&'static Encoding, Unreadable> {
    let mut start = [0; 3];
    let mut file = File::open(path)?;
    let read = file.read(&mut start)?;
    if let Some((encoding, _)) = Encoding::for_bom(&start[..read]) {
        return Ok(encoding);
    }
    let mut votes = Votes::default();
    for (line, bytes) in Lines::open(path)? {
        votes.hear(line, &bytes?)?;
    }
    votes.decide()
}

/// The first line that speaks for an encoding, 1 for the first of the file.
#[derive(Debug, Default)]
struct Votes {
    utf8: Option<u64>,
    gb18030: Option<u64>,
    /// Readable in both, and no better in one.
    undecided: Option<u64>,
    /// Readable as GB18030 alone, and not made of what people write.
    doubtful: Option<u64>,
    doubtful_lines: u64,
    lines_in_gb18030: u64,
}

impl Votes {
    fn hear(&mut self, line: u64, bytes: &[u8]) -> Result<(), Unreadable> {
        if bytes.contains(&0) {
            return Err(Unreadable::ZeroBytes { line });
        }
        if bytes.is_ascii() {
            return Ok(());
        }
        let in_gb18030 = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
        match (str::from_utf8(bytes), in_gb18030) {
            (Err(_), None) => return Err(Unreadable::Encoding { line }),
            (Ok(_), None) => note(&mut self.utf8, line),
            (Err(_), Some(text)) => {
                note(&mut self.gb18030, line);
                self.lines_in_gb18030 += 1;
                if !is_plausible(&text) {
                    note(&mut self.doubtful, line);
                    self.doubtful_lines += 1;
                }
            }
            (Ok(utf8), Some(gb18030)) => match (is_plausible(utf8), is_plausible_gb18030(&gb18030)) {
                (true, false) => note(&mut self.utf8, line),
                (false, true) => note(&mut self.gb18030, line),
                _ => note(&mut self.undecided, line),
            },
        }
        Ok(())
    }

    fn decide(self) -> Result<&'static Encoding, Unreadable> {
        match (self.utf8, self.gb18030, self.undecided) {
            (Some(utf8), Some(gb18030), _) => Err(Unreadable::Mixed { utf8, gb18030 }),
            (None, Some(_), _) => match self.doubtful {
                Some(line) if 2 * self.doubtful_lines > self.lines_in_gb18030 => {
                    Err(Unreadable::Encoding { line })
                }
                _ => Ok(GB18030),
            },
            (None, None, Some(line)) => Err(Unreadable::InDoubt { line }),
            (_, None, _) => Ok(UTF_8),
        }
    }
}

fn note(first: &mut Option<u64>, line: u64) {
    first.get_or_insert(line);
}

/// The lines of a file as bytes. No byte of a character in either encoding is a line end.
struct Lines {
    input: BufReader<File>,
    line: u64,
}

impl Lines {
    fn open(path: &Path) -> Result<Self, Unreadable> {
        Ok(Self { input: BufReader::new(File::open(path)?), line: 0 })
    }

    fn read(&mut self) -> Result<Vec<u8>, Unreadable> {
        let mut bytes = Vec::new();
        let most = u64::try_from(MOST_ROW_BYTES).unwrap_or(u64::MAX);
        self.input.by_ref().take(most).read_until(b'\n', &mut bytes)?;
        if bytes.len() == MOST_ROW_BYTES && bytes.last() != Some(&b'\n') && !self.input.fill_buf()?.is_empty()
        {
            return Err(Unreadable::RowTooLong { line: self.line });
        }
        Ok(bytes)
    }
}

impl Iterator for Lines {
    type Item = (u64, Result<Vec<u8>, Unreadable>);

    fn next(&mut self) -> Option<Self::Item> {
        self.line += 1;
        match self.read() {
            Ok(bytes) if bytes.is_empty() => None,
            read => Some((self.line, read)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(lines: &[&[u8]]) -> Result<&'static Encoding, String> {
        let mut votes = Votes::default();
        for (line, bytes) in (1..).zip(lines) {
            votes.hear(line, bytes).map_err(|error| error.to_string())?;
        }
        votes.decide().map_err(|error| error.to_string())
    }

    fn gbk(text: &str) -> Vec<u8> {
        let (bytes, _, has_replacements) = GB18030.encode(text);
        assert!(!has_replacements, "{text}");
        bytes.into_owned()
    }

    #[test]
    fn names_that_can_be_read_in_both_are_told_apart_by_what_they_are_made_of() {
        for name in ["谢雪梅", "谢雪", "梅", "英", "茅亚", "吴江", "张三", "爱国", "李喆"] {
            assert_eq!(decided(&[b"name", &gbk(name)]), Ok(GB18030), "{name}");
        }
        for name in [
            "王明",
            "张三",
            "谢雪梅",
            "中国",
            "Renée",
            "Şahin",
            "Иван",
            "古丽·买买提",
            "محمد",
            "王䶮",
            "赵𠮷",
        ] {
            assert_eq!(decided(&[b"name", name.as_bytes()]), Ok(UTF_8), "{name}");
        }
    }

    #[test]
    fn one_line_in_another_encoding_refuses_the_file_and_is_named() {
        for (line, other) in
            [("姓名,性别", "王明,男"), ("韩小英", "王明"), ("陈小红,女", "谢雪梅"), ("王明", "陈镕")]
        {
            let utf8 = decided(&[b"name", line.as_bytes(), &gbk(other)]);
            assert!(
                utf8.is_err_and(|words| words.contains("line 3") && words.contains("line 2")),
                "{line} {other}"
            );
            let gb18030 = decided(&[&gbk("姓名"), &gbk(other), line.as_bytes()]);
            assert!(gb18030.is_err(), "{line} {other}");
        }
    }

    #[test]
    fn in_doubt_somebody_has_to_say_it() {
        for name in ["小谢", "谢邪", "一谢"] {
            let words = decided(&[b"name", &gbk(name)]).unwrap_err();
            assert!(words.contains("--encoding") && words.contains("line 2"), "{words}");
        }
        assert_eq!(decided(&[&gbk("姓名"), &gbk("小谢")]), Ok(GB18030), "another line tells");
        let big5 = [0xA9, 0x6D, 0xA6, 0x57, b',', 0xA9, 0xCA, 0xA7, 0x4F];
        assert!(decided(&[&big5]).is_err(), "姓名,性別 in Big5");
        assert!(decided(&[b"n\0a\0m\0e\0"]).is_err_and(|words| words.contains("UTF-16")));
        assert!(decided(&[b"\xff\xff"]).is_err_and(|words| words.contains("line 1")));
        assert_eq!(decided(&[b"name", b"Li"]), Ok(UTF_8));
        assert_eq!(decided(&[]), Ok(UTF_8));
    }
}
