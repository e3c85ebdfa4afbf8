//! Which column stands where: headings in English or Chinese, as offices write them, in any order, perhaps under a title.

use super::cell::plain;
use super::source::SourceRow;
use crate::api::language::Language;
use std::collections::HashMap;
use std::fmt::Write;

/// A column that a file may have, and what its heading may be.
#[derive(Debug)]
pub struct HeaderColumn {
    pub name: &'static str,
    pub chinese: &'static [&'static str],
    pub need: Need,
    pub meaning: &'static str,
}

/// Whether a file can do without a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Always,
    /// Unless it has the column of this name.
    Or(&'static str),
    Never,
}

impl HeaderColumn {
    /// Capitals, spaces and widths aside: `Birth Date`, `姓 名`, `＊身份证号`, `手机号（必填）`.
    fn is_called(&self, heading: &str) -> bool {
        let words = heading.replace([' ', '-'], "_");
        let characters = heading.replace(char::is_whitespace, "");
        self.name.eq_ignore_ascii_case(&words) || self.chinese.contains(&characters.as_str())
    }

    fn names(&self) -> String {
        format!("{} ({})", self.name, self.chinese.join(", "))
    }
}

/// Over the column in which a report says what became of each row; a file that has it is such a report, mended.
pub const RESULT: HeaderColumn =
    HeaderColumn { name: "import_result", chinese: &["导入结果"], need: Need::Never, meaning: "" };

/// The columns of a file.
#[derive(Debug)]
pub struct Header {
    /// The rows above it: a title, who filled it in.
    pub above: Vec<SourceRow>,
    pub row: SourceRow,
    /// The headings as they are told.
    headings: Vec<String>,
    positions: HashMap<&'static str, usize>,
    /// Where an earlier report stands.
    pub result_at: Option<usize>,
    /// In which the headings are written.
    pub language: Language,
}

/// Rows among which the header is looked for.
const ROWS_TO_SEARCH: usize = 10;

impl Header {
    /// Reads rows up to the header. No known heading may stand twice, no needed one may be missing, and none that is
    /// not known may be a slip of one that is.
    pub fn find(
        rows: &mut impl Iterator<Item = Result<SourceRow, String>>,
        known: &[&HeaderColumn],
    ) -> Result<Self, String> {
        let mut above: Vec<SourceRow> = Vec::new();
        for row in rows.by_ref().take(ROWS_TO_SEARCH) {
            let row = row?;
            let known_headings = row.cells.iter().filter(|cell| column_of(cell, known).is_some()).count();
            if known_headings >= 2 {
                return Self::read(above, row, known);
            }
            above.push(row);
        }
        match above.into_iter().next() {
            // A file of one column has one heading.
            Some(first) if first.cells.iter().any(|cell| column_of(cell, known).is_some()) => {
                Self::read(Vec::new(), first, known)
            }
            _ => Err(format!(
                "there is no header in the first lines: none has several of the known headings, which are: {}",
                all_names(known)
            )),
        }
    }

    fn read(above: Vec<SourceRow>, row: SourceRow, known: &[&HeaderColumn]) -> Result<Self, String> {
        let headings: Vec<String> = row.cells.iter().map(shown).collect();
        let (mut positions, mut result_at, mut slips) = (HashMap::new(), None, Vec::new());
        for (position, heading) in headings.iter().enumerate() {
            if RESULT.is_called(&tidy(heading)) {
                result_at = Some(position);
            } else if let Some(column) = column_of(heading, known) {
                if positions.insert(column.name, position).is_some() {
                    return Err(format!(
                        "the heading of column {} stands twice: {}",
                        position + 1,
                        column.names()
                    ));
                }
            } else if let Some(column) = meant(heading, known) {
                slips.push(format!("{heading:?} over column {} for {}", position + 1, column.names()));
            }
        }
        if !slips.is_empty() {
            return Err(format!("headings that look like a slip: {}", slips.join(", ")));
        }
        let has = |name: &str| positions.contains_key(name);
        let is_missing = |column: &&&HeaderColumn| match column.need {
            Need::Always => !has(column.name),
            Need::Or(other) => !has(column.name) && !has(other),
            Need::Never => false,
        };
        let missing: Vec<String> = known.iter().filter(is_missing).map(|column| column.names()).collect();
        if !missing.is_empty() {
            let unknown = unknown_headings(&headings, known);
            let beside =
                if unknown.is_empty() { String::new() } else { format!(". Not known are: {unknown}") };
            return Err(format!("columns are missing: {}{beside}", missing.join(", ")));
        }
        let in_chinese = headings.iter().filter(|heading| !heading.is_ascii()).count();
        let language = if in_chinese * 2 > positions.len() { Language::Chinese } else { Language::English };
        Ok(Self { above, row, headings, positions, result_at, language })
    }

