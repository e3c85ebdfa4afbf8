//! What is recorded apart from service: its words are kept as long as the person stays, and no longer.

use crate::support::pure::PureLedger;
use hourbook::domain::commitment::Commitment;
use hourbook::domain::ids::{Seq, VolunteerId};
use hourbook::domain::volunteer::VolunteerStatus;
use hourbook::domain::{Event, UnsealedEntry, World, honour, training};
use hourbook::journal::is_bound;

/// Every word that was ever said, about whom and beside which entry.
#[derive(Default)]
pub struct Apart {
    words: Vec<(Seq, VolunteerId, Commitment)>,
}

impl Apart {
    pub fn follow(&mut self, ledger: &PureLedger, unsealed: &UnsealedEntry) {
        if let Some((volunteer, words)) = said(&ledger.world, &unsealed.event) {
            self.words.extend(words.into_iter().map(|word| (unsealed.seq, volunteer, word)));
        }
    }

    /// How many of the words are kept; fails if one is lost or left over.
    pub fn assert_words_kept(&self, ledger: &PureLedger) -> usize {
        let is_kept = |(entry, volunteer, word): &&(Seq, VolunteerId, Commitment)| {
            let stays = ledger.world.volunteer(*volunteer).unwrap().status == VolunteerStatus::Active;
            let note = ledger.notes.get(&(*entry, *word));
            assert_eq!(note.is_some(), stays, "entry {entry}");
            assert!(note.is_none_or(|(note, _)| is_bound(&note.content, note.salt, *word)), "entry {entry}");
            stays
        };
        self.words.iter().filter(is_kept).count()
    }
}

fn said(world: &World, event: &Event) -> Option<(VolunteerId, Vec<Commitment>)> {
    match event {
        Event::Training(event) => Some(said_of_training(world, event)),
        Event::Honour(event) => Some(said_of_honour(world, event)),
        _ => None,
    }
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
