"""One function a kind of event: what follows from it for the state, and what it must post.

A new kind is a small function with its name in the line above it. Each gets the ledger as it was before the entry, the
entry, its event, and `follows`, into which it writes postings and the day that the entry concerns.
"""
from . import releases
from .calendar import last_day, nth_working_day_after
from .figures import notice_policy
from .ledger import Activity, Headcount, Lot, Membership, Programme, Record, Redemption, Reward, Unit, Volunteer
from .points import (
    MOST_DRAWS, MOST_LENDERS, award, by_end, draw_up_to, is_like, open_lots, owing_lots, repay, total,
)
from .values import MICROS_A_MINUTE, day_of, end_of_day, id_of, instant, local_day, micros_of, seq_of

RULES = {}
TIMELY_WORKING_DAYS = 10
TRANSFER_OPEN_DAYS = 30
MICROS_A_DAY = 24 * 60 * MICROS_A_MINUTE
# Of a person, what certificates say.
CERTIFIED = {"name", "document", "birth_date"}


def of(*kinds):
    """Names the kinds of event that a function is for."""
    def keep(rule):
        RULES.update(dict.fromkeys(kinds, rule))
        return rule
    return keep


# Units

@of("unit_created")
def unit_created(ledger, entry, event, follows):
    unit = id_of("unit", entry.seq)
    above = ledger.units[event["parent"]].path if event["parent"] else []
    ledger.units[unit] = Unit(
        unit, entry.seq, event["code"], event["name"], event["unit_kind"], event["parent"], [*above, unit],
    )


@of("headcount_set")
def headcount_set(ledger, entry, event, follows):
    follows.effective_date = event["effective_from"]
    effective_from = day_of(event["effective_from"])
    ledger.headcounts.append(
        Headcount(entry.seq, event["unit"], effective_from, event["staff"], event["party_members"]),
    )


# Volunteers and their memberships

@of("volunteer_registered")
def volunteer_registered(ledger, entry, event, follows):
    volunteer = id_of("volunteer", entry.seq)
    first = Membership(entry.seq, event["unit"], entry.recorded_at)
    ledger.volunteers[volunteer] = Volunteer(volunteer, event["unit"], entry.recorded_at, entry.seq, [first])


@of("volunteer_updated", "contact_changed")
def volunteer_updated(ledger, entry, event, follows):
    ledger.volunteers[event["volunteer"]].version = entry.seq


@of("identity_change_asked")
def identity_change_asked(ledger, entry, event, follows):
    """A later one takes the place of one that waits."""
    volunteer, change = ledger.volunteers[event["volunteer"]], id_of("identity_change", entry.seq)
    if volunteer.identity_change:
        ledger.identity_changes[volunteer.identity_change]["status"] = "expired"
    volunteer.identity_change = change
    ledger.identity_changes[change] = {
        "id": change, "volunteer": volunteer.id, "unit": volunteer.unit, "fields": event["fields"], "status": "pending",
        "asked_by": entry.actor, "asked_at": instant(entry.recorded_at), "decided_by": None, "decided_at": None,
    }


@of("identity_changed")
def identity_changed(ledger, entry, event, follows):
    identity_change_asked(ledger, entry, event, follows)
    decide_identity_change(ledger, entry, id_of("identity_change", entry.seq), "made")


@of("identity_change_confirmed")
def identity_change_confirmed(ledger, entry, event, follows):
    decide_identity_change(ledger, entry, event["identity_change"], "made")


@of("identity_change_declined")
def identity_change_declined(ledger, entry, event, follows):
    decide_identity_change(ledger, entry, event["identity_change"], "declined")


def decide_identity_change(ledger, entry, change, status):
    """What certificates said before is no longer the person's."""
    change = ledger.identity_changes[change]
    change.update(status=status, decided_by=entry.actor, decided_at=instant(entry.recorded_at))
    volunteer = ledger.volunteers[change["volunteer"]]
    volunteer.identity_change = None
    if status == "made":
        volunteer.version = entry.seq
        if CERTIFIED & set(change["fields"]):
            volunteer.identity_entry = entry.seq


@of("volunteer_closed")
def volunteer_closed(ledger, entry, event, follows):
    volunteer = ledger.volunteers[event["volunteer"]]
    left = [{"lot": lot.id, "points": lot.remaining} for lot in open_lots(ledger, volunteer.id)]
    ledger.decided(entry, "points that lapse on closing", left, event["lapsed"])
    lapse(ledger, event["lapsed"])
    available, expired = ("available", volunteer.unit, volunteer.id), ("expired", volunteer.unit)
    follows.transfer(available, expired, total(left))
    if volunteer.identity_change:
        decide_identity_change(ledger, entry, volunteer.identity_change, "declined")
    for record in event.get("abandoned", []):
        undo(ledger, entry, ledger.records[record], "rejected")
    if volunteer.status != "merged":
        volunteer.memberships[-1].end(entry)
    volunteer.status, volunteer.version, volunteer.closed_entry = "closed", entry.seq, entry.seq


