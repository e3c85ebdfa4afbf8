//! Which column stands where: headings in English or Chinese, in any order.

use csv::StringRecord;
use std::collections::HashMap;
use std::fmt::Write;

/// A column that a file may have, and what its heading may be.
#[derive(Debug)]
pub struct HeaderColumn {
    pub name: &'static str,
    pub chinese: &'static [&'static str],
    /// Without it the file is refused.
    pub needed: bool,
    pub meaning: &'static str,
}

impl HeaderColumn {
    /// Capitals and spaces aside: `Birth Date`, `姓 名`.
    fn is_called(&self, heading: &str) -> bool {
        let words = heading.replace([' ', '-'], "_");
        let characters = heading.replace(char::is_whitespace, "");
        self.name.eq_ignore_ascii_case(&words) || self.chinese.contains(&characters.as_str())
    }

    fn names(&self) -> String {
        format!("{} ({})", self.name, self.chinese.join(", "))
    }
}

/// The columns of a file.
#[derive(Debug)]
pub struct Header {
    /// The headings as the file has them.
    headings: Vec<String>,
    positions: HashMap<&'static str, usize>,
}

impl Header {
    /// Every heading must be known, none twice, and no needed one missing.
    pub fn read(cells: &StringRecord, known: &[&HeaderColumn]) -> Result<Self, String> {
        let headings: Vec<String> = cells.iter().map(tidy).collect();
        let mut positions = HashMap::new();
        let mut unknown = Vec::new();
        for (position, heading) in headings.iter().enumerate() {
            match known.iter().find(|column| column.is_called(heading)) {
                None => unknown.push(position),
                Some(column) if positions.insert(column.name, position).is_some() => {
                    return Err(format!(
                        "the heading of column {} stands twice: {}",
                        position + 1,
                        column.names()
                    ));
                }
                Some(_) => {}
            }
        }
        if !unknown.is_empty() {
            return Err(unknown_headings(&headings, &unknown, known));
        }
        let is_missing = |column: &&&HeaderColumn| column.needed && !positions.contains_key(column.name);
        let missing: Vec<String> = known.iter().filter(is_missing).map(|column| column.names()).collect();
        if missing.is_empty() {
            Ok(Self { headings, positions })
        } else {
            Err(format!("columns are missing: {}", missing.join(", ")))
        }
    }

    /// How many cells a row has.
    pub fn width(&self) -> usize {
        self.headings.len()
    }

    /// Where the column stands, if the file has it.
    pub fn position(&self, column: &HeaderColumn) -> Option<usize> {
        self.positions.get(column.name).copied()
    }

    /// The heading as the file has it.
    pub fn heading(&self, column: &HeaderColumn) -> &str {
        self.position(column).and_then(|at| self.headings.get(at)).map_or(column.name, String::as_str)
    }
}

/// A heading without what spreadsheets and people put around it.
fn tidy(heading: &str) -> String {
    heading.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '*').to_owned()
}

/// Names the headings that nobody knows; not where none is known, for then the first line is no header
/// but somebody's data.
fn unknown_headings(headings: &[String], unknown: &[usize], known: &[&HeaderColumn]) -> String {
    let all_known = known.iter().map(|column| column.names()).collect::<Vec<_>>().join(", ");
    if unknown.len() == headings.len() {
        return format!(
            "the first line is no header: it has none of the known headings, which are: {all_known}"
        );
    }
    let named = |at: &usize| match headings.get(*at).map(String::as_str) {
        None | Some("") => format!("none over column {}", at + 1),
        Some(heading) => format!("{heading:?} over column {}", at + 1),
    };
    let unknown = unknown.iter().map(named).collect::<Vec<_>>().join(", ");
    format!("headings that are not known: {unknown}. Known are: {all_known}")
}

/// The columns as the help shows them.
pub fn help(known: &[&HeaderColumn]) -> String {
    let mut text = "Columns, in any order, by either name (* must be there):\n".to_owned();
    for column in known {
        let star = if column.needed { '*' } else { ' ' };
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{star} {}: {}", column.names(), column.meaning);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: HeaderColumn =
        HeaderColumn { name: "name", chinese: &["姓名"], needed: true, meaning: "as in the document" };
    const NUMBER: HeaderColumn = HeaderColumn {
        name: "document_number",
        chinese: &["证件号码", "身份证号"],
        needed: true,
        meaning: "whole",
    };
    const SKILLS: HeaderColumn =
        HeaderColumn { name: "skills", chinese: &["技能"], needed: false, meaning: "several" };
    const KNOWN: &[&HeaderColumn] = &[&NAME, &NUMBER, &SKILLS];

    fn read(headings: &[&str]) -> Result<Header, String> {
        Header::read(&StringRecord::from(headings.to_vec()), KNOWN)
    }

    #[test]
    fn either_language_in_any_order() {
        let header = read(&["身份证号", "Name"]).unwrap();
        assert_eq!((header.position(&NUMBER), header.position(&NAME)), (Some(0), Some(1)));
        assert_eq!(header.position(&SKILLS), None);
        assert_eq!(header.heading(&NUMBER), "身份证号");
        assert!(read(&["\u{feff}*姓 名 ", "Document Number", "SKILLS"]).is_ok());
    }

    #[test]
    fn an_unknown_heading_is_named_with_those_that_are_known() {
        let words = read(&["姓名", "微信", "document_number", ""]).unwrap_err();
        for part in ["\"微信\" over column 2", "none over column 4", "skills (技能)"] {
            assert!(words.contains(part), "{words}");
        }
    }

    #[test]
    fn a_line_of_data_is_not_shown() {
        let words = read(&["张三", "11010519491231002X"]).unwrap_err();
        assert!(words.contains("no header") && !words.contains("张三") && !words.contains("002X"), "{words}");
    }

    #[test]
    fn missing_and_repeated_columns_are_named() {
        assert_eq!(read(&["姓名"]).unwrap_err(), "columns are missing: document_number (证件号码, 身份证号)");
        assert!(read(&["姓名", "身份证号", "证件号码"]).unwrap_err().contains("column 3 stands twice"));
    }
}
