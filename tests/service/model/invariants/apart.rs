//! Words about a person are kept as long as the person stays, and no longer. An objection is words of who raised it,
//! too.

use crate::support::pure::PureLedger;
use hourbook::domain::actor::Actor;
use hourbook::domain::commitment::Commitment;
use hourbook::domain::ids::{IdentityChangeId, ObjectionId, Seq, VolunteerId};
use hourbook::domain::{
    Event, UnsealedEntry, World, access, application, certificate, correction, dismissal, enrolment, honour,
    identity_change, merge, model_post, objection, pledge, rating, record, training, transfer, volunteer,
};
use hourbook::journal::is_bound;

/// Every word that was ever said, about whom and beside which entry.
#[derive(Default)]
pub struct Apart {
    words: Vec<(Seq, Vec<VolunteerId>, Commitment)>,
    /// Those of persons who were closed since, whether or not they came back.
    erased: Vec<(Seq, Commitment)>,
}

impl Apart {
    pub fn follow(&mut self, ledger: &PureLedger, unsealed: &UnsealedEntry) {
        let world = &ledger.world;
        let said = match said(world, &unsealed.event).or_else(|| said_on_registering(unsealed)) {
            Some((volunteer, words)) => Some((vec![volunteer], words)),
            None => said_of_objection(world, unsealed),
        };
        if let Some((persons, words)) = said {
            self.words.extend(words.into_iter().map(|word| (unsealed.seq, persons.clone(), word)));
        }
        self.follow_application(world, unsealed);
        if let Event::Volunteer(volunteer::Event::VolunteerClosed { volunteer: closed, .. }) = &unsealed.event
        {
            let of_closed = self.words.extract_if(.., |(_, persons, _)| persons.contains(closed));
            self.erased.extend(of_closed.map(|(entry, _, word)| (entry, word)));
        }
    }

    /// What was said to who applied and was declined goes with what is kept of them.
    fn follow_application(&mut self, world: &World, unsealed: &UnsealedEntry) {
        match &unsealed.event {
            Event::Application(application::Event::ApplicationDeclined { reason, .. }) => {
                self.words.push((unsealed.seq, Vec::new(), *reason));
            }
            Event::Application(application::Event::ApplicationForgotten { application }) => {
                let declined = world.application(*application).unwrap().decided_entry;
                let forgotten = self.words.extract_if(.., |(entry, ..)| Some(*entry) == declined);
                self.erased.extend(forgotten.map(|(entry, _, word)| (entry, word)));
            }
            _ => {}
        }
    }

    /// How many of the words are kept; fails if one is lost or left over.
    pub fn assert_words_kept(&self, ledger: &PureLedger) -> usize {
        for (entry, word) in &self.erased {
            assert!(!ledger.notes.contains_key(&(*entry, *word)), "entry {entry}: left over");
        }
        for (entry, _, word) in &self.words {
            let note = ledger.notes.get(&(*entry, *word));
            assert!(note.is_some_and(|(note, _)| is_bound(&note.content, note.salt, *word)), "entry {entry}");
        }
        self.words.len()
    }
}

fn said(world: &World, event: &Event) -> Option<(VolunteerId, Vec<Commitment>)> {
    match event {
        Event::Access(access::Event::NumbersRevealed { volunteer, purpose, .. }) => {
            Some((*volunteer, vec![*purpose]))
        }
        Event::Application(application::Event::ApplicationConfirmed {
            volunteer, another_person, ..
        }) => Some((*volunteer, another_person.iter().copied().collect())),
        Event::Rating(
            rating::Event::ActivityRated { volunteer, words, .. }
            | rating::Event::ServiceRated { volunteer, words, .. },
        ) => Some((*volunteer, words.iter().copied().collect())),
        Event::Training(event) => Some(said_of_training(world, event)),
        Event::Honour(event) => Some(said_of_honour(world, event)),
        Event::Enrolment(event) => said_of_enrolment(world, event),
        Event::Pledge(pledge::Event::PledgeMade { volunteer, title, .. }) => Some((*volunteer, vec![*title])),
        Event::ModelPost(model_post::Event::ModelPostAwarded {
            volunteer: Some(volunteer), title, ..
        }) => Some((*volunteer, vec![*title])),
        Event::IdentityChange(event) => Some(said_of_identity(world, event)),
        Event::Merge(merge::Event::MergeAsked { volunteer, reason, .. }) => Some((*volunteer, vec![*reason])),
        Event::Merge(merge::Event::MergeDeclined { merge, reason }) => {
            Some((world.merge(*merge).unwrap().volunteer, vec![*reason]))
        }
        Event::Record(event) => Some(said_of_record(world, event)),
        Event::Correction(event) => Some(said_of_correction(world, event)),
        Event::Transfer(transfer::Event::TransferRequested { volunteer, consent, .. }) => {
            Some((*volunteer, consent.iter().copied().collect()))
        }
        Event::Transfer(
            transfer::Event::TransferReleased { transfer, consent: reason }
            | transfer::Event::TransferRejected { transfer, reason },
        ) => Some((world.transfer(*transfer).unwrap().volunteer, reason.iter().copied().collect())),
        Event::Certificate(certificate::Event::CertificateRevoked { certificate, reason }) => {
            Some((world.certificate(*certificate).unwrap().volunteer, vec![*reason]))
        }
        Event::Dismissal(dismissal::Event::FindingDismissed {
            volunteer: Some(volunteer), reason, ..
        }) => Some((*volunteer, vec![*reason])),
        Event::Volunteer(
            volunteer::Event::VolunteerReopened { volunteer, another_person: reason, .. }
            | volunteer::Event::VolunteerClosingAsked { volunteer, reason, .. }
            | volunteer::Event::VolunteerDeactivated { volunteer, reason, .. }
            | volunteer::Event::VolunteerReactivated { volunteer, reason, .. },
        ) => Some((*volunteer, reason.iter().copied().collect())),
        _ => None,
    }
}

