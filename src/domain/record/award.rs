//! What credited service earns, until when that is valid, and what of it goes to pay a debt.
//!
//! Three cases. Three times twenty minutes of one day earn what an hour earns, 1.00, and not three times 0.33: under a
//! policy that rounds by the day the third record gets 0.34. Service that was voided and is credited again earns with the
//! validity of its first crediting: voiding gives no new month to points that have nearly lapsed. And what has lapsed
//! since is not earned anew; it only takes back what its loss left owed.

use super::two_persons::can_earn;
use super::{Award, RecordStatus, ServiceRecord, local_days};
use crate::domain::activity::Activity;
use crate::domain::amounts::{Minutes, Points};
use crate::domain::context::Ctx;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{LotId, RecordId};
use crate::domain::lot;
use crate::domain::lot::Draw;
use crate::domain::lot::debt::repay;
use crate::domain::policy::{self, PolicyTerms, Rounding, Unrounded};
use crate::domain::time::{Interval, Timestamp, year_month};
use crate::domain::volunteer::Volunteer;
use crate::domain::world::{Key, Stop};
use chrono::NaiveDate;

/// Service that is being credited, as far as points depend on it.
pub(super) struct Earning<'a> {
    pub(super) activity: &'a Activity,
    pub(super) volunteer: &'a Volunteer,
    pub(super) record: RecordId,
    pub(super) interval: Interval,
    pub(super) service_date: NaiveDate,
    pub(super) evidence: Evidence,
    pub(super) count: i64,
}

impl Earning<'_> {
    /// The lot that so many credited minutes give; none where they earn nothing.
    pub(super) fn award(&self, ctx: &Ctx, credited: Minutes) -> Result<Option<Award>, Stop> {
        let (volunteer, month) = (self.volunteer.id, year_month(self.service_date));
        ctx.world.want([Key::Policies, Key::Programme(self.activity.programme)])?;
        let Some(policy) = policy::in_force(ctx.world.policies()?, self.service_date) else {
            return Ok(None);
        };
        let mut points = self.earned(ctx, &policy.terms, credited)?;
        if let Some(quota) = policy.terms.monthly_quota {
            points = points.min(quota - ctx.world.points_earned_in(volunteer, month)?);
        }
        let before = self.ends_before(ctx)?;
        let expires_at = if before.is_empty() {
            policy.terms.expires_at(ctx.now, ctx.rules.zone)
        } else {
            before.into_iter().flatten().min()
        };
        if expires_at.is_some_and(|end| end <= ctx.now) {
            points = points.min(self.volunteer.debt);
        }
        if !points.is_positive() {
            return Ok(None);
        }
        let settled = self.settle(ctx, Draw { lot: LotId::new(ctx.seq), points })?;
        let repaid = repay(ctx.world.owing_lots(volunteer)?, &settled);
        Ok(Some(Award {
            policy: policy.id,
            points,
            issued_by: self.volunteer.unit,
            service_month: month,
            expires_at,
            settled,
            repaid,
        }))
    }

    /// What the service earns before any quota: of itself, or what it adds to the person's day.
    fn earned(&self, ctx: &Ctx, terms: &PolicyTerms, credited: Minutes) -> Result<Points, Stop> {
        let programme = ctx.world.programme(self.activity.programme)?;
        let own = terms.points_for(self.evidence, credited, self.count, programme);
        if terms.rounding == Rounding::Record {
            return Ok(own.rounded_down());
        }
        let live = ctx.world.live_records_on(self.volunteer.id, &[self.service_date])?;
        let others: Vec<&ServiceRecord> =
            live.into_iter().filter(|other| self.shares_the_day(other)).collect();
        let lots = others.iter().filter_map(|other| other.lot.map(Key::Lot));
        ctx.world.want_all(lots.chain(others.iter().map(|other| Key::Programme(other.programme))))?;
        let (mut day, mut brought) = (own, Points::ZERO);
        for other in others {
            let programme = ctx.world.programme(other.programme)?;
            day += terms.points_for(other.evidence, other.credited_minutes, other.count, programme);
            if let Some(lot) = other.lot {
                brought += ctx.world.lot(lot)?.points;
            }
        }
        Ok(added_to_the_day(own, day, brought))
    }

    /// Whether the other one earned on this day as this one does. Check-ins that nobody saw earned formerly.
    fn shares_the_day(&self, other: &ServiceRecord) -> bool {
        let earned_formerly = other.lot.is_some() && other.evidence.is_self_declared(other.submitted_by);
        other.id != self.record
            && other.status == RecordStatus::Credited
            && other.service_date == self.service_date
            && !other.late
            && (earned_formerly || can_earn(other.evidence, other.late, other.submitted_by))
    }

    /// Until when points of the same service were valid that had been credited and voided before.
    fn ends_before(&self, ctx: &Ctx) -> Result<Vec<Option<Timestamp>>, Stop> {
        let days = local_days(self.interval, ctx.rules.zone);
        let voided = ctx.world.voided_records_on(self.volunteer.id, &days)?;
        let same = |other: &&ServiceRecord| other.is_like(self.activity.id, self.interval, self.service_date);
        let lots = voided.into_iter().filter(same).filter_map(|other| other.lot);
        let lots: Vec<LotId> = lots.collect();
        ctx.world.want_all(lots.iter().copied().map(Key::Lot))?;
        lots.into_iter().map(|lot| Ok(ctx.world.lot(lot)?.expires_at)).collect()
    }

    /// What of the volunteer's lots, the new one among them, goes to pay a debt.
    fn settle(&self, ctx: &Ctx, new: Draw) -> Result<Vec<Draw>, Stop> {
        let debt = self.volunteer.debt;
        if !debt.is_positive() {
            return Ok(Vec::new());
        }
        let mut settled = lot::draw_up_to(ctx.world.open_lots(self.volunteer.id)?, debt, ctx.now);
        settled.truncate(lot::LENDERS_MAX);
        let points = new.points.min(debt - lot::total(&settled));
        if points.is_positive() {
            settled.push(Draw { points, ..new });
        }
        Ok(settled)
    }
}

