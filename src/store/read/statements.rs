//! Every line of volunteers' statements, oldest first, volunteer by volunteer, for exports.

use super::scope::{Scope, ToUnitOrVolunteer, Within, within};
use crate::domain::account::{Account, Asset};
use crate::domain::ids::{Seq, UnitId, VolunteerId};
use crate::domain::time::Timestamp;
use crate::store::account::{AccountColumns, OF_POSTING};
use crate::store::column::Stored;
use crate::store::expression::{Given, given, is_one_of, literally};
use crate::store::schema::{entries as e, memberships, memberships as m, postings as p, volunteers as v};
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use diesel::dsl::{self, auto_type};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// Whose statements; all that is given holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct StatementFilter {
    pub volunteer: Option<VolunteerId>,
    /// Members of this unit or one under it: present ones, or those as of the entry.
    pub unit: Option<UnitId>,
    /// Up to this entry; to the end where none is given. A unit's readers find who was a member then: memberships
    /// change, and what was must not.
    pub as_of: Option<Seq>,
}

/// A line of a volunteer's statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub volunteer: VolunteerId,
    pub seq: Seq,
    /// The place within the entry.
    pub line: i64,
    /// The kind of event, as in the journal.
    pub kind: String,
    pub recorded_at: Timestamp,
    pub effective_date: NaiveDate,
    pub reverses: Option<Seq>,
    pub account: Account,
    /// Whole minutes or hundredths of points, by the account's asset.
    pub amount: i64,
    /// The volunteer's balance on all accounts of this kind, whichever unit's, after this line.
    pub account_balance: i64,
    /// The volunteer's balance in this asset, on all accounts, after this line.
    pub asset_balance: i64,
}

/// How many lines [`each`] gives.
pub fn count(db: &mut Db, scope: Scope, filter: StatementFilter) -> Result<i64, StoreError> {
    let lines = p::table
        .filter(literally(p::volunteer, "<> 0"))
        .filter(given(filter.as_of, |as_of| p::seq.le(Stored(as_of))))
        .filter(p::volunteer.eq_any(volunteers(scope, filter).select(v::id)));
    Ok(db.one(lines.count())?.unwrap_or(0))
}

/// Hands over line after line. No more than a page of them is held.
///
/// Call it within a snapshot: pages that others write between would not fit together.
pub fn each<E: From<StoreError>>(
    db: &mut Db,
    scope: Scope,
    filter: StatementFilter,
    mut take: impl FnMut(Line) -> Result<(), E>,
) -> Result<(), E> {
    let mut last = None;
    loop {
        let volunteers = volunteers_after(db, scope, filter, last)?;
        let Some(newest) = volunteers.last() else { return Ok(()) };
        last = Some(*newest);
        each_of(db, &volunteers, filter.as_of, &mut take)?;
    }
}

/// Volunteers whose lines are read together.
const VOLUNTEERS: i64 = 100;
/// Lines that are held at once.
const LINES: i64 = 1_000;

#[auto_type(no_type_alias)]
fn volunteers(scope: Scope, filter: StatementFilter) -> _ {
    let now = filter.scope_now(scope);
    let visible: ToUnitOrVolunteer<v::unit, v::id> = now.visible_to_unit_or_volunteer(v::unit, v::id);
    let there: Given<dsl::LtEq<v::id, Stored<Seq>>> = given(filter.as_of, |as_of| v::id.le(Stored(as_of)));
    let own: Given<dsl::EqAny<v::id, MembersAsOf>> =
        given(filter.then(scope.unit()), |(unit, as_of)| v::id.eq_any(members_as_of(unit, as_of)));
    let asked: Given<dsl::EqAny<v::id, MembersAsOf>> =
        given(filter.then(filter.unit), |(unit, as_of)| v::id.eq_any(members_as_of(unit, as_of)));
    let volunteer: Given<dsl::Eq<v::id, Stored<VolunteerId>>> =
        given(filter.volunteer, |volunteer| v::id.eq(Stored(volunteer)));
    let unit: Given<Within<v::unit>> = given(filter.unit_now(), |unit| within(v::unit, unit));
    v::table.filter(visible).filter(there).filter(own).filter(asked).filter(volunteer).filter(unit)
}

impl StatementFilter {
    /// The reader's scope, where it is asked of the present.
    fn scope_now(&self, scope: Scope) -> Scope {
        if self.then(scope.unit()).is_some() { Scope::All } else { scope }
    }

    fn unit_now(&self) -> Option<UnitId> {
        self.unit.filter(|_| self.as_of.is_none())
    }

    /// A unit of which it is asked who was a member after an entry.
    fn then(&self, unit: Option<UnitId>) -> Option<(UnitId, Seq)> {
        unit.zip(self.as_of)
    }
}

diesel::alias!(memberships as later: Later);

