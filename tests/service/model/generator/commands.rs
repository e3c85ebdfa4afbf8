//! Every kind of command, by weight; those on service records are made next door.

use super::{Asked, Generator, NOWHERE, Sight};
use chrono::{Duration, NaiveDate};
use hourbook::domain::Command;
use hourbook::domain::activity::{ActivityDetails, CancelActivity, CreateActivity, Measure, UpdateActivity};
use hourbook::domain::actor::{Actor, Role};
use hourbook::domain::amounts::{Coefficient, Points};
use hourbook::domain::commitment::Committed;
use hourbook::domain::evidence::Evidence;
use hourbook::domain::ids::{
    ActivityId, OperatorId, ProgrammeId, RedemptionId, RewardId, Seq, TransferId, UnitId, VolunteerId,
};
use hourbook::domain::lot::{self, ExpirePoints};
use hourbook::domain::message::{
    AnnouncePointsExpiry, AnnounceRedemptionExpiry, MessagePlace, NoteSignIn, ReadMessages,
    redemption_announced_from,
};
use hourbook::domain::operator::{
    CreateOperator, DisableOperator, EnableOperator, Login, OperatorIdentity, PasswordProof, ResetPassword,
    SetPassword, UpdateOperator,
};
use hourbook::domain::policy::{CreatePolicy, PolicyTerms, Rounding, Validity};
use hourbook::domain::programme::{CloseProgramme, CreateProgramme, ProgrammeDetails, UpdateProgramme};
use hourbook::domain::redemption::{
    CancelRedemption, ExpireRedemption, FulfilRedemption, PlaceRedemption, Redemption, RedemptionStatus,
};
use hourbook::domain::reward::{CreateReward, MOST_STOCK, RestockReward, WithdrawReward};
use hourbook::domain::time::Interval;
use hourbook::domain::token::{EndTokens, IssueToken};
use hourbook::domain::transfer::{RequestTransfer, Step, StepTransfer, TransferStatus};
use hourbook::domain::unit::{CreateUnit, SetHeadcount, UnitKind};
use hourbook::domain::volunteer::{CloseVolunteer, Register};
use hourbook::journal::commit;
use std::collections::BTreeSet;

/// Makes one kind of command.
type Maker = fn(&mut Generator, Sight) -> Asked;

