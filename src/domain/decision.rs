//! What a rule comes to when it accepts: an entry, or that it is so already.

use super::actor::Actor;
use super::commitment::Committed;
use super::event::Event;
use super::ids::{Seq, VolunteerId};
use super::outcome::Outcome;
use super::side_data::SideData;
use super::text::Note;
use chrono::NaiveDate;

/// What a rule decided: the entry to be, and what is kept beside it. What it posts follows from the event.
#[derive(Debug)]
pub struct Decision {
    /// What goes before, each as an entry of its own: all of it is in one batch with the event, or nothing is.
    pub(super) parts: Vec<Part>,
    pub(super) comes_to: ComesTo,
    pub(super) effective_date: Option<NaiveDate>,
    pub(super) reverses: Option<Seq>,
    pub(super) side_data: Vec<SideData>,
}

/// An entry that goes before the one that a command is answered by.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) event: Event,
    /// Whose word it is, where that is another than who acts: what the service saw is its own.
    pub(super) actor: Option<Actor>,
    pub(super) effective_date: Option<NaiveDate>,
}

impl<E: Into<Event>> From<E> for Part {
    fn from(event: E) -> Self {
        Self { event: event.into(), actor: None, effective_date: None }
    }
}

/// What an accepted command comes to.
#[derive(Debug)]
pub(super) enum ComesTo {
    Entry(Event),
    /// Nothing of the ledger would differ, so no entry is written: what is there, and the entry that made it so.
    AsItIs {
        since: Seq,
        outcome: Outcome,
    },
}

impl Decision {
    pub(super) fn of(event: impl Into<Event>) -> Self {
        Self::that(ComesTo::Entry(event.into()))
    }

    /// What is asked for is so already, since an entry: no entry is made, and the thing as it is is answered.
    pub(super) fn as_it_is(since: Seq, thing: impl Into<Outcome>) -> Self {
        Self::that(ComesTo::AsItIs { since, outcome: thing.into() })
    }

    fn that(comes_to: ComesTo) -> Self {
        Self { parts: Vec::new(), comes_to, effective_date: None, reverses: None, side_data: Vec::new() }
    }

    /// What would make the entry too long goes before it, in parts. No part changes what another or the event itself
    /// posts.
    pub(super) fn after_parts(self, parts: impl IntoIterator<Item = impl Into<Part>>) -> Self {
        Self { parts: parts.into_iter().map(Into::into).collect(), ..self }
    }

    /// Says which day the entry concerns, where that is not today.
    pub(super) fn effective(self, date: NaiveDate) -> Self {
        Self { effective_date: Some(date), ..self }
    }

    pub(super) fn reversing(self, entry: Seq) -> Self {
        Self { reverses: Some(entry), ..self }
    }

    pub(super) fn with(mut self, side_data: SideData) -> Self {
        self.side_data.push(side_data);
        self
    }

    /// Words that are about nobody.
    pub(super) fn with_note(mut self, note: Option<&Committed<Note>>) -> Self {
        self.side_data.extend(note.cloned().map(|note| SideData::Note { note, about: None }));
        self
    }

    /// Words about a volunteer, which are erased with the person.
    pub(super) fn with_words_about<'n>(
        mut self,
        volunteer: VolunteerId,
        words: impl IntoIterator<Item = &'n Committed<Note>>,
    ) -> Self {
        let about = Some(volunteer);
        self.side_data.extend(words.into_iter().cloned().map(|note| SideData::Note { note, about }));
        self
    }
}
