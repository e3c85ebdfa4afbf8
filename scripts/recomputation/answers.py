"""Each thing as the service shows it, as far as the journal says it: figures, states, days; no words, no persons."""
from .calendar import last_day, nth_working_day_after
from .events import TIMELY_WORKING_DAYS
from .values import decimal, instant, micros_of, seq_of


def unit(ledger, unit):
    return {"code": unit.code, "name": unit.name, "kind": unit.kind, "parent": unit.parent, "path": unit.path}


def volunteer(ledger, volunteer):
    return {
        "unit": volunteer.unit, "member_since": instant(volunteer.memberships[-1].starts_at), "status": volunteer.status,
        "registered_at": instant(volunteer.registered_at), "open_transfer": volunteer.open_transfer,
        "open_redemptions": volunteer.open_redemptions, "debt": decimal(volunteer.debt), "version": volunteer.version,
        **({"merged_into": volunteer.merged_into} if volunteer.merged_into else {}),
    }


def memberships(volunteer, as_of):
    """As they were known as of an entry: one that ended later has not ended."""
    end = lambda one: instant(one.ends_at) if one.ended_entry and one.ended_entry <= as_of else None
    return [
        {"unit": one.unit, "starts_at": instant(one.starts_at), "ends_at": end(one)}
        for one in volunteer.memberships if one.entry <= as_of
    ]


def programme(ledger, programme):
    details = programme.details
    return {
        "unit": programme.unit, "name": details["name"], "brands": details["brands"], "category": details["category"],
        "closed": programme.closed, "version": programme.version,
    }


def activity(ledger, activity):
    details = activity.details
    return {
        "programme": activity.programme, "unit": activity.unit, "measure": activity.measure, "name": details["name"],
        "place": details["place"], "window": details["window"], "headcount": details["headcount"],
        "leader": details["leader"], "cancelled": activity.cancelled, "live_records": activity.live_records,
        "version": activity.version, "record_by": record_by(ledger, activity),
    }


def record_by(ledger, activity):
    """The last day on which service there is recorded in time, by the calendar as it is now."""
    ended = last_day(micros_of(activity.details["window"]["end"]))
    return nth_working_day_after(ended, TIMELY_WORKING_DAYS, ledger.calendar)


def record(ledger, record):
    return {
        "activity": record.activity, "programme": record.programme, "unit": record.unit, "volunteer": record.volunteer,
        "start": instant(record.start), "end": instant(record.end),
        "breaks": [{"start": instant(start), "end": instant(end)} for start, end in record.breaks],
        "evidence": record.evidence, "count": record.count, "claimed_minutes": record.claimed_minutes,
        "credited_minutes": record.credited_minutes,
        "deductions": [
            {"minutes": deduction["minutes"], "reason_commitment": deduction["reason"]} for deduction in record.deductions
        ],
        "status": record.status, "late": record.late, "record_by": record.record_by,
        "notice_ends_at": instant(record.notice_ends_at), "open_objections": record.open_objections,
        "service_date": record.service_date, "submitted_by": record.submitted_by,
        "submitted_at": instant(record.submitted_at), "decided_by": record.decided_by,
        "decided_at": instant(record.decided_at), "voided_by": record.voided_by, "voided_at": instant(record.voided_at),
        "lot": record.lot, "confirmed_at": instant(record.confirmed_at), "credited_alone": record.credited_alone,
        "self_declared": record.is_self_declared(),
    }


def notice(record):
    return {
        "unit": record.unit, "activity": record.activity, "service_date": record.service_date,
        "start": instant(record.start), "end": instant(record.end), "evidence": record.evidence,
        "claimed_minutes": record.claimed_minutes, "count": record.count, "ends_at": instant(record.notice_ends_at),
        "open_objections": record.open_objections,
    }


def lot(ledger, lot):
    return {
        "id": lot.id, "record": lot.record, "policy": lot.policy, "issued_by": lot.issued_by, "points": decimal(lot.points),
        "remaining": decimal(lot.remaining), "lapsed": decimal(lot.lapsed), "expires_at": instant(lot.expires_at),
        "voided": lot.voided,
    }


def reward(ledger, reward):
    return {
        "unit": reward.unit, "name": reward.name, "price": decimal(reward.price), "hold_days": reward.hold_days,
        "stock_available": reward.available, "stock_held": reward.held, "stock_fulfilled": reward.fulfilled,
        "withdrawn": reward.withdrawn,
    }


def redemption(ledger, redemption):
    return {
        "reward": redemption.reward, "volunteer": redemption.volunteer, "unit": redemption.unit,
        "points": decimal(redemption.points),
        "draws": [{"lot": draw["lot"], "points": decimal(draw["points"])} for draw in redemption.draws],
        "status": redemption.status, "placed_by": redemption.placed_by, "placed_at": instant(redemption.placed_at),
        "expires_at": instant(redemption.expires_at), "closed_by": redemption.closed_by,
        "closed_at": instant(redemption.closed_at),
    }


def policy(ledger, version):
    terms = version["terms"]
    quota = terms["monthly_quota"]
    return {
        "effective_from": version["effective_from"], "points_per_hour": decimal(terms["points_per_hour"]),
        "points_per_count": decimal(terms["points_per_count"]), "earning_grades": terms["earning_grades"],
        "validity": terms["validity"], "monthly_quota": None if quota is None else decimal(quota),
        "rounding": terms.get("rounding", "record"), "most_counts_a_day": terms.get("most_counts_a_day"),
        "most_counts_an_activity": terms.get("most_counts_an_activity"),
    }


def star_scheme(ledger, version):
    terms = version["terms"]
    return {
        "effective_from": version["effective_from"], "threshold_minutes": terms["thresholds"],
        "counting_grades": terms["counting_grades"],
    }


def assessment_scheme(ledger, scheme):
    return {"name": scheme["terms"]["name"], "version": scheme["version"], "replaces": scheme["terms"]["replaces"]}


def certificate(ledger, certificate):
    shown = {name: value for name, value in certificate.items() if name != "counted"}
    if certificate["revoked_at"]:
        state = "revoked"
    elif certificate["replaced_by"] or is_of_former_identity(ledger, certificate):
        state = "superseded"
    else:
        state = "corrected" if any(record.status == "voided" for record in certificate["counted"]) else "valid"
    return shown | {"state": state}


def is_of_former_identity(ledger, certificate):
    changed = ledger.volunteers[certificate["volunteer"]].identity_entry
    return changed is not None and changed > seq_of(certificate["id"])


def pledge(ledger, pledge):
    records = [ledger.records[record] for record in pledge["records"]]
    kept_by = [
        {"record": record.id, "credited_minutes": record.credited_minutes, "counts": record.status == "credited"}
        for record in records
    ]
    return pledge | {"kept": any(one["counts"] for one in kept_by), "kept_by": kept_by}


def as_it_is(ledger, thing):
    """What the ledger keeps as the service shows it."""
    return thing
