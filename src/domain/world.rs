//! What the rules see: the part of the ledger's state that a batch of commands names.
//!
//! The write path does not guess beforehand which rows a command needs. A rule asks the world; what
//! is not there yet is noted as a miss and the rule stops with [`Stop::Miss`]; the store then reads
//! all misses of the whole batch at once and the rules run again. Rules are pure, so that asking
//! twice changes nothing, and no rule can forget to load what it reads.
//!
//! A *whole* world (the pure core of the model-based test) holds everything there is: in it nothing
//! can be missing, only absent.

use super::account::{Account, Posting};
use super::activity::Activity;
use super::actor::Actor;
use super::amounts::Points;
use super::assessment::AssessmentScheme;
use super::calendar::{CalendarDay, DayKind};
use super::certificate::{Certificate, CreditedService};
use super::correction::{Correction, CorrectionStatus};
use super::finding::dismissal::{Dismissal, FindingId};
use super::ids::{
    ActivityId, AssessmentSchemeId, CertificateId, CorrectionId, LotId, ModelPostId, ObjectionId, OperatorId,
    PledgeId, ProgrammeId, RecordId, RedemptionId, RewardId, TransferId, UnitId, VolunteerId,
};
use super::model_post::ModelPost;
use super::notice::NoticePolicy;
use super::objection::Objection;
use super::operator::Operator;
use super::pledge::Pledge;
use super::points::Lot;
use super::policy::PointsPolicy;
use super::programme::Programme;
use super::record::{RecordStatus, ServiceRecord};
use super::redemption::Redemption;
use super::rejection::Rejection;
use super::reward::Reward;
use super::star::StarScheme;
use super::text::{Name, UnitCode};
use super::transfer::Transfer;
use super::unit::{Headcount, Unit};
use super::volunteer::{Membership, Volunteer};
use chrono::{Datelike, NaiveDate};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

/// A keyed hash that finds a text without showing it (blind index).
pub type BlindIndex = [u8; 32];

/// A calendar month as `year * 100 + month`.
pub type YearMonth = i32;

/// What a rule can ask for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Unit(UnitId),
    /// Which unit has this code.
    UnitCode(UnitCode),
    Volunteer(VolunteerId),
    /// Which volunteer is registered with the document of this blind index.
    Identity(BlindIndex),
    Programme(ProgrammeId),
    Activity(ActivityId),
    Record(RecordId),
    /// A volunteer's live records that touch a local day.
    RecordsOn(VolunteerId, NaiveDate),
    /// What a volunteer has been credited with, record by record.
    CreditedOf(VolunteerId),
    Lot(LotId),
    /// A volunteer's lots with something left.
    LotsOf(VolunteerId),
    /// What a volunteer earned for service in a month.
    EarnedIn(VolunteerId, YearMonth),
    Transfer(TransferId),
    /// All versions of the points policy.
    Policies,
    Reward(RewardId),
    Redemption(RedemptionId),
    Certificate(CertificateId),
    Operator(OperatorId),
    /// Which operator has this login.
    Login(Name),
    /// The marked days of a year.
    CalendarYear(i32),
    NoticePolicy(UnitId),
    Objection(ObjectionId),
    /// What somebody has objected to a record.
    ObjectionBy(RecordId, Actor),
    Correction(CorrectionId),
    /// A volunteer's corrections that are to be decided.
    OpenCorrections(VolunteerId),
    /// All versions of the star scheme.
    StarSchemes,
    AssessmentScheme(AssessmentSchemeId),
    Pledge(PledgeId),
    ModelPost(ModelPostId),
    /// Whether a finding has been dismissed.
    Dismissal(FindingId),
}

/// Why a rule could not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Something asked for is not loaded; the world has noted what.
    Miss,
    /// A rule refuses the command.
    Rejected(Rejection),
}

