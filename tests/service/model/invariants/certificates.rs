//! What every certificate says is what was credited when it was issued, and links go both ways.

use super::State;
use hourbook::domain::certificate::Certificate;
use hourbook::domain::record::ServiceRecord;

/// Credited by then, and not voided by then.
fn rests_on(certificate: &Certificate, record: &ServiceRecord) -> bool {
    let credited = record.credited_entry.is_some_and(|entry| entry <= certificate.as_of);
    let voided = record.voided_entry.is_some_and(|entry| entry <= certificate.as_of);
    let early = certificate.first_day.is_some_and(|day| record.service_date < day);
    let late = certificate.last_day.is_some_and(|day| record.service_date > day);
    credited && !voided && !early && !late
}

pub(super) fn assert_true(state: &State) {
    let world = &state.ledger.world;
    for certificate in world.certificates.iter() {
        let merged = world.merged_numbers.iter();
        let merged =
            merged.filter(|row| row.earlier == certificate.volunteer && row.entry <= certificate.as_of);
        let numbers = merged.map(|row| row.volunteer).chain([certificate.volunteer]);
        let records = numbers.filter_map(|number| state.records_of.get(&number)).flatten();
        let rested_on: Vec<_> = records.filter(|record| rests_on(certificate, record)).collect();
        let minutes: i64 = rested_on.iter().map(|record| record.credited_minutes.0).sum();
        assert_eq!(certificate.credited_minutes.0, minutes, "{certificate:?}");
        assert_eq!(certificate.records, i64::try_from(rested_on.len()).unwrap(), "{certificate:?}");
        assert!(minutes > 0 && certificate.as_of < certificate.id.seq(), "{certificate:?}");
        if let Some(replaced) = certificate.replaces {
            let replaced = world.certificate(replaced).unwrap();
            assert_eq!(replaced.replaced_by, Some(certificate.id), "{certificate:?}");
            assert_eq!(state.person_of(replaced.volunteer), state.person_of(certificate.volunteer));
        }
        if let Some(successor) = certificate.replaced_by {
            assert_eq!(world.certificate(successor).unwrap().replaces, Some(certificate.id));
        }
    }
    for (id, (volunteer, content)) in &state.ledger.certificates {
        let certificate = world.certificate(*id).unwrap();
        assert_eq!(certificate.volunteer, *volunteer);
        assert_eq!(certificate.credited_minutes, content.content.credited_minutes);
        assert!(state.ledger.people.contains_key(volunteer), "{id} outlived the person");
    }
}