/// How often each kind is made, one against the other.
const WEIGHTS: &[(usize, Maker)] = &[
    (10, Generator::create_unit),
    (8, Generator::set_headcount),
    (40, Generator::register),
    (12, Generator::change_contact),
    (24, Generator::ask_identity_change),
    (16, Generator::confirm_identity_change),
    (5, Generator::decline_identity_change),
    (20, Generator::ask_merge),
    (14, Generator::confirm_merge),
    (3, Generator::decline_merge),
    (12, Generator::close_volunteer),
    (6, Generator::deactivate_volunteer),
    (12, Generator::reactivate_volunteer),
    (1, Generator::forget_volunteer),
    (12, Generator::create_programme),
    (8, Generator::update_programme),
    (4, Generator::close_programme),
    (40, Generator::create_activity),
    (6, Generator::publish_activity),
    (12, Generator::update_activity),
    (8, Generator::cancel_activity),
    (30, Generator::create_position),
    (14, Generator::update_position),
    (6, Generator::fill_position),
    (120, Generator::enrol),
    (16, Generator::accept_offer),
    (22, Generator::withdraw_enrolment),
    (16, Generator::select_applicant),
    (14, Generator::decline_applicant),
    (24, Generator::lapse_offer),
    (12, Generator::mark_absent),
    (6, Generator::excuse_absence),
    (6, Generator::contest_absence),
    (70, Generator::check_in),
    (45, Generator::check_out),
    (20, Generator::leave_unfinished),
    (14, Generator::complete_attendance),
    (210, Generator::submit_record),
    (60, Generator::confirm_record),
    (130, Generator::credit_record),
    (30, Generator::credit_seen),
    (25, Generator::reject_record),
    (15, Generator::withdraw_record),
    (50, Generator::void_record),
    (45, Generator::request_transfer),
    (75, Generator::step_transfer),
    (8, Generator::create_policy),
    (15, Generator::create_reward),
    (12, Generator::restock_reward),
    (4, Generator::withdraw_reward),
    (80, Generator::place_redemption),
    (35, Generator::fulfil_redemption),
    (30, Generator::cancel_redemption),
    (25, Generator::expire_redemption),
    (25, Generator::expire_points),
    (12, Generator::announce_points),
    (12, Generator::announce_redemption),
    (6, Generator::read_messages),
    (4, Generator::note_sign_in),
    (40, Generator::issue_certificate),
    (10, Generator::revoke_certificate),
    (12, Generator::create_operator),
    (8, Generator::update_operator),
    (4, Generator::disable_operator),
    (6, Generator::enable_operator),
    (3, Generator::reset_password),
    (4, Generator::set_password),
    (3, Generator::issue_token),
    (3, Generator::end_tokens),
    (3, Generator::give_activation),
    (6, Generator::try_activation),
    (10, Generator::bind),
    (4, Generator::end_binding),
    (16, Generator::apply),
    (12, Generator::confirm_application),
    (5, Generator::recognise_applicant),
    (4, Generator::decline_application),
    (2, Generator::withdraw_application),
    (4, Generator::forget_application),
    (4, Generator::mark_days),
    (6, Generator::set_notice_policy),
    (10, Generator::set_crediting_policy),
    (30, Generator::raise_objection),
    (25, Generator::resolve_objection),
    (25, Generator::ask_correction),
    (25, Generator::accept_correction),
    (10, Generator::decline_correction),
    (5, Generator::create_star_scheme),
    (4, Generator::create_assessment_scheme),
    (8, Generator::make_pledge),
    (16, Generator::fulfil_pledge),
    (4, Generator::end_pledge),
    (7, Generator::award_model_post),
    (5, Generator::end_model_post),
    (8, Generator::reveal_numbers),
    (10, Generator::rate_activity),
    (10, Generator::rate_service),
    (8, Generator::enter_training),
    (6, Generator::correct_training),
    (5, Generator::void_training),
    (8, Generator::enter_honour),
    (6, Generator::correct_honour),
    (5, Generator::void_honour),
    (12, Generator::record_export),
    (12, Generator::dismiss_finding),
];

/// What every world needs before anything else can happen: whether it lacks, and what makes it.
const FOUNDATIONS: &[(fn(&Generator) -> bool, Maker)] = &[
    (|generator| generator.known.units.len() < 4, Generator::create_unit),
    (|generator| generator.known.volunteers.len() < 6, Generator::register),
    (|generator| generator.known.operators.len() < 5, Generator::create_operator),
    (|generator| generator.known.programmes.len() < 2, Generator::create_programme),
    (|generator| generator.known.activities.len() < 3, Generator::create_activity),
    (|generator| generator.known.rewards.is_empty(), Generator::create_reward),
];

impl Generator {
    pub(super) fn command(&mut self, sight: Sight) -> Asked {
        if let Some((_, make)) = FOUNDATIONS.iter().find(|(is_lacking, _)| is_lacking(self)) {
            return make(self, sight);
        }
        let mut left = self.random.below(WEIGHTS.iter().map(|(weight, _)| weight).sum());
        for (weight, make) in WEIGHTS {
            if left < *weight {
                return make(self, sight);
            }
            left -= weight;
        }
        unreachable!("the weights add up")
    }

