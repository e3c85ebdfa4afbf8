//! The file as rows of text, whatever its encoding (`encoding`), its line ends, and what parts its cells: commas, tabs
//! as spreadsheets have them in "Unicode text", or semicolons.

use super::encoding;
use super::unreadable::{MOST_ROW_BYTES, Unreadable};
use csv::StringRecord;
use encoding_rs::{Decoder, DecoderResult, Encoding};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// A file that was read to its end once and can be imported.
#[derive(Debug)]
pub struct CsvFile {
    path: PathBuf,
    encoding: &'static Encoding,
    separator: u8,
    /// How many rows it has, its header apart.
    pub rows: u64,
}

/// A row that is not blank.
#[derive(Clone, Debug)]
pub struct SourceRow {
    /// The line of the file that it begins on, 1 for the first.
    pub line: u64,
    pub cells: StringRecord,
}

impl CsvFile {
    /// Reads the file to its end: whatever is wrong with it as a whole shows before anything is done.
    pub fn survey(path: &Path, named: Option<&'static Encoding>) -> Result<Self, String> {
        Self::read_through(path, named).map_err(|error| in_file(path, &error))
    }

    fn read_through(path: &Path, named: Option<&'static Encoding>) -> Result<Self, Unreadable> {
        let encoding = named.map_or_else(|| encoding::decide(path), Ok)?;
        let separator = separator(path, encoding)?;
        let rows = count_rows(path, encoding, separator)?;
        Ok(Self { path: path.to_owned(), encoding, separator, rows })
    }

    /// The rows, the header among them.
    pub fn read(&self) -> Result<impl Iterator<Item = Result<SourceRow, String>>, String> {
        let named = |error| in_file(&self.path, &error);
        let rows = Rows::open(&self.path, self.encoding, self.separator).map_err(named)?;
        Ok(rows.map(move |row| row.map_err(named)))
    }
}

fn in_file(path: &Path, error: &Unreadable) -> String {
    format!("{}: {error}", path.display())
}

fn count_rows(path: &Path, encoding: &'static Encoding, separator: u8) -> Result<u64, Unreadable> {
    let mut rows = Rows::open(path, encoding, separator)?;
    rows.next().ok_or(Unreadable::Empty)??;
    rows.try_fold(0, |count, row| row.map(|_| count + 1))
}

/// Lines by which it is judged what parts cells.
const LINES_TO_JUDGE: usize = 10;

/// What parts the cells of the first line that has several; a comma, if in doubt.
fn separator(path: &Path, encoding: &'static Encoding) -> Result<u8, Unreadable> {
    let mut lines = BufReader::new(Decoded::new(File::open(path)?, encoding));
    let mut only_one = b',';
    for _ in 0..LINES_TO_JUDGE {
        let mut line = String::new();
        // What cannot be read is told with its place by who reads it all.
        if !matches!(lines.read_line(&mut line), Ok(1..)) {
            break;
        }
        let count = |mark: &u8| line.bytes().filter(|byte| byte == mark).count();
        // Of equals the last is taken.
        let Some(most) = [b';', b'\t', b','].into_iter().max_by_key(count) else { break };
        match count(&most) {
            0 => {}
            1 => only_one = most,
            _ => return Ok(most),
        }
    }
    Ok(only_one)
}

/// Rows as they come, blank ones left out.
struct Rows(csv::Reader<Decoded<File>>);

impl Rows {
    fn open(path: &Path, encoding: &'static Encoding, separator: u8) -> Result<Self, Unreadable> {
        let text = Decoded::new(File::open(path)?, encoding);
        let mut reader = csv::ReaderBuilder::new();
        Ok(Self(reader.has_headers(false).flexible(true).delimiter(separator).from_reader(text)))
    }

    fn read_row(&mut self) -> Result<Option<SourceRow>, Unreadable> {
        let mut cells = StringRecord::new();
        loop {
            self.0.get_mut().row_bytes_left = MOST_ROW_BYTES;
            let more = self.0.read_record(&mut cells).map_err(|error| self.unreadable(error))?;
            if !more {
                return Ok(None);
            }
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(SourceRow { line: self.first_line_of(&cells), cells }));
            }
        }
    }

    /// The reader stands behind the row's line end. Where the row began it does not say itself: its
    /// own position counts the blank lines before a row to the row.
    fn first_line_of(&self, cells: &StringRecord) -> u64 {
        let breaks_within: usize = cells.iter().map(|cell| cell.matches('\n').count()).sum();
        self.0.position().line().saturating_sub(1 + breaks_within as u64)
    }

    fn unreadable(&self, error: csv::Error) -> Unreadable {
        let csv::ErrorKind::Io(error) = error.into_kind() else {
            return Unreadable::Io(io::ErrorKind::InvalidData.into());
        };
        match error.downcast::<Stop>() {
            Ok(Stop::Malformed { offset, encoding }) => Unreadable::Malformed { encoding, offset },
            Ok(Stop::RowTooLong) => Unreadable::RowTooLong { line: self.0.position().line() },
            Err(error) => Unreadable::Io(error),
        }
    }
}

