//! What is kept beside the journal, where it can be erased.

use super::application::{Applicant, ApplicantIndexes};
use super::binding::OutsideIdentity;
use super::certificate::CertificateContent;
use super::commitment::Committed;
use super::ids::{ApplicationId, BindingId, CertificateId, IdentityChangeId, OperatorId, Seq, VolunteerId};
use super::message::MessagePlace;
use super::operator::{Login, OperatorIdentity};
use super::person::{BlindIndex, Person, PersonIndexes, ProposedIdentity};
use super::text::Note;
use super::time::Timestamp;
use super::volunteer::ChangedPerson;
use super::world::World;

/// What is written beside the journal in the same transaction.
#[derive(Clone, Debug)]
pub enum SideData {
    /// Who a volunteer is.
    Person { volunteer: VolunteerId, person: Box<Committed<Person>>, indexes: PersonIndexes },
    /// What a certificate says.
    Certificate {
        certificate: CertificateId,
        volunteer: VolunteerId,
        content: Box<Committed<CertificateContent>>,
    },
    /// Who a volunteer is said to be, until a second person confirms it.
    ProposedIdentity {
        identity_change: IdentityChangeId,
        volunteer: VolunteerId,
        content: Box<Committed<ProposedIdentity>>,
    },
    /// What was proposed is decided, or took too long.
    EraseProposedIdentity { identity_change: IdentityChangeId },
    /// Who somebody is outside, by whom they sign in.
    Subject {
        binding: BindingId,
        volunteer: VolunteerId,
        identity: Box<Committed<OutsideIdentity>>,
        index: BlindIndex,
    },
    /// Nobody signs in by it any more.
    EraseSubject { binding: BindingId },
    /// Who applies to be registered.
    Applicant { application: ApplicationId, applicant: Box<Committed<Applicant>>, indexes: ApplicantIndexes },
    /// It was decided, or time has passed: who applied goes, and what the entry that declined said to them.
    EraseApplicant { application: ApplicationId, reason_entry: Option<Seq> },
    /// Everything known of a person and every word about them goes; but for the index of the document, which says by
    /// which entry the number was closed.
    ErasePerson { volunteer: VolunteerId, closed_entry: Seq },
    /// The index goes, too, and words that were said since.
    ForgetPerson { volunteer: VolunteerId },
    /// Somebody's words that the entry commits to. What is about a person is erased with the person.
    Note { note: Committed<Note>, about: Option<VolunteerId> },
    /// How an operator logs in.
    Credential { operator: OperatorId, login: Committed<Login>, password_hash: Option<String> },
    /// By which document an operator says who they are.
    OperatorIdentity { operator: OperatorId, identity: OperatorIdentity },
    /// The operator has no access any more: the document goes, but for its index.
    EraseOperatorIdentity { operator: OperatorId },
    /// The operator is known by a registration from now on.
    ForgetOperatorIdentity { operator: OperatorId },
    /// How far a volunteer has read what they are told.
    MessagesRead { volunteer: VolunteerId, up_to: MessagePlace },
    /// A volunteer signed in, and is told so.
    SignedIn { volunteer: VolunteerId, at: Timestamp },
}

impl SideData {
    /// Whether something that was kept is erased by it.
    #[must_use]
    pub const fn erases(&self) -> bool {
        matches!(
            self,
            Self::ErasePerson { .. }
                | Self::ForgetPerson { .. }
                | Self::EraseProposedIdentity { .. }
                | Self::EraseSubject { .. }
                | Self::EraseApplicant { .. }
                | Self::EraseOperatorIdentity { .. }
                | Self::ForgetOperatorIdentity { .. }
        )
    }

    /// What is known of a person from now on.
    #[must_use]
    pub fn changed_person(volunteer: VolunteerId, changed: &ChangedPerson) -> Self {
        Self::Person { volunteer, person: Box::new(changed.person.clone()), indexes: changed.indexes }
    }
}

/// Keeps the look-ups of the world right that follow from what is kept beside the journal.
pub fn evolve_side_data(world: &mut World, side_data: &SideData) {
    match side_data {
        SideData::Person { volunteer, indexes, .. } => {
            world.set_likeness(*volunteer, Some(indexes.likeness));
            world.change_identity(*volunteer, indexes.identity);
        }
        SideData::Credential { operator, login, .. } => {
            world.set_login(login.content.login.clone(), *operator);
        }
        SideData::OperatorIdentity { operator, identity } => {
            world.set_identity_of_operator(*operator, Some(identity.index));
        }
        SideData::ForgetOperatorIdentity { operator } => world.set_identity_of_operator(*operator, None),
        SideData::Subject { binding, volunteer, index, .. } => {
            world.set_subject(*index, Some((*binding, *volunteer)));
        }
        SideData::Applicant { application, indexes, .. } => {
            for index in [indexes.document, indexes.subject] {
                world.set_open_application(index, Some(*application));
            }
        }
        SideData::EraseSubject { binding } => world.forget_subjects(|bound, _| bound == *binding),
        // The index of the document stays: who comes back is the same volunteer, and what an operator did was
        // done by the same person.
        SideData::ErasePerson { volunteer, .. } => {
            world.set_likeness(*volunteer, None);
            world.forget_subjects(|_, of| of == *volunteer);
        }
        SideData::EraseOperatorIdentity { .. } => {}
        SideData::ForgetPerson { volunteer } => world.forget_identity_of(*volunteer),
        SideData::Note { .. }
        | SideData::Certificate { .. }
        | SideData::ProposedIdentity { .. }
        | SideData::EraseProposedIdentity { .. }
        | SideData::EraseApplicant { .. }
        | SideData::MessagesRead { .. }
        | SideData::SignedIn { .. } => {}
    }
}
