//! What an entry tells whom.

use super::kinds::message_kinds;
use super::{About, Event as Announcement, Message, MessageKind};
use crate::domain::activity::ActivityDetails;
use crate::domain::actor::Actor;
use crate::domain::amounts::{Minutes, Points};
use crate::domain::binding::BoundBy;
use crate::domain::certificate::Certificate;
use crate::domain::enrolment::promotion::Promotion;
use crate::domain::event::{Event, UnsealedEntry};
use crate::domain::ids::{
    ActivityId, AttendanceId, BindingId, CertificateId, CorrectionId, EnrolmentId, IdentityChangeId,
    ObjectionId, RatingId, RecordId, RedemptionId, Seq, TransferId, VolunteerId,
};
use crate::domain::record::{Crediting, ServiceRecord};
use crate::domain::time::Timestamp;
use crate::domain::volunteer::CLOSING_DAYS;
use crate::domain::world::{Key, Stop, World};
use crate::domain::{
    activity, application, attendance, binding, certificate, correction, enrolment, identity_change,
    objection, position, rating, record, redemption, transfer, volunteer,
};
use chrono::Duration;
use std::collections::BTreeSet;

macro_rules! tell {
    ($($(#[doc = $doc:literal])+ $Kind:ident: $english:literal, $chinese:literal $(on $event:pat => |$tell:pat_param| $told:expr),*;)+) => {
        /// What an entry tells, in the world before it: `line` by `line`.
        ///
        /// Nobody is told what they did themselves; who left is told nothing.
        ///
        /// # Errors
        ///
        /// [`Stop::Miss`] until what the entry names is loaded.
        pub fn messages(world: &World, entry: &UnsealedEntry) -> Result<Vec<Message>, Stop> {
            let teller = Teller { world, entry };
            let mut messages = Vec::new();
            $($(if let $event = &entry.event {
                let told = |$tell: &Teller| -> Result<_, Stop> { $told };
                for told in Vec::<Told>::from(told(&teller)?) {
                    teller.tell(&mut messages, MessageKind::$Kind, &told)?;
                }
            })*)+
            Ok(messages)
        }
    };
}
message_kinds!(tell);

/// Something that somebody is told.
struct Told {
    /// A number of the person who is told.
    volunteer: VolunteerId,
    about: Option<About>,
    minutes: Option<Minutes>,
    points: Option<Points>,
    due_at: Option<Timestamp>,
}

impl Told {
    const fn to(volunteer: VolunteerId) -> Self {
        Self { volunteer, about: None, minutes: None, points: None, due_at: None }
    }

    fn about(self, about: About) -> Self {
        Self { about: Some(about), ..self }
    }

    fn minutes(self, minutes: Minutes) -> Self {
        Self { minutes: Some(minutes), ..self }
    }

    fn points(self, points: Points) -> Self {
        Self { points: Some(points), ..self }
    }

    fn due(self, due_at: Timestamp) -> Self {
        Self { due_at: Some(due_at), ..self }
    }
}

impl From<Told> for Vec<Told> {
    fn from(told: Told) -> Self {
        vec![told]
    }
}

/// What an entry names, and whom that concerns.
struct Teller<'e> {
    world: &'e World,
    entry: &'e UnsealedEntry,
}

impl Teller<'_> {
    fn tell(&self, messages: &mut Vec<Message>, kind: MessageKind, told: &Told) -> Result<(), Stop> {
        let person = self.world.volunteer(self.world.person_of(told.volunteer)?)?;
        if person.must_be_registered().is_err() || self.entry.actor == Actor::Volunteer(person.id) {
            return Ok(());
        }
        messages.push(Message {
            entry: self.entry.seq,
            line: i64::try_from(messages.len()).unwrap_or(i64::MAX).saturating_add(1),
            volunteer: person.id,
            kind,
            about: told.about,
            minutes: told.minutes,
            points: told.points,
            due_at: told.due_at,
            told_at: self.entry.recorded_at,
        });
        Ok(())
    }

    fn record(&self, id: RecordId) -> Result<Told, Stop> {
        Ok(Told::to(self.world.record(id)?.volunteer).about(About::Record(id)))
    }

    fn credited(&self, id: RecordId, crediting: &Crediting) -> Result<Told, Stop> {
        Ok(with_crediting(self.record(id)?, crediting))
    }

    fn credited_at_once(&self, volunteer: VolunteerId, crediting: &Crediting) -> Told {
        with_crediting(Told::to(volunteer).about(About::Record(RecordId::new(self.entry.seq))), crediting)
    }

    fn voided(&self, id: RecordId) -> Result<Told, Stop> {
        Ok(self.record(id)?.minutes(self.world.record(id)?.credited_minutes))
    }

    fn certificate(&self, id: CertificateId) -> Result<Told, Stop> {
        Ok(Told::to(self.world.certificate(id)?.volunteer).about(About::Certificate(id)))
    }

    /// Those that read `valid` no more because the record is voided, as far as they read so till now.
    fn certificates_that_count(&self, id: RecordId) -> Result<Vec<Told>, Stop> {
        let record = self.world.record(id)?;
        let mut told = Vec::new();
        for certificate in self.world.standing_certificates(self.world.person_of(record.volunteer)?)? {
            let of_number = self.world.volunteer(certificate.volunteer)?;
            let is_of_former_identity =
                of_number.identity_entry.is_some_and(|changed| changed > certificate.id.seq());
            if !is_of_former_identity && self.counts(certificate, record)? {
                told.push(Told::to(certificate.volunteer).about(About::Certificate(certificate.id)));
            }
        }
        Ok(told)
    }

    /// Whether a certificate counts a record: one of its own number, or of one that had become an alias of it by then.
    fn counts(&self, certificate: &Certificate, record: &ServiceRecord) -> Result<bool, Stop> {
        let is_by_then = |entry: Option<Seq>| entry.is_some_and(|entry| entry <= certificate.as_of);
        let is_of_number = certificate.volunteer == record.volunteer
            || is_by_then(self.world.merged_since(record.volunteer, certificate.volunteer)?);
        let is_in_period = certificate.period().is_none_or(|period| period.contains(record.service_date));
        Ok(is_of_number && is_in_period && is_by_then(record.credited_entry))
    }

    fn objected(&self, record: RecordId) -> Result<Told, Stop> {
        let objection = About::Objection(ObjectionId::new(self.entry.seq));
        Ok(Told::to(self.world.record(record)?.volunteer).about(objection))
    }

    fn objection(&self, id: ObjectionId) -> Result<Told, Stop> {
        Ok(Told::to(self.world.objection(id)?.volunteer).about(About::Objection(id)))
    }

    /// Who raised it, if that was a volunteer.
    fn objector(&self, id: ObjectionId) -> Result<Vec<Told>, Stop> {
        Ok(match self.world.objection(id)?.raised_by {
            Actor::Volunteer(objector) => vec![Told::to(objector).about(About::Objection(id))],
            Actor::Operator(_) | Actor::System => Vec::new(),
        })
    }

    fn correction(&self, id: CorrectionId) -> Result<Told, Stop> {
        Ok(Told::to(self.world.correction(id)?.volunteer).about(About::Correction(id)))
    }

    fn moved(&self, volunteer: VolunteerId, expires_at: Timestamp) -> Told {
        Told::to(volunteer).about(About::Transfer(TransferId::new(self.entry.seq))).due(expires_at)
    }

    fn transfer(&self, id: TransferId) -> Result<Told, Stop> {
        Ok(Told::to(self.world.transfer(id)?.volunteer).about(About::Transfer(id)))
    }

    fn placed(&self, volunteer: VolunteerId, points: Points, expires_at: Timestamp) -> Told {
        let redemption = About::Redemption(RedemptionId::new(self.entry.seq));
        Told::to(volunteer).about(redemption).points(points).due(expires_at)
    }

    fn redemption(&self, id: RedemptionId) -> Result<Told, Stop> {
        let redemption = self.world.redemption(id)?;
        Ok(Told::to(redemption.volunteer).about(About::Redemption(id)).points(redemption.points))
    }

    fn held_gift(&self, id: RedemptionId) -> Result<Told, Stop> {
        Ok(self.redemption(id)?.due(self.world.redemption(id)?.expires_at))
    }

    fn identity_change(&self, id: IdentityChangeId) -> Result<Told, Stop> {
        Ok(Told::to(self.world.identity_change(id)?.volunteer).about(About::IdentityChange(id)))
    }

    fn rated(&self, volunteer: VolunteerId) -> Told {
        Told::to(volunteer).about(About::Rating(RatingId::new(self.entry.seq)))
    }

    fn enrolled(&self, volunteer: VolunteerId) -> Told {
        Told::to(volunteer).about(About::Enrolment(EnrolmentId::new(self.entry.seq)))
    }

    fn enrolment(&self, id: EnrolmentId) -> Result<Told, Stop> {
        Ok(Told::to(self.world.enrolment(id)?.volunteer).about(About::Enrolment(id)))
    }

    fn offered(&self, promotions: &[Promotion]) -> Result<Vec<Told>, Stop> {
        self.promoted(promotions, |promotion| match promotion {
            Promotion::Offer { respond_by, .. } => Some(Some(*respond_by)),
            Promotion::Place { .. } | Promotion::PassedOver { .. } => None,
        })
    }

    fn given(&self, promotions: &[Promotion]) -> Result<Vec<Told>, Stop> {
        self.promoted(promotions, |promotion| matches!(promotion, Promotion::Place { .. }).then_some(None))
    }

    fn passed_over(&self, promotions: &[Promotion]) -> Result<Vec<Told>, Stop> {
        self.promoted(promotions, |promotion| {
            matches!(promotion, Promotion::PassedOver { .. }).then_some(None)
        })
    }

    /// Those who are told of a promotion, and by when they are to answer.
    fn promoted(
        &self,
        promotions: &[Promotion],
        due: impl Fn(&Promotion) -> Option<Option<Timestamp>>,
    ) -> Result<Vec<Told>, Stop> {
        self.world.want_all(promotions.iter().map(|promotion| Key::Enrolment(promotion.enrolment())))?;
        let due = promotions.iter().filter_map(|promotion| Some((promotion.enrolment(), due(promotion)?)));
        due.map(|(enrolment, due_at)| Ok(Told { due_at, ..self.enrolment(enrolment)? })).collect()
    }

    /// Whom another time or place concerns.
    fn moved_activity(&self, id: ActivityId, details: &ActivityDetails) -> Result<Vec<Told>, Stop> {
        let former = &self.world.activity(id)?.details;
        if former.window == details.window && former.place == details.place {
            return Ok(Vec::new());
        }
        self.everybody_in(id)
    }

    /// Who has a place, or may come to have one.
    fn everybody_in(&self, id: ActivityId) -> Result<Vec<Told>, Stop> {
        let enrolled = self.world.enrolled_in(id)?;
        let people: BTreeSet<VolunteerId> = enrolled.iter().map(|enrolment| enrolment.volunteer).collect();
        self.world.want_all(people.iter().copied().map(Key::Volunteer))?;
        Ok(people.into_iter().map(|volunteer| Told::to(volunteer).about(About::Activity(id))).collect())
    }

    fn attendance(&self, id: AttendanceId) -> Result<Told, Stop> {
        Ok(Told::to(self.world.attendance(id)?.volunteer).about(About::Attendance(id)))
    }

    fn bound(&self, volunteer: VolunteerId) -> Told {
        Told::to(volunteer).about(About::Binding(BindingId::new(self.entry.seq)))
    }

    fn binding(&self, id: BindingId) -> Result<Told, Stop> {
        Ok(Told::to(self.world.binding(id)?.volunteer).about(About::Binding(id)))
    }

    fn closing(&self, volunteer: VolunteerId) -> Told {
        Told::to(volunteer).due(self.entry.recorded_at.plus(Duration::days(CLOSING_DAYS)))
    }
}

