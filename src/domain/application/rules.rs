//! Rules of applications (注册申请): what may be done, and what follows.

use super::{
    Application, ApplicationStatus, Apply, ConfirmApplication, DECLINED_DAYS, DeclineApplication, Event,
    ForgetApplication, OPEN_DAYS, RecogniseApplicant, Refusal, WithdrawApplication,
};
use crate::domain::binding::{self, BoundBy};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::{self, UnsealedEntry};
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::{ApplicationId, BindingId, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::person;
use crate::domain::rules::Rules;
use crate::domain::side_data::SideData;
use crate::domain::volunteer;
use crate::domain::world::{Key, Stop, World};
use chrono::Duration;

/// Who signed in and is bound to nobody applies, with the consents that their age asks for: one open application a sign-in,
/// and a document. Whether somebody is registered with it, is for the office to see.
pub fn decide_apply(ctx: &Ctx, cmd: &Apply) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let unit = ctx.world.unit(cmd.unit)?.id;
    let applicant = &cmd.applicant;
    person::check_age(&applicant.content.person, ctx.today())?;
    person::check_consents(&applicant.content.person, ctx.now, ctx.today())?;
    if ctx.world.binding_with_subject(cmd.indexes.subject)?.is_some() {
        return Err(binding::Refusal::BindingTaken.into());
    }
    for index in [cmd.indexes.subject, cmd.indexes.document] {
        if ctx.world.open_application_of(index)?.is_some() {
            return Err(Refusal::ApplicationOpen.into());
        }
    }
    Ok(Decision::of(Event::ApplicationMade { unit, applicant: applicant.commitment }).with(
        SideData::Applicant {
            application: ApplicationId::new(ctx.seq),
            applicant: Box::new(applicant.clone()),
            indexes: cmd.indexes,
        },
    ))
}

/// The office registers who applied, as it registers anybody, and binds them. It shows that it has seen the document by
/// saying its number.
pub fn decide_confirm(ctx: &Ctx, cmd: &ConfirmApplication) -> Result<Decision, Stop> {
    let application = open_application(ctx, cmd.application)?;
    let applicant = cmd.applicant.as_ref().ok_or(volunteer::Refusal::PersonStale)?;
    if applicant.indexes.identity != cmd.seen {
        return Err(Refusal::DocumentDiffers.into());
    }
    let registering = volunteer::Register {
        unit: application.unit,
        person: applicant.person.clone(),
        indexes: applicant.indexes,
        another_person: cmd.another_person.clone(),
    };
    // The reason stands beside the last entry, as all that is kept.
    let (registered, volunteer) = volunteer::rules::registering(ctx, &registering, None)?;
    let identity = (&applicant.identity, applicant.subject);
    let bound = binding::rules::binding(ctx, volunteer, BoundBy::Application, identity)?;
    let (application, another_person) = (application.id, cmd.another_person.as_ref());
    let confirmed = Event::ApplicationConfirmed {
        application,
        volunteer,
        another_person: another_person.map(|reason| reason.commitment),
    };
    let parts: [event::Event; 2] = [registered.into(), bound.into()];
    Ok(Decision::of(confirmed)
        .after_parts(parts)
        .with_words_about(volunteer, another_person)
        .with(SideData::Person {
            volunteer,
            person: Box::new(applicant.person.clone()),
            indexes: applicant.indexes,
        })
        .with(SideData::Subject {
            binding: BindingId::new(ctx.seq.next()),
            volunteer,
            identity: Box::new(applicant.identity.clone()),
            index: applicant.subject,
        })
        .with(SideData::EraseApplicant { application, reason_entry: None }))
}

/// The office finds that the person is there already, and binds them to that number.
pub fn decide_recognise(ctx: &Ctx, cmd: &RecogniseApplicant) -> Result<Decision, Stop> {
    let application = open_application(ctx, cmd.application)?.id;
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_answer_for(ctx.world.unit(volunteer.unit)?)?;
    ctx.must_be_registered(volunteer)?;
    let (identity, indexes) = cmd.applicant.as_ref().ok_or(volunteer::Refusal::PersonStale)?;
    let (volunteer, subject) = (volunteer.id, indexes.subject);
    // Whose document it is, is known: it is not somebody else.
    if ctx.world.volunteer_with_identity(indexes.document)?.is_some_and(|holder| holder != volunteer) {
        return Err(volunteer::Refusal::IdentityTaken.into());
    }
    let bound = binding::rules::binding(ctx, volunteer, BoundBy::Application, (identity, subject))?;
    Ok(Decision::of(Event::ApplicantRecognised { application, volunteer })
        .after_parts([bound])
        .with(SideData::Subject {
            binding: BindingId::new(ctx.seq),
            volunteer,
            identity: Box::new(identity.clone()),
            index: subject,
        })
        .with(SideData::EraseApplicant { application, reason_entry: None }))
}

