//! Totals of minutes and points, with the names that people know things by.

use super::output::{OutputOptions, TableOptions};
use crate::api::export::Names;
use crate::api::language::Language;
use crate::api::tabular::{self, Cell, Form, Heading, RowObject};
use crate::cli::config::DataOptions;
use crate::cli::{CliResult, words};
use crate::domain::as_of::{AsOf, Present};
use crate::domain::ids::{Seq, UnitId};
use crate::domain::text::UnitCode;
use crate::domain::time::YearMonth;
use crate::domain::time::{LocalZone, checked_date};
use crate::engine::{Clock, SystemClock};
use crate::store::read::totals::{self, Dimension, MinutesQuery, MinutesTotal, PointsTotal};
use crate::store::read::{Scope, journal, units};
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;
use std::str::FromStr;

#[derive(Args, Debug)]
pub struct ExportMinutes {
    /// What to group by, separated by commas; one total by default
    #[arg(long, value_enum, value_delimiter = ',', value_name = "DIMENSIONS")]
    group_by: Vec<GroupBy>,

    /// With a service date on this day or later, as 2026-11-01
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    from: Option<NaiveDate>,

    /// With a service date on this day or earlier, as 2026-11-30
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    to_date: Option<NaiveDate>,

    /// Served with this unit or one under it
    #[arg(long, value_name = "CODE|ID")]
    unit: Option<UnitName>,

    /// Count the different volunteers too; takes longer the more records there are
    #[arg(long)]
    count_volunteers: bool,

    #[command(flatten)]
    options: TotalsOptions,
}

#[derive(Args, Debug)]
pub struct ExportPoints {
    /// In the books of this unit and those under it
    #[arg(long, value_name = "CODE|ID")]
    unit: Option<UnitName>,

    #[command(flatten)]
    options: TotalsOptions,
}

#[derive(Args, Debug)]
struct TotalsOptions {
    /// As of this journal entry, or this instant in RFC 3339; as of now by default
    #[arg(long, value_name = "SEQ|INSTANT")]
    as_of: Option<AsOf>,

    /// The format; JSON says as of which entry the totals are
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,

    #[command(flatten)]
    table: TableOptions,

    #[command(flatten)]
    output: OutputOptions,

