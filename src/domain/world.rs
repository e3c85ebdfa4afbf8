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
use super::actor::Actor;
use super::amounts::{Minutes, Points};
use super::application::{Application, ApplicationStatus};
use super::assessment::AssessmentScheme;
use super::attendance::{Attendance, AttendanceStatus};
use super::binding::Binding;
use super::calendar::DayKind;
use super::certificate::{Certificate, CreditedService};
use super::correction::{Correction, CorrectionStatus};
use super::crediting_policy::CreditingPolicy;
use super::dismissal::{Dismissal, FindingId};
use super::enrolment::{Enrolment, EnrolmentStatus};
use super::ids::{
    self, ActivityId, ApplicationId, AttendanceId, BindingId, CertificateId, CorrectionId, EnrolmentId,
    LotId, ObjectionId, OperatorId, PledgeId, PositionId, RatingId, RecordId, Seq, TrainingId, UnitId,
    VolunteerId,
};
use super::lot::{self, Lot};
use super::message::Message;
use super::notice::NoticePolicy;
use super::noun::{Refuses, Row};
use super::objection::{Objection, ObjectionStatus};
use super::pledge::Pledge;
use super::policy::PointsPolicy;
use super::position::Position;
use super::rating::Rating;
use super::record::{RecordStatus, ServiceRecord};
use super::rejection::Rejection;
use super::star::StarScheme;
use super::text::{LoginName, UnitCode};
use super::training::Training;
use super::unit::{Headcount, Unit};
use chrono::{Datelike, NaiveDate};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

pub use super::person::BlindIndex;
pub use super::time::YearMonth;