/// The office says why it does not confirm.
pub fn decide_decline(ctx: &Ctx, cmd: &DeclineApplication) -> Result<Decision, Stop> {
    let application = open_application(ctx, cmd.application)?.id;
    Ok(Decision::of(Event::ApplicationDeclined { application, reason: cmd.reason.commitment })
        .with_note(Some(&cmd.reason)))
}

/// Who applied takes it back; nothing of them is kept.
pub fn decide_withdraw(ctx: &Ctx, cmd: &WithdrawApplication) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let application = ctx.world.application(cmd.application)?;
    must_be_open(application)?;
    let application = application.id;
    Ok(Decision::of(Event::ApplicationWithdrawn { application })
        .with(SideData::EraseApplicant { application, reason_entry: None }))
}

/// Nobody decided it, or who was declined has been told for long enough.
pub fn decide_forget(ctx: &Ctx, cmd: &ForgetApplication) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let application = ctx.world.application(cmd.application)?;
    if application.forget_at.is_none_or(|forget_at| ctx.now < forget_at) {
        return Err(general::Refusal::NothingDue.into());
    }
    let (status, reason_entry) = (application.status, application.decided_entry);
    let application = application.id;
    let event = match status {
        ApplicationStatus::Open => Event::ApplicationLapsed { application },
        _ => Event::ApplicationForgotten { application },
    };
    Ok(Decision::of(event).with(SideData::EraseApplicant { application, reason_entry }))
}

/// For who answers for the unit that was asked.
fn open_application<'w>(ctx: &Ctx<'w>, id: ApplicationId) -> Result<&'w Application, Stop> {
    let application = ctx.world.application(id)?;
    ctx.must_answer_for(ctx.world.unit(application.unit)?)?;
    must_be_open(application)?;
    Ok(application)
}

fn must_be_open(application: &Application) -> Result<(), Refusal> {
    match application.status {
        ApplicationStatus::Open => Ok(()),
        status => Err(Refusal::ApplicationNotOpen { status }),
    }
}

impl Event {
    /// The application that it decides; none where it is made.
    const fn decides(&self) -> Option<ApplicationId> {
        match self {
            Self::ApplicationMade { .. } => None,
            Self::ApplicationConfirmed { application, .. }
            | Self::ApplicantRecognised { application, .. }
            | Self::ApplicationDeclined { application, .. }
            | Self::ApplicationWithdrawn { application }
            | Self::ApplicationLapsed { application }
            | Self::ApplicationForgotten { application } => Some(*application),
        }
    }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(self.decides().map(Key::Application).into_iter().collect())
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        use ApplicationStatus as Status;
        match self {
            Self::ApplicationMade { unit, .. } => world.put_application(Application {
                id: ApplicationId::new(unsealed.seq),
                unit: *unit,
                status: Status::Open,
                made_at: unsealed.recorded_at,
                decided_by: None,
                decided_at: None,
                decided_entry: None,
                volunteer: None,
                forget_at: Some(unsealed.recorded_at.plus(Duration::days(OPEN_DAYS))),
            }),
            Self::ApplicationConfirmed { application, volunteer, .. } => {
                evolve_decided(world, unsealed, *application, Status::Confirmed, Some(*volunteer))?;
            }
            Self::ApplicantRecognised { application, volunteer } => {
                evolve_decided(world, unsealed, *application, Status::Recognised, Some(*volunteer))?;
            }
            Self::ApplicationDeclined { application, .. } => {
                evolve_decided(world, unsealed, *application, Status::Declined, None)?;
            }
            Self::ApplicationWithdrawn { application } => {
                evolve_decided(world, unsealed, *application, Status::Withdrawn, None)?;
            }
            Self::ApplicationLapsed { application } => {
                evolve_decided(world, unsealed, *application, Status::Lapsed, None)?;
            }
            Self::ApplicationForgotten { application } => {
                let declined = world.application(*application)?.clone();
                world.put_application(Application { forget_at: None, ..declined });
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = self.decides().unwrap_or(ApplicationId::new(unsealed.seq));
        Ok(world.application(id)?.clone().into())
    }
}

fn evolve_decided(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: ApplicationId,
    status: ApplicationStatus,
    volunteer: Option<VolunteerId>,
) -> Result<(), Stop> {
    let declined = unsealed.recorded_at.plus(Duration::days(DECLINED_DAYS));
    let application = world.application(id)?.clone();
    world.put_application(Application {
        status,
        decided_by: Some(unsealed.actor),
        decided_at: Some(unsealed.recorded_at),
        decided_entry: Some(unsealed.seq),
        volunteer,
        forget_at: (status == ApplicationStatus::Declined).then_some(declined),
        ..application
    });
    Ok(())
}