    #[command(flatten)]
    data: DataOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Csv,
    /// One document
    Json,
    /// One object a line
    Ndjson,
    Xlsx,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum GroupBy {
    Unit,
    Programme,
    Activity,
    Month,
    #[value(name = "grade", alias = "evidence")]
    Evidence,
}

impl From<GroupBy> for Dimension {
    fn from(group_by: GroupBy) -> Self {
        match group_by {
            GroupBy::Unit => Self::Unit,
            GroupBy::Programme => Self::Programme,
            GroupBy::Activity => Self::Activity,
            GroupBy::Month => Self::Month,
            GroupBy::Evidence => Self::Evidence,
        }
    }
}

impl ExportMinutes {
    pub fn run(self) -> CliResult {
        let Self { group_by, from, to_date: to, unit, count_volunteers, options } = self;
        let group_by: BTreeSet<Dimension> = group_by.into_iter().map(Into::into).collect();
        options.export(unit.as_ref(), |db, as_of, unit| {
            let query = MinutesQuery { as_of, from, to, unit, count_volunteers };
            let totals = totals::minutes(db, Scope::All, &group_by, query)?;
            let mut names = Names::as_of(as_of);
            let rows = totals.iter().map(|total| minutes_cells(db, &mut names, &group_by, total));
            Ok(Table {
                headings: minutes_headings(&group_by, count_volunteers),
                rows: rows.collect::<Result<_, _>>()?,
            })
        })
    }
}

impl ExportPoints {
    pub fn run(self) -> CliResult {
        self.options.export(self.unit.as_ref(), |db, as_of, unit| {
            let totals = totals::points(db, Scope::All, unit, as_of)?;
            let mut names = Names::as_of(as_of);
            let rows = totals.into_iter().map(|(unit, total)| points_cells(db, &mut names, unit, total));
            Ok(Table { headings: POINTS_HEADINGS.to_vec(), rows: rows.collect::<Result<_, _>>()? })
        })
    }
}

impl TotalsOptions {
    fn export(
        &self,
        unit: Option<&UnitName>,
        total: impl FnOnce(&mut Db, Seq, Option<UnitId>) -> Result<Table, StoreError>,
    ) -> CliResult {
        let mut db = Db::open_existing(&self.data.database()).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let unit = unit.map(|name| name.find(&mut db)).transpose()?;
        let as_of = find_entry(&mut db, self.as_of)?;
        let table = total(&mut db, as_of, unit).map_err(words)?;
        self.output.write(|out| match self.format {
            Format::Csv => table.write(out, self.table.csv(), self.table.language),
            Format::Ndjson => table.write(out, Form::Ndjson, self.table.language),
            Format::Xlsx => table.write(out, Form::Xlsx, self.table.language),
            Format::Json => table.write_json(out, as_of),
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The entry as of which is totalled. The same question as of this entry always has the same answer.
pub(super) fn find_entry(db: &mut Db, as_of: Option<AsOf>) -> Result<Seq, String> {
    let present = Present { now: SystemClock.now(), zone: LocalZone::shanghai() };
    journal::entry_as_of(db, as_of, present).map_err(words)?.map_err(words)
}

fn parse_day(text: &str) -> Result<NaiveDate, String> {
    let day = text.parse().map_err(|_| "expected a day such as 2026-11-01")?;
    checked_date(day).map_err(words)
}

/// A unit by its code or id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum UnitName {
    Id(UnitId),
    Code(UnitCode),
}

impl FromStr for UnitName {
    type Err = &'static str;

    /// An id would pass for a code: it is longer than a code may be.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = || text.parse().map(Self::Code);
        text.parse().map(Self::Id).or_else(|_| code()).map_err(|_| "expected a unit's code or id")
    }
}

impl UnitName {
    /// The unit of that name.
    pub(super) fn find(&self, db: &mut Db) -> Result<UnitId, String> {
        let found = match self {
            Self::Id(id) => units::get(db, Scope::All, *id),
            Self::Code(code) => units::by_code(db, Scope::All, code),
        };
        found.map_err(words)?.map(|unit| unit.id).ok_or_else(|| "there is no such unit".to_owned())
    }
}

/// What is written, in rows of as many cells as there are headings.
struct Table {
    headings: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    fn write(&self, out: &mut dyn Write, form: Form, language: Language) -> Result<(), String> {
        let (columns, zone) = (&self.headings, LocalZone::shanghai());
        let heading = Heading { title: "totals", columns, zone, language };
        let mut table = tabular::Table::begin(out, form, heading).map_err(words)?;
        for row in &self.rows {
            table.row(row).map_err(words)?;
        }
        table.finish().map_err(words).map(|_| ())
    }

    fn write_json(&self, out: &mut dyn Write, as_of: Seq) -> Result<(), String> {
        #[derive(Serialize)]
        struct Totals<'t> {
            as_of: Seq,
            items: Vec<RowObject<'t, &'static str>>,
        }
        let zone = LocalZone::shanghai();
        let items =
            self.rows.iter().map(|cells| RowObject { columns: &self.headings, cells, zone }).collect();
        serde_json::to_writer_pretty(&mut *out, &Totals { as_of, items }).map_err(words)?;
        out.write_all(b"\n").map_err(words)
    }
}

fn minutes_headings(group_by: &BTreeSet<Dimension>, count_volunteers: bool) -> Vec<&'static str> {
    let of_dimension = |dimension: &Dimension| -> &[&'static str] {
        match dimension {
            Dimension::Unit => &["unit", "unit_code", "unit_name"],
            Dimension::Programme => &["programme", "programme_name"],
            Dimension::Activity => &["activity", "activity_name"],
            Dimension::Month => &["month"],
            Dimension::Evidence => &["grade"],
        }
    };
    let figures = ["credited_minutes", "occasions", "records", "self_declared", "claimed"];
    let counted = count_volunteers.then_some("volunteers");
    group_by.iter().flat_map(of_dimension).copied().chain(figures).chain(counted).collect()
}

fn minutes_cells(
    db: &mut Db,
    names: &mut Names,
    group_by: &BTreeSet<Dimension>,
    total: &MinutesTotal,
) -> Result<Vec<Cell>, StoreError> {
    let mut cells = Vec::new();
    for dimension in group_by {
        match dimension {
            Dimension::Unit => cells.extend(names.unit(db, total.unit)?),
            Dimension::Programme => cells.extend(names.programme(db, total.programme)?),
            Dimension::Activity => cells.extend(names.activity(db, total.activity)?),
            Dimension::Month => cells.push(Cell::some(total.month.map(month), Cell::Text)),
            Dimension::Evidence => {
                cells.push(Cell::some(total.evidence.map(|evidence| evidence.into_str()), Cell::text));
            }
        }
    }
    let (minutes, of_word) = (total.credited_minutes.0, [total.self_declared.0, total.claimed.0]);
    let figures = [minutes, total.occasions, total.records].into_iter().chain(of_word);
    cells.extend(figures.chain(total.volunteers).map(Cell::Whole));
    Ok(cells)
}

fn month(month: YearMonth) -> String {
    format!("{:04}-{:02}", month / 100, month % 100)
}

const POINTS_HEADINGS: [&str; 10] = [
    "unit",
    "unit_code",
    "unit_name",
    "issued",
    "available",
    "held",
    "redeemed",
    "expired",
    "debt",
    "transferred_out",
];

fn points_cells(
    db: &mut Db,
    names: &mut Names,
    unit: UnitId,
    total: PointsTotal,
) -> Result<Vec<Cell>, StoreError> {
    let PointsTotal { issued, available, held, redeemed, expired, debt, transferred_out } = total;
    let figures = [issued, available, held, redeemed, expired, debt, transferred_out];
    let unit = names.unit(db, Some(unit))?;
    Ok(unit.into_iter().chain(figures.map(Cell::from)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::amounts::Points;

    #[test]
    fn a_unit_is_named_by_code_or_id() {
        let id = UnitId::new(Seq(7));
        assert_eq!(id.to_string().parse(), Ok(UnitName::Id(id)));
        assert_eq!("school-3".parse(), Ok(UnitName::Code("SCHOOL-3".parse().unwrap())));
        assert!("第三中学".parse::<UnitName>().is_err());
    }

    #[test]
    fn both_forms_have_the_same_rows() {
        let row = vec![Cell::text("=第三中学"), Points(-150).into(), Cell::Whole(-2)];
        let table = Table { headings: vec!["unit_name", "debt", "records"], rows: vec![row] };
        let (mut csv, mut json) = (Vec::new(), Vec::new());
        table.write(&mut csv, Form::Csv { byte_order_mark: false }, Language::Chinese).unwrap();
        table.write_json(&mut json, Seq(9)).unwrap();
        assert_eq!(String::from_utf8(csv).unwrap(), "单位名称,欠分,记录数\r\n'=第三中学,-1.50,-2\r\n");
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        let item = serde_json::json!({"unit_name": "=第三中学", "debt": "-1.50", "records": -2});
        assert_eq!(json, serde_json::json!({"as_of": 9, "items": [item]}));
    }
}