impl From<Rejection> for Stop {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

/// A row of the state that the journal determines.
pub trait Row: Clone {
    /// What the row is found by.
    type Key: Copy + Eq + Ord + Hash;
    /// This row's key.
    fn key(&self) -> Self::Key;
}

/// The rows of one table that are at hand, and which of them have changed.
#[derive(Clone, Debug)]
pub struct Shelf<R: Row> {
    rows: HashMap<R::Key, Option<R>>,
    changed: BTreeSet<R::Key>,
}

impl<R: Row> Default for Shelf<R> {
    fn default() -> Self {
        Self { rows: HashMap::new(), changed: BTreeSet::new() }
    }
}

impl<R: Row> Shelf<R> {
    /// Lays down what the store read: the row, or that there is none.
    ///
    /// A row that is at hand already is left: it is the same, or newer.
    pub fn lay(&mut self, key: R::Key, row: Option<R>) {
        self.rows.entry(key).or_insert(row);
    }

    /// Every row at hand.
    pub fn iter(&self) -> impl Iterator<Item = &R> {
        self.rows.values().flatten()
    }

    fn holds(&self, key: R::Key) -> bool {
        self.rows.contains_key(&key)
    }

    fn get(&self, key: R::Key) -> Option<&R> {
        self.rows.get(&key).and_then(Option::as_ref)
    }

    fn put(&mut self, row: R) {
        self.changed.insert(row.key());
        self.rows.insert(row.key(), Some(row));
    }

    fn take_changed(&mut self) -> Vec<R> {
        let changed = std::mem::take(&mut self.changed);
        changed.into_iter().filter_map(|key| self.get(key).cloned()).collect()
    }
}

/// The state at hand.
#[derive(Clone, Debug, Default)]
pub struct World {
    whole: bool,
    missing: RefCell<BTreeSet<Key>>,
    pub units: Shelf<Unit>,
    pub headcounts: Shelf<Headcount>,
    pub volunteers: Shelf<Volunteer>,
    pub memberships: Shelf<Membership>,
    pub programmes: Shelf<Programme>,
    pub activities: Shelf<Activity>,
    pub records: Shelf<ServiceRecord>,
    pub lots: Shelf<Lot>,
    pub transfers: Shelf<Transfer>,
    pub policies: Shelf<PointsPolicy>,
    pub rewards: Shelf<Reward>,
    pub redemptions: Shelf<Redemption>,
    pub certificates: Shelf<Certificate>,
    pub operators: Shelf<Operator>,
    pub calendar: Shelf<CalendarDay>,
    pub notice_policies: Shelf<NoticePolicy>,
    pub objections: Shelf<Objection>,
    pub corrections: Shelf<Correction>,
    pub star_schemes: Shelf<StarScheme>,
    pub assessment_schemes: Shelf<AssessmentScheme>,
    pub pledges: Shelf<Pledge>,
    pub model_posts: Shelf<ModelPost>,
    pub dismissals: Shelf<Dismissal>,
    /// Look-ups beside the keys.
    pub codes: HashMap<UnitCode, Option<UnitId>>,
    pub identities: HashMap<BlindIndex, Option<VolunteerId>>,
    pub logins: HashMap<Name, Option<OperatorId>>,
    pub records_on: HashMap<(VolunteerId, NaiveDate), BTreeSet<RecordId>>,
    pub credited_of: HashMap<VolunteerId, BTreeMap<RecordId, CreditedService>>,
    pub lots_of: HashMap<VolunteerId, BTreeSet<LotId>>,
    pub earned_in: HashMap<(VolunteerId, YearMonth), Points>,
    pub policies_loaded: bool,
    pub calendar_years: BTreeSet<i32>,
    pub corrections_of: HashMap<VolunteerId, BTreeSet<CorrectionId>>,
    pub objections_by: HashMap<(RecordId, Actor), Option<ObjectionId>>,
    pub star_schemes_loaded: bool,
    /// What the postings since the last [`World::take_changes`] add to each account.
    balances: BTreeMap<Account, i64>,
}

/// What has changed since it was last asked.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    pub units: Vec<Unit>,
    pub headcounts: Vec<Headcount>,
    pub volunteers: Vec<Volunteer>,
    pub memberships: Vec<Membership>,
    pub programmes: Vec<Programme>,
    pub activities: Vec<Activity>,
    pub records: Vec<ServiceRecord>,
    pub lots: Vec<Lot>,
    pub transfers: Vec<Transfer>,
    pub policies: Vec<PointsPolicy>,
    pub rewards: Vec<Reward>,
    pub redemptions: Vec<Redemption>,
    pub certificates: Vec<Certificate>,
    pub operators: Vec<Operator>,
    pub calendar: Vec<CalendarDay>,
    pub notice_policies: Vec<NoticePolicy>,
    pub objections: Vec<Objection>,
    pub corrections: Vec<Correction>,
    pub star_schemes: Vec<StarScheme>,
    pub assessment_schemes: Vec<AssessmentScheme>,
    pub pledges: Vec<Pledge>,
    pub model_posts: Vec<ModelPost>,
    pub dismissals: Vec<Dismissal>,
    /// What is added to each account's balance.
    pub balances: BTreeMap<Account, i64>,
}

