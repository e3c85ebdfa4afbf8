//! A table as it leaves the service: a header and typed cells, for whatever form is wanted.

use super::problem::ApiError;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableCell {
    Text(String),
    Whole(i64),
    /// An exact decimal: `units` of which 10 to the power of `places` make one.
    Decimal {
        units: i64,
        places: u8,
    },
    Empty,
}

/// A header and rows of as many cells each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<TableCell>>,
}

impl Table {
    /// The table as CSV. A text that a spreadsheet would take for a formula is led by an apostrophe.
    pub fn to_csv(&self) -> Result<Vec<u8>, ApiError> {
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(&self.header).map_err(ApiError::internal)?;
        for row in &self.rows {
            out.write_record(row.iter().map(TableCell::in_csv)).map_err(ApiError::internal)?;
        }
        out.into_inner().map_err(ApiError::internal)
    }
}

impl TableCell {
    fn in_csv(&self) -> String {
        match self {
            Self::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Decimal { units, places } => decimal(*units, *places),
            Self::Empty => String::new(),
        }
    }
}

fn decimal(units: i64, places: u8) -> String {
    let (sign, places) = (if units < 0 { "-" } else { "" }, usize::from(places));
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = places + 1);
    match digits.split_at(digits.len() - places) {
        (whole, "") => format!("{sign}{whole}"),
        (whole, part) => format!("{sign}{whole}.{part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_written_cell_by_cell_and_formulas_are_defused() {
        let table = Table {
            header: vec!["unit", "minutes", "value"],
            rows: vec![
                vec![
                    TableCell::Text("第三中学, 东校区".to_owned()),
                    TableCell::Whole(-5),
                    TableCell::Decimal { units: 3333, places: 4 },
                ],
                vec![TableCell::Text("=1+1".to_owned()), TableCell::Whole(0), TableCell::Empty],
            ],
        };
        let csv = String::from_utf8(table.to_csv().unwrap()).unwrap();
        assert_eq!([decimal(-5, 2), decimal(1250, 2), decimal(7, 0)], ["-0.05", "12.50", "7"]);
        assert_eq!(csv, "unit,minutes,value\n\"第三中学, 东校区\",-5,0.3333\n'=1+1,0,\n");
    }
}
