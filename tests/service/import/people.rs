//! People who do not exist, with resident identity numbers that could.

use chrono::{Datelike, NaiveDate};

/// Somebody to be registered.
#[derive(Clone, Debug)]
pub struct Somebody {
    pub name: &'static str,
    pub birth_date: NaiveDate,
    pub number: String,
    pub mobile: String,
}

/// A woman of full age, another for each serial.
pub fn somebody(serial: u32) -> Somebody {
    born(serial, "1990-05-04".parse().unwrap())
}

/// A woman whose number is right, and ends as a spreadsheet leaves one that it has rounded.
pub fn rounded_number() -> Somebody {
    let birth_date = "1990-05-04".parse().unwrap();
    // Of all areas the first in which the sequence code 200 has the check digit 0.
    let number = (410_400..).map(|area| resident_number(birth_date, (area - 410_400) * 500 + 100));
    let number = number.into_iter().find(|number| number.ends_with("2000")).unwrap();
    Somebody { name: "王小明", birth_date, number, mobile: "13700000000".to_owned() }
}

/// A child of twelve, as long as this test is run.
pub fn child(serial: u32) -> Somebody {
    let today = chrono::Utc::now().date_naive();
    born(serial, NaiveDate::from_ymd_opt(today.year() - 12, 1, 15).unwrap())
}

fn born(serial: u32, birth_date: NaiveDate) -> Somebody {
    // A number that ends as a rounded one is asked about.
    let numbers = [serial, serial + 500_000].map(|serial| resident_number(birth_date, serial));
    let number = numbers.into_iter().find(|number| !number.ends_with("000")).unwrap();
    Somebody { name: "张三", birth_date, number, mobile: format!("138{serial:08}") }
}

/// A woman's number: the sequence code is even. The last character follows by ISO 7064 MOD 11-2.
fn resident_number(birth_date: NaiveDate, serial: u32) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (area, sequence) = (410_400 + serial / 500, serial % 500 * 2);
    let digits = format!("{area}{}{sequence:03}", birth_date.format("%Y%m%d"));
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum as usize % 11];
    digits + check
}