macro_rules! world {
    (things { $($module:ident: $Noun:ident($Row:ident, $Id:ident = $number:literal $what:literal)
        in $table:ident else $Absent:ident $commands:tt;)* }
     others $others:tt
     rows { $($rows:ident: $of:ident::$OtherRow:ident;)* }) => {
        /// What a rule can ask for: a thing by its id, or one of the look-ups.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key {
            $($Noun(ids::$Id),)*
            /// Which unit has this code.
            UnitCode(UnitCode),
            /// Which volunteer is registered with the document of this blind index.
            Identity(BlindIndex),
            /// Which volunteers have the name, birth date and mobile of this blind index.
            Alike(BlindIndex),
            /// A volunteer's live records that touch a local day.
            RecordsOn(VolunteerId, NaiveDate),
            /// A volunteer's voided records that had earned points and touch a local day.
            VoidedOn(VolunteerId, NaiveDate),
            /// What a volunteer has been credited with, record by record.
            CreditedOf(VolunteerId),
            /// A volunteer's records that are to be decided.
            PendingOf(VolunteerId),
            /// A volunteer's lots with something left, or something that is owed of them.
            LotsOf(VolunteerId),
            /// What a volunteer earned for service in a month.
            EarnedIn(VolunteerId, YearMonth),
            /// What one person alone credited of a volunteer's service in a month.
            CreditedAloneIn(VolunteerId, YearMonth),
            /// All versions of the points policy.
            Policies,
            /// Which binding is of the outside identity of this blind index.
            BoundSubject(BlindIndex),
            /// A volunteer's bindings that were not ended.
            OpenBindings(VolunteerId),
            /// Which application waits of who has this document, or signed in as this outside identity: a blind index of
            /// either.
            OpenApplication(BlindIndex),
            /// Which operator has this login.
            Login(LoginName),
            /// By which document an operator is known.
            OperatorIdentity(OperatorId),
            /// The marked days of a year.
            CalendarYear(i32),
            NoticePolicy(UnitId),
            CreditingPolicy(UnitId),
            /// The objections to a record.
            ObjectionsTo(RecordId),
            /// A volunteer's corrections that are to be decided.
            OpenCorrections(VolunteerId),
            /// A volunteer's pledges that were not ended.
            OpenPledges(VolunteerId),
            /// The objections that a volunteer raised and that are to be resolved.
            OpenObjectionsBy(VolunteerId),
            /// A volunteer's trainings that were not voided.
            TrainingsOf(VolunteerId),
            /// The positions of an activity.
            PositionsOf(ActivityId),
            /// Who waits for a place in a position.
            WaitingFor(PositionId),
            /// Who has a place in an activity, or may come to have one.
            EnrolledIn(ActivityId),
            /// A volunteer's places, and those that may become one.
            PlacesOf(VolunteerId),
            /// A volunteer's enrolment in an activity, if it was not given up.
            EnrolmentAt(VolunteerId, ActivityId),
            /// A volunteer's attendance that is open.
            OpenAttendanceOf(VolunteerId),
            /// A volunteer's attendances at an activity.
            AttendancesAt(VolunteerId, ActivityId),
            /// What a unit stated from a day on.
            Headcount(UnitId, NaiveDate),
            /// All versions of the star scheme.
            StarSchemes,
            /// All versions of all assessment schemes.
            AssessmentSchemes,
            /// The objections to a volunteer's records that are not dismissed.
            ObjectionsOf(VolunteerId),
            /// The certificates of a volunteer that were neither revoked nor replaced.
            CertificatesOf(VolunteerId),
            /// Since when a number is an alias of an earlier one.
            MergedNumber(VolunteerId, VolunteerId),
            /// How many occasions each of a volunteer's live records at an activity has.
            CountsAt(VolunteerId, ActivityId),
            /// A volunteer's live records at an activity.
            LiveAt(VolunteerId, ActivityId),
            /// What was said of an activity by a volunteer, and of the volunteer's service there.
            RatingsAt(VolunteerId, ActivityId),
            /// Whether a finding has been dismissed.
            Dismissal(FindingId),
        }

        /// The state that is loaded.
        #[derive(Clone, Debug, Default)]
        pub struct World {
            whole: bool,
            missing: RefCell<BTreeSet<Key>>,
            $(pub $table: RowCache<crate::domain::$module::$Row>,)*
            $(pub $rows: RowCache<crate::domain::$of::$OtherRow>,)*
            /// Look-ups beside the keys.
            pub codes: HashMap<UnitCode, Option<UnitId>>,
            pub identities: HashMap<BlindIndex, Option<VolunteerId>>,
            /// The other way round: by which loaded documents each is found.
            identities_of: HashMap<VolunteerId, BTreeSet<BlindIndex>>,
            alike: HashMap<BlindIndex, BTreeSet<VolunteerId>>,
            /// The other way round: in which loaded list each is.
            likeness_of: HashMap<VolunteerId, BlindIndex>,
            subjects: HashMap<BlindIndex, Option<(BindingId, VolunteerId)>>,
            pub bindings_of: HashMap<VolunteerId, BTreeSet<BindingId>>,
            open_applications: HashMap<BlindIndex, Option<ApplicationId>>,
            pub logins: HashMap<LoginName, Option<OperatorId>>,
            pub operator_identities: HashMap<OperatorId, Option<BlindIndex>>,
            pub records_on: HashMap<(VolunteerId, NaiveDate), BTreeSet<RecordId>>,
            pub voided_on: HashMap<(VolunteerId, NaiveDate), BTreeSet<RecordId>>,
            pub credited_of: HashMap<VolunteerId, BTreeMap<RecordId, CreditedService>>,
            pub pending_of: HashMap<VolunteerId, BTreeSet<RecordId>>,
            pub lots_of: HashMap<VolunteerId, BTreeSet<LotId>>,
            pub earned_in: HashMap<(VolunteerId, YearMonth), Points>,
            pub credited_alone_in: HashMap<(VolunteerId, YearMonth), Minutes>,
            pub policies_loaded: bool,
            pub calendar_years: BTreeSet<i32>,
            pub corrections_of: HashMap<VolunteerId, BTreeSet<CorrectionId>>,
            pub pledges_of: HashMap<VolunteerId, BTreeSet<PledgeId>>,
            pub objections_by: HashMap<VolunteerId, BTreeSet<ObjectionId>>,
            pub objections_to: HashMap<RecordId, BTreeSet<ObjectionId>>,
            pub trainings_of: HashMap<VolunteerId, BTreeSet<TrainingId>>,
            pub positions_of: HashMap<ActivityId, BTreeSet<PositionId>>,
            pub waiting_for: HashMap<PositionId, BTreeSet<EnrolmentId>>,
            pub enrolled_in: HashMap<ActivityId, BTreeSet<EnrolmentId>>,
            pub places_of: HashMap<VolunteerId, BTreeSet<EnrolmentId>>,
            pub enrolments_at: HashMap<(VolunteerId, ActivityId), BTreeSet<EnrolmentId>>,
            pub open_attendances_of: HashMap<VolunteerId, BTreeSet<AttendanceId>>,
            pub attendances_at: HashMap<(VolunteerId, ActivityId), BTreeSet<AttendanceId>>,
            pub star_schemes_loaded: bool,
            pub assessment_schemes_loaded: bool,
            pub objections_of: HashMap<VolunteerId, BTreeSet<ObjectionId>>,
            pub certificates_of: HashMap<VolunteerId, BTreeSet<CertificateId>>,
            pub counts_at: HashMap<(VolunteerId, ActivityId), BTreeMap<RecordId, i64>>,
            pub live_at: HashMap<(VolunteerId, ActivityId), BTreeSet<RecordId>>,
            pub ratings_at: HashMap<(VolunteerId, ActivityId), BTreeSet<RatingId>>,
            /// What the postings since the last [`World::take_changes`] add to each account.
            balances: BTreeMap<Account, i64>,
            /// What the entries since then tell, and whose inboxes they emptied before that.
            messages: Vec<Message>,
            emptied_inboxes: BTreeSet<VolunteerId>,
        }

        /// What has changed since it was last asked.
        #[derive(Clone, Debug, Default)]
        pub struct Changes {
            $(pub $table: Vec<crate::domain::$module::$Row>,)*
            $(pub $rows: Vec<crate::domain::$of::$OtherRow>,)*
            /// What is added to each account's balance.
            pub balances: BTreeMap<Account, i64>,
            /// Who is told nothing any more of what they were told before.
            pub emptied_inboxes: BTreeSet<VolunteerId>,
            /// What people are told.
            pub messages: Vec<Message>,
        }

        impl World {
            $(
                #[doc = concat!("The ", $what, " of this id; a miss if not loaded, a refusal if there is none.")]
                pub fn $module(&self, id: ids::$Id) -> Result<&crate::domain::$module::$Row, Stop> {
                    self.want([Key::$Noun(id)])?;
                    self.$table.get(id).ok_or_else(|| crate::domain::$module::Refusal::$Absent.into())
                }
            )*

            fn holds(&self, key: &Key) -> bool {
                self.whole
                    || match key {
                        $(Key::$Noun(id) => self.$table.holds(*id),)*
                        Key::UnitCode(code) => self.codes.contains_key(code),
                        Key::Identity(index) => self.identities.contains_key(index),
                        Key::Alike(likeness) => self.alike.contains_key(likeness),
                        Key::BoundSubject(index) => self.subjects.contains_key(index),
                        Key::OpenApplication(index) => self.open_applications.contains_key(index),
                        Key::OpenBindings(volunteer) => self.bindings_of.contains_key(volunteer),
                        Key::RecordsOn(volunteer, date) => self.records_on.contains_key(&(*volunteer, *date)),
                        Key::VoidedOn(volunteer, date) => self.voided_on.contains_key(&(*volunteer, *date)),
                        Key::CreditedOf(volunteer) => self.credited_of.contains_key(volunteer),
                        Key::PendingOf(volunteer) => self.pending_of.contains_key(volunteer),
                        Key::LotsOf(volunteer) => self.lots_of.contains_key(volunteer),
                        Key::EarnedIn(volunteer, month) => self.earned_in.contains_key(&(*volunteer, *month)),
                        Key::CreditedAloneIn(volunteer, month) => self.credited_alone_in.contains_key(&(*volunteer, *month)),
                        Key::Policies => self.policies_loaded,
                        Key::Login(login) => self.logins.contains_key(login),
                        Key::OperatorIdentity(operator) => self.operator_identities.contains_key(operator),
                        Key::CalendarYear(year) => self.calendar_years.contains(year),
                        Key::NoticePolicy(unit) => self.notice_policies.holds(*unit),
                        Key::CreditingPolicy(unit) => self.crediting_policies.holds(*unit),
                        Key::OpenCorrections(volunteer) => self.corrections_of.contains_key(volunteer),
                        Key::OpenPledges(volunteer) => self.pledges_of.contains_key(volunteer),
                        Key::OpenObjectionsBy(volunteer) => self.objections_by.contains_key(volunteer),
                        Key::TrainingsOf(volunteer) => self.trainings_of.contains_key(volunteer),
                        Key::PositionsOf(activity) => self.positions_of.contains_key(activity),
                        Key::WaitingFor(position) => self.waiting_for.contains_key(position),
                        Key::EnrolledIn(activity) => self.enrolled_in.contains_key(activity),
                        Key::PlacesOf(volunteer) => self.places_of.contains_key(volunteer),
                        Key::EnrolmentAt(volunteer, activity) => self.enrolments_at.contains_key(&(*volunteer, *activity)),
                        Key::OpenAttendanceOf(volunteer) => self.open_attendances_of.contains_key(volunteer),
                        Key::AttendancesAt(volunteer, activity) => self.attendances_at.contains_key(&(*volunteer, *activity)),
                        Key::Headcount(unit, day) => self.headcounts.holds((*unit, *day)),
                        Key::ObjectionsTo(record) => self.objections_to.contains_key(record),
                        Key::StarSchemes => self.star_schemes_loaded,
                        Key::AssessmentSchemes => self.assessment_schemes_loaded,
                        Key::ObjectionsOf(volunteer) => self.objections_of.contains_key(volunteer),
                        Key::CertificatesOf(volunteer) => self.certificates_of.contains_key(volunteer),
                        Key::MergedNumber(number, earlier) => self.merged_numbers.holds((*number, *earlier)),
                        Key::CountsAt(volunteer, activity) => self.counts_at.contains_key(&(*volunteer, *activity)),
                        Key::LiveAt(volunteer, activity) => self.live_at.contains_key(&(*volunteer, *activity)),
                        Key::RatingsAt(volunteer, activity) => self.ratings_at.contains_key(&(*volunteer, *activity)),
                        Key::Dismissal(finding) => self.dismissals.holds(*finding),
                    }
            }

            /// How many rows are cached whose number grows with the ledger, to bound what is kept between batches.
            #[must_use]
            pub fn size(&self) -> usize {
                let rows = [$(self.$table.growing(),)* $(self.$rows.growing()),*];
                rows.iter().sum::<usize>()
                    + self.records_on.len()
                    + self.voided_on.len()
                    + self.objections_to.len()
                    + self.objections_of.len()
                    + self.certificates_of.len()
                    + self.objections_by.len()
                    + self.pledges_of.len()
                    + self.trainings_of.len()
                    + self.positions_of.len()
                    + self.waiting_for.values().map(BTreeSet::len).sum::<usize>()
                    + self.enrolled_in.values().map(BTreeSet::len).sum::<usize>()
                    + self.places_of.len()
                    + self.enrolments_at.len()
                    + self.open_attendances_of.len()
                    + self.attendances_at.len()
                    + self.counts_at.len()
                    + self.live_at.len()
                    + self.ratings_at.len()
                    + self.identities.len()
                    + self.alike.len()
                    + self.subjects.len()
                    + self.bindings_of.len()
                    + self.open_applications.len()
                    + self.earned_in.len()
                    + self.credited_alone_in.len()
                    + self.pending_of.values().map(BTreeSet::len).sum::<usize>()
                    + self.credited_of.values().map(BTreeMap::len).sum::<usize>()
            }

            /// Only reference data ([`Row::IS_REFERENCE`]), which nothing but an entry of its own kinds changes
            /// ([`Event::reference_kinds`](super::event::Event::reference_kinds)): where others have written,
            /// nothing else may be relied on.
            #[must_use]
            pub fn only_reference_data(self) -> Self {
                Self {
                    $($table: self.$table.if_reference(),)*
                    $($rows: self.$rows.if_reference(),)*
                    policies_loaded: self.policies_loaded,
                    calendar_years: self.calendar_years,
                    star_schemes_loaded: self.star_schemes_loaded,
                    assessment_schemes_loaded: self.assessment_schemes_loaded,
                    codes: self.codes,
                    logins: self.logins,
                    operator_identities: self.operator_identities,
                    ..Self::default()
                }
            }

            /// What has changed since the last call, to be written down.
            pub fn take_changes(&mut self) -> Changes {
                Changes {
                    $($table: self.$table.take_changed(),)*
                    $($rows: self.$rows.take_changed(),)*
                    balances: std::mem::take(&mut self.balances),
                    emptied_inboxes: std::mem::take(&mut self.emptied_inboxes),
                    messages: std::mem::take(&mut self.messages),
                }
            }
        }

        $(impl Cached for crate::domain::$module::$Row {
            fn cache(world: &mut World) -> &mut RowCache<Self> {
                &mut world.$table
            }
        })*

        $(impl Cached for crate::domain::$of::$OtherRow {
            fn cache(world: &mut World) -> &mut RowCache<Self> {
                &mut world.$rows
            }
        })*
    };
}
crate::nouns!(world);

