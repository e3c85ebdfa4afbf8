//! Certificates: mostly true ones of somebody who has served, some that say something else.

use super::{Asked, Generator, NOWHERE, Sight};
use hourbook::domain::Command;
use hourbook::domain::actor::Actor;
use hourbook::domain::certificate::{
    Certificate, CertificateContent, CertifiedProgramme, IssueCertificate, Period, RevokeCertificate,
    served_by_evidence, served_in, total_minutes,
};
use hourbook::domain::commitment::Committed;
use hourbook::domain::ids::{CertificateId, Seq, VolunteerId};
use hourbook::domain::volunteer::{VolunteerStatus, number_of};
use hourbook::journal::commit;

impl Generator {
    pub(super) fn issue_certificate(&mut self, sight: Sight) -> Asked {
        let replaced =
            self.random.percent(30).then(|| self.certificate(sight, |row| row.replaced_by.is_none()));
        let of_replaced = replaced.and_then(|id| sight.pure.world.certificate(id).ok());
        let volunteer = match of_replaced {
            Some(replaced) if self.random.percent(93) => replaced.volunteer,
            _ => self.volunteer_who_served(sight),
        };
        let period = self.period(sight);
        let content = self.content(sight, volunteer, period).map(Box::new);
        let version = sight.pure.world.volunteer(volunteer).map(|row| row.version).unwrap_or_default();
        let volunteer_version = if self.random.percent(3) { Seq(1) } else { version };
        let replaces = replaced;
        let command = IssueCertificate { volunteer, period, replaces, volunteer_version, content };
        (self.actor_for_volunteer(sight, volunteer), Command::IssueCertificate(command))
    }

    pub(super) fn revoke_certificate(&mut self, sight: Sight) -> Asked {
        let certificate = self.certificate(sight, |row| row.revoked_at.is_none());
        let unit = sight.pure.world.certificate(certificate).map(|row| row.unit).ok();
        let actor = unit.map_or(Actor::System, |unit| self.actor_for(sight, unit));
        let reason = self.note();
        (actor, Command::RevokeCertificate(RevokeCertificate { certificate, reason }))
    }

    fn certificate(&mut self, sight: Sight, suits: impl Fn(&Certificate) -> bool) -> CertificateId {
        let world = &sight.pure.world;
        let suits = |id| world.certificate(id).is_ok_and(&suits);
        self.suitable(|known| &known.certificates, CertificateId::new(NOWHERE), suits)
    }

    fn volunteer_who_served(&mut self, sight: Sight) -> VolunteerId {
        let world = &sight.pure.world;
        let has_served = |id| {
            world.volunteer(id).is_ok_and(|row| row.status == VolunteerStatus::Active)
                && world.credited_services(id).is_ok_and(|mut services| services.next().is_some())
        };
        self.suitable(|known| &known.volunteers, VolunteerId::new(NOWHERE), has_served)
    }

    /// Mostly the whole life; else some days, rarely such that do not follow each other.
    fn period(&mut self, sight: Sight) -> Option<Period> {
        self.random.percent(40).then(|| {
            let first_day = self.day(sight, -40, -1);
            let last_day = self.day(sight, -3, 1);
            Period {
                first_day,
                last_day: if self.random.percent(95) { last_day.max(first_day) } else { last_day },
            }
        })
    }

    /// What is true of the volunteer, as far as there is a person; now and then something else.
    fn content(
        &mut self,
        sight: Sight,
        volunteer: VolunteerId,
        period: Option<Period>,
    ) -> Option<Committed<CertificateContent>> {
        let person = &sight.pure.people.get(&volunteer)?.person.content;
        let world = &sight.pure.world;
        let served = served_in(world.credited_services(volunteer).ok()?, period);
        let evidence = served_by_evidence(world.credited_services(volunteer).ok()?, period);
        let line = |service| CertifiedProgramme { name: "共爱同行".parse().unwrap(), service };
        let mut content = CertificateContent {
            name: person.name.clone(),
            document_kind: person.document.kind(),
            document_number_masked: "E****1".to_owned(),
            volunteer_number: number_of(volunteer),
            period,
            credited_minutes: total_minutes(&served),
            programmes: served.into_iter().map(line).collect(),
            evidence,
            unit: world.volunteer(volunteer).ok()?.unit,
            unit_name: "平顶山市教育体育局".parse().unwrap(),
            handler: self.random.percent(10).then(|| "李老师".parse().unwrap()),
            contact: None,
            mentions: Vec::new(),
        };
        match self.random.below(40) {
            0 => content.credited_minutes.0 += 1,
            1 => content.programmes.clear(),
            2 => content.unit = self.unit(),
            3 => content.evidence.clear(),
            _ => {}
        }
        Some(commit(content, self.random.bytes()).unwrap())
    }
}