@of("volunteer_closing_asked")
def volunteer_closing_asked(ledger, entry, event, follows):
    ledger.volunteers[event["volunteer"]].version = entry.seq


@of("volunteer_deactivated")
def volunteer_deactivated(ledger, entry, event, follows):
    volunteer = ledger.volunteers[event["volunteer"]]
    volunteer.status, volunteer.version = "inactive", entry.seq


@of("volunteer_reactivated")
def volunteer_reactivated(ledger, entry, event, follows):
    volunteer = ledger.volunteers[event["volunteer"]]
    volunteer.status, volunteer.version = "active", entry.seq


@of("volunteer_reopened")
def volunteer_reopened(ledger, entry, event, follows):
    """Who comes back has the same number; what is owed moves to the books of the new unit."""
    volunteer, unit = ledger.volunteers[event["volunteer"]], event["unit"]
    if volunteer.unit != unit:
        follows.transfer(("debt", unit, volunteer.id), ("debt", volunteer.unit, volunteer.id), volunteer.debt)
    volunteer.memberships.append(Membership(entry.seq, unit, entry.recorded_at))
    volunteer.unit, volunteer.status, volunteer.version = unit, "active", entry.seq
    volunteer.closed_entry, volunteer.identity_entry = None, entry.seq
    for alias in volunteer.merged_numbers:
        ledger.volunteers[alias].unit, ledger.volunteers[alias].status = unit, "merged"


# One person under two numbers

@of("merge_asked")
def merge_asked(ledger, entry, event, follows):
    merge = id_of("merge", entry.seq)
    ledger.merges[merge] = {
        "id": merge, "volunteer": event["volunteer"], "into": event["into"],
        "unit": ledger.volunteers[event["into"]].unit, "status": "pending", "asked_by": entry.actor,
        "asked_at": instant(entry.recorded_at), "decided_by": None, "decided_at": None,
    }


@of("merge_declined")
def merge_declined(ledger, entry, event, follows):
    decide_merge(ledger, entry, event["merge"], "declined")


@of("merge_confirmed")
def merge_confirmed(ledger, entry, event, follows):
    """Minutes by evidence, what is left of lots and what is owed become the earlier number's; nothing else is posted."""
    merge = decide_merge(ledger, entry, event["merge"], "made")
    alias, person = ledger.volunteers[merge["volunteer"]], ledger.volunteers[merge["into"]]
    for record in ledger.records_of_person(alias.id):
        if record.status == "credited":
            minutes = ("credited", alias.id, record.evidence), ("credited", person.id, record.evidence)
            follows.transfer(*minutes, record.credited_minutes)
    left = sum(lot.remaining for lot in open_lots(ledger, alias.id))
    follows.transfer(("available", alias.unit, alias.id), ("available", person.unit, person.id), left)
    follows.transfer(("debt", person.unit, person.id), ("debt", alias.unit, alias.id), alias.debt)
    # What is free under one number pays what is owed under the other.
    lots = sorted(open_lots(ledger, person.id) + open_lots(ledger, alias.id), key=lambda lot: (by_end(lot), seq_of(lot.id)))
    settled = draw_up_to(lots, person.debt + alias.debt, entry.recorded_at)[:MOST_LENDERS]
    owed = owing_lots(ledger, person.id) | owing_lots(ledger, alias.id)
    repaid = repay(dict(sorted(owed.items(), key=lambda one: seq_of(one[0]))), settled)
    ledger.decided(entry, "points that settle what a merged number owes", settled, event.get("settled", []))
    ledger.decided(entry, "which voided lots that pays for", repaid, event.get("repaid", []))
    follows.transfer(("available", person.unit, person.id), ("debt", person.unit, person.id), total(settled))
    person.debt, alias.debt = person.debt + alias.debt, 0
    releases.pay_debt(ledger, person, settled, repaid)
    alias.memberships[-1].end(entry)
    alias.status, alias.version, alias.identity_entry, person.version = "merged", entry.seq, entry.seq, entry.seq
    for number in [alias, *(ledger.volunteers[former] for former in alias.merged_numbers)]:
        number.merged_into, number.unit = person.id, person.unit
        number.aliases_since[entry.seq] = person.id
        person.merged_numbers[number.id] = entry.seq


def decide_merge(ledger, entry, merge, status):
    merge = ledger.merges[merge]
    merge.update(status=status, decided_by=entry.actor, decided_at=instant(entry.recorded_at))
    return merge


# Programmes and activities

@of("programme_created")
def programme_created(ledger, entry, event, follows):
    programme = id_of("programme", entry.seq)
    ledger.programmes[programme] = Programme(programme, event["unit"], event["details"], entry.seq)


@of("programme_updated")
def programme_updated(ledger, entry, event, follows):
    programme = ledger.programmes[event["programme"]]
    programme.details, programme.version = event["details"], entry.seq


@of("programme_closed")
def programme_closed(ledger, entry, event, follows):
    programme = ledger.programmes[event["programme"]]
    programme.closed, programme.version = True, entry.seq