    fn create_unit(&mut self, sight: Sight) -> Asked {
        let taken = (self.names > 0 && self.random.percent(10)).then(|| self.random.between(1..=self.names));
        let number = taken.unwrap_or_else(|| self.new_name());
        let parent = (!self.known.units.is_empty() && self.random.percent(93)).then(|| self.unit());
        let actor = match parent {
            Some(parent) => self.actor_for(sight, parent),
            None => self.admin(sight),
        };
        // Mostly of a kind below the parent's, so that there are units under units.
        let above = parent.and_then(|id| sight.pure.world.unit(id).ok()).map(|row| row.kind);
        let kinds = match above {
            Some(UnitKind::Bureau) => vec![UnitKind::Department, UnitKind::School, UnitKind::Team],
            Some(UnitKind::Department) => vec![UnitKind::School, UnitKind::Team],
            Some(UnitKind::School | UnitKind::Team) => vec![UnitKind::Team],
            None => vec![UnitKind::Bureau, UnitKind::Bureau, UnitKind::Department, UnitKind::School],
        };
        let command = CreateUnit {
            code: format!("U-{number}").parse().unwrap(),
            name: format!("第{number}中学").parse().unwrap(),
            kind: self.random.pick(&kinds).unwrap(),
            parent,
        };
        (actor, Command::CreateUnit(command))
    }

    fn set_headcount(&mut self, sight: Sight) -> Asked {
        let unit = self.unit();
        let command = SetHeadcount {
            unit,
            effective_from: self.day(sight, -5, 5),
            staff: self.random.between(0..=500),
            party_members: self.random.between(0..=100),
        };
        (self.actor_for(sight, unit), Command::SetHeadcount(command))
    }

    fn register(&mut self, sight: Sight) -> Asked {
        let unit = self.unit();
        let known = self.volunteer(sight);
        let known = sight.pure.people.get(&known).filter(|_| self.random.percent(8));
        let (person, indexes) = match known {
            Some(known) => self.persons.with_another_document(&mut self.random, &known.person.content),
            None => self.persons.somebody(&mut self.random, sight.now),
        };
        let another_person = self.note_in(5);
        let command = Register { unit, person, indexes, another_person };
        (self.actor_for(sight, unit), Command::Register(command))
    }

    fn close_volunteer(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let version = sight.pure.world.volunteer(volunteer).map(|row| row.version).ok();
        let world = &sight.pure.world;
        let points = world.open_lots(volunteer).map(|lots| lots.iter().map(|lot| lot.remaining).sum());
        let waiting = world.pending_records(volunteer).map_or(0, |records| records.len());
        let command = CloseVolunteer {
            volunteer,
            expected: self.expected(version),
            reason: self.note_in(50),
            forfeits_points: if self.random.percent(90) { points.unwrap_or_default() } else { Points::ZERO },
            abandons_records: i64::try_from(waiting).unwrap(),
        };
        (self.actor_for_volunteer(sight, volunteer), Command::CloseVolunteer(command))
    }

    fn create_programme(&mut self, sight: Sight) -> Asked {
        let unit = self.unit();
        let command = CreateProgramme { unit, details: self.programme_details() };
        (self.actor_for(sight, unit), Command::CreateProgramme(command))
    }

    fn update_programme(&mut self, sight: Sight) -> Asked {
        let programme = self.programme();
        let row = sight.pure.world.programme(programme).ok();
        let actor = row.map_or(Actor::System, |row| self.actor_for(sight, row.unit));
        let expected = self.expected(row.map(|row| row.version));
        let command = UpdateProgramme { programme, expected, details: self.programme_details() };
        (actor, Command::UpdateProgramme(command))
    }

    fn close_programme(&mut self, sight: Sight) -> Asked {
        let programme = self.programme();
        let row = sight.pure.world.programme(programme).ok();
        let actor = row.map_or(Actor::System, |row| self.actor_for(sight, row.unit));
        (actor, Command::CloseProgramme(CloseProgramme { programme }))
    }

    fn create_activity(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let programme = self.suitable(
            |known| &known.programmes,
            ProgrammeId::new(NOWHERE),
            |id| world.programme(id).is_ok_and(|row| !row.closed),
        );
        let owner = world.programme(programme).map(|row| row.unit).ok();
        let unit = self.suitable(
            |known| &known.units,
            UnitId::new(NOWHERE),
            |id| world.unit(id).is_ok_and(|row| owner.is_some_and(|owner| row.is_within(owner))),
        );
        let measure = if self.random.percent(85) { Measure::Minutes } else { Measure::Count };
        let details = self.activity_details(sight, None);
        let draft = self.random.percent(15);
        let command = CreateActivity { programme, unit, measure, details, draft };
        (self.actor_for(sight, unit), Command::CreateActivity(command))
    }