/// Those whose last membership up to an entry was with a unit or one under it.
#[auto_type(type_case = "PascalCase")]
fn members_as_of(unit: UnitId, seq: Seq) -> _ {
    let with_unit: Within<m::unit> = within(m::unit, unit);
    let followed = later
        .filter(later.field(m::volunteer).eq(m::volunteer))
        .filter(later.field(m::entry).gt(m::entry))
        .filter(later.field(m::entry).le(Stored(seq)));
    m::table
        .filter(with_unit)
        .filter(m::entry.le(Stored(seq)))
        .filter(dsl::not(dsl::exists(followed)))
        .select(m::volunteer)
}

fn volunteers_after(
    db: &mut Db,
    scope: Scope,
    filter: StatementFilter,
    last: Option<VolunteerId>,
) -> Result<Vec<VolunteerId>, StoreError> {
    let volunteers = volunteers(scope, filter)
        .filter(given(last, |last| v::id.gt(Stored(last))))
        .order(v::id)
        .limit(VOLUNTEERS)
        .select(v::id);
    Ok(db.load(volunteers)?.into_iter().map(Stored::value).collect())
}

fn each_of<E: From<StoreError>>(
    db: &mut Db,
    volunteers: &[VolunteerId],
    as_of: Option<Seq>,
    take: &mut impl FnMut(Line) -> Result<(), E>,
) -> Result<(), E> {
    let mut balances = Balances::default();
    let mut last = None;
    loop {
        let page = lines_after(db, volunteers, as_of, last)?;
        let Some(newest) = page.last() else { return Ok(()) };
        last = Some(newest.place());
        for line in page {
            take(balances.after(line))?;
        }
    }
}

/// The place of a line: volunteer, entry, and line within the entry.
type Place = (VolunteerId, Seq, i64);

fn lines_after(
    db: &mut Db,
    volunteers: &[VolunteerId],
    as_of: Option<Seq>,
    last: Option<Place>,
) -> Result<Vec<Line>, StoreError> {
    let is_to_come = |id: &VolunteerId| last.is_none_or(|(volunteer, ..)| *id >= volunteer);
    let to_come = volunteers.iter().copied().filter(is_to_come);
    let lines = p::table
        .inner_join(e::table.on(e::seq.eq(p::seq)))
        .filter(is_one_of(p::volunteer, to_come))
        .filter(literally(p::volunteer, "<> 0"))
        .filter(given(as_of, |as_of| p::seq.le(Stored(as_of))))
        .filter(given(last, |(volunteer, seq, line)| {
            let of_next = p::volunteer.gt(Stored(volunteer));
            of_next.or(p::seq.gt(Stored(seq))).or(p::seq.eq(Stored(seq)).and(p::line.gt(line)))
        }))
        .order((p::volunteer, p::seq, p::line))
        .limit(LINES)
        .select((
            (p::volunteer, p::seq, p::line),
            (e::kind, e::recorded_at, e::effective_date, e::reverses),
            OF_POSTING,
            p::amount,
        ));
    db.load(lines)?.into_iter().map(line).collect()
}

type LineRow = (
    (Stored<VolunteerId>, Stored<Seq>, i64),
    (String, Stored<Timestamp>, Stored<NaiveDate>, Option<Stored<Seq>>),
    AccountColumns,
    i64,
);

fn line(row: LineRow) -> Result<Line, StoreError> {
    let ((volunteer, seq, line), (kind, recorded_at, effective_date, reverses), account, amount) = row;
    Ok(Line {
        volunteer: volunteer.value(),
        seq: seq.value(),
        line,
        kind,
        recorded_at: recorded_at.value(),
        effective_date: effective_date.value(),
        reverses: reverses.map(Stored::value),
        account: Account::try_from(account)?,
        amount,
        account_balance: 0,
        asset_balance: 0,
    })
}

impl Line {
    fn place(&self) -> Place {
        (self.volunteer, self.seq, self.line)
    }
}

/// The balances of the current volunteer.
#[derive(Default)]
struct Balances {
    volunteer: Option<VolunteerId>,
    by_account: BTreeMap<&'static str, (Asset, i64)>,
}

impl Balances {
    /// The line with the balances after it.
    fn after(&mut self, line: Line) -> Line {
        if self.volunteer != Some(line.volunteer) {
            *self = Self { volunteer: Some(line.volunteer), by_account: BTreeMap::new() };
        }
        let asset = line.account.asset();
        let (_, balance) = self.by_account.entry(line.account.kind()).or_insert((asset, 0));
        *balance += line.amount;
        let account_balance = *balance;
        let of_asset = self.by_account.values().filter(|(of, _)| *of == asset);
        Line { account_balance, asset_balance: of_asset.map(|(_, sum)| sum).sum(), ..line }
    }
}