@of("activity_created")
def activity_created(ledger, entry, event, follows):
    activity = id_of("activity", entry.seq)
    ledger.activities[activity] = Activity(
        activity, event["programme"], event["unit"], event["measure"], event["details"], entry.seq,
    )


@of("activity_updated")
def activity_updated(ledger, entry, event, follows):
    activity = ledger.activities[event["activity"]]
    activity.details, activity.version = event["details"], entry.seq


@of("activity_cancelled")
def activity_cancelled(ledger, entry, event, follows):
    activity = ledger.activities[event["activity"]]
    activity.cancelled, activity.version = True, entry.seq


# Service records

@of("record_submitted")
def record_submitted(ledger, entry, event, follows):
    activity = ledger.activities[event["activity"]]
    record = Record(
        id_of("record", entry.seq), activity.id, activity.programme, activity.unit, event["volunteer"],
        micros_of(event["service"]["start"]), micros_of(event["service"]["end"]),
        [(micros_of(pause["start"]), micros_of(pause["end"])) for pause in event["breaks"]],
        event["evidence"], event["count"], event["claimed_minutes"], day_of(event["service_date"]), event["late"],
        event.get("record_by"), optional(micros_of, event.get("notice_ends_at")), entry.actor, entry.recorded_at,
    )
    follows.effective_date = event["service_date"]
    ledger.decided(entry, "service date", local_day(record.start).isoformat(), event["service_date"])
    claimed = 0 if activity.measure == "count" else whole_minutes(record)
    ledger.decided(entry, "claimed minutes", claimed, event["claimed_minutes"])
    compare_lateness(ledger, entry, event, activity, record)
    compare_notice(ledger, entry, event, activity)
    compare_overlap(ledger, entry, record)
    take_objections_along(ledger, entry, event, record)
    ledger.records[record.id] = record
    ledger.records_of[record.volunteer].append(record)
    activity.live_records += 1
    if event["crediting"]:
        credit(ledger, entry, record, event["crediting"], follows)


def whole_minutes(record):
    paused = sum(end - start for start, end in record.breaks)
    return (record.end - record.start - paused) // MICROS_A_MINUTE


def compare_lateness(ledger, entry, event, activity, record):
    """In time is what is entered within ten working days of the service's last day, formerly of the window's; what the
    service itself enters is never late. Entries from before there was a calendar do not say the day."""
    if record.record_by is None:
        return
    in_time = lambda end: nth_working_day_after(last_day(end), TIMELY_WORKING_DAYS, ledger.calendar)
    present, former = in_time(record.end), in_time(micros_of(activity.details["window"]["end"]))
    is_late = lambda record_by: local_day(entry.recorded_at) > record_by
    ours = [present.isoformat(), entry.actor != "system" and is_late(present)]
    formerly = [former.isoformat(), is_late(former)]
    ledger.decided_by_a_changed_rule(entry, "last day in time, and lateness", ours, formerly, [record.record_by, record.late])


def compare_notice(ledger, entry, event, activity):
    """A notice takes the longest of what the unit and those above demand; formerly what the nearest of them says."""
    longest, nearest = (notice_policy(ledger, activity.unit, longest)[1] for longest in [True, False])
    end = lambda days: instant(end_of_day(nth_working_day_after(local_day(entry.recorded_at), days, ledger.calendar)))
    ours, formerly = end(longest) if longest else None, end(nearest) if nearest else None
    ledger.decided_by_a_changed_rule(entry, "end of notice", ours, formerly, event.get("notice_ends_at"))


def compare_overlap(ledger, entry, record):
    """Nobody serves two places at a time."""
    for other in ledger.records_of_person(record.volunteer):
        if other.status in ["submitted", "credited"] and record.start < other.end and other.start < record.end:
            ledger.tally.fault("events: one place at a time", f"entry {entry.seq}: overlaps {other.id}")
            return
    ledger.tally.same("events: one place at a time", f"entry {entry.seq}", True, True)


def take_objections_along(ledger, entry, event, record):
    """Objections to an earlier entry of the same service, rejected or withdrawn, stand against this one, open again."""
    along = event.get("objections", [])
    fell = {
        other.id for other in ledger.records_of_person(record.volunteer)
        if other.status in ["rejected", "withdrawn"] and is_like(other, record)
    }
    stand = [one for one in ledger.objections.values() if one["record"] in fell and one["status"] != "dismissed"]
    # One a person: who objected twice objects to this one once.
    ours = {one["raised_by"]: one["id"] for one in sorted(stand, key=lambda one: (one["record"], one["id"]))}
    ledger.decided_by_a_changed_rule(entry, "objections that go along", sorted(ours.values()), [], sorted(along))
    for objection in along:
        objection = ledger.objections[objection]
        if objection["status"] == "open":
            ledger.records[objection["record"]].open_objections -= 1
        objection.update(record=record.id, unit=record.unit, status="open", resolved_by=None, resolved_at=None)
        record.open_objections += 1


@of("record_confirmed")
def record_confirmed(ledger, entry, event, follows):
    record = ledger.records[event["record"]]
    follows.effective_date = record.service_date.isoformat()
    record.confirmed_at = entry.recorded_at