/// A row that the world has a cache of.
pub trait Cached: Row {
    /// The table.
    fn cache(world: &mut World) -> &mut RowCache<Self>;
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

impl<R: Refuses + Into<Rejection>> From<R> for Stop {
    fn from(refusal: R) -> Self {
        Self::Rejected(refusal.into())
    }
}

/// The cached rows of one table, and which of them have changed.
#[derive(Clone, Debug)]
pub struct RowCache<R: Row> {
    rows: HashMap<R::Key, Option<R>>,
    changed: BTreeSet<R::Key>,
}

impl<R: Row> Default for RowCache<R> {
    fn default() -> Self {
        Self { rows: HashMap::new(), changed: BTreeSet::new() }
    }
}

impl<R: Row> RowCache<R> {
    /// Caches what the store read: the row, or that there is none.
    ///
    /// A row that is cached already stays: it is the same, or newer.
    pub fn insert_loaded(&mut self, key: R::Key, row: Option<R>) {
        self.rows.entry(key).or_insert(row);
    }

    /// Every cached row.
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

    /// How many rows are cached, if their number grows with the ledger.
    fn growing(&self) -> usize {
        if R::IS_REFERENCE { 0 } else { self.rows.len() }
    }

    /// The same, if it is reference data; else nothing.
    fn if_reference(self) -> Self {
        if R::IS_REFERENCE { self } else { Self::default() }
    }

    fn take_changed(&mut self) -> Vec<R> {
        let changed = std::mem::take(&mut self.changed);
        changed.into_iter().filter_map(|key| self.get(key).cloned()).collect()
    }
}

impl World {
    /// A world that holds everything there is: nothing, to begin with.
    #[must_use]
    pub fn whole() -> Self {
        Self { whole: true, ..Self::default() }
    }

    /// Stops with a miss, having noted them all, unless every key is loaded.
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

    /// The unit that has this code, if any.
    pub fn unit_with_code(&self, code: &UnitCode) -> Result<Option<UnitId>, Stop> {
        self.want([Key::UnitCode(code.clone())])?;
        Ok(self.codes.get(code).copied().flatten())
    }