fn said_on_registering(unsealed: &UnsealedEntry) -> Option<(VolunteerId, Vec<Commitment>)> {
    match &unsealed.event {
        Event::Volunteer(volunteer::Event::VolunteerRegistered { another_person, .. }) => {
            Some((VolunteerId::new(unsealed.seq), another_person.iter().copied().collect()))
        }
        _ => None,
    }
}

fn said_of_record(world: &World, event: &record::Event) -> (VolunteerId, Vec<Commitment>) {
    use record::Event as R;
    let of = |id| world.record(id).unwrap().volunteer;
    match event {
        R::RecordSubmitted { volunteer, reason, .. } => (*volunteer, reason.iter().copied().collect()),
        R::RecordCredited { record, crediting } => {
            (of(*record), crediting.deductions.iter().map(|deduction| deduction.reason).collect())
        }
        R::RecordConfirmed { record } | R::RecordWithdrawn { record } => (of(*record), Vec::new()),
        R::RecordRejected { record, reason } | R::RecordVoided { record, reason, .. } => {
            (of(*record), vec![*reason])
        }
    }
}

fn said_of_correction(world: &World, event: &correction::Event) -> (VolunteerId, Vec<Commitment>) {
    use correction::Event as C;
    let of = |id| world.correction(id).unwrap().volunteer;
    match event {
        C::CorrectionAsked { volunteer, words, .. } => (*volunteer, vec![*words]),
        C::CorrectionAccepted { correction, words, .. } => (of(*correction), words.iter().copied().collect()),
        C::CorrectionDeclined { correction, words } => (of(*correction), vec![*words]),
    }
}

fn said_of_objection(world: &World, unsealed: &UnsealedEntry) -> Option<(Vec<VolunteerId>, Vec<Commitment>)> {
    use objection::Event as O;
    let Event::Objection(event) = &unsealed.event else { return None };
    let (id, reason) = match event {
        O::ObjectionRaised { reason, .. } => (ObjectionId::new(unsealed.seq), *reason),
        O::ObjectionUpheld { objection, reason } | O::ObjectionDismissed { objection, reason } => {
            (*objection, *reason)
        }
    };
    let objection = world.objection(id).unwrap();
    let mut persons = vec![objection.volunteer];
    if let Actor::Volunteer(objector) = objection.raised_by {
        persons.push(objector);
    }
    Some((persons, vec![reason]))
}

fn said_of_identity(world: &World, event: &identity_change::Event) -> (VolunteerId, Vec<Commitment>) {
    use identity_change::Event as I;
    match event {
        I::IdentityChanged { volunteer, reason, .. } | I::IdentityChangeAsked { volunteer, reason, .. } => {
            (*volunteer, vec![*reason])
        }
        I::IdentityChangeConfirmed { identity_change, .. } => {
            (of_change(world, *identity_change), Vec::new())
        }
        I::IdentityChangeDeclined { identity_change, reason } => {
            (of_change(world, *identity_change), vec![*reason])
        }
    }
}

fn of_change(world: &World, id: IdentityChangeId) -> VolunteerId {
    world.identity_change(id).unwrap().volunteer
}

fn said_of_training(world: &World, event: &training::Event) -> (VolunteerId, Vec<Commitment>) {
    use training::Event as T;
    let of = |id| world.training(id).unwrap().volunteer;
    match event {
        T::TrainingEntered { volunteer, course, organiser, result, .. } => {
            (*volunteer, [*course, *organiser].into_iter().chain(*result).collect())
        }
        T::TrainingCorrected { training, course, organiser, result, reason, .. } => {
            (of(*training), [*course, *organiser, *reason].into_iter().chain(*result).collect())
        }
        T::TrainingVoided { training, reason } => (of(*training), vec![*reason]),
    }
}

fn said_of_enrolment(world: &World, event: &enrolment::Event) -> Option<(VolunteerId, Vec<Commitment>)> {
    use enrolment::Event as E;
    let of = |id| world.enrolment(id).unwrap().volunteer;
    match event {
        E::EnrolmentMade { volunteer, consent: Some(consent), .. } => Some((*volunteer, vec![*consent])),
        E::EnrolmentWithdrawn { enrolment, reason: Some(reason), .. }
        | E::ApplicantDeclined { enrolment, reason }
        | E::AbsenceExcused { enrolment, reason }
        | E::AbsenceContested { enrolment, reason } => Some((of(*enrolment), vec![*reason])),
        _ => None,
    }
}

fn said_of_honour(world: &World, event: &honour::Event) -> (VolunteerId, Vec<Commitment>) {
    use honour::Event as H;
    let of = |id| world.honour(id).unwrap().volunteer;
    match event {
        H::HonourEntered { volunteer, title, giver, .. } => (*volunteer, vec![*title, *giver]),
        H::HonourCorrected { honour, title, giver, reason, .. } => {
            (of(*honour), vec![*title, *giver, *reason])
        }
        H::HonourVoided { honour, reason } => (of(*honour), vec![*reason]),
    }
}