@of("record_credited")
def record_credited(ledger, entry, event, follows):
    record = ledger.records[event["record"]]
    follows.effective_date = record.service_date.isoformat()
    ledger.decided(entry, "state before crediting", "submitted", record.status)
    credit(ledger, entry, record, event["crediting"], follows)


def credit(ledger, entry, record, crediting, follows):
    """Posts the minutes, and the points that they earn."""
    deducted = sum(deduction["minutes"] for deduction in crediting["deductions"])
    credited = record.claimed_minutes - deducted
    ledger.decided(entry, "credited minutes", credited, crediting["credited_minutes"])
    awarded = crediting["award"] and {"repaid": []} | crediting["award"]
    earned, formerly = award(ledger, entry, record, credited), award(ledger, entry, record, credited, formerly=True)
    what = "points earned"
    if record.is_self_declared():
        what = "points earned by a check-in that nobody saw"
        declared = award(ledger, entry, record, credited, declared_earns=True)
        formerly = declared if declared == awarded else formerly
    earned = ledger.decided_by_a_changed_rule(entry, what, earned, formerly, awarded)
    follow_minutes(ledger, follows, record, credited)
    record.status, record.credited_minutes, record.credited_entry = "credited", credited, entry.seq
    record.deductions, record.decided_by, record.decided_at = crediting["deductions"], entry.actor, entry.recorded_at
    record.credited_alone = crediting.get("alone", False)
    if earned is None:
        return
    volunteer = ledger.volunteers[record.volunteer]
    available, debt = ("available", volunteer.unit, volunteer.id), ("debt", volunteer.unit, volunteer.id)
    follows.transfer(("issued", volunteer.unit), available, earned["points"])
    follows.transfer(available, debt, total(earned["settled"]))
    lot = Lot(
        id_of("lot", entry.seq), volunteer.id, record.id, earned["policy"], earned["issued_by"],
        earned["service_month"], earned["points"], earned["points"], optional(micros_of, earned["expires_at"]),
    )
    record.lot = lot.id
    ledger.lots[lot.id] = lot
    ledger.lots_of[volunteer.id].append(lot)
    ledger.earned_in[volunteer.id, lot.service_month] += lot.points
    releases.pay_debt(ledger, volunteer, earned["settled"], earned["repaid"])


def follow_minutes(ledger, follows, record, minutes):
    served = ("served", record.activity, record.evidence, record.service_date.isoformat())
    follows.transfer(served, ("credited", ledger.person_of(record.volunteer), record.evidence), minutes)


@of("record_rejected", "record_withdrawn")
def record_undone(ledger, entry, event, follows):
    record = ledger.records[event["record"]]
    follows.effective_date = record.service_date.isoformat()
    ledger.decided(entry, "state before it is undone", "submitted", record.status)
    undo(ledger, entry, record, entry.kind.removeprefix("record_"))


def undo(ledger, entry, record, status):
    record.status, record.decided_by, record.decided_at = status, entry.actor, entry.recorded_at
    ledger.activities[record.activity].live_records -= 1


@of("record_voided")
def record_voided(ledger, entry, event, follows):
    record = ledger.records[event["record"]]
    volunteer = ledger.volunteers[ledger.person_of(record.volunteer)]
    follows.effective_date, follows.reverses = record.service_date.isoformat(), record.credited_entry
    ledger.decided(entry, "state before voiding", "credited", record.status)
    follow_minutes(ledger, follows, record, -record.credited_minutes)
    lot = ledger.lots.get(record.lot)
    taken, owed = take_back(ledger, entry, volunteer, lot) if lot else ([], 0)
    ledger.decided(entry, "points taken back", taken, event["taken"])
    ledger.decided(entry, "points owed", owed, event["owed"])
    if lot:
        issued = ("issued", lot.issued_by)
        follows.transfer(("available", volunteer.unit, volunteer.id), issued, total(taken))
        follows.transfer(("debt", volunteer.unit, volunteer.id), issued, owed)
        spend(ledger, event["taken"])
        volunteer.debt += event["owed"]
        lot.voided = True
        if event.get("kept_by_lot"):
            lot.owed, lot.lenders = event["owed"], [dict(draw) for draw in event["taken"] if draw["lot"] != lot.id]
        ledger.earned_in[record.volunteer, lot.service_month] -= lot.points
    record.status, record.voided_entry = "voided", entry.seq
    record.voided_by, record.voided_at = entry.actor, entry.recorded_at
    ledger.activities[record.activity].live_records -= 1


def take_back(ledger, entry, volunteer, lot):
    """The lot's own rest first, then other lots, first to expire first; what is left is owed. What lapsed is gone."""
    due = lot.points - lot.lapsed
    others = [other for other in open_lots(ledger, volunteer.id) if other is not lot]
    taken = [{"lot": lot.id, "points": lot.remaining}] if lot.remaining > 0 else []
    taken += draw_up_to(others, due - lot.remaining, entry.recorded_at)[:MOST_LENDERS]
    return taken, due - total(taken)


# Points as lots