fn with_crediting(told: Told, crediting: &Crediting) -> Told {
    let points = crediting.award.as_ref().map_or(Points::ZERO, |award| award.points);
    told.minutes(crediting.credited_minutes).points(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{OperatorId, UnitId};
    use crate::domain::time::LocalZone;
    use crate::domain::volunteer::rules::{evolve_closed, evolve_registered};

    fn entry(seq: i64, actor: Actor, event: impl Into<Event>) -> UnsealedEntry {
        let recorded_at = Timestamp::from_micros(seq).unwrap();
        UnsealedEntry {
            seq: Seq(seq),
            recorded_at,
            actor,
            origin: None,
            effective_date: LocalZone::shanghai().date_of(recorded_at),
            reverses: None,
            event: event.into(),
            postings: Vec::new(),
        }
    }

    fn transfer(volunteer: VolunteerId) -> transfer::Event {
        let (from_unit, to_unit) = (UnitId::new(Seq(1)), UnitId::new(Seq(2)));
        let expires_at = Timestamp::from_micros(99).unwrap();
        transfer::Event::TransferRequested {
            volunteer,
            from_unit,
            to_unit,
            consent: None,
            expires_at,
            proposed: true,
        }
    }

    #[test]
    fn nobody_is_told_what_they_did_themselves_and_who_left_nothing() {
        let (volunteer, office) = (VolunteerId::new(Seq(3)), Actor::Operator(OperatorId::new(Seq(4))));
        let mut world = World::whole();
        let registered = entry(3, office, volunteer::Event::VolunteerForgotten { volunteer });
        evolve_registered(&mut world, &registered, UnitId::new(Seq(1)));

        let told = messages(&world, &entry(5, office, transfer(volunteer))).unwrap();
        let [message] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!((message.volunteer, message.kind), (volunteer, MessageKind::TransferRequested));
        assert_eq!((message.entry, message.line), (Seq(5), 1));
        assert_eq!(message.about, Some(About::Transfer(TransferId::new(Seq(5)))));
        let own = entry(5, Actor::Volunteer(volunteer), transfer(volunteer));
        assert_eq!(messages(&world, &own), Ok(Vec::new()));

        evolve_closed(&mut world, &entry(6, office, transfer(volunteer)), volunteer, &[]).unwrap();
        assert_eq!(messages(&world, &entry(7, office, transfer(volunteer))), Ok(Vec::new()));
    }

    #[test]
    fn what_is_not_loaded_is_asked_for() {
        let volunteer = VolunteerId::new(Seq(3));
        let asked = messages(&World::default(), &entry(5, Actor::System, transfer(volunteer)));
        assert_eq!(asked, Err(Stop::Miss));
    }
}
