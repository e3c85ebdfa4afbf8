//! What is said of persons: how they are reached, and who they are.

use super::{Asked, Generator, NOWHERE, Sight};
use crate::support::writer::vault;
use hourbook::domain::Command;
use hourbook::domain::access::{ReadBirth, RevealNumbers};
use hourbook::domain::activation::{GiveActivation, TryActivation};
use hourbook::domain::actor::Actor;
use hourbook::domain::binding::{Bind, BindingProof, EndBinding};
use hourbook::domain::identity_change::{
    AskIdentityChange, ConfirmIdentityChange, DeclineIdentityChange, IdentityChangeStatus,
};
use hourbook::domain::ids::{BindingId, IdentityChangeId, MergeId, VolunteerId};
use hourbook::domain::merge::{AskMerge, ConfirmMerge, DeclineMerge, MergeStatus};
use hourbook::domain::person::{Contact, Person, ProposedIdentity};
use hourbook::domain::volunteer::{
    ChangeContact, ChangedPerson, DeactivateVolunteer, ForgetVolunteer, ReactivateVolunteer, VolunteerStatus,
};
use hourbook::journal::commit;

impl Generator {
    pub(super) fn give_activation(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let actor = match sight.pure.world.volunteer(volunteer) {
            Ok(row) => self.actor_for(sight, row.unit),
            Err(_) => self.anybody(),
        };
        (actor, Command::GiveActivation(GiveActivation { volunteer }))
    }

    /// Mostly of who has a code, right or wrong; now and then one of before.
    pub(super) fn try_activation(&mut self, sight: Sight) -> Asked {
        let code_of = |volunteer: VolunteerId| sight.pure.world.volunteer(volunteer).ok()?.activation_entry;
        let with_code: Vec<_> =
            sight.pure.people.keys().copied().filter(|volunteer| code_of(*volunteer).is_some()).collect();
        let volunteer = self.random.pick(&with_code).unwrap_or_else(|| self.volunteer(sight));
        let entry = code_of(volunteer).filter(|_| self.random.percent(90)).unwrap_or(NOWHERE);
        let is_right = self.random.percent(40);
        (self.system(), Command::TryActivation(TryActivation { volunteer, entry, is_right }))
    }

    /// Mostly of somebody new, by the mobile or by a code; now and then of somebody who is bound, or of what is no more so.
    pub(super) fn bind(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let row = sight.pure.world.volunteer(volunteer).ok();
        let code = row.and_then(|row| row.activation_entry).filter(|_| self.random.percent(50));
        let proof = match code {
            Some(entry) => BindingProof::Activation { entry },
            None => {
                let version = row.map(|row| row.version).filter(|_| self.random.percent(90));
                BindingProof::Mobile { read: version.unwrap_or(NOWHERE) }
            }
        };
        let identity = self.outside_identity();
        let index = vault().subject_index(&identity);
        let identity = commit(identity, self.random.bytes()).unwrap();
        (self.system(), Command::Bind(Bind { volunteer, identity, index, proof }))
    }

    pub(super) fn end_binding(&mut self, sight: Sight) -> Asked {
        let open = |id| sight.pure.world.binding(id).is_ok_and(|row| row.ended_at.is_none());
        let binding = self.suitable(|known| &known.bindings, BindingId::new(NOWHERE), open);
        let of = sight.pure.world.binding(binding).ok();
        let actor = match of {
            Some(row) if self.random.percent(50) => Actor::Volunteer(row.volunteer),
            Some(row) => self.actor_for(sight, row.unit),
            None => self.anybody(),
        };
        (actor, Command::EndBinding(EndBinding { binding }))
    }