/// What service adds to its day: the day's sum, rounded down once, but for what the day's other service has brought.
///
/// Never more than its own, rounded up: what the others lacked for another reason, as a quota, stays lacking. Where one of
/// them is voided, its own lot is taken back, and what remains may be a hundredth over its sum, until the next one of
/// that day is credited.
fn added_to_the_day(own: Unrounded, day: Unrounded, brought: Points) -> Points {
    (day.rounded_down() - brought).min(own.rounded_up()).max(Points::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minutes at a point an hour, before they are rounded.
    fn minutes(number: i64) -> Unrounded {
        Unrounded::of(Points(100), Minutes(number))
    }

    #[test]
    fn three_times_twenty_minutes_are_an_hour() {
        let third = minutes(20);
        let mut brought = Points::ZERO;
        let mut given = Vec::new();
        for day in [minutes(20), minutes(40), minutes(60)] {
            let points = added_to_the_day(third, day, brought);
            brought += points;
            given.push(points);
        }
        assert_eq!(given, [Points(33), Points(33), Points(34)]);
    }

    #[test]
    fn no_order_of_crediting_and_voiding_leaves_the_day_more_than_a_hundredth_a_record_over_its_sum() {
        // The first of three is voided: 0.67 for forty minutes. Crediting it again makes the sum right.
        assert_eq!(added_to_the_day(minutes(20), minutes(60), Points(67)), Points(33));
        // Two are voided: 0.34 for twenty minutes. Another twenty bring what is lacking.
        assert_eq!(added_to_the_day(minutes(20), minutes(40), Points(34)), Points(32));
        assert_eq!(added_to_the_day(minutes(0), minutes(20), Points(34)), Points::ZERO, "never below 0");
    }

    #[test]
    fn what_others_lack_for_another_reason_stays_lacking() {
        // An hour before earned nothing: a quota was used up.
        assert_eq!(added_to_the_day(minutes(20), minutes(80), Points::ZERO), Points(34));
    }
}