    fn update_activity(&mut self, sight: Sight) -> Asked {
        let activity = self.some(|known| &known.activities, ActivityId::new(NOWHERE));
        let row = sight.pure.world.activity(activity).ok();
        let actor = row.map_or(Actor::System, |row| self.actor_for(sight, row.unit));
        let expected = self.expected(row.map(|row| row.version));
        let same = self.random.percent(70);
        let window = row.map(|row| row.details.window).filter(|_| same);
        let details = self.activity_details(sight, window);
        (actor, Command::UpdateActivity(UpdateActivity { activity, expected, details }))
    }

    fn cancel_activity(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let activity = self.suitable(
            |known| &known.activities,
            ActivityId::new(NOWHERE),
            |id| world.activity(id).is_ok_and(|row| row.live_records == 0 && !row.cancelled),
        );
        let row = world.activity(activity).ok();
        let actor = row.map_or(Actor::System, |row| self.actor_for(sight, row.unit));
        (actor, Command::CancelActivity(CancelActivity { activity }))
    }

    fn request_transfer(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let to_unit = self.unit();
        let actor = if self.random.percent(40) {
            self.actor_for(sight, to_unit)
        } else {
            self.actor_for_volunteer(sight, volunteer)
        };
        let command = RequestTransfer { volunteer, to_unit, consent: self.note_in(85) };
        (actor, Command::RequestTransfer(command))
    }

    /// Mostly the step that comes next, by the side whose turn it is.
    fn step_transfer(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let transfer = self.suitable(
            |known| &known.transfers,
            TransferId::new(NOWHERE),
            |id| world.transfer(id).is_ok_and(|row| row.status.is_open()),
        );
        let row = world.transfer(transfer).ok();
        let is_over = row.is_some_and(|row| sight.now >= row.expires_at);
        let next = match row.map(|row| row.status) {
            _ if is_over && self.random.percent(60) => Step::Expire,
            Some(TransferStatus::Proposed) if self.random.percent(50) => Step::Agree,
            Some(TransferStatus::Proposed) if self.random.percent(60) => Step::Release(self.note_in(85)),
            Some(TransferStatus::Requested) if self.random.percent(65) => Step::Release(None),
            Some(TransferStatus::Released) if self.random.percent(70) => Step::Accept,
            _ => self.any_step(),
        };
        let actor = match (row, &next) {
            (Some(row), Step::Agree) if self.random.percent(85) => Actor::Volunteer(row.volunteer),
            (_, Step::Agree) => self.anybody(),
            (Some(row), Step::Release(_)) => self.actor_for(sight, row.from_unit),
            (Some(row), Step::Accept) => self.actor_for(sight, row.to_unit),
            (Some(row), Step::Reject(_)) => {
                let sides = [row.from_unit, row.to_unit];
                let side = self.random.pick(&sides).unwrap();
                self.actor_for(sight, side)
            }
            (Some(row), Step::Cancel) if self.random.percent(50) => row.requested_by,
            (Some(row), Step::Cancel) => self.actor_for_volunteer(sight, row.volunteer),
            (_, Step::Expire) => self.system(),
            (None, _) => self.anybody(),
        };
        (actor, Command::StepTransfer(StepTransfer { transfer, step: next }))
    }

    fn any_step(&mut self) -> Step {
        match self.random.below(8) {
            0 if self.random.percent(50) => Step::Agree,
            0 => Step::Release(self.note_in(50)),
            1 => Step::Accept,
            2..4 => Step::Reject(self.note_in(50)),
            4..7 => Step::Cancel,
            _ => Step::Expire,
        }
    }

