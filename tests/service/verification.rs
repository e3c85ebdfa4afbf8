//! `verify`: a derived row that was changed by SQL, past the service, is found.

use crate::support::clock::TestClock;
use crate::support::each_database;
use crate::support::http::{App, NOON};
use crate::support::town::{Town, each_town};
use hourbook::engine::WriterOptions;
use hourbook::store::sql::Sql;
use serde_json::json;
use std::sync::Arc;

/// A town with something in every derived table.
fn furnished(town: &Town) {
    let volunteer = town.volunteer();
    let record = town.serve(&volunteer, "17T09:00", "17T12:00");
    town.serve(&volunteer, "18T09:00", "18T12:00");
    town.fulfil(&town.redeem(&volunteer, &town.reward("5", 3)));
    town.void(&record);
    town.transfer_to_other_school(&volunteer);
    let headcount = json!({ "effective_from": "2026-09-01", "staff": 100, "party_members": 30 });
    town.app.post(&format!("/v1/units/{}/headcounts", town.school), &town.coordinator, headcount).created();
    let days = json!({ "days": [{ "day": "2026-11-21", "kind": "working" }] });
    town.app.post("/v1/calendar", &town.admin, days).ok();
    let fellow = town.volunteer();
    let on_notice = town.record_on_notice(&fellow, "18T13:00", "18T14:00");
    town.object(&town.colleague, &on_notice);
    let reject = format!("/v1/service-records/{on_notice}/reject");
    town.app.post(&reject, &town.coordinator, json!({ "reason": "误登" })).ok();
    town.report_missing(&fellow, "18T14:00", "18T15:00");
}

/// What was done to the tables, and how the finding begins and ends.
const TAMPERING: [(&str, &str, &str); 20] = [
    (
        "UPDATE balances SET balance = balance + 60 WHERE account = 'credited'",
        "balances 17/\"credited\"",
        "is 240, the journal says 180",
    ),
    (
        "DELETE FROM balances WHERE account = 'debt' AND balance <> 0",
        "balances 17/\"debt\"",
        "in the journal, but not stored",
    ),
    (
        "UPDATE service_records SET credited_minutes = 600 WHERE status = 'credited'",
        "service_records",
        "credited_minutes is 600, the journal says 180",
    ),
    (
        "UPDATE service_records SET status = 'credited', voided_entry = NULL WHERE status = 'voided'",
        "service_records",
        "status is \"credited\", the journal says \"voided\"",
    ),
    ("UPDATE lots SET remaining = points WHERE voided = 0", "lots", "remaining is 300, the journal says 0"),
    ("UPDATE volunteers SET debt = 0", "volunteers", "debt is 0, the journal says 200"),
    ("UPDATE memberships SET ends_at = ends_at + 1 WHERE ends_at IS NOT NULL", "memberships", "ends_at is"),
    ("UPDATE units SET name = '别的单位' WHERE code = 'SCHOOL-1'", "units", "name is \"别的单位\""),
    (
        "DELETE FROM unit_lineage WHERE ancestor <> unit AND unit = (SELECT MAX(id) FROM units)",
        "unit_lineage",
        "in the journal, but not stored",
    ),
    ("UPDATE headcounts SET staff = 50", "headcounts", "staff is 50, the journal says 100"),
    (
        "UPDATE activities SET live_records = 0 WHERE live_records > 0",
        "activities",
        "live_records is 0, the journal says 1",
    ),
    (
        "UPDATE transfers SET status = 'rejected'",
        "transfers",
        "status is \"rejected\", the journal says \"accepted\"",
    ),
    ("UPDATE points_policies SET terms = '{}'", "points_policies", "terms is"),
    ("UPDATE rewards SET stock_available = 3", "rewards", "stock_available is 3, the journal says 2"),
    ("DELETE FROM redemptions", "redemptions", "in the journal, but not stored"),
    (
        "UPDATE calendar_days SET kind = 'rest'",
        "calendar_days",
        "kind is \"rest\", the journal says \"working\"",
    ),
    (
        "UPDATE notice_policies SET working_days = 5",
        "notice_policies",
        "working_days is 5, the journal says null",
    ),
    (
        "UPDATE objections SET status = 'dismissed'",
        "objections",
        "status is \"dismissed\", the journal says \"open\"",
    ),
    ("DELETE FROM corrections", "corrections", "in the journal, but not stored"),
    (
        "UPDATE operators SET role = 'admin', unit = NULL WHERE role = 'auditor'",
        "operators",
        "role is \"admin\", the journal says \"auditor\"",
    ),
];