macro_rules! rows {
    ($($get:ident $shelf:ident: $row:ty, $key:ident($id:ty), $absent:ident;)*) => {$(
        /// The row of this id; a miss if not loaded, a refusal if there is none.
        pub fn $get(&self, id: $id) -> Result<&$row, Stop> {
            self.want([Key::$key(id)])?;
            self.$shelf.get(id).ok_or(Stop::Rejected(Rejection::$absent))
        }
    )*};
}

impl World {
    /// A world that holds everything there is: nothing, to begin with.
    #[must_use]
    pub fn whole() -> Self {
        Self { whole: true, ..Self::default() }
    }

    /// Stops with a miss, having noted them all, unless every key is at hand.
    pub fn want<const N: usize>(&self, keys: [Key; N]) -> Result<(), Stop> {
        self.want_all(keys)
    }

    /// [`World::want`] for any number of keys.
    pub fn want_all(&self, keys: impl IntoIterator<Item = Key>) -> Result<(), Stop> {
        let mut missed = false;
        for key in keys {
            if !self.holds(&key) {
                self.missing.borrow_mut().insert(key);
                missed = true;
            }
        }
        if missed { Err(Stop::Miss) } else { Ok(()) }
    }

    /// What rules asked for in vain since the last call.
    #[must_use]
    pub fn take_missing(&self) -> BTreeSet<Key> {
        self.missing.take()
    }

    fn holds(&self, key: &Key) -> bool {
        self.whole
            || match key {
                Key::Unit(id) => self.units.holds(*id),
                Key::UnitCode(code) => self.codes.contains_key(code),
                Key::Volunteer(id) => self.volunteers.holds(*id),
                Key::Identity(index) => self.identities.contains_key(index),
                Key::Programme(id) => self.programmes.holds(*id),
                Key::Activity(id) => self.activities.holds(*id),
                Key::Record(id) => self.records.holds(*id),
                Key::RecordsOn(volunteer, date) => self.records_on.contains_key(&(*volunteer, *date)),
                Key::CreditedOf(volunteer) => self.credited_of.contains_key(volunteer),
                Key::Lot(id) => self.lots.holds(*id),
                Key::LotsOf(volunteer) => self.lots_of.contains_key(volunteer),
                Key::EarnedIn(volunteer, month) => self.earned_in.contains_key(&(*volunteer, *month)),
                Key::Transfer(id) => self.transfers.holds(*id),
                Key::Policies => self.policies_loaded,
                Key::Reward(id) => self.rewards.holds(*id),
                Key::Redemption(id) => self.redemptions.holds(*id),
                Key::Certificate(id) => self.certificates.holds(*id),
                Key::Operator(id) => self.operators.holds(*id),
                Key::Login(login) => self.logins.contains_key(login),
                Key::CalendarYear(year) => self.calendar_years.contains(year),
                Key::NoticePolicy(unit) => self.notice_policies.holds(*unit),
                Key::Objection(id) => self.objections.holds(*id),
                Key::Correction(id) => self.corrections.holds(*id),
                Key::OpenCorrections(volunteer) => self.corrections_of.contains_key(volunteer),
                Key::ObjectionBy(record, actor) => self.objections_by.contains_key(&(*record, *actor)),
                Key::StarSchemes => self.star_schemes_loaded,
                Key::AssessmentScheme(id) => self.assessment_schemes.holds(*id),
                Key::Pledge(id) => self.pledges.holds(*id),
                Key::ModelPost(id) => self.model_posts.holds(*id),
                Key::Dismissal(finding) => self.dismissals.holds(*finding),
            }
    }

