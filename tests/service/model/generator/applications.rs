//! Applications, and what becomes of them.

use super::{Asked, Generator, NOWHERE, Sight};
use crate::support::writer::vault;
use hourbook::domain::Command;
use hourbook::domain::actor::Actor;
use hourbook::domain::application::{
    Applicant, ApplicantIndexes, ApplicationStatus, Apply, ConfirmApplication, DeclineApplication,
    ForgetApplication, KnownApplicant, RecogniseApplicant, WithdrawApplication,
};
use hourbook::domain::binding::{OutsideIdentity, Provider};
use hourbook::domain::ids::ApplicationId;
use hourbook::journal::commit;

impl Generator {
    /// Somebody outside: mostly somebody new.
    pub(super) fn outside_identity(&mut self) -> OutsideIdentity {
        let number = if self.random.percent(75) { self.new_name() } else { self.random.between(0..=20) };
        OutsideIdentity {
            provider: Provider::Wechat,
            app: "wx0123456789abcdef".parse().unwrap(),
            subject: format!("o-{number}").parse().unwrap(),
        }
    }

    pub(super) fn apply(&mut self, sight: Sight) -> Asked {
        let (person, indexes) = self.persons.somebody(&mut self.random, sight.now);
        let identity = self.outside_identity();
        let indexes =
            ApplicantIndexes { document: indexes.identity, subject: vault().subject_index(&identity) };
        let applicant = Applicant { person: person.content, identity };
        let applicant = commit(applicant, self.random.bytes()).unwrap();
        (self.system(), Command::Apply(Apply { unit: self.unit(), applicant, indexes }))
    }

    pub(super) fn confirm_application(&mut self, sight: Sight) -> Asked {
        let (application, actor) = self.application_to_decide(sight);
        let known = sight.pure.applicants.get(&application);
        let applicant = known.map(|known| {
            let Applicant { person, identity } = known.content.clone();
            let (indexes, subject) = (vault().person_indexes(&person), vault().subject_index(&identity));
            KnownApplicant {
                person: commit(person, self.random.bytes()).unwrap(),
                indexes,
                identity: commit(identity, self.random.bytes()).unwrap(),
                subject,
            }
        });
        let seen = applicant.as_ref().map(|known| known.indexes.identity).filter(|_| self.random.percent(90));
        let seen = seen.unwrap_or([7; 32]);
        let another_person = self.note_in(10);
        let command = ConfirmApplication { application, seen, applicant, another_person };
        (actor, Command::ConfirmApplication(command))
    }

    pub(super) fn recognise_applicant(&mut self, sight: Sight) -> Asked {
        let (application, actor) = self.application_to_decide(sight);
        let volunteer = self.volunteer(sight);
        let known = sight.pure.applicants.get(&application);
        let applicant = known.map(|known| {
            let Applicant { person, identity } = known.content.clone();
            let document = vault().identity_index(&person.document);
            let indexes = ApplicantIndexes { document, subject: vault().subject_index(&identity) };
            (commit(identity, self.random.bytes()).unwrap(), indexes)
        });
        let command = RecogniseApplicant { application, volunteer, applicant };
        (actor, Command::RecogniseApplicant(command))
    }

    pub(super) fn decline_application(&mut self, sight: Sight) -> Asked {
        let (application, actor) = self.application_to_decide(sight);
        let reason = self.note();
        (actor, Command::DeclineApplication(DeclineApplication { application, reason }))
    }

    pub(super) fn withdraw_application(&mut self, sight: Sight) -> Asked {
        let application = self.open_application(sight);
        (self.system(), Command::WithdrawApplication(WithdrawApplication { application }))
    }

    /// Mostly of one whose time has come.
    pub(super) fn forget_application(&mut self, sight: Sight) -> Asked {
        let is_due = |id| {
            let row = sight.pure.world.application(id).ok();
            row.and_then(|row| row.forget_at).is_some_and(|forget_at| forget_at <= sight.now)
        };
        let application = self.suitable(|known| &known.applications, ApplicationId::new(NOWHERE), is_due);
        (self.system(), Command::ForgetApplication(ForgetApplication { application }))
    }

    fn application_to_decide(&mut self, sight: Sight) -> (ApplicationId, Actor) {
        let application = self.open_application(sight);
        let actor = match sight.pure.world.application(application) {
            Ok(row) => self.actor_for(sight, row.unit),
            Err(_) => self.anybody(),
        };
        (application, actor)
    }

    fn open_application(&mut self, sight: Sight) -> ApplicationId {
        let is_open = |id| {
            let row = sight.pure.world.application(id);
            row.is_ok_and(|row| row.status == ApplicationStatus::Open)
        };
        self.suitable(|known| &known.applications, ApplicationId::new(NOWHERE), is_open)
    }
}