    fn create_policy(&mut self, sight: Sight) -> Asked {
        let effective_from =
            if self.random.percent(85) { self.day(sight, 0, 12) } else { self.day(sight, -9, -1) };
        let evidence = [Evidence::Leader, Evidence::Import, Evidence::Backfill, Evidence::Scan];
        let validity = match self.random.below(10) {
            0..3 => Validity::Unlimited,
            3..7 => Validity::Months { months: u32::try_from(self.random.between(1..=2)).unwrap() },
            7 => Validity::Months { months: 0 },
            _ => Validity::Until { date: self.day(sight, 1, 40) },
        };
        let newest = sight.pure.world.policies.iter().map(|policy| policy.id).max();
        let programme = self.programme();
        let factor = Coefficient(self.random.between(50..=300));
        let terms = PolicyTerms {
            effective_from,
            points_per_hour: Points(self.random.between(50..=500)),
            points_per_count: Points(self.random.between(0..=200)),
            earning_evidence: evidence.into_iter().filter(|_| self.random.percent(80)).collect(),
            programme_coefficients: self
                .random
                .percent(40)
                .then_some((programme, factor))
                .into_iter()
                .collect(),
            category_coefficients: [("急救".parse().unwrap(), Coefficient(self.random.between(0..=300)))]
                .into(),
            validity,
            monthly_quota: self.random.percent(40).then(|| Points(self.random.between(100..=3000))),
            rounding: if self.random.percent(60) { Rounding::Day } else { Rounding::Record },
            most_counts_a_day: self.random.percent(50).then(|| self.random.between(2..=30)),
            most_counts_an_activity: self.random.percent(50).then(|| self.random.between(5..=90)),
            replaces: newest.filter(|_| self.random.percent(30)),
        };
        (self.admin(sight), Command::CreatePolicy(CreatePolicy { terms }))
    }

    fn create_reward(&mut self, sight: Sight) -> Asked {
        // A reward of a unit higher up is offered to more people.
        let world = &sight.pure.world;
        let unit = self.best(
            |known| &known.units,
            UnitId::new(NOWHERE),
            |id| world.unit(id).map_or(-1, |row| -i64::try_from(row.path.len()).unwrap()),
        );
        let command = CreateReward {
            unit,
            name: "雨伞".parse().unwrap(),
            price: Points(self.random.between(50..=900)),
            stock: if self.random.percent(4) { MOST_STOCK + 1 } else { self.random.between(0..=8) },
            hold_days: self.random.between(1..=12),
        };
        (self.actor_for(sight, unit), Command::CreateReward(command))
    }

    fn restock_reward(&mut self, sight: Sight) -> Asked {
        let reward = self.reward();
        let added = if self.random.percent(6) { MOST_STOCK } else { self.random.between(1..=6) };
        let unit = sight.pure.world.reward(reward).map(|row| row.unit).ok();
        let actor = unit.map_or(Actor::System, |unit| self.actor_for(sight, unit));
        (actor, Command::RestockReward(RestockReward { reward, added }))
    }

    fn withdraw_reward(&mut self, sight: Sight) -> Asked {
        let reward = self.reward();
        let unit = sight.pure.world.reward(reward).map(|row| row.unit).ok();
        let actor = unit.map_or(Actor::System, |unit| self.actor_for(sight, unit));
        (actor, Command::WithdrawReward(WithdrawReward { reward }))
    }

    /// Mostly by somebody with points, of a reward that is offered to them.
    fn place_redemption(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let free = |id| world.open_lots(id).map_or(0, |lots| lot::available(&lots, sight.now).0);
        let owed = |id| world.volunteer(id).map_or(0, |row| row.debt.0);
        let volunteer = match self.random.below(100) {
            0..80 => self.best(|known| &known.volunteers, VolunteerId::new(NOWHERE), free),
            80..92 => self.best(|known| &known.volunteers, VolunteerId::new(NOWHERE), owed),
            _ => self.volunteer(sight),
        };
        let home = world.volunteer(volunteer).and_then(|row| world.unit(row.unit)).ok();
        let reward = self.suitable(
            |known| &known.rewards,
            RewardId::new(NOWHERE),
            |id| {
                let is_offered = |unit| home.is_some_and(|home| home.is_within(unit));
                world.reward(id).is_ok_and(|row| !row.withdrawn && is_offered(row.unit))
            },
        );
        let command = PlaceRedemption { reward, volunteer };
        (self.actor_for_volunteer(sight, volunteer), Command::PlaceRedemption(command))
    }

