//! What else happens in the sample city: public notices with objections, corrections, pledges, model posts,
//! certificates in every state, and one evening that looks wrong.

use super::city::{CityBuilder, DemoResult, DemoUnit};
use crate::cli::words;
use crate::domain::activity::Measure;
use crate::domain::actor::Actor;
use crate::domain::calendar::{DayKind, MarkDays, MarkedDay};
use crate::domain::certificate::{IssueCertificate, RevokeCertificate, Signatory};
use crate::domain::correction::{AcceptCorrection, AskCorrection, Complaint, DeclineCorrection};
use crate::domain::evidence::Evidence;
use crate::domain::ids::{
    ActivityId, CertificateId, CorrectionId, ModelPostId, ObjectionId, PledgeId, ProgrammeId, RecordId,
    VolunteerId,
};
use crate::domain::model_post::{AwardModelPost, EndModelPost};
use crate::domain::notice::SetNoticePolicy;
use crate::domain::objection::{RaiseObjection, ResolveObjection};
use crate::domain::pledge::{EndPledge, FulfilPledge, MakePledge};
use crate::domain::record::{CreditRecord, SubmitRecord, VoidRecord};
use crate::domain::time::Interval;
use crate::domain::{Command, Outcome};
use crate::store::read::{Scope, certificates};
use chrono::{Days, Duration};

/// Holidays and moved working days of one year.
const CALENDAR: &str = include_str!("../../../docs/calendar-2026.csv");

/// An evening's service: when it began and ended, on the city's clock.
struct Evening {
    activity: ActivityId,
    service: Interval,
}

