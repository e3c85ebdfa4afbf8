//! A connection keeps no more prepared statements than it may, whatever is asked of it.

use crate::support::clock::TestClock;
use crate::support::commands::City;
use crate::support::each_database;
use crate::support::writer::Writer;
use hourbook::domain::evidence::Evidence;
use hourbook::domain::ids::{ActivityId, ProgrammeId, Seq, UnitId, VolunteerId};
use hourbook::domain::record::RecordStatus;
use hourbook::store::prepared::MOST_KEPT;
use hourbook::store::read::records::{self, RecordFilter};
use hourbook::store::read::{PageRequest, Scope};
use hourbook::store::sql::{Dialect, Sql};
use hourbook::store::{Db, Pool, StoreError};
use std::sync::Arc;

/// Filters of service records in all combinations: the bits of a number say which are given.
fn filter(bits: u32) -> RecordFilter {
    let seq = Seq(1);
    let day = "2026-11-22".parse().unwrap();
    let given = |bit: u32| bits & (1 << bit) != 0;
    RecordFilter {
        volunteer: given(0).then(|| VolunteerId::new(seq)),
        activity: given(1).then(|| ActivityId::new(seq)),
        programme: given(2).then(|| ProgrammeId::new(seq)),
        unit: given(3).then(|| UnitId::new(seq)),
        status: given(4).then_some(RecordStatus::Credited),
        evidence: given(5).then_some(Evidence::Scan),
        from: given(6).then_some(day),
        to: given(7).then_some(day),
        late: None,
        as_of: None,
        counted_as_of: given(8).then_some(seq),
    }
}

const COMBINATIONS: u32 = 1 << 9;

/// How many statements the connection keeps, as diesel counts them and as the server does.
fn kept(db: &mut Db) -> Result<usize, StoreError> {
    let counted = db.prepared_statements();
    if db.dialect() == Dialect::Postgres {
        // Itself among them, where it was not asked before.
        let of_server = db.number(Sql::new("SELECT COUNT(*) FROM pg_prepared_statements"))?.unwrap();
        assert!(usize::try_from(of_server).unwrap().abs_diff(counted) <= 1, "{of_server}, not {counted}");
    }
    Ok(counted)
}

#[test]
fn lists_in_all_combinations_of_their_filters_leave_a_bounded_number_of_statements() {
    each_database("statements", |url| {
        let writer = Writer::start(&url, &Arc::new(TestClock::at("2026-11-22T18:00:00+08:00")));
        let city = City::found(&writer);
        writer.stop();
        let pool = Pool::new(&url, 1).unwrap();
        let scopes = [Scope::All, Scope::Unit(city.bureau), Scope::Volunteer(VolunteerId::new(Seq(1)))];
        let (mut most, mut prepared, mut before) = (0, 0, 0);
        for bits in 0..COMBINATIONS {
            for scope in scopes {
                let after = (bits % 2 == 1).then_some(Seq(9));
                let page = PageRequest { after, limit: 10 };
                let now = pool
                    .read(|db| {
                        records::list(db, scope, &filter(bits), page)?;
                        records::count(db, scope, &filter(bits))?;
                        kept(db)
                    })
                    .unwrap();
                prepared += if now < before { now } else { now - before };
                before = now;
                most = most.max(now);
            }
        }
        // Else there would be nothing to bound.
        assert!(prepared > 4 * MOST_KEPT, "only {prepared} statements were prepared");
        // What one use of a connection adds, it may have beside.
        assert!(most <= MOST_KEPT + 10, "{most} statements are kept");
    });
}
