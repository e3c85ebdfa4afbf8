//! `src/store/schema.rs` is what the migrations make, on both databases.

use crate::support::database::{Database, Directory};
use hourbook::store::Db;
use hourbook::store::column::Column;
use hourbook::store::sql::{Dialect, Sql, SqlValues};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A column as its database describes it.
struct Described {
    table: String,
    name: String,
    /// The database's own word.
    kind: String,
    may_be_null: bool,
    /// The place in the primary key, from 1; 0 if it is not in it.
    in_key: i64,
}

/// The columns of all tables, each table's in order. What belongs to the migrations themselves is no table
/// of the ledger's.
fn described(db: &mut Db) -> Vec<Described> {
    let sql = match db.dialect() {
        Dialect::Sqlite => {
            "SELECT t.name, c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0, c.pk \
             FROM sqlite_schema AS t, pragma_table_info(t.name) AS c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> '__diesel_schema_migrations' \
             ORDER BY t.name, c.cid"
        }
        Dialect::Postgres => {
            "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT), \
                    c.is_nullable = 'YES', CAST(COALESCE(k.ordinal_position, 0) AS BIGINT) \
             FROM information_schema.columns AS c \
             LEFT JOIN information_schema.table_constraints AS p \
               ON p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY' \
             LEFT JOIN information_schema.key_column_usage AS k \
               ON k.constraint_name = p.constraint_name AND k.column_name = c.column_name \
             WHERE c.table_schema = 'public' \
               AND c.table_name NOT IN ('__diesel_schema_migrations', 'migration_turn') \
             ORDER BY c.table_name COLLATE \"C\", c.ordinal_position"
        }
    };
    let read = |SqlValues(sql_values): SqlValues| {
        let [table, name, kind, may_be_null, in_key] = sql_values.try_into().unwrap();
        Described {
            table: Column::from_sql_value(table).unwrap(),
            name: Column::from_sql_value(name).unwrap(),
            kind: Column::from_sql_value(kind).unwrap(),
            may_be_null: Column::from_sql_value(may_be_null).unwrap(),
            in_key: Column::from_sql_value(in_key).unwrap(),
        }
    };
    db.query(Sql::new(sql)).unwrap().into_iter().map(read).collect()
}

fn diesel_type(column: &Described) -> String {
    let plain = match &*column.kind {
        "INTEGER" | "bigint" => "BigInt",
        "TEXT" | "text" => "Text",
        "BLOB" | "bytea" => "Binary",
        other => panic!("{}.{}: the ledger has no columns of type {other}", column.table, column.name),
    };
    if column.may_be_null { format!("Nullable<{plain}>") } else { plain.to_owned() }
}

/// The text of `src/store/schema.rs`.
fn printed(db: &mut Db) -> String {
    let mut tables: BTreeMap<String, Vec<Described>> = BTreeMap::new();
    for column in described(db) {
        tables.entry(column.table.clone()).or_default().push(column);
    }
    let table = |(name, columns): (&String, &Vec<Described>)| {
        let mut key: Vec<&Described> = columns.iter().filter(|column| column.in_key > 0).collect();
        key.sort_by_key(|column| column.in_key);
        let key: Vec<&str> = key.iter().map(|column| &*column.name).collect();
        let line = |column: &Described| format!("        {} -> {},\n", column.name, diesel_type(column));
        let columns: String = columns.iter().map(line).collect();
        format!("diesel::table! {{\n    {name} ({}) {{\n{columns}    }}\n}}\n\n", key.join(", "))
    };
    let declared: String = tables.iter().map(table).collect();
    let names: String = tables.keys().map(|name| format!("    {name},\n")).collect();
    format!("{HEADER}{declared}diesel::allow_tables_to_appear_in_same_query!(\n{names});\n")
}

const HEADER: &str = "\
//! Every table and its columns, as the migrations make them.
//!
//! Generated from a migrated database; `tests/service/schema.rs` compares it with both and says how to generate it again.

";

#[test]
fn the_schema_is_what_the_migrations_make_on_each_database() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let of = |database: Database| printed(&mut Db::open(database.url()).unwrap());
    let made = of(Database::sqlite("schema"));
    if made != fs::read_to_string(root.join("src/store/schema.rs")).unwrap() {
        fs::write(root.join("target/schema.rs"), made).unwrap();
        panic!("src/store/schema.rs is stale: cp target/schema.rs src/store/schema.rs");
    }
    assert_eq!(of(Database::postgres("schema")), made, "the twin migrations make different tables");
}

/// The check above sees a column that only one of the databases has.
#[test]
fn a_column_more_is_seen() {
    let directory = Directory::new("schema-seen");
    let database = Database::sqlite_in(directory.path());
    let mut db = Db::open(database.url()).unwrap();
    let before = printed(&mut db);
    db.batch("ALTER TABLE units ADD COLUMN motto TEXT").unwrap();
    let after = printed(&mut db);
    assert_eq!(
        after,
        before
            .replace("        path -> Text,\n", "        path -> Text,\n        motto -> Nullable<Text>,\n")
    );
    assert_ne!(after, before);
}
