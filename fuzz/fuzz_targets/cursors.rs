//! Cursors of lists and ids of things: one that is taken is the very one that this service gives out.
#![no_main]

use hourbook::api::page::{Cursor, Page, page_request};
use hourbook::domain::ids::VolunteerId;
use hourbook::store::read::PageOf;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const LISTS: [&str; 4] = ["units", "records", "rewards", "volunteers"];

fuzz_target!(|text: &str| {
    let value = Value::String(text.to_owned());
    if let Ok(id) = text.parse::<VolunteerId>() {
        assert_eq!(id.to_string().parse::<VolunteerId>().unwrap(), id);
    }
    let Ok(cursor) = serde_json::from_value::<Cursor>(value) else { return };
    for list in LISTS {
        if let Ok(request) = page_request(list, None, Some(&cursor)) {
            let given_out: Page<i64> = Page::new(list, PageOf { items: vec![], next: request.after }, |item| item);
            assert_eq!(serde_json::to_value(&given_out.next).unwrap(), text);
        }
    }
});
