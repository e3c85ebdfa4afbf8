//! Expiry by itself: what time has brought to its end is put to the ledger like any other change.
//!
//! Rules look at the clock too, so that nothing overdue is used before the sweeper comes. Several
//! replicas may sweep at once: the second is told that nothing is due.

use super::health::Part;
use super::periodic_task::PeriodicTask;
use super::request::{Request, RequestRefusal, Work};
use super::writer::{Clock, Ledger};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::application::ForgetApplication;
use crate::domain::attendance::LeaveUnfinished;
use crate::domain::enrolment::LapseOffer;
use crate::domain::lot::ExpirePoints;
use crate::domain::message::{
    AnnouncePointsExpiry, AnnounceRedemptionExpiry, POINTS_ANNOUNCED_DAYS, REDEMPTION_ANNOUNCED_DAYS,
};
use crate::domain::position::FillPosition;
use crate::domain::record::CreditSeen;
use crate::domain::redemption::ExpireRedemption;
use crate::domain::time::Timestamp;
use crate::domain::transfer::{Step, StepTransfer};
use crate::domain::volunteer::ForgetVolunteer;
use crate::store::read::due;
use crate::store::{Db, Pool, StoreError};
use std::sync::Arc;
use std::time::Duration;

/// Most of each kind that one sweep takes on.
const SWEEP_LIMIT: u32 = 500;
/// How many of them wait for the writer at once.
const SWEEP_GROUP: usize = 64;

/// Sweeps at once and then every `interval`.
pub fn start_sweeping(
    readers: Pool,
    ledger: Ledger,
    clock: Arc<dyn Clock>,
    interval: Duration,
) -> Result<PeriodicTask, StoreError> {
    let health = ledger.health().clone();
    PeriodicTask::start((Part::Sweeper, health), interval, move || {
        if let Err(error) = sweep(&readers, &ledger, clock.as_ref()) {
            tracing::warn!(%error, "a sweep could not read what is due");
        }
    })
}

/// Expires, announces and forgets what is due; how many changes that made.
pub fn sweep(readers: &Pool, ledger: &Ledger, clock: &dyn Clock) -> Result<usize, StoreError> {
    let now = clock.now();
    let commands = readers.read(|db| {
        let redemptions = due::redemptions(db, now, SWEEP_LIMIT)?.into_iter();
        let transfers = due::transfers(db, now, SWEEP_LIMIT)?.into_iter();
        let volunteers = due::volunteers_with_lapsed_lots(db, now, SWEEP_LIMIT)?.into_iter();
        let redemptions =
            redemptions.map(|redemption| Command::ExpireRedemption(ExpireRedemption { redemption }));
        let transfers =
            transfers.map(|transfer| Command::StepTransfer(StepTransfer { transfer, step: Step::Expire }));
        let points = volunteers.map(|volunteer| Command::ExpirePoints(ExpirePoints { volunteer }));
        let forgotten = due::volunteers_to_forget(db, now, SWEEP_LIMIT)?.into_iter();
        let forgotten = forgotten.map(|volunteer| Command::ForgetVolunteer(ForgetVolunteer { volunteer }));
        let offers = due::offers(db, now, SWEEP_LIMIT)?.into_iter();
        let offers = offers.map(|enrolment| Command::LapseOffer(LapseOffer { enrolment }));
        let positions = due::positions_to_fill(db, now, SWEEP_LIMIT)?.into_iter();
        let positions = positions.map(|position| Command::FillPosition(FillPosition { position }));
        let attendances = due::attendances(db, now, SWEEP_LIMIT)?.into_iter();
        let attendances =
            attendances.map(|attendance| Command::LeaveUnfinished(LeaveUnfinished { attendance }));
        let applications = due::applications_to_forget(db, now, SWEEP_LIMIT)?.into_iter();
        let applications =
            applications.map(|application| Command::ForgetApplication(ForgetApplication { application }));
        let forgotten = forgotten.chain(applications);
        let seen = due::records_to_credit(db, now, SWEEP_LIMIT)?.into_iter();
        let seen = seen.map(|record| Command::CreditSeen(CreditSeen { record }));
        let points = points.chain(forgotten).chain(attendances).chain(offers).chain(positions);
        let expired = redemptions.chain(transfers).chain(points).chain(seen);
        Ok(expired.chain(announcements(db, now)?).collect::<Vec<_>>())
    })?;
    let changed = carry_out(ledger, commands);
    // What was erased while somebody read, or before the service was ended, leaves the log now.
    readers.read(|db| db.empty_log().map(drop))?;
    Ok(changed)
}

/// What is to be announced because it will expire.
fn announcements(db: &mut Db, now: Timestamp) -> Result<Vec<Command>, StoreError> {
    let within = |days| (now, now.plus(chrono::Duration::days(days)));
    let points = due::volunteers_to_tell_of_lots(db, within(POINTS_ANNOUNCED_DAYS), SWEEP_LIMIT)?.into_iter();
    let points = points.map(|volunteer| Command::AnnouncePointsExpiry(AnnouncePointsExpiry { volunteer }));
    let redemptions =
        due::redemptions_to_tell_of(db, within(REDEMPTION_ANNOUNCED_DAYS), SWEEP_LIMIT)?.into_iter();
    let redemptions = redemptions
        .map(|redemption| Command::AnnounceRedemptionExpiry(AnnounceRedemptionExpiry { redemption }));
    Ok(points.chain(redemptions).collect())
}

/// Puts commands to the ledger, a group at a time: a group shares its commits, and does not keep others waiting.
fn carry_out(ledger: &Ledger, commands: Vec<Command>) -> usize {
    let request = |command| Request {
        actor: Actor::System,
        token_from: None,
        key: None,
        work: Work::Single(Box::new(command)),
    };
    let mut requests = commands.into_iter().map(request);
    let mut changed = 0;
    loop {
        let group: Vec<Request> = requests.by_ref().take(SWEEP_GROUP).collect();
        if group.is_empty() {
            return changed;
        }
        for answer in ledger.submit_all_blocking(group) {
            match answer {
                Ok(_) => changed += 1,
                // Another replica was first, or a person was.
                Err(RequestRefusal::Rejected(_)) => {}
                Err(refusal) => {
                    tracing::warn!(%refusal, "a sweep was cut short");
                    return changed;
                }
            }
        }
    }
}
