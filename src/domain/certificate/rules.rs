//! Rules of certificates (志愿服务记录证明): what may be done, and what follows.

use super::{
    Certificate, Event, IssueCertificate, Refusal, RevokeCertificate, served_by_evidence, served_in,
    total_minutes,
};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::{CertificateId, Seq, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::side_data::SideData;
use crate::domain::world::{Key, Stop, World};

/// The volunteer, or an operator who answers for the volunteer's unit, has the service certified.
pub fn decide_issue(ctx: &Ctx, cmd: &IssueCertificate) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    ctx.must_be_active(volunteer)?;
    if cmd.period.is_some_and(|period| period.first_day > period.last_day || period.last_day > ctx.today()) {
        return Err(Refusal::CertificatePeriodInvalid.into());
    }
    if let Some(replaced) = cmd.replaces {
        must_be_replaceable(ctx.world, replaced, volunteer.id)?;
    }
    let served = served_in(ctx.world.credited_services(volunteer.id)?, cmd.period);
    let evidence = served_by_evidence(ctx.world.credited_services(volunteer.id)?, cmd.period);
    if !total_minutes(&served).is_positive() {
        return Err(Refusal::CertificateEmpty.into());
    }
    let content = cmd.content.as_ref().ok_or(Refusal::CertificateStale)?;
    if cmd.volunteer_version != volunteer.version
        || !content.content.is_true_of(volunteer, cmd.period, &served, &evidence)
    {
        return Err(Refusal::CertificateStale.into());
    }
    // Who handled it, and how to reach the unit, is the unit's to say.
    if content.content.handler.is_some() && ctx.actor == Actor::Volunteer(volunteer.id) {
        return Err(general::Refusal::NotPermitted.into());
    }
    let certificate = CertificateId::new(ctx.seq);
    Ok(Decision::of(Event::CertificateIssued {
        volunteer: volunteer.id,
        unit: volunteer.unit,
        period: cmd.period,
        as_of: Seq(ctx.seq.0 - 1),
        credited_minutes: total_minutes(&served),
        records: served.iter().map(|line| line.records).sum(),
        content: content.commitment,
        replaces: cmd.replaces,
    })
    .with(SideData::Certificate { certificate, volunteer: volunteer.id, content: content.clone() }))
}

/// An operator who answers for the recording unit revokes it, once.
pub fn decide_revoke(ctx: &Ctx, cmd: &RevokeCertificate) -> Result<Decision, Stop> {
    let certificate = ctx.world.certificate(cmd.certificate)?;
    ctx.must_answer_for(ctx.world.unit(certificate.unit)?)?;
    if certificate.revoked_at.is_some() {
        return Err(Refusal::CertificateRevoked.into());
    }
    let event = Event::CertificateRevoked { certificate: certificate.id, reason: cmd.reason.commitment };
    Ok(Decision::of(event).with_words_about(certificate.volunteer, [&cmd.reason]))
}

/// One has one successor, of the same volunteer.
fn must_be_replaceable(world: &World, id: CertificateId, volunteer: VolunteerId) -> Result<(), Stop> {
    let replaced = world.certificate(id)?;
    if world.person_of(replaced.volunteer)? != volunteer {
        return Err(Refusal::CertificateNotFound.into());
    }
    match replaced.replaced_by {
        Some(certificate) => Err(Refusal::CertificateSuperseded { certificate }.into()),
        None => Ok(()),
    }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::CertificateIssued { replaces, .. } => replaces.map(Key::Certificate).into_iter().collect(),
            Self::CertificateRevoked { certificate, .. } => vec![Key::Certificate(*certificate)],
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::CertificateIssued { replaces, .. } => {
                if let Some(replaced) = *replaces {
                    let successor = CertificateId::new(unsealed.seq);
                    evolve_changed(world, unsealed, replaced, |replaced| {
                        replaced.replaced_by = Some(successor);
                    })?;
                }
                evolve_issued(world, unsealed, self);
                Ok(())
            }
            Self::CertificateRevoked { certificate, .. } => {
                evolve_changed(world, unsealed, *certificate, |certificate| {
                    certificate.revoked_by = Some(unsealed.actor);
                    certificate.revoked_at = Some(unsealed.recorded_at);
                    certificate.revoked_entry = Some(unsealed.seq);
                })
            }
        }
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::CertificateIssued { .. } => CertificateId::new(unsealed.seq),
            Self::CertificateRevoked { certificate, .. } => *certificate,
        };
        Ok(world.certificate(id)?.clone().into())
    }
}

fn evolve_issued(world: &mut World, unsealed: &UnsealedEntry, event: &Event) {
    let Event::CertificateIssued {
        volunteer, unit, period, as_of, credited_minutes, records, replaces, ..
    } = event
    else {
        return;
    };
    world.put_certificate(Certificate {
        id: CertificateId::new(unsealed.seq),
        volunteer: *volunteer,
        unit: *unit,
        first_day: period.map(|period| period.first_day),
        last_day: period.map(|period| period.last_day),
        as_of: *as_of,
        credited_minutes: *credited_minutes,
        records: *records,
        replaces: *replaces,
        replaced_by: None,
        issued_by: unsealed.actor,
        issued_at: unsealed.recorded_at,
        revoked_by: None,
        revoked_at: None,
        revoked_entry: None,
        version: unsealed.seq,
    });
}

fn evolve_changed(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: CertificateId,
    change: impl FnOnce(&mut Certificate),
) -> Result<(), Stop> {
    let mut certificate = world.certificate(id)?.clone();
    change(&mut certificate);
    certificate.version = unsealed.seq;
    world.put_certificate(certificate);
    Ok(())
}