    fn fulfil_redemption(&mut self, sight: Sight) -> Asked {
        let redemption = self.held_redemption(sight);
        let unit = sight.pure.world.redemption(redemption).map(|row| row.unit).ok();
        let actor = unit.map_or(Actor::System, |unit| self.actor_for(sight, unit));
        let code_matches = self.random.percent(85);
        (actor, Command::FulfilRedemption(FulfilRedemption { redemption, code_matches }))
    }

    fn cancel_redemption(&mut self, sight: Sight) -> Asked {
        let redemption = self.held_redemption(sight);
        let row = sight.pure.world.redemption(redemption).ok();
        let actor = match row {
            Some(row) if self.random.percent(50) => self.actor_for(sight, row.unit),
            Some(row) => self.actor_for_volunteer(sight, row.volunteer),
            None => Actor::System,
        };
        (actor, Command::CancelRedemption(CancelRedemption { redemption }))
    }

    fn expire_redemption(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let redemption = self.suitable(
            |known| &known.redemptions,
            RedemptionId::new(NOWHERE),
            |id| {
                let due =
                    |row: &Redemption| row.status == RedemptionStatus::Held && sight.now >= row.expires_at;
                world.redemption(id).is_ok_and(due)
            },
        );
        (self.system(), Command::ExpireRedemption(ExpireRedemption { redemption }))
    }

    fn expire_points(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let has_stale =
            |id| world.open_lots(id).is_ok_and(|lots| lots.iter().any(|lot| !lot.is_valid_at(sight.now)));
        let volunteer = self.suitable(|known| &known.volunteers, VolunteerId::new(NOWHERE), has_stale);
        (self.system(), Command::ExpirePoints(ExpirePoints { volunteer }))
    }

    fn announce_points(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let is_unannounced = |lot: &&lot::Lot| lot.expiry_announced_at.is_none() && lot.expires_at.is_some();
        let has_unannounced = |id| world.open_lots(id).is_ok_and(|lots| lots.iter().any(is_unannounced));
        let volunteer = self.suitable(|known| &known.volunteers, VolunteerId::new(NOWHERE), has_unannounced);
        (self.system(), Command::AnnouncePointsExpiry(AnnouncePointsExpiry { volunteer }))
    }

    fn announce_redemption(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let is_due = |row: &Redemption| {
            let from = redemption_announced_from(row.placed_at, row.expires_at);
            row.status == RedemptionStatus::Held && (from..row.expires_at).contains(&sight.now)
        };
        let redemption = self.any_that(
            |known| &known.redemptions,
            RedemptionId::new(NOWHERE),
            |id| world.redemption(id).is_ok_and(is_due),
        );
        (self.system(), Command::AnnounceRedemptionExpiry(AnnounceRedemptionExpiry { redemption }))
    }

    /// Somebody's own messages, and now and then another's.
    fn read_messages(&mut self, sight: Sight) -> Asked {
        let told = sight.pure.world.messages();
        let places: Vec<_> = told.iter().map(|message| (message.volunteer, message.place())).collect();
        let place = self.random.pick(&places);
        let (volunteer, up_to) = place.unwrap_or((VolunteerId::new(NOWHERE), MessagePlace::default()));
        let actor = if self.random.percent(90) { Actor::Volunteer(volunteer) } else { self.anybody() };
        (actor, Command::ReadMessages(ReadMessages { volunteer, up_to }))
    }

    fn note_sign_in(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let actor = if self.random.percent(90) { Actor::Volunteer(volunteer) } else { self.anybody() };
        (actor, Command::NoteSignIn(NoteSignIn { volunteer }))
    }