    /// The volunteer registered with the document of this blind index, if any.
    pub fn number_with_identity(&self, index: BlindIndex) -> Result<Option<VolunteerId>, Stop> {
        self.want([Key::Identity(index)])?;
        Ok(self.identities.get(&index).copied().flatten())
    }

    /// The person's number: of one that was merged, the earlier one.
    pub fn person_of(&self, id: VolunteerId) -> Result<VolunteerId, Stop> {
        self.want([Key::Volunteer(id)])?;
        Ok(self.volunteers.get(id).and_then(|volunteer| volunteer.merged_into).unwrap_or(id))
    }

    /// A number and those that were merged into it: whatever is looked up by the number of a person is looked up by all.
    pub fn numbers_of(&self, id: VolunteerId) -> Result<Vec<VolunteerId>, Stop> {
        self.want([Key::Volunteer(id)])?;
        let merged = self.volunteers.get(id).map(|volunteer| volunteer.merged_numbers.as_slice());
        Ok([&[id], merged.unwrap_or_default()].concat())
    }

    /// The number of the person who is registered with the document of this blind index, if anybody is.
    pub fn volunteer_with_identity(&self, index: BlindIndex) -> Result<Option<VolunteerId>, Stop> {
        self.number_with_identity(index)?.map(|number| self.person_of(number)).transpose()
    }

    /// The entry since which a number is an alias of an earlier one, if it is.
    pub fn merged_since(&self, number: VolunteerId, earlier: VolunteerId) -> Result<Option<Seq>, Stop> {
        self.want([Key::MergedNumber(number, earlier)])?;
        Ok(self.merged_numbers.get((number, earlier)).map(|merged| merged.entry))
    }

    /// The volunteers whose name, birth date and mobile are those of this blind index.
    pub fn volunteers_alike(&self, likeness: BlindIndex) -> Result<&BTreeSet<VolunteerId>, Stop> {
        static NONE: BTreeSet<VolunteerId> = BTreeSet::new();
        self.want([Key::Alike(likeness)])?;
        Ok(self.alike.get(&likeness).unwrap_or(&NONE))
    }

    /// The binding of the outside identity of this blind index, if it is bound.
    pub fn binding_with_subject(&self, index: BlindIndex) -> Result<Option<BindingId>, Stop> {
        self.want([Key::BoundSubject(index)])?;
        Ok(self.subjects.get(&index).copied().flatten().map(|(binding, _)| binding))
    }