    /// What the file has that is not read: each named once.
    pub fn ignored(&self, known: &[&HeaderColumn]) -> Vec<String> {
        let lines = self.above.iter().map(|row| format!("line {} above the header", row.line));
        let columns = self.headings.iter().enumerate().filter(|(position, heading)| {
            column_of(heading, known).is_none() && Some(*position) != self.result_at
        });
        let columns = columns.map(|(position, heading)| match heading.as_str() {
            "" => format!("column {} without a heading", position + 1),
            heading => format!("column {} ({heading})", position + 1),
        });
        lines.chain(columns).collect()
    }

    /// How many cells a row has.
    pub fn width(&self) -> usize {
        self.headings.len()
    }

    /// How many cells a row has at least: up to the last heading.
    pub fn least_width(&self) -> usize {
        self.headings.iter().rposition(|heading| !heading.is_empty()).map_or(0, |last| last + 1)
    }

    /// Where the column stands, if the file has it.
    pub fn position(&self, column: &HeaderColumn) -> Option<usize> {
        self.positions.get(column.name).copied()
    }

    /// The heading as the file has it; where it has none, as it could.
    pub fn heading(&self, column: &HeaderColumn) -> &str {
        let in_file = self.position(column).and_then(|at| self.headings.get(at)).map(String::as_str);
        in_file.unwrap_or(match self.language {
            Language::English => column.name,
            Language::Chinese => column.chinese.first().copied().unwrap_or(column.name),
        })
    }
}

fn column_of<'k>(heading: &str, known: &[&'k HeaderColumn]) -> Option<&'k HeaderColumn> {
    let heading = tidy(heading);
    known.iter().find(|column| column.is_called(&heading)).copied()
}

/// A heading without what spreadsheets and people put around it, as it is told.
fn shown(heading: &str) -> String {
    let around = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '*' | '＊' | '※' | ':' | '：');
    let heading = heading.trim_matches(around);
    without_hint(heading).trim_matches(around).to_owned()
}

/// A heading as it is compared: in plain characters.
fn tidy(heading: &str) -> String {
    plain(&shown(heading))
}

/// Without a hint in brackets at the end: （必填）, (required), （格式：1990-01-01）. What says something else stays.
fn without_hint(heading: &str) -> &str {
    const HINTS: [&str; 13] = [
        "必填",
        "选填",
        "可不填",
        "必须",
        "可选",
        "格式",
        "例",
        "如",
        "示例",
        "请",
        "required",
        "optional",
        "e.g.",
    ];
    let Some(open) = heading.rfind(['（', '(', '[', '【']) else { return heading };
    let inside =
        heading[open..].trim_start_matches(['（', '(', '[', '【']).trim_end_matches(['）', ')', ']', '】']);
    let inside = plain(inside).to_ascii_lowercase();
    let is_hint = heading.ends_with(['）', ')', ']', '】'])
        && (HINTS.iter().any(|hint| inside.starts_with(hint))
            || inside.contains('/')
            || inside.starts_with(|c: char| c.is_ascii_digit()));
    if is_hint { &heading[..open] } else { heading }
}

/// The known column that a heading differs from by one character: 入党日其.
fn meant<'k>(heading: &str, known: &[&'k HeaderColumn]) -> Option<&'k HeaderColumn> {
    let heading = tidy(heading).replace([' ', '-'], "_").to_ascii_lowercase();
    let is_near = |name: &str| {
        let (ours, theirs): (Vec<char>, Vec<char>) = (name.chars().collect(), heading.chars().collect());
        ours.len() >= 4 && differ_by_one(&ours, &theirs)
    };
    known
        .iter()
        .find(|column| is_near(column.name) || column.chinese.iter().any(|name| is_near(name)))
        .copied()
}

/// Whether two are the same but for one character that is another, missing or too many.
fn differ_by_one(ours: &[char], theirs: &[char]) -> bool {
    let same = ours.iter().zip(theirs).take_while(|(one, other)| one == other).count();
    let (ours, theirs) = (&ours[same..], &theirs[same..]);
    match (ours, theirs) {
        ([_, rest @ ..], [_, others @ ..]) if rest == others => true,
        ([_, rest @ ..], others) if rest == others => true,
        (rest, [_, others @ ..]) if rest == others => true,
        _ => false,
    }
}

fn unknown_headings(headings: &[String], known: &[&HeaderColumn]) -> String {
    let unknown =
        headings.iter().filter(|heading| !heading.is_empty() && column_of(heading, known).is_none());
    unknown.map(|heading| format!("{heading:?}")).collect::<Vec<_>>().join(", ")
}

fn all_names(known: &[&HeaderColumn]) -> String {
    known.iter().map(|column| column.names()).collect::<Vec<_>>().join(", ")
}