    rows! {
        unit units: Unit, Unit(UnitId), UnitNotFound;
        volunteer volunteers: Volunteer, Volunteer(VolunteerId), VolunteerNotFound;
        programme programmes: Programme, Programme(ProgrammeId), ProgrammeNotFound;
        activity activities: Activity, Activity(ActivityId), ActivityNotFound;
        record records: ServiceRecord, Record(RecordId), RecordNotFound;
        lot lots: Lot, Lot(LotId), LotNotFound;
        transfer transfers: Transfer, Transfer(TransferId), TransferNotFound;
        reward rewards: Reward, Reward(RewardId), RewardNotFound;
        redemption redemptions: Redemption, Redemption(RedemptionId), RedemptionNotFound;
        certificate certificates: Certificate, Certificate(CertificateId), CertificateNotFound;
        operator operators: Operator, Operator(OperatorId), OperatorNotFound;
        correction corrections: Correction, Correction(CorrectionId), CorrectionNotFound;
        objection objections: Objection, Objection(ObjectionId), ObjectionNotFound;
        assessment_scheme assessment_schemes: AssessmentScheme, AssessmentScheme(AssessmentSchemeId),
            AssessmentSchemeNotFound;
        pledge pledges: Pledge, Pledge(PledgeId), PledgeNotFound;
        model_post model_posts: ModelPost, ModelPost(ModelPostId), ModelPostNotFound;
    }

    /// The unit that has this code, if any.
    pub fn unit_with_code(&self, code: &UnitCode) -> Result<Option<UnitId>, Stop> {
        self.want([Key::UnitCode(code.clone())])?;
        Ok(self.codes.get(code).copied().flatten())
    }

    /// The volunteer registered with the document of this blind index, if any.
    pub fn volunteer_with_identity(&self, index: BlindIndex) -> Result<Option<VolunteerId>, Stop> {
        self.want([Key::Identity(index)])?;
        Ok(self.identities.get(&index).copied().flatten())
    }

    /// The operator that has this login, if any.
    pub fn operator_with_login(&self, login: &Name) -> Result<Option<OperatorId>, Stop> {
        self.want([Key::Login(login.clone())])?;
        Ok(self.logins.get(login).copied().flatten())
    }

    /// The dismissal of this finding, if it was dismissed.
    pub fn dismissal(&self, finding: FindingId) -> Result<Option<&Dismissal>, Stop> {
        self.want([Key::Dismissal(finding)])?;
        Ok(self.dismissals.get(finding))
    }

    /// A volunteer's live records that touch any of these local days, each once, oldest first.
    pub fn live_records_on(
        &self,
        volunteer: VolunteerId,
        days: &[NaiveDate],
    ) -> Result<Vec<&ServiceRecord>, Stop> {
        self.want_all(days.iter().map(|day| Key::RecordsOn(volunteer, *day)))?;
        let ids: BTreeSet<RecordId> = days
            .iter()
            .filter_map(|day| self.records_on.get(&(volunteer, *day)))
            .flatten()
            .copied()
            .collect();
        Ok(ids.into_iter().filter_map(|id| self.records.get(id)).collect())
    }

