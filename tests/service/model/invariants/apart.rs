//! What is recorded apart from service: its words are kept as long as the person stays, and no longer.

use crate::support::pure::PureLedger;
use hourbook::domain::commitment::Commitment;
use hourbook::domain::ids::{Seq, VolunteerId};
use hourbook::domain::training;
use hourbook::domain::volunteer::VolunteerStatus;
use hourbook::domain::{Draft, Event, World};
use hourbook::journal::is_bound;

/// Every word that was ever said, about whom and beside which entry.
#[derive(Default)]
pub struct Apart {
    words: Vec<(Seq, VolunteerId, Commitment)>,
}

impl Apart {
    pub fn follow(&mut self, ledger: &PureLedger, draft: &Draft) {
        if let Some((volunteer, words)) = said(&ledger.world, &draft.event) {
            self.words.extend(words.into_iter().map(|word| (draft.seq, volunteer, word)));
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
    use training::Event as T;
    let Event::Training(event) = event else { return None };
    let of = |id| world.training(id).unwrap().volunteer;
    Some(match event {
        T::TrainingEntered { volunteer, course, organiser, result, .. } => {
            (*volunteer, [*course, *organiser].into_iter().chain(*result).collect())
        }
        T::TrainingCorrected { training, course, organiser, result, reason, .. } => {
            (of(*training), [*course, *organiser, *reason].into_iter().chain(*result).collect())
        }
        T::TrainingVoided { training, reason } => (of(*training), vec![*reason]),
    })
}