impl Iterator for Rows {
    type Item = Result<SourceRow, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read_row().transpose()
    }
}

/// Bytes of an encoding, read as UTF-8 whose lines all end with a line feed, the last one too.
struct Decoded<R> {
    input: BufReader<R>,
    decoder: Decoder,
    /// Bytes of the input that were decoded.
    offset: u64,
    text: Vec<u8>,
    /// How much of the text was handed on.
    handed_on: usize,
    at_end: bool,
    /// The last byte was a carriage return: it has ended the line already.
    line_ended: bool,
    row_bytes_left: usize,
}

/// Why reading does not go on.
#[derive(Clone, Copy, Debug, thiserror::Error)]
enum Stop {
    #[error("malformed text near byte {offset}")]
    Malformed { offset: u64, encoding: &'static str },
    #[error("a row too long")]
    RowTooLong,
}

impl<R: Read> Decoded<R> {
    fn new(input: R, encoding: &'static Encoding) -> Self {
        Self {
            input: BufReader::with_capacity(32 * 1024, input),
            decoder: encoding.new_decoder_with_bom_removal(),
            offset: 0,
            text: Vec::new(),
            handed_on: 0,
            at_end: false,
            line_ended: false,
            row_bytes_left: MOST_ROW_BYTES,
        }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        let bytes = self.input.fill_buf()?;
        let last = bytes.is_empty();
        let room = self.decoder.max_utf8_buffer_length_without_replacement(bytes.len());
        self.text.resize(room.ok_or(io::ErrorKind::OutOfMemory)?, 0);
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(bytes, &mut self.text, last);
        self.input.consume(read);
        self.offset += read as u64;
        self.text.truncate(written);
        self.handed_on = 0;
        self.even_out_line_ends();
        match result {
            DecoderResult::Malformed(..) => {
                let (offset, encoding) = (self.offset, self.decoder.encoding().name());
                Err(io::Error::other(Stop::Malformed { offset, encoding }))
            }
            DecoderResult::InputEmpty if last => {
                self.text.push(b'\n');
                self.at_end = true;
                Ok(())
            }
            DecoderResult::InputEmpty | DecoderResult::OutputFull => Ok(()),
        }
    }

    fn even_out_line_ends(&mut self) {
        let mut line_ended = self.line_ended;
        self.text.retain_mut(|byte| {
            let follows_a_return = std::mem::replace(&mut line_ended, *byte == b'\r');
            if line_ended {
                *byte = b'\n';
            }
            line_ended || !follows_a_return || *byte != b'\n'
        });
        self.line_ended = line_ended;
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.row_bytes_left == 0 {
            return Err(io::Error::other(Stop::RowTooLong));
        }
        while self.handed_on == self.text.len() && !self.at_end {
            self.decode_more()?;
        }
        let left = self.text.get(self.handed_on..).unwrap_or_default();
        let length = left.len().min(out.len()).min(self.row_bytes_left);
        out[..length].copy_from_slice(&left[..length]);
        self.handed_on += length;
        self.row_bytes_left -= length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{GB18030, UTF_8, UTF_16LE};
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A file of these bytes, gone with its value.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(bytes: &[u8]) -> Self {
            static MADE: AtomicU32 = AtomicU32::new(0);
            let number = MADE.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("hourbook-source-{}-{number}", std::process::id()));
            std::fs::write(&path, bytes).unwrap();
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _gone = std::fs::remove_file(&self.0);
        }
    }