@of("points_expired")
def points_expired(ledger, entry, event, follows):
    volunteer = ledger.volunteers[event["volunteer"]]
    over = [lot for lot in open_lots(ledger, volunteer.id) if not lot.is_valid_at(entry.recorded_at)]
    draws = [{"lot": lot.id, "points": lot.remaining} for lot in over[:MOST_DRAWS]]
    ledger.decided(entry, "points that lapse", draws, event["draws"])
    follows.transfer(("available", volunteer.unit, volunteer.id), ("expired", volunteer.unit), total(draws))
    lapse(ledger, event["draws"])


def spend(ledger, draws):
    for draw in draws:
        ledger.lots[draw["lot"]].remaining -= draw["points"]


def lapse(ledger, draws):
    spend(ledger, draws)
    for draw in draws:
        ledger.lots[draw["lot"]].lapsed += draw["points"]


# Gifts

@of("reward_created")
def reward_created(ledger, entry, event, follows):
    reward = id_of("reward", entry.seq)
    ledger.rewards[reward] = Reward(
        reward, event["unit"], event["name"], event["price"], event["hold_days"], event["stock"],
    )


@of("reward_restocked")
def reward_restocked(ledger, entry, event, follows):
    ledger.rewards[event["reward"]].available += event["added"]


@of("reward_withdrawn")
def reward_withdrawn(ledger, entry, event, follows):
    ledger.rewards[event["reward"]].withdrawn = True


@of("redemption_placed")
def redemption_placed(ledger, entry, event, follows):
    reward, volunteer = ledger.rewards[event["reward"]], ledger.volunteers[event["volunteer"]]
    draws = draw_up_to(open_lots(ledger, volunteer.id), reward.price, entry.recorded_at)
    ledger.decided(entry, "price of a redemption", reward.price, event["points"])
    ledger.decided(entry, "lots that pay a redemption", draws, event["draws"])
    ledger.decided(entry, "points that pay a redemption", reward.price, total(event["draws"]))
    ledger.decided(entry, "debt at a redemption", 0, volunteer.debt)
    until = entry.recorded_at + reward.hold_days * MICROS_A_DAY
    ledger.decided(entry, "end of a hold", instant(until), event["expires_at"])
    available, held = ("available", volunteer.unit, volunteer.id), ("held", reward.unit, volunteer.id)
    follows.transfer(available, held, reward.price)
    spend(ledger, event["draws"])
    reward.available -= 1
    reward.held += 1
    volunteer.open_redemptions += 1
    ledger.tally.same("events: stock is never oversold", f"entry {entry.seq}", True, reward.available >= 0)
    redemption = id_of("redemption", entry.seq)
    ledger.redemptions[redemption] = Redemption(
        redemption, reward.id, volunteer.id, reward.unit, event["points"], event["draws"], entry.actor, entry.recorded_at,
        micros_of(event["expires_at"]),
    )


@of("redemption_fulfilled")
def redemption_fulfilled(ledger, entry, event, follows):
    redemption = end_redemption(ledger, entry, event["redemption"], "fulfilled")
    held, redeemed = ("held", redemption.unit, redemption.volunteer), ("redeemed", redemption.unit)
    follows.transfer(held, redeemed, redemption.points)
    ledger.rewards[redemption.reward].fulfilled += 1


@of("redemption_cancelled")
def redemption_cancelled(ledger, entry, event, follows):
    release(ledger, entry, event, follows, "cancelled")


@of("redemption_expired")
def redemption_expired(ledger, entry, event, follows):
    release(ledger, entry, event, follows, "expired")


def release(ledger, entry, event, follows, status):
    """Held points go back to their lots, lapse where their lot's validity has ended, and settle what is owed."""
    redemption = end_redemption(ledger, entry, event["redemption"], status)
    volunteer = ledger.volunteers[redemption.volunteer]
    found = {"repaid": [], "restored": []} | event["release"]
    ways = [way(ledger, entry, redemption, volunteer) for way in [releases.release, releases.former_release]]
    ours = ledger.decided_by_a_changed_rule(entry, "where held points go", *ways, found)
    held, unit = ("held", redemption.unit, volunteer.id), volunteer.unit
    available, debt = ("available", unit, volunteer.id), ("debt", unit, volunteer.id)
    follows.transfer(held, available, total(ours["returned"]))
    follows.transfer(held, ("expired", unit), total(ours["lapsed"]))
    follows.transfer(available, debt, total(ours["settled"]))
    releases.apply(ledger, volunteer, found)
    ledger.rewards[redemption.reward].available += 1


def end_redemption(ledger, entry, redemption, status):
    redemption = ledger.redemptions[redemption]
    ledger.decided(entry, "state before a redemption ends", "held", redemption.status)
    redemption.status, redemption.closed_by, redemption.closed_at = status, entry.actor, entry.recorded_at
    ledger.volunteers[redemption.volunteer].open_redemptions -= 1
    ledger.rewards[redemption.reward].held -= 1
    return redemption


# Transfers

