//! Looking into JSON documents: one of the few fragments in which the two databases differ.

use crate::store::sql::{Dialect, Sql};

/// The text at `path` within the document in `column`; the path is a list of member names.
pub(super) fn text_at(dialect: Dialect, column: &str, path: &[&str]) -> String {
    match dialect {
        Dialect::Sqlite => format!("json_extract({column}, '$.{}')", path.join(".")),
        Dialect::Postgres => format!("(CAST({column} AS JSON) #>> '{{{}}}') COLLATE \"C\"", path.join(",")),
    }
}

/// The list of texts in `member` of the document in `column` holds the value.
pub(super) fn list_holds(dialect: Dialect, column: &str, member: &str, value: &str) -> Sql {
    let items = match dialect {
        Dialect::Sqlite => format!("json_each({column}, '$.{member}') AS item WHERE item.value"),
        Dialect::Postgres => {
            format!(
                "json_array_elements_text(CAST({column} AS JSON) -> '{member}') AS item(value) WHERE item.value"
            )
        }
    };
    Sql::new(format!("EXISTS (SELECT 1 FROM {items} = ?)")).string(value)
}
