//! Words about a person are kept as long as the person stays, and no longer: those of what is recorded apart
//! from service, of changes of identity, and of leaving.

use crate::support::pure::PureLedger;
use hourbook::domain::commitment::Commitment;
use hourbook::domain::ids::{IdentityChangeId, Seq, VolunteerId};
use hourbook::domain::{
    Event, UnsealedEntry, World, honour, identity_change, model_post, pledge, training, volunteer,
};
use hourbook::journal::is_bound;

/// Every word that was ever said, about whom and beside which entry.
#[derive(Default)]
pub struct Apart {
    words: Vec<(Seq, VolunteerId, Commitment)>,
    /// Those of persons who were closed since, whether or not they came back.
    erased: Vec<(Seq, Commitment)>,
}

impl Apart {
    pub fn follow(&mut self, ledger: &PureLedger, unsealed: &UnsealedEntry) {
        if let Some((volunteer, words)) = said(&ledger.world, &unsealed.event) {
            self.words.extend(words.into_iter().map(|word| (unsealed.seq, volunteer, word)));
        }
        if let Event::Volunteer(volunteer::Event::VolunteerClosed { volunteer: closed, .. }) = &unsealed.event
        {
            let of_closed = self.words.extract_if(.., |(_, about, _)| about == closed);
            self.erased.extend(of_closed.map(|(entry, _, word)| (entry, word)));
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
        Event::Training(event) => Some(said_of_training(world, event)),
        Event::Honour(event) => Some(said_of_honour(world, event)),
        Event::Pledge(pledge::Event::PledgeMade { volunteer, title, .. }) => Some((*volunteer, vec![*title])),
        Event::ModelPost(model_post::Event::ModelPostAwarded {
            volunteer: Some(volunteer), title, ..
        }) => Some((*volunteer, vec![*title])),
        Event::IdentityChange(event) => Some(said_of_identity(world, event)),
        Event::Volunteer(
            volunteer::Event::VolunteerClosingAsked { volunteer, reason, .. }
            | volunteer::Event::VolunteerDeactivated { volunteer, reason, .. }
            | volunteer::Event::VolunteerReactivated { volunteer, reason, .. },
        ) => Some((*volunteer, reason.iter().copied().collect())),
        _ => None,
    }
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