@of("transfer_requested")
def transfer_requested(ledger, entry, event, follows):
    volunteer, transfer = ledger.volunteers[event["volunteer"]], id_of("transfer", entry.seq)
    ledger.decided(entry, "unit that a transfer begins at", volunteer.unit, event["from_unit"])
    until = instant(entry.recorded_at + TRANSFER_OPEN_DAYS * MICROS_A_DAY)
    ledger.decided(entry, "end of a transfer", until, event["expires_at"])
    ledger.transfers[transfer] = {
        "id": transfer, "volunteer": volunteer.id, "from_unit": event["from_unit"], "to_unit": event["to_unit"],
        "requested_by": entry.actor, "requested_at": instant(entry.recorded_at), "expires_at": event["expires_at"],
    }
    # What a coordinator asks for binds nobody yet.
    step_transfer(ledger, entry, transfer, "proposed" if event.get("proposed") else "requested")


@of("transfer_agreed")
def transfer_agreed(ledger, entry, event, follows):
    step_transfer(ledger, entry, event["transfer"], "requested")


@of("transfer_released")
def transfer_released(ledger, entry, event, follows):
    step_transfer(ledger, entry, event["transfer"], "released")


@of("transfer_rejected")
def transfer_rejected(ledger, entry, event, follows):
    end_transfer(ledger, entry, event["transfer"], "rejected")


@of("transfer_cancelled")
def transfer_cancelled(ledger, entry, event, follows):
    end_transfer(ledger, entry, event["transfer"], "cancelled")


@of("transfer_expired")
def transfer_expired(ledger, entry, event, follows):
    end_transfer(ledger, entry, event["transfer"], "expired")


@of("transfer_accepted")
def transfer_accepted(ledger, entry, event, follows):
    """What is outstanding, debts too, moves from the source's books to the target's; the membership with it."""
    volunteer, transfer = end_transfer(ledger, entry, event["transfer"], "accepted")
    source, target = volunteer.unit, transfer["to_unit"]
    outstanding = sum(lot.remaining for lot in open_lots(ledger, volunteer.id))
    follows.transfer(("available", source, volunteer.id), ("available", target, volunteer.id), outstanding)
    follows.transfer(("debt", target, volunteer.id), ("debt", source, volunteer.id), volunteer.debt)
    volunteer.memberships[-1].end(entry)
    volunteer.memberships.append(Membership(entry.seq, target, entry.recorded_at))
    volunteer.unit, volunteer.version = target, entry.seq
    for alias in volunteer.merged_numbers:
        ledger.volunteers[alias].unit = target


def step_transfer(ledger, entry, transfer, status):
    """One that is requested or released binds the volunteer."""
    transfer = ledger.transfers[transfer]
    transfer.update(status=status, changed_by=entry.actor, changed_at=instant(entry.recorded_at))
    if status in ["requested", "released"]:
        ledger.volunteers[transfer["volunteer"]].open_transfer = transfer["id"]


def end_transfer(ledger, entry, transfer, status):
    step_transfer(ledger, entry, transfer, status)
    volunteer = ledger.volunteers[ledger.transfers[transfer]["volunteer"]]
    if volunteer.open_transfer == transfer:
        volunteer.open_transfer = None
    return volunteer, ledger.transfers[transfer]


# Public notice, objections, corrections

@of("calendar_marked")
def calendar_marked(ledger, entry, event, follows):
    ledger.calendar.update({day_of(marked["day"]): marked["kind"] for marked in event["days"]})


@of("notice_policy_set")
def notice_policy_set(ledger, entry, event, follows):
    ledger.notice_policies[event["unit"]] = event["working_days"]


@of("crediting_policy_set")
def crediting_policy_set(ledger, entry, event, follows):
    ledger.crediting_policies[event["unit"]] = event["one_person_minutes"]


@of("objection_raised")
def objection_raised(ledger, entry, event, follows):
    record, objection = ledger.records[event["record"]], id_of("objection", entry.seq)
    follows.effective_date = record.service_date.isoformat()
    record.open_objections += 1
    ledger.objections[objection] = {
        "id": objection, "record": record.id, "unit": record.unit, "volunteer": record.volunteer,
        "raised_by": entry.actor, "raised_at": instant(entry.recorded_at), "status": "open", "resolved_by": None,
        "resolved_at": None,
    }


@of("objection_upheld", "objection_dismissed")
def objection_resolved(ledger, entry, event, follows):
    """One that is upheld rejects the record, unless that was done before."""
    objection = ledger.objections[event["objection"]]
    record = ledger.records[objection["record"]]
    follows.effective_date = record.service_date.isoformat()
    status = entry.kind.removeprefix("objection_")
    objection.update(status=status, resolved_by=entry.actor, resolved_at=instant(entry.recorded_at))
    record.open_objections -= 1
    if status == "upheld" and record.status == "submitted":
        undo(ledger, entry, record, "rejected")


