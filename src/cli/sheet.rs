//! CSV for spreadsheets. What a spreadsheet would carry out as a formula is marked as text.

use std::borrow::Cow;
use std::io::Write;

/// A CSV file that is being written.
#[derive(Debug)]
pub struct Sheet<W: Write>(csv::Writer<W>);

impl<W: Write> Sheet<W> {
    /// A sheet with these headings.
    pub fn new(out: W, headings: &[&str]) -> csv::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(headings)?;
        Ok(Self(writer))
    }

    /// One more row.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = Cow<'c, str>>) -> csv::Result<()> {
        for cell in cells {
            self.0.write_field(defused(&cell).as_bytes())?;
        }
        self.0.write_record(None::<&[u8]>)
    }

    /// Hands everything on to where it is written.
    pub fn finish(mut self) -> csv::Result<()> {
        Ok(self.0.flush()?)
    }
}

/// The cell as no spreadsheet carries it out: an apostrophe before it says that it is text.
fn defused(cell: &str) -> Cow<'_, str> {
    let could_be_a_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if could_be_a_formula && !is_negative_number(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

fn is_negative_number(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    cell.strip_prefix('-').is_some_and(|amount| match amount.split_once('.') {
        Some((whole, places)) => digits(whole) && digits(places),
        None => digits(amount),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_formula_is_marked_as_text() {
        for formula in ["=1+1", "+86", "-1-1", "-", "@SUM(A1)", "\t=1", "\r=1", "-=1", "-.5", "-1.2.3"] {
            assert_eq!(defused(formula), format!("'{formula}"));
        }
    }

    #[test]
    fn names_and_numbers_stay_as_they_are() {
        for plain in ["", "志愿红", "a=b", "-120", "-12.50", "12.50", "'=1"] {
            assert_eq!(defused(plain), plain);
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut out = Vec::new();
        let mut sheet = Sheet::new(&mut out, &["line", "words"]).unwrap();
        sheet.row(["2".into(), "a \"b\", c".into()]).unwrap();
        sheet.row(["3".into(), "=1".into()]).unwrap();
        sheet.finish().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "line,words\n2,\"a \"\"b\"\", c\"\n3,'=1\n");
    }
}