    /// A person's bindings that were not ended, oldest first.
    pub fn open_bindings(&self, volunteer: VolunteerId) -> Result<Vec<&Binding>, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().copied().map(Key::OpenBindings))?;
        let lists = numbers.into_iter().filter_map(|number| self.bindings_of.get(&number));
        let ids: BTreeSet<BindingId> = lists.flatten().copied().collect();
        Ok(ids.into_iter().filter_map(|id| self.bindings.get(id)).collect())
    }

    /// The same of one number alone, to be ended.
    pub(super) fn bindings_of_number(&self, volunteer: VolunteerId) -> Result<Vec<Binding>, Stop> {
        self.want([Key::OpenBindings(volunteer)])?;
        let ids = self.bindings_of.get(&volunteer).into_iter().flatten();
        Ok(ids.filter_map(|id| self.bindings.get(*id)).cloned().collect())
    }

    /// The application that waits of who has this blind index, if one does.
    pub fn open_application_of(&self, index: BlindIndex) -> Result<Option<ApplicationId>, Stop> {
        self.want([Key::OpenApplication(index)])?;
        Ok(self.open_applications.get(&index).copied().flatten())
    }

    /// The operator that has this login, if any.
    pub fn operator_with_login(&self, login: &LoginName) -> Result<Option<OperatorId>, Stop> {
        self.want([Key::Login(login.clone())])?;
        Ok(self.logins.get(login).copied().flatten())
    }

    /// The blind index of the document by which an operator is known, if by any.
    pub fn identity_of_operator(&self, operator: OperatorId) -> Result<Option<BlindIndex>, Stop> {
        self.want([Key::OperatorIdentity(operator)])?;
        Ok(self.operator_identities.get(&operator).copied().flatten())
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
        let places = places(&self.numbers_of(volunteer)?, days);
        self.want_all(places.iter().map(|(number, day)| Key::RecordsOn(*number, *day)))?;
        Ok(self.listed(&self.records_on, &places))
    }

    /// A volunteer's voided records that had earned points and touch any of these local days, oldest first.
    pub fn voided_records_on(
        &self,
        volunteer: VolunteerId,
        days: &[NaiveDate],
    ) -> Result<Vec<&ServiceRecord>, Stop> {
        let places = places(&self.numbers_of(volunteer)?, days);
        self.want_all(places.iter().map(|(number, day)| Key::VoidedOn(*number, *day)))?;
        Ok(self.listed(&self.voided_on, &places))
    }

    fn listed(
        &self,
        lists: &HashMap<(VolunteerId, NaiveDate), BTreeSet<RecordId>>,
        places: &[(VolunteerId, NaiveDate)],
    ) -> Vec<&ServiceRecord> {
        let lists = places.iter().filter_map(|place| lists.get(place));
        let ids: BTreeSet<RecordId> = lists.flatten().copied().collect();
        ids.into_iter().filter_map(|id| self.records.get(id)).collect()
    }

    /// What a volunteer has been credited with, voided service apart, record by record.
    pub fn credited_services(
        &self,
        volunteer: VolunteerId,
    ) -> Result<impl Iterator<Item = &CreditedService>, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().copied().map(Key::CreditedOf))?;
        let of_number = |number| self.credited_of.get(&number).into_iter().flat_map(BTreeMap::values);
        Ok(numbers.into_iter().flat_map(of_number))
    }

    /// A volunteer's records that are to be decided, oldest first.
    pub fn pending_records(&self, volunteer: VolunteerId) -> Result<&BTreeSet<RecordId>, Stop> {
        static NONE: BTreeSet<RecordId> = BTreeSet::new();
        self.want([Key::PendingOf(volunteer)])?;
        Ok(self.pending_of.get(&volunteer).unwrap_or(&NONE))
    }

    /// A volunteer's lots with something left, first to expire first, then oldest.
    pub fn open_lots(&self, volunteer: VolunteerId) -> Result<Vec<&Lot>, Stop> {
        let lots = self.lots_of_person(volunteer)?;
        let mut lots: Vec<&Lot> = lots.filter(|lot| lot.remaining.is_positive()).collect();
        lot::sort_by_end(&mut lots);
        Ok(lots)
    }

    /// A volunteer's voided lots of which something was spent and is not earned back, and how much: the oldest first.
    pub fn owing_lots(&self, volunteer: VolunteerId) -> Result<Vec<(LotId, Points)>, Stop> {
        let owed = self.lots_of_person(volunteer)?.map(|lot| (lot.id, lot.owed));
        let mut owing: Vec<(LotId, Points)> = owed.filter(|(_, owed)| owed.is_positive()).collect();
        owing.sort_by_key(|(lot, _)| *lot);
        Ok(owing)
    }

    fn lots_of_person(&self, volunteer: VolunteerId) -> Result<impl Iterator<Item = &Lot>, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().copied().map(Key::LotsOf))?;
        let ids = numbers.into_iter().filter_map(|number| self.lots_of.get(&number)).flatten();
        Ok(ids.filter_map(|id| self.lots.get(*id)))
    }

    /// What a volunteer earned for service in a month, voided service apart.
    pub fn points_earned_in(&self, volunteer: VolunteerId, month: YearMonth) -> Result<Points, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().map(|number| Key::EarnedIn(*number, month)))?;
        Ok(numbers.into_iter().filter_map(|number| self.earned_in.get(&(number, month))).copied().sum())
    }

    /// How many minutes of a volunteer's service in a month one person alone credited, voided service apart.
    pub fn minutes_credited_alone_in(
        &self,
        volunteer: VolunteerId,
        month: YearMonth,
    ) -> Result<Minutes, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().map(|number| Key::CreditedAloneIn(*number, month)))?;
        let credited = numbers.into_iter().filter_map(|number| self.credited_alone_in.get(&(number, month)));
        Ok(credited.copied().sum())
    }

    /// Every version of the points policy, in no order.
    pub fn policies(&self) -> Result<impl Iterator<Item = &PointsPolicy>, Stop> {
        self.want([Key::Policies])?;
        Ok(self.policies.iter())
    }

    /// What a day of a loaded year was marked as, if it was.
    pub(super) fn marked(&self, day: NaiveDate) -> Option<DayKind> {
        debug_assert!(self.holds(&Key::CalendarYear(day.year())), "{day} was not asked for");
        self.calendar.get(day).map(|marked| marked.kind)
    }

    /// The notice policy of a loaded unit itself, if it has one.
    pub(super) fn notice_policy(&self, unit: UnitId) -> Option<&NoticePolicy> {
        debug_assert!(self.holds(&Key::NoticePolicy(unit)), "{unit} was not asked for");
        self.notice_policies.get(unit)
    }

    /// The crediting policy of a loaded unit itself, if it has one.
    pub(super) fn crediting_policy(&self, unit: UnitId) -> Option<&CreditingPolicy> {
        debug_assert!(self.holds(&Key::CreditingPolicy(unit)), "{unit} was not asked for");
        self.crediting_policies.get(unit)
    }

    /// The objections to a record, oldest first.
    pub fn objections_to(&self, record: RecordId) -> Result<impl Iterator<Item = &Objection>, Stop> {
        self.want([Key::ObjectionsTo(record)])?;
        let ids = self.objections_to.get(&record).into_iter().flatten();
        Ok(ids.filter_map(move |id| self.objections.get(*id)))
    }

    /// A volunteer's corrections that are to be decided, oldest first.
    pub fn open_corrections(&self, volunteer: VolunteerId) -> Result<Vec<&Correction>, Stop> {
        self.want([Key::OpenCorrections(volunteer)])?;
        let ids = self.corrections_of.get(&volunteer).into_iter().flatten();
        Ok(ids.filter_map(|id| self.corrections.get(*id)).collect())
    }

    /// A volunteer's pledges that were not ended, oldest first.
    pub fn open_pledges(&self, volunteer: VolunteerId) -> Result<Vec<&Pledge>, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().copied().map(Key::OpenPledges))?;
        let ids = numbers.into_iter().filter_map(|number| self.pledges_of.get(&number)).flatten();
        Ok(ids.filter_map(|id| self.pledges.get(*id)).collect())
    }

    /// How many minutes of training of a volunteer are recorded.
    pub fn training_minutes(&self, volunteer: VolunteerId) -> Result<Minutes, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().copied().map(Key::TrainingsOf))?;
        let ids = numbers.into_iter().filter_map(|number| self.trainings_of.get(&number)).flatten();
        Ok(ids.filter_map(|id| self.trainings.get(*id)).map(|training| training.minutes).sum())
    }

    /// The positions of an activity, oldest first.
    pub fn positions_of(&self, activity: ActivityId) -> Result<impl Iterator<Item = &Position>, Stop> {
        self.want([Key::PositionsOf(activity)])?;
        let ids = self.positions_of.get(&activity).into_iter().flatten();
        Ok(ids.filter_map(|id| self.positions.get(*id)))
    }

    /// Who waits for a place in a position, the one who has waited longest first.
    pub fn waiting_for(&self, position: PositionId) -> Result<Vec<&Enrolment>, Stop> {
        self.want([Key::WaitingFor(position)])?;
        let ids = self.waiting_for.get(&position).into_iter().flatten();
        Ok(ids.filter_map(|id| self.enrolments.get(*id)).collect())
    }

    /// Enrolments in an activity that are a place, or may become one, oldest first.
    pub fn enrolled_in(&self, activity: ActivityId) -> Result<Vec<&Enrolment>, Stop> {
        self.want([Key::EnrolledIn(activity)])?;
        let ids = self.enrolled_in.get(&activity).into_iter().flatten();
        Ok(ids.filter_map(|id| self.enrolments.get(*id)).collect())
    }

    /// A volunteer's places and waits for one, oldest first.
    pub fn places_of(&self, volunteer: VolunteerId) -> Result<Vec<&Enrolment>, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().copied().map(Key::PlacesOf))?;
        let ids = numbers.into_iter().filter_map(|number| self.places_of.get(&number)).flatten();
        Ok(ids.filter_map(|id| self.enrolments.get(*id)).collect())
    }

    /// A volunteer's enrolment in an activity, if it was not given up: the newest, where numbers that were merged have
    /// several.
    pub fn enrolment_at(
        &self,
        volunteer: VolunteerId,
        activity: ActivityId,
    ) -> Result<Option<&Enrolment>, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().map(|number| Key::EnrolmentAt(*number, activity)))?;
        let ids =
            numbers.into_iter().filter_map(|number| self.enrolments_at.get(&(number, activity))).flatten();
        Ok(ids.max().and_then(|id| self.enrolments.get(*id)))
    }

    /// A volunteer's attendance that is open: one at most, but for numbers that were merged.
    pub fn open_attendance_of(&self, volunteer: VolunteerId) -> Result<Option<&Attendance>, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().copied().map(Key::OpenAttendanceOf))?;
        let ids = numbers.into_iter().filter_map(|number| self.open_attendances_of.get(&number)).flatten();
        Ok(ids.max().and_then(|id| self.attendances.get(*id)))
    }

    /// A volunteer's attendances at an activity, oldest first.
    pub fn attendances_at(
        &self,
        volunteer: VolunteerId,
        activity: ActivityId,
    ) -> Result<Vec<&Attendance>, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().map(|number| Key::AttendancesAt(*number, activity)))?;
        let ids = numbers.into_iter().filter_map(|number| self.attendances_at.get(&(number, activity)));
        Ok(ids.flatten().filter_map(|id| self.attendances.get(*id)).collect())
    }

    /// How many objections a volunteer raised are to be resolved.
    pub fn open_objections_by(&self, volunteer: VolunteerId) -> Result<usize, Stop> {
        self.want([Key::OpenObjectionsBy(volunteer)])?;
        Ok(self.objections_by.get(&volunteer).map_or(0, BTreeSet::len))
    }

    /// What a unit stated from this very day on, if anything.
    pub fn headcount(&self, unit: UnitId, effective_from: NaiveDate) -> Result<Option<&Headcount>, Stop> {
        self.want([Key::Headcount(unit, effective_from)])?;
        Ok(self.headcounts.get((unit, effective_from)))
    }

    /// Every version of the star scheme, in no order.
    pub fn star_schemes(&self) -> Result<impl Iterator<Item = &StarScheme>, Stop> {
        self.want([Key::StarSchemes])?;
        Ok(self.star_schemes.iter())
    }

    /// Every version of every assessment scheme, in no order.
    pub fn assessment_schemes(&self) -> Result<impl Iterator<Item = &AssessmentScheme>, Stop> {
        self.want([Key::AssessmentSchemes])?;
        Ok(self.assessment_schemes.iter())
    }

    /// The objections to a volunteer's records that are not dismissed, oldest first.
    pub fn standing_objections(&self, volunteer: VolunteerId) -> Result<Vec<&Objection>, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().copied().map(Key::ObjectionsOf))?;
        let lists = numbers.into_iter().filter_map(|number| self.objections_of.get(&number));
        let ids: BTreeSet<ObjectionId> = lists.flatten().copied().collect();
        Ok(ids.into_iter().filter_map(|id| self.objections.get(id)).collect())
    }

    /// A person's certificates that were neither revoked nor replaced, oldest first.
    pub fn standing_certificates(&self, volunteer: VolunteerId) -> Result<Vec<&Certificate>, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().copied().map(Key::CertificatesOf))?;
        let lists = numbers.into_iter().filter_map(|number| self.certificates_of.get(&number));
        let ids: BTreeSet<CertificateId> = lists.flatten().copied().collect();
        Ok(ids.into_iter().filter_map(|id| self.certificates.get(id)).collect())
    }

    /// How many occasions of a volunteer are entered at an activity, rejected and voided ones apart.
    pub fn counts_at(&self, volunteer: VolunteerId, activity: ActivityId) -> Result<i64, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().map(|number| Key::CountsAt(*number, activity)))?;
        let counts = numbers.into_iter().filter_map(|number| self.counts_at.get(&(number, activity)));
        Ok(counts.flat_map(BTreeMap::values).sum())
    }

    /// Whether a person has a live record at an activity.
    pub fn has_live_record_at(&self, volunteer: VolunteerId, activity: ActivityId) -> Result<bool, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().map(|number| Key::LiveAt(*number, activity)))?;
        let mut lists = numbers.into_iter().filter_map(|number| self.live_at.get(&(number, activity)));
        Ok(lists.any(|list| !list.is_empty()))
    }

    /// What was said of an activity by a person, and of their service there.
    pub fn ratings_at(&self, volunteer: VolunteerId, activity: ActivityId) -> Result<Vec<&Rating>, Stop> {
        let numbers = self.numbers_of(volunteer)?;
        self.want_all(numbers.iter().map(|number| Key::RatingsAt(*number, activity)))?;
        let lists = numbers.into_iter().filter_map(|number| self.ratings_at.get(&(number, activity)));
        Ok(lists.flatten().filter_map(|id| self.ratings.get(*id)).collect())
    }

    /// Puts a row that no look-up leads to.
    pub(super) fn put<R: Cached>(&mut self, row: R) {
        R::cache(self).put(row);
    }

    pub(super) fn put_unit(&mut self, unit: Unit) {
        self.codes.insert(unit.code.clone(), Some(unit.id));
        self.units.put(unit);
    }

    /// Puts the record, which touches these local days, and keeps the lists that it belongs to right.
    pub(super) fn put_record(&mut self, record: ServiceRecord, days: &[NaiveDate]) {
        let has_lost_points = record.status == RecordStatus::Voided && record.lot.is_some();
        for day in days {
            let place = (record.volunteer, *day);
            if self.whole {
                self.records_on.entry(place).or_default();
                self.voided_on.entry(place).or_default();
            }
            if let Some(list) = self.records_on.get_mut(&place) {
                if record.status.is_live() {
                    list.insert(record.id);
                } else {
                    list.remove(&record.id);
                }
            }
            if has_lost_points && let Some(list) = self.voided_on.get_mut(&place) {
                list.insert(record.id);
            }
        }
        if self.whole {
            self.credited_of.entry(record.volunteer).or_default();
            self.pending_of.entry(record.volunteer).or_default();
        }
        let place = (record.volunteer, record.activity);
        list(&mut self.live_at, self.whole, place, record.id, record.status.is_live());
        if self.whole && record.count > 0 {
            self.counts_at.entry(place).or_default();
        }
        if record.count > 0
            && let Some(list) = self.counts_at.get_mut(&place)
        {
            if record.status.is_live() {
                list.insert(record.id, record.count);
            } else {
                list.remove(&record.id);
            }
        }
        if let Some(list) = self.pending_of.get_mut(&record.volunteer) {
            if record.status == RecordStatus::Submitted {
                list.insert(record.id);
            } else {
                list.remove(&record.id);
            }
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

    /// Puts the lot and keeps the volunteer's list of open and owing lots right.
    pub(super) fn put_lot(&mut self, lot: Lot) {
        let (place, id) = (lot.volunteer, lot.id);
        list(&mut self.lots_of, self.whole, place, id, lot.remaining.is_positive() || lot.owed.is_positive());
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

    pub(super) fn add_credited_alone(&mut self, volunteer: VolunteerId, month: YearMonth, minutes: Minutes) {
        if self.whole {
            self.credited_alone_in.entry((volunteer, month)).or_default();
        }
        if let Some(credited) = self.credited_alone_in.get_mut(&(volunteer, month)) {
            *credited += minutes;
        }
    }

    /// Puts the objection and keeps the list of its record right.
    pub(super) fn put_objection(&mut self, objection: Objection) {
        if self.whole {
            self.objections_to.entry(objection.record).or_default();
            self.objections_of.entry(objection.volunteer).or_default();
        }
        // It may have been to an earlier record of the same service.
        if let Some(former) = self.objections.get(objection.id)
            && let Some(list) = self.objections_to.get_mut(&former.record)
        {
            list.remove(&objection.id);
        }
        if let Some(list) = self.objections_to.get_mut(&objection.record) {
            list.insert(objection.id);
        }
        if let Some(list) = self.objections_of.get_mut(&objection.volunteer) {
            if objection.status == ObjectionStatus::Dismissed {
                list.remove(&objection.id);
            } else {
                list.insert(objection.id);
            }
        }
        if let Actor::Volunteer(by) = objection.raised_by {
            if self.whole {
                self.objections_by.entry(by).or_default();
            }
            if let Some(list) = self.objections_by.get_mut(&by) {
                if objection.status == ObjectionStatus::Open {
                    list.insert(objection.id);
                } else {
                    list.remove(&objection.id);
                }
            }
        }
        self.objections.put(objection);
    }

    /// Puts the certificate and keeps the volunteer's list of those that stand right.
    pub(super) fn put_certificate(&mut self, certificate: Certificate) {
        let (place, id) = (certificate.volunteer, certificate.id);
        list(&mut self.certificates_of, self.whole, place, id, certificate.is_standing());
        self.certificates.put(certificate);
    }

    /// Puts the correction and keeps the volunteer's list of open ones right.
    pub(super) fn put_correction(&mut self, correction: Correction) {
        let (place, id) = (correction.volunteer, correction.id);
        list(&mut self.corrections_of, self.whole, place, id, correction.status == CorrectionStatus::Open);
        self.corrections.put(correction);
    }

    /// Puts the rating and keeps the list of its place right.
    pub(super) fn put_rating(&mut self, rating: Rating) {
        let (place, id) = ((rating.volunteer, rating.activity), rating.id);
        list(&mut self.ratings_at, self.whole, place, id, true);
        self.ratings.put(rating);
    }

    /// Puts the pledge and keeps the volunteer's list of open ones right.
    pub(super) fn put_pledge(&mut self, pledge: Pledge) {
        let (place, id) = (pledge.volunteer, pledge.id);
        list(&mut self.pledges_of, self.whole, place, id, pledge.ended_at.is_none());
        self.pledges.put(pledge);
    }

    /// Puts the training and keeps the volunteer's list right.
    pub(super) fn put_training(&mut self, training: Training) {
        let (place, id) = (training.volunteer, training.id);
        list(&mut self.trainings_of, self.whole, place, id, training.voided_at.is_none());
        self.trainings.put(training);
    }

    /// Puts the position and keeps the activity's list right.
    pub(super) fn put_position(&mut self, position: Position) {
        if self.whole {
            self.waiting_for.entry(position.id).or_default();
        }
        list(&mut self.positions_of, self.whole, position.activity, position.id, true);
        self.positions.put(position);
    }

    /// Puts the enrolment and keeps the lists that it belongs to right.
    pub(super) fn put_enrolment(&mut self, enrolment: Enrolment) {
        let Enrolment { id, volunteer, activity, position, status, .. } = enrolment;
        list(&mut self.waiting_for, self.whole, position, id, status == EnrolmentStatus::Waiting);
        list(&mut self.enrolled_in, self.whole, activity, id, status.stands());
        list(&mut self.places_of, self.whole, volunteer, id, status.stands());
        list(&mut self.enrolments_at, self.whole, (volunteer, activity), id, status.is_the_one());
        self.enrolments.put(enrolment);
    }

    /// Puts the attendance and keeps the lists that it belongs to right.
    pub(super) fn put_attendance(&mut self, attendance: Attendance) {
        let Attendance { id, volunteer, activity, status, .. } = attendance;
        list(&mut self.open_attendances_of, self.whole, volunteer, id, status == AttendanceStatus::Open);
        list(&mut self.attendances_at, self.whole, (volunteer, activity), id, true);
        self.attendances.put(attendance);
    }

    /// Puts the binding and keeps the volunteer's list of open ones right.
    pub(super) fn put_binding(&mut self, binding: Binding) {
        let Binding { id, volunteer, ended_at, .. } = binding;
        list(&mut self.bindings_of, self.whole, volunteer, id, ended_at.is_none());
        self.bindings.put(binding);
    }

    /// What the entries since the last [`World::take_changes`] tell: in a whole world from which nothing was taken, all.
    #[must_use]
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// Notes what people are told.
    pub(super) fn tell(&mut self, messages: Vec<Message>) {
        self.messages.extend(messages);
    }

    /// What somebody was told so far goes with them.
    pub(super) fn empty_inbox(&mut self, volunteer: VolunteerId) {
        self.messages.retain(|message| message.volunteer != volunteer);
        self.emptied_inboxes.insert(volunteer);
    }

    /// Puts the application; one that is decided waits no more.
    pub(super) fn put_application(&mut self, application: Application) {
        if application.status != ApplicationStatus::Open {
            for open in self.open_applications.values_mut().filter(|open| **open == Some(application.id)) {
                *open = None;
            }
        }
        self.applications.put(application);
    }

    pub(super) fn post(&mut self, lines: &[Posting]) {
        for line in lines {
            *self.balances.entry(line.account).or_default() += line.amount;
        }
    }

    /// Caches what the store read: who is registered with a document, or that nobody is.
    pub fn set_identity(&mut self, index: BlindIndex, volunteer: Option<VolunteerId>) {
        if let Some(former) = self.identities.insert(index, volunteer).flatten()
            && let Some(indexes) = self.identities_of.get_mut(&former)
        {
            indexes.remove(&index);
        }
        if let Some(volunteer) = volunteer {
            self.identities_of.entry(volunteer).or_default().insert(index);
        }
    }

    /// Caches what the store read: who has this name, birth date and mobile.
    pub fn set_alike(&mut self, likeness: BlindIndex, volunteers: BTreeSet<VolunteerId>) {
        for volunteer in &volunteers {
            self.likeness_of.insert(*volunteer, likeness);
        }
        self.alike.insert(likeness, volunteers);
    }

    /// Remembers by what a volunteer is recognised from now on; by nothing, if they left.
    pub fn set_likeness(&mut self, volunteer: VolunteerId, likeness: Option<BlindIndex>) {
        if let Some(former) = self.likeness_of.remove(&volunteer)
            && let Some(alike) = self.alike.get_mut(&former)
        {
            alike.remove(&volunteer);
        }
        let Some(likeness) = likeness else { return };
        if self.whole {
            self.alike.entry(likeness).or_default();
        }
        if let Some(alike) = self.alike.get_mut(&likeness) {
            alike.insert(volunteer);
            self.likeness_of.insert(volunteer, likeness);
        }
    }

    /// Caches what the store read: what an outside identity is bound by and to whom, or that it is not bound.
    pub fn set_subject(&mut self, index: BlindIndex, bound: Option<(BindingId, VolunteerId)>) {
        self.subjects.insert(index, bound);
    }

    /// Forgets what is bound by these bindings, or to these volunteers.
    pub(super) fn forget_subjects(&mut self, is_forgotten: impl Fn(BindingId, VolunteerId) -> bool) {
        for bound in self.subjects.values_mut() {
            if bound.is_some_and(|(binding, volunteer)| is_forgotten(binding, volunteer)) {
                *bound = None;
            }
        }
    }

    /// Caches what the store read: the application that waits of who has this blind index, or that none does.
    pub fn set_open_application(&mut self, index: BlindIndex, application: Option<ApplicationId>) {
        self.open_applications.insert(index, application);
    }

    /// Remembers whose login this is.
    pub fn set_login(&mut self, login: LoginName, operator: OperatorId) {
        self.logins.insert(login, Some(operator));
    }

    /// Remembers by which document an operator is known.
    pub fn set_identity_of_operator(&mut self, operator: OperatorId, index: Option<BlindIndex>) {
        self.operator_identities.insert(operator, index);
    }

    /// Remembers by which document a volunteer is found from now on. Where an alias of the same person was found by it,
    /// the alias is found by the former one: every document of a person leads to the person.
    pub(super) fn change_identity(&mut self, volunteer: VolunteerId, index: BlindIndex) {
        let alias = self.identities.get(&index).copied().flatten().filter(|holder| *holder != volunteer);
        for former in self.identities_of.remove(&volunteer).unwrap_or_default() {
            self.set_identity(former, alias);
        }
        self.set_identity(index, Some(volunteer));
    }

    /// Forgets by whose document a volunteer was found.
    pub fn forget_identity_of(&mut self, volunteer: VolunteerId) {
        for index in self.identities_of.remove(&volunteer).unwrap_or_default() {
            self.set_identity(index, None);
        }
    }
}

/// Each number's days.
fn places(numbers: &[VolunteerId], days: &[NaiveDate]) -> Vec<(VolunteerId, NaiveDate)> {
    numbers.iter().flat_map(|number| days.iter().map(|day| (*number, *day))).collect()
}

/// Keeps a look-up right that is loaded: whether something is in the list of a place. A whole world has all lists.
fn list<K: Eq + Hash, I: Ord>(
    lists: &mut HashMap<K, BTreeSet<I>>,
    whole: bool,
    place: K,
    id: I,
    is_in_it: bool,
) {
    let list = if whole { Some(lists.entry(place).or_default()) } else { lists.get_mut(&place) };
    match list {
        Some(list) if is_in_it => {
            list.insert(id);
        }
        Some(list) => {
            list.remove(&id);
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn volunteer(number: i64) -> VolunteerId {
        VolunteerId::new(Seq(number))
    }

    fn index(byte: u8) -> BlindIndex {
        [byte; 32]
    }

    /// Both ways round say the same.
    fn assert_consistent(world: &World) {
        let listed: BTreeMap<BlindIndex, VolunteerId> =
            world.identities.iter().filter_map(|(index, holder)| Some((*index, (*holder)?))).collect();
        let indexes = |(holder, indexes): (&VolunteerId, &BTreeSet<BlindIndex>)| {
            indexes.iter().map(|index| (*index, *holder)).collect::<Vec<_>>()
        };
        let reverse: BTreeMap<BlindIndex, VolunteerId> =
            world.identities_of.iter().flat_map(indexes).collect();
        assert_eq!(listed, reverse);
        let alike = |(likeness, alike): (&BlindIndex, &BTreeSet<VolunteerId>)| {
            alike.iter().map(|volunteer| (*volunteer, *likeness)).collect::<Vec<_>>()
        };
        let listed: BTreeMap<VolunteerId, BlindIndex> = world.alike.iter().flat_map(alike).collect();
        assert!(listed == world.likeness_of.clone().into_iter().collect());
    }

    #[test]
    fn documents_and_likenesses_lead_to_persons_and_back() {
        for mut world in [World::whole(), World::default()] {
            world.set_identity(index(1), None);
            world.set_alike(index(8), BTreeSet::from([volunteer(7), volunteer(8)]));
            world.change_identity(volunteer(1), index(1));
            assert_eq!(world.number_with_identity(index(1)), Ok(Some(volunteer(1))));
            world.set_identity(index(2), Some(volunteer(2)));
            // Number 2 is an alias of 1, who is known by the alias' document from now on.
            world.change_identity(volunteer(1), index(2));
            assert_eq!(world.number_with_identity(index(1)), Ok(Some(volunteer(2))));
            assert_eq!(world.number_with_identity(index(2)), Ok(Some(volunteer(1))));
            assert_consistent(&world);

            world.set_likeness(volunteer(7), Some(index(9)));
            world.set_likeness(volunteer(3), Some(index(8)));
            world.set_likeness(volunteer(8), None);
            assert_eq!(world.volunteers_alike(index(8)), Ok(&BTreeSet::from([volunteer(3)])));
            assert_consistent(&world);

            world.forget_identity_of(volunteer(1));
            assert_eq!(world.number_with_identity(index(2)), Ok(None));
            assert_eq!(world.number_with_identity(index(1)), Ok(Some(volunteer(2))));
            assert_consistent(&world);
        }
    }
}