@of("correction_asked")
def correction_asked(ledger, entry, event, follows):
    correction, complaint = id_of("correction", entry.seq), event["complaint"]
    about = complaint.get("record") or complaint["activity"]
    unit = (ledger.records.get(about) or ledger.activities.get(about)).unit
    ledger.decided(entry, "unit that decides a correction", unit, event["unit"])
    ledger.corrections[correction] = {
        "id": correction, "volunteer": event["volunteer"], "unit": event["unit"], "kind": complaint["kind"],
        "activity": complaint.get("activity"), "service": complaint.get("service"), "record": complaint.get("record"),
        "status": "open", "asked_at": instant(entry.recorded_at), "decided_by": None, "decided_at": None, "led_to": None,
    }


@of("correction_accepted", "correction_declined")
def correction_decided(ledger, entry, event, follows):
    ledger.corrections[event["correction"]].update(
        status=entry.kind.removeprefix("correction_"), decided_by=entry.actor, decided_at=instant(entry.recorded_at),
        led_to=event.get("led_to"),
    )


# Policies and schemes

@of("policy_created")
def policy_created(ledger, entry, event, follows):
    keep_version(ledger.policies, "policy", entry, event, follows)


@of("star_scheme_created")
def star_scheme_created(ledger, entry, event, follows):
    keep_version(ledger.star_schemes, "star_scheme", entry, event, follows)


def keep_version(versions, kind, entry, event, follows):
    """A version with its terms, valid from a day on."""
    follows.effective_date = event["terms"]["effective_from"]
    effective_from = day_of(event["terms"]["effective_from"])
    version = {"id": id_of(kind, entry.seq), "seq": entry.seq, "effective_from": effective_from, "terms": event["terms"]}
    versions[version["id"]] = version


@of("assessment_scheme_created")
def assessment_scheme_created(ledger, entry, event, follows):
    scheme, replaces = id_of("assessment_scheme", entry.seq), event["terms"]["replaces"]
    version = ledger.assessment_schemes[replaces]["version"] + 1 if replaces else 1
    ledger.decided(entry, "version of a scheme", version, event["version"])
    ledger.assessment_schemes[scheme] = {"id": scheme, "version": event["version"], "terms": event["terms"]}


# Certificates, and what is recorded apart from service

@of("certificate_issued")
def certificate_issued(ledger, entry, event, follows):
    """Counts what had been credited by the entry before, of the period, or of the whole life."""
    certificate, volunteer, period = id_of("certificate", entry.seq), ledger.volunteers[event["volunteer"]], event["period"]
    within = lambda day: not period or day_of(period["first_day"]) <= day <= day_of(period["last_day"])
    counted = [
        record for record in ledger.records_of_person(volunteer.id)
        if record.status == "credited" and within(record.service_date)
    ]
    minutes = sum(record.credited_minutes for record in counted)
    ledger.decided(entry, "minutes of a certificate", minutes, event["credited_minutes"])
    ledger.decided(entry, "records of a certificate", len(counted), event["records"])
    ledger.decided(entry, "entry that a certificate counts up to", entry.seq - 1, event["as_of"])
    ledger.decided(entry, "unit of a certificate", volunteer.unit, event["unit"])
    ledger.certificates[certificate] = {
        "id": certificate, "number": f"C{entry.seq:012}", "volunteer": volunteer.id, "unit": event["unit"],
        "period": period, "as_of": event["as_of"], "credited_minutes": minutes, "records": len(counted),
        "issued_by": entry.actor, "issued_at": instant(entry.recorded_at), "replaces": event["replaces"],
        "replaced_by": None, "revoked_by": None, "revoked_at": None, "counted": counted,
    }
    if event["replaces"]:
        ledger.certificates[event["replaces"]]["replaced_by"] = certificate


@of("certificate_revoked")
def certificate_revoked(ledger, entry, event, follows):
    revoked = {"revoked_by": entry.actor, "revoked_at": instant(entry.recorded_at)}
    ledger.certificates[event["certificate"]].update(revoked)


@of("pledge_made")
def pledge_made(ledger, entry, event, follows):
    pledge = id_of("pledge", entry.seq)
    ledger.pledges[pledge] = {
        "id": pledge, "volunteer": event["volunteer"], "unit": event["unit"], "due": event["due"], "records": [],
        "made_at": instant(entry.recorded_at), "ended_at": None,
    }


@of("pledge_fulfilled")
def pledge_fulfilled(ledger, entry, event, follows):
    follows.effective_date = ledger.records[event["record"]].service_date.isoformat()
    ledger.pledges[event["pledge"]]["records"].append(event["record"])


@of("pledge_ended")
def pledge_ended(ledger, entry, event, follows):
    ledger.pledges[event["pledge"]]["ended_at"] = instant(entry.recorded_at)


@of("model_post_awarded")
def model_post_awarded(ledger, entry, event, follows):
    follows.effective_date = event["starts_on"]
    post = id_of("model_post", entry.seq)
    ledger.model_posts[post] = {
        "id": post, "unit": event["unit"], "volunteer": event["volunteer"], "starts_on": event["starts_on"], "ends_on": None,
    }


@of("model_post_ended")
def model_post_ended(ledger, entry, event, follows):
    follows.effective_date = event["ends_on"]
    ledger.model_posts[event["post"]]["ends_on"] = event["ends_on"]