    pub(super) fn reveal_numbers(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let row = sight.pure.world.volunteer(volunteer).ok();
        let birth = sight.pure.people.get(&volunteer).zip(row).map(|(known, row)| ReadBirth {
            read: if self.random.percent(95) { row.version } else { NOWHERE },
            birth_date: known.person.content.birth_date,
        });
        let actor = match row {
            Some(row) => self.actor_for(sight, row.unit),
            None => self.anybody(),
        };
        (actor, Command::RevealNumbers(RevealNumbers { volunteer, purpose: self.note(), birth }))
    }

    pub(super) fn change_contact(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let (somebody, _) = self.persons.somebody(&mut self.random, sight.now);
        let Person { mobile, residence, skills, service_categories, .. } = somebody.content;
        let contact = Contact { mobile, residence, skills, service_categories };
        let changed = self.changed(sight, volunteer, |person| contact.onto(person));
        let version = sight.pure.world.volunteer(volunteer).map(|row| row.version).ok();
        let command = ChangeContact { volunteer, expected: self.expected(version), changed };
        (self.actor_for_volunteer(sight, volunteer), Command::ChangeContact(command))
    }

    pub(super) fn deactivate_volunteer(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let version = sight.pure.world.volunteer(volunteer).map(|row| row.version).ok();
        let (expected, reason) = (self.expected(version), self.note_in(50));
        let command = DeactivateVolunteer { volunteer, expected, reason };
        (self.actor_for_volunteer(sight, volunteer), Command::DeactivateVolunteer(command))
    }

    pub(super) fn reactivate_volunteer(&mut self, sight: Sight) -> Asked {
        let is_away = |id| {
            let row = sight.pure.world.volunteer(id);
            row.is_ok_and(|row| row.status == VolunteerStatus::Inactive || row.closing_asked_at.is_some())
        };
        let volunteer = self.suitable(|known| &known.volunteers, VolunteerId::new(NOWHERE), is_away);
        let version = sight.pure.world.volunteer(volunteer).map(|row| row.version).ok();
        let (expected, reason) = (self.expected(version), self.note_in(50));
        let command = ReactivateVolunteer { volunteer, expected, reason };
        let actor = match sight.pure.world.volunteer(volunteer) {
            Ok(row) => self.actor_for(sight, row.unit),
            Err(_) => self.anybody(),
        };
        (actor, Command::ReactivateVolunteer(command))
    }

    /// Nobody in a story left ten years ago.
    pub(super) fn forget_volunteer(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        (Actor::System, Command::ForgetVolunteer(ForgetVolunteer { volunteer }))
    }

    pub(super) fn ask_identity_change(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let proposed = self.proposed(sight, volunteer);
        let onto = proposed.clone();
        let changed = self.changed(sight, volunteer, |person| onto.onto(person));
        let version = sight.pure.world.volunteer(volunteer).map(|row| row.version).ok();
        let command = AskIdentityChange {
            volunteer,
            expected: self.expected(version),
            changed,
            proposal: Box::new(commit(proposed, self.random.bytes()).unwrap()),
            reason: self.note(),
        };
        let actor = match sight.pure.world.volunteer(volunteer) {
            Ok(row) => self.actor_for(sight, row.unit),
            Err(_) => self.anybody(),
        };
        (actor, Command::AskIdentityChange(command))
    }

    pub(super) fn confirm_identity_change(&mut self, sight: Sight) -> Asked {
        let identity_change = self.pending_identity_change(sight);
        let proposed =
            sight.pure.proposed.get(&identity_change).map(|(of, content)| (*of, content.content.clone()));
        let changed =
            proposed.and_then(|(of, proposed)| self.changed(sight, of, |person| proposed.onto(person)));
        let command = ConfirmIdentityChange { identity_change, changed };
        (self.actor_for_identity(sight, identity_change), Command::ConfirmIdentityChange(command))
    }

    pub(super) fn decline_identity_change(&mut self, sight: Sight) -> Asked {
        let identity_change = self.pending_identity_change(sight);
        let command = DeclineIdentityChange { identity_change, reason: self.note() };
        (self.actor_for_identity(sight, identity_change), Command::DeclineIdentityChange(command))
    }