    /// What a volunteer has been credited with, voided service apart, record by record.
    pub fn credited_services(
        &self,
        volunteer: VolunteerId,
    ) -> Result<impl Iterator<Item = &CreditedService>, Stop> {
        self.want([Key::CreditedOf(volunteer)])?;
        Ok(self.credited_of.get(&volunteer).into_iter().flat_map(BTreeMap::values))
    }

    /// A volunteer's lots with something left, first to expire first, then oldest.
    pub fn open_lots(&self, volunteer: VolunteerId) -> Result<Vec<&Lot>, Stop> {
        self.want([Key::LotsOf(volunteer)])?;
        let ids = self.lots_of.get(&volunteer).into_iter().flatten();
        let mut lots: Vec<&Lot> = ids.filter_map(|id| self.lots.get(*id)).collect();
        lots.sort_by_key(|lot| (lot.expires_at.is_none(), lot.expires_at, lot.id));
        Ok(lots)
    }

    /// What a volunteer earned for service in a month, voided service apart.
    pub fn points_earned_in(&self, volunteer: VolunteerId, month: YearMonth) -> Result<Points, Stop> {
        self.want([Key::EarnedIn(volunteer, month)])?;
        Ok(self.earned_in.get(&(volunteer, month)).copied().unwrap_or_default())
    }

    /// Every version of the points policy, in no order.
    pub fn policies(&self) -> Result<impl Iterator<Item = &PointsPolicy>, Stop> {
        self.want([Key::Policies])?;
        Ok(self.policies.iter())
    }

    /// What a day of a year that is at hand was marked as, if it was.
    pub(super) fn marked(&self, day: NaiveDate) -> Option<DayKind> {
        debug_assert!(self.holds(&Key::CalendarYear(day.year())), "{day} was not asked for");
        self.calendar.get(day).map(|marked| marked.kind)
    }

    /// What a unit that is at hand has said itself of public notice, if anything.
    pub(super) fn notice_policy(&self, unit: UnitId) -> Option<&NoticePolicy> {
        debug_assert!(self.holds(&Key::NoticePolicy(unit)), "{unit} was not asked for");
        self.notice_policies.get(unit)
    }

    /// What somebody has objected to a record, if anything.
    pub fn objection_by(&self, record: RecordId, actor: Actor) -> Result<Option<ObjectionId>, Stop> {
        self.want([Key::ObjectionBy(record, actor)])?;
        Ok(self.objections_by.get(&(record, actor)).copied().flatten())
    }

    /// A volunteer's corrections that are to be decided, oldest first.
    pub fn open_corrections(&self, volunteer: VolunteerId) -> Result<Vec<&Correction>, Stop> {
        self.want([Key::OpenCorrections(volunteer)])?;
        let ids = self.corrections_of.get(&volunteer).into_iter().flatten();
        Ok(ids.filter_map(|id| self.corrections.get(*id)).collect())
    }
    /// Every version of the star scheme, in no order.
    pub fn star_schemes(&self) -> Result<impl Iterator<Item = &StarScheme>, Stop> {
        self.want([Key::StarSchemes])?;
        Ok(self.star_schemes.iter())
    }

    pub(super) fn put_unit(&mut self, unit: Unit) {
        self.codes.insert(unit.code.clone(), Some(unit.id));
        self.units.put(unit);
    }

    pub(super) fn put_headcount(&mut self, headcount: Headcount) {
        self.headcounts.put(headcount);
    }

    pub(super) fn put_volunteer(&mut self, volunteer: Volunteer) {
        self.volunteers.put(volunteer);
    }

    pub(super) fn put_membership(&mut self, membership: Membership) {
        self.memberships.put(membership);
    }