#[test]
fn every_tampered_row_is_named() {
    each_town("verify-tamper", |town| {
        furnished(town);
        town.app.assert_verified();
        let mut db = town.app.db();
        for (done, ..) in TAMPERING {
            db.begin().unwrap();
            db.batch(done).unwrap();
            db.commit().unwrap();
        }
        let report = town.app.verify();
        for (done, begin, end) in TAMPERING {
            let fits = |finding: &&String| finding.starts_with(begin) && finding.contains(end);
            assert!(report.named.iter().any(|finding| fits(&finding)), "{done}: {:#?}", report.named);
        }
        let sums = report.named.iter().filter(|finding| finding.ends_with("is not the sum of its postings"));
        assert_eq!(sums.count(), 2, "the two balances are found by SQL alone too: {:#?}", report.named);
        assert_eq!(report.differences, report.named.len() as u64);
    });
}

#[test]
fn what_stands_in_no_entry_is_named() {
    each_town("verify-forged", |town| {
        furnished(town);
        let mut db = town.app.db();
        db.batch(
            "INSERT INTO service_records (id, activity, programme, unit, volunteer, started_at, ended_at, breaks,
                 evidence, count, claimed_minutes, credited_minutes, deductions, status, late, service_date,
                 submitted_by, submitted_at, decided_by, decided_at, credited_entry, voided_by, voided_at,
                 voided_entry, lot, version)
             SELECT id + 1000, activity, programme, unit, volunteer, started_at,
                 ended_at, breaks, evidence, count, claimed_minutes, credited_minutes, deductions, status, late,
                 service_date, submitted_by, submitted_at, decided_by, decided_at, credited_entry, voided_by,
                 voided_at, voided_entry, lot, version FROM service_records WHERE status = 'credited'",
        )
        .unwrap();
        let report = town.app.verify();
        assert_eq!(report.differences, 1, "{:#?}", report.named);
        assert!(report.named[0].starts_with("service_records"), "{:?}", report.named);
        assert!(report.named[0].ends_with("stored, but not in the journal"), "{:?}", report.named);
    });
}

#[test]
fn an_entry_that_was_changed_past_the_databases_guard_breaks_the_chain() {
    each_town("verify-journal", |town| {
        furnished(town);
        let mut db = town.app.db();
        let unguard = match db.dialect() {
            hourbook::store::sql::Dialect::Sqlite => "DROP TRIGGER entries_are_not_changed",
            hourbook::store::sql::Dialect::Postgres => "ALTER TABLE entries DISABLE TRIGGER USER",
        };
        db.batch(unguard).unwrap();
        let credited = "SELECT MIN(seq) FROM entries WHERE kind = 'record_submitted'";
        let seq = db.number(Sql::new(credited)).unwrap().unwrap();
        db.batch(&format!(
            "UPDATE entries SET event = REPLACE(event, '\"claimed_minutes\":180', '\"claimed_minutes\":480') WHERE seq = {seq}"
        ))
        .unwrap();
        let report = town.app.verify();
        let broken = format!("entry {seq}: its hash is not that of its content and the entry before");
        assert!(report.named.contains(&broken), "{:#?}", report.named);
    });
}

#[test]
fn a_rule_that_needs_a_row_that_was_taken_away_refuses_and_writes_nothing() {
    each_database("verify-lot", |url| {
        let start = || App::start_with(&url, &Arc::new(TestClock::at(NOON)), &WriterOptions::default());
        let app = start();
        let town = Town::found(&app);
        let record = town.serve(&town.volunteer(), "18T09:00", "18T12:00");
        let (coordinator, admin) = (town.coordinator.clone(), town.admin.clone());
        drop(app);

        // The service that was running has the row at hand; one that starts has to look for it.
        let app = start();
        app.db().batch("DELETE FROM lots").unwrap();
        let entries = || app.all_pages("/v1/journal/entries", &admin, 200).len();
        let before = entries();
        let void = app.post(
            &format!("/v1/service-records/{record}/void"),
            &coordinator,
            json!({ "reason": "误登" }),
        );
        void.refused(404, "lot_not_found");
        assert_eq!(entries(), before);
    });
}