    fn pending_identity_change(&mut self, sight: Sight) -> IdentityChangeId {
        let is_pending = |id| {
            let change = sight.pure.world.identity_change(id);
            change.is_ok_and(|change| change.status == IdentityChangeStatus::Pending)
        };
        self.suitable(|known| &known.identity_changes, IdentityChangeId::new(NOWHERE), is_pending)
    }

    fn actor_for_identity(&mut self, sight: Sight, id: IdentityChangeId) -> Actor {
        match sight.pure.world.identity_change(id) {
            Ok(change) => self.actor_for(sight, change.unit),
            Err(_) => self.anybody(),
        }
    }

    /// Two numbers, mostly the later into the earlier.
    pub(super) fn ask_merge(&mut self, sight: Sight) -> Asked {
        let (one, other) = (self.volunteer(sight), self.volunteer(sight));
        let (earlier, volunteer) =
            if self.random.percent(90) { (one.min(other), one.max(other)) } else { (one, other) };
        let command = AskMerge { volunteer, earlier, reason: self.note() };
        let actor = match sight.pure.world.volunteer(volunteer) {
            Ok(row) => self.actor_for(sight, row.unit),
            Err(_) => self.anybody(),
        };
        (actor, Command::AskMerge(command))
    }

    pub(super) fn confirm_merge(&mut self, sight: Sight) -> Asked {
        let merge = self.pending_merge(sight);
        (self.actor_for_merge(sight, merge), Command::ConfirmMerge(ConfirmMerge { merge }))
    }

    pub(super) fn decline_merge(&mut self, sight: Sight) -> Asked {
        let merge = self.pending_merge(sight);
        let command = DeclineMerge { merge, reason: self.note() };
        (self.actor_for_merge(sight, merge), Command::DeclineMerge(command))
    }

    fn pending_merge(&mut self, sight: Sight) -> MergeId {
        let is_pending = |id| {
            let merge = sight.pure.world.merge(id);
            merge.is_ok_and(|merge| merge.status == MergeStatus::Pending)
        };
        self.suitable(|known| &known.merges, MergeId::new(NOWHERE), is_pending)
    }

    fn actor_for_merge(&mut self, sight: Sight, id: MergeId) -> Actor {
        match sight.pure.world.merge(id) {
            Ok(merge) => self.actor_for(sight, merge.unit),
            Err(_) => self.anybody(),
        }
    }

    /// Another name, another document, or who the volunteer is already with another consent.
    fn proposed(&mut self, sight: Sight, volunteer: VolunteerId) -> ProposedIdentity {
        let known = sight.pure.people.get(&volunteer).map(|known| known.person.content.clone());
        let (somebody, _) = self.persons.somebody(&mut self.random, sight.now);
        let person = match known {
            Some(known) if self.random.percent(50) => known,
            _ => somebody.content.clone(),
        };
        ProposedIdentity {
            name: person.name,
            gender: person.gender,
            birth_date: person.birth_date,
            document: self.random.percent(80).then_some(person.document),
            guardian_consent: person.guardian_consent,
            consent: self.random.percent(50).then_some(somebody.content.consent),
            political_status: self.random.percent(30).then(Vec::new),
        }
    }

    /// What the person comes to; now and then made of a former version.
    fn changed(
        &mut self,
        sight: Sight,
        volunteer: VolunteerId,
        onto: impl FnOnce(Person) -> Person,
    ) -> Option<ChangedPerson> {
        let known = sight.pure.people.get(&volunteer)?;
        let person = known.person.content.clone();
        let changed = onto(person.clone());
        let indexes = self.persons.indexes(&changed);
        let version = sight.pure.world.volunteer(volunteer).ok()?.version;
        Some(ChangedPerson {
            read: if self.random.percent(95) { version } else { NOWHERE },
            fields: changed.differing(&person),
            person: commit(changed, self.random.bytes()).unwrap(),
            indexes,
        })
    }
}