    fn rows_of(bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>, String> {
        rows_in(bytes, None)
    }

    fn rows_in(bytes: &[u8], named: Option<&'static Encoding>) -> Result<Vec<(u64, Vec<String>)>, String> {
        let file = Scratch::new(bytes);
        let source = CsvFile::survey(&file.0, named)?;
        let cells = |record: &StringRecord| record.iter().map(str::to_owned).collect();
        let all: Vec<_> = source
            .read()?
            .map(|row| row.map(|row| (row.line, cells(&row.cells))))
            .collect::<Result<_, _>>()?;
        assert_eq!(source.rows, all.len() as u64 - 1);
        Ok(all)
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    fn row(line: u64, cells: [&str; 2]) -> (u64, Vec<String>) {
        (line, cells.map(str::to_owned).to_vec())
    }

    #[test]
    fn each_encoding_and_the_byte_order_mark_give_the_same_text() {
        let text = "姓名,性别\n张三,男\n";
        let (gb18030, _, _) = GB18030.encode(text);
        let marked = ["\u{feff}".as_bytes(), text.as_bytes()].concat();
        let expected = vec![row(1, ["姓名", "性别"]), row(2, ["张三", "男"])];
        for bytes in [text.as_bytes(), &gb18030, &marked] {
            assert_eq!(rows_of(bytes).unwrap(), expected);
        }
    }

    #[test]
    fn utf_16_is_read_as_its_mark_or_somebody_says_and_tabs_part_cells_too() {
        let expected = vec![row(1, ["姓名", "性别"]), row(2, ["赵𠮷", "男"])];
        for text in ["姓名\t性别\r\n赵𠮷\t男\r\n", "姓名,性别\n赵𠮷,男", "姓名;性别\n赵𠮷;男\n"]
        {
            let marked = format!("\u{feff}{text}");
            assert_eq!(rows_of(&utf16(&marked, u16::to_le_bytes)).unwrap(), expected);
            assert_eq!(rows_of(&utf16(&marked, u16::to_be_bytes)).unwrap(), expected);
            assert_eq!(rows_in(&utf16(text, u16::to_le_bytes), Some(UTF_16LE)).unwrap(), expected);
            assert_eq!(rows_of(text.as_bytes()).unwrap(), expected);
        }
        let commas_within = "a\tb\n1,2,3\t4,5\n";
        assert!(rows_of(commas_within.as_bytes()).unwrap().len() == 2);
    }

    #[test]
    fn a_row_beyond_the_basic_plane_survives_gb18030() {
        let (bytes, _, had_errors) = GB18030.encode("a,b\n𠮷野,㐀\n");
        assert!(!had_errors);
        assert_eq!(rows_of(&bytes).unwrap()[1], row(2, ["𠮷野", "㐀"]));
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let expected =
            vec![row(1, ["a", "b"]), row(4, ["1", "2"]), row(5, ["x\ny", "3"]), row(8, ["4", "5"])];
        let text = "a,b\n\n,\n1,2\n\"x\ny\",3\n\n4,5";
        assert_eq!(rows_of(text.as_bytes()).unwrap(), expected);
        assert_eq!(rows_of(text.replace('\n', "\r\n").as_bytes()).unwrap(), expected);
        assert_eq!(rows_of(format!("{text}\r\n").as_bytes()).unwrap(), expected);
    }

    #[test]
    fn a_line_end_is_one_wherever_the_reading_breaks_off() {
        let row_of = |number: usize| format!("{},{number}\r\n", "x".repeat(number % 7));
        let text: String = "a,b\r\n".to_owned() + &(2..20_000).map(row_of).collect::<String>();
        let rows = rows_of(text.as_bytes()).unwrap();
        assert_eq!(rows.len(), 19_999);
        for (line, cells) in rows.iter().skip(1) {
            assert_eq!(line.to_string(), cells[1]);
        }
    }

    #[test]
    fn what_is_no_text_is_refused_as_a_whole() {
        let words = rows_of(b"a,b\n1,\xff\xff\n").unwrap_err();
        assert!(words.contains("line 2 is neither UTF-8 nor GB18030"), "{words}");
        let words = rows_of(&utf16("a,b\n", u16::to_le_bytes)).unwrap_err();
        assert!(words.contains("line 1 has zero bytes") && words.contains("--encoding"), "{words}");
        let words = rows_in(b"a,b\n1,\xff\n", Some(UTF_8)).unwrap_err();
        assert!(words.contains("not UTF-8"), "{words}");
        assert!(rows_of(b"").unwrap_err().contains("a header is needed"));
        assert!(rows_of(b"\n,,\n").unwrap_err().contains("a header is needed"));
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_the_file() {
        let words = rows_of(format!("a,b\n1,2\n\"{}", "x,y\n".repeat(50_000)).as_bytes()).unwrap_err();
        assert!(words.contains("a quotation mark"), "{words}");
    }
}