    fn create_operator(&mut self, sight: Sight) -> Asked {
        let taken = (self.names > 0 && self.random.percent(10)).then(|| self.random.between(1..=self.names));
        let number = taken.unwrap_or_else(|| self.new_name());
        let login = Login {
            login: format!("operator-{number}").parse().unwrap(),
            name: "管理员".parse().unwrap(),
        };
        let (role, unit, volunteer) = self.place_of_operator(sight);
        let identity = self.identity_of_operator(volunteer);
        let command = CreateOperator {
            login: commit(login, self.random.bytes()).unwrap(),
            password_hash: self.random.percent(50).then(|| "$argon2id$…".to_owned()),
            role,
            unit,
            volunteer,
            identity,
        };
        (self.admin(sight), Command::CreateOperator(command))
    }

    fn update_operator(&mut self, sight: Sight) -> Asked {
        let operator = self.operator();
        let version = sight.pure.world.operator(operator).map(|row| row.version).ok();
        let (role, unit, volunteer) = self.place_of_operator(sight);
        let identity = self.identity_of_operator(volunteer).filter(|_| self.random.percent(50));
        let expected = self.expected(version);
        let command = UpdateOperator { operator, expected, role, unit, volunteer, identity };
        (self.admin(sight), Command::UpdateOperator(command))
    }

    fn disable_operator(&mut self, sight: Sight) -> Asked {
        let operator = self.operator();
        (self.admin(sight), Command::DisableOperator(DisableOperator { operator }))
    }

    fn enable_operator(&mut self, sight: Sight) -> Asked {
        let is_disabled = |id| sight.pure.world.operator(id).is_ok_and(|row| !row.active);
        let operator = self.suitable(|known| &known.operators, OperatorId::new(NOWHERE), is_disabled);
        let volunteer = sight.pure.world.operator(operator).ok().and_then(|row| row.volunteer);
        let identity = self.identity_of_operator(volunteer);
        let login = self.login_anew(sight, operator);
        (self.admin(sight), Command::EnableOperator(EnableOperator { operator, identity, login }))
    }

    fn reset_password(&mut self, sight: Sight) -> Asked {
        let operator = self.operator();
        let login = self.login_anew(sight, operator);
        let unit = sight.pure.world.operator(operator).ok().and_then(|row| row.unit);
        let actor = match unit {
            Some(unit) if self.random.percent(60) => self.actor_for(sight, unit),
            _ => self.admin(sight),
        };
        (actor, Command::ResetPassword(ResetPassword { operator, login }))
    }

    /// Mostly by who may, and after what was shown is true; in some cases the proof is of before.
    fn set_password(&mut self, sight: Sight) -> Asked {
        let has_code = |id| sight.pure.world.operator(id).is_ok_and(|row| row.reset_entry.is_some());
        let operator = if self.random.percent(50) {
            self.suitable(|known| &known.operators, OperatorId::new(NOWHERE), has_code)
        } else {
            self.operator()
        };
        let login = self.login_anew(sight, operator);
        let row = sight.pure.world.operator(operator).ok();
        let shown = match row.and_then(|row| row.reset_entry) {
            Some(entry) if self.random.percent(90) => PasswordProof::Code { entry },
            _ if self.random.percent(10) => PasswordProof::Code { entry: Seq(1) },
            _ => {
                let now = row.map_or(Seq(1), |row| row.valid_from);
                PasswordProof::Former { valid_from: if self.random.percent(80) { now } else { Seq(2) } }
            }
        };
        let actor = if self.random.percent(10) { self.anybody() } else { Actor::Operator(operator) };
        let password_hash = "$argon2id$…".to_owned();
        (actor, Command::SetPassword(SetPassword { operator, login, password_hash, shown }))
    }

    fn issue_token(&mut self, sight: Sight) -> Asked {
        let expires_at = sight.now.plus(Duration::hours(8));
        let holder = self.anybody();
        (self.system(), Command::IssueToken(IssueToken { holder, expires_at }))
    }

    fn end_tokens(&mut self, sight: Sight) -> Asked {
        let holder = self.anybody();
        let actor = if self.random.percent(50) { holder } else { self.admin(sight) };
        (actor, Command::EndTokens(EndTokens { holder }))
    }