@of("numbers_revealed")
def numbers_revealed(ledger, entry, event, follows):
    access, volunteer = id_of("access", entry.seq), ledger.volunteers[event["volunteer"]]
    ledger.decided(entry, "unit of an access", volunteer.unit, event["unit"])
    ledger.accesses[access] = {
        "id": access, "volunteer": volunteer.id, "unit": event["unit"], "minor": event["minor"],
        "revealed_by": entry.actor, "revealed_at": instant(entry.recorded_at),
    }


@of("training_entered")
def training_entered(ledger, entry, event, follows):
    follows.effective_date = event["last_day"]
    enter_apart(ledger.trainings, "training", entry, event, ["first_day", "last_day", "minutes"])


@of("training_corrected")
def training_corrected(ledger, entry, event, follows):
    follows.effective_date = event["last_day"]
    change_apart(ledger.trainings[event["training"]], entry, event, ["first_day", "last_day", "minutes"])


@of("training_voided")
def training_voided(ledger, entry, event, follows):
    training = ledger.trainings[event["training"]]
    follows.effective_date = training["last_day"]
    void_apart(training, entry)


@of("activity_rated", "service_rated")
def rated(ledger, entry, event, follows):
    rating = id_of("rating", entry.seq)
    ledger.ratings[rating] = {
        "id": rating, "side": "volunteer" if event["kind"] == "activity_rated" else "unit",
        "activity": event["activity"], "volunteer": event["volunteer"],
        "unit": ledger.activities[event["activity"]].unit, "score": event["score"], "rated_by": entry.actor,
        "rated_at": instant(entry.recorded_at),
    }


@of("honour_entered")
def honour_entered(ledger, entry, event, follows):
    follows.effective_date = event["day"]
    enter_apart(ledger.honours, "honour", entry, event, ["day"])


@of("honour_corrected")
def honour_corrected(ledger, entry, event, follows):
    follows.effective_date = event["day"]
    change_apart(ledger.honours[event["honour"]], entry, event, ["day"])


@of("honour_voided")
def honour_voided(ledger, entry, event, follows):
    honour = ledger.honours[event["honour"]]
    follows.effective_date = honour["day"]
    void_apart(honour, entry)


def enter_apart(things, kind, entry, event, figures):
    """Something recorded apart from service; it counts in no total."""
    thing = id_of(kind, entry.seq)
    things[thing] = {
        "id": thing, "volunteer": event["volunteer"], "unit": event["unit"], "entered_by": entry.actor,
        "entered_at": instant(entry.recorded_at), "voided_at": None,
    }
    change_apart(things[thing], entry, event, figures)


def change_apart(thing, entry, event, figures):
    thing.update({name: event[name] for name in figures}, version=entry.seq)


def void_apart(thing, entry):
    thing.update(voided_at=instant(entry.recorded_at), version=entry.seq)


# Operators, and what changes no figure

@of("operator_created")
def operator_created(ledger, entry, event, follows):
    operator = id_of("operator", entry.seq)
    ledger.operators[operator] = {"id": operator, "active": True, "identified": False}
    change_operator(ledger.operators[operator], entry, event)


@of("operator_updated")
def operator_updated(ledger, entry, event, follows):
    change_operator(ledger.operators[event["operator"]], entry, event)


def change_operator(operator, entry, event):
    operator.update({name: event[name] for name in ["role", "unit", "volunteer"]}, version=entry.seq)
    # Known by a document, or else, from when it is linked, by a registration.
    operator["identified"] = bool(event.get("document")) or (operator["identified"] and event["volunteer"] is None)


@of("operator_disabled")
def operator_disabled(ledger, entry, event, follows):
    ledger.operators[event["operator"]].update(active=False, version=entry.seq)


@of("operator_enabled")
def operator_enabled(ledger, entry, event, follows):
    operator = ledger.operators[event["operator"]]
    identified = operator["identified"] or bool(event.get("document"))
    operator.update(active=True, identified=identified, version=entry.seq)


# How somebody logs in, and which tokens are good, stands in no list; what comes of an attendance is a record.
@of(
    "export_made", "finding_dismissed", "volunteer_forgotten", "password_reset", "password_set", "token_issued",
    "tokens_ended", "activation_given", "activation_used", "activation_failed", "activity_published",
    "position_created", "position_updated", "position_filled", "enrolment_made", "offer_accepted", "enrolment_withdrawn",
    "applicant_selected", "applicant_declined", "offer_lapsed", "absence_marked", "absence_excused", "absence_contested",
    "checked_in", "checked_out", "attendance_unfinished", "attendance_completed", "points_expiry_announced",
    "redemption_expiry_announced",
    "checked_in", "checked_out", "attendance_unfinished", "attendance_completed",
    "tokens_ended", "activation_given", "activation_used", "activation_failed", "binding_made", "binding_ended",
    "application_made", "application_confirmed", "applicant_recognised", "application_declined", "application_withdrawn",
    "application_lapsed", "application_forgotten",
)
def changes_no_figure(ledger, entry, event, follows):
    pass


def optional(read, text):
    return None if text is None else read(text)