    pub(super) fn put_programme(&mut self, programme: Programme) {
        self.programmes.put(programme);
    }

    pub(super) fn put_activity(&mut self, activity: Activity) {
        self.activities.put(activity);
    }

    /// Puts the record, which touches these local days, and keeps the lists that it belongs to right.
    pub(super) fn put_record(&mut self, record: ServiceRecord, days: &[NaiveDate]) {
        for day in days {
            let place = (record.volunteer, *day);
            if self.whole {
                self.records_on.entry(place).or_default();
            }
            if let Some(list) = self.records_on.get_mut(&place) {
                if record.status.is_live() {
                    list.insert(record.id);
                } else {
                    list.remove(&record.id);
                }
            }
        }
        if self.whole {
            self.credited_of.entry(record.volunteer).or_default();
        }
        if let Some(list) = self.credited_of.get_mut(&record.volunteer) {
            if record.status == RecordStatus::Credited {
                list.insert(record.id, CreditedService::of(&record));
            } else {
                list.remove(&record.id);
            }
        }
        self.records.put(record);
    }

    /// Puts the lot and keeps the volunteer's list of open lots right.
    pub(super) fn put_lot(&mut self, lot: Lot) {
        if self.whole {
            self.lots_of.entry(lot.volunteer).or_default();
        }
        if let Some(list) = self.lots_of.get_mut(&lot.volunteer) {
            if lot.remaining.is_positive() {
                list.insert(lot.id);
            } else {
                list.remove(&lot.id);
            }
        }
        self.lots.put(lot);
    }

    pub(super) fn add_earned(&mut self, volunteer: VolunteerId, month: YearMonth, points: Points) {
        if self.whole {
            self.earned_in.entry((volunteer, month)).or_default();
        }
        if let Some(earned) = self.earned_in.get_mut(&(volunteer, month)) {
            *earned += points;
        }
    }

    pub(super) fn put_transfer(&mut self, transfer: Transfer) {
        self.transfers.put(transfer);
    }

    pub(super) fn put_policy(&mut self, policy: PointsPolicy) {
        self.policies.put(policy);
    }

    pub(super) fn put_reward(&mut self, reward: Reward) {
        self.rewards.put(reward);
    }

    pub(super) fn put_redemption(&mut self, redemption: Redemption) {
        self.redemptions.put(redemption);
    }

    pub(super) fn put_certificate(&mut self, certificate: Certificate) {
        self.certificates.put(certificate);
    }

    pub(super) fn put_operator(&mut self, operator: Operator) {
        self.operators.put(operator);
    }

    pub(super) fn put_calendar_day(&mut self, day: CalendarDay) {
        self.calendar.put(day);
    }

    pub(super) fn put_notice_policy(&mut self, policy: NoticePolicy) {
        self.notice_policies.put(policy);
    }

    pub(super) fn put_objection(&mut self, objection: Objection) {
        self.objections_by.insert((objection.record, objection.raised_by), Some(objection.id));
        self.objections.put(objection);
    }

    /// Puts the correction and keeps the volunteer's list of open ones right.
    pub(super) fn put_correction(&mut self, correction: Correction) {
        if self.whole {
            self.corrections_of.entry(correction.volunteer).or_default();
        }
        if let Some(list) = self.corrections_of.get_mut(&correction.volunteer) {
            if correction.status == CorrectionStatus::Open {
                list.insert(correction.id);
            } else {
                list.remove(&correction.id);
            }
        }
        self.corrections.put(correction);
    }

    pub(super) fn put_star_scheme(&mut self, scheme: StarScheme) {
        self.star_schemes.put(scheme);
    }

    pub(super) fn put_assessment_scheme(&mut self, scheme: AssessmentScheme) {
        self.assessment_schemes.put(scheme);
    }

    pub(super) fn put_pledge(&mut self, pledge: Pledge) {
        self.pledges.put(pledge);
    }

