//! Identity documents and mobiles, as a registration names them: what is taken is taken again in the form
//! that it was given, and what is masked is as long as it was.
#![no_main]

use chrono::NaiveDate;
use hourbook::domain::identity::{DocumentKind, Gender, IdentityDocument, Mobile, mask, mask_name};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, bool, bool, &str)| {
    let (day, is_resident, is_female, number) = input;
    // From 1917 to 2096.
    let birth_date = NaiveDate::from_num_days_from_ce_opt(i32::from(day) + 700_000).unwrap();
    let kind = if is_resident { DocumentKind::ResidentIdentity } else { DocumentKind::Passport };
    let gender = if is_female { Gender::Female } else { Gender::Male };
    let read = |number: &str| IdentityDocument::new(kind, number, birth_date, gender);
    if let Ok(document) = read(number) {
        assert_eq!(read(document.number()).unwrap().number(), document.number());
    }
    if let Ok(mobile) = number.parse::<Mobile>() {
        assert_eq!(mobile.as_str().parse::<Mobile>().unwrap().as_str(), mobile.as_str());
    }
    for masked in [mask(number), mask_name(number)] {
        assert_eq!(masked.chars().count(), number.chars().count());
    }
});