/// The columns as the help shows them.
pub fn help(known: &[&HeaderColumn]) -> String {
    let mut text =
        "Columns, in any order, by any of their names (* must be there); others are ignored, and named:\n"
            .to_owned();
    for column in known {
        let star = if column.need == Need::Never { ' ' } else { '*' };
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{star} {}: {}", column.names(), column.meaning);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use csv::StringRecord;

    const NAME: HeaderColumn =
        HeaderColumn {
            name: "name", chinese: &["姓名"], need: Need::Always, meaning: "as in the document"
        };
    const NUMBER: HeaderColumn = HeaderColumn {
        name: "document_number",
        chinese: &["证件号码", "身份证号"],
        need: Need::Always,
        meaning: "whole",
    };
    const UNIT: HeaderColumn =
        HeaderColumn { name: "unit", chinese: &["单位代码"], need: Need::Never, meaning: "its code" };
    const SKILLS: HeaderColumn =
        HeaderColumn { name: "skills", chinese: &["技能特长"], need: Need::Never, meaning: "several" };
    const KNOWN: &[&HeaderColumn] = &[&NAME, &NUMBER, &UNIT, &SKILLS];

    fn find(rows: &[&[&str]]) -> Result<Header, String> {
        let rows = rows
            .iter()
            .zip(1..)
            .map(|(cells, line)| SourceRow { line, cells: StringRecord::from(cells.to_vec()) });
        Header::find(&mut rows.map(Ok), KNOWN)
    }

    fn read(headings: &[&str]) -> Result<Header, String> {
        find(&[headings])
    }

    #[test]
    fn either_language_in_any_order() {
        let header = read(&["身份证号", "Name"]).unwrap();
        assert_eq!((header.position(&NUMBER), header.position(&NAME)), (Some(0), Some(1)));
        assert_eq!((header.position(&SKILLS), header.heading(&NUMBER)), (None, "身份证号"));
        assert!(read(&["\u{feff}*姓 名 ", "Document Number", "SKILLS"]).is_ok());
        assert_eq!(read(&["姓名", "身份证号", "unit"]).unwrap().language, Language::Chinese);
        assert_eq!(read(&["name", "document_number", "备注"]).unwrap().language, Language::English);
        assert_eq!(read(&["姓名", "身份证号"]).unwrap().heading(&SKILLS), "技能特长");
    }

    #[test]
    fn headings_are_taken_as_offices_write_them() {
        for heading in [
            "*姓名",
            "＊姓名",
            "姓名*",
            "姓 名",
            "姓\n名",
            "姓名（必填）",
            "姓名(必填)",
            "姓名【必填】",
            "姓名：",
            "* 姓　名 （必填项）",
            "姓名（如：张三）",
            "ＮＡＭＥ",
            "Name (required)",
        ] {
            assert_eq!(read(&[heading, "身份证号"]).unwrap().position(&NAME), Some(0), "{heading}");
        }
        assert_eq!(read(&["姓名", "身份证号（18位）"]).unwrap().position(&NUMBER), Some(1));
        assert!(
            read(&["姓名（监护人）", "身份证号"]).unwrap_err().contains("missing: name"),
            "somebody else's"
        );
    }

    #[test]
    fn what_is_not_known_is_ignored_and_named_once() {
        let header = find(&[
            &["某学校花名册", "", ""],
            &["", "填表人：李", ""],
            &["序号", "姓名", "身份证号", "备注", "", "导入结果"],
        ]);
        let header = header.unwrap();
        let ignored = [
            "line 1 above the header",
            "line 2 above the header",
            "column 1 (序号)",
            "column 4 (备注)",
            "column 5 without a heading",
        ];
        assert_eq!(header.ignored(KNOWN), ignored);
        assert_eq!((header.result_at, header.width(), header.least_width()), (Some(5), 6, 6));
        assert_eq!(read(&["姓名", "身份证号", "", ""]).unwrap().least_width(), 2);
    }

    #[test]
    fn a_slip_is_not_ignored() {
        for slip in ["技能持长", "技能特", "技能特长长", "单位代玛", "skill", "skils"] {
            let words = read(&["姓名", "身份证号", slip]).unwrap_err();
            assert!(words.contains("look like a slip") && words.contains(slip), "{words}");
        }
        assert!(read(&["姓名", "身份证号", "技能", "单位", "民族", "电话"]).is_ok());
    }

    #[test]
    fn a_line_of_data_is_not_shown() {
        let words = read(&["张三", "11010519491231002X"]).unwrap_err();
        assert!(words.contains("no header") && !words.contains("张三") && !words.contains("002X"), "{words}");
    }

    #[test]
    fn missing_and_repeated_columns_are_named() {
        let words = read(&["姓名", "学号"]).unwrap_err();
        assert_eq!(
            words,
            "columns are missing: document_number (证件号码, 身份证号). Not known are: \"学号\""
        );
        assert!(read(&["姓名", "身份证号", "证件号码"]).unwrap_err().contains("column 3 stands twice"));
    }
}