    pub(super) fn put_model_post(&mut self, post: ModelPost) {
        self.model_posts.put(post);
    }

    pub(super) fn put_dismissal(&mut self, dismissal: Dismissal) {
        self.dismissals.put(dismissal);
    }

    pub(super) fn post(&mut self, lines: &[Posting]) {
        for line in lines {
            *self.balances.entry(line.account).or_default() += line.amount;
        }
    }

    /// Remembers who is registered with a document, or that nobody is any more.
    pub fn set_identity(&mut self, index: BlindIndex, volunteer: Option<VolunteerId>) {
        self.identities.insert(index, volunteer);
    }

    /// Remembers whose login this is.
    pub fn set_login(&mut self, login: Name, operator: OperatorId) {
        self.logins.insert(login, Some(operator));
    }

    /// Forgets by whose document a volunteer was found.
    pub fn forget_identity_of(&mut self, volunteer: VolunteerId) {
        self.identities
            .values_mut()
            .filter(|owner| **owner == Some(volunteer))
            .for_each(|owner| *owner = None);
    }

    /// How many rows are at hand, to bound what is kept between batches.
    #[must_use]
    pub fn size(&self) -> usize {
        self.volunteers.rows.len()
            + self.records.rows.len()
            + self.lots.rows.len()
            + self.activities.rows.len()
            + self.records_on.len()
            + self.redemptions.rows.len()
            + self.transfers.rows.len()
            + self.memberships.rows.len()
            + self.objections_by.len()
            + self.corrections.rows.len()
            + self.identities.len()
            + self.earned_in.len()
            + self.credited_of.values().map(BTreeMap::len).sum::<usize>()
            + self.certificates.rows.len()
            + self.pledges.rows.len()
            + self.model_posts.rows.len()
            + self.dismissals.rows.len()
    }

    /// Only what the house is made of, which nothing but an entry of [`HOUSE_KINDS`](super::event::HOUSE_KINDS)
    /// changes: where others have written, nothing else may be relied on.
    #[must_use]
    pub fn keep_house(self) -> Self {
        Self {
            units: self.units,
            headcounts: self.headcounts,
            programmes: self.programmes,
            operators: self.operators,
            policies: self.policies,
            policies_loaded: self.policies_loaded,
            calendar: self.calendar,
            calendar_years: self.calendar_years,
            notice_policies: self.notice_policies,
            star_schemes: self.star_schemes,
            star_schemes_loaded: self.star_schemes_loaded,
            assessment_schemes: self.assessment_schemes,
            codes: self.codes,
            logins: self.logins,
            ..Self::default()
        }
    }

    /// What has changed since the last call, to be written down.
    pub fn take_changes(&mut self) -> Changes {
        Changes {
            units: self.units.take_changed(),
            headcounts: self.headcounts.take_changed(),
            volunteers: self.volunteers.take_changed(),
            memberships: self.memberships.take_changed(),
            programmes: self.programmes.take_changed(),
            activities: self.activities.take_changed(),
            records: self.records.take_changed(),
            lots: self.lots.take_changed(),
            transfers: self.transfers.take_changed(),
            policies: self.policies.take_changed(),
            rewards: self.rewards.take_changed(),
            redemptions: self.redemptions.take_changed(),
            certificates: self.certificates.take_changed(),
            operators: self.operators.take_changed(),
            calendar: self.calendar.take_changed(),
            notice_policies: self.notice_policies.take_changed(),
            objections: self.objections.take_changed(),
            corrections: self.corrections.take_changed(),
            star_schemes: self.star_schemes.take_changed(),
            assessment_schemes: self.assessment_schemes.take_changed(),
            pledges: self.pledges.take_changed(),
            model_posts: self.model_posts.take_changed(),
            dismissals: self.dismissals.take_changed(),
            balances: std::mem::take(&mut self.balances),
        }
    }
}