impl CityBuilder<'_> {
    /// The calendar of working days, as `hourbook import calendar` would bring it in.
    pub(super) fn load_calendar(&self, by_admin: Actor) -> DemoResult<()> {
        let marked = |line: &str| -> DemoResult<MarkedDay> {
            let (day, kind) = line.split_once(',').ok_or("a line of the calendar without a comma")?;
            let kind = if kind == "rest" { DayKind::Rest } else { DayKind::Working };
            Ok(MarkedDay { day: day.parse().map_err(words)?, kind })
        };
        let days = CALENDAR.lines().skip(1).map(marked).collect::<DemoResult<_>>()?;
        self.ask(by_admin, Command::MarkDays(MarkDays { days })).map(drop)
    }

    /// Everything of this file that happens after the days of service, two days ago.
    pub(super) fn take_steps(&mut self, places: &[DemoUnit], programmes: &[ProgrammeId]) -> DemoResult<()> {
        let [first, second, third, fourth, ..] = places else { return Err("too few units".to_owned()) };
        let programme = *programmes.first().ok_or("no programme")?;
        self.at_hour(2, 7);
        self.enter_what_looks_wrong(second, programme)?;
        self.put_on_notice(fourth, programme)?;
        self.correct(third, programme)?;
        self.pledge(first, programme)?;
        self.award_model_posts(first)
    }

    /// Everybody of a unit, for the same two hours, typed in and waved through within a moment.
    fn enter_what_looks_wrong(&mut self, place: &DemoUnit, programme: ProgrammeId) -> DemoResult<()> {
        let evening = self.evening(place, programme, "社区文明劝导", 10)?;
        let mut records = Vec::new();
        for volunteer in &place.volunteers {
            let by = (place.recorder, Evidence::Import);
            records.push(self.submit(by, *volunteer, &evening)?);
        }
        records.into_iter().try_for_each(|record| self.credit(place, record))
    }

    /// Records on notice, one objection dismissed, one upheld, one open.
    fn put_on_notice(&mut self, place: &DemoUnit, programme: ProgrammeId) -> DemoResult<()> {
        let policy = SetNoticePolicy { unit: place.unit, working_days: Some(5.try_into().map_err(words)?) };
        self.ask(place.approver, Command::SetNoticePolicy(policy))?;
        let evening = self.evening(place, programme, "赛会服务", 3)?;
        let (served, members) = place.volunteers.split_at(place.volunteers.len() / 2);
        let mut records = Vec::new();
        for volunteer in served {
            records.push(self.submit(
                (Actor::Volunteer(*volunteer), Evidence::Claimed),
                *volunteer,
                &evening,
            )?);
        }
        let verdicts = [Some((false, "已核对签到表，本人在场")), Some((true, "签到表上没有本人")), None];
        for ((record, member), verdict) in records.into_iter().zip(members).zip(verdicts) {
            let reason = self.note("当天未见到本人")?;
            let raise = Command::RaiseObjection(RaiseObjection { record, reason });
            let objection = self.objection(Actor::Volunteer(*member), raise)?;
            if let Some((upheld, reason)) = verdict {
                let reason = self.note(reason)?;
                let resolve = ResolveObjection { objection, upheld, reason };
                self.ask(place.approver, Command::ResolveObjection(resolve))?;
            }
        }
        Ok(())
    }

    /// What was missing and is back-filled, what was wrong and is voided, one declined, one that waits; and
    /// a certificate that rests on what was voided.
    fn correct(&mut self, place: &DemoUnit, programme: ProgrammeId) -> DemoResult<()> {
        let evening = self.evening(place, programme, "结对帮教", 9)?;
        let [wrong, right, missed, forgotten, ..] = place.volunteers[..] else {
            return Err("too few volunteers".to_owned());
        };
        let missing = Complaint::Missing { activity: evening.activity, service: evening.service };
        let wrong_record = self.serve_evening(place, wrong, &evening)?;
        let right_record = self.serve_evening(place, right, &evening)?;
        self.certify(Actor::Volunteer(wrong), wrong)?;

        let correction =
            self.ask_correction(wrong, Complaint::Wrong { record: wrong_record }, "当天中途离开")?;
        let reason = self.note("本人报告时间有误")?;
        self.ask(place.approver, Command::VoidRecord(VoidRecord { record: wrong_record, reason }))?;
        self.accept(place, correction, None)?;

        let correction = self.ask_correction(missed, missing, "签到设备没有反应")?;
        let led_to = self.submit((place.recorder, Evidence::Backfill), missed, &evening)?;
        self.credit(place, led_to)?;
        self.accept(place, correction, Some(led_to))?;

        let correction =
            self.ask_correction(right, Complaint::Wrong { record: right_record }, "应为三小时")?;
        let decline = DeclineCorrection { correction, words: self.note("签到签退均为两小时")? };
        self.ask(place.approver, Command::DeclineCorrection(decline))?;
        self.ask_correction(forgotten, missing, "忘记签到").map(drop)
    }

    /// Pledges that are kept, ended and open; certificates of those who keep them, one taken back.
    fn pledge(&mut self, place: &DemoUnit, programme: ProgrammeId) -> DemoResult<()> {
        let evening = self.evening(place, programme, "党员进社区", 8)?;
        let [keeps, keeps_too, ends, open, ..] = place.volunteers[..] else {
            return Err("too few volunteers".to_owned());
        };
        for (volunteer, title) in [(keeps, "每月到社区服务一次"), (keeps_too, "帮扶一名学生")]
        {
            let record = self.serve_evening(place, volunteer, &evening)?;
            let pledge = self.make_pledge(volunteer, title)?;
            let fulfil = Command::FulfilPledge(FulfilPledge { pledge, record });
            self.ask(Actor::Volunteer(volunteer), fulfil)?;
        }
        let pledge = self.make_pledge(ends, "带队巡河")?;
        self.ask(Actor::Volunteer(ends), Command::EndPledge(EndPledge { pledge }))?;
        self.make_pledge(open, "参加两次赛会服务")?;

        self.certify(Actor::Volunteer(keeps), keeps)?;
        let certificate = self.certify(place.approver, keeps_too)?;
        let revoke = RevokeCertificate { certificate, reason: self.note("姓名登记有误")? };
        self.ask(place.approver, Command::RevokeCertificate(revoke)).map(drop)
    }

    /// Model posts of the unit and of a volunteer, and one that has ended.
    fn award_model_posts(&mut self, place: &DemoUnit) -> DemoResult<()> {
        let volunteer = place.volunteers.first().copied();
        self.award(place, None, "党员示范岗")?;
        self.award(place, volunteer, "志愿服务先锋岗")?;
        let post = self.award(place, volunteer, "迎新服务岗")?;
        let end = EndModelPost { post, ends_on: self.day(30) };
        self.ask(place.approver, Command::EndModelPost(end)).map(drop)
    }

    /// An activity from 18 to 21 o'clock, so that nobody is still at another, and two hours of it.
    fn evening(
        &mut self,
        place: &DemoUnit,
        programme: ProgrammeId,
        name: &str,
        days_ago: u64,
    ) -> DemoResult<Evening> {
        let at = |hour| self.hour(days_ago, hour);
        let (window, start) = (Interval { start: at(18), end: at(21) }, at(18));
        let service = Interval { start, end: start.plus(Duration::hours(2)) };
        let activity =
            self.activity(place.approver, place.unit, programme, name, Measure::Minutes, window)?;
        Ok(Evening { activity, service })
    }

    fn submit(
        &mut self,
        (by, evidence): (Actor, Evidence),
        volunteer: VolunteerId,
        evening: &Evening,
    ) -> DemoResult<RecordId> {
        let backfilled = evidence == Evidence::Backfill;
        let record = SubmitRecord {
            activity: evening.activity,
            volunteer,
            interval: evening.service,
            breaks: Vec::new(),
            evidence,
            count: None,
            reason: backfilled.then(|| self.note("签到设备故障，事后补录")).transpose()?,
            credit: false,
        };
        match self.ask(by, Command::SubmitRecord(record))? {
            Outcome::Record(record) => Ok(record.id),
            other => Err(format!("expected a record, found {other:?}")),
        }
    }

    fn credit(&self, place: &DemoUnit, record: RecordId) -> DemoResult<()> {
        let credit = CreditRecord { record, deductions: Vec::new() };
        self.ask(place.approver, Command::CreditRecord(credit)).map(drop)
    }

    /// Claimed by the volunteer, and credited.
    fn serve_evening(
        &mut self,
        place: &DemoUnit,
        volunteer: VolunteerId,
        evening: &Evening,
    ) -> DemoResult<RecordId> {
        let record = self.submit((Actor::Volunteer(volunteer), Evidence::Claimed), volunteer, evening)?;
        self.credit(place, record)?;
        Ok(record)
    }

    fn objection(&self, by: Actor, raise: Command) -> DemoResult<ObjectionId> {
        match self.ask(by, raise)? {
            Outcome::Objection(objection) => Ok(objection.id),
            other => Err(format!("expected an objection, found {other:?}")),
        }
    }

    fn ask_correction(
        &mut self,
        volunteer: VolunteerId,
        complaint: Complaint,
        text: &str,
    ) -> DemoResult<CorrectionId> {
        let ask = AskCorrection { volunteer, complaint, words: self.note(text)? };
        match self.ask(Actor::Volunteer(volunteer), Command::AskCorrection(ask))? {
            Outcome::Correction(correction) => Ok(correction.id),
            other => Err(format!("expected a correction, found {other:?}")),
        }
    }

    fn accept(
        &mut self,
        place: &DemoUnit,
        correction: CorrectionId,
        led_to: Option<RecordId>,
    ) -> DemoResult<()> {
        let accept = AcceptCorrection { correction, led_to, words: Some(self.note("已更正")?) };
        self.ask(place.approver, Command::AcceptCorrection(accept)).map(drop)
    }

    fn make_pledge(&mut self, volunteer: VolunteerId, title: &str) -> DemoResult<PledgeId> {
        let due = self.today.checked_add_days(Days::new(60)).unwrap_or(self.today);
        let pledge = MakePledge { volunteer, title: self.note(title)?, due, same: None };
        match self.ask(Actor::Volunteer(volunteer), Command::MakePledge(pledge))? {
            Outcome::Pledge(pledge) => Ok(pledge.id),
            other => Err(format!("expected a pledge, found {other:?}")),
        }
    }

    fn award(
        &mut self,
        place: &DemoUnit,
        volunteer: Option<VolunteerId>,
        title: &str,
    ) -> DemoResult<ModelPostId> {
        let award =
            AwardModelPost { unit: place.unit, volunteer, title: self.note(title)?, starts_on: self.day(90) };
        match self.ask(place.approver, Command::AwardModelPost(award))? {
            Outcome::ModelPost(post) => Ok(post.id),
            other => Err(format!("expected a model post, found {other:?}")),
        }
    }

    /// The whole life of a volunteer, certified.
    fn certify(&mut self, by: Actor, volunteer: VolunteerId) -> DemoResult<CertificateId> {
        let basis = certificates::basis(&mut self.db, self.vault, Scope::All, volunteer, None);
        let basis = basis.map_err(words)?.ok_or("no volunteer to certify")?;
        let volunteer_version = basis.volunteer.version;
        let content = basis.content(None, Signatory::default());
        let content = content.map(|content| self.committed(content)).transpose()?.map(Box::new);
        let issue = IssueCertificate { volunteer, period: None, replaces: None, volunteer_version, content };
        match self.ask(by, Command::IssueCertificate(issue))? {
            Outcome::Certificate(certificate) => Ok(certificate.id),
            other => Err(format!("expected a certificate, found {other:?}")),
        }
    }
}