    /// The operator's login, bound with another salt; of who is not known, any.
    fn login_anew(&mut self, sight: Sight, operator: OperatorId) -> Committed<Login> {
        let nobody = || Login { login: "nobody".parse().unwrap(), name: "无".parse().unwrap() };
        let known = sight.pure.logins.get(&operator).map(|known| known.login.content.clone());
        commit(known.unwrap_or_else(nobody), self.random.bytes()).unwrap()
    }

    /// Who is not a volunteer names a document; in a few cases both, or nobody says anything.
    fn identity_of_operator(&mut self, volunteer: Option<VolunteerId>) -> Option<OperatorIdentity> {
        let is_named = volunteer.is_none() != self.random.percent(5);
        is_named.then(|| self.persons.operator(&mut self.random))
    }

    /// Mostly a coordinator of some unit; every third one is a volunteer, too.
    fn place_of_operator(&mut self, sight: Sight) -> (Role, Option<UnitId>, Option<VolunteerId>) {
        let role = match self.random.below(20) {
            0..13 => Role::Coordinator,
            13..15 => Role::Auditor,
            15..19 => Role::Admin,
            _ => Role::Volunteer,
        };
        let has_unit = (role != Role::Admin) != self.random.percent(6);
        let unit = has_unit.then(|| self.unit());
        let volunteer = self.random.percent(35).then(|| self.volunteer(sight));
        (role, unit, volunteer)
    }

    fn programme_details(&mut self) -> ProgrammeDetails {
        let brands = ["惠民", "慧学"].map(|brand| brand.parse().unwrap());
        let category = if self.random.percent(50) { "急救" } else { "环保" };
        ProgrammeDetails {
            name: format!("绿水青山守护行 {}", self.random.between(0..=9)).parse().unwrap(),
            brands: brands.into_iter().filter(|_| self.random.percent(50)).collect::<BTreeSet<_>>(),
            category: self.random.percent(70).then(|| category.parse().unwrap()),
        }
    }

    /// A window that is mostly open now or was lately; some are to come, so that people enrol.
    fn activity_details(&mut self, sight: Sight, window: Option<Interval>) -> ActivityDetails {
        let is_to_come = self.random.percent(20);
        let hours = if is_to_come { 48..=400 } else { -90..=70 };
        let start = sight.now.plus(Duration::hours(self.random.between(hours)));
        let hours = match self.random.below(100) {
            0..3 => 0,
            3..5 => 367 * 24,
            _ => self.random.between(6..=200),
        };
        let new = Interval { start, end: start.plus(Duration::hours(hours)) };
        ActivityDetails {
            name: "我爱白龟湖".parse().unwrap(),
            place: self.random.percent(50).then(|| "白龟湖".parse().unwrap()),
            window: window.unwrap_or(new),
            headcount: self.random.percent(50).then(|| self.random.between(1..=40)),
            leader: self.random.percent(25).then(|| self.volunteer(sight)),
            recruitment: self.recruitment(sight),
        }
    }

    /// Mostly no version at all or the right one.
    pub(super) fn expected(&mut self, version: Option<Seq>) -> Option<Seq> {
        match self.random.below(10) {
            0..6 => None,
            6..9 => version,
            _ => Some(Seq(1)),
        }
    }

    fn held_redemption(&mut self, sight: Sight) -> RedemptionId {
        let held = |id| sight.pure.world.redemption(id).is_ok_and(|row| row.status == RedemptionStatus::Held);
        self.suitable(|known| &known.redemptions, RedemptionId::new(NOWHERE), held)
    }

    fn programme(&mut self) -> ProgrammeId {
        self.some(|known| &known.programmes, ProgrammeId::new(NOWHERE))
    }

    fn reward(&mut self) -> RewardId {
        self.some(|known| &known.rewards, RewardId::new(NOWHERE))
    }

    fn operator(&mut self) -> OperatorId {
        self.some(|known| &known.operators, OperatorId::new(NOWHERE))
    }

    /// A day between so many days from today and so many.
    pub(super) fn day(&mut self, sight: Sight, first: i64, last: i64) -> NaiveDate {
        let days = self.random.between(first..=last);
        sight.pure.rules.zone.date_of(sight.now) + Duration::days(days)
    }
}
